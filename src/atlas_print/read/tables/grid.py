"""Grid tables whose cells hold text: https://pandoc.org/MANUAL.html#extension-grid_tables."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from atlas_print.read.tables.layout import Cell, Fault, Layout, Piece, Row, cuts, width

_BORDER = re.compile(r"\+(?:[-:=]+\+)+$")
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)])\s+(?=\S)")
_BLOCK = re.compile(r"```|~~~|#{1,6}\s|>|!\[|\+[-=]+\+|:::")
_HELP_SPAN = (
    "let each | stand under a + of the first line, and write a cell out in each row and column that it stands for"
)


def grid_table(lines: Sequence[Piece]) -> Layout | None:
    """The grid table that starts with the first of these lines; None if there is none."""
    if len(lines) < 2 or not _BORDER.match(lines[0].text.strip()) or not lines[1].text.lstrip().startswith("|"):
        return None
    # The signs of the first line say where the columns are.
    edges = _edges(lines[0].text)
    table = Layout(1, _alignments(lines[0].text, edges), None)
    open_row: list[Piece] = []
    line = lines[0]
    for line in islice(lines, 1, None):
        text = line.text
        if not text.lstrip().startswith(("|", "+")):
            break
        table.lines += 1
        if not (_BORDER.match(text.strip()) and _edges(text) == edges):
            if any(text[place : place + 1] != "|" for place in cuts(text, edges)) or width(text) != edges[-1] + 1:
                what = "cells of a grid table that span others, or lines that don't meet"
                table.faults.append(Fault(line.line, line.column, "table-span", what, _HELP_SPAN))
            open_row.append(line)
            continue
        if open_row:
            table.rows.append(_row(open_row, edges, table))
            open_row = []
        if table.header is None and not set(text) - set("+=: "):
            _take_header(line, table)
            table.alignments = _alignments(text, edges)
    if open_row and not table.faults:
        what, help_ = "a grid table without its last line", f"write {lines[0].text.strip()} below it"
        table.faults.append(Fault(open_row[-1].line, open_row[-1].column, "table-end", what, help_))
    return table


def _edges(text: str) -> list[int]:
    return [match.start() for match in re.finditer(r"\+", text)]


def _take_header(line: Piece, table: Layout) -> None:
    """Makes the rows above that line the header."""
    if len(table.rows) > 1:
        help_ = "put the words of each column into one row above the line of +===+"
        what = "a table with a header of several rows"
        table.faults.append(Fault(table.rows[0].line, line.column, "table-header", what, help_))
    if table.rows:
        table.header = table.rows.pop(0)


def _alignments(text: str, edges: Sequence[int]) -> list[str | None]:
    sides = {(True, True): "center", (True, False): "left", (False, True): "right"}
    parts = (text[a + 1 : b] for a, b in pairwise(edges))
    return [sides.get((part.startswith(":"), part.endswith(":"))) for part in parts]


def _row(lines: Sequence[Piece], edges: Sequence[int], table: Layout) -> Row:
    columns: list[list[Piece]] = [[] for _ in edges[1:]]
    for line in lines:
        at = cuts(line.text, edges)
        for column, start, end in zip(columns, at, at[1:], strict=False):
            column.append(line.part(start + 1, end))
    return Row(tuple(_text(column, table) for column in columns), lines[0].line)


def _text(lines: Sequence[Piece], table: Layout) -> Cell:
    """The lines of a cell: where a paragraph or an item of a list ends, the line does."""
    found: list[Piece] = []
    ends = False
    for line in lines:
        if not line.text:
            ends = True
            continue
        if _BLOCK.match(line.text):
            what, help_ = "a cell of a grid table that holds more than text", "write it behind the table"
            table.faults.append(Fault(line.line, line.column, "table-cell", what, help_))
        item = _ITEM.match(line.text)
        if found and (ends or item):
            last = found[-1]
            found[-1] = Piece(last.text + "\\" * (not last.text.endswith("\\")), last.line, last.column)
        # The sign of a bullet would be read as a sign of emphasis, or as a minus.
        text = "•" + line.text[1:] if item and line.text[0] in "-*+" else line.text
        found.append(Piece(text, line.line, line.column))
        ends = False
    return tuple(found) or (lines[0],)
