"""Lines that hold all that fits on them, and no more.

Pango lets white space at the end of a text hang over the edge and so calls such a text one line. WeasyPrint 70 counts
that white space, finds the line too wide, takes it for a first word that can't be split, and ends the line after its
first word. This module replaces the one function at fault, `weasyprint.layout.inline.split_first_line`, by one that
asks WeasyPrint's own about the text without that white space.

Of a line from right to left that ends in words from left to right it takes the space at its end from between these
and what stands before them, and so pushes the rest over the right edge: `remove_last_whitespace`, mended likewise. Its
version is asserted in `tags`.
"""

from itertools import takewhile
from typing import Any

import weasyprint.layout.inline
from weasyprint.formatting_structure import boxes
from weasyprint.layout.inline import remove_last_whitespace
from weasyprint.text.line_break import can_break_text, split_first_line


def install() -> None:
    """Makes WeasyPrint break lines this way from now on, in this process."""
    weasyprint.layout.inline.split_first_line = _split_first_line
    weasyprint.layout.inline.remove_last_whitespace = _remove_last_whitespace


def _split_first_line(text: str, style: Any, context: Any, max_width: float | None, spacing: float, **more: Any) -> Any:
    """What `split_first_line` does: (layout, length, where to go on or None, width, height, baseline)."""

    def split(text: str, max_width: float | None) -> Any:
        return split_first_line(text, style, context, max_width, spacing, **more)

    # Pango hangs every kind of white space, a no-break space too.
    bare = text.rstrip()
    if max_width is None or style["white_space"] != "normal" or bare in ("", text):
        return split(text, max_width)
    line = split(bare, max_width)
    _, _, go_on, bare_width, _, _ = line
    if go_on is not None:
        return line
    line = split(text, None)
    _, _, _, width, _, _ = line
    # A space may hang; what a no-break space joins goes to the next line as one.
    if width <= max_width or text.rstrip(" ") == bare or not can_break_text(bare, style["lang"]):
        return line
    return split(bare, bare_width - 1)


def _remove_last_whitespace(context: Any, line: Any) -> None:
    """What `remove_last_whitespace` does, and closes the gap that this leaves in a line from right to left."""
    width = line.width
    remove_last_whitespace(context, line)
    space, last, holders = width - line.width, line, []
    while isinstance(last, boxes.LineBox | boxes.InlineBox) and last.children:
        holders.append(last)
        last = last.children[-1]
    if space and isinstance(last, boxes.TextBox) and last.pango_layout.first_line_direction % 2 == 0:
        for holder in takewhile(lambda box: box.style["direction"] == "rtl", holders):
            for child in holder.children[:-1]:
                child.translate(dx=-space, ignore_floats=True)
