"""Streams that end beyond doubt.

The data of one stream in a hundred ends by chance in an end-of-line byte. Together with the line end before
`endstream` it could be read as a Windows line end, and the stream as a byte shorter than its Length (ISO 32000-1,
7.3.8.1).
"""

import zlib
from base64 import a85encode
from typing import Any

import pydyf

_LINE_ENDS = (b"\r", b"\n")


def end_streams(pdf: Any) -> None:
    """Lets no stream of a pydyf.PDF end in an end-of-line byte, nor those that `write` adds to it later."""
    for part in pdf.objects:
        _end(part)
    add = pdf.add_object

    def add_ended(part: Any) -> None:
        # `write` adds the object stream and the cross-reference stream here, each before it writes it.
        _end(part)
        add(part)

    pdf.add_object = add_ended


def _end(part: Any) -> None:
    if not isinstance(part, pydyf.Stream):
        return
    if part.compress:
        _compress(part)
    data = _data(part)
    if data[-1:] in _LINE_ENDS:
        _spell(part, data)


def _data(stream: Any) -> bytes:
    """What the stream holds, before any compression that `write` does."""
    whole: bytes = pydyf.Stream(stream.stream).data
    return whole.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")


def _compress(stream: Any) -> None:
    """Compresses a stream, unless its data would end in an end-of-line byte.

    The last bytes are a checksum of the data, so another level of compression ends in the same.
    """
    data = _data(stream)
    packed = zlib.compress(data, 9)
    holds_text = not stream.extra or stream.extra.get("Type") == "/ObjStm"
    if holds_text and packed[-1:] in _LINE_ENDS:
        # A space behind operators or objects draws nothing and changes the checksum.
        packed = zlib.compress(data + b" ", 9)
    stream.compress = False
    if packed[-1:] not in _LINE_ENDS:
        stream.stream = [packed]
        stream.extra = {**stream.extra, "Filter": "/FlateDecode"}


def _spell(stream: Any, data: bytes) -> None:
    """Writes the data in letters, which end in a sign of their own; a picture is compressed already."""
    stream.stream = [a85encode(data) + b"~>"]
    filters, parameters = ["/ASCII85Decode"], ["null"]
    if "Filter" in stream.extra:
        filters.append(stream.extra["Filter"])
        parameters.append(stream.extra.get("DecodeParms", "null"))
    stream.extra = {**stream.extra, "Filter": pydyf.Array(filters), "DecodeParms": pydyf.Array(parameters)}
