"""The colours of a drawing on a page of a theme, and on one of a reader's own."""

import pytest
from lxml import etree

from atlas_print.drawings.colours import adaptive, themed
from atlas_print.drawings.grounds import keeps_its_colours
from atlas_print.profiles import THEMES, contrast


def drawn(inside: str) -> etree._Element:
    return adaptive(f'<svg xmlns="http://www.w3.org/2000/svg">{inside}</svg>'.encode(), "one-")[0]


@pytest.mark.parametrize("ink", ["#1a1a1a", "black", "#000", "#003a70", "#333333"])
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


def test_the_lines_of_a_grid_stay_faint() -> None:
    line = drawn('<path stroke="#ebebeb"/>')
    assert [line.get("stroke"), line.get("stroke-opacity")] == ["currentColor", "0.3"]


def test_pale_letters_on_a_dark_shape_stay_pale() -> None:
    assert drawn('<text fill="#ffffff">a</text>').get("fill") == "#ffffff"


@pytest.mark.parametrize("text", ['<text fill="#fff">a</text>', '<g fill="white"><text>a</text></g>'])
@pytest.mark.parametrize("ground", ['<rect fill="#000"/>', '<rect fill="#1a1a1a"/>', '<rect fill="#003a70"/>'])
def test_a_dark_shape_stays_dark_under_pale_letters(ground: str, text: str) -> None:
    group = drawn(f"<g>{ground}{text}</g>")
    assert contrast(group[0].get("fill", ""), "#ffffff") >= 3
    assert group[1].get("fill") in ("#fff", "white")


def test_names_of_two_drawings_never_meet() -> None:
    group = drawn('<g><marker id="m"/><path marker-end="url(#m)"/><use href="#m"/><path fill="url(#m)"/></g>')
    assert [group[0].get("id"), group[1].get("marker-end"), group[2].get("href"), group[3].get("fill")] == [
        "one-m",
        "url(#one-m)",
        "#one-m",
        "url(#one-m)",
    ]


GRADIENT = '<linearGradient id="g"/>'
HUES = "".join(f'<path fill="{colour}"/>' for colour in ("#1f77b4", "#ff7f0e", "#2ca02c", "#d62728"))
SHADES = "".join(f'<path fill="#{shade}{shade}ff"/>' for shade in ("10", "30", "50", "70", "90", "a0", "b0"))


def whole(inside: str) -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-2 -1 20 10">{inside}</svg>'.encode()


@pytest.mark.parametrize(
    "inside",
    [
        HUES,
        SHADES,
        GRADIENT,
        '<image href="data:"/>',
        '<g style="mix-blend-mode: multiply"/>',
        '<path d="M -2 9 L 18 9 L 18 -1 L -2 -1 z" fill="#ffffff"/><path stroke="#1f77b4"/>',
        '<g transform="scale(1 1) translate(4 9)"><polygon fill="#eeeecc" points="-6,0 -6,-10 14,-10 14,0"/></g>'
        '<path stroke="#1f77b4"/>',
    ],
)
def test_what_means_something_by_its_colours_keeps_them(inside: str) -> None:
    assert keeps_its_colours(etree.fromstring(whole(inside)))


@pytest.mark.parametrize(
    "inside",
    [
        '<path stroke="#1f77b4"/><path fill="#003a70"/><text>a</text>',
        '<rect x="-2" y="-1" width="20" height="10" fill="#ffffff"/><path stroke="#888888"/>',
        '<rect x="-2" y="-1" width="10" height="10" fill="#ffffff"/><path stroke="#1f77b4"/>',
        '<rect x="-2" y="-1" width="20" height="10" fill="none"/><path stroke="#1f77b4"/>',
    ],
)
def test_few_colours_turn_with_the_page(inside: str) -> None:
    assert not keeps_its_colours(etree.fromstring(whole(inside)))


def test_what_keeps_its_colours_stands_on_white() -> None:
    plate = {"x": "-2", "y": "-1", "width": "20", "height": "10", "fill": "#ffffff"}
    dark, book = etree.fromstring(themed(whole(HUES), THEMES["dark"])), adaptive(whole(HUES), "one-")
    for root in (dark, book):
        assert {str(name): str(value) for name, value in root[0].items()} == plate
        assert [it.get("fill") for it in list(root)[1:]] == ["#1f77b4", "#ff7f0e", "#2ca02c", "#d62728"]


def test_a_ground_of_its_own_needs_no_plate() -> None:
    root = adaptive(whole('<rect x="-2" y="-1" width="20" height="10" fill="#eeeecc"/>' + HUES), "one-")
    assert root[0].get("fill") == "#eeeecc"
