"""How a table is set: in columns where these hold their words, else each row as pairs of a header and a value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from atlas_print.blocks import Block, Table, walk_blocks
from atlas_print.compose.numbers import IDEOGRAPHIC, WITHOUT_SPACES, kept_together
from atlas_print.inlines import Citation, Code, Emphasis, Inline, Inlines, LineBreak, NoteCall, Strong, Text, plain_text
from atlas_print.typefaces import Family, advance

_SLACK = 1.03
"""The letters are measured one by one; kerning and rounding may set them a hair wider."""
_STEP = 0.5
"""em by which a column is widened to save lines."""
_ROW = 1.5
"""Lines that a row of one line takes with the room around it."""
_VALUE = 7.0
"""em of a cell that is read at a glance, such as "0.86 to 4.19": it isn't divided."""
_BREAKING = re.compile(rf"(?:https?://|www\.)\S+|\S+@\S+|[^\s/]+(?:/[^\s/]+){{2,}}|[{WITHOUT_SPACES}]+")
_IDEOGRAPH = re.compile(rf"[{IDEOGRAPHIC}]")
_PIECE = 12
"""Characters; an address may be divided anywhere, and Thai at the ends of words, in no smaller pieces."""
_BREAK = "\n"
_SPACE, _ANY_NUMBER = "\N{NO-BREAK SPACE}", "100"
_GLUE = {_SPACE: " ", "\N{NON-BREAKING HYPHEN}": "-"}
_FEW_ROWS = 5
_LONGEST_CITATION = 4
"""Numbers in brackets that the layouts keep on one line."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a layout has for its tables, in em of their type.

    `width` is that of the text, `gap` what lies between two columns, `indent` what a list or quotation takes from the
    width of what stands in it. A row may be `lines` high.
    """

    width: float
    gap: float
    indent: float
    lines: int


@dataclass(frozen=True, slots=True)
class Columns:
    """A table in columns: the share of each in its width, and the width in em in which every cell is one line.

    `is_short` is whether it stays whole: it takes no more lines than a row may have, or half as many again in few rows.
    """

    shares: tuple[float, ...]
    natural: float
    is_short: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell: in each of its forced lines, the width in em of what is not divided, and of the space behind that."""

    lines: tuple[tuple[tuple[float, float], ...], ...]

    @property
    def word(self) -> float:
        """Its longest word."""
        return max((width for line in self.lines for width, _ in line), default=0)

    @property
    def line(self) -> float:
        """Its longest line, undivided."""
        return max(sum(width + space for width, space in line) for line in self.lines)

    def height(self, width: float) -> int:
        """How many lines it takes at that width in em."""
        count = 0
        for line in self.lines:
            count, used = count + 1, 0.0
            for word, space in line:
                if used and used + word > width:
                    count, used = count + 1, 0.0
                used += word + space
        return count


def nesting(blocks: Iterable[Block]) -> dict[int, int]:
    """In how many lists, quotations and divisions each table stands, by its id(), of blocks that hold nested ones."""
    levels: dict[int, int] = {}
    for block in blocks:
        for table in (it for it in walk_blocks([block]) if isinstance(it, Table)):
            levels[id(table)] = levels.get(id(table), -1) + 1
    return levels


def columns(table: Table, room: Room, level: int, stack: Sequence[Family]) -> Columns | None:
    """The table in columns; None where each row is better set as pairs.

    So it is where the longest words and the values of all columns don't stand beside each other, and where a row would
    be too high.
    """
    rows = [[_measured(cell, stack, bold=False) for cell in row] for row in table.rows]
    if table.header:
        rows.insert(0, [_measured(cell, stack, bold=True) for cell in table.header])
    heads = bool(table.header)
    least = [max(_least(column[:heads], column[heads:])) + room.gap for column in zip(*rows, strict=True)]
    most = [max(cell.line for cell in column) + room.gap for column in zip(*rows, strict=True)]
    more = [line - word for line, word in zip(most, least, strict=True)]
    left = room.width - level * room.indent - sum(least)
    if left < 0:
        return None
    if left >= sum(more):
        is_short = _is_short(table, len(rows) * _ROW, room)
        return Columns(tuple(line / sum(most) for line in most), sum(most), is_short)
    widths = _saving_lines(rows, least, left, room.gap)
    more = [max(line - width, 0) for line, width in zip(most, widths, strict=True)]
    shares = _shared(left - sum(widths) + sum(least), more)
    widths = [width + share for width, share in zip(widths, shares, strict=True)]
    lines = [max(cell.height(width - room.gap) for cell, width in zip(row, widths, strict=True)) for row in rows]
    if max(lines) > room.lines:
        return None
    is_short = _is_short(table, sum(lines) + len(rows) * (_ROW - 1), room)
    return Columns(tuple(width / sum(widths) for width in widths), sum(most), is_short)


def are_rows_named(table: Table) -> bool:
    """Whether the first cell of each row names the row: all differ, and none is a bare number or empty.

    In a small table more cells would be headers than not, which is more to hear than the table says.
    """
    names = [plain_text(row[0]).strip() for row in table.rows]
    is_named = all(any(map(str.isalpha, name)) for name in names) and len(set(names)) == len(names)
    rows, columns = len(names), len(table.rows[0])
    return bool(table.header) and is_named and rows * (columns - 1) >= rows + columns


def _is_short(table: Table, lines: float, room: Room) -> bool:
    return lines <= room.lines * (1.5 if len(table.rows) <= _FEW_ROWS else 1)


def _least(header: Sequence[_Cell], cells: Sequence[_Cell]) -> Iterator[float]:
    yield from (cell.word for cell in (*header, *cells))
    yield from (cell.line for cell in cells if cell.line <= _VALUE)


def _shared(room: float, wanted: Sequence[float]) -> list[float]:
    """The room shared out so that who wants little gets all of it: no short column breaks for a long one's sake."""
    given = [0.0] * len(wanted)
    left = room
    for position, index in enumerate(sorted(range(len(wanted)), key=lambda index: wanted[index])):
        given[index] = min(wanted[index], left / (len(wanted) - position))
        left -= given[index]
    return given


