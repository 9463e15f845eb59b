"""What a page shows of a text: letter by letter, in the box of its page, upright, in the letters of its typeface."""

from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, FloatObject, NameObject, NumberObject

from atlas_print.prove.promises.pages.lines import lines_on_each_other
from atlas_print.prove.promises.pages.page_and_voice import pages_in_order
from atlas_print.prove.reading.reading import Reading
from tests.prove.minimal import Pdf, line, of_pdf, stream
from tests.prove.press import assert_says, broken, good, rewritten

TEXT = line("abcdef", 0)
"""Each letter 5 pt wide, from 50 on."""


def read(content: bytes, entries: dict[str, Any] | None = None, **resources: Any) -> Reading:
    """What a paragraph of one page says; `entries` are more of the page."""
    pdf = Pdf(content)
    for kind, held in resources.items():
        named: Any = pdf.writer.pages[0]["/Resources"]
        named[NameObject(f"/{kind}")] = of_pdf({name: pdf.writer._add_object(of_pdf(it)) for name, it in held.items()})
    pdf.writer.pages[0].update(of_pdf(entries or {}))
    return pdf.reading(("P", [0], {"/Pg": pdf.page(0)}))


# --- letter by letter -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "left"),
    [
        (TEXT + b"1 g 65 690 99 30 re f", "abc"),
        (TEXT + b"1 g 60 690 10 30 re f", "abef"),
        (b"q 0 0 60 800 re W n " + TEXT + b"Q", "ab"),
        (b"0 g 0 0 60 800 re f 1 g " + TEXT, "ab"),
        # A line through words crosses them out; half of a letter is enough to know it by.
        (TEXT + b"1 g 0 702 600 1 re f", "abcdef"),
        (TEXT + b"1 g 67.6 690 99 30 re f", "abcd"),
    ],
)
def test_letters_that_are_not_seen(content: bytes, left: str) -> None:
    reading = read(content)
    assert reading.flat == left
    assert [it.text for it in reading.shown] == [left]


def test_a_voice_is_told_no_letters_that_nobody_sees() -> None:
    told = b"/P <</MCID 0>> BDC /Span <</ActualText (abc def)>> BDC " + line("abcdef") + b"EMC EMC "
    assert read(told).flat == "abcdef"
    reading = read(told + b"1 g 65 690 99 30 re f")
    assert reading.flat == "abc"
    assert reading.replaced == ()


FORM = {"/Subtype": "/Form", "/Group": {"/S": "/Transparency"}}


@pytest.mark.parametrize(
    ("state", "form", "is_seen"),
    [
        # Within a group opacity starts anew; that around it holds for all of it.
        ({"/ca": 0.1}, {**FORM, "/BBox": [0, 0, 600, 800]}, False),
        ({"/ca": 0.9}, {**FORM, "/BBox": [0, 0, 600, 800]}, True),
        ({}, {"/Subtype": "/Form", "/BBox": [0, 0, 40, 800]}, False),
        ({}, {"/Subtype": "/Form", "/BBox": [40, 690, 99, 720]}, True),
    ],
)
def test_text_in_a_form(state: dict[str, Any], form: dict[str, Any], is_seen: bool) -> None:
    held = stream(b"/full gs " + line("abcdef"), **{key[1:]: value for key, value in form.items()})
    states = {"/faint": state, "/full": {"/ca": 1.0}}
    reading = read(b"/P <</MCID 0>> BDC /faint gs /X Do EMC", XObject={"/X": held}, ExtGState=states)
    assert bool(reading.shown) is is_seen


@pytest.mark.parametrize(
    ("over", "resources"),
    [
        (b"/mixed gs 1 1 0 rg 0 0 600 800 re f", {"ExtGState": {"/mixed": {"/BM": "/Multiply"}}}),
        (b"600 0 0 800 0 0 cm /X Do", {"XObject": {"/X": stream(b"", Subtype="/Image", ImageMask=True)}}),
        (b"/Pattern cs /P scn 0 0 600 800 re f", {"Pattern": {"/P": {"/PatternType": 1}}}),
    ],
)
def test_what_lets_text_through(over: bytes, resources: dict[str, Any]) -> None:
    assert read(TEXT + over, **resources).flat == "abcdef"


# --- the page ---------------------------------------------------------------------------------------------


def test_the_box_of_a_page() -> None:
    reading = read(TEXT, {"/CropBox": [40, 600, 340, 750]})
    room = reading.shown[0].room
    assert [round(side) for side in (room.left, room.right, room.bottom)] == [10, 262, 100]
    # What lies beyond the sheet is told, and by its place.
    for box in ([60, 600, 340, 750], [0, 0, 600, 40]):
        reading = read(TEXT, {"/CropBox": box})
        assert (reading.flat, reading.shown[0].is_on_page) == ("abcdef", False)


def test_the_unit_of_a_page() -> None:
    shown = read(TEXT, {"/UserUnit": 2}).shown[0]
    assert (shown.size, shown.y, round(shown.room.left)) == (20, 1400, 101)


@pytest.mark.parametrize(
    ("turn", "place"), [(90, "0 1 -1 0 500 50"), (180, "-1 0 0 -1 550 100"), (270, "0 -1 1 0 100 750")]
)
def test_a_page_that_is_turned(turn: int, place: str) -> None:
    assert read(TEXT, {"/Rotate": turn}).shown[0].is_upright is False
    upright = TEXT.replace(b"1 0 0 1 50.000000 700.000000", place.encode())
    shown = read(upright, {"/Rotate": turn}).shown[0]
    assert (shown.is_upright, round(shown.room.left)) == (True, 50)


