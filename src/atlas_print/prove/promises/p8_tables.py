"""P8: tables have headers and cells, lists have items: a voice counts them, and says what a cell is about."""

from collections.abc import Iterator, Sequence

from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_CELLS = frozenset((Role.CELL, Role.HEADER_CELL))

_HELP = "make header cells (TH) of the first row, or of the first cell in every row"
_HELP_CELLS = "put every text of a table into a cell of a row, and every text of a list into an item"


def judge_tables(case: Case) -> Iterator[Finding]:
    """Tables without headers, and text of tables and lists that stands outside of their parts."""
    for table in case.of(Role.TABLE):
        rows = list(_rows(case, table))
        # Tables of more than a row: the first row, or the first column, is a header from end to end.
        if len(rows) > 1 and not _heads(rows[0]) and not all(_heads(row[:1]) for row in rows):
            wrong = next(cell for cell in rows[0] if cell.role is not Role.HEADER_CELL)
            said = case.reading.excerpt(wrong.start, wrong.end)
            yield Finding(wrong.place, f"a header cell for “{said}”", "a plain cell", _HELP)
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
    return all(cell.role is Role.HEADER_CELL for cell in cells)
