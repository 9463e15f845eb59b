"""Pipe tables: https://pandoc.org/MANUAL.html#extension-pipe_tables."""

import re
from collections.abc import Sequence
from itertools import islice

from atlas_print.counting import many
from atlas_print.read.tables.layout import Cell, Fault, Layout, Piece, Row

_RULER = re.compile(r"\|?[ \t]*:?-+:?[ \t]*(?:[|+][ \t]*:?-+:?[ \t]*)*\|?$")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_HELP_ROW = "write as many cells as the row of |---|---| has; for the sign | itself write \\|"


def pipe_table(lines: Sequence[Piece]) -> Layout | None:
    """The pipe table that starts with the first of these lines; None if there is none."""
    if len(lines) < 2 or "|" not in lines[0].text or not _RULER.match(lines[1].text):
        return None
    ruler = _cells(lines[1].part(0), "[|+]")
    if "|" not in lines[1].text and len(ruler) < 2:
        return None
    alignments = [_alignment(piece.text) for piece in ruler]
    table = Layout(2, alignments, None)
    table.header = _row(lines[0], table)
    if not any(piece.text for cell in table.header.cells for piece in cell):
        table.header = None
    for line in islice(lines, 2, None):
        if not _pipes(line.text):
            break
        table.rows.append(_row(line, table))
        table.lines += 1
    return table


def _row(line: Piece, table: Layout) -> Row:
    found = _cells(line.part(0), r"\|")
    count = len(table.alignments)
    if len(found) > count:
        what = f"a row of {many(len(found), 'cell')} in a table of {many(count, 'column')}"
        table.faults.append(Fault(line.line, found[count].column, "table-row", what, _HELP_ROW))
    missing = [Piece("", line.line, line.column)] * (count - len(found))
    cells: list[Cell] = [(piece,) for piece in [*found, *missing][:count]]
    return Row(tuple(cells), line.line)


def _cells(row: Piece, sign: str) -> list[Piece]:
    text = row.text
    start, end = int(text.startswith("|")), len(text)
    pipes = [at for at in _pipes(text, sign) if at >= start]
    if pipes and pipes[-1] == end - 1:
        end = pipes.pop()
    return [row.part(a, b) for a, b in zip([start, *(at + 1 for at in pipes)], [*pipes, end], strict=True)]


def _pipes(text: str, sign: str = r"\|") -> list[int]:
    """Where the pipes stand that are signs of the table: not behind a backslash, nor within code."""
    code = [match.span() for match in _CODE.finditer(text)]
    found = (match.start() for match in re.finditer(rf"(?<!\\){sign}", text))
    return [at for at in found if not any(start <= at < end for start, end in code)]


def _alignment(ruler: str) -> str | None:
    sides = {(True, True): "center", (True, False): "left", (False, True): "right"}
    return sides.get((ruler.startswith(":"), ruler.endswith(":")))
