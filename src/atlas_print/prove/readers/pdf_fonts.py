"""Fonts of a PDF: the bytes that a page shows -> text and widths (ISO 32000-1, 9.4 to 9.10)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fontTools import agl
from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding

from atlas_print.prove.readers.pdf_cmap import CMap, read_cmap

UNKNOWN = "\ufffd"
"""Stands for a glyph that the file gives no text for."""

_TWO_BYTES = CMap(spaces=[(2, b"\x00\x00", b"\xff\xff")])
_ONE_BYTE = CMap(spaces=[(1, b"\x00", b"\xff")])


@dataclass(frozen=True, slots=True)
class Glyph:
    """One shown code: its text, its width in text space at size 1, whether word spacing widens it."""

    text: str
    width: float
    is_space: bool


class Font:
    """A font as a page uses it."""

    def __init__(self, font: Mapping[str, Any]) -> None:
        """`font` is its dictionary; raises what pypdf raises where the file is damaged."""
        self._is_composite = font.get("/Subtype") == "/Type0"
        self._map = read_cmap(font["/ToUnicode"].get_object().get_data()) if _is_stream(font, "/ToUnicode") else CMap()
        self._known: dict[tuple[int, int], Glyph] = {}
        if self._is_composite:
            descendant = font["/DescendantFonts"].get_object()[0].get_object()
            self._codes = (
                read_cmap(font["/Encoding"].get_object().get_data()) if _is_stream(font, "/Encoding") else _TWO_BYTES
            )
            self._encoding: dict[int, str] = {}
            self._widths = _composite_widths(descendant.get("/W", ()))
            self._other_width = float(descendant.get("/DW", 1000)) / 1000
        else:
            self._codes = _ONE_BYTE
            self._encoding = _simple_encoding(font)
            self._widths = _simple_widths(font)
            descriptor = font["/FontDescriptor"].get_object() if "/FontDescriptor" in font else {}
            self._other_width = float(descriptor.get("/MissingWidth", 0)) / 1000

    def glyphs(self, data: bytes) -> Iterator[Glyph]:
        """The glyphs of a string that is shown."""
        for code in self._codes.codes(data):
            glyph = self._known.get(code)
            if glyph is None:
                glyph = self._known[code] = self._glyph(*code)
            yield glyph

    def _glyph(self, code: int, length: int) -> Glyph:
        text = self._map.text(code)
        if text is None:
            text = self._encoding.get(code, UNKNOWN)
        return Glyph(text, self._widths.get(code, self._other_width), code == 32 and length == 1)


def _is_stream(font: Mapping[str, Any], key: str) -> bool:
    return key in font and hasattr(font[key].get_object(), "get_data")


def _simple_encoding(font: Mapping[str, Any]) -> dict[int, str]:
    given = font["/Encoding"].get_object() if "/Encoding" in font else None
    base = given.get("/BaseEncoding") if isinstance(given, Mapping) else given
    if base == "/WinAnsiEncoding":
        encoding = {code: bytes([code]).decode("cp1252", "replace") for code in range(32, 256)}
    else:
        names = MacRoman if base == "/MacRomanEncoding" else StandardEncoding
        encoding = {code: text for code, name in enumerate(names) if (text := agl.toUnicode(name))}
    if isinstance(given, Mapping):
        code = 0
        for item in given["/Differences"].get_object() if "/Differences" in given else ():
            item = item.get_object()
            if isinstance(item, str):
                encoding[code] = agl.toUnicode(item.removeprefix("/")) or UNKNOWN
                code += 1
            else:
                code = int(item)
    return encoding


def _simple_widths(font: Mapping[str, Any]) -> dict[int, float]:
    # A Type 3 font has glyph units of its own.
    unit = float(font["/FontMatrix"].get_object()[0]) if "/FontMatrix" in font else 0.001
    first = int(font.get("/FirstChar", 0))
    widths = font["/Widths"].get_object() if "/Widths" in font else ()
    return {code: float(width.get_object()) * unit for code, width in enumerate(widths, start=first)}


def _composite_widths(given: Any) -> dict[int, float]:
    """/W: either `first [width ...]` or `first last width`."""
    items = [item.get_object() for item in given]
    widths: dict[int, float] = {}
    at = 0
    while at + 1 < len(items):
        first = int(items[at])
        if isinstance(items[at + 1], list):
            widths.update((first + n, float(width.get_object()) / 1000) for n, width in enumerate(items[at + 1]))
            at += 2
        elif at + 2 < len(items):
            last = min(int(items[at + 1]), first + 0xFFFF)
            widths.update(dict.fromkeys(range(first, last + 1), float(items[at + 2]) / 1000))
            at += 3
        else:
            break
    return widths
