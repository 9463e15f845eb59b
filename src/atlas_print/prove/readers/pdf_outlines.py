"""Embedded TrueType fonts: how far each glyph reaches below and above its baseline (OpenType, `glyf` and `loca`)."""

import struct
from io import BytesIO
from itertools import pairwise
from typing import TypeAlias

from fontTools.ttLib import TTFont
from fontTools.ttLib.sfnt import calcChecksum

from atlas_print.prove.limits import UnreadableError

Reach: TypeAlias = tuple[float, float]
"""The lowest and the highest point of a glyph, in em; the baseline is 0."""

_TRUETYPE = (b"\x00\x01\x00\x00", b"true")
"""How a font for a PDF starts. fontTools would unpack a web font (WOFF), however large it grows."""
_DRAWN = ("glyf", "loca", "hmtx")
"""The tables that letters are drawn from, each with a checksum in the font."""

_HEAD = struct.Struct(">hhhhh")
"""What each glyph starts with: its number of contours, and its bounding box."""


def reaches(data: bytes) -> dict[int, Reach]:
    """Glyph number -> its reach; empty for a font without TrueType outlines.

    Raises UnreadableError for one whose outlines are not those that were put there: viewers draw other letters or none.
    """
    if not data.startswith(_TRUETYPE):
        return {}
    font = TTFont(BytesIO(data), lazy=True)
    if "glyf" not in font:
        return {}
    for tag in _DRAWN:
        if tag in font and calcChecksum(font.reader[tag]) != font.reader.tables[tag].checkSum:
            raise UnreadableError(f"a typeface in it is damaged: its table {tag!r} has been changed")
    em = font["head"].unitsPerEm
    outlines = font.reader["glyf"]
    found = {}
    for glyph, (start, end) in enumerate(pairwise(font["loca"].locations)):
        if end - start >= _HEAD.size:
            _, _, low, _, high = _HEAD.unpack_from(outlines, start)
            found[glyph] = (low / em, high / em)
    return found
