"""A run of inline content as files are read: its flat text, and where in that its citations, links and notes stand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from atlas_print.atlas import Topic
from atlas_print.inlines import (
    Citation,
    Code,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteCall,
    SectionLink,
    Span,
    Strikeout,
    Subscript,
    Superscript,
    Text,
    TopicLink,
    plain_text,
    spelled,
)
from atlas_print.prove.reading.text import Builder

BRACKETS = re.compile(r"\[(\d{1,4}(?:,\d{1,4})*)\]")
"""Numbers in brackets, squeezed, as a citation shows them."""
_WINDOW = 30
"""Characters shown on either side of a fault."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One pair of brackets in a passage: from where to where its flat text has them, and each number with its place.

    `loose` is where a layout may set a space of its own: before the brackets, before a number without a word before it.
    """

    start: int
    end: int
    places: tuple[tuple[int, int, int], ...]
    loose: frozenset[int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A stretch of a passage's flat text with a mark: the address of a link, a language (BCP 47), that of a note."""

    start: int
    end: int
    mark: str


@dataclass(frozen=True, slots=True)
class Line:
    """A run of inline content as files are read: squeezed, citations as "[1,3]"; `text` is for a person.

    `spaces` has the positions in `flat` before which the source has white space; `leads` the links to headings, by
    their identifiers behind a #, and to other topics, by their slugs.
    """

    text: str
    flat: str
    spaces: frozenset[int] = frozenset()
    citations: tuple[Cited, ...] = ()
    links: tuple[Marked, ...] = ()
    languages: tuple[Marked, ...] = ()
    calls: tuple[Marked, ...] = ()
    struck: tuple[Marked, ...] = ()
    leads: tuple[Marked, ...] = ()

    @property
    def bare(self) -> str:
        """Its flat text without brackets: what a list of contents has of a heading."""
        cited = [(it.start, it.end) for it in self.citations]
        cuts = sorted((*cited, *((it.start, it.end) for it in self.calls)))
        ends, starts = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(self.flat)]
        return "".join(self.flat[end:start] for end, start in zip(ends, starts, strict=True))

    def within(self, language: str) -> "Line":
        """The line in a block of that language; what of it is in another says so itself."""
        return replace(self, languages=(Marked(0, len(self.flat), language), *self.languages))

    def around(self, at: int) -> str:
        """The words around a position."""
        cuts = [0, *sorted(self.spaces), len(self.flat)]
        near = [(a, b) for a, b in pairwise(cuts) if b > at - _WINDOW and a < at + _WINDOW]
        return " ".join(self.flat[a:b] for a, b in near)

    def excerpt(self, start: int, end: int) -> str:
        """A stretch with its spaces."""
        cuts = [start, *(at for at in sorted(self.spaces) if start < at < end), end]
        return " ".join(self.flat[a:b] for a, b in pairwise(cuts))


@dataclass(slots=True)
class _Flattened:
    """Inline content in the making, by the builder that files are read with too."""

    numbers: Mapping[str, int]
    builder: Builder = field(default_factory=Builder)
    citations: list[Cited] = field(default_factory=list)
    links: list[Marked] = field(default_factory=list)
    languages: list[Marked] = field(default_factory=list)
    calls: list[Marked] = field(default_factory=list)
    struck: list[Marked] = field(default_factory=list)
    leads: list[Marked] = field(default_factory=list)

    def add(self, children: Sequence[Inline]) -> None:
        for child in children:
            start = self.builder.length
            match child:
                case Text(text) | Code(text):
                    self.builder.add(text)
                case LineBreak():
                    self.builder.space()
                case Subscript() | Superscript():
                    self.add(spelled(child, self.builder.last))
                case Citation():
                    self._cite(child)
                case NoteCall(mark):
                    self.builder.add(f"[{mark}]")
                    self.calls.append(Marked(start, self.builder.length, mark))
                case _:
                    self.add(child.children)
                    if isinstance(child, Strikeout):
                        self.struck.append(Marked(start, self.builder.length, ""))
                    elif isinstance(child, Link):
                        self.links.append(Marked(start, self.builder.length, child.url))
                    elif isinstance(child, SectionLink | TopicLink):
                        mark = f"#{child.identifier}" if isinstance(child, SectionLink) else child.slug
                        self.leads.append(Marked(start, self.builder.length, mark))
                    elif isinstance(child, Span) and child.language:
                        self.languages.append(Marked(start, self.builder.length, child.language))

    def _cite(self, citation: Citation) -> None:
        """The name that the sentence gives the work, and the brackets: items with words stand between semicolons."""
        self.builder.add(citation.name)
        start = self.builder.length
        places, loose = [], [start]
        self.builder.add("[")
        for index, item in enumerate(citation.items):
            if index:
                self.builder.add("; " if citation.is_worded else ", ")
            self.add(item.prefix)
            self.builder.add(" " if item.prefix else "")
            number, at = self.numbers[item.id], self.builder.length
            self.builder.add(str(number))
            places.append((number, at, self.builder.length))
            loose += [] if item.prefix else [at]
            self.add(item.suffix)
        loose.append(self.builder.length)
        self.builder.add("]")
        self.citations.append(Cited(start, self.builder.length, tuple(places), frozenset(loose)))


def flattened(topic: Topic, children: Inlines) -> Line:
    """Inline content of a topic as a line."""
    return _line(_Flattened(topic.numbers), children)


def plain(text: str) -> Line:
    """A plain text as a line."""
    return _line(_Flattened({}), (Text(text),))


def _line(found: _Flattened, children: Inlines) -> Line:
    found.add(children)
    reading = found.builder.result()
    return Line(
        plain_text(children) or reading.flat,
        reading.flat,
        frozenset(at for at, is_certain in reading.gaps.items() if is_certain and 0 < at < len(reading.flat)),
        tuple(found.citations),
        tuple(found.links),
        tuple(found.languages),
        tuple(found.calls),
        tuple(found.struck),
        tuple(found.leads),
    )


def short(text: str, length: int = 80) -> str:
    """The text's beginning, for a message."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