def _saving_lines(rows: Sequence[Sequence[_Cell]], widths: Sequence[float], left: float, gap: float) -> list[float]:
    """The widths, each widened by as many steps as save lines, where they save the most first; `left` is for all."""
    steps = int(left / _STEP)
    heights = [
        [sum(cell.height(width - gap + step * _STEP) for cell in column) for step in range(steps + 1)]
        for column, width in zip(zip(*rows, strict=True), widths, strict=True)
    ]
    given = [0] * len(widths)
    while True:
        gains = (
            ((lines[has] - lines[has + more]) / more, more, index)
            for index, (lines, has) in enumerate(zip(heights, given, strict=True))
            for more in range(1, steps - sum(given) + 1)
        )
        gain, more, index = max(gains, default=(0, 0, 0))
        if not gain:
            return [width + step * _STEP for width, step in zip(widths, given, strict=True)]
        given[index] += more


def _measured(cell: Inlines, stack: Sequence[Family], *, bold: bool) -> _Cell:
    lines: list[list[tuple[float, float]]] = [[]]
    word = 0.0
    for character, is_bold, is_end in _characters(cell, bold=bold):
        width = 0.0 if character == _BREAK else advance(_GLUE.get(character, character), stack, bold=is_bold) * _SLACK
        if character == _BREAK:
            lines[-1].append((word, 0.0))
            lines.append([])
        elif character == " ":
            # A space at a line's end hangs over it.
            lines[-1].append((word, width))
        else:
            word += width
            if is_end:
                lines[-1].append((word, 0.0))
        if is_end or character in (" ", _BREAK):
            word = 0.0
    lines[-1].append((word, 0.0))
    return _Cell(tuple(map(tuple, lines)))


def _characters(children: Inlines, *, bold: bool) -> Iterator[tuple[str, bool, bool]]:
    """Each character, whether it is bold, and whether a line may end behind it though no space follows."""
    for text, is_bold in _runs(children, bold=bold):
        ends = {match.end() - 1 for match in re.finditer(r"(?<=[^\W\d_]{2})[-/](?=[^\W\d_]{2})", text)}
        ends |= {match.start() for match in _IDEOGRAPH.finditer(text)}
        for match in _BREAKING.finditer(text):
            piece = 0
            for at in range(*match.span()):
                piece = 0 if text[at] == "/" or piece == _PIECE else piece + 1
                ends |= {at} if piece == 0 else set()
        yield from ((character, is_bold, at in ends) for at, character in enumerate(text))


def _runs(children: Sequence[Inline], *, bold: bool) -> Iterator[tuple[str, bool]]:
    """The words of inline content with what the layouts add to them, and whether they are bold."""
    for child in children:
        if isinstance(child, Citation):
            space = " " if child.is_worded or len(child.items) > _LONGEST_CITATION else _SPACE
            yield f"{child.name}{_SPACE}[", bold
            for index, item in enumerate(child.items):
                yield f",{space}" if index else "", bold
                yield from _runs((*item.prefix, Text(_SPACE + _ANY_NUMBER), *item.suffix), bold=bold)
            yield "]", bold
        elif isinstance(child, NoteCall):
            yield f"{_SPACE}[{child.identifier}]", bold
        elif isinstance(child, Text | Code):
            yield kept_together(child.text), bold
        elif isinstance(child, LineBreak):
            yield _BREAK, bold
        else:
            yield from _runs(child.children, bold=bold or isinstance(child, Emphasis | Strong))
