"""What is drawn on the pages of a PDF: lines, their baselines, the room around glyphs."""

from io import BytesIO
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf.generic import NameObject

from atlas_print.prove.pdf.runs import Matrix
from atlas_print.prove.reading.elements import Role, Room
from atlas_print.prove.reading.reading import Reading
from tests.prove.minimal import Pdf, line, stream


def truetype() -> bytes:
    """A font of 1,000 units to the em: an empty glyph, and one that reaches from -200 to 700."""
    pen = TTGlyphPen(None)
    for index, point in enumerate([(0, -200), (500, -200), (500, 700)]):
        (pen.lineTo if index else pen.moveTo)(point)
    pen.closePath()
    builder = FontBuilder(1000)
    builder.setupGlyphOrder([".notdef", "g"])
    builder.setupCharacterMap({103: "g"})
    builder.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "g": pen.glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0), "g": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupPost()
    file = BytesIO()
    builder.save(file)
    return file.getvalue()


def composite(pdf: Pdf, text: str, **descendant: Any) -> dict[str, Any]:
    """A font that shows glyph 1, "g", at code 1, which stands for a text."""
    descriptor = {"/Type": "/FontDescriptor", "/FontFile2": pdf.add(stream(truetype()))}
    kid = {"/Subtype": "/CIDFontType2", "/DW": 500, "/FontDescriptor": descriptor, "/CIDToGIDMap": "/Identity"}
    given = {**kid, **{f"/{key}": value for key, value in descendant.items()}}
    given_text = stream(b"1 beginbfchar <0001> <%b> endbfchar" % text.encode("utf-16-be").hex().encode())
    return {"/Subtype": "/Type0", "/BaseFont": "/G", "/Encoding": "/Identity-H", "/DescendantFonts": [given],
            "/ToUnicode": pdf.add(given_text)}  # fmt: skip


def shown(content: bytes, text: str = "g", **descendant: Any) -> Reading:
    pdf = Pdf(content)
    page: Any = pdf.writer.pages[0]
    page["/Resources"]["/Font"][NameObject("/G")] = pdf.add(composite(pdf, text, **descendant))
    return pdf.reading(("P", [0], {"/Pg": pdf.page(0)}))


GLYPHS = b"/P <</MCID 0>> BDC BT /G 10 Tf 1 0 0 1 50 700 Tm <00010001> Tj ET EMC"


def test_the_room_around_glyphs() -> None:
    assert _rounded(shown(GLYPHS)) == Room(left=50, right=540, top=93, bottom=698)
    raised = _rounded(shown(GLYPHS.replace(b"10 Tf", b"10 Tf 3 Ts")))
    assert (raised.top, raised.bottom) == (90, 701)
    assert _rounded(shown(GLYPHS.replace(b"1 0 0 1 50", b"0 1 -1 0 50"))) == Room(
        left=43, right=548, top=90, bottom=700
    )


def _rounded(reading: Reading) -> Room:
    room = reading.shown[0].room
    return Room(round(room.left), round(room.right), round(room.top), round(room.bottom))


def test_a_space_at_the_end_takes_no_room() -> None:
    pdf = Pdf(line("ab  ", 0, x=585))
    found = pdf.reading(("P", [0], {"/Pg": pdf.page(0)})).shown[0]
    assert found.is_on_page
    assert found.room.right >= 4


@pytest.mark.parametrize(
    ("x", "y", "edge"), [(-1, 700, "left"), (595, 700, "right"), (50, 794, "top"), (50, 1, "bottom")]
)
def test_glyphs_over_an_edge(x: int, y: int, edge: str) -> None:
    found = shown(GLYPHS.replace(b"50 700", b"%d %d" % (x, y))).shown[0]
    assert not found.is_on_page
    assert min(("left", "right", "top", "bottom"), key=lambda side: getattr(found.room, side)) == edge


