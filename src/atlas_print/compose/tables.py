"""How a table is set: in columns where these hold their words, else each row as pairs of a header and a value."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from atlas_print.blocks import Block, Table, walk_blocks
from atlas_print.compose.numbers import IDEOGRAPHIC, WITHOUT_SPACES, kept_together
from atlas_print.inlines import Citation, Code, Emphasis, Inline, Inlines, LineBreak, NoteCall, Strong, Text, plain_text
from atlas_print.typefaces import Family, advance

_SLACK = 1.03
"""The letters are measured one by one; kerning and rounding may set them a hair wider."""
_RAGGED = 1.15
"""How much longer a text is in lines of whole words than on one line."""
_ROW = 1.5
"""Lines that a row of one line takes with the room around it."""
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
    """A cell in em: its longest word, its longest line, all of it on one line; and its forced ends of lines."""

    word: float
    line: float
    whole: float
    breaks: int


def nesting(blocks: Iterable[Block]) -> dict[int, int]:
    """In how many lists, quotations and divisions each table stands, by its id(), of blocks that hold nested ones."""
    levels: dict[int, int] = {}
    for block in blocks:
        for table in (it for it in walk_blocks([block]) if isinstance(it, Table)):
            levels[id(table)] = levels.get(id(table), -1) + 1
    return levels


def columns(table: Table, room: Room, level: int, stack: Sequence[Family]) -> Columns | None:
    """The table in columns; None where each row is better set as pairs.

    So it is where the longest words of all columns don't stand beside each other, and where a row would be too high.
    """
    rows = [[_measured(cell, stack, bold=False) for cell in row] for row in table.rows]
    if table.header:
        rows.insert(0, [_measured(cell, stack, bold=True) for cell in table.header])
    least = [max(cell.word for cell in column) + room.gap for column in zip(*rows, strict=True)]
    most = [max(cell.line for cell in column) + room.gap for column in zip(*rows, strict=True)]
    more = [line - word for line, word in zip(most, least, strict=True)]
    left = room.width - level * room.indent - sum(least)
    if left < 0:
        return None
    if left >= sum(more):
        is_short = _is_short(table, len(rows) * _ROW, room)
        return Columns(tuple(line / sum(most) for line in most), sum(most), is_short)
    shares = _shared(left, more)
    widths = [word + share for word, share in zip(least, shares, strict=True)]
    lines = [max(_lines(cell, width - room.gap) for cell, width in zip(row, widths, strict=True)) for row in rows]
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


def _shared(room: float, wanted: Sequence[float]) -> list[float]:
    """The room shared out so that who wants little gets all of it: no short column breaks for a long one's sake."""
    given = [0.0] * len(wanted)
    left = room
    for position, index in enumerate(sorted(range(len(wanted)), key=lambda index: wanted[index])):
        given[index] = min(wanted[index], left / (len(wanted) - position))
        left -= given[index]
    return given


def _lines(cell: _Cell, width: float) -> int:
    return cell.breaks + (1 if cell.whole <= width else ceil(cell.whole * _RAGGED / width))


def _measured(cell: Inlines, stack: Sequence[Family], *, bold: bool) -> _Cell:
    word = line = longest_word = longest_line = whole = 0.0
    breaks = 0
    for character, is_bold, is_end in _characters(cell, bold=bold):
        width = 0.0 if character == _BREAK else advance(_GLUE.get(character, character), stack, bold=is_bold) * _SLACK
        whole += width
        breaks += character == _BREAK
        line = 0.0 if character == _BREAK else line + width
        # A space at a line's end hangs over it.
        word = 0.0 if character in (" ", _BREAK) else word + width
        longest_word, longest_line = max(longest_word, word), max(longest_line, line)
        if is_end:
            word = 0.0
    return _Cell(longest_word, longest_line, whole, breaks)


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
