"""Where the content of a line stands in the file, behind the marks of the lists, quotations and cells around it."""

import re

from markdown_it.tree import SyntaxTreeNode

from atlas_print.problems import Place
from atlas_print.read.source import Source

_ITEM = r"(?:[-*+:~]|\(?(?:\d{1,9}|[A-Za-z]{1,9}|#)[.)])"
_MARKER = re.compile(rf"[ \t]*(?:>|{_ITEM}(?=[ \t]|$))?[ \t]*")
_HEADING = re.compile(r"[ \t]*#+[ \t]*")


def place_of_block(source: Source, node: SyntaxTreeNode) -> Place:
    """Where a block starts."""
    if node.map is None:
        return source.place()
    text = source.lines[node.map[0]]
    column = 0
    parent = node.parent
    while parent is not None:
        if parent.type in ("list_item", "blockquote", "dd"):
            column = _end(_MARKER, text, column)
        parent = parent.parent
    column += len(text[column:]) - len(text[column:].lstrip())
    return source.place(node.map[0] + 1, column + 1)


def place_in_line(source: Source, inline: SyntaxTreeNode, offset: int) -> Place:
    """Where the character at an offset into the content of an inline node stands."""
    content = inline.content
    if "places" in inline.meta:
        line, column = inline.meta["places"][content.count("\n", 0, offset)]
        return source.place(line + 1, column + offset - content.rfind("\n", 0, offset))
    first = inline.map[0] if inline.map else 0
    line = first + content.count("\n", 0, offset)
    start = content.rfind("\n", 0, offset) + 1
    row = content[start:].split("\n", 1)[0].rstrip()
    text = source.lines[line]
    parent = inline.parent
    if parent is not None and parent.type == "heading":
        column = _end(_HEADING, text, 0)
    else:
        # What stands before a line's content are marks and white space, so the content is the line's end.
        column = len(text.rstrip()) - len(row)
    return source.place(line + 1, max(column + offset - start, 0) + 1)


def _end(pattern: re.Pattern[str], text: str, start: int) -> int:
    match = pattern.match(text, start)
    return match.end() if match else start
