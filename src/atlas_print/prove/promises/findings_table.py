"""P2 on a handout: graded sections as rows of a table, their grades under the labels of the scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Section
from atlas_print.prove.case import Case, grade_fields, section_name
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.verdicts import Finding

_HELP = "give each graded section a row in the table of findings, with its own grade under each label of the scale"


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table, and the cells that stand above it."""

    cells: list[Element]
    header: list[str]


def judge_table(case: Case, sections: Sequence[Section]) -> Iterator[Finding]:
    """What is wrong with the rows of these sections, which are graded."""
    rows = list(_rows(case))
    next_row = 0
    for section in sections:
        title = squeeze(section.title)
        index = next((i for i, row in enumerate(rows) if _is_row_of(case, row, title)), None)
        if index is None:
            yield Finding("the whole file", f"a row for {section_name(section)}", "no such row", _HELP)
        elif index < next_row:
            where = rows[index].cells[0].place
            yield Finding(where, f"the row of {section_name(section)} in source order", "it stands too early", _HELP)
        else:
            next_row = index + 1
            yield from _grade(case, section, rows[index])


def _rows(case: Case) -> Iterator[_Row]:
    for table in case.of(Role.TABLE):
        header: list[str] = []
        for row in case.reading.inside(table, Role.ROW):
            cells = case.reading.inside(row, Role.CELL, Role.HEADER_CELL)
            if cells and all(cell.role is Role.HEADER_CELL for cell in cells):
                header = [case.reading.text(cell) for cell in cells]
            elif cells:
                yield _Row(cells, header)


def _is_row_of(case: Case, row: _Row, title: str) -> bool:
    start = row.cells[0].start
    return case.reading.flat.startswith(title, start) and case.reading.is_word_end(start + len(title))


def _grade(case: Case, section: Section, row: _Row) -> Iterator[Finding]:
    for label, value in grade_fields(case.atlas, section.grade):
        expected = f"“{value}” under “{label}” for {section_name(section)}"
        column = row.header.index(squeeze(label)) if squeeze(label) in row.header else len(row.cells)
        if column >= len(row.cells):
            yield Finding(row.cells[0].place, expected, f"no cell under a header “{label}”", _HELP)
        elif case.reading.text(row.cells[column]) != squeeze(value):
            cell = row.cells[column]
            yield Finding(cell.place, expected, f"“{case.reading.excerpt(cell.start, cell.end)}”", _HELP)
