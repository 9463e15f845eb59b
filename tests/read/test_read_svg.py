"""Drawings as editors write them: what stays, what is dropped in silence, and how large they are."""

import base64
from io import BytesIO

import pytest
from lxml import etree
from PIL import Image

from atlas_print.problems import Problem, Severity
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


def shown(element: etree._Element) -> dict[str, str]:
    return {str(name): str(value) for name, value in element.items()}


@pytest.mark.parametrize(
    "inner",
    [
        '<rect x="1" y="-0.0025" width="3" height="4" fill="#010203"/>',
        '<text x="1" y="2" xml:lang="fr" xml:space="preserve">souffle <tspan dy="1">ខ្យល់ &lt; &amp;</tspan> !</text>',
        '<g transform="rotate(45) scale(2)"><path d="M0 0L1 1z"/></g>',
        '<text font-size="7" letter-spacing="6" text-anchor="middle">Lungs</text>',
        '<rect width="3" height="4" style="mix-blend-mode: multiply"/>',
    ],
)
def test_what_is_plain_already_stays_as_it_was(inner: str) -> None:
    assert drawn(inner) == inner


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<!-- note --><?target x?><path d='M0 0'/>", '<path d="M0 0"/>'),
        ('<metadata><a xmlns="urn:x">x</a></metadata><title>A</title><desc>B</desc><g/>', "<g/>"),
        ('<x:y xmlns:x="urn:inkscape" x:z="1"/><g xmlns:x="urn:inkscape" x:label="Layer"/>', "<g/>"),
        ('<g class="a" role="img" aria-label="x" data-x="1" tabindex="0" id="u" onclick="x()"/>', "<g/>"),
        ('<a href="https://example.org"><path d="M0 0"/></a>', '<g><path d="M0 0"/></g>'),
        ("<text>a&#160;b<![CDATA[ < c]]></text>", "<text>a\u00a0b &lt; c</text>"),
        ('<filter id="f"><feFlood/></filter><clipPath id="c"><path d="M0 0"/></clipPath><g/>', "<g/>"),
        ('<rect pointer-events="all" shape-rendering="crispEdges" overflow="hidden" width="1"/>', '<rect width="1"/>'),
    ],
)
def test_what_nobody_sees_is_left_out(inner: str, expected: str) -> None:
    assert drawn(inner) == expected


@pytest.mark.parametrize(
    "inner",
    [
        '<g style="display:none"><text>draft</text></g>',
        '<g display="none"><text>draft</text></g>',
        '<style>.note { display: none }</style><g class="note"><text>draft</text></g>',
        '<text visibility="hidden">draft</text>',
        '<text opacity="0">draft</text>',
        '<text fill="none">draft</text>',
        '<g fill="rgb(0 0 0 / 0%)"><text>draft</text></g>',
    ],
)
def test_words_that_are_hidden_are_gone(inner: str) -> None:
    assert "draft" not in drawn(inner)


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ('<g style="fill:#ff0000; stroke : none;-inkscape-font-specification:Arial"/>', {"fill": "#ff0000"}),
        ('<g style="fill:#1b5e9e !important" fill="red"/>', {"fill": "#1b5e9e"}),
        ("<style>g { fill: red } .a { fill: blue }</style><g class='a' fill='lime'/>", {"fill": "#0000ff"}),
        ("<style>g { fill: red !important }</style><g style='fill: blue'/>", {"fill": "#ff0000"}),
        ("<style>@media print { g { fill: red } }</style><g/>", {"fill": "#ff0000"}),
        ("<style>@media (prefers-color-scheme: dark) { g { fill: red } }</style><g/>", {}),
        ("<style>:root { --ink: #123456 } g { fill: var(--ink, red) }</style><g/>", {"fill": "#123456"}),
        ("<style>g:not(.b):first-of-type { fill: hsl(0deg 100% 50%) }</style><g/>", {"fill": "#ff0000"}),
        ('<g fill="rgba(255, 0, 0, .5)" fill-opacity="0.5"/>', {"fill": "#ff0000", "fill-opacity": "0.25"}),
        ('<g color="#0000ff" stroke="currentColor"/>', {"stroke": "#0000ff"}),
        ('<g style="font: bold 26px/1.2 Arial, sans-serif"/>', {"font-size": "26", "font-weight": "700"}),
        ('<g font-size="18pt"/>', {"font-size": "24"}),
        ('<g style="font-size: 1.5em"/>', {"font-size": "24"}),
        ('<g stroke-width="1mm"/>', {"stroke-width": "3.7795276"}),
        ('<g style="transform: translate(10px, 5px) rotate(0.25turn)"/>', {"transform": "translate(10 5) rotate(90)"}),
        ('<g style="fill: oklch(62.8% 0.2577 29.23)"/>', {"fill": "#ff0000"}),
    ],
)
def test_what_is_declared_is_an_attribute_in_plain_values(inner: str, expected: dict[str, str]) -> None:
    root = etree.fromstring(rebuilt(inner)[0])
    assert shown(root[0]) == expected


