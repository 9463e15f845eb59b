"""Good PDFs with a few of their objects changed: each change is caught by the promise it is about."""

from collections.abc import Callable
from typing import Any

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, FloatObject, NameObject, TextStringObject

from tests.prove.press import PDFS, assert_broken, broken, good, links, relaid, remark, remove, rewritten, structure

Edit = Callable[[PdfWriter], None]

DISCLAIMER = {"large-print": 5, "handout": -3}
"""Which of the paragraphs is the disclaimer."""


def orphan(type_: str, index: int) -> Edit:
    """Takes a structure element out of the tree."""
    return lambda writer: remove(structure(writer, type_)[index])


def exchange(type_: str, first: int, second: int) -> Edit:
    """Lets each of two structure elements hold what the other holds."""

    def edit(writer: PdfWriter) -> None:
        one, other = structure(writer, type_)[first], structure(writer, type_)[second]
        for key in {"/K", "/Pg"} & one.keys() & other.keys():
            one[NameObject(key)], other[NameObject(key)] = other.raw_get(key), one.raw_get(key)

    return edit


def reorder(type_: str, index: int) -> Edit:
    """Puts a structure element before the one that it follows in the tree."""

    def edit(writer: PdfWriter) -> None:
        element = structure(writer, type_)[index]
        kids = element["/P"]["/K"]
        at = [kid.get_object() for kid in kids].index(element)
        kids[at - 1], kids[at] = kids[at], kids[at - 1]

    return edit


def readdress(old: str, new: str) -> Edit:
    """Lets the link to a web address lead to another."""

    def edit(writer: PdfWriter) -> None:
        action = next(link["/A"] for link in links(writer) if link.get("/A", {}).get("/URI") == old)
        action[NameObject("/URI")] = TextStringObject(new)

    return edit


def another_line(old: str, new: str) -> Edit:
    """Gives the link to a web address an annotation more, as for its second line, that leads to another."""

    def edit(writer: PdfWriter) -> None:
        note = next(link for link in links(writer) if link.get("/A", {}).get("/URI") == old)
        action = DictionaryObject({**note["/A"], NameObject("/URI"): TextStringObject(new)})
        other = writer._add_object(DictionaryObject({**note, NameObject("/A"): action}))
        entry = DictionaryObject({NameObject("/Type"): NameObject("/OBJR"), NameObject("/Obj"): other})
        for element in structure(writer, "/Link"):
            first: Any = element["/K"][0].get_object()
            if isinstance(first, dict) and first["/Obj"] == note:
                element["/K"].insert(0, entry)

    return edit


def redirect(old: str, new: Any, index: int = 0) -> Edit:
    """Lets one of the links to a named destination lead to another destination."""

    def edit(writer: PdfWriter) -> None:
        link = [link for link in links(writer) if link.get("/Dest") == old][index]
        link[NameObject("/Dest")] = new if not isinstance(new, str) else TextStringObject(new)

    return edit


def move_destination(name: str, to: str) -> Edit:
    """Lets a name stand for the place of another."""

    def edit(writer: PdfWriter) -> None:
        names: Any = writer.root_object["/Names"]["/Dests"]["/Names"]  # type: ignore[index]
        places = dict(zip(names[::2], names[1::2], strict=True))
        names[names.index(name) + 1] = places[to]

    return edit


def unlink(old: str) -> Edit:
    """Takes the annotation out of the structure element of a link."""

    def edit(writer: PdfWriter) -> None:
        for element in structure(writer, "/Link"):
            first: Any = element["/K"][0].get_object()
            if isinstance(first, dict) and first["/Obj"].get("/Dest") == old:
                del element["/K"][0]

    return edit


def as_artifact(kind: str) -> Edit:
    """Marks the disclaimer as an artifact."""

    def edit(writer: PdfWriter) -> None:
        mcids = structure(writer, "/P")[DISCLAIMER[kind]]["/K"]
        remark(writer.pages[0], lambda mark: mark.get("/MCID") in mcids)

    return edit


def page_top(number: int) -> Edit:
    """Lets a citation lead to the top of a page."""

    def edit(writer: PdfWriter) -> None:
        page = writer.pages[number].indirect_reference
        assert page is not None
        place = ArrayObject([page, NameObject("/XYZ"), FloatObject(0), FloatObject(2000), FloatObject(0)])
        redirect("reference-7", place)(writer)

    return edit


def both(edit: Edit) -> dict[str, Edit]:
    """The same edit for either kind of PDF."""
    return dict.fromkeys(PDFS, edit)


