"""What authors write: inline content and blocks, frozen and typed, and how they are walked.

Each block has the `line` of its topic's file at which it starts, 0 where it stands in none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

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
class CitationItem:
    """One reference that a citation names, with the words before its number and those behind it, such as ", p. 12"."""

    id: str
    prefix: "Inlines" = ()
    suffix: "Inlines" = ()

    @property
    def is_worded(self) -> bool:
        """Whether more than the number stands there."""
        return bool(self.prefix or self.suffix)


@dataclass(frozen=True, slots=True)
class Citation:
    """One pair of brackets that cites references; `name` is what the sentence calls the first: "Mora et al."."""

    items: tuple[CitationItem, ...]
    name: str = ""

    @classmethod
    def of(cls, *ids: str) -> "Citation":
        """Nothing but numbers."""
        return cls(tuple(map(CitationItem, ids)))

    @property
    def ids(self) -> tuple[str, ...]:
        """The references in the order of the brackets."""
        return tuple(item.id for item in self.items)

    @property
    def is_worded(self) -> bool:
        """Whether more than numbers stands in the brackets."""
        return any(item.is_worded for item in self.items)


@dataclass(frozen=True, slots=True)
class NoteCall:
    """Where a footnote is called; `identifier` is the mark that stands there: "a"."""

    identifier: str


Inline: TypeAlias = Text | Emphasis | Strong | Link | Span | Citation | NoteCall
Inlines: TypeAlias = tuple[Inline, ...]

# --- blocks -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    children: Inlines
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the number of the first item of an ordered one, None for bullets."""

    items: tuple["Blocks", ...]
    start: int | None = None
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    children: "Blocks"
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Table:
    """A table; `header` is empty where none of its columns has a name, and each row has a cell a column.

    `alignments` holds "left", "center", "right" or None a column.
    """

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    alignments: tuple[str | None, ...]
    caption: Inlines = ()
    line: int = field(default=0, compare=False, kw_only=True)


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
    line: int = field(default=0, compare=False, kw_only=True)


Block: TypeAlias = Paragraph | ListBlock | Quote | Table | Figure
Blocks: TypeAlias = tuple[Block, ...]

# --- walking them ------------------------------------------------------------------------------------------


def plain_text(children: Sequence[Inline]) -> str:
    """The words of inline content, without the brackets of citations and the marks of notes."""
    parts = []
    for child in children:
        if isinstance(child, Text):
            parts.append(child.text)
        elif isinstance(child, Citation):
            parts.append(child.name)
        elif not isinstance(child, NoteCall):
            parts.append(plain_text(child.children))
    return "".join(parts)


def walk_inlines(children: Sequence[Inline]) -> Iterator[Inline]:
    """Every inline element in reading order, parents before their children."""
    for child in children:
        yield child
        if isinstance(child, Citation):
            for item in child.items:
                yield from walk_inlines((*item.prefix, *item.suffix))
        elif not isinstance(child, Text | NoteCall):
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
        if block.caption:
            yield block.caption
        yield from block.header
        for row in block.rows:
            yield from row


def cited_ids(children: Sequence[Inline]) -> Iterator[str]:
    """The ids of every citation in reading order, repeats included."""
    for child in walk_inlines(children):
        if isinstance(child, Citation):
            yield from child.ids


def key_passages(children: Inlines) -> Iterator[Inlines]:
    """Each key span with the citations and notes that follow it without a word between."""
    for index, child in enumerate(children):
        if isinstance(child, Span) and child.key:
            passage: list[Inline] = [child]
            for after in children[index + 1 :]:
                if not isinstance(after, Citation | NoteCall):
                    break
                passage.append(after)
            yield tuple(passage)
        elif not isinstance(child, Text | Citation | NoteCall):
            yield from key_passages(child.children)
