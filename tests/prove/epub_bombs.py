"""EPUBs made to hurt whoever reads them, as recipes: each with a word of why it is refused, or of what it lacks."""

import struct
import zipfile
import zlib
from io import BytesIO

from tests.prove.minimal import document, epub
from tests.prove.pdf_bombs import Bomb

_XHTML = "application/xhtml+xml"


def repacked(*files: tuple[str | zipfile.ZipInfo, bytes], book: bytes | None = None) -> bytes:
    """A small book with these files besides or instead of its own."""
    names = {file if isinstance(file, str) else file.filename for file, _ in files}
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(book or epub("<p>text</p>"))) as old, zipfile.ZipFile(target, "w", 8) as new:
        for info in old.infolist():
            if info.filename not in names:
                new.writestr(info, old.read(info))
        for name, content in files:
            new.writestr(name, content)
    return target.getvalue()


def with_body(body: str, head: str = "") -> bytes:
    """A book of one document with that body; `head` stands before its root element."""
    return repacked(("EPUB/c1.xhtml", (head + document(body)).encode()))


def styled(css: str, body: str) -> bytes:
    """A book of one document with a style sheet."""
    item = '<item id="s" href="s.css" media-type="text/css"/>'
    return repacked(
        ("EPUB/c1.xhtml", document(body).replace("</head>", '<link rel="stylesheet" href="s.css"/></head>').encode()),
        ("EPUB/s.css", css.encode()),
        book=epub("", manifest=item),
    )


def entities() -> str:
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE html [<!ENTITY l0 "laugh">{lines}]>'


def lying_size() -> bytes:
    """A document that unpacks to 256 MB, and says that it is small."""
    data = bytearray(repacked(("EPUB/c1.xhtml", b" " * 2**28)))
    size = (2**28).to_bytes(4, "little")
    while (at := data.find(size)) >= 0:
        data[at : at + 4] = (500).to_bytes(4, "little")
    return bytes(data)


def overlapping() -> bytes:
    """A thousand documents that are all the same bytes of the file, behind headers that reach over each other."""
    names = [f"EPUB/d{number:03d}.xhtml" for number in range(1000)]
    items = "".join(f'<item id="{name[5:9]}" href="{name[5:]}" media-type="{_XHTML}"/>' for name in names)
    spine = "".join(f'<itemref idref="{name[5:9]}"/>' for name in names)
    text = document("<p>word</p>" * 50_000).encode()
    packed = zlib.compress(text, 9)[2:-4]
    data, rows = b"", b""
    with zipfile.ZipFile(BytesIO(epub(manifest=items, spine=spine))) as plain:
        for name in plain.namelist():
            content = plain.read(name)
            sizes = (zlib.crc32(content), len(content), len(content))
            rows += _row(name, zipfile.ZIP_STORED, sizes, len(data))
            data += _header(name, zipfile.ZIP_STORED, sizes, 0) + content
    sizes = (zlib.crc32(text), len(packed), len(text))
    length = len(_header(names[0], 0, sizes, 0))
    for behind, name in zip(reversed(range(1000)), names, strict=True):
        rows += _row(name, zipfile.ZIP_DEFLATED, sizes, len(data))
        # What lies between a header and its data is said to be of the header: all those behind it.
        data += _header(name, zipfile.ZIP_DEFLATED, sizes, behind * length)
    data += packed
    count = rows.count(b"PK\1\2")
    return data + rows + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, count, count, len(rows), len(data), 0)


def _header(name: str, method: int, sizes: tuple[int, int, int], extra: int) -> bytes:
    return struct.pack("<4s5H3L2H", b"PK\3\4", 20, 0, method, 0, 0, *sizes, len(name), extra) + name.encode()


def _row(name: str, method: int, sizes: tuple[int, int, int], offset: int) -> bytes:
    numbers = (20, 20, 0, method, 0, 0, *sizes, len(name), 0, 0, 0, 0, 0, offset)
    return struct.pack("<4s6H3L5H2L", b"PK\1\2", *numbers) + name.encode()


