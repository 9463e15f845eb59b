"""YAML and JSON as one tree of nodes that keep their places and guess nothing."""

import json
import re
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # CPython has it; typeshed doesn't list it
from typing import Any, TypeAlias

import yaml

from atlas_print.problems import Place, Problem
from atlas_print.read.source import FORBIDDEN, Source

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_YAML_TAGS = {f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map")}
_JSON_SPACE = re.compile(r"[ \t\n\r]*")
_JSON_ATOM = re.compile(r"[^\s,\]}]+")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `text` is what stands in the file, `value` what JSON says it is (YAML: the text)."""

    text: str
    place: Place
    value: str | int | float | bool | None


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and nodes, in the order of the file."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """The node of that key."""
        return next((node for name, node in self.entries if name.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


def plain(node: Node) -> Any:
    """The node as dicts, lists and scalars."""
    if isinstance(node, Scalar):
        return node.value
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def _scalar(text: str, place: Place, value: Any, source: Source, problems: list[Problem]) -> Scalar:
    """A scalar; an escape such as "\\u0000" may not smuggle in what the file itself may not hold."""
    for match in FORBIDDEN.finditer(text):
        if match.group() not in source.text:
            what = f"the escaped character U+{ord(match.group()):04X}"
            problems.append(Problem(place, "control-character", what, "delete the escape"))
    return Scalar(text, place, value)


# --- YAML -------------------------------------------------------------------------------------------------


def parse_yaml(source: Source, text: str, first_line: int, problems: list[Problem]) -> Node | None:
    """The one YAML document in `text`, whose first line is line `first_line` of the source.

    Every scalar is a string as it stands in the file: `no`, `1.10`, `12:30` and dates included.
    Problems: bad YAML, tabs, duplicate keys, anchors, aliases, tags. None if nothing can be read.
    """
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        what = error.problem or error.context or "the YAML can't be read"
        rows = text.split("\n")
        # libyaml names a tab by its consequence; the character itself is what the author can see.
        if "\t" in (rows[line] if line < len(rows) else "")[: column + 1]:
            what, column = "a tab in YAML", rows[line].index("\t")
            help_ = "indent with spaces"
        elif "mapping values" in what:
            help_ = 'put the value in quotes if it holds ": "'
        else:
            help_ = "check indentation, quotes and colons just before this place"
        problems.append(Problem(source.place(first_line + line, column + 1), "bad-yaml", what, help_))
        return None
    except (yaml.YAMLError, RecursionError) as error:
        what = str(error).splitlines()[0] if isinstance(error, yaml.YAMLError) else "the YAML is nested too deep"
        problems.append(
            Problem(source.place(first_line, 1), "bad-yaml", what, "check the file with a YAML-aware editor")
        )
        return None
    if root is None:
        return None
    return _YamlReader(source, first_line, problems).node(root)


class _YamlReader:
    def __init__(self, source: Source, first_line: int, problems: list[Problem]) -> None:
        self.source = source
        self.first_line = first_line
        self.problems = problems
        self.seen: set[int] = set()

    def node(self, node: yaml.Node) -> Node:
        place = self.source.place(self.first_line + node.start_mark.line, node.start_mark.column + 1)
        if id(node) in self.seen:
            self.problems.append(
                Problem(place, "yaml-alias", "a YAML anchor is used twice", "write the value out each time")
            )
            return Scalar("", place, "")
        self.seen.add(id(node))
        if node.tag not in _YAML_TAGS:
            self.problems.append(
                Problem(place, "yaml-tag", f"the YAML tag {node.tag}", "remove the tag; values are plain text")
            )
        if isinstance(node, yaml.ScalarNode):
            return _scalar(node.value, place, node.value, self.source, self.problems)
        if isinstance(node, yaml.SequenceNode):
            return Sequence(tuple(self.node(item) for item in node.value), place)
        entries = []
        for key_node, value_node in node.value:
            key = self.node(key_node)
            if not isinstance(key, Scalar):
                self.problems.append(Problem(key.place, "bad-yaml", "a key that is not a word", "write `key: value`"))
                continue
            entries.append((key, self.node(value_node)))
        return _mapping(entries, place, self.problems)


def _mapping(entries: list[tuple[Scalar, Node]], place: Place, problems: list[Problem]) -> Mapping:
    known: dict[str, Scalar] = {}
    for key, _ in entries:
        if first := known.get(key.text):
            problems.append(
                Problem(
                    key.place,
                    "duplicate-key",
                    f"the key {key.text!r} stands twice",
                    f"keep one of the two; the first is in line {first.place.line}",
                )
            )
        known.setdefault(key.text, key)
    return Mapping(tuple(entries), place)


# --- JSON -------------------------------------------------------------------------------------------------


def parse_json(source: Source, problems: list[Problem]) -> Node | None:
    """The JSON value in the file; problems: bad JSON, duplicate keys. None if nothing can be read."""
    try:
        json.loads(source.text)
    except json.JSONDecodeError as error:
        problems.append(
            Problem(
                source.place(error.lineno, error.colno),
                "bad-json",
                error.msg[0].lower() + error.msg[1:],
                "check commas, quotes and brackets just before this place, or export the file again",
            )
        )
        return None
    except RecursionError:
        problems.append(Problem(source.place(1, 1), "bad-json", "the JSON is nested too deep", "export the file again"))
        return None
    return _JsonReader(source, problems).read()


class _JsonReader:
    """Walks JSON that json.loads accepted, for the places that it doesn't keep."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.text = source.text
        self.problems = problems
        self.line_starts = [0]
        for line in source.lines:
            self.line_starts.append(self.line_starts[-1] + len(line) + 1)
        self.line = 1

    def read(self) -> Node:
        return self._value(self._skip(0))[0]

    def _skip(self, offset: int) -> int:
        match = _JSON_SPACE.match(self.text, offset)
        return match.end() if match else offset

    def _place(self, offset: int) -> Place:
        # Offsets only grow while walking, so the line is found by walking with them.
        while self.line < len(self.line_starts) - 1 and self.line_starts[self.line] <= offset:
            self.line += 1
        return self.source.place(self.line, offset - self.line_starts[self.line - 1] + 1)

    def _value(self, offset: int) -> tuple[Node, int]:
        place = self._place(offset)
        match self.text[offset]:
            case "{":
                return self._object(offset, place)
            case "[":
                items = []
                offset = self._skip(offset + 1)
                while self.text[offset] != "]":
                    item, offset = self._value(offset)
                    items.append(item)
                    offset = self._next(offset)
                return Sequence(tuple(items), place), offset + 1
            case '"':
                text, end = scanstring(self.text, offset + 1)
                return _scalar(text, place, text, self.source, self.problems), end
            case _:
                atom = _JSON_ATOM.match(self.text, offset)
                assert atom is not None
                return Scalar(atom.group(), place, json.loads(atom.group())), atom.end()

    def _object(self, offset: int, place: Place) -> tuple[Mapping, int]:
        entries = []
        offset = self._skip(offset + 1)
        while self.text[offset] != "}":
            key_place = self._place(offset)
            key, offset = scanstring(self.text, offset + 1)
            offset = self._skip(self._skip(offset) + 1)
            value, offset = self._value(offset)
            entries.append((Scalar(key, key_place, key), value))
            offset = self._next(offset)
        return _mapping(entries, place, self.problems), offset + 1

    def _next(self, offset: int) -> int:
        """Past white space and one comma."""
        offset = self._skip(offset)
        return self._skip(offset + 1) if self.text[offset] == "," else offset
