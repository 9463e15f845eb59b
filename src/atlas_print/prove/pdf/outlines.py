"""Embedded TrueType fonts: how far each glyph reaches below and above its baseline (OpenType, `glyf` and `loca`)."""

import struct
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from itertools import pairwise
from typing import TypeAlias

from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import calcChecksum

from atlas_print.prove.reading.limits import UnreadableError

Reach: TypeAlias = tuple[float, float]
"""The lowest and the highest point of a glyph, in em; the baseline is 0."""

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
"""How a font for a PDF starts. fontTools would unpack a web font (WOFF), however large it grows."""
_DRAWN = ("glyf", "loca", "hmtx")
"""The tables that letters are drawn from, each with a checksum in the font."""

_HEAD = struct.Struct(">hhhhh")
"""What each glyph starts with: its number of contours, and its bounding box."""


class Outlines:
    """A TrueType font: `reaches` by glyph number, empty where it has no outlines of that kind."""

    def __init__(self, font: TTFont) -> None:
        self.reaches = dict(_reaches(font))
        self._font = font
        self._letters: dict[int, set[str]] | None = None

    def advance(self, glyph: int) -> float | None:
        """How far the font itself moves on behind a glyph, in em; None where it doesn't say."""
        if "hmtx" not in self._font or not 0 <= glyph < self._font["maxp"].numGlyphs:
            return None
        advance: int = self._font["hmtx"][self._font.getGlyphName(glyph)][0]
        return advance / float(self._font["head"].unitsPerEm)

    def letters(self, glyph: int) -> Collection[str]:
        """The characters that the font itself has that glyph for; none where it doesn't say."""
        if self._letters is None:
            self._letters = {}
            for code, name in (_characters(self._font)).items():
                self._letters.setdefault(self._font.getGlyphID(name), set()).add(chr(code))
        return self._letters.get(glyph, ())


def outlines(data: bytes) -> Outlines | None:
    """The font with these bytes, None for one without TrueType outlines.

    Raises UnreadableError for one whose outlines are not those that were put there: viewers draw other letters or none.
    """
    if not data.startswith(_TRUETYPE):
        return None
    font = TTFont(BytesIO(data), lazy=True)
    for tag in _DRAWN:
        if tag in font and calcChecksum(font.reader[tag]) != font.reader.tables[tag].checkSum:
            raise UnreadableError(f"a typeface in it is damaged: its table {tag!r} has been changed")
    return Outlines(font)


def _characters(font: TTFont) -> Mapping[int, str]:
    """Character -> glyph name; a font that lost the map, or has one of its own codes, says nothing."""
    return (font["cmap"].getBestCmap() or {}) if "cmap" in font else {}


def _reaches(font: TTFont) -> Iterator[tuple[int, Reach]]:
    if "glyf" not in font:
        return
    em = font["head"].unitsPerEm
    outlines = font.reader["glyf"]
    for glyph, (start, end) in enumerate(pairwise(font["loca"].locations)):
        if end - start >= _HEAD.size:
            _, _, low, _, high = _HEAD.unpack_from(outlines, start)
            yield glyph, (low / em, high / em)
