"""P2: each graded section states every part of its grade in words, and the scale is explained."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from atlas_print.atlas import Level, Scale
from atlas_print.problems import Place
from atlas_print.prove.aligned import Stretch
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.script import Kind, Passage, grade_fields, section_name
from atlas_print.prove.verdicts import Finding
from atlas_print.sections import Section

_BETWEEN = frozenset(":：=–—")
"""May stand between a label and what it labels."""
_BEHIND = frozenset(".;,·|")
"""May stand between one label's words and the next label."""
_LONGEST = 60
_STATED = (Kind.LABEL, Kind.VALUE)

_HELP_GRADE = "print the section's grade below its heading: each label of atlas.yaml with the section's own value"
_HELP_ROW = "give each graded section a row in the table of findings, with its own grade under each label of the scale"
_HELP_SCALE = "print every level of the scale with its meaning from atlas.yaml"


def judge_grades(case: Case) -> list[Finding]:
    """What is wrong with the grades of a topic and the explanation of the scale."""
    findings = list(_scale(case))
    graded = [section for section in case.topic.sections if section.grade]
    columns = dict(_columns(case)) if case.is_handout else {}
    for section in graded:
        values = [it for it in case.body if it.section is section and it.kind is Kind.VALUE]
        if case.is_handout:
            findings += _in_row(case, section, values, columns)
        else:
            labels = [it for it in case.body if it.section is section and it.kind is Kind.LABEL]
            findings += _behind_labels(case, section, labels, values)
    for section, start, end in _spans(case):
        findings += _others(case, section, start, end)
    return findings


def grade_shown(case: Case, section: Section) -> list[tuple[int, str]]:
    """The values of a section's grade as the file has them, right or wrong, each with its place in the reading."""
    reading, places = case.reading, case.aligned.places
    if not case.is_handout:
        labels, values = ([it for it in case.body if it.section is section and it.kind is kind] for kind in _STATED)
        starts = [
            _value_start(case, label, value) for label, value in zip(labels, values, strict=True) if label in places
        ]
        return [(at, _shown(case, at)) for at in starts]
    title = next((at for it, at in places.items() if it.section is section and it.kind is Kind.ROW), None)
    columns = dict(_columns(case))
    own = next((row for cell, (row, _) in columns.items() if cell.start == title), None)
    if own is None:
        return []
    pieces = [it for cell, (row, header) in columns.items() if row is own for it in _pieces(case, cell, header)]
    in_order = sorted(pieces, key=lambda pair: _labels(case).index(pair[0]))
    return [(it.start, reading.excerpt(it.start, it.end)) for _, it in in_order]


def _finding(case: Case, section: Section, where: str, expected: str, found: str) -> Finding:
    source = Place(case.topic.file, section.line, int(section.line > 0))
    return Finding(where, expected, found, _HELP_ROW if case.is_handout else _HELP_GRADE, source)


# --- grades behind their labels ------------------------------------------------------------------------------


def _behind_labels(
    case: Case, section: Section, labels: Sequence[Passage], values: Sequence[Passage]
) -> Iterator[Finding]:
    places, reading = case.aligned.places, case.reading
    for label, value in zip(labels, values, strict=True):
        expected = f"“{label.text}: {value.text}” in {section_name(section)}"
        at, shown = places.get(label), places.get(value)
        if at is None:
            yield _finding(case, section, _heading_place(case, section), expected, f"no “{label.text}” there")
        elif shown is None:
            behind = _behind_separator(reading, at + len(label.flat))
            found = f"“{label.text}: {_shown(case, behind)}”"
            yield _finding(case, section, reading.place(behind), expected, found)
        elif shown != _value_start(case, label, value):
            yield _finding(case, section, reading.place(shown), expected, "it, but not behind its label")
        elif not _is_end(case, shown + len(value.flat)):
            found = f"“{label.text}: {_shown(case, shown)}”"
            yield _finding(case, section, reading.place(shown), expected, found)


def _heading_place(case: Case, section: Section) -> str:
    at = next((at for it, at in case.aligned.places.items() if it.section is section and it.depth == 1), None)
    return "the whole file" if at is None else case.reading.place(at)


