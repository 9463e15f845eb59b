"""What a page shows and what a voice reads out of it must agree: layers, notes, text for a voice, drawings, order."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

from tests.making import atlas_of
from tests.prove.press import SAMPLE, assert_says, broken, good, printed, rewritten, structure, told, untold

LAYERED = "/OC /layer BDC\n"
BOX = ArrayObject(FloatObject(number) for number in (100, 100, 300, 130))


def contents(writer: PdfWriter, change: Callable[[bytes], bytes]) -> None:
    """Changes the content stream of every page."""
    for page in writer.pages:
        data = page.get_contents()
        assert data is not None
        stream = DecodedStreamObject()
        stream.set_data(change(data.get_data()))
        page[NameObject("/Contents")] = writer._add_object(stream)


def dictionary(**entries: Any) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in entries.items()})


def layered(default: Callable[[Any], DictionaryObject], membership: str = "") -> Callable[[PdfWriter], None]:
    """All pages in an optional content group, with a default configuration made from it."""

    def edit(writer: PdfWriter) -> None:
        group = writer._add_object(dictionary(Type=NameObject("/OCG"), Name=TextStringObject("Layer")))
        properties = dictionary(OCGs=ArrayObject([group]), D=default(group))
        writer.root_object[NameObject("/OCProperties")] = properties
        named = group
        if membership:
            named = writer._add_object(
                dictionary(Type=NameObject("/OCMD"), OCGs=ArrayObject([group]), P=NameObject(f"/{membership}"))
            )
        for page in writer.pages:
            resources: Any = page["/Resources"]
            resources[NameObject("/Properties")] = dictionary(layer=named)
        contents(writer, lambda data: LAYERED.encode() + data + b"\nEMC")

    return edit


def off(group: Any) -> DictionaryObject:
    return dictionary(OFF=ArrayObject([group]))


def base_off(group: Any) -> DictionaryObject:
    del group
    return dictionary(BaseState=NameObject("/OFF"))


def unprinted(group: Any) -> DictionaryObject:
    group.get_object()[NameObject("/Usage")] = dictionary(Print=dictionary(PrintState=NameObject("/OFF")))
    return dictionary()


@pytest.mark.parametrize("edit", [layered(off), layered(base_off), layered(unprinted), layered(off, "AnyOn")])
def test_a_layer_that_may_be_off(edit: Callable[[PdfWriter], None]) -> None:
    assert "a layer that" in untold(rewritten(good("handout"), edit), "handout")["P5"]


def test_a_layer_that_is_on() -> None:
    data = rewritten(good("handout"), layered(lambda group: dictionary(ON=ArrayObject([group]))))
    assert (broken(data, "handout"), untold(data, "handout")) == ({}, {})


# --- text for a voice -------------------------------------------------------------------------------------


def test_a_text_for_a_voice_that_the_page_does_not_show() -> None:
    def edit(writer: PdfWriter) -> None:
        contents(writer, lambda data: re.sub(rb"(/ActualText \()([a-zA-Z, ]{12,})", rb"\1never \2", data))

    assert_says(
        broken(rewritten(good("large-print"), edit), "large-print"), "P5", "for a voice as on the page", "never"
    )


@pytest.mark.parametrize("key", ["/ActualText", "/Alt"])
def test_an_element_that_says_something_else(key: str) -> None:
    def edit(writer: PdfWriter) -> None:
        structure(writer, "/P")[0][NameObject(key)] = TextStringObject("All is well.")

    assert_says(broken(rewritten(good("handout"), edit), "handout"), "P5", "for a voice as on the page", "All is well")


# --- what stands on the page for eyes alone -----------------------------------------------------------------


def artifact(text: bytes) -> Callable[[PdfWriter], None]:
    """A text in Helvetica on each page, marked as an artifact."""

    def edit(writer: PdfWriter) -> None:
        font = dictionary(
            Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"),
            Encoding=NameObject("/WinAnsiEncoding"),
        )  # fmt: skip
        for page in writer.pages:
            resources: Any = page["/Resources"]
            resources["/Font"][NameObject("/Stamp")] = font
        stamp = b"q /Artifact BMC BT /Stamp 20 Tf 0 g 1 0 0 1 20 400 Tm (%s) Tj ET EMC Q\n" % text
        contents(writer, lambda data: stamp + data)

    return edit


def test_words_that_no_voice_reads() -> None:
    found = broken(rewritten(good("handout"), artifact(b"Take 5 mg twice a day")), "handout")
    assert_says(found, "P5", "“Take 5 mg twice a day”, which no voice reads out")
    assert_says(found, "P6", "Take 5 mg")


def test_labels_that_no_voice_reads() -> None:
    found = broken(rewritten(good("handout"), artifact(b"Page 1 of 1")), "handout")
    assert not set(found) - {"P8"}, told(found)


def noted(subtype: str, **entries: Any) -> Callable[[PdfWriter], None]:
    def edit(writer: PdfWriter) -> None:
        note = dictionary(Type=NameObject("/Annot"), Subtype=NameObject(f"/{subtype}"), Rect=BOX, **entries)
        page = writer.pages[0]
        page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", ()), writer._add_object(note)])

    return edit


def drawn(writer: PdfWriter) -> None:
    """A stamp with an appearance of its own."""
    noted("Stamp", Contents=TextStringObject("A stamp"))(writer)
    form = DecodedStreamObject()
    form.set_data(b"BT /F 12 Tf 0 g 1 0 0 1 110 110 Tm (Sold out) Tj ET")
    font = dictionary(Type=NameObject("/Font"), Subtype=NameObject("/Type1"), BaseFont=NameObject("/Helvetica"))
    form.update(dictionary(Subtype=NameObject("/Form"), BBox=BOX, Resources=dictionary(Font=dictionary(F=font))))
    note: Any = writer.pages[0]["/Annots"][-1].get_object()  # type: ignore[index]
    note[NameObject("/AP")] = dictionary(N=writer._add_object(form))


WORDS = {"Contents": TextStringObject("Sold out")}


@pytest.mark.parametrize("edit", [noted("FreeText", **WORDS), noted("Text", **WORDS), noted("Stamp", **WORDS), drawn])
def test_a_note(edit: Callable[[PdfWriter], None]) -> None:
    assert "an annotation of the kind" in untold(rewritten(good("handout"), edit), "handout")["P5"]


@pytest.mark.parametrize(
    "edit",
    [noted("FreeText", F=NumberObject(2), **WORDS), noted("Popup", **WORDS)],
)
def test_a_note_that_nobody_sees(edit: Callable[[PdfWriter], None]) -> None:
    data = rewritten(good("handout"), edit)
    assert (broken(data, "handout"), untold(data, "handout")) == ({}, {})


def test_a_note_over_words_covers_them() -> None:
    def edit(writer: PdfWriter) -> None:
        drawn(writer)
        note: Any = writer.pages[0]["/Annots"][-1].get_object()  # type: ignore[index]
        note[NameObject("/Rect")] = ArrayObject(FloatObject(number) for number in (0, 0, 700, 900))
        form = note["/AP"]["/N"].get_object()
        form.set_data(b"1 g 100 100 200 30 re f")

    assert {"P1", "P5"} <= set(broken(rewritten(good("handout"), edit), "handout"))


IMAGE = b"q 99 0 0 99 20 20 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q\n"


def test_an_image_beside_the_figures() -> None:
    def edit(writer: PdfWriter) -> None:
        contents(writer, lambda data: b"/Artifact BMC " + IMAGE + b" EMC\n" + data)

    assert_says(broken(rewritten(good("handout"), edit), "handout"), "P5", "no other images")


def test_an_image_over_words_covers_them() -> None:
    over = IMAGE.replace(b"99 0 0 99 20 20", b"900 0 0 900 0 0")

    def edit(writer: PdfWriter) -> None:
        contents(writer, lambda data: b"q\n" + data + b"\nQ\n" + over)

    assert {"P1", "P5"} <= set(broken(rewritten(good("handout"), edit), "handout"))


# --- drawings ---------------------------------------------------------------------------------------------

FIGURE = re.compile(rb"(/Figure\s*<<[^>]*>>\s*BDC)(.*?)(\bEMC\b)", re.DOTALL)


def test_a_drawing_that_shows_nothing() -> None:
    def edit(writer: PdfWriter) -> None:
        contents(writer, lambda data: FIGURE.sub(rb"\1 \3", data))

    assert_says(broken(rewritten(good("large-print"), edit), "large-print"), "P5", "a figure that shows something")


def test_a_drawing_with_another_label(tmp_path: Path) -> None:
    """A label that the source lacks, and one that the file lacks."""
    shutil.copytree(SAMPLE, tmp_path, dirs_exist_ok=True)
    drawing = tmp_path / "content" / "figures" / "legs.svg"
    label = '<text x="4" y="12" font-size="3">76 of 100</text></svg>'
    drawing.write_text(drawing.read_text("utf-8").replace("</svg>", label), "utf-8")
    labelled = atlas_of(tmp_path)
    data = printed("large-print", labelled, project=tmp_path)
    assert "P5" not in broken(data, "large-print", source=labelled)
    for found in (broken(data, "large-print"), broken(good("large-print"), "large-print", source=labelled)):
        assert_says(found, "P5", "a drawing with", "the labels “76 of 100”")
        assert_says(found, "P6", "76 of 100")


# --- order ------------------------------------------------------------------------------------------------


def test_lines_shown_in_another_order() -> None:
    def edit(writer: PdfWriter) -> None:
        def swap(data: bytes) -> bytes:
            places = re.findall(rb"1 0 0 -1 [\d.]+ [\d.]+ Tm", data)
            first, last = places[2], places[-2]
            return data.replace(first, b"here").replace(last, first).replace(b"here", last)

        contents(writer, swap)

    assert_says(broken(rewritten(good("large-print"), edit), "large-print"), "P5", "which is read before it")
