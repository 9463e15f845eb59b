"""What PDFium, the engine of Chrome, finds on the pages of a PDF: text objects by marked content, and images."""

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, TypeAlias

import pypdfium2
from pypdfium2 import raw

from atlas_print.prove.pdf.file import as_text
from atlas_print.prove.pdf.runs import (
    Box,
    Key,
    Matrix,
    Run,
    View,
    around,
    moved,
    size_under,
    slants,
    stance_under,
    times,
)
from atlas_print.prove.pdf.seen import Glyph, unseen
from atlas_print.prove.reading.drawn import Stance
from atlas_print.prove.reading.limits import Part, UnreadableError, spend

Handle: TypeAlias = Any
"""Of a thing in PDFium's memory."""

_ACTUAL_TEXT = b"ActualText"
_ITALIC_FLAG = 1 << 6
_ITALIC_NAMES = ("italic", "oblique")
_DEEPEST = 12
"""Forms within each other that are followed."""
_HYPHENS = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""PDFium has signs of its own for a hyphen at the end of a line."""
_LOCK = Lock()
"""PDFium may be used by one thread at a time."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a page holds: its texts, what leaves a trace on it, the images by their marked content.

    `told` has each ActualText with its key and its texts, `missing` the fonts that the file doesn't hold, `doubtful`
    is whether forms on it have marked content of the same numbers.
    """

    runs: tuple[Run, ...]
    inked: frozenset[Key]
    images: tuple[Key | None, ...]
    told: tuple[tuple[Key, str, tuple[Run, ...]], ...]
    missing: frozenset[str]
    doubtful: bool


def read_sheets(data: bytes, views: Sequence[View]) -> list[Sheet]:
    """The sheets of a PDF; `views` has its pages as they are shown. Raises UnreadableError where PDFium reads none."""
    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise UnreadableError(f"not a PDF that a viewer can open: {error}") from error
        try:
            if len(document) != len(views):
                raise UnreadableError("it is damaged: viewers find other pages in it than its own list has")
            fonts: dict[int, _Font] = {}
            return [_sheet(document[index], index, view, fonts) for index, view in enumerate(views)]
        finally:
            document.close()


@dataclass(frozen=True, slots=True)
class _Font:
    name: str
    is_slanted: bool
    is_embedded: bool


@dataclass(slots=True)
class _Text:
    """A text object: its handle, its marked content, what takes it to the page, an ActualText by its identity."""

    handle: Handle
    key: Key | None
    matrix: Matrix
    actual: tuple[int, str] | None
    glyphs: list[tuple[int, int]] = field(default_factory=list)


class _Page:
    """Looks through the objects of a page."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.texts: dict[int, _Text] = {}
        self.inked: set[Key] = set()
        self.images: list[Key | None] = []
        self.doubtful = False
        self._in_forms: set[Key] = set()

    def walk(self, kids: Iterator[Handle], matrix: Matrix, outer: Key | None, depth: int, *, silent: bool) -> None:
        """Takes up objects; `matrix` takes them to the page, `outer` is the marked content around them."""
        if depth > _DEEPEST:
            raise UnreadableError("it has forms too deep within each other")
        own: set[Key] = set()
        for handle in kids:
            kind, mcid = raw.FPDFPageObj_GetType(handle), raw.FPDFPageObj_GetMarkedContentID(handle)
            key: Key | None = outer
            if mcid >= 0:
                key = ("form" if depth else "page", self.index, mcid)
                own.update([key] if depth else [])
            is_silent = silent
            actual = None
            if kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE):
                is_artifact, actual = _marks(handle)
                is_silent = silent or is_artifact
            held = None if is_silent else key
            if held is not None and kind != raw.FPDF_PAGEOBJ_FORM:
                self.inked.add(held)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.texts[ctypes.addressof(handle.contents)] = _Text(handle, held, matrix, actual)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images.append(held)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                inside = _kids(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, handle)
                self.walk(inside, times(_matrix(handle), matrix), held, depth + 1, silent=is_silent)
        self.doubtful = self.doubtful or bool(own & self._in_forms)
        self._in_forms |= own


