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


def packed_twice(data: bytes) -> bytes:
    """A stream object of a few kilobytes, however large the data."""
    packed = zlib.compress(zlib.compress(data, 9), 9)
    return b"<</Filter [/FlateDecode /FlateDecode] /Length %d>>\nstream\n%b\nendstream" % (len(packed), packed)


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


def objects_in_stream(data: bytes, *, index: bytes, count: int, first: int, size: int) -> bytes:
    """A PDF whose objects from 10 on are said to be in stream 9; the first of them is the structure tree."""
    body = bytearray(b"%PDF-1.7\n")
    places = {}
    plain = {
        1: b"<</Type /Catalog /Pages 2 0 R /StructTreeRoot 10 0 R>>",
        2: b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        3: b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800]>>",
        9: stream(index + data, b"/Type /ObjStm /N %d /First %d" % (count, first)),
    }
    for number, content in plain.items():
        places[number] = len(body)
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    start = len(body)
    rows = [b"\x00\0\0\0\0\0\0"]
    for number in range(1, 10 + size):
        if number in places:
            rows.append(b"\x01" + places[number].to_bytes(4, "big") + b"\0\0")
        elif number >= 10:
            rows.append(b"\x02" + (9).to_bytes(4, "big") + min(number - 10, 65535).to_bytes(2, "big"))
        else:
            rows.append(b"\x00\0\0\0\0\0\0")
    entries = b"/Type /XRef /W [1 4 2] /Size %d /Root 1 0 R" % len(rows)
    body += b"8 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (stream(b"".join(rows), entries), start)
    return bytes(body)


def small_objects() -> bytes:
    """An object stream that unpacks to millions of empty arrays."""
    values = b"[" + b"[]" * 50_000 + b"]"
    count = 700
    size = len(values) + 1
    index = b" ".join(b"%d %d" % (10 + number, number * size) for number in range(count)) + b" "
    data = (values + b" ") * count
    return objects_in_stream(data, index=index, count=count, first=len(index), size=count)


def absent_objects() -> bytes:
    """The tree has a hundred thousand kids that stream 9 is said to hold; it holds one, and much else."""
    kids = b"<</Type /StructTreeRoot /K [%b]>>" % b" ".join(b"%d 0 R" % number for number in range(11, 90_011))
    index = b"10 0 "
    return objects_in_stream(kids + b" " * 500_000, index=index, count=1, first=len(index), size=90_001)


def laughing_elements() -> bytes:
    """Elements that are no objects of their own, twice in each of forty arrays: 2 to the 40th of them."""
    more = {number: b"[<</S /P /K %d 0 R>> <</S /P /K %d 0 R>>]" % (number + 1, number + 1) for number in range(20, 60)}
    return paged(TEXT, b"20 0 R", more={**more, 60: b"[0]"})


def laughing_forms() -> bytes:
    """Forms that draw the next one ten times: 10 to the 12th."""
    more = {
        number: stream(
            b"/X Do " * 10, b"/Type /XObject /Subtype /Form /Resources <</XObject <</X %d 0 R>>>>" % (number + 1)
        )
        for number in range(20, 60)
    }
    last = stream(b"BT (text) Tj ET", b"/Type /XObject /Subtype /Form")
    return paged(b"/X Do", resources=b"/XObject <</X 20 0 R>>", more={**more, 60: last})


def same_alternative() -> bytes:
    """A text alternative of a megabyte that a hundred thousand figures share."""
    kids = b" ".join(b"<</S /Figure /Alt 20 0 R>>" for _ in range(90_000))
    return paged(TEXT, b"[" + kids + b"]", more={20: b"(" + b"word " * 200_000 + b")"})


def same_long_name() -> bytes:
    """A structure type of four kilobytes that a hundred thousand elements share."""
    kids = b" ".join(b"<</S /X /K 0>>" for _ in range(90_000))
    roles = b"<</X /" + b"x" * 4000 + b">>"
    return paged(TEXT, b"[" + kids + b"]", more={4: b"<</Type /StructTreeRoot /RoleMap %b /K 5 0 R>>" % roles})


