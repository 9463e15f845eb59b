"""Lists as Pandoc reads them: counted by numbers, letters and Roman numbers, with 1. 1) or (1).

https://pandoc.org/MANUAL.html#ordered-lists
"""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

_BULLET = re.compile(r"[*+-](?=[ \t]|$)")
_NUMBER = re.compile(r"\(?(?P<count>\d{1,9}|#|[A-Za-z]|[ivxlcdm]{2,}|[IVXLCDM]{2,})[.)](?=[ \t]|$)")
# "A. Smith" is a name, "p. 23" a page.
_NO_ITEM = re.compile(r"[A-Z]\.[ \t]\S|p\.[ \t]\d")
_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


def use_lists(md: MarkdownIt) -> None:
    """Adds this rule to a parser of CommonMark, in place of its own."""
    md.block.ruler.at("list", _list, {"alt": ["paragraph", "reference", "blockquote"]})


@dataclass(frozen=True, slots=True)
class Marker:
    """What an item starts with: how its list counts, as the first item of such a list would say it, and the count.

    `style` is "-" for bullets; `length` is that of the marker.
    """

    style: str
    count: int
    length: int


def marker(text: str, style: str = "") -> Marker | None:
    """What stands at the start of a text, None if no item does; `style` is that of the list that may go on there."""
    if found := _BULLET.match(text):
        return Marker("-", 1, found.end())
    found = _NUMBER.match(text)
    if found is None or (not style and _NO_ITEM.match(text)) or (text[0] == "(" and found.group()[-1] != ")"):
        return None
    count = found["count"]
    kind, number = _kind(count, style.strip("().")) or ("", 0)
    return Marker(found.group().replace(count, kind), number, found.end()) if kind else None


def _kind(count: str, going_on: str) -> tuple[str, int] | None:
    """How a list counts that has this count, by its first, and the number that this is."""
    if count == "#" or count.isdigit():
        return "1", 1 if count == "#" else int(count)
    lower = count.lower()
    is_letter = len(count) == 1 and (lower != "i" or going_on.lower() == "a") and going_on.lower() != "i"
    first = "a" if is_letter else "i"
    number = ord(lower) - ord("a") + 1 if is_letter else _roman(lower)
    return (first if count.islower() else first.upper(), number) if number else None


def _roman(text: str) -> int:
    if not _ROMAN.fullmatch(text):
        return 0
    values = [_VALUES[letter] for letter in text]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def _list(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start) or _is_text_of_list(state, start):
        return False
    first = marker(_line(state, start))
    if first is None:
        return False
    has_text = bool(_line(state, start)[first.length :].strip())
    if silent and state.parentType == "paragraph" and state.sCount[start] >= state.blkIndent:
        # In a paragraph outside of lists, only what can hardly be anything else starts one.
        is_plain = first.style in ("-", "1.", "1)") and first.count == 1
        return has_text and (is_plain or state.listIndent >= 0)
    if not has_text and first.style != "-" and not _goes_on(state, start + 1, end, first.style):
        # A year that ends a sentence, or the name of a group.
        return False
    if silent:
        return True
    kind = "bullet_list" if first.style == "-" else "ordered_list"
    opening = state.push(f"{kind}_open", "ul" if first.style == "-" else "ol", 1)
    opening.meta |= {"style": first.style, "start": first.count, "counts": []}
    around, state.parentType = state.parentType, "list"
    line, found = start, first
    while True:
        opening.meta["counts"].append(found.count)
        line = _item(state, line, end, found)
        if line >= end or state.sCount[line] < state.blkIndent or state.is_code_block(line):
            break
        if any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("list")):
            break
        after = marker(_line(state, line), first.style)
        if after is None or after.style != first.style:
            break
        found = after
    state.push(f"{kind}_close", opening.tag, -1)
    opening.map, state.line, state.parentType = [start, line], line, around
    return True


def _goes_on(state: StateBlock, line: int, end: int, style: str) -> bool:
    """Whether a line behind a marker that stands alone belongs to its item, or is the next one."""
    if line >= end or state.isEmpty(line):
        return False
    return state.sCount[line] > state.sCount[line - 1] or marker(_line(state, line), style) is not None


def _item(state: StateBlock, line: int, end: int, found: Marker) -> int:
    """Parses the item that starts in a line; the line behind it."""
    begin = state.bMarks[line] + state.tShift[line] + found.length
    width = state.sCount[line] + found.length
    column, content = width, begin
    while content < state.eMarks[line] and state.src[content] in " \t":
        column += 4 - (column + state.bsCount[line]) % 4 if state.src[content] == "\t" else 1
        content += 1
    is_empty = content >= state.eMarks[line]
    # Text that stands further off is a block of code.
    indent = width + (column - width if 0 < column - width <= 4 and not is_empty else 1)
    item = state.push("list_item_open", "li", 1)
    item.map = [line, line]
    before = state.listIndent, state.blkIndent, state.tShift[line], state.sCount[line]
    state.listIndent, state.blkIndent = state.blkIndent, indent
    state.tShift[line], state.sCount[line] = content - state.bMarks[line], column
    if is_empty and state.isEmpty(line + 1):
        state.line = min(line + 2, end)
    else:
        state.md.block.tokenize(state, line, end)
    state.listIndent, state.blkIndent, state.tShift[line], state.sCount[line] = before
    state.push("list_item_close", "li", -1)
    item.map = [line, state.line]
    return int(state.line)


def _is_text_of_list(state: StateBlock, line: int) -> bool:
    """Whether a line that looks like an item goes on with the text of the list around it, far to its right."""
    is_far = state.listIndent >= 0 and state.sCount[line] - state.listIndent >= 4
    return bool(is_far and state.sCount[line] < state.blkIndent)


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
