"""PDFs that show another thing than they seem to: an adversary made them, and each once passed."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.prove.press import assert_says, broken, good

Edit = Callable[[pikepdf.Pdf], None]
EVIL = Dictionary(S=Name.URI, URI=String("https://evil.example/"))
BOX = b"1 g 30 640 540 90 re f "


def edited(edit: Edit, kind: str = "handout") -> bytes:
    with pikepdf.open(BytesIO(good(kind))) as pdf:
        edit(pdf)
        target = BytesIO()
        pdf.save(target)
    return target.getvalue()


def content(change: Callable[[bytes], bytes]) -> Edit:
    """Changes the operators of the first page."""

    def edit(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        before = page.Contents.read_bytes()
        after = change(before)
        assert before != after
        page.Contents = pdf.make_stream(after)

    return edit


def added(more: bytes, **resources: Any) -> Edit:
    """Paints more on the first page, with more resources named /Zq."""

    def edit(pdf: pikepdf.Pdf) -> None:
        held = pdf.pages[0].obj.Resources
        for kind, value in resources.items():
            if f"/{kind}" not in held:
                held[f"/{kind}"] = Dictionary()
            held[f"/{kind}"]["/Zq"] = value
        content(lambda data: b"q " + data + b"\nQ\n/Artifact BMC " + more + b" EMC")(pdf)

    return edit


def note(**entries: Any) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots.append(pdf.make_indirect(Dictionary(Type=Name.Annot, F=4, **entries)))

    return edit


def of_root(**entries: Any) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        for key, value in entries.items():
            pdf.Root[f"/{key}"] = value

    return edit


def links(change: Callable[[Any], None]) -> Edit:
    """Changes the links of the first page that lead to a place."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for held in pdf.pages[0].obj.Annots:
            if "/Dest" in held:
                change(held)

    return edit


def layered(default: Callable[[Any], Dictionary], **group: Any) -> Edit:
    """A white box in a layer of its own."""

    def edit(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="x", **group))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=default(layer))
        added(b"/OC /Zq BDC " + BOX + b" EMC", Properties=layer)(pdf)

    return edit


def deep(pdf: pikepdf.Pdf) -> None:
    form: Any = pdf.make_stream(BOX)
    for _ in range(14):
        form.update(Dictionary(Subtype=Name.Form, BBox=Array([0, 0, 600, 850])))
        outer = pdf.make_stream(b"/X Do")
        outer.Resources = Dictionary(XObject=Dictionary(X=form))
        form = outer
    form.update(Dictionary(Subtype=Name.Form, BBox=Array([0, 0, 600, 850])))
    added(b"/Zq Do", XObject=form)(pdf)


def pattern(pdf: pikepdf.Pdf) -> None:
    cell = pdf.make_stream(BOX)
    box = Array([0, 0, 600, 850])
    cell.update(Dictionary(PatternType=1, PaintType=1, TilingType=1, BBox=box, XStep=600, YStep=850))
    added(b"/Pattern cs /Zq scn 0 0 595 842 re f", Pattern=cell)(pdf)


def widths(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].obj.Resources.Font.values():
        font.DescendantFonts[0].W = Array([])
        font.DescendantFonts[0].DW = 0


def vertical(pdf: pikepdf.Pdf) -> None:
    for font in pdf.pages[0].obj.Resources.Font.values():
        font.Encoding = Name("/Identity-V")


def exchanged(one: str, other: str) -> Edit:
    """Puts the line that starts at one place on the page at another, and that in its place."""

    def change(data: bytes) -> bytes:
        first, second = one.encode(), other.encode()
        assert first in data
        assert second in data
        return data.replace(first, b"@@").replace(second, first).replace(b"@@", second)

    return content(change)


