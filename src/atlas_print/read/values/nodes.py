"""YAML and JSON as one tree of nodes that keep their places and guess nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from atlas_print.problems import Place, Problem
from atlas_print.read.source import FORBIDDEN, forbidden, shown_text

DEPTH = 40
"""Levels of lists and mappings inside each other; an author needs five."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `text` is what stands in the file, `value` what JSON says it is (YAML: the text)."""

    text: str
    place: Place
    value: str | int | bool | None


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


def scalars(node: Node) -> Iterator[Scalar]:
    """Every single value in the node, keys left out."""
    if isinstance(node, Scalar):
        yield node
        return
    for inner in node.items if isinstance(node, Sequence) else (value for _, value in node.entries):
        yield from scalars(inner)


def new_scalar(text: str, place: Place, value: str | int | bool | None, problems: list[Problem]) -> Scalar:
    """A scalar; an escape such as "\\u0000" may not smuggle in what the file itself may not hold."""
    for character in dict.fromkeys(FORBIDDEN.findall(text)):
        problems.append(forbidden(place, character))
    return Scalar(_printed(text), place, _printed(value) if isinstance(value, str) else value)


def _printed(text: str) -> str:
    return shown_text(FORBIDDEN.sub(" ", text))


def new_mapping(entries: list[tuple[Scalar, Node]], place: Place, problems: list[Problem]) -> Mapping:
    """A mapping of the first entry of each key; every further one becomes a problem."""
    known: dict[str, tuple[Scalar, Node]] = {}
    for key, value in entries:
        if first := known.get(key.text):
            what = f"the key {key.text!r} stands twice"
            help_ = f"keep one of the two; the first is in line {first[0].place.line}"
            problems.append(Problem(key.place, "duplicate-key", what, help_))
        known.setdefault(key.text, (key, value))
    return Mapping(tuple(known.values()), place)


class TooDeepError(Exception):
    """Lists and mappings stand inside each other in more than `DEPTH` levels; `place` is where."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place

    def problem(self, rule: str) -> Problem:
        """It as a problem."""
        what = f"lists and fields stand inside each other in more than {DEPTH} levels"
        return Problem(self.place, rule, what, "write it flatter, or export the file again")