def _value_start(case: Case, label: Passage, value: Passage) -> int:
    """Where the value behind a label begins: behind a sign that sets it apart, unless it begins with one itself."""
    end = case.aligned.places[label] + len(label.flat)
    return end if case.aligned.places.get(value) == end else _behind_separator(case.reading, end)


def _behind_separator(reading: Reading, at: int) -> int:
    return at + 1 if reading.flat[at : at + 1] in _BETWEEN else at


def _is_end(case: Case, at: int) -> bool:
    if _is_field(case, at):
        return True
    return case.reading.flat[at : at + 1] in _BEHIND and _is_field(case, at + 1)


def _is_field(case: Case, at: int) -> bool:
    """Whether a block ends there, or the next label starts."""
    reading = case.reading
    if at >= len(reading.flat) or at in reading.edges:
        return True
    return reading.is_word_end(at) and any(reading.flat.startswith(name, at) for name in _labels(case))


def _labels(case: Case) -> list[str]:
    return [squeeze(scale.label) for scale in case.atlas.grades.values()]


def _shown(case: Case, start: int) -> str:
    """What stands there instead of a value."""
    value = next((it for it, at in case.aligned.places.items() if at == start and it.kind is Kind.VALUE), None)
    # A value may hold a label itself.
    first = start + (len(value.flat) if value else 1)
    end = next((at for at in range(first, start + _LONGEST) if _is_end(case, at)), start + _LONGEST)
    return case.reading.excerpt(start, end)


# --- grades in the rows of a handout -------------------------------------------------------------------------


def _columns(case: Case) -> Iterator[tuple[Element, tuple[Element, str]]]:
    """Each cell of a table with its row and the words of the header cell above it."""
    for table in case.of(Role.TABLE):
        header: list[str] = []
        for row in case.reading.inside(table, Role.ROW):
            cells = case.reading.inside(row, Role.CELL, Role.HEADER_CELL)
            if cells and all(cell.role is Role.HEADER_CELL for cell in cells):
                header = [case.reading.text(cell) for cell in cells]
            else:
                above = [*header, *[""] * len(cells)]
                yield from ((cell, (row, above[index])) for index, cell in enumerate(cells))


def _in_row(
    case: Case, section: Section, values: Sequence[Passage], columns: dict[Element, tuple[Element, str]]
) -> Iterator[Finding]:
    """Values that don't stand whole in cells of the section's row, under their labels."""
    reading, places = case.reading, case.aligned.places
    title = next(it for it in case.body if it.section is section and it.depth == 1)
    at = places.get(title)
    if at is None:
        moved = next((it.near for it in case.aligned.lost if it.moved and it.passage is title and it.near), None)
        if moved is not None:
            expected = f"the row of {section_name(section)} in source order"
            yield _finding(case, section, reading.place(moved.start), expected, "it stands elsewhere")
            return
    own = next((row for cell, (row, _) in columns.items() if at is not None and cell.start == at), None)
    if own is None:
        where = "the whole file" if at is None else reading.place(at)
        yield _finding(case, section, where, f"a row for {section_name(section)}", "no such row")
        return
    pieces = [it for cell, (row, header) in columns.items() if row is own for it in _pieces(case, cell, header)]
    for (label, _), value in zip(grade_fields(case.atlas, section.grade), values, strict=True):
        expected = f"“{value.text}” under “{label}” for {section_name(section)}"
        own_label = squeeze(label)
        piece = next((it for name, it in pieces if name == own_label), None)
        if piece is None:
            yield _finding(case, section, own.place, expected, f"no cell under a header “{label}”")
        elif reading.flat[piece.start : piece.end] != value.flat:
            found = f"“{reading.excerpt(piece.start, piece.end)}”"
            yield _finding(case, section, reading.place(piece.start), expected, found)


