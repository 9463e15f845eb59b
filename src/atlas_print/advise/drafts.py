"""A topic together with the places of its texts, which advice points at."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from atlas_print.atlas import Atlas, Topic
from atlas_print.inlines import Citation, Inlines, NoteCall, plain_text, walk_inlines
from atlas_print.problems import Place, Problem, Severity


class Kind(StrEnum):
    """What a passage is."""

    SHORT = "the short version"
    FRONT = "another text of the front matter"
    PROSE = "a paragraph or an item of a list"
    HEADING = "a heading"
    CELL = "a cell of a table"
    CAPTION = "a caption"


@dataclass(frozen=True, slots=True)
class Passage:
    """One run of text, in the order of the file; `cites` is whether it, or the row that it is a cell of, cites.

    A footnote counts: it may say where something comes from.
    """

    place: Place
    kind: Kind
    text: str
    cites: bool = False

    @staticmethod
    def of(place: Place, kind: Kind, children: Inlines, row: tuple[Inlines, ...] = ()) -> "Passage":
        """A passage of inline content; `row` are the cells of its row."""
        cites = any(isinstance(child, Citation | NoteCall) for line in (children, *row) for child in walk_inlines(line))
        return Passage(place, kind, plain_text(children), cites)


@dataclass(frozen=True, slots=True)
class Draft:
    """A topic as an editor reads it."""

    atlas: Atlas
    topic: Topic
    passages: tuple[Passage, ...]

    @property
    def place(self) -> Place:
        """The topic as a whole."""
        return Place(self.passages[0].place.file, 1, 1)

    def of(self, *kinds: Kind) -> Iterator[Passage]:
        """The passages of these kinds."""
        return (passage for passage in self.passages if passage.kind in kinds)


Adviser: TypeAlias = Callable[[Draft], Iterator[Problem]]


def advice(place: Place, rule: str, what: str, help_: str) -> Problem:
    """A problem that stops nothing."""
    return Problem(place, rule, what, help_, Severity.ADVICE)


def shortened(text: str, limit: int = 40) -> str:
    """The first words of a text, in quotation marks."""
    words = text.split()
    kept = ""
    for word in words:
        if kept and len(kept) + len(word) >= limit:
            return f"“{kept} …”"
        kept = f"{kept} {word}".strip()
    return f"“{kept}”"
