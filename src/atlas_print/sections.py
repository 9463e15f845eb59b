"""A section of a topic, with its grade, its role and what stands under it; the footnotes of a topic."""

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from atlas_print.blocks import Block, Blocks, Paragraph, block_lines, lines_in_languages, urgent_blocks, walk_blocks
from atlas_print.inlines import Citation, Inline, Inlines, NoteCall, Span, key_passages, plain_text, walk_inlines
from atlas_print.sentences import first_sentence


class Role(StrEnum):
    """What a section is for, where its heading says so."""

    UNKNOWNS = "unknowns"
    MEANING = "meaning"
    QUESTIONS = "questions"


@dataclass(frozen=True, slots=True)
class Grade:
    """A section's evidence grade: each part of the atlas's scale -> the key of its level, or free text."""

    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Subsection:
    """A heading within a section and what stands under it; `line` is that of its topic's file, 0 if it has none.

    `identifier` is what links within the topic lead to.
    """

    heading: Inlines
    blocks: Blocks
    subsections: tuple["Subsection", ...] = ()
    identifier: str = ""
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the highest headings of a topic, its grade and role where it has them, and what stands under it.

    What an author writes before the first heading is a section without a heading. `line` is that of its topic's file,
    0 if it has none; `identifier` is what links within the topic lead to, `language` that of the atlas (BCP 47).
    """

    heading: Inlines
    blocks: Blocks
    subsections: tuple[Subsection, ...] = ()
    grade: Grade | None = None
    role: Role | None = None
    identifier: str = ""
    language: str = "en"
    line: int = field(default=0, compare=False, kw_only=True)

    @property
    def title(self) -> str:
        """The heading's words."""
        return plain_text(self.heading)

    def all_blocks(self) -> Iterator[Block]:
        """Every block of the section and its subsections in reading order, nested ones after their parent."""
        yield from walk_blocks(self.blocks)
        for _, part in self.parts():
            yield from walk_blocks(part.blocks)

    def parts(self) -> Iterator[tuple[int, Subsection]]:
        """Every subsection in reading order, with how deep it stands in the section, from 1."""
        return _parts(self.subsections, 1)

    def key_passages(self) -> tuple[Inlines, ...]:
        """The sentences that stand for the section on the handout, each with the citations right behind it.

        A graded section without a marked sentence lends its first one (content format).
        """
        marked = [
            passage if language is None else (Span(passage, language),)
            for blocks in (self.blocks, *(part.blocks for _, part in self.parts()))
            for _, line, language in lines_in_languages(blocks)
            for passage in key_passages(line)
        ]
        return tuple(marked) or self.lent()

    def lent(self) -> tuple[Inlines, ...]:
        """The first sentence of a graded section in which none is marked; nothing where one is, or no grade."""
        if self.grade is None or any(True for line in self.lines() for _ in key_passages(line)):
            return ()
        for blocks in (self.blocks, *(part.blocks for _, part in self.parts())):
            for block, line, language in lines_in_languages(blocks):
                if isinstance(block, Paragraph):
                    sentence = first_sentence(line, language or self.language)
                    return (sentence if language is None else (Span(sentence, language),),)
        return ()

    def urgent(self) -> Iterator[Block]:
        """What the section says of when to get help at once, in reading order."""
        yield from urgent_blocks(self.blocks)
        for _, part in self.parts():
            yield from urgent_blocks(part.blocks)

    def row_passages(self) -> tuple[Inlines, ...]:
        """The key passages that stand in the section's own row on the handout: what is urgent stands above."""
        lines = [line for block in walk_blocks(list(self.urgent())) for line in block_lines(block)]
        if lent := self.lent():
            # Of what is lent, a part may have been cut off.
            return tuple(it for it in lent if not any(plain_text(it) in plain_text(line) for line in lines))
        said = {id(child) for line in lines for child in walk_inlines(line)}
        return tuple(passage for passage in self.key_passages() if not _is_said(passage, said))

    def lines(self) -> Iterator[Inlines]:
        """Every run of inline content of the section in reading order, without the headings."""
        for block in self.all_blocks():
            yield from block_lines(block)


def _is_said(passage: Inlines, said: Container[int]) -> bool:
    """Whether all of a passage is among these pieces, by identity: [[Both.]{.urgent}]{.key}, too."""
    pieces: list[Inline] = [piece for piece in passage if not isinstance(piece, Citation | NoteCall)]
    if len(pieces) == 1 and isinstance(pieces[0], Span) and id(pieces[0]) not in said:
        pieces = list(pieces[0].children)
    return all(id(piece) in said for piece in pieces)


def _parts(subsections: tuple[Subsection, ...], depth: int) -> Iterator[tuple[int, Subsection]]:
    for part in subsections:
        yield depth, part
        yield from _parts(part.subsections, depth + 1)


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote of a call: its mark and what it says; `line` is that of its topic's file, 0 if it has none."""

    identifier: str
    blocks: Blocks
    line: int = field(default=0, compare=False, kw_only=True)