def twice() -> bytes:
    target = BytesIO(epub("<p>text</p>"))
    with zipfile.ZipFile(target, "a") as archive:
        # zipfile warns of a second file of one name.
        archive.writestr("EPUB/c2.xhtml", document("<p>other</p>"))
    return target.getvalue().replace(b"EPUB/c2.xhtml", b"EPUB/c1.xhtml")


def locked() -> bytes:
    """A book whose documents have a password."""
    data = bytearray(epub("<p>text</p>"))
    for mark, at in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        start = 0
        while (found := data.find(mark, start)) >= 0:
            data[found + at] |= 1
            start = found + 4
    return bytes(data)


EPUBS: dict[str, tuple[Bomb, str]] = {
    "a packed document of 256 MB": (lambda: repacked(("EPUB/c1.xhtml", b" " * 2**28)), "bytes of text"),
    "a size that lies": (lying_size, "not a ZIP archive"),
    "a document a thousand times": (
        lambda: repacked(
            ("EPUB/c1.xhtml", document("<p>word</p>" * 50_000).encode()),
            book=epub("", spine='<itemref idref="c1"/>' * 1000),
        ),
        "more than",
    ),
    "documents over each other": (overlapping, "more than"),
    "a hundred thousand files": (
        lambda: repacked(*((f"{number}", b"") for number in range(100_000))), "20,000 files packed into it"
    ),
    "two files of one name": (twice, "'EPUB/c1.xhtml'"),
    "a password": (locked, "is encrypted"),
    "entities that laugh in text": (lambda: with_body("<p>&l11;</p>", entities()), "not well-formed"),
    "entities that laugh in an attribute": (lambda: with_body('<p title="&l11;"/>', entities()), "not well-formed"),
    "an entity from outside": (
        lambda: with_body("<p>&x;</p>", '<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'), "says in itself"
    ),
    "a hundred thousand levels": (lambda: with_body("<b>" * 100_000 + "</b>" * 100_000), "not well-formed"),
    "two million elements": (lambda: with_body("<b/>" * 2_100_000), "tags and attributes"),
    "half a million elements": (lambda: with_body("<b/>" * 500_000), "elements"),
    "a long name": (lambda: with_body(f"<{'x' * 1_000_000}/>"), "not well-formed"),
    "a style sheet of five megabytes": (lambda: styled("a{color:red}" * 420_000, ""), "bytes of style sheets"),
    "many rules that hide": (lambda: styled("a{opacity:0}u{opacity:0}" * 45_000, "<b/>" * 1000), "no part of it"),
    "selectors that look around": (
        lambda: styled("b b b b b b b i {display:none}", "<b>" * 100 + "<u/>" * 100 + "<i/>" + "</b>" * 100),
        "no part of it",
    ),
    "selectors that look around without end": (
        lambda: styled("x b b b b b i {display:none}", "<b>" * 100 + "<i/>" + "</b>" * 100), "no part of it"
    ),
    "selectors among siblings": (lambda: styled("x ~ b {display:none}", "<b/>" * 50_000), "no part of it"),
    "selectors by number": (lambda: styled("b:nth-last-of-type(3) {display:none}", "<b/>" * 50_000), "no part of it"),
    "many selectors for much": (
        lambda: styled(",".join(["a"] * 10_000) + "{" + "opacity:0;" * 10_000 + "}", ""), "bytes of style sheets"
    ),
    "brackets in a style sheet": (lambda: styled("a{" * 100_000, ""), "no part of it"),
    "many long nothings": (lambda: styled(f"b{{opacity:{'0' * 4000}x}}" * 900, "<b/>"), "no part of it"),
    "a long blank": (
        lambda: with_body(f'<p style="color: rgb(0,{" " * 1_000_000}x)">text</p>'), "no part of it"
    ),
}  # fmt: skip
