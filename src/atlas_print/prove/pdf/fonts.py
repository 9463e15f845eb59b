"""Fonts of a PDF: the bytes that a page shows -> text and widths (ISO 32000-1, 9.4 to 9.10)."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fontTools import agl
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding

from atlas_print.prove.pdf.cmap import CMap, read_cmap
from atlas_print.prove.pdf.letters import another
from atlas_print.prove.pdf.objects import as_list, entry, follow, unpacked
from atlas_print.prove.pdf.outlines import Outlines, outlines
from atlas_print.prove.reading.limits import Part, UnreadableError, spend

UNKNOWN = "\ufffd"
"""Stands for a glyph that the file gives no text for."""

_OTHER_WIDTH = 0.05
"""em; a program may round widths, and letters that it places by others stand on each other."""
_LAST_CID = 0xFFFF
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_ITALIC_FLAG = 1 << 6
_ITALIC_NAME = re.compile(r"italic|oblique", re.IGNORECASE)
_TWO_BYTES = CMap(spaces=[(2, b"\x00\x00", b"\xff\xff")])
_ONE_BYTE = CMap(spaces=[(1, b"\x00", b"\xff")])


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shown code: its text, its width in text space at size 1, whether word spacing widens it.

    `low` and `high` are how far its outline reaches from the baseline, in em; 0 where the file doesn't tell. `drawn` is
    the letter that it draws where that is surely another than its text.
    """

    text: str
    width: float
    is_space: bool
    low: float = 0.0
    high: float = 0.0
    drawn: str = ""


class Font:
    """A font as a page uses it; `name` is that of its typeface, `is_embedded` whether the file holds its letters."""

    def __init__(self, font: Mapping[str, Any]) -> None:
        """`font` is its dictionary; raises what pypdf raises where the file is damaged."""
        self._is_composite = font.get("/Subtype") == "/Type0"
        self._map = _stream_cmap(font, "/ToUnicode") or CMap()
        self._known: dict[bytes, tuple[Glyph, ...]] = {}
        self._by_code: dict[tuple[int, int], Glyph] = {}
        if self._is_composite:
            (only,) = entry(font, "/DescendantFonts")
            descendant = follow(only)
            codes = _stream_cmap(font, "/Encoding")
            if codes is None and not isinstance(entry(font, "/Encoding"), str):
                raise UnreadableError(f"the typeface {entry(font, '/BaseFont')} has no encoding")
            self._codes = codes or _TWO_BYTES
            self._encoding: dict[int, str] = {}
            self._widths = _composite_widths(entry(descendant, "/W") or ())
            self._other_width = _thousandth(entry(descendant, "/DW"), 1000)
            descriptor = entry(descendant, "/FontDescriptor")
            # Codes of another map than the identity are no glyph numbers.
            is_plain = str(entry(font, "/Encoding")).startswith("/Identity")
            self._outlines = _outlines(descriptor) if is_plain else None
            self._numbers = _glyph_numbers(entry(descendant, "/CIDToGIDMap"))
        else:
            self._codes = _ONE_BYTE
            self._encoding = _simple_encoding(font)
            self._widths = _simple_widths(font)
            descriptor = entry(font, "/FontDescriptor")
            self._other_width = _thousandth(entry(descriptor, "/MissingWidth"), 0)
            self._outlines = None
        # A tag of six letters marks a part of a typeface.
        self.name = re.sub(r"^[A-Z]{6}\+", "", str(entry(font, "/BaseFont") or "/").removeprefix("/"))
        self.is_slanted = _is_slanted(self.name, descriptor)
        self.is_embedded = font.get("/Subtype") == "/Type3" or any(
            entry(descriptor, key) is not None for key in _PROGRAMS
        )

    def glyphs(self, data: bytes) -> tuple[Glyph, ...]:
        """The glyphs of a string that is shown."""
        # Many producers show glyph by glyph, to place each.
        spend(Part.CHARACTERS, len(data))
        if data not in self._known:
            self._known[data] = tuple(map(self._of_code, self._codes.codes(data)))
        return self._known[data]

    def _of_code(self, code: tuple[int, int]) -> Glyph:
        if code not in self._by_code:
            self._by_code[code] = self._glyph(*code)
        return self._by_code[code]

    def _glyph(self, code: int, length: int) -> Glyph:
        text = self._map.text(code)
        if text is None:
            text = self._encoding.get(code, UNKNOWN)
        width, is_space = self._widths.get(code, self._other_width), code == 32 and length == 1
        if self._outlines is None:
            return Glyph(text, width, is_space)
        number = self._numbers(code)
        advance = self._outlines.advance(number)
        if advance is not None and abs(advance - width) > _OTHER_WIDTH:
            raise UnreadableError(f"the typeface {self.name} in it has other widths than the file says")
        low, high = self._outlines.reaches.get(number, (0.0, 0.0))
        return Glyph(text, width, is_space, low, high, another(text, self._outlines.letters(number)))


