"""PDFs of which nobody can know what readers get: layers, actions, forms, notes; and what covers words."""

import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from tests.prove.press import assert_says, broken, good, untold

Edit = Callable[[pikepdf.Pdf], None]
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


def layered(default: Callable[[Any], Dictionary], **group: Any) -> Edit:
    """A white box in a layer of its own."""

    def edit(pdf: pikepdf.Pdf) -> None:
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="x", **group))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=default(layer))
        added(b"/OC /Zq BDC " + BOX + b" EMC", Properties=layer)(pdf)

    return edit


def exchanged(one: str, other: str) -> Edit:
    """Puts the line that starts at one place on the page at another, and that in its place."""

    def change(data: bytes) -> bytes:
        first, second = one.encode(), other.encode()
        assert first in data
        assert second in data
        return data.replace(first, b"@@").replace(second, first).replace(b"@@", second)

    return content(change)


WHITE = Array([Name.Indexed, Name.DeviceRGB, 0, String(b"\xff\xff\xff")])
NOT_TOLD = {
    "a layer that isn't printed": layered(
        lambda layer: Dictionary(ON=Array([layer])), Usage=Dictionary(Print=Dictionary(PrintState=Name.OFF))
    ),
    "a layer that is on and off": layered(lambda layer: Dictionary(ON=Array([layer]), OFF=Array([layer]))),
    "a script": of_root(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert('x')"))),
    "a portfolio": of_root(Collection=Dictionary(Type=Name.Collection)),
    "a form to fill in": of_root(AcroForm=Dictionary(Fields=Array([Dictionary(FT=Name.Tx, T=String("x"))]))),
    "a square without a form": note(Subtype=Name.Square, Rect=Array([30, 640, 570, 720]), IC=Array([1, 1, 1])),
    "a stamp": note(Subtype=Name.Stamp, Rect=Array([30, 740, 300, 820]), Name=Name.NotApproved),
}


@pytest.mark.parametrize("name", NOT_TOLD)
def test_what_nobody_can_know(name: str) -> None:
    data = edited(NOT_TOLD[name])
    assert untold(data, "handout")


@pytest.mark.parametrize(
    "edit",
    [
        added(BOX),
        added(b"/Zq cs 0 sc 30 640 540 90 re f", ColorSpace=WHITE),
        note(Subtype=Name.Square, Rect=Array([30, 640, 570, 720]), IC=Array([1, 1, 1])),
    ],
)
def test_whatever_covers_words(edit: Edit) -> None:
    assert "P5" in broken(edited(edit), "handout")


def test_a_name_with_two_places() -> None:
    def edit(pdf: pikepdf.Pdf) -> None:
        names = pdf.Root.Names.Dests.Names
        names.insert(0, Array([pdf.pages[0].obj, Name.XYZ, 0, 840, 0]))
        names.insert(0, String("reference-1"))

    assert "P4" in broken(edited(edit), "handout")


def test_grades_in_each_other_s_places() -> None:
    with pikepdf.open(BytesIO(good("handout"))) as pdf:
        page = pdf.pages[0].obj.Contents.read_bytes()
    rows = [found[1].decode() for found in re.finditer(rb"(1 0 0 -1 487\.5\S+ \S+ Tm)", page)]
    assert len(rows) > 3
    assert_says(broken(edited(exchanged(rows[-4], rows[-2])), "handout"), "P5", "below the row before its own")