PUBMED = "https://pubmed.ncbi.nlm.nih.gov/"
PMC = "https://pmc.ncbi.nlm.nih.gov/articles/"
SLEEP = "https://doi.org/10.5555/sleep.5.2.1"
LEAD = "a link from 7 in [7] to reference 7"

CHANGES: dict[str, tuple[str, tuple[str, ...], dict[str, Edit]]] = {
    "no element": ("P1", ("no part of it",), {kind: orphan("/P", DISCLAIMER[kind]) for kind in PDFS}),
    "artifact": ("P1", ("no part of it",), {kind: as_artifact(kind) for kind in PDFS}),
    "a grade in no element": ("P2", ("What was measured", "no “Audit”"), {"large-print": orphan("/LI", 1)}),
    "a cell in no element": ("P2", ("“moderate” under", "“one trial; normal scans”"), {"handout": orphan("/TD", 1)}),
    "values exchanged": (
        "P2",
        ("moderate", "low-moderate"),
        {"large-print": exchange("/LBody", 0, 6), "handout": exchange("/TD", 1, 4)},
    ),
    "parts exchanged": ("P2", ("“well-founded” under “Audit”", "“moderate”"), {"handout": exchange("/P", 7, 8)}),
    "a header in no element": ("P2", ("no cell under a header “Based on”",), {"handout": orphan("/TH", 2)}),
    "rows in another order": ("P2 P4", ("in source order",), {"handout": reorder("/TR", 2)}),
    "a section's heading in no element": ("P8", ("What may cause it",), {"large-print": orphan("/H2", 4)}),
    "an entry in no element": ("P3 P4", ("reference 7", "no entry"), both(orphan("/LI", -2))),
    "a number in no element": ("P3 P4", ("reference 7", "no entry"), {"handout": orphan("/Lbl", -2)}),
    "entries in another order": ("P3", ("reference 7", "too early"), both(reorder("/LI", -2))),
    "another PMID behind a link": (
        "P3",
        (f"{PUBMED}3403251/", f"{PUBMED}34032519/"),
        both(readdress(f"{PUBMED}3403251/", f"{PUBMED}34032519/")),
    ),
    "another PMCID behind a link": (
        "P3",
        (f"{PMC}PMC8938726/", f"{PMC}PMC893872/"),
        {"handout": readdress(f"{PMC}PMC8938726/", f"{PMC}PMC893872/")},
    ),
    "another DOI behind a link": ("P3", (SLEEP, f"{SLEEP}0"), {"large-print": readdress(SLEEP, f"{SLEEP}0")}),
    "another DOI behind a line of a link": (
        "P3",
        (f"{SLEEP}0 and {SLEEP}",),
        {"large-print": another_line(SLEEP, f"{SLEEP}0")},
    ),
    "to another entry": ("P4", (LEAD, "a link to reference 6"), both(redirect("reference-7", "reference-6"))),
    "to an unknown name": ("P4", (LEAD, "no place in this file"), {"handout": redirect("reference-7", "reference-77")}),
    "to a page": ("P4", (LEAD,), {"large-print": page_top(0)}),
    "a name that moved": ("P4", (LEAD, "a link to reference 8"), both(move_destination("reference-7", "reference-8"))),
    "no annotation": ("P4", (LEAD, "no link"), both(unlink("reference-7"))),
    "back to another page": (
        "P4",
        ("from reference 5 back to", "page"),
        {"large-print": redirect("citation-5-3", "citation-5-1")},
    ),
    "back to another number on the page": (
        "P4",
        ("from reference 1 back to", "page 2"),
        {"large-print": redirect("citation-1-1", "citation-2-1")},
    ),
    "back to nowhere": ("P4", ("from reference 7 back to",), {"large-print": redirect("citation-7-1", "citation-7-2")}),
    "made on in no element": ("P7", ("made on", "Last reviewed 1 October 2026"), {"large-print": orphan("/P", -1)}),
    "both dates in no element": ("P7", ("last reviewed", "no date"), {"handout": orphan("/P", -2)}),
}


@pytest.mark.parametrize(("change", "kind"), [(change, kind) for change, row in CHANGES.items() for kind in row[2]])
def test_a_changed_pdf(change: str, kind: str) -> None:
    promises, said, edits = CHANGES[change]
    assert_broken(broken(rewritten(good(kind), edits[kind]), kind), promises, *said)


def test_a_disclaimer_in_the_running_footer_alone() -> None:
    edits = {
        "shared/topic.html": [('<p class="disclaimer">{{ atlas.disclaimer }}</p>', "")],
        "large-print/style.css": [("{{ page_label }}", "This atlas is made up")],
    }
    assert_broken(broken(relaid("large-print", edits), "large-print"), "P1", "no part of it")