def _pieces(case: Case, cell: Element, header: str) -> list[tuple[str, Stretch]]:
    """The labels of the scale that the header of a cell is made of, each with its part of the cell.

    A header of one label has the whole cell; of several each has a block of its own, as has its value. A label of the
    layout may stand above them.
    """
    above = ("", *(label for label in case.labels.layout_texts if header.startswith(label)))
    names = next((names for label in above if (names := _named(header[len(label) :], _labels(case)))), [])
    cuts = [cell.start, *(at for at in range(cell.start + 1, cell.end) if at in case.reading.edges), cell.end]
    parts = [Stretch(cell.start, cell.end)] if len(names) == 1 else [Stretch(*pair) for pair in pairwise(cuts)]
    return list(zip(names, parts, strict=False))


def _named(header: str, labels: Sequence[str]) -> list[str]:
    """The labels that a header is made of, none if it says anything else."""
    if not header:
        return []
    for label in labels:
        rest = _named(header[len(label) :], labels) if header.startswith(label) else []
        if header.startswith(label) and (rest or header == label):
            return [label, *rest]
    return []


# --- other grades, and the scale -----------------------------------------------------------------------------


def _spans(case: Case) -> Iterator[tuple[Section, int, int]]:
    """Where each section stands, from its heading to the next that is of none of its parts."""
    moved = [(lost.passage, lost.near.start) for lost in case.aligned.lost if lost.moved and lost.near]
    told = sorted([*case.aligned.places.items(), *moved], key=lambda pair: pair[1])
    heads = [(it.section, at) for it, at in told if it.section is not None and it.depth == 1]
    ends = [it.start for it in case.of(Role.HEADING) if it not in case.aligned.headings]
    for (section, start), (_, end) in pairwise([*heads, (None, case.end)]):
        if section is not None:
            yield section, start, min((other for other in ends if start < other < end), default=end)


def _others(case: Case, section: Section, start: int, end: int) -> Iterator[Finding]:
    """Grades that stand in a section beside its own, in what its author didn't write."""
    own = dict(grade_fields(case.atlas, section.grade))
    for scale in case.atlas.grades.values():
        label = squeeze(scale.label)
        for at in case.reading.words(label, start, end):
            behind = _behind_separator(case.reading, at + len(label))
            stated = next((it.label for it in scale.levels.values() if _is_value(case, it.label, behind)), None)
            if stated is not None and stated != own.get(scale.label) and not case.is_of_source(behind):
                expected = f"no other grade in {section_name(section)} than its own"
                yield _finding(case, section, case.reading.place(at), expected, f"“{scale.label}: {stated}”")


def _is_value(case: Case, value: str, start: int) -> bool:
    words = squeeze(value)
    return case.reading.flat.startswith(words, start) and _is_end(case, start + len(words))


def _scale(case: Case) -> Iterator[Finding]:
    """Levels without their meaning. A book may explain them once for all topics; one that begins to, does it whole."""
    whole, own = Stretch(0, len(case.reading.flat)), Stretch(case.start, case.end)
    levels = [(scale, level) for scale in case.atlas.grades.values() for level in scale.levels.values()]
    around = own if any(_explains(case.reading, level, own) for _, level in levels) else whole
    for scale, level in levels:
        if not _explains(case.reading, level, around):
            yield _unexplained(case.reading, scale, level)


def _explains(reading: Reading, level: Level, around: Stretch) -> bool:
    name, words = squeeze(level.label), squeeze(level.meaning)
    for at in reading.finds(name, around.start, around.end):
        start = _behind_separator(reading, at + len(name))
        is_meaning = reading.flat.startswith(words, start) and reading.is_word_end(start + len(words))
        if is_meaning and reading.is_word_end(at):
            return True
    return False


def _unexplained(reading: Reading, scale: Scale, level: Level) -> Finding:
    start = next(reading.words(squeeze(level.meaning), 0, len(reading.flat)), None)
    where = "the whole file" if start is None else reading.place(start)
    found = "no such explanation" if start is None else f"that meaning for “{reading.excerpt(start - 20, start)}”"
    expected = f"{scale.label}, “{level.label}” explained as “{level.meaning}”"
    return Finding(where, expected, found, _HELP_SCALE, Place("content/atlas.yaml"))
