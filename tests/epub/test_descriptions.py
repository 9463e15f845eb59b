"""An image of a book is described once for a voice: its name is short, and leads to the words in the text."""

from lxml import etree

from atlas_print.epub.descriptions import description

DOCUMENT = '<p><img alt="Described in words"{}/><span id="a">A <b>box</b>.</span></p>'


def of(attributes: str) -> str | None:
    return description(etree.fromstring(DOCUMENT.format(attributes))[0])


def test_a_description_is_what_details_lead_to() -> None:
    assert of(' aria-details="a"') == "A box."


def test_there_is_none_without_details_or_where_they_lead_nowhere() -> None:
    assert of("") is None
    assert of(' aria-details="b"') is None
