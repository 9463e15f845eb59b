"""What stands on the cover of a book, broken into lines and placed; layouts/epub/cover.svg draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from operator import itemgetter

from lxml import etree

from atlas_print.blocks import Image
from atlas_print.compose.balance import balanced_width, text_width
from atlas_print.drawings.colours import themed
from atlas_print.profiles import THEMES
from atlas_print.typefaces import Family, families_of

WIDTH, HEIGHT = 1600, 2400
"""Pixels: two to three, which shops and readers show whole."""
MARGIN = 150
"""Pixels."""
_COLUMN = WIDTH - 2 * MARGIN
"""Pixels between the margins."""
_SIZES = (150, 128, 110, 96, 84)
"""Sizes of the title in px, the first that needs at most six lines."""
_SMALL = 60
_LEAD = 1.2
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its baseline, its size (both in px), whether it is bold; its parts.

    Each part is its family, its text, and how far behind the start of the line it begins, in px, where that has to be
    said.
    """

    parts: tuple[tuple[str, str, float | None], ...]
    y: float
    size: int
    bold: bool


@dataclass(frozen=True, slots=True)
class Cover:
    """The lines, the bar beside the title (its top and height), and the drawing below as SVG, "" for none."""

    lines: tuple[Line, ...]
    bar_top: float
    bar_height: float
    drawing: str


def cover(
    above: Sequence[str],
    title: str,
    under: Sequence[str],
    foot: Sequence[str],
    drawing: Image | None,
    stack: Sequence[Family],
) -> Cover:
    """The cover of a book: small lines above its title, under it and at the foot, and a drawing between the last."""
    lines: list[Line] = []
    y = _set(lines, above, float(MARGIN + _SMALL), stack) + _SMALL
    size, parts = _title(title, stack)
    top = y
    for part in parts:
        y += size * _LEAD
        lines.append(Line(tuple(_by_family(part, size, stack, bold=True)), y - size * 0.2, size, bold=True))
    bottom = _set(lines, under, y + 2 * _SMALL, stack) if under else y
    last: list[Line] = []
    height = _set(last, foot, 0, stack)
    start = HEIGHT - MARGIN + _SMALL * _LEAD - height
    lines += [replace(line, y=line.y + start) for line in last]
    return Cover(tuple(lines), top, y - top, _placed(drawing, bottom + 2 * _SMALL, start - 3 * _SMALL))


def _set(lines: list[Line], texts: Sequence[str], y: float, stack: Sequence[Family]) -> float:
    """Adds small lines from that baseline on; the baseline behind them."""
    for text in texts:
        for part in _broken(text, _SMALL, stack, bold=False):
            lines.append(Line(tuple(_by_family(part, _SMALL, stack, bold=False)), y, _SMALL, bold=False))
            y += _SMALL * _LEAD
    return y


def _title(title: str, stack: Sequence[Family]) -> tuple[int, list[str]]:
    """The largest size at which the title needs few lines; the smallest one takes as many as it needs."""
    for size in _SIZES:
        parts = list(_broken(title, size, stack, bold=True))
        if len(parts) <= _MOST_LINES:
            break
    width = balanced_width(title, _COLUMN / size, stack)
    balanced = parts if width is None else list(_broken(title, size, stack, bold=True, width=width * size))
    # A word too long for a line is broken, and more often in a narrower one.
    return size, balanced if len(balanced) == len(parts) else parts


def _broken(text: str, size: int, stack: Sequence[Family], *, bold: bool, width: float = _COLUMN) -> Iterator[str]:
    """The text in lines that fit into `width` px, broken at spaces or, in a word too long, anywhere."""

    def fits(part: str) -> bool:
        return text_width(part, stack, bold=bold) * size <= width

    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if fits(longer):
            line = longer
            continue
        if line:
            yield line
        line = word
        while not fits(line):
            cut = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or fits(line[:n]))
            yield line[:cut]
            line = line[cut:]
    if line:
        yield line


def _by_family(text: str, size: int, stack: Sequence[Family], *, bold: bool) -> Iterator[tuple[str, str, float | None]]:
    """The text in pieces, each with its family: the renderer takes one family for a whole text.

    Where a word has letters of two families, as in Vietnamese, each piece has a place of its own: resvg 0.48 may fail
    where it shapes them together. Their letters don't join, so that their widths are known.
    """
    runs = groupby(zip(families_of(text, stack), text, strict=True), key=itemgetter(0))
    pieces = [(family, "".join(character for _, character in part)) for family, part in runs]
    is_mixed = any(" " not in one[-1] + other[0] for (_, one), (_, other) in pairwise(pieces))
    x = 0.0
    for family, piece in pieces:
        yield family.name, piece, x if is_mixed else None
        x += text_width(piece, stack, bold=bold) * size


def _placed(image: Image | None, top: float, bottom: float) -> str:
    """The drawing between these heights in the colours of the cover; nothing for a photograph or too little room."""
    if image is None or image.media_type != "image/svg+xml" or bottom - top < HEIGHT / 6:
        return ""
    root = etree.fromstring(themed(image.data, THEMES["cream"]))
    sides = {"x": MARGIN, "y": top, "width": WIDTH - 2 * MARGIN, "height": bottom - top}
    for name, value in sides.items():
        root.set(name, f"{value:g}")
    return etree.tostring(root, encoding="unicode")
