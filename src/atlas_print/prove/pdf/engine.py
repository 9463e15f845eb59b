"""What PDFium, the engine of Chrome, finds on the pages of a PDF: text objects by marked content, and images."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from threading import Lock
from typing import Any, TypeAlias

import pikepdf
import pypdfium2
from pypdfium2 import raw

from atlas_print.prove.pdf.ink import leave_seen
from atlas_print.prove.pdf.runs import Box, Key, Matrix, Run, Sheet, View, view_of
from atlas_print.prove.reading.limits import UnreadableError

Handle: TypeAlias = Any
"""Of a thing in PDFium's memory."""

_DEEPEST = 12
"""Forms within each other that are followed."""
_LOCK = Lock()
"""PDFium may be used by one thread at a time; so may the memory that it writes its answers to."""
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""PDFium has signs of its own for a hyphen at the end of a line."""
_ITALIC_FLAG = 1 << 6
_AT_ONCE = 10_000
"""Letters asked for at once."""
_UNITS = (ctypes.c_ushort * (2 * _AT_ONCE + 2))()
_FLOATS = tuple(ctypes.c_float() for _ in range(4))
_DOUBLES = tuple(ctypes.c_double() for _ in range(4))
_MATRIX, _RECTANGLE, _LENGTH = raw.FS_MATRIX(), raw.FS_RECTF(), ctypes.c_ulong()
# The address alone of a letter's text object: a page has thousands of letters.
_object_of = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


@dataclass(slots=True, eq=False)
class _Text:
    """A text object: its handle, its marked content, what takes it to the page, an ActualText by its identity.

    `stretches` are the starts and ends of its letters among those of the page.
    """

    handle: Handle
    key: Key | None
    matrix: Matrix
    actual: tuple[int, str] | None
    stretches: list[tuple[int, int]] = field(default_factory=list)


def read_sheets(data: bytes, units: Sequence[float]) -> list[Sheet]:
    """The sheets of a PDF; `units` has that of each page. Raises UnreadableError where PDFium reads none."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(f"not a PDF that a viewer can open: {error}") from error
        try:
            if len(document) != len(units):
                raise UnreadableError("it is damaged: viewers find other pages in it than its own list has")
            slanted: dict[int, bool] = {}
            return [_sheet(document[index], index, unit, slanted) for index, unit in enumerate(units)]
        finally:
            document.close()


def _sheet(page: pypdfium2.PdfPage, index: int, unit: float, slanted: dict[int, bool]) -> Sheet:
    raw.FPDF_GetPageBoundingBox(page.raw, _RECTANGLE)
    view = view_of(_box_of(_RECTANGLE), raw.FPDFPage_GetRotation(page.raw), unit)
    sheet, texts = Sheet(view), dict[int, _Text]()
    kids = _kids(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page.raw)
    _take_up(kids, sheet, texts, ("page", index, -1), view.matrix, is_artifact=False)
    for text in texts.values():
        # Else PDFium tells the ActualText itself, and not what the glyphs say.
        for mark in list(_marks(text.handle)) if text.actual else ():
            raw.FPDFPageObj_RemoveMark(text.handle, mark)
    letters = raw.FPDFText_LoadPage(page.raw)
    try:
        address = ctypes.cast(letters, ctypes.c_void_p).value
        at_all = range(max(raw.FPDFText_CountChars(letters), 0))
        for holder, held in groupby(at_all, lambda at: _object_of(address, at)):
            first, *rest = held
            if holder in texts:
                texts[holder].stretches.append((first, first + len(rest) + 1))
        shown = []
        for text in texts.values():
            run = _run(index, letters, text, view, slanted)
            if run is not None:
                shown.append((text, run))
        leave_seen(page.raw, view, [(it.handle, run, partial(_glyphs, letters, it, view)) for it, run in shown])
    finally:
        raw.FPDFText_ClosePage(letters)
        page.close()
    sheet.runs = [run for _, run in shown]
    _tell(sheet, [text for text, _ in shown])
    return sheet


