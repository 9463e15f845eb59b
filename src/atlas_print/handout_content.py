"""What a handout tells of a topic above its references, and how long that takes to read."""

from collections.abc import Iterable, Iterator

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Block, block_lines, walk_blocks
from atlas_print.inlines import Inlines, NoteCall, plain_text, walk_inlines
from atlas_print.sections import Role, Section

_PACE = 240
"""Words a minute: silent reading of English non-fiction (Brysbaert 2019: 238)."""
_WHOLE = (Role.UNKNOWNS, Role.QUESTIONS)


def findings(topic: Topic) -> list[Section]:
    """The sections with a row in the table: those not printed whole, and every graded one, for its grade."""
    return [
        section
        for section in topic.sections
        if (section.row_passages() or (section.grade is not None and section.key_passages()))
        and (section.grade is not None or section.role not in _WHOLE)
    ]


def whole(topic: Topic) -> list[Section]:
    """The sections that are printed whole: what is open, and what to ask."""
    return [section for section in topic.sections if section.role in _WHOLE]


def words(atlas: Atlas, topic: Topic) -> int:
    """The words above the references, without the labels of the layout."""
    return sum(len(text.split()) for text in _texts(atlas, topic))


def seconds(count: int) -> int:
    """How long so many words take to read."""
    return round(count / _PACE * 60)


def _texts(atlas: Atlas, topic: Topic) -> Iterator[str]:
    yield from (topic.title, topic.subtitle or "", topic.clinical_short or topic.short)
    for flag in (atlas.flags[key] for key in topic.flags):
        yield from (flag.label, flag.meaning)
    for section in findings(topic):
        yield from atlas.stated(section.grade).values() if section.grade is not None else ()
    lines = [*_lines(topic)]
    called = {it.identifier for line in lines for it in walk_inlines(line) if isinstance(it, NoteCall)}
    for note in (note for note in topic.notes if note.identifier in called):
        lines += _of_blocks(note.blocks)
    yield from map(plain_text, lines)


def _lines(topic: Topic) -> Iterator[Inlines]:
    yield from _of_blocks(topic.urgent)
    for section in findings(topic):
        yield from (section.heading, *section.row_passages())
    for section in whole(topic):
        yield from (section.heading, *(part.heading for _, part in section.parts()), *section.lines())


def _of_blocks(blocks: Iterable[Block]) -> Iterator[Inlines]:
    for block in walk_blocks(list(blocks)):
        yield from block_lines(block)