def _sheet(page: pypdfium2.PdfPage, index: int, view: View, fonts: dict[int, _Font]) -> Sheet:
    found = _Page(index)
    found.walk(_kids(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page.raw), view.matrix, None, 0, silent=False)
    for text in found.texts.values():
        # Else PDFium tells the ActualText itself, and not what the glyphs say.
        for mark in list(_all_marks(text.handle)) if text.actual else ():
            raw.FPDFPageObj_RemoveMark(text.handle, mark)
    letters = raw.FPDFText_LoadPage(page.raw)
    try:
        _find_glyphs(letters, found.texts)
        typefaces = {id(text): _font(text.handle, fonts) for text in found.texts.values()}
        pairs: list[tuple[_Text, Run]] = []
        for text in found.texts.values():
            run = _run(index, letters, text, view, typefaces[id(text)])
            pairs += [] if run is None else [(text, run)]
        handles = [text.handle for text, _ in pairs]

        def glyphs(at: int) -> list[Glyph]:
            return list(_glyphs(letters, pairs[at][0], view))

        seen = unseen(page.raw, view, handles, [run for _, run in pairs], glyphs)
    finally:
        raw.FPDFText_ClosePage(letters)
        page.close()
    runs = [
        run if left is None else replace(run, text=left, is_whole=False)
        for (_, run), left in zip(pairs, seen, strict=True)
    ]
    told = _tell([text for text, _ in pairs], runs)
    missing = frozenset(
        typefaces[id(text)].name
        for (text, _), run in zip(pairs, runs, strict=True)
        if run.text.strip() and not typefaces[id(text)].is_embedded
    )
    return Sheet(tuple(runs), frozenset(found.inked), tuple(found.images), told, missing, found.doubtful)


def _tell(texts: Sequence[_Text], runs: list[Run]) -> tuple[tuple[Key, str, tuple[Run, ...]], ...]:
    """Gives runs what a voice says for them, in place; each ActualText with what it stands for."""
    by_mark: dict[int, list[int]] = {}
    for at, text in enumerate(texts):
        if text.actual is not None:
            by_mark.setdefault(text.actual[0], []).append(at)
        else:
            runs[at] = replace(runs[at], told=runs[at].text)
    told = []
    for held in by_mark.values():
        (_, actual), key = texts[held[0]].actual or (0, ""), runs[held[0]].key
        stands_for = tuple(runs[at] for at in held)
        is_whole = all(run.is_whole for run in stands_for)
        # What is told for letters that nobody sees is lost with them.
        heard = actual if is_whole else "".join(run.text for run in stands_for) if len(held) == 1 else ""
        for at in held:
            runs[at] = replace(runs[at], told=heard if at == held[0] else "", has_actual_text=True)
        if key is not None:
            told.append((key, actual, stands_for))
    return tuple(told)


def _kids(count: Callable[[Handle], int], get: Callable[[Handle, int], Handle], holder: Handle) -> Iterator[Handle]:
    return (get(holder, index) for index in range(max(count(holder), 0)))


def _all_marks(handle: Handle) -> Iterator[Handle]:
    return (raw.FPDFPageObj_GetMark(handle, index) for index in range(max(raw.FPDFPageObj_CountMarks(handle), 0)))


def _marks(handle: Handle) -> tuple[bool, tuple[int, str] | None]:
    """Whether an object stands in an artifact; the outermost ActualText around it by the identity of its mark."""
    is_artifact, actual = False, None
    length = ctypes.c_ulong()
    for mark in _all_marks(handle):
        name = (ctypes.c_ushort * 16)()
        if raw.FPDFPageObjMark_GetName(mark, name, ctypes.sizeof(name), ctypes.byref(length)):
            is_artifact = is_artifact or _decoded(name, length.value) == "Artifact"
        # Its texts as such come through PDFium only where they are in ASCII.
        if actual is None and raw.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, None, 0, ctypes.byref(length)):
            buffer = (ctypes.c_ubyte * max(length.value, 1))()
            raw.FPDFPageObjMark_GetParamBlobValue(mark, _ACTUAL_TEXT, buffer, length.value, ctypes.byref(length))
            actual = ctypes.addressof(mark.contents), as_text(bytes(buffer)[: length.value])
    return is_artifact, actual


def _decoded(buffer: Any, size: int) -> str:
    return bytes(buffer)[:size].decode("utf-16-le", "replace").rstrip("\0")


def _find_glyphs(letters: Handle, texts: dict[int, _Text]) -> None:
    """Tells each text object the stretches of the page's letters that are its own."""
    last, start = 0, 0
    count = raw.FPDFText_CountChars(letters)
    spend(Part.CHARACTERS, max(count, 0))
    get = raw.FPDFText_GetTextObject
    for at in range(count + 1):
        handle = get(letters, at) if at < count else None
        address = ctypes.addressof(handle.contents) if handle else 0
        if address == last:
            continue
        # A space that PDFium makes within an object has none; one at its end is the next one's start.
        if last in texts:
            texts[last].glyphs.append((start, at))
        last, start = address, at


