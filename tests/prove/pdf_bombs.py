"""PDFs made to hurt whoever reads them, as recipes: each with a word of why it is refused, or of what it lacks."""

import zlib
from collections.abc import Callable, Mapping

Bomb = Callable[[], bytes]


def pdf(objects: Mapping[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects; 1 is the catalog."""
    data = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, content in objects.items():
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(data)
    data += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        data += b"%d 1\n%010d 00000 n \n" % (number, place)
    data += b"trailer\n<</Size %d /Root 1 0 R %b>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, trailer, start)
    return bytes(data)


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """A stream object, packed."""
    packed = zlib.compress(data, 9)
    return b"<</Filter /FlateDecode /Length %d %b>>\nstream\n%b\nendstream" % (len(packed), entries, packed)


FONT = b"<</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>"


def paged(
    content: bytes,
    tree: bytes = b"[0]",
    resources: bytes = b"",
    more: Mapping[int, bytes] | None = None,
    trailer: bytes = b"",
) -> bytes:
    """A PDF of one page with that content, where one paragraph has `tree` as its kids; `more` objects come last."""
    return pdf(
        {
            1: b"<</Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R>>",
            2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
            3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 6 0 R"
            b" /Resources <</Font <</F 7 0 R>> %b>>>>" % resources,
            4: b"<</Type /StructTreeRoot /K 5 0 R>>",
            5: b"<</S /P /Pg 3 0 R /K %b>>" % tree,
            6: stream(content),
            7: FONT,
            **(more or {}),
        },
        trailer,
    )


TEXT = b"/P <</MCID 0>> BDC BT /F 9 Tf 50 50 Td (text) Tj ET EMC "


def pages(kids: bytes, count: int, more: Mapping[int, bytes] | None = None) -> bytes:
    """A PDF with those kids at the top of its page tree."""
    return pdf(
        {
            1: b"<</Type /Catalog /Pages 2 0 R /StructTreeRoot <</Type /StructTreeRoot>>>>",
            2: b"<</Type /Pages /Kids [%b] /Count %d>>" % (kids, count),
            3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 6 0 R"
            b" /Resources <</Font <</F 7 0 R>>>>>>",
            6: stream(TEXT),
            7: FONT,
            **(more or {}),
        }
    )


def same_alternative() -> bytes:
    """A text alternative of a megabyte that a hundred thousand figures share."""
    kids = b" ".join(b"<</S /Figure /Alt 20 0 R>>" for _ in range(90_000))
    return paged(TEXT, b"[" + kids + b"]", more={20: b"(" + b"word " * 200_000 + b")"})


def circling_names() -> bytes:
    """A tree of destinations that holds itself twice."""
    catalog = b"<</Type /Catalog /Pages 2 0 R /StructTreeRoot 4 0 R /Names <</Dests 20 0 R>>>>"
    return paged(TEXT, more={1: catalog, 20: b"<</Kids [20 0 R 21 0 R]>>", 21: b"<</Kids [20 0 R]>>"})


def circling_tables() -> bytes:
    """A cross-reference table that comes before itself."""
    data = paged(TEXT, trailer=b"/Prev 0000000000 ")
    return data.replace(b"/Prev 0000000000", b"/Prev %010d" % data.index(b"xref\n0 1"))


def many_links() -> bytes:
    """Thirty thousand links into a page with thirty thousand words; they lie on no page, so they lead nowhere."""
    line = b"BT /F 9 Tf 5 5 Td (a) Tj ET "
    note = b"<</Type /OBJR /Obj <</Subtype /Link /Dest [3 0 R /XYZ 0 0 0]>>>> "
    kids = b"[0 " + (b"<</S /Link /K " + note + b">>") * 30_000 + b"]"
    return paged(b"/P <</MCID 0>> BDC " + line * 30_000 + b"EMC", kids)


PDFS: dict[str, tuple[Bomb, str]] = {
    "pages in a circle": (lambda: pages(b"3 0 R 2 0 R", 2), "not a PDF"),
    "pages in a long circle": (
        lambda: pages(b"20 0 R", 1, {20: b"<</Type /Pages /Kids [21 0 R]>>", 21: b"<</Type /Pages /Kids [2 0 R]>>"}),
        "not a PDF",
    ),
    "a hundred thousand pages claimed": (lambda: pages(b"3 0 R", 100_000), "other pages in it"),
    "a hundred thousand times one page": (lambda: pages(b"3 0 R " * 99_000, 99_000), "10,000 pages"),
    "parents in a circle": (
        lambda: pages(b"3 0 R", 1, {3: b"<</Type /Page /Parent 20 0 R>>", 20: b"<</Type /Pages /Parent 20 0 R>>"}),
        "no part of it",
    ),
    "elements in a circle": (lambda: paged(TEXT, b"[0 5 0 R 4 0 R]"), "no part of it"),
    "elements in arrays in a circle": (lambda: paged(TEXT, b"20 0 R", more={20: b"[<</S /P /K 20 0 R>>]"}), "too deep"),
    "elements in elements": (
        lambda: paged(TEXT, b"20 0 R", more={n: b"<</S /P /K %d 0 R>>" % (n + 1) for n in range(20, 2020)}),
        "too deep",
    ),
    "one alternative for all": (same_alternative, "10,000,000 characters"),
    "roles in a circle": (
        lambda: paged(TEXT, more={4: b"<</Type /StructTreeRoot /RoleMap <</P /X /X /Y /Y /X>> /K 5 0 R>>"}),
        "no part of it",
    ),
    "many links to many words": (many_links, "no part of it"),
    "an object that is itself": (lambda: paged(TEXT, b"20 0 R", more={20: b"20 0 R"}), "no part of it"),
    "objects in objects": (lambda: paged(TEXT, b"[" * 100_000), "no part of it"),
    "tables before each other": (circling_tables, "no part of it"),
    "names in a circle": (circling_names, "no part of it"),
    "an unknown lock": (
        lambda: pdf({1: b"<</Type /Catalog /Pages 2 0 R>>"}, b"/Encrypt <</Filter /Mine /V 9>>"), "encrypted"
    ),
}  # fmt: skip
