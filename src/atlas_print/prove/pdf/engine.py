"""What PDFium, the engine of Chrome, finds on the pages of a PDF: text objects by marked content, and images."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock

import pypdfium2
from pypdfium2 import raw

from atlas_print.prove.pdf.calls import (
    Font,
    Handle,
    bounds,
    font_of,
    glyphs_of,
    kids_of,
    marked,
    marks_of,
    matrix_of,
    reach,
    shown_text,
    size_of,
)
from atlas_print.prove.pdf.runs import (
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

_DEEPEST = 12
"""Forms within each other that are followed."""
_LOCK = Lock()
"""PDFium may be used by one thread at a time; so may the memory that it writes its answers to."""


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
            fonts: dict[int, Font] = {}
            return [_sheet(document[index], index, view, fonts) for index, view in enumerate(views)]
        finally:
            document.close()


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
            spend(Part.OPERATORS)
            kind, mcid = raw.FPDFPageObj_GetType(handle), raw.FPDFPageObj_GetMarkedContentID(handle)
            key: Key | None = outer
            if mcid >= 0:
                key = ("form" if depth else "page", self.index, mcid)
                own.update([key] if depth else [])
            is_silent = silent
            actual = None
            if kind in (raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_FORM, raw.FPDF_PAGEOBJ_IMAGE):
                is_artifact, actual = marked(handle, is_tagged=mcid >= 0)
                is_silent = silent or is_artifact
            held = None if is_silent else key
            if held is not None and kind != raw.FPDF_PAGEOBJ_FORM:
                self.inked.add(held)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.texts[ctypes.addressof(handle.contents)] = _Text(handle, held, matrix, actual)
            elif kind == raw.FPDF_PAGEOBJ_IMAGE:
                self.images.append(held)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                inside = kids_of(raw.FPDFFormObj_CountObjects, raw.FPDFFormObj_GetObject, handle)
                self.walk(inside, times(matrix_of(handle), matrix), held, depth + 1, silent=is_silent)
        self.doubtful = self.doubtful or bool(own & self._in_forms)
        self._in_forms |= own


def _sheet(page: pypdfium2.PdfPage, index: int, view: View, fonts: dict[int, Font]) -> Sheet:
    found = _Page(index)
    found.walk(kids_of(raw.FPDFPage_CountObjects, raw.FPDFPage_GetObject, page.raw), view.matrix, None, 0, silent=False)
    for text in found.texts.values():
        # Else PDFium tells the ActualText itself, and not what the glyphs say.
        for mark in list(marks_of(text.handle)) if text.actual else ():
            raw.FPDFPageObj_RemoveMark(text.handle, mark)
    letters = raw.FPDFText_LoadPage(page.raw)
    try:
        _find_glyphs(letters, found.texts)
        typefaces = {id(text): font_of(text.handle, fonts) for text in found.texts.values()}
        pairs: list[tuple[_Text, Run]] = []
        for text in found.texts.values():
            run = _run(index, letters, text, view, typefaces[id(text)])
            pairs += [] if run is None else [(text, run)]
        handles = [text.handle for text, _ in pairs]

        def glyphs(at: int) -> list[Glyph]:
            return list(glyphs_of(letters, pairs[at][0].glyphs, view))

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


def _run(page: int, letters: Handle, text: _Text, view: View, font: Font) -> Run | None:
    """What a text object shows; None for nothing."""
    shown = shown_text(letters, text.glyphs)
    if not shown and text.actual is None:
        return None
    matrix = times(matrix_of(text.handle), text.matrix)
    size = size_of(text.handle)
    x, y = moved(matrix, 0, 0)
    left, bottom, right, top = box = around(text.matrix, bounds(text.handle))
    stance = stance_under(matrix)
    if not shown:
        end_x, end_y = x, y
    elif stance is Stance.UPRIGHT:
        last = text.glyphs[-1][1] - 1
        end_x, end_y = max(reach(letters, last, view)[2], right), y
        while last > text.glyphs[-1][0] and chr(raw.FPDFText_GetUnicode(letters, last)).isspace():
            # A space at the end has no ink.
            last -= 1
            box = left, bottom, min(right, reach(letters, last, view)[2]), top
    else:
        end_x = (right if matrix[0] > 0 else left) if abs(matrix[0]) > abs(matrix[1]) else x
        end_y = (top if matrix[1] > 0 else bottom) if abs(matrix[1]) >= abs(matrix[0]) else y
    is_slanted = font.is_slanted or slants(matrix)
    return Run(page, text.key, shown, "", x, y, end_x, end_y, size_under(matrix, size), box, is_slanted, stance)