def _take_up(
    kids: Iterator[Handle],
    sheet: Sheet,
    texts: dict[int, _Text],
    around_: Key,
    matrix: Matrix,
    depth: int = 0,
    *,
    is_artifact: bool,
) -> None:
    """Takes up objects; `matrix` takes them to the page, `around_` is the marked content around them, -1 for none."""
    if depth > _DEEPEST:
        raise UnreadableError("it has forms too deep within each other")
    for handle in kids:
        kind, mcid = raw.FPDFPageObj_GetType(handle), raw.FPDFPageObj_GetMarkedContentID(handle)
        if kind not in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE):
            if max(mcid, around_[2]) >= 0 and not is_artifact:
                sheet.inked.add(("form" if depth else "page", around_[1], mcid) if mcid >= 0 else around_)
            continue
        key = around_ if mcid < 0 else ("form" if depth else "page", around_[1], mcid)
        is_silent, actual = _marked(handle, is_tagged=mcid >= 0)
        is_silent = is_silent or is_artifact
        held = None if is_silent or key[2] < 0 else key
        if kind == raw.FPDF_PAGEOBJ_FORM:
            inside = _kids(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, handle)
            inner = _matrix_of(handle).then(matrix)
            _take_up(inside, sheet, texts, key, inner, depth + 1, is_artifact=is_silent)
            continue
        if held is not None:
            sheet.inked.add(held)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            texts[ctypes.addressof(handle.contents)] = _Text(handle, held, matrix, actual)
        else:
            sheet.images.append(held)


def _tell(sheet: Sheet, texts: Sequence[_Text]) -> None:
    """Gives runs what a voice says for them; each ActualText with what it stands for."""
    by_mark: dict[tuple[int, str], list[Run]] = {}
    for text, run in zip(texts, sheet.runs, strict=True):
        run.told = run.text
        if text.actual is not None:
            by_mark.setdefault(text.actual, []).append(run)
    for (_, actual), runs in by_mark.items():
        # What is told for letters that nobody sees is lost with them.
        heard = actual if all(run.is_whole for run in runs) else runs[0].text if len(runs) == 1 else ""
        for run in runs:
            run.told, run.has_actual_text = heard if run is runs[0] else "", True
        if runs[0].key is not None:
            sheet.told.append((runs[0].key, actual, runs))


def _run(page: int, letters: Handle, text: _Text, view: View, slanted: dict[int, bool]) -> Run | None:
    """What a text object shows; None for nothing."""
    shown = _shown(letters, text.stretches)
    if not shown and text.actual is None:
        return None
    matrix = _matrix_of(text.handle).then(text.matrix)
    x, y = matrix.moved(0, 0)
    raw.FPDFPageObj_GetBounds(text.handle, *_FLOATS)
    one, two, three, four = (number.value for number in _FLOATS)
    left, bottom, right, top = box = text.matrix.around((one, two, three, four))
    end_x, end_y = x, y
    if shown and matrix.is_upright:
        last = text.stretches[-1][1] - 1
        end_x = max(_place(letters, last, view)[2], right)
        while last > text.stretches[-1][0] and chr(raw.FPDFText_GetUnicode(letters, last)).isspace():
            # A space at the end has no ink; what runs from right to left ends at its left.
            last -= 1
            ends = [_place(letters, at, view) for at in (text.stretches[0][0], last)]
            box = max(left, min(it[0] for it in ends)), bottom, min(right, max(it[2] for it in ends)), top
    elif shown:
        end_x = (right if matrix[0] > 0 else left) if abs(matrix[0]) > abs(matrix[1]) else x
        end_y = (top if matrix[1] > 0 else bottom) if abs(matrix[1]) >= abs(matrix[0]) else y
    raw.FPDFTextObj_GetFontSize(text.handle, _FLOATS[0])
    size, is_slanted = matrix.size(_FLOATS[0].value), _has_slanted_font(text.handle, slanted) or matrix.slants()
    return Run(page, text.key, shown, "", x, y, end_x, end_y, size, box, is_slanted, matrix.is_upright)


# --- single questions -------------------------------------------------------------------------------------


def _kids(count: Callable[[Handle], int], get: Callable[[Handle, int], Handle], holder: Handle) -> Iterator[Handle]:
    return (get(holder, index) for index in range(max(count(holder), 0)))


