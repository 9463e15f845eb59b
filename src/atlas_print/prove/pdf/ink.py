"""Which letters of a page nobody sees: it is drawn with its text and without, and where nothing differs is none.

So it is without ink, in its ground's colour, too faint, clipped away, or covered by whatever shape. What lies beyond
the sheet counts as seen here: that is told by its place.
"""

from collections.abc import Callable, Iterable, Sequence
from ctypes import POINTER, c_ubyte, cast
from math import ceil, floor
from typing import Any, TypeAlias

from PIL import Image, ImageChops
from pypdfium2 import raw

from atlas_print.prove.pdf.runs import Box, Run, View

Glyphs: TypeAlias = Callable[[], Iterable[tuple[str, Box]]]
"""Gives the letters of a text object, each with the box of its ink as the page is shown, in pt."""

_EM = 9
"""px for the em of the smallest text, so that the thinnest of its strokes leave a trace."""
_FINEST, _COARSEST = 2.5, 0.4
"""px a pt."""
_MOST_PIXELS = 4_000_000
_LEAST = 26
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
_PLAIN_END = 0x250
_PLAIN = range(0x370, 0x590)
"""Greek, Cyrillic, Armenian: letters that stand one by one, as those before 0x250 do."""


def leave_seen(page: Any, view: View, texts: Sequence[tuple[Any, Run, Glyphs]]) -> None:
    """Takes from runs, in place, what nobody sees of them; `texts` has the handle of each in PDFium's memory."""
    sizes = [run.size for _, run, _ in texts if run.text.strip()]
    if not sizes:
        return
    scale = min(max(_EM / max(min(sizes), 0.1), _COARSEST), _FINEST)
    handles = [handle for handle, _, _ in texts]
    ink, fine = _Ink(page, view, handles, scale), None
    lost: dict[Run, str] = {}
    for _, run, glyphs in texts:
        if not run.text.strip() or not ink.is_doubtful(run):
            continue
        left = ""
        # PDFium's box of a sign such as a raised plus may reach down to the line: any ink in it is the sign's.
        least = _PART if any(map(str.isalnum, run.text)) else 0.0
        if run.is_upright and not _joins(run.text) and ink.is_seen(run.box, margin=1, least=least):
            # Few pages have a line with a gap: those are drawn once more, for its letters.
            fine = fine or _Ink(page, view, handles, _FINER * scale)
            for sign, box in glyphs():
                # Spaces, and marks without a width, have no ink.
                is_blank = sign.isspace() or box[2] <= box[0] or box[3] <= box[1]
                enough = _PART if sign.isalnum() else 0.0
                left += sign if is_blank or fine.is_seen(box, margin=-1, least=enough) else ""
        if "".join(left.split()) != "".join(run.text.split()):
            lost[run] = left
    # A dot or a mark of joined letters may be told to stand where none is painted: what is told as one is seen as one.
    seen = {run.key for _, run, _ in texts if run not in lost and _joins(run.text)}
    for run, left in lost.items():
        if left or run.key not in seen or not _joins(run.text):
            run.text, run.is_whole = left, False


def _joins(text: str) -> bool:
    """Whether any letter of a text is of a script whose letters may join or stand around each other."""
    others = () if text.isascii() else (ord(sign) for sign in text if sign.isalpha())
    return any(code >= _PLAIN_END and code not in _PLAIN for code in others)


class _Ink:
    """The ink of a page's text as a picture, so many px a pt."""

    def __init__(self, page: Any, view: View, handles: Sequence[Any], scale: float) -> None:
        scale = min(scale, (_MOST_PIXELS / max(view.width * view.height, 1.0)) ** 0.5)
        size = max(round(view.width * scale), 1), max(round(view.height * scale), 1)
        self._across, self._up = size[0] / view.width, size[1] / view.height
        whole = _drawn(page, size)
        for handle in handles:
            raw.FPDFPageObj_SetIsActive(handle, False)
        self._picture = ImageChops.difference(whole, _drawn(page, size)).point([0] * _LEAST + [255] * (256 - _LEAST))
        for handle in handles:
            raw.FPDFPageObj_SetIsActive(handle, True)

    def is_seen(self, box: Box, margin: int, least: float) -> bool:
        """Whether ink is seen over `least` of the height of a box, and so many px on either side; or it lies off."""
        part = self._within(box, margin)
        return part is None or self._fills(part, box, least)

    def _fills(self, part: Image.Image, box: Box, least: float = _PART) -> bool:
        _, rows = map(bytes, part.getprojection())
        height = rows.rfind(1) + 1 - rows.find(1)
        return 1 in rows and height + _ROUNDING >= least * (box[3] - box[1]) * self._up

    def is_doubtful(self, run: Run) -> bool:
        """Whether a text on the page has no ink, or a gap in it."""
        left, bottom, right, top = run.box
        part = self._within(run.box, margin=1)
        # Half of it or more lies above or below the sheet.
        if part is None or min(top, self._picture.height / self._up) - max(bottom, 0.0) <= (top - bottom) / 2:
            return False
        columns, rows = map(bytes, part.getprojection())
        along, step = (columns, self._across) if run.is_upright or right - left > top - bottom else (rows, self._up)
        blank = max(map(len, along.split(b"\1"))) / (max(run.size, 0.1) * step)
        most = _JOINED_BLANK if not run.is_upright or _joins(run.text) else _BLANK
        return blank >= most or not self._fills(part, run.box)

    def _within(self, box: Box, margin: int) -> Image.Image | None:
        """The part of the picture within a box and so many px on either side; None for one that lies off the page."""
        left, bottom, right, top = box
        height = self._picture.height
        x, y = floor(left * self._across) - margin, floor(height - top * self._up) - 1
        other_x, other_y = ceil(right * self._across) + margin, ceil(height - bottom * self._up) + 1
        x, other_x = (x, other_x) if x < other_x else (x + margin, other_x - margin)
        part = max(x, 0), max(y, 0), min(other_x, self._picture.width), min(other_y, height)
        return self._picture.crop(part) if part[0] < part[2] and part[1] < part[3] else None


def _drawn(page: Any, size: tuple[int, int]) -> Image.Image:
    """The page in grey, with what annotations draw on it."""
    width, height = size
    data = bytearray(b"\xff" * (width * height))
    memory = cast((c_ubyte * len(data)).from_buffer(data), POINTER(c_ubyte))
    bitmap = raw.FPDFBitmap_CreateEx(width, height, raw.FPDFBitmap_Gray, memory, width)
    raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_ANNOT | raw.FPDF_GRAYSCALE)
    raw.FPDFBitmap_Destroy(bitmap)
    return Image.frombuffer("L", size, data, "raw", "L", 0, 1)
