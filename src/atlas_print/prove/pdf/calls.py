"""Single questions to PDFium, and its answers as Python has them. Whoever asks holds its lock."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pypdfium2 import raw

from atlas_print.prove.pdf.file import as_text
from atlas_print.prove.pdf.runs import Box, Matrix, View, around
from atlas_print.prove.pdf.seen import Glyph

Handle: TypeAlias = Any
"""Of a thing in PDFium's memory."""

_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""PDFium has signs of its own for a hyphen at the end of a line."""
_ITALIC_NAMES = ("italic", "oblique")
_ITALIC_FLAG = 1 << 6
_ACTUAL_TEXT = b"ActualText"
_AT_ONCE = 10_000
"""Letters asked for at once."""
_UNITS = (ctypes.c_ushort * (2 * _AT_ONCE + 2))()
_FLOATS = tuple(ctypes.c_float() for _ in range(4))
_POINTERS = tuple(map(ctypes.byref, _FLOATS))
_MATRIX = raw.FS_MATRIX()
_RECTANGLE = raw.FS_RECTF()


@dataclass(frozen=True, slots=True)
class Font:
    """A font of the file: its name, whether its letters slant, and whether the file holds them."""

    name: str
    is_slanted: bool
    is_embedded: bool


def kids_of(count: Callable[[Handle], int], get: Callable[[Handle, int], Handle], holder: Handle) -> Iterator[Handle]:
    """The objects of a page or a form, by what counts and what gets them."""
    return (get(holder, index) for index in range(max(count(holder), 0)))


def marks_of(handle: Handle) -> Iterator[Handle]:
    """The marked-content operators around an object, the outermost first."""
    return (raw.FPDFPageObj_GetMark(handle, index) for index in range(max(raw.FPDFPageObj_CountMarks(handle), 0)))


def marked(handle: Handle, *, is_tagged: bool) -> tuple[bool, tuple[int, str] | None]:
    """Whether an object stands in an artifact; the outermost ActualText around it by the identity of its mark."""
    is_artifact, actual = False, None
    length = ctypes.c_ulong()
    count = raw.FPDFPageObj_CountMarks(handle)
    for mark in marks_of(handle):
        # A single mark with a number is none.
        if not (is_tagged and count == 1):
            raw.FPDFPageObjMark_GetName(mark, _UNITS, ctypes.sizeof(_UNITS), ctypes.byref(length))
            is_artifact = is_artifact or _units(length.value // 2 - 1) == "Artifact"
        # Its texts as such come through PDFium only where they are in ASCII.
        if actual is None and raw.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, None, 0, ctypes.byref(length)):
            buffer = ctypes.create_string_buffer(length.value + 1)
            memory = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ubyte))
            raw.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, memory, length.value, ctypes.byref(length))
            actual = ctypes.addressof(mark.contents), as_text(buffer.raw[: length.value])
    return is_artifact, actual


def _units(count: int) -> str:
    """So many units of UTF-16 that PDFium has written."""
    return ctypes.string_at(_UNITS, 2 * max(count, 0)).decode("utf-16-le", "replace")


def shown_text(letters: Handle, stretches: Sequence[tuple[int, int]]) -> str:
    """What the letters of those stretches of a page say."""
    pieces = []
    for (start, end), (_, before) in zip(stretches, ((0, -1), *stretches), strict=False):
        # Between two stretches of an object stands a space that PDFium made.
        pieces += [" "] if 0 < before < start else []
        for at in range(start, end, _AT_ONCE):
            count = raw.FPDFText_GetText(letters, at, min(end - at, _AT_ONCE), _UNITS)
            pieces.append(_units(count - 1))
    return "".join(pieces).translate(_HYPHENS)


def reach(letters: Handle, at: int, view: View) -> Box:
    """The place of a letter with the room that its typeface gives it."""
    box = _RECTANGLE
    raw.FPDFText_GetLooseCharBox(letters, at, ctypes.byref(box))
    return around(view.matrix, (box.left, box.bottom, box.right, box.top))


def glyphs_of(letters: Handle, stretches: Sequence[tuple[int, int]], view: View) -> Iterator[Glyph]:
    """The letters of a text object, each with the box of its ink."""
    numbers = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = numbers
    for start, end in stretches:
        for at in range(start, end):
            sign = chr(raw.FPDFText_GetUnicode(letters, at)).translate(_HYPHENS)
            raw.FPDFText_GetCharBox(letters, at, *map(ctypes.byref, (left, right, bottom, top)))
            yield sign, around(view.matrix, (left.value, bottom.value, right.value, top.value))


def matrix_of(handle: Handle) -> Matrix:
    """What takes an object to the page or form that it stands on."""
    found = _MATRIX
    raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def bounds(handle: Handle) -> Box:
    """The box of what an object paints, on the page or form that it stands on."""
    raw.FPDFPageObj_GetBounds(handle, *_POINTERS)
    left, bottom, right, top = _FLOATS
    return left.value, bottom.value, right.value, top.value


def size_of(handle: Handle) -> float:
    """The size of a text object before its matrix."""
    raw.FPDFTextObj_GetFontSize(handle, _POINTERS[0])
    return _FLOATS[0].value


def font_of(handle: Handle, known: dict[int, Font]) -> Font:
    """The font of a text object; `known` grows by it."""
    font = raw.FPDFTextObj_GetFont(handle)
    if not font:
        return Font("one without a name", is_slanted=False, is_embedded=True)
    address = ctypes.addressof(font.contents)
    if address not in known:
        name = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, name, len(name))
        angle = ctypes.c_int()
        raw.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))
        called = name.value.decode("utf-8", "replace")
        is_slanted = angle.value != 0 or bool(max(raw.FPDFFont_GetFlags(font), 0) & _ITALIC_FLAG)
        is_slanted = is_slanted or any(word in called.lower() for word in _ITALIC_NAMES)
        known[address] = Font(called, is_slanted, raw.FPDFFont_GetIsEmbedded(font) != 0)
    return known[address]
