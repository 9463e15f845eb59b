"""P8 on a large print: upright letters, headings at their size."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, NumberObject

from atlas_print.blocks import Figure
from tests.prove.press import assert_broken, atlas, broken, changed, good, printed, profiled, relaid, rewritten, topic

KIND = "large-print"
STYLE = "large-print/style.css"
END = "abbr { text-decoration: none }"


def bold(writer: PdfWriter) -> list[Any]:
    """The bold fonts of a file; a page may have its own dictionary for the same font."""
    resources: list[Any] = [page["/Resources"] for page in writer.pages]
    fonts = [font.get_object() for found in resources for font in found["/Font"].values()]
    return [font for font in fonts if "Bold" in font["/BaseFont"]]


def by_flag(writer: PdfWriter) -> None:
    for font in bold(writer):
        font["/DescendantFonts"][0].get_object()["/FontDescriptor"][NameObject("/Flags")] = NumberObject(4 + 64)


def by_angle(writer: PdfWriter) -> None:
    for font in bold(writer):
        font["/DescendantFonts"][0].get_object()["/FontDescriptor"][NameObject("/ItalicAngle")] = NumberObject(-9)


@pytest.mark.parametrize("edit", [by_flag, by_angle])
def test_an_italic_face(edit: Callable[[PdfWriter], None]) -> None:
    found = broken(rewritten(good(KIND), edit), KIND)
    assert_broken(found, "P8", "page 1: expected upright letters", "in slanted letters, and", "more on this page")


def test_letters_that_the_layout_slants() -> None:
    found = broken(relaid(KIND, {STYLE: [("figcaption {", "figcaption { transform: skewX(-10deg);")]}), KIND)
    assert_broken(found, "P8", "upright letters", "“Two legs at rest.” in slanted letters")


def test_turned_letters_are_not_slanted() -> None:
    turned = {STYLE: [("figcaption {", "figcaption { transform: rotate(-20deg) scale(1.2, 1.4);")]}
    found = broken(relaid(KIND, turned), KIND)
    assert_broken(found, "P8", "“Two legs at rest.” turned")
    assert len(found["P8"]) == 1


def test_a_slanted_label_of_a_drawing() -> None:
    first = topic().sections[0]
    figure = next(block for block in first.blocks if isinstance(block, Figure))
    label = b'<text x="4" y="12" font-size="4" transform="skewX(-12)">Leg</text></svg>'
    image = replace(figure.image, data=figure.image.data.replace(b"</svg>", label))
    blocks = tuple(replace(figure, image=image) if block is figure else block for block in first.blocks)
    sections = (replace(first, blocks=blocks), *topic().sections[1:])
    source = changed(atlas(), replace(topic(), sections=sections))
    assert_broken(broken(printed(KIND, source), KIND), "P8", "upright letters", "“Leg” in slanted letters")


@pytest.mark.parametrize(("rule", "promise"), [(".lede p", "P5"), (".disclaimer", "P1")])
def test_capitals_of_the_layout(rule: str, promise: str) -> None:
    found = broken(relaid(KIND, {STYLE: [(END, f"{END} {rule} {{ text-transform: uppercase }}")]}), KIND)
    assert promise in found


@pytest.mark.parametrize(("level", "profile", "least"), [(1, "clear-18", 28), (2, "aph-18", 22), (3, "giant-24", 26)])
def test_a_heading_a_little_smaller(level: int, profile: str, least: int) -> None:
    smaller = {STYLE: [(f"font-size: {{{{ h{level} }}}}pt", f"font-size: {{{{ h{level} - 0.5 }}}}pt")]}
    source = profiled(profile)
    found = broken(relaid(KIND, smaller, source=source), KIND, source=source)
    assert_broken(found, "P8", f"H{level}: expected a heading of level {level} at {least} pt", f"at {least - 0.5} pt")


def test_one_small_letter_in_a_heading() -> None:
    found = broken(relaid(KIND, {STYLE: [(END, f"{END} h2::first-letter {{ font-size: 20pt }}")]}), KIND)
    assert_broken(found, "P8", "H2: expected a heading of level 2 at 22 pt or more", "at 20.0 pt")
