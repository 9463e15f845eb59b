"""P5 on paper: pages stand in the order of their text, and cells in their rows."""

from collections.abc import Iterator
from itertools import pairwise

from atlas_print.prove.reading.drawn import Line
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_ASIDE = frozenset((Role.TABLE, Role.CAPTION, Role.FIGURE, Role.LABEL))
"""What may go on, on another page, beside what is read next."""

_CELLS = (Role.CELL, Role.HEADER_CELL)

_HELP_CELLS = "place the cells of a table in its rows and columns, as they are read"
_HELP_ORDER = "put the pages in the order in which they are read"


def pages_in_order(reading: Reading) -> Iterator[Finding]:
    """Paragraphs that stand on a page before that of what is read before them."""
    lines = [line for line in reading.lines if _is_in_turn(line.block)]
    for before, line in pairwise(lines):
        if line.page < before.page:
            found = f"“{short(before.text)}” on page {before.page}, which is read before it"
            yield Finding(line.place, f"“{short(line.text)}” behind what is read before it", found, _HELP_ORDER)


def cells_in_place(reading: Reading) -> Iterator[Finding]:
    """Cells of a table that stand left of those before them in their row, or beside another row than their own."""
    lines: dict[Element, list[Line]] = {}
    for line in reading.lines:
        for block in (line.block, *line.block.ancestors()):
            if block.role in _CELLS:
                lines.setdefault(block, []).append(line)
                break
    for table in reading.of(Role.TABLE):
        above: list[Line] = []
        for row in reading.inside(table, Role.ROW):
            cells = [lines[cell] for cell in reading.inside(row, *_CELLS) if cell in lines]
            for before, after in pairwise(cells):
                if min(line.x for line in after) <= max(line.x for line in before) and _shares_page(before, after):
                    yield _misplaced(after[0], "behind the cell before it in its row")
            for cell in cells:
                over = [line for line in above if line.page == cell[0].page]
                if over and cell[0].y >= min(line.y for line in over):
                    yield _misplaced(cell[0], "below the row before its own")
            above = [line for cell in cells for line in cell] or above


def _shares_page(before: list[Line], after: list[Line]) -> bool:
    return before[-1].page == after[0].page


def _misplaced(line: Line, where: str) -> Finding:
    return Finding(line.place, f"the cell “{short(line.text)}” {where}", "it, elsewhere", _HELP_CELLS)


def _is_in_turn(block: Element) -> bool:
    return not any(it.role in _ASIDE for it in (block, *block.ancestors()))
