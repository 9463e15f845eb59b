"""P8: headings, headers of tables and languages are those of the source: by them a voice finds its way."""

from collections.abc import Iterator, Mapping, Sequence

from atlas_print.atlas import Atlas
from atlas_print.blocks import Table
from atlas_print.problems import Place
from atlas_print.prove.case import Case
from atlas_print.prove.promises.pages import authored
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.lines import short
from atlas_print.prove.source.script import Kind, Passage
from atlas_print.prove.verdicts import Finding

_HELP_LOST = "set the headings of the source as headings, and nothing else that is not the name of a part"
_DEEPEST = 6
"""The lowest level of a heading that HTML and PDF know."""
_HELP_LEVEL = "the title is the highest heading, below it the sections, below each its parts; keep to that order"


def judge_headings(case: Case) -> Iterator[Finding]:
    """Headings of a topic that are no headings in the file, others that the file adds, and levels out of order.

    Of the words of a heading that are lost, P5 tells. Levels are compared with each other: a book of many topics may
    have all of them lower.
    """
    reading, aligned = case.reading, case.aligned
    told = set(aligned.headings.values())
    for passage, at in aligned.places.items():
        if passage.kind in (Kind.HEADING, Kind.TITLE) and passage not in told:
            expected = f"“{short(passage.text)}” as a heading"
            yield Finding(reading.place(at), expected, "no heading", _HELP_LOST, passage.source)
    for lost in aligned.lost:
        if lost.passage.kind in (Kind.HEADING, Kind.TITLE) and lost.passage not in told:
            expected = f"“{short(lost.passage.text)}” as a heading"
            yield Finding("the whole file", expected, "no such heading", _HELP_LOST, lost.passage.source)
    for heading in case.of(Role.HEADING):
        if heading.start == heading.end or heading in aligned.headings:
            continue
        if not is_label(reading.text(heading), case.atlas, case.labels):
            yield _added(case.reading, heading, "the headings of the source, each once, and labels", case.place)
    yield from _levels(reading, aligned.headings)