def mapped(cmap: bytes, shown: bytes) -> bytes:
    """A page that shows a string in a font with that ToUnicode map."""
    keys = b"/Encoding /Identity-H /ToUnicode 20 0 R /DescendantFonts [21 0 R]"
    font = b"<</Type /Font /Subtype /Type0 /BaseFont /X %b>>" % keys
    inner = b"<</Type /Font /Subtype /CIDFontType2 /BaseFont /X>>"
    content = b"/P <</MCID 0>> BDC BT /F 9 Tf (%b) Tj ET EMC" % shown
    return paged(content, more={7: font, 20: stream(cmap), 21: inner})


def every_code() -> bytes:
    return (
        b"".join(number.to_bytes(2, "big") for number in range(65536))
        .replace(b"\\", b"\\\\")
        .replace(b"(", b"\\(")
        .replace(b")", b"\\)")
    )


def many_lengths() -> bytes:
    """A map of codes by ten thousand ranges, all of one length."""
    font = b"<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding 20 0 R /DescendantFonts [<<>>]>>"
    return paged(TEXT, more={7: font, 20: stream(b"<00000000> <ffffffff> endcodespacerange " * 9_999)})


def wide_fonts() -> bytes:
    """Widths for two thousand million glyphs."""
    widths = b" ".join(b"%d %d 500" % (number * 65536, number * 65536 + 65535) for number in range(30_000))
    font = b"<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [21 0 R]>>"
    return paged(TEXT, more={7: font, 21: b"<</Type /Font /Subtype /CIDFontType2 /W [%b]>>" % widths})


def web_font() -> bytes:
    """A web font that unpacks to 256 MB where a TrueType font should be."""
    table = zlib.compress(b"\0" * 2**28, 9)
    head = (
        b"wOFF\0\1\0\0" + (64 + len(table)).to_bytes(4, "big") + b"\0\1\0\0" + (2**28).to_bytes(4, "big") + b"\0" * 24
    )
    entry = b"head" + (64).to_bytes(4, "big") + len(table).to_bytes(4, "big") + (2**28).to_bytes(4, "big") + b"\0" * 4
    file = head + entry + table
    font = b"<</Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [21 0 R]>>"
    inner = b"<</Type /Font /Subtype /CIDFontType2 /FontDescriptor <</FontFile2 22 0 R>>>>"
    return paged(TEXT, more={7: font, 21: inner, 22: stream(file)})


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


def missing_objects() -> bytes:
    """Ninety thousand references to nothing, in a file of five megabytes that is searched for each."""
    kids = b" ".join(b"%d 0 R" % number for number in range(100, 90_100))
    return paged(TEXT, b"[" + kids + b"]", more={20: b"(" + b"word " * 1_000_000 + b")"})