def _is_slanted(name: str, descriptor: Any) -> bool:
    """Whether a face is italic or oblique: by its angle, its flag or its name, of which a producer may forget two."""
    if entry(descriptor, "/ItalicAngle") or int(entry(descriptor, "/Flags") or 0) & _ITALIC_FLAG:
        return True
    return _ITALIC_NAME.search(name) is not None


def _outlines(descriptor: Any) -> Outlines | None:
    data = unpacked(entry(descriptor, "/FontFile2"))
    return None if data is None else outlines(data)


def _glyph_numbers(given: Any) -> Callable[[int], int]:
    """What takes codes to numbers of glyphs."""
    table = unpacked(given)
    if table is None:
        return lambda code: code
    return lambda code: int.from_bytes(table[2 * code : 2 * code + 2], "big")


def _stream_cmap(font: Mapping[str, Any], key: str) -> CMap | None:
    data = unpacked(entry(font, key))
    return None if data is None else read_cmap(data)


def _thousandth(value: Any, otherwise: float) -> float:
    return float(otherwise if value is None else value) / 1000


def _simple_encoding(font: Mapping[str, Any]) -> dict[int, str]:
    given = entry(font, "/Encoding")
    base = entry(given, "/BaseEncoding") if isinstance(given, Mapping) else given
    if base == "/WinAnsiEncoding":
        encoding = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    else:
        names = MacRoman if base == "/MacRomanEncoding" else StandardEncoding
        encoding = {code: text for code, name in enumerate(names) if (text := agl.toUnicode(name))}
    code = 0
    for item in map(follow, as_list(entry(given, "/Differences"))):
        if isinstance(item, str):
            encoding[code] = agl.toUnicode(item.removeprefix("/")) or UNKNOWN
            code += 1
        else:
            code = int(item)
    return encoding


def _simple_widths(font: Mapping[str, Any]) -> dict[int, float]:
    # A Type 3 font has glyph units of its own.
    matrix = entry(font, "/FontMatrix")
    unit = float(follow(matrix[0])) if matrix else 0.001
    first = int(entry(font, "/FirstChar") or 0)
    widths = map(follow, as_list(entry(font, "/Widths")))
    return {code: float(width) * unit for code, width in enumerate(widths, start=first)}


def _composite_widths(given: Any) -> dict[int, float]:
    """/W: either `first [width ...]` or `first last width`."""
    items = [follow(item) for item in given]
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], list):
            widths.update((first + n, float(follow(width)) / 1000) for n, width in enumerate(items[at + 1]))
            at += 2
        elif at + 2 < len(items):
            last = min(int(items[at + 1]), _LAST_CID)
            spend(Part.STEPS, max(last - first, 0))
            widths.update(dict.fromkeys(range(max(first, 0), last + 1), float(items[at + 2]) / 1000))
            at += 3
        else:
            break
    return widths
