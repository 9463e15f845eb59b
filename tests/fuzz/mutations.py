"""Ways to damage a file: its bytes as they come, or what is inside it, packed again so that readers get that far."""

import re
import zipfile
from collections.abc import Callable
from io import BytesIO
from random import Random

import pikepdf

_NASTY = [
    b"0", b"-1", b"2147483648", b"99999999999999999999", b"1e99", b"0.0000001", b"null", b"true", b"<<>>",
    b"[]", b"()", b"<", b"<<", b"[", b"(", b"BT", b"ET", b"EMC", b"q ", b" Q", b"/P <</MCID 0>> BDC",
    b"/Artifact BMC", b"3 Tr", b"/F Tf", b"0 g", b"1 g", b"W n", b"0 0 0 0 re W n", b"BI ID EI", b"BI ID ",
    b"[]TJ", b"Do", b"1 0 0 1 9e9 9e9 cm", b"<p>", b"</p>", b"<div hidden=''>", b"<p style='display:none'>",
    b"<style>p{display:none}</style>", b"&#0;", b"&x;", b"<![CDATA[", b"<!--", b"-->", b"]]>", b"<a href='#x'>",
    b"<li value='-9'>", b"<h1 aria-level='99'>", b"../..", b"%00", b"{", b"}", b"@media x{", b"*{opacity:0}",
    b"/*", b"url(", b"\xff\xfe", b"\x00", b"\xcc\x81", b"\xef\xbb\xbf",
]  # fmt: skip
"""What parsers trip over."""
_PIECE = re.compile(rb"\d+ \d+ R|[+-]?\d+\.?\d*|/[A-Za-z0-9]+|<[^<>]{1,40}>|[A-Za-z]{2,12}|[\[\](){}=\"';:#]")


def raw(data: bytes, random: Random) -> bytes:
    """Up to four changes anywhere in the bytes."""
    changed = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 4))):
        _change(changed, random)
    return bytes(changed)


def _change(data: bytearray, random: Random) -> None:
    at = random.randrange(len(data) + 1)
    end = min(at + int(2 ** random.uniform(0, 11)), len(data))
    match random.randrange(7):
        case 0:
            data[at : at + 1] = bytes((random.randrange(256),))
        case 1:
            del data[at:end]
        case 2:
            data[at:at] = data[at:end] * random.choice((1, 2, 50))
        case 3:
            data[at:at] = random.choice(_NASTY)
        case 4:
            other = random.randrange(len(data) + 1)
            data[at:end] = data[other : other + end - at]
        case 5:
            del data[at if random.random() < 0.3 else len(data) :]
        case _:
            _swap(data, at, random)


def _swap(data: bytearray, at: int, random: Random) -> None:
    """Puts a number, a name, a reference or a tag of the file in the place of another."""
    target = _PIECE.search(data, at)
    source = _PIECE.search(data, random.randrange(len(data) + 1))
    if target and source:
        data[target.start() : target.end()] = random.choice((source[0], random.choice(_NASTY)))


def pdf_inside(data: bytes, random: Random) -> bytes:
    """Values of a PDF's objects replaced, left out or doubled: cycles come about by themselves."""
    with pikepdf.open(BytesIO(data)) as pdf:
        objects = list(pdf.objects)
        for _ in range(random.choice((1, 1, 2, 5))):
            _change_object(pdf, random.choice(objects), random)
        return _saved(pdf)


def _change_object(pdf: pikepdf.Pdf, target: pikepdf.Object, random: Random) -> None:
    if isinstance(target, pikepdf.Stream) and random.random() < 0.7:
        try:
            content = target.read_bytes()
        except pikepdf.PdfError:
            return
        target.write(raw(content, random))
        return
    for _ in range(random.randrange(4)):
        inner = list(target.values() if isinstance(target, pikepdf.Dictionary) else ())
        inner = inner or (list(target) if isinstance(target, pikepdf.Array) else [])
        deeper = [kid for kid in inner if isinstance(kid, pikepdf.Dictionary | pikepdf.Array)]
        if not deeper:
            break
        target = random.choice(deeper)
    value = _value(pdf, random)
    if isinstance(target, pikepdf.Dictionary | pikepdf.Stream):
        key = random.choice([str(key) for key in target if key != "/Length"] or ["/K"])
        if random.random() < 0.3 and key in target:
            del target[key]
        else:
            target[key] = value
    elif isinstance(target, pikepdf.Array) and len(target):
        index = random.randrange(len(target))
        match random.randrange(3):
            case 0:
                del target[index]
            case 1:
                target[index] = value
            case _:
                for _ in range(random.choice((1, 1, 200))):
                    target.append(target[index])


def _value(pdf: pikepdf.Pdf, random: Random) -> object:
    match random.randrange(5):
        case 0:
            return random.choice(list(pdf.objects))
        case 1:
            return random.choice((0, -1, 7, 2**31, 10**19, True, None))
        case 2:
            return pikepdf.Name(random.choice(("/P", "/Span", "/Artifact", "/Form", "/H9", "/Identity-H", "/Type0")))
        case 3:
            return random.choice((b"", b"\xfe\xff\xd8\x00", b"text", b"\xfe\xff" + b"\x03\x01" * 40))
        case _:
            return random.choice((pikepdf.Array(), pikepdf.Dictionary()))


def _saved(pdf: pikepdf.Pdf) -> bytes:
    target = BytesIO()
    pdf.save(
        target,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
    )
    return target.getvalue()


def epub_inside(data: bytes, random: Random) -> bytes:
    """The bytes of one or two files in a book changed."""
    with zipfile.ZipFile(BytesIO(data)) as old:
        files = {name: old.read(name) for name in old.namelist()}
    texts = [name for name in files if name.endswith((".xhtml", ".opf", ".ncx", ".css", ".xml", ".svg"))]
    for name in random.sample(texts, random.choice((1, 1, 2))):
        files[name] = raw(files[name], random)
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as new:
        for name, content in files.items():
            new.writestr(name, content)
    return target.getvalue()


def flattened(data: bytes) -> bytes:
    """A PDF with nothing packed, so that changes of its bytes are changes of what they say."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return _saved(pdf)


PDF: tuple[Callable[[bytes, Random], bytes], ...] = (pdf_inside, pdf_inside, raw)
EPUB: tuple[Callable[[bytes, Random], bytes], ...] = (epub_inside, epub_inside, epub_inside, raw)