PDFS: dict[str, tuple[Bomb, str]] = {
    "pages in a circle": (lambda: pages(b"3 0 R 2 0 R", 2), "cyclic"),
    "pages in a long circle": (
        lambda: pages(b"20 0 R", 1, {20: b"<</Type /Pages /Kids [21 0 R]>>", 21: b"<</Type /Pages /Kids [2 0 R]>>"}),
        "cycl",
    ),
    "a hundred thousand pages claimed": (lambda: pages(b"3 0 R", 100_000), "no part of it"),
    "a hundred thousand times one page": (lambda: pages(b"3 0 R " * 99_000, 99_000), "10,000 pages"),
    "parents in a circle": (
        lambda: pages(b"3 0 R", 1, {3: b"<</Type /Page /Parent 20 0 R>>", 20: b"<</Type /Pages /Parent 20 0 R>>"}),
        "it is damaged",
    ),
    "elements in a circle": (lambda: paged(TEXT, b"[0 5 0 R 4 0 R]"), "no part of it"),
    "elements in arrays in a circle": (lambda: paged(TEXT, b"20 0 R", more={20: b"[<</S /P /K 20 0 R>>]"}), "too deep"),
    "elements in elements": (
        lambda: paged(TEXT, b"20 0 R", more={n: b"<</S /P /K %d 0 R>>" % (n + 1) for n in range(20, 2020)}),
        "too deep",
    ),
    "elements that laugh": (laughing_elements, "400,000 elements"),
    "one alternative for all": (same_alternative, "10,000,000 characters"),
    "one long name for all": (same_long_name, "no part of it"),
    "roles in a circle": (
        lambda: paged(TEXT, more={4: b"<</Type /StructTreeRoot /RoleMap <</P /X /X /Y /Y /X>> /K 5 0 R>>"}),
        "no part of it",
    ),
    "forms that laugh": (laughing_forms, "forms too deep within each other"),
    "a form in itself": (
        lambda: paged(
            b"/X Do",
            resources=b"/XObject <</X 20 0 R>>",
            more={20: stream(b"/X Do " * 3, b"/Type /XObject /Subtype /Form /Resources <</XObject <</X 20 0 R>>>>")},
        ),
        "forms too deep within each other",
    ),
    "a packed page of 256 MB": (lambda: paged(b" " * 2**28), "larger than in any file"),
    "a page packed twice": (
        lambda: paged(b"", more={6: packed_twice(b" " * 2**28)}),
        "larger than in any file",
    ),
    "two gigabytes claimed": (
        lambda: paged(b"", more={6: b"<</Length 2147483648>>\nstream\n" + TEXT + b"\nendstream"}),
        "larger than in any file",
    ),
    "arrays without end": (lambda: paged(b"[" * 30_000_000), "operands"),
    "dictionaries in each other": (lambda: paged(b"<</A " * 90_000), "operands"),
    "a million numbers in a line": (lambda: paged(TEXT + b"[" + b"1 " * 1_000_000 + b"] TJ"), "operands"),
    "one long number": (lambda: paged(TEXT + b"1" * 3_000_000 + b"x"), "malformed"),
    "images without end": (lambda: paged(TEXT + b"BI ID " * 200_000), "no part of it"),
    "states without end": (lambda: paged(TEXT + b"q " * 10_000_000), "within each other"),
    "marks without end": (lambda: paged(TEXT + b"/P BMC " * 1_000_000), "within each other"),
    "boxes over words": (
        lambda: paged(b"0 0 9 9 re f " * 60_000 + b"BT /F 9 Tf (a) Tj ET " * 60_000), "20,000,000 steps"
    ),
    "words that nobody sees": (
        lambda: paged(b"/P <</MCID 0>> BDC BT /F 9 Tf 3 Tr " + b"(a) Tj " * 50_000 + b"ET EMC"), "no part of it"
    ),
    "the same words for all": (
        lambda: paged(b"/P <</MCID 0>> BDC BT /F 9 Tf " + b"(a) Tj " * 9_000 + b"ET EMC", b"[" + b"0 " * 90_000 + b"]"),
        "1,000,000 pieces",
    ),
    "a word beyond all sheets": (lambda: paged((b"9" * 300 + b" 0 0 1 0 0 cm ") * 2 + TEXT), "no sheet"),
    "one string of many letters": (lambda: paged(b"BT /F 9 Tf (" + b"a" * 30_000_000 + b") Tj ET"), "characters"),
    "letters that are books": (
        lambda: mapped(b"<0061> <" + b"0061" * 100_000 + b"> endbfchar", b"\0a" * 10_000), "10,000,000 characters"
    ),
    "a map of four billion letters": (
        lambda: mapped(b"<00000000> <ffffffff> <0000> endbfrange", every_code()), "no part of it"
    ),
    "a map of many ranges": (
        lambda: mapped(b"<ff00> <ff01> <0061> endbfrange " * 300_000, every_code()), "20,000,000 steps"
    ),
    "a map of many lengths": (many_lengths, "256 ranges of codes"),
    "widths of everything": (wide_fonts, "no part of it"),
    "a web font in a PDF": (web_font, "no part of it"),
    "many links to many words": (many_links, "no part of it"),
    "references to nothing": (missing_objects, "looked through"),
    "a billion small objects": (small_objects, "larger than in any file"),
    "objects that are not there": (absent_objects, "bytes of objects"),
    "an object that is itself": (lambda: paged(TEXT, b"20 0 R", more={20: b"20 0 R"}), "it is damaged"),
    "objects in objects": (lambda: paged(TEXT, b"[" * 100_000), "not a PDF that can be read"),
    "tables before each other": (circling_tables, "it is damaged"),
    "names in a circle": (circling_names, "no part of it"),
    "an unknown lock": (
        lambda: pdf({1: b"<</Type /Catalog /Pages 2 0 R>>"}, b"/Encrypt <</Filter /Mine /V 9>>"), "encrypted"
    ),
}  # fmt: skip
