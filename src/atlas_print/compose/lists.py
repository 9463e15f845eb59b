"""Room for what counts the items of a list: most labels fit, "viii." and "1986." don't."""

from collections.abc import Sequence

from atlas_print.blocks import ListBlock
from atlas_print.compose.balance import text_width
from atlas_print.typefaces import Family

LARGE_PRINT, HANDOUT = 1.4, 1.0
"""em that a label has in these layouts, with what is behind it."""
_BOOK = 2.4
"""em by which reading systems indent lists."""
_BEHIND = 0.45
"""em between a label and its item."""


def page_style(items: ListBlock, stack: Sequence[Family], *, widest: float) -> str:
    """The style of an ordered list on paper: its start, and the room for labels wider than that."""
    start, room = items.start or 0, _room(items, stack)
    styles = [f"counter-reset: item {start - 1}"] if start != 1 else []
    styles += [f"--label: {room:.2f}em"] if room > widest else []
    return "; ".join(styles)


def book_style(items: ListBlock, stack: Sequence[Family]) -> str:
    """The style of an ordered list in a book."""
    room = _room(items, stack)
    return f"padding-inline-start: {room:.2f}em" if room > _BOOK else ""


def _room(items: ListBlock, stack: Sequence[Family]) -> float:
    labels = (items.label(index) for index in range(len(items.items)))
    return max((text_width(label, stack, bold=False) for label in labels), default=0) + _BEHIND
