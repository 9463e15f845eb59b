"""Which letters of a page nobody sees: it is drawn with its text and without, and where nothing differs is none.

So it is without ink, in its ground's colour, too faint, clipped away, or covered by whatever shape. What lies beyond
the sheet counts as seen here: that is told by its place.
"""

from collections.abc import Callable, Sequence
from ctypes import POINTER, c_ubyte, cast
from math import ceil, floor
from typing import Any, TypeAlias

from PIL import Image, ImageChops
from pypdfium2 import raw

from atlas_print.prove.pdf.runs import Box, Run, View
from atlas_print.prove.reading.drawn import Stance

Glyph: TypeAlias = tuple[str, Box]
"""A letter, and the box of its ink as the page is shown, in pt."""

_EM = 9
"""px for the em of the smallest text, so that the thinnest of its strokes leave a trace."""
_FINEST, _COARSEST = 2.5, 0.4
"""px a pt."""
_MOST_PIXELS = 4_000_000
_LEAST = 25
"""Steps of grey, of 255, by which a pixel has to differ."""
_BLANK = 0.45
"""em without ink in a line from which its letters are looked at one by one: wider than a space."""
_PART = 0.6
"""How much of the height of a letter has to be seen."""
_FINER = 3
"""Times the scale, for letters one by one: a px at their edges may have ink of those beside them."""
_ROUNDING = 1
"""px by which ink may fall short of its box at both ends together."""
_JOINED_BLANK = 1.5
"""em without ink within a text whose letters join, or stand around each other, or turned, from which it isn't seen."""


def unseen(
    page: Any, view: View, texts: Sequence[Any], runs: Sequence[Run], glyphs: Callable[[int], Sequence[Glyph]]
) -> list[str | None]:
    """For each run what is left of its text, None for all; `texts` are their handles, `glyphs` gives their letters."""
    if not runs:
        return []
    smallest = min((run.size for run in runs if run.text.strip()), default=1.0)
    scale = min(max(_EM / max(smallest, 0.1), _COARSEST), _FINEST)
    sight = _sight(page, view, texts, scale)
    # Few pages have a line with a gap: those are drawn once more, for its letters.
    fine: list[_Sight] = []

    def is_seen(box: Box) -> bool:
        if not fine:
            fine.append(_sight(page, view, texts, _FINER * scale))
        part = fine[0].within(box, margin=-1)
        return part is None or fine[0].is_high_enough(part, box)

    left = [_left(sight, run, lambda at=at: glyphs(at), is_seen) for at, run in enumerate(runs)]  # type: ignore[misc]
    # A dot or a mark of joined letters may be told to stand where none is painted: what is told as one is seen as one.
    seen = {run.key for run, kept in zip(runs, left, strict=True) if kept is None and any(map(_joins, run.text))}
    return [
        None if kept == "" and run.key in seen and any(map(_joins, run.text)) else kept
        for run, kept in zip(runs, left, strict=True)
    ]


def _sight(page: Any, view: View, texts: Sequence[Any], scale: float) -> "_Sight":
    scale = min(scale, (_MOST_PIXELS / max(view.width * view.height, 1.0)) ** 0.5)
    size = max(round(view.width * scale), 1), max(round(view.height * scale), 1)
    whole = _drawn(page, size)
    for text in texts:
        raw.FPDFPageObj_SetIsActive(text, False)
    ink = ImageChops.difference(whole, _drawn(page, size)).point(lambda step: 255 * (step > _LEAST))
    for text in texts:
        raw.FPDFPageObj_SetIsActive(text, True)
    return _Sight(ink, size[0] / view.width, size[1] / view.height)


def _drawn(page: Any, size: tuple[int, int]) -> Image.Image:
    """The page in grey, with what annotations draw on it."""
    width, height = size
    data = bytearray(b"\xff" * (width * height))
    memory = cast((c_ubyte * len(data)).from_buffer(data), POINTER(c_ubyte))
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, memory, width)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE)
    raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", size, data, "raw", "L", 0, 1)


class _Sight:
    """The ink of a page's text as a picture, with its px a pt."""

    def __init__(self, ink: Image.Image, across: float, up: float) -> None:
        self._ink = ink
        self._across, self._up = across, up

    def within(self, box: Box, margin: int) -> Image.Image | None:
        """The part of the picture within a box and so many px on either side; None for one that lies off the page."""
        left, bottom, right, top = box
        x, y = floor(left * self._across) - margin, floor(self._ink.height - top * self._up) - 1
        other_x, other_y = ceil(right * self._across) + margin, ceil(self._ink.height - bottom * self._up) + 1
        x, other_x = (x, other_x) if x < other_x else (x + margin, other_x - margin)
        part = max(x, 0), max(y, 0), min(other_x, self._ink.width), min(other_y, self._ink.height)
        return self._ink.crop(part) if part[0] < part[2] and part[1] < part[3] else None

    def is_over_edge(self, box: Box) -> bool:
        """Whether half of a box or more lies above or below the sheet."""
        height = self._ink.height / self._up
        return min(box[3], height) - max(box[1], 0.0) <= (box[3] - box[1]) / 2

    def is_high_enough(self, part: Image.Image, box: Box) -> bool:
        """Whether ink is seen over enough of the height of a box."""
        found = part.getbbox()
        return found is not None and found[3] - found[1] + _ROUNDING >= _PART * (box[3] - box[1]) * self._up

    def longest_blank(self, part: Image.Image, em: float, *, is_upright: bool) -> float:
        """The longest stretch without ink along a line of text, in em."""
        columns, rows = part.getprojection()
        along, step = (columns, self._across) if is_upright else (rows, self._up)
        return max(map(len, bytes(map(bool, along)).split(b"\1"))) / (em * step)


def _left(sight: _Sight, run: Run, glyphs: Callable[[], Sequence[Glyph]], is_seen: Callable[[Box], bool]) -> str | None:
    if not run.text.strip():
        return None
    part = sight.within(run.box, margin=1)
    if part is None or sight.is_over_edge(run.box):
        return None
    if not sight.is_high_enough(part, run.box):
        return ""
    is_upright = run.stance is Stance.UPRIGHT or run.box[2] - run.box[0] > run.box[3] - run.box[1]
    blank = sight.longest_blank(part, max(run.size, 0.1), is_upright=is_upright)
    if blank < _BLANK:
        return None
    if run.stance is not Stance.UPRIGHT or any(map(_joins, run.text)):
        return None if blank < _JOINED_BLANK else ""
    kept = []
    for sign, box in glyphs():
        # Spaces, and marks without a width, have no ink.
        if sign.isspace() or box[2] <= box[0] or box[3] <= box[1] or is_seen(box):
            kept.append(sign)
    left = "".join(kept)
    return None if "".join(left.split()) == "".join(run.text.split()) else left


_PLAIN_END = 0x250
_PLAIN = range(0x370, 0x590)


def _joins(sign: str) -> bool:
    """Whether a letter is of a script whose letters may join or stand around each other."""
    return ord(sign) >= _PLAIN_END and ord(sign) not in _PLAIN and sign.isalpha()
