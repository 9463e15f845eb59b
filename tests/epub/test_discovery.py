"""Each claim about a book is made of what is in it, and not made where that is missing."""

from collections.abc import Sequence

import pytest
from lxml import etree

from atlas_print.epub.discovery import Contents, discover

HEAD = '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
FIGURE = '<div><figure><img src="x" alt="A leg."/></figure><p>In words: A leg.</p></div>'


def book(body: str, lists: Sequence[str] = ("toc",), style: str = "") -> Contents:
    nav = "".join(f'<nav epub:type="{kind}"/>' for kind in lists)
    return Contents(
        [etree.fromstring(f"{HEAD}<body>{body}</body></html>")], etree.fromstring(f"{HEAD}{nav}</html>"), style
    )


def test_a_whole_book_claims_all_of_it() -> None:
    page = '<span role="doc-pagebreak"/>'
    found = discover(
        book(f"<h1>T</h1>{page}{FIGURE}", ("toc", "page-list"), "h1 { font-size: 2em } p { border-color: red }")
    )
    assert found.modes == ("textual", "visual")
    assert found.sufficient == ("textual",)
    assert found.hazards == ("none",)
    assert found.features == (
        "tableOfContents",
        "readingOrder",
        "structuralNavigation",
        "displayTransformability",
        "ARIA",
        "alternativeText",
        "longDescription",
        "pageBreakMarkers",
        "pageNavigation",
    )


@pytest.mark.parametrize(
    ("lacks", "contents"),
    [
        ("tableOfContents", book(FIGURE, ())),
        ("readingOrder", book(FIGURE, style="img { float: left }")),
        ("structuralNavigation", book("<p>One</p>")),
        ("displayTransformability", book(FIGURE, style="h1 { margin: 0 } html, body { color: #111 }")),
        ("displayTransformability", book(FIGURE, style="@media screen { p { line-height: 2 } }")),
        ("displayTransformability", book(FIGURE, style="/* the text */ body { font-family: serif }")),
        ("ARIA", book("<p>One</p>")),
        ("alternativeText", book(FIGURE + '<img src="y" alt=" "/>')),
        ("alternativeText", book("<p>One</p>")),
        ("longDescription", book('<div><figure><img src="x" alt="A leg."/></figure></div>')),
        ("pageBreakMarkers", book(FIGURE, ("toc", "page-list"))),
        ("pageNavigation", book(FIGURE)),
    ],
)
def test_a_claim_needs_its_reason(lacks: str, contents: Contents) -> None:
    assert lacks not in discover(contents).features


def test_text_alone_is_not_enough_where_an_image_is_not_described() -> None:
    assert discover(book('<img src="x" alt=""/>')).sufficient == ("textual,visual",)


def test_a_drawing_in_the_document_is_an_image() -> None:
    drawing = (
        '<div><figure><svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="A leg."/></figure>A leg.</div>'
    )
    found = discover(book(drawing))
    assert found.modes == ("textual", "visual")
    assert {"alternativeText", "longDescription"} <= set(found.features)


def test_no_hazard_is_ruled_out_where_something_plays() -> None:
    assert discover(book('<video src="x"/>')).hazards == ("unknown",)