@pytest.mark.parametrize("entries", [{"/CropBox": [10, 10, 590, 790]}, {"/UserUnit": 2}, {"/Rotate": 180}])
def test_where_links_lead_on_such_a_page(entries: dict[str, Any]) -> None:
    pdf = Pdf(line("go", 0, y=600) + line("here", 1, y=500) + line("there", 2, y=400))
    pdf.writer.pages[0].update(of_pdf(entries))
    place = [pdf.page(0), "/XYZ", 60, 390 if "/Rotate" in entries else 410, None]
    on_page = {"/Pg": pdf.page(0)}
    link = ("Link", [0, pdf.link(Dest=place)], on_page)
    reading = pdf.reading(link, ("P", [1], on_page), ("P", [2], on_page))
    assert reading.elements[0].target is reading.elements[2]


@pytest.mark.parametrize("kind", ["large-print", "handout"])
@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("/Rotate", NumberObject(180), "upright"),
        ("/Rotate", NumberObject(90), "turned"),
        ("/UserUnit", FloatObject(0.5), "text of at least"),
    ],
)
def test_a_page_that_cannot_be_read(kind: str, key: str, value: Any, says: str) -> None:
    def edit(writer: PdfWriter) -> None:
        writer.pages[0][NameObject(key)] = value

    assert_says(broken(rewritten(good(kind), edit), kind), "P8", "page 1", says)


def test_a_crop_box_of_all() -> None:
    def edit(writer: PdfWriter) -> None:
        for page in writer.pages:
            page[NameObject("/CropBox")] = ArrayObject(map(FloatObject, (-50, -50, 5000, 5000)))
            page[NameObject("/Rotate")] = NumberObject(360)
            page[NameObject("/UserUnit")] = FloatObject(1)

    assert broken(rewritten(good("large-print"), edit), "large-print") == {}


# --- letters ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("matrix", "is_upright"),
    [
        ("1 0 0 1", True),
        ("1 0.05 -0.05 1", True),
        ("-1 0 0 1", False),
        ("1 0 0 -1", False),
        ("-1 0 0 -1", False),
        ("0 1 -1 0", False),
        ("0.9 0.4 -0.4 0.9", False),
    ],
)
def test_how_letters_stand(matrix: str, is_upright: bool) -> None:
    content = TEXT.replace(b"1 0 0 1 50", f"{matrix} 150".encode())
    assert read(content).shown[0].is_upright is is_upright
    # The page upside down, and the text once more, as many producers write it.
    flipped = b"1 0 0 -1 0 800 cm " + TEXT.replace(b"1 0 0 1 50.000000 700.000000", b"1 0 0 -1 50 100")
    assert read(flipped).shown[0].is_upright is True


def test_letters_that_are_narrowed_count_as_smaller() -> None:
    sizes = [read(TEXT.replace(b"BT", b"BT %d Tz" % part)).shown[0].size for part in (200, 100, 95, 45)]
    assert [round(size, 2) for size in sizes] == [10, 10, 10, 5]


# --- lines and pages --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("other", "is_good"),
    [
        (line("other", 1, y=702), False),
        (line("other", 1, y=698, x=60), False),
        (line("other", 1, y=706), True),
        (line("other", 1, y=702, x=90), True),
        # Bold, by printing it again; a number that reaches over the end of a word.
        (line("abcdef", 1, x=50.3), True),
        (line("1", 1, y=702, x=77), True),
    ],
)
def test_text_over_other_text(other: bytes, is_good: bool) -> None:
    pdf = Pdf(TEXT + other)
    reading = pdf.reading(*(("P", [mcid], {"/Pg": pdf.page(0)}) for mcid in (0, 1)))
    assert (list(lines_on_each_other(reading)) == []) is is_good


@pytest.mark.parametrize(("kind", "is_good"), [("P", False), ("H2", False), ("TD", True), ("Caption", True)])
def test_pages_in_another_order(kind: str, is_good: bool) -> None:
    pdf = Pdf(line("second", 0), line("first", 0))
    nodes: list[Any] = [(kind, [0], {"/Pg": pdf.page(number)}) for number in (1, 0)]
    reading = pdf.reading(("Table", nodes) if kind == "TD" else ("Sect", nodes))
    assert (list(pages_in_order(reading)) == []) is is_good


def _swapped(found: Callable[[bytes], bytes]) -> Callable[[PdfWriter], None]:
    def edit(writer: PdfWriter) -> None:
        contents = writer.pages[0].get_contents()
        assert contents is not None
        new = DecodedStreamObject()
        new.set_data(found(contents.get_data()))
        writer.pages[0][NameObject("/Contents")] = writer._add_object(new)

    return edit


def test_a_line_at_the_edge_of_the_sheet() -> None:
    data = rewritten(good("large-print"), _swapped(lambda data: data.replace(b"1 0 0 -1 94.", b"1 0 0 -1 4.", 1)))
    assert_says(broken(data, "large-print"), "P8", "at least 5 mm from the edge")


def test_a_page_with_the_number_of_another() -> None:
    def edit(writer: PdfWriter) -> None:
        writer.remove_page(writer.pages[-1])

    assert_says(broken(rewritten(good("large-print"), edit), "large-print"), "P5", "the number of page 1 of")