def test_lines_of_blocks() -> None:
    pdf = Pdf(line("one", 0) + line("two", 1, y=685) + line("1.", 2, y=650) + line("item", 3, x=80, y=650))
    item = ("LI", [("Lbl", [2]), ("LBody", [("Link", [3])])])
    reading = pdf.reading(("P", [0, ("Span", [1])], {"/Pg": pdf.page(0)}), ("L", [item], {"/Pg": pdf.page(0)}))
    told = [(it.block.role, it.text, it.y, it.page) for it in reading.lines]
    assert told == [
        (Role.PARAGRAPH, "one", 700, 1),
        (Role.PARAGRAPH, "two", 685, 1),
        (Role.LABEL, "1.", 650, 1),
        (Role.GROUP, "item", 650, 1),
    ]


def test_text_in_a_link_alone() -> None:
    pdf = Pdf(line("link", 0))
    assert [it.block.role for it in pdf.reading(("Link", [0], {"/Pg": pdf.page(0)})).lines] == [Role.LINK]


def test_raised_signs_and_marks_stay_in_their_line() -> None:
    mark = b"q BT /F 10 Tf 1 0 0 1 50 697 Tm [(.) 500] TJ ET Q "
    raised = b"BT /F 6 Tf 1 0 0 1 67 704 Tm (2) Tj ET "
    text = b"/P <</MCID 0>> BDC " + mark + line("the") + raised + line("next", x=75) + b" EMC "
    pdf = Pdf(text + b"/P <</MCID 1>> BDC " + line("below", y=680) + b"EMC")
    lines = pdf.reading(("P", [0, 1], {"/Pg": pdf.page(0)})).lines
    assert [(it.text, it.y, it.smallest, it.largest) for it in lines] == [
        # A raised sign belongs to the word before it.
        (".the2 next", 700, 6, 10),
        ("below", 680, 10, 10),
    ]


def test_a_line_tells_its_actual_text_and_stands_where_its_letters_do() -> None:
    glyphs = b"q BT /F 10 Tf 1 0 0 1 50 696 Tm [(x) 500] TJ ET Q " + line("yz")
    pdf = Pdf(b"/P <</MCID 0>> BDC /Span <</ActualText (abc)>> BDC " + glyphs + b"EMC " + line("d", x=60) + b"EMC")
    lines = pdf.reading(("P", [0], {"/Pg": pdf.page(0)})).lines
    assert [(it.text, it.y) for it in lines] == [("abcd", 700)]


def test_lines_leave_out_what_is_not_read() -> None:
    pdf = Pdf(line("label", 0) + line("header") + line("  ", 1))
    figure = ("Figure", [0], {"/Pg": pdf.page(0), "/Alt": "A box."})
    assert pdf.reading(figure, ("P", [1], {"/Pg": pdf.page(0)})).lines == ()


def test_slanted_text_is_told_apart_on_a_line() -> None:
    slanted = b"BT /F 10 Tf 1 0 0.2 1 65 700 Tm (so) Tj ET "
    pdf = Pdf(line("not", 0) + b"/P <</MCID 1>> BDC " + slanted + b"EMC " + line("now", 2, x=75))
    shown = pdf.reading(("P", [0, 1, 2], {"/Pg": pdf.page(0)})).shown
    assert [(it.text, it.is_slanted) for it in shown] == [("not", False), ("so", True), ("now", False)]


@pytest.mark.parametrize(
    ("matrix", "expected"),
    [
        ((1, 0, 0, 1, 0, 0), False),
        ((0.75, 0, 0, -0.75, 5, 9), False),
        ((0, 2, -2, 0, 0, 0), False),
        ((3, 0, 0, 1, 0, 0), False),
        ((1, 0, 0.2, 1, 0, 0), True),
        ((0.6, 0.8, -0.7, 0.8, 0, 0), True),
        ((1, 0, 0.01, 1, 0, 0), False),
    ],
)
def test_slanted_matrices(matrix: tuple[float, float, float, float, float, float], expected: bool) -> None:
    assert Matrix(*matrix).slants() is expected
