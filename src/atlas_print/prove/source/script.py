"""What a topic says, in source order: the passages that a file has to tell, each with its place in the source."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Blocks, DefinitionList, Division, Figure, ListBlock, Paragraph, Quote, Table, block_lines
from atlas_print.inlines import (
    Citation,
    Code,
    Inline,
    Inlines,
    LineBreak,
    NoteCall,
    Span,
    Strikeout,
    Subscript,
    Superscript,
    Text,
)
from atlas_print.problems import Place
from atlas_print.prove.source.lines import Line, flattened, plain
from atlas_print.sections import Grade, Role, Section, Subsection

PRINTED_WHOLE = frozenset((Role.UNKNOWNS, Role.QUESTIONS))
"""Roles of sections that a handout prints as they stand: what is open, and what to ask."""


class Kind(StrEnum):
    """What a passage is in its topic."""

    TITLE = "title"
    HEADING = "heading"
    ROW = "heading of a row"
    TEXT = "text"
    CELL = "cell"
    LABEL = "label of a grade"
    VALUE = "value of a grade"


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One text of the source that a file has to tell; `name` is for a person, `depth` a heading's below the title.

    `required` is False for what a handout may print of a section or leave out; `note` is the mark of the footnote that
    it is a part of, "" for none; `table` is the one that it is of; `count` what its list counts it by, "" for bullets.
    `identifier` is that of a heading. `is_repeat`: it is told elsewhere too, and no link leads back to it.
    """

    name: str
    line: Line
    kind: Kind = Kind.TEXT
    source: Place | None = None
    section: Section | None = None
    depth: int = 0
    required: bool = True
    note: str = ""
    table: Table | None = None
    count: str = ""
    identifier: str = ""
    is_repeat: bool = False

    @property
    def flat(self) -> str:
        """Its text as readings are searched."""
        return self.line.flat

    @property
    def text(self) -> str:
        """Its text for a person."""
        return self.line.text


def section_name(section: Section) -> str:
    """A section for a person."""
    return f"the section “{section.title}”" if section.heading else "the text before the first heading"


def grade_fields(atlas: Atlas, grade: Grade | None) -> tuple[tuple[str, str], ...]:
    """The labels of the scale with a grade's values, in their order; none where there is no grade."""
    if grade is None:
        return ()
    return tuple((atlas.grades[name].label, value) for name, value in atlas.stated(grade).items())


# --- the passages of a topic ---------------------------------------------------------------------------------


def body(atlas: Atlas, topic: Topic, kind: str) -> list[Passage]:
    """The passages of the sections in the order in which an export of that kind tells them, then those of its notes.

    A handout tells the findings first, by their key sentences and grades, then whole what is open and to be asked.
    """
    urgent = _blocks(topic, None, topic.urgent)
    told = [replace(it, name="what is urgent", is_repeat=kind != "handout") for it in urgent]
    told += _sections(atlas, topic, kind)
    return [*told, *_notes(topic, told)]


def _sections(atlas: Atlas, topic: Topic, kind: str) -> list[Passage]:
    if kind != "handout":
        return [passage for section in topic.sections for passage in _whole(atlas, topic, section)]
    printed = [section for section in topic.sections if section.role in PRINTED_WHOLE]
    rows = [section for section in topic.sections if section.grade or section not in printed]
    found = [passage for section in rows for passage in _row(atlas, topic, section, is_again=section in printed)]
    return [*found, *(passage for section in printed for passage in _whole(atlas, topic, section, with_grade=False))]


