"""P8: headings, tables, lists and languages are those of the source: by them a voice finds its way."""

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
from atlas_print.prove.source.script import Kind, Passage
from atlas_print.prove.source.wording import short
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


_CELLS = frozenset((Role.CELL, Role.HEADER_CELL))

_HELP_HEADER = "make header cells (TH) of the first row, or of the first cell in every row"
_HELP_CELLS = "put every text of a table into a cell of a row, and every text of a list into an item"


def judge_tables(case: Case) -> Iterator[Finding]:
    """Tables without headers, and text of tables and lists that stands outside of their parts."""
    for table in case.of(Role.TABLE):
        rows = list(_rows(case, table))
        # Tables of more than a row: the first row, or the first column, is a header from end to end.
        if len(rows) > 1 and not _heads(rows[0]) and not all(_heads(row[:1]) for row in rows):
            own = authored(case, table)
            if own is not None and isinstance(own.block, Table) and not own.block.header:
                continue
            wrong = next(cell for cell in rows[0] if cell.role is not Role.HEADER_CELL)
            said = case.reading.excerpt(wrong.start, wrong.end)
            yield Finding(wrong.place, f"a header cell for “{said}”", "a plain cell", _HELP_HEADER)
    for row in case.of(Role.ROW):
        yield from _loose(case, row, case.reading.inside(row, *_CELLS), "in cells")
    for around in case.of(Role.LIST):
        yield from _loose(case, around, case.reading.inside(around, Role.ITEM, Role.TERM, Role.DEFINITION), "in items")
    for cell in case.of(*_CELLS):
        if not any(above.role is Role.TABLE for above in cell.ancestors()):
            said = short(case.reading.excerpt(cell.start, cell.end))
            yield Finding(cell.place, f"the cell “{said}” in a table", "no table around it", _HELP_CELLS)


def _loose(case: Case, around: Element, parts: Sequence[Element], where: str) -> Iterator[Finding]:
    """The first text of an element outside of its parts."""
    at = around.start
    for part in sorted(parts, key=lambda part: part.start):
        if part.start > at:
            break
        at = max(at, part.end)
    if parts and at < around.end:
        end = min((part.start for part in parts if part.start > at), default=around.end)
        expected = f"all of the text {where}"
        yield Finding(around.place, expected, f"“{short(case.reading.excerpt(at, end))}” beside them", _HELP_CELLS)


def _rows(case: Case, table: Element) -> Iterator[list[Element]]:
    for row in case.reading.inside(table, Role.ROW):
        cells = case.reading.inside(row, Role.CELL, Role.HEADER_CELL)
        if cells:
            yield cells


def _heads(cells: list[Element]) -> bool:
    """Whether all of them are header cells; one without words has nothing to say."""
    return all(cell.role is Role.HEADER_CELL or cell.start == cell.end for cell in cells)


_LABELS = "en"
"""What a layout says in English where it has no words in the atlas's language."""

_HELP_LANGUAGE = "write the language of the source into the layout, on the file and on each passage in another"


def judge_document_language(reading: Reading, language: str) -> Iterator[Finding]:
    """A PDF that says another language than its atlas, or none."""
    if not is_alike(reading.language, language):
        yield Finding("the whole file", f"the language {language}", reading.language or "none", _HELP_LANGUAGE)


def judge_languages(case: Case) -> Iterator[Finding]:
    """Passages of a topic that a voice would read in the wrong language; labels of a layout may be in its own."""
    reading, around = case.reading, case.atlas.language
    marked = [
        (element, language)
        for element, language in reading.languages
        if not is_alike(language, around) and case.start <= element.start and element.end <= case.end
    ]
    wanted: list[tuple[int, int, str]] = []
    texts: set[tuple[str, str]] = set()
    for passage, at in case.aligned.places.items():
        for it in passage.line.languages:
            if not is_alike(it.mark, around):
                wanted.append((at + it.start, at + it.end, it.mark))
                texts.add((passage.flat[it.start : it.end], it.mark))
    for start, end, language in wanted:
        if not any(it.holds(start, end) and is_alike(said, language) for it, said in marked):
            expected = f"“{short(reading.excerpt(start, end))}” in {language}"
            told = case.aligned.at(start, end)
            source = told.source if told else case.place
            yield Finding(reading.place(start), expected, "no language of its own, or another", _HELP_LANGUAGE, source)
    for element, language in marked:
        if not _is_wanted(case, element, language, wanted, texts):
            found = f"“{short(reading.excerpt(element.start, element.end))}” in {language}"
            yield Finding(element.place, "the languages of the source", found, _HELP_LANGUAGE, case.place)


def _is_wanted(
    case: Case, element: Element, language: str, wanted: list[tuple[int, int, str]], texts: set[tuple[str, str]]
) -> bool:
    """Whether the source has that language there, or in a text that is told again, or the words are labels."""
    said = case.reading.text(element)
    if any(start <= element.start and element.end <= end and is_alike(language, told) for start, end, told in wanted):
        return True
    inside = [(at, at + len(it.flat)) for it, at in case.aligned.places.items() if element.start <= at < element.end]
    of_it = [(start, end) for start, end, told in wanted if is_alike(language, told)]
    if inside and all(any(start <= at and end_at <= end for start, end in of_it) for at, end_at in inside):
        return True
    # Of a passage with a fault in it, P5 tells.
    if any(lost.near and lost.near.start <= element.start < lost.near.end for lost in case.aligned.lost):
        return True
    if not case.is_of_source(element.start) and any(t == said and is_alike(language, told) for t, told in texts):
        return True
    return not said or (is_alike(language, _LABELS) and case.labels.covers(said))


def is_alike(one: str, other: str) -> bool:
    """Whether a voice may read both: "en-GB" is English (RFC 4647, 3.3.1)."""
    some, more = sorted((one.lower().split("-"), other.lower().split("-")), key=len)
    return some == more[: len(some)]