def test_what_is_inherited_is_worked_out() -> None:
    root = etree.fromstring(
        rebuilt('<g font-size="20" fill="rgb(0 0 255 / 50%)"><g font-size="80%" fill="red"><path d="M0 0"/></g></g>')[0]
    )
    assert shown(root[0]) == {"font-size": "20", "fill": "#0000ff", "fill-opacity": "0.5"}
    assert shown(root[0][0]) == {"font-size": "16", "fill": "#ff0000", "fill-opacity": "1"}


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        (
            '<defs><path id="p" d="M0 0"/></defs><use xlink:href="#p" x="3" fill="red"/>',
            '<g fill="#ff0000" transform="translate(3 0)"><path d="M0 0"/></g>',
        ),
        (
            '<symbol id="s" viewBox="0 0 10 10" overflow="visible"><path d="M0 0"/></symbol>'
            '<use href="#s" x="1" y="2" width="5" height="5"/>',
            '<g transform="translate(1 2)"><g transform="translate(0 0) scale(0.5 0.5) translate(0 0)">'
            '<path d="M0 0"/></g></g>',
        ),
        (
            "<switch><foreignObject><p xmlns='urn:x'>a</p></foreignObject><text>b</text></switch>",
            "<g><text>b</text></g>",
        ),
        (
            '<switch><g requiredFeatures="x"/><a href="https://example.org"><text>Text is not SVG</text></a></switch>',
            "<g><g/></g>",
        ),
        ("<style>circle { cx: 4px; r: 2px }</style><circle/>", '<circle cx="4" r="2"/>'),
        ('<rect width="50%" height="50%"/>', '<rect width="10" height="5"/>'),
        ('<text style="text-transform: uppercase">air</text>', "<text>AIR</text>"),
    ],
)
def test_what_stands_for_something_else_is_that(inner: str, expected: str) -> None:
    assert drawn(inner) == expected


def test_a_drawing_within_is_a_group_in_its_window() -> None:
    inner = '<svg x="2" y="1" width="10" height="5" viewBox="0 0 20 10"><text>Lungs</text></svg>'
    root = etree.fromstring(rebuilt(inner)[0])
    window, group = root[0][0], root[1]
    assert [window[0].get(name) for name in ("x", "y", "width", "height")] == ["2", "1", "10", "5"]
    assert group.get("clip-path") == f"url(#{window.get('id')})"
    assert group[0].get("transform") == "translate(2 1) scale(0.5 0.5) translate(0 0)"


def test_parts_are_named_anew_and_held_together() -> None:
    inner = (
        '<linearGradient id="a b"><stop offset="50%" style="stop-color: red; stop-opacity: .5"/></linearGradient>'
        '<g id="x"><text>1</text></g><g id="x"/>'
        '<linearGradient id="=c" xlink:href="#a b" gradientUnits="userSpaceOnUse" x1="10%"/>'
        '<rect fill="url(#=c)"/>'
    )
    root = etree.fromstring(rebuilt(inner)[0])
    gradient = root[0][0]
    assert [str(it.get("id")) for it in root.iter("*") if it.get("id")] == [gradient.get("id")]
    assert root[-1].get("fill") == f"url(#{gradient.get('id')})"
    assert gradient.get("x1") == "2"
    assert shown(gradient[0]) == {"offset": "0.5", "stop-color": "#ff0000", "stop-opacity": "0.5"}


def test_a_picture_in_a_drawing_is_rebuilt() -> None:
    raster = Image.new("RGB", (4, 2), "red")
    data = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    raster.save(data, "JPEG", exif=exif)
    given = base64.b64encode(data.getvalue()).decode()
    root = etree.fromstring(rebuilt(f'<image width="8" xlink:href="data:image/jpeg;base64,{given}"/>')[0])
    found = base64.b64decode(root[0].get("href", "").partition(",")[2])
    assert [root[0].get("width"), root[0].get("height")] == ["8", "4"]
    assert b"camera" not in found
    assert Image.open(BytesIO(found)).size == (4, 2)


@pytest.mark.parametrize("inner", ["<rect><animate/></rect>", "<script>x()</script>"])
def test_what_acts_is_taken_out_and_told(inner: str) -> None:
    problems: list[Problem] = []
    source = Source("x.svg", f'<svg xmlns="{SVG}" viewBox="0 0 1 1">{inner}</svg>')

    assert rebuild_svg(source, problems) is not None
    assert [problem.severity for problem in problems] == [Severity.ADVICE]


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
    inner = '<!-- <use href="x"> -->\n  <g/><use\n    id="x"\n    href="y.svg#x"/>\n'
    text = f'<svg xmlns="{SVG}"\n  viewBox="0 0 1 1">\n  {inner}</svg>'
    problems: list[Problem] = []

    assert rebuild_svg(Source("x.svg", text), problems) is None
    assert [str(problem.place) for problem in problems] == ["x.svg:6:5"]
