"""Where a text rests on a source and doesn't lead to it."""

import re
from collections.abc import Iterator

from atlas_print.advise.drafts import Draft, advice
from atlas_print.atlas import Topic
from atlas_print.blocks import block_lines, walk_blocks
from atlas_print.inlines import Citation, Inlines, NoteCall, walk_inlines
from atlas_print.problems import Place, Problem
from atlas_print.sections import Section

_NUMBERS = r"[1-9]\d{0,2}(?:\s*[,;–-]\s*[1-9]\d{0,2})*"
_KEY = r"[^\W\d_][\w:.-]*(?:19|20)\d\d[a-z]?"
_NAMED = r"[^\W\d_][^\[\]\d]*\bet al\b\.?,?\s(?:19|20)\d\d[a-z]?"
_CITING = rf"(?:{_KEY}|{_NAMED})"
_MEANT = rf"(?<!CI )(?<!CI: )\[(?:{_NUMBERS}|{_CITING}(?:\s*[,;]\s*{_CITING})*)\]"
"""What other programs print for a citation: [1, 2], [rogers2011]; "CI [1, 3]" is an interval."""


def unread_citations(draft: Draft) -> Iterator[Problem]:
    """Brackets that look like a citation and lead nowhere, each once."""
    told: set[str] = set()
    ids = "|".join(re.escape(reference.id) for reference in draft.topic.references)
    # An @ right behind a letter cites nothing.
    meant = re.compile(rf"{_MEANT}|@(?:{ids})(?![\w.:-]*\w)" if ids else _MEANT)
    for passage in draft.passages:
        for match in meant.finditer(passage.text):
            if match.group() not in told:
                told.add(match.group())
                what = f"{match.group()!r} looks like a citation, and leads to no reference"
                help_ = "cite the reference by its id, with a space before it: [@id]; if it is none, leave it"
                yield advice(passage.place, "unread-citation", what, help_)


def uncited_sections(draft: Draft) -> Iterator[Problem]:
    """Graded sections that cite nothing."""
    for section in draft.topic.sections:
        if section.grade is not None and not any(_cites(draft.topic, line) for line in _lines(section)):
            what = f"the section “{section.title}” has a grade and cites nothing"
            place = Place(draft.topic.file, section.line, 1)
            yield advice(place, "uncited-section", what, "cite in it what its grade rests on: [@id]")


def _lines(section: Section) -> Iterator[Inlines]:
    yield section.heading
    yield from section.lines()


def _cites(topic: Topic, line: Inlines) -> bool:
    """Whether a line cites something, be it in a footnote."""
    parts = list(walk_inlines(line))
    calls = {part.identifier for part in parts if isinstance(part, NoteCall)}
    notes = (note.blocks for note in topic.notes if note.identifier in calls)
    noted = (part for blocks in notes for block in walk_blocks(blocks) for it in block_lines(block) for part in it)
    return any(isinstance(part, Citation) for part in (*parts, *walk_inlines(tuple(noted))))
