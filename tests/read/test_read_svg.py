"""Drawings as editors write them: what stays, what is dropped in silence, and how large they are."""

import pytest
from lxml import etree

from atlas_print.problems import Problem
from atlas_print.read.figures.svg import rebuild_svg
from atlas_print.read.source import Source

SVG = "http://www.w3.org/2000/svg"


def rebuilt(inner: str = "", attributes: str = 'viewBox="0 0 20 10"', before: str = "") -> tuple[str, float, float]:
    text = f'{before}<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" {attributes}>{inner}</svg>'
    problems: list[Problem] = []
    found = rebuild_svg(Source("x.svg", text), problems)
    assert problems == []
    assert found is not None
    data, width, height = found
    return etree.tostring(etree.fromstring(data), encoding="unicode"), width, height


def drawn(inner: str) -> str:
    """What the rebuilt drawing holds."""
    text = rebuilt(inner)[0]
    return text[text.index(">") + 1 : text.rindex("</svg>")] if "</svg>" in text else ""


@pytest.mark.parametrize(
    "inner",
    [
        '<rect x="1" y="-2.5e-3" width="3" height="4" fill="rgba(1, 2, 3, .5)" transform="rotate(45) scale(2)"/>',
        '<defs><linearGradient id="a"><stop offset="0" stop-color="hsl(1,2%,3%)"/></linearGradient></defs>'
        '<circle cx="1" cy="1" r="1" fill="url(#a)"/>',
        '<text x="1" y="2" xml:lang="fr" xml:space="preserve">souffle <tspan dy="1">ខ្យល់ &lt; &amp;</tspan> !</text>',
        '<clipPath id="c"><rect width="1" height="1"/></clipPath><g clip-path="url(#c)"><path d="M0 0L1 1z"/></g>',
        '<title>A title</title><desc>Described.</desc><g id="p"><path d="M0 0"/></g><use href="#p" x="3"/>',
    ],
)
def test_what_is_drawn_stays_as_it_was(inner: str) -> None:
    assert drawn(inner) == inner


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<!-- note --><?target x?><path d='M0 0'/>", '<path d="M0 0"/>'),
        ('<metadata><a xmlns="urn:x">x</a></metadata><g/>', "<g/>"),
        ('<x:y xmlns:x="urn:inkscape" x:z="1"/><g xmlns:x="urn:inkscape" x:label="Layer"/>', "<g/>"),
        ('<g class="a" role="img" aria-label="x" data-x="1" tabindex="0"/>', "<g/>"),
        (
            '<g style="fill:#ff0000; stroke : none;-inkscape-font-specification:Arial;filter:none"/>',
            '<g fill="#ff0000" stroke="none"/>',
        ),
        ('<g id="p"/><use xlink:href="#p"/>', '<g id="p"/><use href="#p"/>'),
        ("<text>a&#160;b<![CDATA[ < c]]></text>", "<text>a\u00a0b &lt; c</text>"),
    ],
)
def test_what_nobody_sees_is_dropped_and_what_is_styled_becomes_plain(inner: str, expected: str) -> None:
    assert drawn(inner) == expected


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 20 10"', (20, 10)),
        ('viewBox="-5,-5 20.5,10" width="100%" height="2in"', (20.5, 10)),
        ('width="20" height="10px"', (20, 10)),
        ('width="1in" height=".5in"', (96, 48)),
        ('width="25.4mm" height="2.54cm"', (96, 96)),
        ('width="72pt" height="1e2"', (96, 100)),
    ],
)
def test_a_drawing_is_as_large_as_its_view_or_its_sides(attributes: str, size: tuple[float, float]) -> None:
    text, width, height = rebuilt("<g/>", attributes)

    assert (width, height) == pytest.approx(size)
    assert "width" not in text
    assert "viewBox" in text


def test_the_harmless_doctype_of_older_editors_is_dropped() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'

    assert "DOCTYPE" not in rebuilt("<g/>", before=f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n')[0]


def test_a_problem_stands_where_its_tag_and_attribute_start() -> None:
    inner = '<!-- <a href="x"> -->\n  <g/><g\n    id="x"\n    onload="x()"/>\n'
    text = f'<svg xmlns="{SVG}"\n  viewBox="0 0 1 1">\n  {inner}</svg>'
    problems: list[Problem] = []

    assert rebuild_svg(Source("x.svg", text), problems) is None
    assert [str(problem.place) for problem in problems] == ["x.svg:6:5"]
