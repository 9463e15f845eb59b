"""YAML -> nodes with their places: plain text only, without anchors, aliases, tags or guesses."""

from collections.abc import Iterator
from typing import Any

import yaml

from atlas_print.problems import Place, Problem
from atlas_print.read.source import Source
from atlas_print.read.values.nodes import DEPTH, Mapping, Node, Scalar, Sequence, TooDeepError, new_mapping, new_scalar

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

# What libyaml says -> what an author can see, and what to write instead.
_CLEARER = {
    "mapping values are not allowed in this context": (
        "a colon that can't be read here",
        'put a value that holds ": " in quotes, and check how far the line is indented',
    ),
    "could not find expected ':'": (
        "a line that is not `name: value`",
        "indent a text that goes on, or write its name",
    ),
    "did not find expected key": (
        "this can't be read as `name: value`",
        "check how far the line is indented, and that a value in quotes ends with its only closing quote",
    ),
    "did not find expected '-' indicator": ("an entry of a list has no -", "write `- ...`, as far in as the others"),
    "block sequence entries are not allowed in this context": (
        "a list starts behind its name",
        "write [one, two], or each entry in a line of its own",
    ),
    "found unexpected end of stream": ("a quote that is not closed", "close it where the value ends"),
    "found unexpected document indicator": ("a quote that is not closed", "close it where the value ends"),
    "did not find expected ',' or ']'": ("a list that is not closed", "write [one, two]"),
    "did not find expected ',' or '}'": ("a set of fields that is not closed", "write {name: value, name: value}"),
    "found unknown escape character": ("an unknown escape behind \\", "write \\\\ for a backslash in quotes"),
    "did not find expected comment or line break": ("text behind > or |", "start the text in the next line, indented"),
    "found a tab character where an indentation space is expected": ("a tab in YAML", "indent with spaces"),
    "found character that cannot start any token": ("a value can't start with this sign", "put the value in quotes"),
    "did not find expected alphabetic or numeric character": (
        "a value can't start with this sign",
        "put the value in quotes",
    ),
    "found undefined tag handle": ("a YAML tag", "remove it, or put a value that starts with ! in quotes"),
}
# Where what was opened is easier to mend than where its end is missed.
_AT_ITS_START = (
    "a quote that is not closed",
    "a list that is not closed",
    "a set of fields that is not closed",
    "a value can't start with this sign",
)


def parse_yaml(source: Source, text: str, first_line: int, problems: list[Problem]) -> Node | None:
    """The one YAML document in `text`, whose first line is line `first_line` of the source.

    Every scalar is a string as it stands in the file: `no`, `1.10`, `12:30` and dates included.
    Problems: bad YAML, tabs, duplicate keys, anchors, aliases, tags. None if nothing can be read.
    """
    reader = _Reader(source, text, first_line, problems)
    try:
        root = reader.document()
        # Where an alias stands for a value, nothing true can be said about what is missing.
        return None if reader.has_aliases else root
    except yaml.MarkedYAMLError as error:
        problems.append(reader.bad_yaml(error))
    except TooDeepError as error:
        problems.append(error.problem("bad-yaml"))
    return None


class _Reader:
    def __init__(self, source: Source, text: str, first_line: int, problems: list[Problem]) -> None:
        self.source = source
        self.first_line = first_line
        self.lines = text.split("\n")
        self.problems = problems
        self.has_aliases = False
        # Their stubs hide that each event of a node has an anchor.
        self.events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(place, rule, what, help_))

    def place(self, mark: Any) -> Place:
        return self.source.place(self.first_line + mark.line, mark.column + 1)

    def document(self) -> Node | None:
        """The first document; a second one is refused unless it is empty, as behind Pandoc's closing ---."""
        root = None
        started = 0
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                started += 1
                node = self.node(next(self.events), 0)
                if started == 1:
                    root = node
                elif not (isinstance(node, Scalar) and not node.text):
                    what = "a line of --- starts a second document"
                    self.tell(self.place(event.start_mark), "bad-yaml", what, "keep everything in one")
        return root

    def node(self, event: Any, depth: int) -> Node:
        place = self.place(event.start_mark)
        if depth > DEPTH:
            raise TooDeepError(place)
        if isinstance(event, yaml.AliasEvent):
            self.has_aliases = True
            what = f"*{event.anchor} is a YAML alias"
            self.tell(place, "yaml-alias", what, "write the value out; if the * is part of it, put it in quotes")
            return Scalar("", place, "")
        if event.anchor is not None:
            what = f"&{event.anchor} is a YAML anchor"
            self.tell(place, "yaml-anchor", what, "remove it; if the & is part of the value, put it in quotes")
        if event.tag is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            help_ = "remove it, or put a value that starts with ! in quotes"
            self.tell(place, "yaml-tag", f"{tag!r} is a YAML tag", help_)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self.items(event, depth)), place)
        if isinstance(event, yaml.MappingStartEvent):
            return self.mapping(event, place, depth)
        return new_scalar(event.value, place, event.value, self.problems)

    def items(self, event: Any, depth: int) -> Iterator[Node]:
        for event in self.events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, depth + 1)

    def mapping(self, event: Any, place: Place, depth: int) -> Mapping:
        entries = []
        for event in self.events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, depth + 1)
            value = self.node(next(self.events), depth + 1)
            if not isinstance(key, Scalar) or not (key.text or isinstance(event, yaml.AliasEvent)):
                self.tell(key.place, "bad-yaml", "a value without a name", "write `name: value`")
            elif "\n" in key.text:
                self.tell(key.place, "bad-yaml", "a name that runs over lines", "write `name: value` in one line")
            else:
                entries.append((key, value))
        return new_mapping(entries, place, self.problems)

    def bad_yaml(self, error: yaml.MarkedYAMLError) -> Problem:
        problem = error.problem or error.context or "the YAML can't be read"
        what, help_ = _CLEARER.get(problem, (problem, "check indentation, quotes and colons just before this place"))
        mark = error.problem_mark or error.context_mark
        if what in _AT_ITS_START and error.context_mark is not None:
            mark = error.context_mark
        if mark is None:
            return Problem(self.source.place(self.first_line, 1), "bad-yaml", what, help_)
        place = self.place(mark)
        row = self.lines[mark.line] if mark.line < len(self.lines) else ""
        # libyaml names a tab by its consequence; the character itself is what the author can mend.
        if "\t" in row[: mark.column + 1]:
            what, help_ = "a tab in YAML", "indent with spaces"
            place = self.source.place(place.line, row.index("\t") + 1)
        return Problem(place, "bad-yaml", what, help_)
