"""Ways to break a good large print: each function breaks a PDF in the one way that its name says, and in no other.

The file needs a figure, a table and a passage in another language.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    TextStringObject,
)

from tests.prove.press import links, remove, structure

Fault: TypeAlias = Callable[[PdfWriter], None]

# --- claims of the whole file -----------------------------------------------------------------------------


def no_markinfo(pdf: PdfWriter) -> None:
    del pdf.root_object["/MarkInfo"]


def no_displaydoctitle(pdf: PdfWriter) -> None:
    del pdf.root_object["/ViewerPreferences"]


def no_title(pdf: PdfWriter) -> None:
    _rename_in_metadata(pdf, b"dc:title", b"dc:source")


def no_pdfuaid(pdf: PdfWriter) -> None:
    _rename_in_metadata(pdf, b"/pdfua/ns/id/", b"/none/ns/id/")


def _rename_in_metadata(pdf: PdfWriter, old: bytes, new: bytes) -> None:
    metadata: Any = pdf.root_object["/Metadata"]
    metadata.set_data(metadata.get_data().replace(old, new))


# --- languages --------------------------------------------------------------------------------------------


def no_lang(pdf: PdfWriter) -> None:
    del pdf.root_object["/Lang"]


def bad_lang(pdf: PdfWriter) -> None:
    pdf.root_object[NameObject("/Lang")] = TextStringObject("plain English")


def another_lang(pdf: PdfWriter) -> None:
    pdf.root_object[NameObject("/Lang")] = TextStringObject("de")


def wrong_lang_part(pdf: PdfWriter) -> None:
    _foreign_passage(pdf)[NameObject("/Lang")] = TextStringObject("plain French")


def another_lang_part(pdf: PdfWriter) -> None:
    _foreign_passage(pdf)[NameObject("/Lang")] = TextStringObject("de")


def no_lang_part(pdf: PdfWriter) -> None:
    del _foreign_passage(pdf)["/Lang"]


def _foreign_passage(pdf: PdfWriter) -> Any:
    return next(span for span in structure(pdf, "/Span") if "/Lang" in span)


# --- figures ----------------------------------------------------------------------------------------------


def no_alt(pdf: PdfWriter) -> None:
    del structure(pdf, "/Figure")[0]["/Alt"]


def empty_alt(pdf: PdfWriter) -> None:
    structure(pdf, "/Figure")[0][NameObject("/Alt")] = TextStringObject(" ")


def no_bbox(pdf: PdfWriter) -> None:
    del structure(pdf, "/Figure")[0]["/A"]["/BBox"]


def bad_bbox(pdf: PdfWriter) -> None:
    box = structure(pdf, "/Figure")[0]["/A"]["/BBox"]
    box[2] = FloatObject(box[2] + 200)


# --- artifacts --------------------------------------------------------------------------------------------


def header_untagged(pdf: PdfWriter) -> None:
    """The running header of page 2 stands in no marked content."""
    page = pdf.pages[1]
    stream: Any = page.get_contents()
    kept = []
    are_header: list[bool] = []
    for operands, operator in stream.operations:
        if operator in (b"BDC", b"BMC"):
            are_header.append(operator == b"BDC" and operands[1].get("/Subtype") == "/Header")
        is_edge = operator in (b"BDC", b"BMC", b"EMC") and are_header[-1]
        if operator == b"EMC":
            are_header.pop()
        if not is_edge:
            kept.append((operands, operator))
    stream.operations = kept
    page.replace_contents(stream)


def real_as_artifact(pdf: PdfWriter) -> None:
    _make_artifact(pdf, _short(pdf), {"/Type": "/Pagination"})


def real_as_header(pdf: PdfWriter) -> None:
    _make_artifact(pdf, _short(pdf), {"/Type": "/Pagination", "/Subtype": "/Header"})


def _make_artifact(pdf: PdfWriter, paragraph: Any, properties: dict[str, str]) -> None:
    """Leaves no trace of a paragraph in the tree, and of its marks in the page."""
    remove(paragraph)
    slots = _slots(pdf, paragraph)
    for mcid in paragraph["/K"]:
        slots[mcid] = NullObject()
    artifact = DictionaryObject({NameObject(key): NameObject(value) for key, value in properties.items()})
    page = pdf.pages[paragraph["/Pg"]["/StructParents"]]
    stream: Any = page.get_contents()
    stream.operations = [
        ([NameObject("/Artifact"), artifact], operator)
        if operator == b"BDC" and operands[1].get("/MCID") in paragraph["/K"]
        else (operands, operator)
        for operands, operator in stream.operations
    ]
    page.replace_contents(stream)


# --- links ------------------------------------------------------------------------------------------------


def link_no_contents(pdf: PdfWriter) -> None:
    del links(pdf)[0]["/Contents"]


def link_not_in_link(pdf: PdfWriter) -> None:
    _retag(structure(pdf, "/Link")[0], "Span")


def link_in_no_element(pdf: PdfWriter) -> None:
    del structure(pdf, "/Link")[0]["/K"][0]


def annot_no_structparent(pdf: PdfWriter) -> None:
    del links(pdf)[0]["/StructParent"]


def no_tabs(pdf: PdfWriter) -> None:
    del pdf.pages[1]["/Tabs"]


def no_F(pdf: PdfWriter) -> None:  # noqa: N802  # the key's own name
    del links(pdf)[0]["/F"]


# --- headings ---------------------------------------------------------------------------------------------


def heading_skip(pdf: PdfWriter) -> None:
    _retag(structure(pdf, "/H3")[0], "H4")


def first_h2(pdf: PdfWriter) -> None:
    _retag(structure(pdf, "/H1")[0], "H2")


def empty_heading(pdf: PdfWriter) -> None:
    """A heading more, before the last one, that holds nothing."""
    last = structure(pdf, "/H2")[-1]
    section = last["/P"]
    heading = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/H2"),
            NameObject("/P"): section.indirect_reference,
            NameObject("/K"): ArrayObject(),
        }
    )
    section["/K"].insert(0, pdf._add_object(heading))


# --- tables, lists and notes ------------------------------------------------------------------------------


def th_no_scope(pdf: PdfWriter) -> None:
    del structure(pdf, "/TH")[0]["/A"]


def no_th(pdf: PdfWriter) -> None:
    for cell in structure(pdf, "/TH"):
        del cell["/A"]
        _retag(cell, "TD")


def li_no_lbody(pdf: PdfWriter) -> None:
    _retag(structure(pdf, "/LBody")[-1], "P")


def li_outside_L(pdf: PdfWriter) -> None:  # noqa: N802  # the element's own name
    """The second item of a list stands behind the list."""
    item = structure(pdf, "/LI")[1]
    whole = item["/P"]
    remove(item)
    around = whole["/P"]
    around["/K"].insert(around["/K"].index(whole.indirect_reference) + 1, item.indirect_reference)
    item[NameObject("/P")] = around.indirect_reference


def note_no_id(pdf: PdfWriter) -> None:
    _retag(_short(pdf), "Note")


# --- the tree ---------------------------------------------------------------------------------------------


def bad_role(pdf: PdfWriter) -> None:
    _retag(_short(pdf), "Absatz")


def reversed_order(pdf: PdfWriter) -> None:
    structure(pdf, "/Art")[0]["/K"].reverse()


def orphan_mcid(pdf: PdfWriter) -> None:
    """A paragraph in no element: its text is marked, and read to nobody."""
    remove(_short(pdf))


def mcid_twice(pdf: PdfWriter) -> None:
    kids = _short(pdf)["/K"]
    kids.append(kids[0])


def no_page(pdf: PdfWriter) -> None:
    del _short(pdf)["/Pg"]


def wrong_parent(pdf: PdfWriter) -> None:
    _short(pdf)[NameObject("/P")] = structure(pdf, "/Document")[0].indirect_reference


def parenttree_wrong(pdf: PdfWriter) -> None:
    slots = _slots(pdf, structure(pdf, "/H2")[0])
    slots[0], slots[-1] = slots[-1], slots[0]


def parenttree_wrong_link(pdf: PdfWriter) -> None:
    one, other = links(pdf)[:2]
    key = NameObject("/StructParent")
    one[key], other[key] = other[key], one[key]


# --- fonts ------------------------------------------------------------------------------------------------


def no_tounicode(pdf: PdfWriter) -> None:
    del _font(pdf)["/ToUnicode"]


def font_unembedded(pdf: PdfWriter) -> None:
    descriptor = _font(pdf)["/DescendantFonts"][0]["/FontDescriptor"]
    programs = [key for key in descriptor if key.startswith("/FontFile")]
    for key in programs:
        del descriptor[key]


def _font(pdf: PdfWriter) -> Any:
    fonts: Any = pdf.pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    return next(iter(fonts.values())).get_object()


# --- outline and page labels ------------------------------------------------------------------------------


def no_outlines(pdf: PdfWriter) -> None:
    del pdf.root_object["/Outlines"]


def outline_other_words(pdf: PdfWriter) -> None:
    _outline_top(pdf)["/First"][NameObject("/Title")] = TextStringObject("Elsewhere")


def outline_other_page(pdf: PdfWriter) -> None:
    _outline_top(pdf)["/First"]["/Dest"][0] = pdf.pages[-1].indirect_reference


def outline_other_level(pdf: PdfWriter) -> None:
    """The last entry comes out from under the title, to stand beside it."""
    top = _outline_top(pdf)
    last = top["/Last"]
    top[NameObject("/Last")] = last["/Prev"].indirect_reference
    del last["/Prev"]["/Next"]
    top[NameObject("/Next")] = last.indirect_reference
    last[NameObject("/Prev")] = top.indirect_reference
    last[NameObject("/Parent")] = top.raw_get("/Parent")


def page_labels_off_by_one(pdf: PdfWriter) -> None:
    labels: Any = pdf.root_object["/PageLabels"]
    labels["/Nums"][1][NameObject("/St")] = NumberObject(2)


def _outline_top(pdf: PdfWriter) -> Any:
    """The entry of the title."""
    outlines: Any = pdf.root_object["/Outlines"]
    return outlines["/First"]


# --- parts of a file --------------------------------------------------------------------------------------


def _retag(element: Any, type_: str) -> None:
    element[NameObject("/S")] = NameObject(f"/{type_}")


def _short(pdf: PdfWriter) -> Any:
    """The paragraph under the first heading of level 2, the short version; no promise is about it."""
    section = structure(pdf, "/H2")[0]["/P"]
    return section["/K"][1].get_object()


def _slots(pdf: PdfWriter, element: Any) -> Any:
    """The ParentTree's array for the page of an element."""
    root: Any = pdf.root_object["/StructTreeRoot"]
    numbers = root["/ParentTree"]["/Nums"]
    return numbers[numbers.index(element["/Pg"]["/StructParents"]) + 1]
