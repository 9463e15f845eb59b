"""What authors write: blocks, frozen and typed, and how they are walked.

Each block has the `line` of its topic's file at which it starts, 0 where it stands in none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from atlas_print.counting import counted
from atlas_print.inlines import Code, Inlines, Text, urgent_passages

BOXES = (Text("☐ "), Text("☒ "))
"""What stands before a task that is to be done, and before one that is done."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of text."""

    children: Inlines
    line: int = field(default=0, compare=False, kw_only=True)

    @property
    def is_urgent(self) -> bool:
        """Whether all of it is one urgent passage."""
        return self.children in urgent_passages(self.children)


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is the number of the first item of an ordered one, None for bullets.

    `style` shows how its numbers are written, by the first: "1.", "a)", "(i)", "A."; a task starts with its box.
    """

    items: tuple["Blocks", ...]
    start: int | None = None
    style: str = "1."
    line: int = field(default=0, compare=False, kw_only=True)

    @property
    def is_tasks(self) -> bool:
        """Whether a box stands in place of each bullet."""
        firsts = (item[0] for item in self.items)
        return self.start is None and all(isinstance(it, Paragraph) and it.children[0] in BOXES for it in firsts)

    def label(self, index: int) -> str:
        """What counts an item, by its index from 0; "" for a bullet."""
        first = self.style.strip("().")
        return "" if self.start is None else self.style.replace(first, counted(self.start + index, first))


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation."""

    children: "Blocks"
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Definition:
    """A term and what is said of it, once or more often."""

    term: Inlines
    details: tuple["Blocks", ...]


@dataclass(frozen=True, slots=True)
class DefinitionList:
    """Terms, each with what it means."""

    items: tuple[Definition, ...]
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Division:
    """Blocks that belong together; `kind` is what sets them apart from the text, None where they only group.

    `language` is theirs (BCP 47), None for that of what is around them.
    """

    children: "Blocks"
    kind: Literal["urgent", "warning", "note"] | None = None
    language: str | None = None
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule across the text: another thought begins."""

    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Lines of code, each as it stands."""

    text: str
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
    """An image with its caption, and what a reader who cannot see it is told; `is_wide`: on paper a page of its own."""

    image: Image
    caption: Inlines
    alt: str
    is_wide: bool = False
    line: int = field(default=0, compare=False, kw_only=True)


Block: TypeAlias = Paragraph | ListBlock | DefinitionList | Quote | Division | Rule | CodeBlock | Table | Figure
Blocks: TypeAlias = tuple[Block, ...]

# --- walking them ------------------------------------------------------------------------------------------


def walk_blocks(blocks: Sequence[Block]) -> Iterator[Block]:
    """Every block in reading order, parents before their children."""
    for block in blocks:
        yield block
        yield from walk_blocks(list(_held(block)))


def block_lines(block: Block) -> Iterator[Inlines]:
    """The runs of inline content that a block holds itself; nested blocks have their own."""
    match block:
        case Paragraph():
            yield block.children
        case Figure():
            yield block.caption
        case CodeBlock():
            yield (Code(block.text),)
        case DefinitionList():
            yield from (entry.term for entry in block.items)
        case Table():
            if block.caption:
                yield block.caption
            yield from block.header
            for row in block.rows:
                yield from row


def lines_in_languages(
    blocks: Sequence[Block], language: str | None = None
) -> Iterator[tuple[Block, Inlines, str | None]]:
    """Every run of inline content in reading order, with its block and the language of the divisions around it."""
    for block in blocks:
        yield from ((block, line, language) for line in block_lines(block))
        inner = (isinstance(block, Division) and block.language) or language
        yield from lines_in_languages(list(_held(block)), inner)


def urgent_blocks(blocks: Sequence[Block], language: str | None = None) -> Iterator[Block]:
    """What tells when to get help at once: the blocks of urgent divisions, and each urgent span as a paragraph.

    `language` is that of the divisions around them.
    """
    for block in blocks:
        inner = (isinstance(block, Division) and block.language) or language
        found: list[Block] = []
        if isinstance(block, Division) and block.kind == "urgent":
            found += block.children
        else:
            passages = (passage for line in block_lines(block) for passage in urgent_passages(line))
            found += (Paragraph(passage, line=block.line) for passage in passages)
            yield from urgent_blocks(list(_held(block)), inner)
        if inner and found:
            yield Division(tuple(found), None, inner, line=block.line)
        else:
            yield from found


def _held(block: Block) -> Iterator[Block]:
    """The blocks that stand right in a block."""
    match block:
        case Quote() | Division():
            yield from block.children
        case ListBlock():
            yield from (inner for item in block.items for inner in item)
        case DefinitionList():
            yield from (inner for entry in block.items for detail in entry.details for inner in detail)
