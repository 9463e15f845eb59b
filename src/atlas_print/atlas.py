"""The model that every room reads: frozen, typed, without input or output."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, TypeAlias

from atlas_print.profiles import HANDOUT, PROFILES, HandoutFloors, Profile

# --- inline content ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Text:
    """Words as the author wrote them, with white space folded."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stress within a sentence."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Strong:
    """Strong importance."""

    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an absolute address."""

    url: str
    children: "Inlines"


@dataclass(frozen=True, slots=True)
class Span:
    """A marked passage: in another language (BCP 47), a section's key sentence, or both."""

    children: "Inlines"
    language: str | None = None
    key: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """One pair of brackets that cites one reference or several, by id."""

    ids: tuple[str, ...]


Inline: TypeAlias = Text | Emphasis | Strong | Link | Span | Citation
Inlines: TypeAlias = tuple[Inline, ...]

# --- blocks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the number of the first item of an ordered one, None for bullets."""

    items: tuple["Blocks", ...]
    start: int | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    children: "Blocks"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with one header row; `alignments` holds "left", "center", "right" or None a column."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Image:
    """A drawing or photograph, already rebuilt from what is allowed; `width` and `height` in CSS px."""

    path: str
    media_type: Literal["image/svg+xml", "image/png", "image/jpeg"]
    data: bytes = field(repr=False)
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Figure:
    """An image with its caption, and what a reader who cannot see it is told."""

    image: Image
    caption: Inlines
    alt: str


Block: TypeAlias = Paragraph | ListBlock | Quote | Table | Figure
Blocks: TypeAlias = tuple[Block, ...]

# --- topics -----------------------------------------------------------------------------------------------


class Role(StrEnum):
    """What a section is for, where its heading says so."""

    UNKNOWNS = "unknowns"
    MEANING = "meaning"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Grade:
    """A section's evidence grade: two levels of the atlas's scale, and what it rests on in free text."""

    strength: str
    audit: str
    basis: str


@dataclass(frozen=True, slots=True)
class Subsection:
    """A level 3 heading and what stands under it."""

    heading: Inlines
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Section:
    """A level 2 heading, its grade and role where it has them, and what stands under it."""

    heading: Inlines
    blocks: Blocks
    subsections: tuple[Subsection, ...] = ()
    grade: Grade | None = None
    role: Role | None = None

    @property
    def title(self) -> str:
        """The heading's words."""
        return plain_text(self.heading)

    def all_blocks(self) -> Iterator[Block]:
        """Every block of the section and its subsections in reading order, nested ones after their parent."""
        yield from walk_blocks(self.blocks)
        for subsection in self.subsections:
            yield from walk_blocks(subsection.blocks)

    def key_passages(self) -> tuple[Inlines, ...]:
        """The sentences that stand for the section on the handout, each with the citations right behind it.

        A graded section without a marked sentence lends its first paragraph (content format).
        """
        marked = [passage for line in self.lines() for passage in _key_passages(line)]
        if marked or self.grade is None:
            return tuple(marked)
        first = next((block for block in self.all_blocks() if isinstance(block, Paragraph)), None)
        return () if first is None else (first.children,)

    def lines(self) -> Iterator[Inlines]:
        """Every run of inline content of the section in reading order, without the headings."""
        for block in self.all_blocks():
            yield from block_lines(block)


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of the bibliography: its CSL-JSON item and the identifiers that readers follow."""

    id: str
    title: str
    item: Mapping[str, Any] = field(repr=False)
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Topic:
    """One topic, as its author wrote it; `references` stand in the order of their numbers, from 1.

    `grade_notes` says why its grades are what they are.
    """

    slug: str
    title: str
    subtitle: str | None
    kind: str
    system: str
    flags: tuple[str, ...]
    reviewed: date
    review_due: date | None
    lede: str
    short: str
    related: tuple[str, ...]
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    grade_notes: str | None = None

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Reference id -> its number in this topic."""
        return {reference.id: number for number, reference in enumerate(self.references, start=1)}

    def of_role(self, role: Role) -> tuple[Section, ...]:
        """The sections with that role, in source order."""
        return tuple(section for section in self.sections if section.role is role)