def front(atlas: Atlas, topic: Topic, kind: str) -> Iterator[Passage]:
    """What a file tells of a topic beside its sections, each wherever its layout puts it."""
    short = (kind == "handout" and topic.clinical_short) or topic.short
    given: list[tuple[str, str | None, Kind, str]] = [
        ("title", topic.title, Kind.TITLE, "title"),
        ("subtitle", topic.subtitle, Kind.TEXT, "subtitle"),
        ("short version", short, Kind.TEXT, "short" if short is topic.short else "clinical_short"),
    ]
    if kind != "handout":
        # What is argued or told at leisure has no room on one page.
        given += [("lede", topic.lede, Kind.TEXT, "lede"), ("grade_notes", topic.grade_notes, Kind.TEXT, "grade_notes")]
        related = (atlas.topic(slug).title for slug in topic.related)
        given += [("related topic", title, Kind.TEXT, "related") for title in related]
    for flag in (atlas.flags[key] for key in topic.flags):
        given += [("label of a flag", flag.label, Kind.TEXT, "flags"), ("flag", flag.meaning, Kind.TEXT, "flags")]
    for name, text, of_kind, field_ in given:
        if text:
            yield Passage(f"the {name}", plain(text), of_kind, _place(topic, topic.lines.get(field_, 0)))
    if topic.is_graded and atlas.about_grades:
        yield Passage("the note on all grades", plain(atlas.about_grades), source=Place("content/atlas.yaml"))


def figures(topic: Topic) -> Iterator[tuple[Section, Figure]]:
    """The figures of a topic in source order, each with its section."""
    for section in topic.sections:
        yield from ((section, block) for block in section.all_blocks() if isinstance(block, Figure))


def _place(topic: Topic, line: int) -> Place:
    return Place(topic.file, line, int(line > 0))


def _whole(atlas: Atlas, topic: Topic, section: Section, *, with_grade: bool = True) -> Iterator[Passage]:
    """A section as it stands: its heading, its grade, its blocks."""
    if section.heading:
        yield _heading(topic, section, section, 1)
    if with_grade:
        yield from _grade(atlas, topic, section, with_labels=True)
    yield from _blocks(topic, section, section.blocks)
    for depth, part in section.parts():
        yield _heading(topic, section, part, depth + 1)
        yield from _blocks(topic, section, part.blocks)


def _row(atlas: Atlas, topic: Topic, section: Section, *, is_again: bool) -> Iterator[Passage]:
    """A section by its key sentences and its grade; a layout may print more of it, or the whole."""
    passages = section.row_passages()
    place = _place(topic, section.line)
    name = section_name(section)
    if (passages or (section.grade and section.key_passages())) and section.heading:
        yield Passage(name, flattened(topic, section.heading), Kind.ROW, place, section, 1)
    yield from (Passage(name, flattened(topic, line), Kind.TEXT, place, section) for line in passages)
    if not is_again:
        for passage in _blocks(topic, section, (*section.blocks, *(b for _, p in section.parts() for b in p.blocks))):
            yield replace(passage, required=False)
    yield from _grade(atlas, topic, section, with_labels=False)


def _heading(topic: Topic, section: Section, of: Section | Subsection, depth: int) -> Passage:
    words, place = flattened(topic, of.heading), _place(topic, of.line)
    return Passage(section_name(section), words, Kind.HEADING, place, section, depth, identifier=of.identifier)


def _grade(atlas: Atlas, topic: Topic, section: Section, *, with_labels: bool) -> Iterator[Passage]:
    name, place = f"the grade of {section_name(section)}", _place(topic, section.line)
    for label, value in grade_fields(atlas, section.grade):
        if with_labels:
            yield Passage(name, plain(label), Kind.LABEL, place, section)
        yield Passage(name, plain(value), Kind.VALUE, place, section)


def _notes(topic: Topic, told: Sequence[Passage]) -> Iterator[Passage]:
    """The footnotes that passages call, each with its mark before its first words."""
    called = {call.mark for passage in told for call in passage.line.calls}
    needed = {call.mark for passage in told if passage.required for call in passage.line.calls}
    for note in (note for note in topic.notes if note.identifier in called):
        mark, first = Text(f"{note.identifier}. "), note.blocks[0]
        if isinstance(first, Paragraph):
            blocks = (replace(first, children=(mark, *first.children)), *note.blocks[1:])
        else:
            blocks = (Paragraph((mark,), line=note.line), *note.blocks)
        for passage in _blocks(topic, None, blocks):
            is_needed = note.identifier in needed
            yield replace(passage, name=f"the note {note.identifier}", required=is_needed, note=note.identifier)


