"""The size of a drawing's labels, from which its width follows, and its colours on a page of a reader's own."""

import pytest
from lxml import etree

from atlas_print.compose.drawing import adaptive, smallest_label
from atlas_print.profiles import contrast


@pytest.mark.parametrize(
    ("inside", "smallest"),
    [
        ('<text font-size="26">a</text><text font-size="20px">b</text>', 20),
        ('<g font-size="26"><text>a<tspan font-size="30">b</tspan></text></g>', 26),
        ('<g font-size="26" transform="scale(0.5)"><text>a</text></g>', 13),
        ('<g font-size="10" transform="translate(4 4) scale(2, 8)"><text>a</text></g>', 40),
        ('<text font-size="10" transform="matrix(0 3 -3 0 5 5)">a</text>', 30),
        ('<g font-size="8"><text font-size="26">a</text></g>', 26),
        ('<text font-size="26"><tspan font-size="12"> </tspan>a</text>', 26),
        ("<text>a</text>", None),
        ('<text font-size="1.2em">a</text>', None),
        ('<text font-size="0">a</text>', None),
        ('<circle r="9"/>', None),
        ('<text font-size="." transform="scale()">a</text>', None),
        ('<text font-size="20" transform="matrix(1 2) scale()">a</text>', 20),
        ('<text font-size="20" transform="scale(.5-.5)">a</text>', 10),
    ],
)
def test_the_smallest_label(inside: str, smallest: float | None) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'
    assert smallest_label(drawing.encode()) == (None if smallest is None else pytest.approx(smallest))


def drawn(inside: str) -> etree._Element:
    return adaptive(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode(), "one-")[0]


@pytest.mark.parametrize("ink", ["#1a1a1a", "black", "#000", "#003a70"])
@pytest.mark.parametrize("paint", ["stroke", "fill"])
def test_ink_and_accent_follow_the_text_around_them(ink: str, paint: str) -> None:
    assert drawn(f'<path {paint}="{ink}"/>').get(paint) == "currentColor"


@pytest.mark.parametrize("colour", ["#8a1c1c", "#156b2c", "#ffcc00", "#8888ff"])
def test_another_colour_can_be_told_from_white_and_from_black(colour: str) -> None:
    found = drawn(f'<path stroke="{colour}"/>').get("stroke", "")
    assert min(contrast(found, "#ffffff"), contrast(found, "#000000")) >= 3


def test_nothing_paints_a_ground() -> None:
    assert drawn('<rect fill="white"/>').get("fill") == "none"
    tint = drawn('<rect fill="#eef4ff"/>')
    assert tint.get("fill") == "currentColor"
    assert float(tint.get("fill-opacity", "1")) < 0.2


def test_pale_letters_on_a_dark_shape_stay_pale() -> None:
    assert drawn('<text fill="#ffffff">a</text>').get("fill") == "#ffffff"


@pytest.mark.parametrize("text", ['<text fill="#fff">a</text>', '<g fill="white"><text>a</text></g>'])
@pytest.mark.parametrize("ground", ['<rect fill="#000"/>', '<rect fill="#1a1a1a"/>', '<rect fill="#003a70"/>'])
def test_a_dark_shape_stays_dark_under_pale_letters(ground: str, text: str) -> None:
    group = drawn(f"<g>{ground}{text}</g>")
    assert contrast(group[0].get("fill", ""), "#ffffff") >= 3
    assert group[1].get("fill") in ("#fff", "white")


def test_names_of_two_drawings_never_meet() -> None:
    group = drawn('<g><marker id="m"/><path marker-end="url(#m)"/><use href="#m"/><path fill="url(\'#m\')"/></g>')
    assert [group[0].get("id"), group[1].get("marker-end"), group[2].get("href"), group[3].get("fill")] == [
        "one-m",
        "url(#one-m)",
        "#one-m",
        "url('#one-m')",
    ]