def _marks(handle: Handle) -> Iterator[Handle]:
    """The marked-content operators around an object, the outermost first."""
    return _kids(raw.FPDFPageObj_CountMarks, raw.FPDFPageObj_GetMark, handle)


def _marked(handle: Handle, *, is_tagged: bool) -> tuple[bool, tuple[int, str] | None]:
    """Whether an object stands in an artifact; the outermost ActualText around it by the identity of its mark."""
    is_artifact, actual = False, None
    marks = list(_marks(handle))
    for mark in marks:
        # A single mark with a number is none.
        if not (is_tagged and len(marks) == 1):
            raw.FPDFPageObjMark_GetName(mark, _UNITS, ctypes.sizeof(_UNITS), _LENGTH)
            is_artifact = is_artifact or _units(_LENGTH.value // 2 - 1) == "Artifact"
        # Its texts as such come through PDFium only where they are in ASCII.
        if actual is None and raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", None, 0, _LENGTH):
            buffer = (ctypes.c_ubyte * (_LENGTH.value + 1))()
            raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, _LENGTH.value, _LENGTH)
            text = str(pikepdf.String(bytes(buffer)[: _LENGTH.value]))
            actual = ctypes.addressof(mark.contents), text
    return is_artifact, actual


def _units(count: int) -> str:
    """So many units of UTF-16 that PDFium has written."""
    return ctypes.string_at(_UNITS, 2 * max(count, 0)).decode("utf-16-le", "replace")


def _shown(letters: Handle, stretches: Sequence[tuple[int, int]]) -> str:
    """What the letters of those stretches of a page say."""
    pieces = []
    for start, end in stretches:
        for at in range(start, end, _AT_ONCE):
            count = raw.FPDFText_GetText(letters, at, min(end - at, _AT_ONCE), _UNITS)
            pieces.append(_units(count - 1))
        # Between two stretches of an object stands a space that PDFium made.
        pieces.append(" ")
    return "".join(pieces[:-1]).translate(_HYPHENS)


def _box_of(rectangle: raw.FS_RECTF) -> Box:
    return rectangle.left, rectangle.bottom, rectangle.right, rectangle.top


def _place(letters: Handle, at: int, view: View) -> Box:
    """The room that its typeface gives a letter."""
    raw.FPDFText_GetLooseCharBox(letters, at, _RECTANGLE)
    return view.matrix.around(_box_of(_RECTANGLE))


def _glyphs(letters: Handle, text: _Text, view: View) -> Iterator[tuple[str, Box]]:
    """The letters of a text object, each with the box of its ink."""
    for at in (at for start, end in text.stretches for at in range(start, end)):
        raw.FPDFText_GetCharBox(letters, at, *_DOUBLES)
        left, right, bottom, top = (number.value for number in _DOUBLES)
        sign = chr(raw.FPDFText_GetUnicode(letters, at)).translate(_HYPHENS)
        yield sign, view.matrix.around((left, bottom, right, top))


def _matrix_of(handle: Handle) -> Matrix:
    """What takes an object to the page or form that it stands on."""
    raw.FPDFPageObj_GetMatrix(handle, _MATRIX)
    return Matrix(_MATRIX.a, _MATRIX.b, _MATRIX.c, _MATRIX.d, _MATRIX.e, _MATRIX.f)


def _has_slanted_font(handle: Handle, known: dict[int, bool]) -> bool:
    """Whether a text object is set in an italic or oblique; `known` grows by its font."""
    font = raw.FPDFTextObj_GetFont(handle)
    if not font:
        return False
    address = ctypes.addressof(font.contents)
    if address not in known:
        buffer, angle = ctypes.create_string_buffer(128), ctypes.c_int()
        raw.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
        raw.FPDFFont_GetItalicAngle(font, angle)
        name = buffer.value.decode("utf-8", "replace").lower()
        is_flagged = angle.value != 0 or bool(max(raw.FPDFFont_GetFlags(font), 0) & _ITALIC_FLAG)
        known[address] = is_flagged or "italic" in name or "oblique" in name
    return known[address]
