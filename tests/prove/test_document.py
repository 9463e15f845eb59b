"""P8 on paper: links that a hand can find, where their words say; outline, titles and labels; headers of tables."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, NumberObject, TextStringObject

from tests.prove.press import assert_says, broken, good, links, repacked, rewritten, structure

OFF = ArrayObject(FloatObject(number) for number in (1, 1, 2, 2))


def each_link(change: Callable[[Any], None]) -> Callable[[PdfWriter], None]:
    def edit(writer: PdfWriter) -> None:
        for note in links(writer):
            change(note)

    return edit


def detached(writer: PdfWriter) -> None:
    for page in writer.pages:
        page.pop("/Annots", None)


@pytest.mark.parametrize(
    "edit",
    [
        detached,
        each_link(lambda note: note.update({NameObject("/Rect"): OFF})),
        each_link(lambda note: note.update({NameObject("/F"): NumberObject(2)})),
    ],
    ids=["on no page", "off its words", "hidden"],
)
@pytest.mark.parametrize("kind", ["large-print", "handout"])
def test_links_that_no_hand_can_find(kind: str, edit: Callable[[PdfWriter], None]) -> None:
    assert {"P3", "P4", "P8"} <= set(broken(rewritten(good(kind), edit), kind))


def test_an_address_that_leads_elsewhere() -> None:
    def edit(writer: PdfWriter) -> None:
        for note in links(writer):
            if "rest.example/topics" in str(note.get("/A", {}).get("/URI", "")):
                note["/A"][NameObject("/URI")] = TextStringObject("https://ads.example/")

    found = broken(rewritten(good("handout"), edit), "handout")
    assert_says(found, "P8", "a link to https://rest.example/topics", "a link to https://ads.example/")
    book = repacked(good("epub"), ('href="https://rest.example/topics', 'href="https://ads.example/topics'))
    assert_says(broken(book, "epub"), "P8", "a link to https://ads.example/topics")


def test_contents_that_lead_elsewhere() -> None:
    def edit(writer: PdfWriter) -> None:
        contents = [note for note in links(writer) if str(note.get("/Dest", "")).startswith("section-")]
        for note, other in pairwise(contents):
            note[NameObject("/Dest")] = other["/Dest"]

    assert_says(broken(rewritten(good("large-print"), edit), "large-print"), "P8", "a link to the heading")


# --- what a file says of itself ---------------------------------------------------------------------------


def root(key: str, value: Any) -> Callable[[PdfWriter], None]:
    def edit(writer: PdfWriter) -> None:
        if value is None:
            del writer.root_object[key]
        else:
            writer.root_object[NameObject(key)] = value

    return edit


def renamed(writer: PdfWriter) -> None:
    outlines: Any = writer.root_object["/Outlines"]
    outlines["/First"][NameObject("/Title")] = TextStringObject("Sold out")


def retitled(writer: PdfWriter) -> None:
    writer.metadata = {"/Title": "Another topic"}


STARTS = DictionaryObject(
    {
        NameObject("/Nums"): ArrayObject(
            [
                NumberObject(0),
                DictionaryObject({NameObject("/S"): NameObject("/D"), NameObject("/St"): NumberObject(5)}),
            ]
        )
    }
)


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (root("/MarkInfo", None), "MarkInfo"),
        (root("/Outlines", None), "an entry of the outline for"),
        (root("/PageLabels", STARTS), "the label “1”"),
        (renamed, "“Sold out” of the outline"),
        (retitled, "“Another topic”"),
    ],
)
def test_a_file_that_says_too_little_or_wrong(edit: Callable[[PdfWriter], None], said: str) -> None:
    found = broken(rewritten(good("large-print"), edit), "large-print")
    assert_says(found, "P8", said)


def test_a_page_that_leads_to_no_tags() -> None:
    def edit(writer: PdfWriter) -> None:
        tree: Any = writer.root_object["/StructTreeRoot"]
        tree["/ParentTree"][NameObject("/Nums")] = ArrayObject()

    assert_says(broken(rewritten(good("handout"), edit), "handout"), "P8", "ParentTree")


# --- tables -----------------------------------------------------------------------------------------------


def test_a_table_without_a_header() -> None:
    def edit(writer: PdfWriter) -> None:
        structure(writer, "/TH")[0][NameObject("/S")] = NameObject("/TD")

    assert_says(broken(rewritten(good("large-print"), edit), "large-print"), "P8", "a header cell for “Who”")
    book = repacked(good("epub"), ('<th scope="col">Who</th>', "<td>Who</td>"))
    assert_says(broken(book, "epub"), "P8", "a header cell for “Who”")


def test_headers_in_the_first_column() -> None:
    head = ('<th scope="col">', "<td>"), ("</th>", "</td>")
    data = repacked(good("epub"), *(head * 3))
    for first in ("Who", "Tired", "Rested"):
        data = repacked(data, (f"<td>{first}</td>", f'<th scope="row">{first}</th>'))
    assert broken(data, "epub") == {}


# --- running lines ----------------------------------------------------------------------------------------


def test_pages_with_numbers_of_others() -> None:
    def edit(writer: PdfWriter) -> None:
        writer.remove_page(1)

    found = broken(rewritten(good("large-print"), edit), "large-print")
    assert_says(found, "P5", "the number of page 2 of", "“Page3of")
