"""What the source says, in the form in which readings are searched."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Block, Citation, Inline, Section, Table, Text, block_lines
from atlas_print.prove.normal import squeeze
from atlas_print.prove.reading import Reading

_CHUNK = 16
_WINDOW = 28


@dataclass(frozen=True, slots=True)
class Cited:
    """One pair of brackets in the source: the squeezed text of its line before it, and the numbers in it."""

    before: str
    numbers: tuple[int, ...]


def cited_text(children: Sequence[Inline], numbers: Mapping[str, int]) -> str:
    """Inline content squeezed, each citation as its numbers in brackets: "see[1,3]"."""
    return squeeze("".join(_parts(children, numbers)))


def cited_lines(section: Section) -> Iterator[tuple[Inline, ...]]:
    """The runs of text of a section in reading order, headings and all; a row of a table is one run."""
    yield section.heading
    yield from _lines_of(section.blocks)
    for subsection in section.subsections:
        yield subsection.heading
        yield from _lines_of(subsection.blocks)


def _lines_of(blocks: Sequence[Block]) -> Iterator[tuple[Inline, ...]]:
    for block in _walk(blocks):
        if isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield tuple(inline for cell in row for inline in cell)
        else:
            yield from block_lines(block)
