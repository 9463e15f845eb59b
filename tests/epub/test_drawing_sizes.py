"""A drawing in a book is measured in the reader's type and in the height of the screen."""

import re
from dataclasses import replace

import pytest
from lxml import etree

from atlas_print.blocks import Image
from atlas_print.compose.figures import width_in_book
from tests.epub.test_lists_and_fonts import starter_book

SVG = "{http://www.w3.org/2000/svg}svg"
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 {}">{}</svg>'
LABEL = '<text font-size="20">Heart</text>'


def drawing(height: int, inner: str = LABEL) -> Image:
    return Image("x.svg", "image/svg+xml", DRAWN.format(height, inner).encode(), 400, height)


def bounds(image: Image) -> list[float]:
    """The widths that bound a drawing: plain, then the widest, the least and the share of the screen."""
    return [float(number) for number in re.findall(r"[\d.]+", width_in_book(image) or "")]


def test_labels_are_at_least_the_text_and_at_most_a_quarter_more() -> None:
    plain, widest, least, share = bounds(drawing(200))
    assert plain == pytest.approx(20, abs=0.1)
    assert least == plain
    assert widest == pytest.approx(25, abs=0.1)
    assert share == 90


def test_a_tall_drawing_leaves_half_of_the_screen() -> None:
    assert bounds(drawing(400))[3] == 45
    assert bounds(drawing(800))[3] == 22.5


def test_what_has_no_labels_has_no_bounds() -> None:
    assert width_in_book(drawing(200, "<path d='M0 0h9'/>")) is None
    assert width_in_book(replace(drawing(200), media_type="image/png")) is None


def test_the_box_around_a_drawing_is_measured_by_the_text() -> None:
    with starter_book() as book:
        text = next(name for name in book.namelist() if name.endswith("what-long-covid-is.xhtml"))
        drawn = list(etree.fromstring(book.read(text)).iter(SVG))
    assert drawn
    for svg in drawn:
        box = svg.getparent()
        assert box is not None
        assert "em" in box.get("style", "")
        assert svg.get("style") is None
