"""P8: a table has its headers, so that a voice can say what a cell is about."""

from collections.abc import Iterator

from atlas_print.prove.case import Case
from atlas_print.prove.reading import Element, Role
from atlas_print.prove.verdicts import Finding

_HELP = "make header cells (TH) of the first row, or of the first cell in every row"


def judge_tables(case: Case) -> Iterator[Finding]:
    """Tables of more than a row whose first row, or whose first column, is no header from end to end."""
    for table in case.of(Role.TABLE):
        rows = list(_rows(case, table))
        if len(rows) > 1 and not _heads(rows[0]) and not all(_heads(row[:1]) for row in rows):
            wrong = next(cell for cell in rows[0] if cell.role is not Role.HEADER_CELL)
            said = case.reading.excerpt(wrong.start, wrong.end)
            yield Finding(wrong.place, f"a header cell for “{said}”", "a plain cell", _HELP)


def _rows(case: Case, table: Element) -> Iterator[list[Element]]:
    for row in case.reading.inside(table, Role.ROW):
        cells = case.reading.inside(row, Role.CELL, Role.HEADER_CELL)
        if cells:
            yield cells


def _heads(cells: list[Element]) -> bool:
    return all(cell.role is Role.HEADER_CELL for cell in cells)