# --- the atlas --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark that a topic can carry, with its plain meaning."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One part of the evidence grade: its label and, unless it is free text, each level's plain meaning."""

    label: str
    levels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: the abbreviation written out, and what it means in plain words."""

    full: str
    plain: str


@dataclass(frozen=True, slots=True)
class Export:
    """One entry of `exports`: its name is part of the file name; `settings` are those of its kind."""

    name: str
    kind: str
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Atlas:
    """The whole content source."""

    title: str
    language: str
    url: str
    publisher: str
    contact: str
    disclaimer: str
    kinds: Mapping[str, str]
    systems: Mapping[str, str]
    flags: Mapping[str, Flag]
    strength: Scale
    audit: Scale
    basis: Scale
    glossary: Mapping[str, Term]
    exports: tuple[Export, ...]
    topics: tuple[Topic, ...]
    licence: str = ""
    certified_by: str = ""
    profiles: Mapping[str, Profile] = field(default_factory=lambda: PROFILES)
    handout: HandoutFloors = HANDOUT

    def topic(self, slug: str) -> Topic:
        """The topic with that slug; KeyError if there is none."""
        return self._by_slug[slug]

    def address(self, topic: Topic) -> str:
        """Where the topic lives online."""
        return f"{self.url}topics/{topic.slug}/"

    @property
    def contact_address(self) -> str | None:
        """Where a link on the contact leads; None if it is no mail or web address, such as a telephone number."""
        if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@.]+", self.contact):
            return f"mailto:{self.contact}"
        return self.contact if re.fullmatch(r"https?://\S+", self.contact) else None

    @cached_property
    def _by_slug(self) -> Mapping[str, Topic]:
        return {topic.slug: topic for topic in self.topics}

    @cached_property
    def content_date(self) -> date:
        """The newest review in the atlas: the one date of a build that the content itself carries."""
        return max(topic.reviewed for topic in self.topics)


# --- reading the model ------------------------------------------------------------------------------------


def plain_text(children: Sequence[Inline]) -> str:
    """The words of inline content, without citations."""
    parts = []
    for child in children:
        if isinstance(child, Text):
            parts.append(child.text)
        elif not isinstance(child, Citation):
            parts.append(plain_text(child.children))
    return "".join(parts)


def walk_inlines(children: Sequence[Inline]) -> Iterator[Inline]:
    """Every inline element in reading order, parents before their children."""
    for child in children:
        yield child
        if not isinstance(child, Text | Citation):
            yield from walk_inlines(child.children)


def walk_blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block in reading order, parents before their children."""
    for block in blocks:
        yield block
        if isinstance(block, Quote):
            yield from walk_blocks(block.children)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from walk_blocks(item)


def block_lines(block: Block) -> Iterator[Inlines]:
    """The runs of inline content that a block holds itself; nested blocks have their own."""
    if isinstance(block, Paragraph):
        yield block.children
    elif isinstance(block, Figure):
        yield block.caption
    elif isinstance(block, Table):
        yield from block.header
        for row in block.rows:
            yield from row


def cited_ids(children: Sequence[Inline]) -> Iterator[str]:
    """The ids of every citation in reading order, repeats included."""
    for child in walk_inlines(children):
        if isinstance(child, Citation):
            yield from child.ids


def _key_passages(children: Inlines) -> Iterator[Inlines]:
    """Each key span with the citations that follow it without a word between."""
    for index, child in enumerate(children):
        if isinstance(child, Span) and child.key:
            passage: list[Inline] = [child]
            for after in children[index + 1 :]:
                if not isinstance(after, Citation):
                    break
                passage.append(after)
            yield tuple(passage)
        elif not isinstance(child, Text | Citation):
            yield from _key_passages(child.children)
