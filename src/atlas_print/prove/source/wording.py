"""What the source says, in the form in which readings are searched, and where a reading differs from it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Section
from atlas_print.blocks import Blocks, Citation, Inline, Inlines, Table, Text, block_lines, walk_blocks
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading

BRACKETS = re.compile(r"\[(\d{1,4}(?:,\d{1,4})*)\]")
"""Numbers in brackets, squeezed, as a citation shows them."""
_MARK = "\ufdd0"  # a noncharacter, which no text may hold: it tells a citation from brackets that are words
_MARKED = re.compile(_MARK + BRACKETS.pattern)
_CHUNK = 16
"""Characters that must agree for a stretch to count as the same text with a fault in it."""
_WORDS = 6
"""Words shown before a citation."""
_WINDOW = 30
"""Characters shown on either side of a fault."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation of the source: its numbers, and the squeezed text of its line before it, without other brackets.

    `words` are the last of those words for a person.
    """

    before: str
    numbers: tuple[int, ...]
    words: str

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.numbers))}]" + (f" behind “{self.words}”" if self.words else "")


def cited_text(children: Sequence[Inline], numbers: Mapping[str, int]) -> str:
    """Inline content squeezed, each citation as its numbers in brackets, such as "see[1,3]"."""
    return squeeze("".join(_parts(children, numbers))).replace(_MARK, "")


def citations(line: Inlines, numbers: Mapping[str, int]) -> Iterator[Cited]:
    """The citations of one run of text in reading order."""
    text = "".join(_parts(line, numbers))
    for found in _MARKED.finditer(text):
        before = BRACKETS.sub("", text[: found.start()]).replace(_MARK, "")
        shown = " ".join(before.split()[-_WORDS:])
        yield Cited(BRACKETS.sub("", squeeze(before)), tuple(map(int, found[1].split(","))), shown)


def section_lines(section: Section) -> Iterator[Inlines]:
    """The runs of text of a section in reading order, with its headings; the row of a table is one run."""
    yield section.heading
    yield from _lines(section.blocks)
    for subsection in section.subsections:
        yield subsection.heading
        yield from _lines(subsection.blocks)


def _lines(blocks: Blocks) -> Iterator[Inlines]:
    for block in walk_blocks(blocks):
        if isinstance(block, Table):
            for row in (block.header, *block.rows):
                yield tuple(inline for cell in row for inline in cell)
        else:
            yield from block_lines(block)


def _parts(children: Sequence[Inline], numbers: Mapping[str, int]) -> Iterator[str]:
    for child in children:
        if isinstance(child, Text):
            yield child.text
        elif isinstance(child, Citation):
            yield f"{_MARK}[{','.join(str(numbers[id_]) for id_ in child.ids)}]"
        else:
            yield from _parts(child.children, numbers)


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a reading starts to differ from a text: the place, and both sides around the fault."""

    where: str
    expected: str
    found: str


def difference(reading: Reading, text: str, start: int, end: int) -> Difference | None:
    """The first fault in the stretch that comes nearest to a text; None if no part of it stands there."""
    wanted = squeeze(text)
    for offset in range(0, max(len(wanted) - _CHUNK, 0) + 1, _CHUNK // 2):
        at = reading.flat.find(wanted[offset : offset + _CHUNK], start, end)
        if at < 0:
            continue
        if offset == 0:
            while offset < len(wanted) and at < end and reading.flat[at] == wanted[offset]:
                offset, at = offset + 1, at + 1
        else:
            while offset > 0 and at > start and reading.flat[at - 1] == wanted[offset - 1]:
                offset, at = offset - 1, at - 1
        shown = reading.excerpt(max(at - _WINDOW, start), min(at + _WINDOW, end))
        return Difference(reading.place(min(at, end - 1)), f"“…{window(text, offset)}…”", f"“…{shown}…”")
    return None


def window(text: str, at: int) -> str:
    """The words of a text around a position in its squeezed form."""
    words = text.split()
    kept, passed = [], 0
    for word in words:
        length = len(squeeze(word))
        if passed + length > at - _WINDOW and passed < at + _WINDOW:
            kept.append(word)
        passed += length
    return " ".join(kept)


def short(text: str, length: int = 80) -> str:
    """The text's beginning, for a message."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
