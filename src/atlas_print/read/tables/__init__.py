"""Tables in the forms that Pandoc knows, with their captions, as a plugin of the Markdown parser.

No kept library for Python reads grid, simple or multiline tables into markdown-it, and its own rule for pipe tables
drops cells and splits code.
"""

import re
from collections.abc import Sequence
from typing import overload

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from atlas_print.read.attributes import parse_attributes
from atlas_print.read.tables.grid import grid_table
from atlas_print.read.tables.layout import Cell, Layout, Piece, Row
from atlas_print.read.tables.pipe import pipe_table
from atlas_print.read.tables.ruled import ruled_table

_CODE = re.compile(r" {4}|\t")
_CAPTION = re.compile(r" {0,3}(?:[Tt]able:|:(?=[\s\w]))[ \t]*(?=\S)")


def table_plugin(md: MarkdownIt) -> None:
    """Adds a block "table" with "caption", "thead" and "tbody" in it.

    Its token's meta has "alignments" ("left", "center", "right" or None a column) and "faults" (`Fault`); an inline
    token of it has in meta["places"] the line and column of each of its lines, from 0. To be used behind `deflist`.
    """
    md.block.ruler.at("table", _table_rule, {"alt": ["paragraph", "reference"]})
    rules = dict(zip(md.block.ruler.get_active_rules(), md.block.ruler.getRules(""), strict=True))
    deflist = rules["deflist"]

    def deflist_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        # A caption before its table is no definition of the paragraph above it.
        is_caption = start + 2 < end and state.isEmpty(start + 1) and _found(state, start + 2, end) is not None
        return not is_caption and deflist(state, start, end, silent)

    md.block.ruler.at("deflist", deflist_rule, {"alt": ["paragraph", "reference", "blockquote"]})


def _table_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    found = _found(state, start, end, interrupts=silent)
    if found is None or silent:
        return found is not None
    table, caption, stop = found
    token = state.push("table_open", "table", 1)
    token.map = [start, stop]
    token.meta = {"alignments": table.alignments, "faults": table.faults}
    if caption:
        _push_cell(state, "caption", caption)
    if table.header is not None:
        _push_rows(state, "thead", "th", [table.header])
    _push_rows(state, "tbody", "td", table.rows)
    state.push("table_close", "table", -1)
    state.line = stop
    return True


def _push_rows(state: StateBlock, part: str, cell_tag: str, rows: Sequence[Row]) -> None:
    state.push(f"{part}_open", part, 1)
    for row in rows:
        state.push("tr_open", "tr", 1).map = [row.line, row.line + 1]
        for cell in row.cells:
            _push_cell(state, cell_tag, cell)
        state.push("tr_close", "tr", -1)
    state.push(f"{part}_close", part, -1)


def _push_cell(state: StateBlock, tag: str, cell: Cell) -> None:
    state.push(f"{tag}_open", tag, 1)
    token = state.push("inline", "", 0)
    token.content = "\n".join(piece.text for piece in cell)
    token.map = [cell[0].line, cell[-1].line + 1]
    token.meta = {"places": [(piece.line, piece.column) for piece in cell]}
    token.children = []
    state.push(f"{tag}_close", tag, -1)


# --- where a table starts and ends ------------------------------------------------------------------------


def _found(state: StateBlock, start: int, end: int, *, interrupts: bool = False) -> tuple[Layout, Cell, int] | None:
    """The table at a line, its caption, and the line behind both.

    One that `interrupts` a paragraph has neither a caption before it, nor dashes for its columns.
    """
    lines = _Lines(state, start, end)
    if len(lines) < 2:
        return None
    before = () if interrupts else _caption(lines)
    at = _words(lines, len(before)) if before else 0
    table = None
    if not _CODE.match(lines[0].text):
        table = pipe_table(lines.behind(at)) or grid_table(lines.behind(at))
    if table is None and not interrupts:
        # A header may stand far from the margin, above the right side of its column.
        table = ruled_table(lines.behind(at))
    if table is None:
        return None
    stop = at + table.lines
    behind = _words(lines, stop)
    after = () if before else _caption(lines.behind(behind))
    return table, before or after, start + (behind + len(after) if after else stop)


def _words(lines: Sequence[Piece], start: int) -> int:
    """The first line from there on that is not empty."""
    return next((at for at in range(start, len(lines)) if lines[at].text), len(lines))


def _caption(lines: "_Lines") -> Cell:
    """The lines of the caption that starts with the first of these; none if none does."""
    match = _CAPTION.match(lines[0].text) if lines else None
    if match is None:
        return ()
    found = [lines[0].part(match.end())]
    for at in range(1, len(lines)):
        if not lines[at].text or lines.starts_a_block(at):
            break
        found.append(lines[at].part(0))
    # Attributes say how the table is to look.
    last = found[-1]
    brace = last.text.rfind("{")
    parsed = parse_attributes(last.text, brace) if brace >= 0 else None
    if parsed is not None and parsed[1] == len(last.text):
        found[-1] = last.part(0, brace)
    return tuple(found)


class _Lines(Sequence[Piece]):
    """The lines of the text, the list item or the quotation that a line stands in, from that line on.

    Each is read when it is asked for: most lines that could start a table don't.
    """

    def __init__(self, state: StateBlock, start: int, end: int) -> None:
        self._state, self._start, self._end = state, start, end
        if state.blkIndent:
            inside = (at for at in range(start, end) if not state.isEmpty(at) and state.sCount[at] < state.blkIndent)
            self._end = next(inside, end)

    def __len__(self) -> int:
        return self._end - self._start

    @overload
    def __getitem__(self, index: int) -> Piece: ...
    @overload
    def __getitem__(self, index: slice) -> list[Piece]: ...
    def __getitem__(self, index: int | slice) -> Piece | list[Piece]:
        if isinstance(index, slice):
            return [self[at] for at in range(*index.indices(len(self)))]
        if not 0 <= index < len(self):
            raise IndexError(index)
        state, line = self._state, self._start + index
        text = state.getLines(line, line + 1, state.blkIndent, False).rstrip()
        first = state.src.rfind("\n", 0, state.bMarks[line]) + 1
        whole = state.src[first : state.eMarks[line]].rstrip()
        return Piece(text.expandtabs(4), line, len(whole) - len(text) if whole.endswith(text) else 0)

    def behind(self, count: int) -> "_Lines":
        """The lines behind the first so many."""
        return _Lines(self._state, self._start + count, self._end)

    def starts_a_block(self, index: int) -> bool:
        """Whether a paragraph ends before that line."""
        rules = self._state.md.block.ruler.getRules("paragraph")
        return any(rule(self._state, self._start + index, self._end, True) for rule in rules)
