"""What stands on the cover of a book, broken into lines and placed; layouts/epub/cover.svg draws it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from atlas_print.atlas import Image
from atlas_print.compose.drawing import themed
from atlas_print.profiles import THEMES
from atlas_print.typefaces import Family, advance

WIDTH, HEIGHT = 1600, 2400
"""Pixels: two to three, which shops and readers show whole."""
MARGIN = 150
"""Pixels."""
_SIZES = (150, 128, 110, 96, 84)
"""Sizes of the title in px, the first that needs at most six lines."""
_SMALL = 60
_LEAD = 1.2
_MOST_LINES = 6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text: its baseline, its size (both in px) and whether it is bold."""

    text: str
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
    above: Sequence[str], title: str, below: Sequence[str], drawing: Image | None, stack: Sequence[Family]
) -> Cover:
    """The cover of a book: small lines above its title and at its foot, and a drawing between these."""
    lines: list[Line] = []
    y = float(MARGIN + _SMALL)
    for text in above:
        for part in _broken(text, _SMALL, stack, bold=False):
            lines.append(Line(part, y, _SMALL, bold=False))
            y += _SMALL * _LEAD
    y += _SMALL
    size, parts = _title(title, stack)
    top = y
    for part in parts:
        y += size * _LEAD
        lines.append(Line(part, y - size * 0.2, size, bold=True))
    feet = [part for text in below for part in _broken(text, _SMALL, stack, bold=False)]
    foot = HEIGHT - MARGIN - (len(feet) - 1) * _SMALL * _LEAD
    lines += [Line(part, foot + index * _SMALL * _LEAD, _SMALL, bold=False) for index, part in enumerate(feet)]
    room = (y + 2 * _SMALL, foot - 2 * _SMALL - _SMALL)
    return Cover(tuple(lines), top, y - top, _placed(drawing, *room))


def _title(title: str, stack: Sequence[Family]) -> tuple[int, list[str]]:
    """The largest size at which the title needs few lines; the smallest one takes as many as it needs."""
    for size in _SIZES:
        parts = list(_broken(title, size, stack, bold=True))
        if len(parts) <= _MOST_LINES:
            break
    return size, parts


def _broken(text: str, size: int, stack: Sequence[Family], *, bold: bool) -> Iterator[str]:
    """The text in lines that fit between the margins, broken at spaces or, in a word too long, anywhere."""
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if _fits(longer, size, stack, bold=bold):
            line = longer
            continue
        if line:
            yield line
        line = word
        while not _fits(line, size, stack, bold=bold):
            fits = next(n for n in range(len(line) - 1, 0, -1) if n == 1 or _fits(line[:n], size, stack, bold=bold))
            yield line[:fits]
            line = line[fits:]
    if line:
        yield line


def _fits(text: str, size: int, stack: Sequence[Family], *, bold: bool) -> bool:
    """Whether the text fits between the margins, unshaped: joined scripts come out narrower."""
    return sum(advance(character, stack, bold=bold) for character in text) * size <= WIDTH - 2 * MARGIN


def _placed(image: Image | None, top: float, bottom: float) -> str:
    """The drawing between these heights in the colours of the cover; nothing for a photograph or too little room."""
    if image is None or image.media_type != "image/svg+xml" or bottom - top < HEIGHT / 6:
        return ""
    root = etree.fromstring(themed(image.data, THEMES["cream"]))
    sides = {"x": MARGIN, "y": top, "width": WIDTH - 2 * MARGIN, "height": bottom - top}
    for name, value in sides.items():
        root.set(name, f"{value:g}")
    return etree.tostring(root, encoding="unicode")
