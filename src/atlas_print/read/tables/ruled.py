"""Simple and multiline tables, whose columns are those of a line of dashes.

https://pandoc.org/MANUAL.html#extension-simple_tables, #extension-multiline_tables
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice

from atlas_print.read.tables.layout import Cell, Fault, Layout, Piece, Row, cuts, width

_DASHES = re.compile(r" {0,3}-+(?: +-+)* *$")
_LINE = re.compile(r" {0,3}-{3,} *$")
_OTHER_BLOCK = re.compile(r"\s*(?:[-*+] |#{1,6} |>|:::|<)")
_HELP = "let the words of each column stand above and under its own dashes, with two spaces between the columns"


def ruled_table(lines: Sequence[Piece]) -> Layout | None:
    """The simple or multiline table that starts with the first of these lines; None if there is none."""
    if len(lines) < 3:
        return None
    if _LINE.match(lines[0].text):
        return _multiline(lines)
    if _is_ruler(lines[0]):
        return _headless(lines)
    return None if _OTHER_BLOCK.match(lines[0].text) else _simple(lines)


def _is_ruler(line: Piece) -> bool:
    """Whether a line has the dashes of several columns; "- - -" is a rule."""
    return bool(_DASHES.match(line.text)) and len(line.text.split()) > 1 and "--" in line.text


def _simple(lines: Sequence[Piece]) -> Layout | None:
    """A header, its dashes, a row a line."""
    if not _is_ruler(lines[1]) or not lines[0].text.strip():
        return None
    end = next((at for at, line in enumerate(islice(lines, 2, None), 2) if _ends(line)), len(lines))
    if end == 2:
        return None
    closing = int(end < len(lines) and bool(lines[end].text.strip()))
    return _table(lines[1], [lines[0]], [[line] for line in lines[2:end]], end + closing)


def _ends(line: Piece) -> bool:
    return not line.text.strip() or bool(_DASHES.match(line.text))


def _headless(lines: Sequence[Piece]) -> Layout | None:
    """Dashes, rows, dashes: a row a line where no line is empty, else rows with empty lines between them."""
    end = _closing(lines, 1)
    rows = [] if end is None else list(_paragraphs(lines[1:end]))
    if not rows or end is None:
        return None
    if len(rows) == 1:
        rows = [[line] for line in rows[0]]
    return _table(lines[0], [], rows, end + 1)


def _multiline(lines: Sequence[Piece]) -> Layout | None:
    """A line, a header of one line or more, its dashes, rows with empty lines between them, a line."""
    ruler = next((at for at, line in enumerate(islice(lines, 1, None), 1) if _ends(line)), len(lines))
    if ruler in (1, len(lines)) or not _is_ruler(lines[ruler]):
        return None
    end = _closing(lines, ruler + 1)
    rows = [] if end is None else list(_paragraphs(lines[ruler + 1 : end]))
    return _table(lines[ruler], lines[1:ruler], rows, end + 1) if rows and end is not None else None


def _closing(lines: Sequence[Piece], start: int) -> int | None:
    """The first line of dashes from there on, if nothing stands right behind it."""
    end = next((at for at, line in enumerate(islice(lines, start, None), start) if _DASHES.match(line.text)), None)
    is_last = end is not None and (end + 1 == len(lines) or not lines[end + 1].text.strip())
    return end if is_last else None


def _paragraphs(lines: Sequence[Piece]) -> Iterator[list[Piece]]:
    for has_words, group in groupby(lines, key=lambda line: bool(line.text.strip())):
        if has_words:
            yield list(group)


def _table(ruler: Piece, header: Sequence[Piece], rows: Sequence[Sequence[Piece]], lines: int) -> Layout:
    dashes = [match.span() for match in re.finditer(r"-+", ruler.text)]
    starts = [start for start, _ in dashes]
    shown = header or rows[0]
    table = Layout(lines, [_alignment(shown, index, dashes) for index in range(len(dashes))], None)
    if header:
        table.header = _row(header, starts, table)
    table.rows = [_row(row, starts, table) for row in rows]
    return table


def _row(lines: Sequence[Piece], starts: Sequence[int], table: Layout) -> Row:
    columns: list[list[Piece]] = [[] for _ in starts]
    for line in lines:
        at = cuts(line.text, starts)
        across = next((place for place in at if _is_within(line.text, place)), None)
        if across is not None or line.text[: at[0]].strip():
            what = "a word of a table that stands across its columns, or beside them"
            table.faults.append(Fault(line.line, line.column + (across or 0), "table-span", what, _HELP))
        for column, start, end in zip(columns, at, [*at[1:], len(line.text)], strict=True):
            column.append(line.part(start, end))
    return Row(tuple(_cell(column) for column in columns), lines[0].line)


def _is_within(text: str, place: int) -> bool:
    """Whether a word goes on over that place."""
    return 0 < place < len(text) and not text[place - 1].isspace() and not text[place].isspace()


def _cell(lines: Sequence[Piece]) -> Cell:
    return tuple(line for line in lines if line.text) or (lines[0],)


def _alignment(lines: Sequence[Piece], index: int, dashes: Sequence[tuple[int, int]]) -> str | None:
    """On which side the words of a column meet its dashes, by the shortest of these lines."""
    start, end = dashes[index]
    behind = dashes[index + 1][0] if index + 1 < len(dashes) else None
    texts = []
    for line in lines:
        first, *rest = cuts(line.text, [start, *([behind] if behind is not None else [])])
        texts.append(line.text[first : rest[0] if rest else None].rstrip())
    shortest = min(filter(None, texts), key=width, default="")
    sides = {(True, True): "center", (False, True): "left", (True, False): "right"}
    return sides.get((shortest.startswith(" "), width(shortest) < end - start)) if shortest else None
