"""Blocks as Pandoc reads them, where CommonMark reads them otherwise or not at all."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

from atlas_print.read.attributes import Attribute, parse_attributes
from atlas_print.read.markdown.lists import use_lists

_FENCE = re.compile(r":{3,}\s*(?P<rest>.*?)\s*$")
_CODE = re.compile(r"`{3,}|~{3,}")
_CLASS = re.compile(r"(?P<name>[^\s{}:]+)\s*:*")


def use_block_rules(md: MarkdownIt) -> None:
    """Adds these rules to a parser of CommonMark, in place of its own."""
    # A tag that starts a line is a tag like any other.
    md.block.ruler.disable("html_block")
    use_lists(md)
    md.block.ruler.before("fence", "division", _division, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    md.block.ruler.before("fence", "comment", _comment, {"alt": ["paragraph"]})


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _comment(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A comment that starts and ends with a line, whatever lines lie between."""
    if state.is_code_block(start) or not _line(state, start).startswith("<!--"):
        return False
    closed = state.src.find("-->", state.bMarks[start] + state.tShift[start] + 4)
    last = next((line for line in range(start, end) if closed < state.eMarks[line]), end)
    if closed < 0 or last == end or state.src[closed + 3 : state.eMarks[last]].strip():
        return False
    if silent:
        # One without an empty line may stand in a paragraph.
        return any(state.isEmpty(line) for line in range(start, last))
    state.line = last + 1
    return True


def _division(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """::: name, or ::: {.name}, up to a line of ::: alone; one may stand in another."""
    if state.is_code_block(start) or state.sCount[start] < state.blkIndent:
        return False
    match = _FENCE.match(_line(state, start))
    if match is None:
        return False
    if silent:
        return True
    depth, line, code = 1, start, ""
    while match["rest"] and depth and line + 1 < end:
        line += 1
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            break
        text = "" if state.is_code_block(line) else _line(state, line)
        if fence := _CODE.match(text):
            # What stands in a block of code is no fence.
            code = "" if code and text.startswith(code) else code or fence.group()
        elif not code and (fence := _FENCE.match(text)):
            depth += 1 if fence["rest"] else -1
    # A fence that closes nothing is a block of its own, to be told; so is one that nothing closes.
    is_whole = bool(match["rest"]) and depth == 0
    token = state.push("division_open", "div", 1)
    token.block, token.map = True, [start, line + 1]
    token.meta["attributes"] = _attributes(match["rest"])
    token.meta["is_whole"] = is_whole
    if is_whole:
        before = state.parentType, state.lineMax
        state.parentType, state.lineMax = "division", line
        state.md.block.tokenize(state, start + 1, line)
        state.parentType, state.lineMax = before
    else:
        line = start
    state.push("division_close", "div", -1).block = True
    state.line = line + 1
    return True


def _attributes(rest: str) -> tuple[Attribute, ...] | None:
    """What is said behind the colons; None where it can't be read."""
    if rest.startswith("{"):
        parsed = parse_attributes(rest, 0)
        return None if parsed is None or rest[parsed[1] :].strip(": ") else parsed[0]
    match = _CLASS.fullmatch(rest)
    return None if match is None else (Attribute(f".{match['name']}", "", 0),)