WHITE = Array([Name.Indexed, Name.DeviceRGB, 0, String(b"\xff\xff\xff")])
SEEN_THROUGH = {
    "a layer that isn't printed": layered(
        lambda layer: Dictionary(ON=Array([layer])), Usage=Dictionary(Print=Dictionary(PrintState=Name.OFF))
    ),
    "a layer that is on and off": layered(lambda layer: Dictionary(ON=Array([layer]), OFF=Array([layer]))),
    "a script": of_root(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))),
    "a portfolio": of_root(Collection=Dictionary(Type=Name.Collection)),
    "a form to fill in": of_root(AcroForm=Dictionary(Fields=Array([Dictionary(FT=Name.Tx, T=String("x"))]))),
    "a square without a form": note(Subtype=Name.Square, Rect=Array([30, 640, 570, 720]), IC=Array([1, 1, 1])),
    "a stamp": note(Subtype=Name.Stamp, Rect=Array([30, 740, 300, 820]), Name=Name.NotApproved),
    "a link over all": note(Subtype=Name.Link, Rect=Array([0, 0, 595, 842]), A=EVIL),
    "a grown link": links(lambda held: held.__setitem__("/Rect", Array([0, 0, 595, 842]))),
    "a link to two places": links(lambda held: held.__setitem__("/A", EVIL)),
    "a pattern": pattern,
    "vertical lines": vertical,
    "a mask of letters": content(lambda data: b"BT 7 Tr ET 0 Tr " + data),
    "a white of its own": added(b"/Zq cs 0 sc", ColorSpace=WHITE),
    "marks with words": content(lambda data: re.sub(rb"(/Span\s*<<)", rb"\1/Alt (x) ", data, count=1)),
}
UNREADABLE = {"forms within forms": deep, "letters without a width": widths}


@pytest.mark.parametrize("name", SEEN_THROUGH)
def test_what_no_proof_sees_through(name: str) -> None:
    assert_says(broken(edited(SEEN_THROUGH[name]), "handout"), "P8", "nothing that the proof can't see through")


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_programs_read_in_different_ways(name: str) -> None:
    found = broken(edited(UNREADABLE[name]), "handout")
    assert_says(found, "P1", "the whole file", "a file that can be read")


def test_a_name_with_two_places() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        names = pdf.Root.Names.Dests.Names
        names.insert(0, Array([pdf.pages[0].obj, Name.XYZ, 0, 840, 0]))
        names.insert(0, String("reference-1"))

    assert "P4" in broken(edited(edit), "handout")


def test_a_file_with_two_ends() -> None:
    data = good("handout").rstrip()
    end = re.findall(rb"startxref\s+(\d+)", data)[-1]
    two = data.removesuffix(b"%%EOF") + b"%%EOF startxref " + end + b"\n"
    assert_says(broken(two, "handout"), "P1", "doesn't end as a PDF does")


@pytest.mark.parametrize("back", [b" 590 <0009> -590 ", b" 150 <> 150 <> 290 <0009> -590 "])
def test_letters_over_each_other(back: bytes) -> None:
    def change(data: bytes) -> bytes:
        return re.sub(rb"<0007>\d*<0009>", lambda _: b"<0007>" + back, data, count=1)

    assert_says(broken(edited(content(change)), "handout"), "P5", "from left to right")


def test_grades_in_each_other_s_places() -> None:
    with pikepdf.open(BytesIO(good("handout"))) as pdf:
        page = pdf.pages[0].obj.Contents.read_bytes()
    rows = [found[1].decode() for found in re.finditer(rb"(1 0 0 -1 412\.\S+ \S+ Tm)", page)]
    assert len(rows) > 2
    assert_says(broken(edited(exchanged(rows[-2], rows[-1])), "handout"), "P5", "below the row before its own")


def test_a_letter_as_a_blank() -> None:
    """The glyph of "2" is that of a space."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for font in pdf.pages[0].obj.Resources.Font.values():
            only = font.DescendantFonts[0]
            table = bytearray(b"".join(number.to_bytes(2, "big") for number in range(4096)))
            if isinstance(only.CIDToGIDMap, pikepdf.Stream):
                held = only.CIDToGIDMap.read_bytes()
                table[: len(held)] = held
            table[14:16] = table[6:8]
            only.CIDToGIDMap = pdf.make_stream(bytes(table))

    assert broken(edited(edit), "handout")
