"""No stream ends in a byte that could be taken for the line end behind it, whatever it holds."""

import re
import struct
import zlib
from base64 import b64encode
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pydyf
import pytest
from pypdf import PdfReader

from atlas_print.pdf.engine import typeset, write
from atlas_print.pdf.streams import end_streams
from atlas_print.typefaces import families

STACK = families(None, "en", [])
LINE_ENDS = (b"\r", b"\n")
MANY = 600
"""One stream in 128 ends in a line end by chance."""


def written(*parts: Any) -> bytes:
    pdf = pydyf.PDF()
    for part in parts:
        pdf.add_object(part)
    end_streams(pdf)
    target = BytesIO()
    pdf.write(target, version=b"1.7", compress=True)
    return target.getvalue()


def last_bytes(data: bytes) -> Iterator[bytes]:
    """The byte that ends each stream, by its Length."""
    for found in re.finditer(rb"/Length (\d+)[^\n]*>>\nstream\n", data):
        end = found.end() + int(found[1])
        assert data[end:].startswith(b"\nendstream")
        yield data[end - 1 : end]


def objects(data: bytes) -> list[Any]:
    """What a reader gets of the objects behind the three that every file has."""
    reader = PdfReader(BytesIO(data), strict=True)
    return [reader.get_object(number) for number in range(3, len(reader.xref_objStm) + len(reader.xref[0]))]


def test_the_streams_that_come_last() -> None:
    for number in range(MANY):
        data = written(pydyf.Dictionary({"Number": number, "More": pydyf.String("x" * (number % 50))}))
        ends = list(last_bytes(data))
        assert len(ends) == 2
        assert re.search(rb"/ObjStm[^\n]*/FlateDecode", data), number
        assert not set(ends) & set(LINE_ENDS), number
        assert objects(data)[0]["/Number"] == number


@pytest.mark.parametrize("extra", [{}, {"Length1": 9}, {"Type": "/XObject"}])
def test_a_stream_that_is_compressed(extra: dict[str, Any]) -> None:
    for number in range(MANY):
        held = b"BT (%d%s) Tj ET" % (number, b"x" * (number % 50))
        data = written(pydyf.Stream([held], extra, compress=True))
        assert not set(last_bytes(data)) & set(LINE_ENDS), number
        assert objects(data)[0].get_data().rstrip() == held


def test_a_stream_that_ends_in_a_line_end_either_way() -> None:
    held = next(
        held for held in (bytes([byte]) + b"\n" for byte in range(256)) if zlib.compress(held)[-1:] in LINE_ENDS
    )
    data = written(pydyf.Stream([held], {"Length1": len(held)}, compress=True))
    assert not set(last_bytes(data)) & set(LINE_ENDS)
    assert objects(data)[0].get_data() == held


def test_a_picture_that_ends_in_a_line_end() -> None:
    rows = next(
        bytes([0, red, 0, 0]) for red in range(256) if zlib.compress(bytes([0, red, 0, 0]), 9)[-1:] in LINE_ENDS
    )
    chunks = {b"IHDR": struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0), b"IDAT": zlib.compress(rows, 9), b"IEND": b""}
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(held)) + name + held + struct.pack(">I", zlib.crc32(name + held))
        for name, held in chunks.items()
    )
    address = "data:image/png;base64," + b64encode(png).decode()
    html = f'<!DOCTYPE html><html lang="en"><title>T</title><body><img src="{address}" alt="A dot."/></body></html>'
    data = write(typeset(html, "img { width: 9pt }", STACK))
    assert not set(last_bytes(data)) & set(LINE_ENDS)
    (picture,) = PdfReader(BytesIO(data)).pages[0].images
    assert picture.image is not None
    assert picture.image.getpixel((0, 0)) == (rows[1], 0, 0)