def _blocks(topic: Topic, section: Section | None, blocks: Blocks) -> Iterator[Passage]:
    for block in blocks:
        if isinstance(block, Division) and block.language:
            for passage in _blocks(topic, section, block.children):
                yield replace(passage, line=passage.line.within(block.language))
        elif isinstance(block, Quote | Division):
            yield from _blocks(topic, section, block.children)
        elif isinstance(block, DefinitionList):
            for entry in block.items:
                yield from _blocks(topic, section, (Paragraph(entry.term, line=block.line),))
                for detail in entry.details:
                    yield from _blocks(topic, section, detail)
        elif isinstance(block, ListBlock):
            for index, item in enumerate(block.items):
                for at, passage in enumerate(_blocks(topic, section, item)):
                    yield passage if at else replace(passage, count=block.label(index).strip("()."))
        else:
            table = block if isinstance(block, Table) else None
            kind = Kind.TEXT if table is None else Kind.CELL
            for words in block_lines(block):
                line = flattened(topic, words)
                if line.flat:
                    name, place = "" if section is None else section_name(section), _place(topic, block.line)
                    yield Passage(name, line, kind, place, section, table=table)


# --- tables that a file tells in pairs of a header and a value, row by row ----------------------------------------

_SIGNS = r"\W{0,3}"
"""What may stand between a header and its value."""


def in_pairs(topic: Topic, passages: Iterable[Passage], flat: str) -> Iterator[Passage]:
    """The passages in the order of a file with that flat text: where it tells a table in pairs, so do they."""
    for _, group in groupby(passages, key=lambda passage: id(passage.table)):
        own = list(group)
        table = own[0].table
        if table is None or not table.header or not _is_in_pairs(topic, table, flat):
            yield from own
            continue
        if table.caption:
            yield own[0]
        for index, row in enumerate(table.rows):
            for words in (words for pair in _pairs(table, row, index) for words in pair):
                line = flattened(topic, words)
                if line.flat:
                    yield replace(own[-1], line=line)


def _pairs(table: Table, row: Sequence[Inlines], index: int) -> Iterator[tuple[Inlines, Inlines]]:
    """Each cell of a row behind its header, whose links and citations the first row has alone."""
    for header, cell in zip(table.header, row, strict=True):
        yield header if index == 0 else tuple(_words(header)), cell


def _words(children: Inlines) -> Iterator[Inline]:
    """The words alone, with their languages: no links, no marks in brackets."""
    for child in children:
        if isinstance(child, Text | Code):
            yield Text(child.text)
        elif isinstance(child, LineBreak):
            yield Text(" ")
        elif isinstance(child, Strikeout | Subscript | Superscript):
            yield type(child)(tuple(_words(child.children)))
        elif isinstance(child, Citation):
            yield Text(child.name)
        elif isinstance(child, Span) and child.language:
            yield Span(tuple(_words(child.children)), child.language)
        elif not isinstance(child, NoteCall):
            yield from _words(child.children)


def _is_in_pairs(topic: Topic, table: Table, flat: str) -> bool:
    """Whether a row of a table stands there with a header before each cell; the first column alone does so anyway.

    A table that stands there whole in its own order is in columns, whatever its words repeat.
    """
    cells = [re.escape(flattened(topic, words).flat) for row in (table.header, *table.rows) for words in row]
    if re.search(_SIGNS.join(filter(None, cells)), flat):
        return False
    for index, row in enumerate(table.rows):
        pairs = _pairs(table, row, index)
        texts = [re.escape(flattened(topic, words).flat) for pair in pairs for words in pair]
        if (index or len(table.header) > 1) and re.search(_SIGNS.join(filter(None, texts)), flat):
            return True
    return False
