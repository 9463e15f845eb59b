"""The parts of a table as its lines have them: cells with their places, whatever form it is written in."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line of the file: its text, and the line and column where it starts, both from 0."""

    text: str
    line: int
    column: int

    def part(self, start: int, end: int | None = None) -> "Piece":
        """A part of it, without the white space around it."""
        text = self.text[start:end]
        bare = text.lstrip()
        return Piece(bare.rstrip(), self.line, self.column + start + len(text) - len(bare))


Cell = tuple[Piece, ...]
"""The lines of a cell."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a table, at a line and column of the file, both from 0."""

    line: int
    column: int
    rule: str
    what: str
    help: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells, and the line at which it starts, from 0."""

    cells: tuple[Cell, ...]
    line: int


@dataclass(slots=True)
class Layout:
    """A table: how many lines it takes, the alignment of each column, its header (None if it has none), its rows."""

    lines: int
    alignments: Sequence[str | None]
    header: Row | None
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def width(text: str) -> int:
    """How many columns a text takes in an editor: Chinese, Japanese and Korean signs two each, accents none."""
    return sum(_width(character) for character in text)


def _width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cuts(text: str, columns: Sequence[int]) -> list[int]:
    """Where in a text those columns of an editor start, in characters; its end where it is shorter."""
    found, at = [], 0
    passed = 0
    for column in columns:
        while at < len(text) and passed < column:
            passed += _width(text[at])
            at += 1
        # A mark belongs to the sign before it.
        while at < len(text) and _width(text[at]) == 0:
            at += 1
        found.append(at)
    return found