def _run(page: int, letters: Handle, text: _Text, view: View, font: _Font) -> Run | None:
    """What a text object shows; None for nothing."""
    shown = _shown(letters, text.glyphs)
    if not shown and text.actual is None:
        return None
    matrix = times(_matrix(text.handle), text.matrix)
    size = ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(text.handle, ctypes.byref(size))
    x, y = moved(matrix, 0, 0)
    left, bottom, right, top = box = around(text.matrix, _bounds(text.handle))
    stance = stance_under(matrix)
    if not shown:
        end_x, end_y = x, y
    elif stance is Stance.UPRIGHT:
        last = text.glyphs[-1][1] - 1
        end_x, end_y = max(_reach(letters, last, view)[2], right), y
        while last > text.glyphs[-1][0] and chr(raw.FPDFText_GetUnicode(letters, last)).isspace():
            # A space at the end has no ink.
            last -= 1
            box = left, bottom, min(right, _reach(letters, last, view)[2]), top
    else:
        end_x = (right if matrix[0] > 0 else left) if abs(matrix[0]) > abs(matrix[1]) else x
        end_y = (top if matrix[1] > 0 else bottom) if abs(matrix[1]) >= abs(matrix[0]) else y
    is_slanted = font.is_slanted or slants(matrix)
    return Run(page, text.key, shown, "", x, y, end_x, end_y, size_under(matrix, size.value), box, is_slanted, stance)


def _shown(letters: Handle, stretches: Sequence[tuple[int, int]]) -> str:
    pieces = []
    for (start, end), (_, before) in zip(stretches, ((0, -1), *stretches), strict=False):
        buffer = (ctypes.c_ushort * (2 * (end - start) + 2))()
        count = raw.FPDFText_GetText(letters, start, end - start, buffer)
        # Between two stretches of an object stands a space that PDFium made.
        pieces += [" "] if 0 < before < start else []
        pieces.append(bytes(buffer)[: 2 * max(count - 1, 0)].decode("utf-16-le", "replace"))
    return "".join(pieces).translate(_HYPHENS)


def _reach(letters: Handle, at: int, view: View) -> Box:
    """The place of a letter with the room that its typeface gives it."""
    box = raw.FS_RECTF()
    raw.FPDFText_GetLooseCharBox(letters, at, ctypes.byref(box))
    return around(view.matrix, (box.left, box.bottom, box.right, box.top))


def _glyphs(letters: Handle, text: _Text, view: View) -> Iterator[Glyph]:
    """The letters of a text object, each with the box of its ink."""
    numbers = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = numbers
    for start, end in text.glyphs:
        for at in range(start, end):
            sign = chr(raw.FPDFText_GetUnicode(letters, at)).translate(_HYPHENS)
            raw.FPDFText_GetCharBox(letters, at, *map(ctypes.byref, (left, right, bottom, top)))
            yield sign, around(view.matrix, (left.value, bottom.value, right.value, top.value))


def _matrix(handle: Handle) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(handle, ctypes.byref(found))
    return found.a, found.b, found.c, found.d, found.e, found.f


def _bounds(handle: Handle) -> Box:
    left, bottom, right, top = numbers = [ctypes.c_float() for _ in range(4)]
    raw.FPDFPageObj_GetBounds(handle, *map(ctypes.byref, numbers))
    return left.value, bottom.value, right.value, top.value


def _font(handle: Handle, known: dict[int, _Font]) -> _Font:
    font = raw.FPDFTextObj_GetFont(handle)
    if not font:
        return _Font("one without a name", is_slanted=False, is_embedded=True)
    address = ctypes.addressof(font.contents)
    if address not in known:
        name = ctypes.create_string_buffer(128)
        raw.FPDFFont_GetBaseFontName(font, name, len(name))
        angle = ctypes.c_int()
        raw.FPDFFont_GetItalicAngle(font, ctypes.byref(angle))
        called = name.value.decode("utf-8", "replace")
        is_slanted = angle.value != 0 or bool(max(raw.FPDFFont_GetFlags(font), 0) & _ITALIC_FLAG)
        is_slanted = is_slanted or any(word in called.lower() for word in _ITALIC_NAMES)
        known[address] = _Font(called, is_slanted, raw.FPDFFont_GetIsEmbedded(font) != 0)
    return known[address]
