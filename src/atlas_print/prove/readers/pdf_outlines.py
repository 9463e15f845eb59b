"""Embedded TrueType fonts: how far each glyph reaches below and above its baseline (OpenType, `glyf` and `loca`)."""

import struct
from io import BytesIO
from itertools import pairwise
from typing import TypeAlias

from fontTools.ttLib import TTFont

Reach: TypeAlias = tuple[float, float]
"""The lowest and the highest point of a glyph, in em; the baseline is 0."""

_HEAD = struct.Struct(">hhhhh")
"""What each glyph starts with: its number of contours, and its bounding box."""


def reaches(data: bytes) -> dict[int, Reach]:
    """Glyph number -> its reach; empty for a font without TrueType outlines."""
    font = TTFont(BytesIO(data), lazy=True)
    if "glyf" not in font:
        return {}
    em = font["head"].unitsPerEm
    outlines = font.reader["glyf"]
    found = {}
    for glyph, (start, end) in enumerate(pairwise(font["loca"].locations)):
        if end - start >= _HEAD.size:
            _, _, low, _, high = _HEAD.unpack_from(outlines, start)
            found[glyph] = (low / em, high / em)
    return found