def judge_headings_outside(reading: Reading, atlas: Atlas, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """Headings outside of the topics of a book: its title, and labels."""
    for heading in reading.of(Role.HEADING):
        text = reading.text(heading)
        if not text or any(case.start <= heading.start < case.end for case in cases):
            continue
        if text != squeeze(atlas.title) and not is_label(text, atlas, labels):
            yield _added(reading, heading, "the title of the atlas as a heading, and labels", None)


def is_label(text: str, atlas: Atlas, labels: Labels) -> bool:
    """Whether a heading is a label of the layout or of the scale, and not what the atlas says beside its topics."""
    names = {squeeze(scale.label) for scale in atlas.grades.values()}
    return text in names or labels.of_layout(text)


def _added(reading: Reading, heading: Element, expected: str, source: Place | None) -> Finding:
    said = f"“{short(reading.excerpt(heading.start, heading.end))}” as a heading"
    return Finding(heading.place, expected, said, _HELP_LOST, source)


def _levels(reading: Reading, headings: Mapping[Element, Passage]) -> Iterator[Finding]:
    levels: dict[int, int] = {}
    for element, passage in sorted(headings.items(), key=lambda pair: pair[0].start):
        if not element.level:
            continue  # a heading that says no level
        above = max((levels[depth] for depth in levels if depth < passage.depth), default=0)
        own = levels.setdefault(passage.depth, element.level)
        text = f"“{short(reading.excerpt(element.start, element.end))}”"
        if element.level <= above < _DEEPEST:
            expected = f"{text} below level {above}"
        elif element.level != own:
            expected = f"{text} at level {own}, as its like"
        else:
            continue
        yield Finding(element.place, expected, f"level {element.level}", _HELP_LEVEL, passage.source)


_HELP_HEADER = "make header cells (TH) of the first row, or of the first cell in every row"


def judge_tables(case: Case) -> Iterator[Finding]:
    """Tables without headers."""
    for table in case.of(Role.TABLE):
        found = (case.reading.inside(row, Role.CELL, Role.HEADER_CELL) for row in case.reading.inside(table, Role.ROW))
        rows = [cells for cells in found if cells]
        # Tables of more than a row: the first row, or the first column alone, is a header from end to end.
        in_part = any(cell.role is Role.HEADER_CELL for row in rows[:1] for cell in row[1:])
        if len(rows) > 1 and not _heads(rows[0]) and (in_part or not all(_heads(row[:1]) for row in rows)):
            own = authored(case, table)
            if own is not None and isinstance(own.block, Table) and not own.block.header:
                continue
            wrong = next(cell for cell in rows[0] if cell.role is not Role.HEADER_CELL)
            said = case.reading.excerpt(wrong.start, wrong.end)
            yield Finding(wrong.place, f"a header cell for “{said}”", "a plain cell", _HELP_HEADER)


def _heads(cells: list[Element]) -> bool:
    """Whether all of them are header cells; one without words has nothing to say."""
    return all(cell.role is Role.HEADER_CELL or cell.start == cell.end for cell in cells)


# --- languages ---------------------------------------------------------------------------------------------

_LABELS = "en"
"""What a layout says in English where it has no words in the atlas's language."""

_HELP_LANGUAGE = "write the language of the source into the layout, on the file and on each passage in another"


def judge_languages(reading: Reading, atlas: Atlas, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """Passages, labels and whole files that a voice would read in the wrong language."""
    for where, said in reading.spoken:
        if not _is_alike(said, atlas.language):
            yield Finding(where, f"the language {atlas.language}", said or "none", _HELP_LANGUAGE)
    marked = [(it, language) for it, language in reading.languages if not _is_alike(language, atlas.language)]
    yield from (finding for case in cases for finding in _unmarked(case, marked))
    for element, language in marked:
        text = reading.text(element)
        if not text or (_is_alike(language, _LABELS) and labels.covers(text)):
            continue
        case = next((it for it in cases if it.start <= element.start and element.end <= it.end), None)
        if case is None or not _is_wanted(case, element, language):
            found = f"“{short(reading.excerpt(element.start, element.end))}” in {language}"
            yield Finding(
                element.place, "the languages of the source", found, _HELP_LANGUAGE, case.place if case else None
            )


def _unmarked(case: Case, marked: Sequence[tuple[Element, str]]) -> Iterator[Finding]:
    """Passages in another language than the atlas that no element says it of."""
    for passage, at in case.aligned.places.items():
        for it in passage.line.languages:
            start, end = at + it.start, at + it.end
            if _is_alike(it.mark, case.atlas.language):
                continue
            if not any(held.holds(start, end) and _is_alike(said, it.mark) for held, said in marked):
                expected = f"“{short(case.reading.excerpt(start, end))}” in {it.mark}"
                found = "no language of its own, or another"
                yield Finding(case.reading.place(start), expected, found, _HELP_LANGUAGE, passage.source)


def _is_wanted(case: Case, element: Element, language: str) -> bool:
    """Whether the source has that language there, in a text that is told again, or in all passages of a block."""
    places, text = case.aligned.places.items(), case.reading.text(element)
    wanted = [
        (at + it.start, at + it.end, passage.flat[it.start : it.end])
        for passage, at in places
        for it in passage.line.languages
        if _is_alike(language, it.mark)
    ]

    def is_in_it(low: int, high: int) -> bool:
        return any(start <= low and high <= end for start, end, _ in wanted)

    inside = [(at, at + len(it.flat)) for it, at in places if element.start <= at < element.end]
    if is_in_it(element.start, element.end) or (inside and all(is_in_it(*ends) for ends in inside)):
        return True
    # Of a passage with a fault in it, P5 tells.
    if any(lost.near and lost.near.start <= element.start < lost.near.end for lost in case.aligned.lost):
        return True
    return not case.is_of_source(element.start) and any(told == text for *_, told in wanted)


def _is_alike(one: str, other: str) -> bool:
    """Whether a voice may read both: "en-GB" is English (RFC 4647, 3.3.1)."""
    some, more = sorted((one.lower().split("-"), other.lower().split("-")), key=len)
    return some == more[: len(some)]
