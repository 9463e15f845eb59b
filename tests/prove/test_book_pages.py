"""Books whose page breaks, page list or named PDF were changed: each change breaks P8, and a finding says where."""

import re
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfWriter

from atlas_print.prove import Outcome
from tests.prove.bindery import (
    STARTER,
    STARTER_SLUG,
    access,
    assert_found,
    atlas,
    book,
    markers,
    moved,
    pdfs,
    remade,
    rewritten,
    text_of,
    told,
)
from tests.prove.press import SAMPLE, SLUG, good

Edit = tuple[str, str, str]
NAV, NCX, OPF, TEXT = "nav.xhtml", "toc.ncx", "content.opf", f"{SLUG}.xhtml"
PDF = f"{SLUG}-large-print.pdf"
SOURCE = f'<meta property="pageBreakSource">{PDF}</meta>'
LINE = f'<li><a href="{TEXT}#page-4">4</a></li>\n'


@pytest.mark.parametrize(
    ("project", "slug"),
    [(SAMPLE, SLUG), (SAMPLE, "deep-sleep"), (SAMPLE, None), (STARTER, STARTER_SLUG), (STARTER, None)],
)
def test_a_good_book(project: Path, slug: str | None) -> None:
    verdict = access(book(slug, project), slug, atlas(project), pdfs(slug, project))
    assert told(verdict) == ""
    assert (verdict.outcome, verdict.reason) == (Outcome.KEPT, "")


# --- the page list and the names of page breaks -----------------------------------------------------------

CHANGES: dict[str, tuple[tuple[Edit, ...], tuple[str, ...]]] = {
    "a page not listed": (((NAV, LINE, ""),), (f"EPUB/{NAV}, page list", "1 to 8", "found 1 to 3, 5 to 8")),
    "a page listed twice": (((NAV, LINE, LINE * 2),), ("page list", "found 1 to 4, 4 to 8")),
    "two lines exchanged": (
        ((NAV, '#page-4">4<', "@"), (NAV, '#page-5">5<', '#page-4">4<'), (NAV, "@", '#page-5">5<')),
        ("page list", "found 1 to 3, 5, 4, 6 to 8"),
    ),
    "a line without a number": (((NAV, '#page-4">4<', '#page-4">iv<'),), ("page list", "1 to 3, no number, 5 to 8")),
    "a line to a heading": (((NAV, "#page-4", "#section-2"),), ("“4”", "the page break of “4”", "#sect")),
    "a line to another page": (((NAV, "#page-4", "#page-5"),), ("the page break of “4”", "one to tired", "#page-5")),
    "no list": (((NAV, '"page-list"', '"lot"'),), ("page list", "1 to 8", "found none")),
    "another list in the NCX": (((NCX, f'{TEXT}#page-4"', f'{TEXT}#page-5"'),), (f"EPUB/{NCX}", "another one")),
    "a wrong name": (((TEXT, 'label="page 4"', 'label="page 14"'),), ("div#page-4", "1 to 3, 14, 5 to 8")),
    "a name without a number": (((TEXT, 'label="page 4"', 'label="page"'),), ("page-4", "3, no number, 5")),
    "a name with two numbers": (((TEXT, 'label="page 4"', 'label="page 4 of 10"'),), ("page-4", "3, no number, 5")),
    "no name": (((TEXT, ' aria-label="page 4"', ""),), ("page-4", "3, no number, 5")),
    "no page break": (((TEXT, 'id="page-4" role="doc-pagebreak"', 'id="page-4"'),), ("1 to 3, 5 to 8",)),
    "two page breaks exchanged": (
        ((TEXT, '"page-4"', '"@"'), (TEXT, '"page-5"', '"page-4"'), (TEXT, '"@"', '"page-5"'),
         (TEXT, '"page 4"', '"@"'), (TEXT, '"page 5"', '"page 4"'), (TEXT, '"@"', '"page 5"')),
        ("page breaks for the pages 1 to 8", "1 to 3, 5, 4, 6 to 8"),
    ),
    "no PDF named": (((OPF, SOURCE, ""),), (f"EPUB/{OPF}", "pageBreakSource once for each topic", "found none")),
    "a PDF named twice": (((OPF, SOURCE, SOURCE * 2),), ("pageBreakSource once for each topic", f"“{PDF}”, “{PDF}”")),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_book(name: str) -> None:
    edits, says = CHANGES[name]
    assert_found(access(rewritten(book(), *edits)), *says)


def test_a_line_of_another_topic() -> None:
    other = rewritten(book(None), (NAV, ">Tired legs, page 3<", ">Deep sleep, page 3<"))
    assert_found(access(other, None), "page list", "found 1 to 2, no number, 4 to 8")
    nowhere = rewritten(book(None), (NAV, f"{TEXT}#page-3", "title.xhtml"), (NCX, f"{TEXT}#page-3", "title.xhtml"))
    assert_found(access(nowhere, None), "Tired legs, page 3", "a page of a topic", "title.xhtml")


# --- the PDF ----------------------------------------------------------------------------------------------


def test_a_pdf_that_is_not_at_hand() -> None:
    verdict = access(book())
    assert (verdict.outcome, verdict.findings) == (Outcome.KEPT, ())
    assert verdict.reason == f"{PDF} not at hand: page breaks judged by their numbers and order alone"


def test_a_pdf_that_cannot_be_read_is_not_at_hand() -> None:
    assert access(book(), at_hand={PDF: pdfs()[PDF][:3000]}).reason.startswith(f"{PDF} not at hand")


def test_a_book_without_pages() -> None:
    verdict = access(good("epub"))
    assert (verdict.outcome, verdict.findings, verdict.reason) == (Outcome.KEPT, (), "")
    assert_found(access(good("epub"), at_hand=pdfs()), f"pageBreakSource “{PDF}”", "none")
    named = rewritten(good("epub"), (OPF, "</metadata>", f"{SOURCE}</metadata>"))
    assert_found(access(named, at_hand=pdfs()), "the pages 1 to 8 of", "found none")
    assert_found(access(named), "pageBreakSource once for each topic with page breaks, 0 in all")


def test_another_name() -> None:
    renamed = rewritten(book(), (OPF, PDF, "other.pdf"))
    assert_found(access(renamed, at_hand=pdfs()), f"pageBreakSource “{PDF}”", "“other.pdf”")


def test_the_pdf_of_another_topic() -> None:
    (other,) = pdfs("deep-sleep").values()
    assert_found(access(book(), at_hand={PDF: other}), f"pageBreakSource “{PDF}”, of a topic of the book")


def pages_of(change: Callable[[PdfWriter], object]) -> dict[str, bytes]:
    writer = PdfWriter(clone_from=BytesIO(pdfs()[PDF]))
    change(writer)
    target = BytesIO()
    writer.write(target)
    return {PDF: target.getvalue()}


def test_a_page_more_in_the_pdf() -> None:
    verdict = access(book(), at_hand=pages_of(lambda writer: writer.add_blank_page()))
    assert_found(verdict, f"page breaks for the pages 1 to 9 of {PDF}", "found 1 to 8")
    assert_found(verdict, f"EPUB/{NAV}, page list", f"the pages 1 to 9 of {PDF}", "found 1 to 8")


# --- where page breaks stand ------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [-1, 1])
@pytest.mark.parametrize("slug", [SLUG, "deep-sleep"])
def test_each_page_break_one_word_off(slug: str, words: int) -> None:
    numbers = markers(text_of(book(slug), f"{slug}.xhtml"))
    assert numbers == list(range(1, len(numbers) + 1))
    for number in numbers[1 if words < 0 else 0 :]:
        off = remade(book(slug), f"{slug}.xhtml", partial(moved, number=number, words=words))
        verdict = access(off, slug, at_hand=pdfs(slug))
        assert_found(verdict, f"span#page-{number}:", f"page {number} as in {slug}-large-print.pdf, behind “…")
        assert len(verdict.findings) == 1, told(verdict)


def test_a_page_break_one_paragraph_off() -> None:
    heading = re.compile(r'(<div id="page-5"[^>]*/>)(<h2 id="section-5">.*?</h2>)', re.DOTALL)
    off = remade(book(), TEXT, lambda text: heading.sub(r"\2\1", text))
    assert_found(
        access(off, at_hand=pdfs()), "div#page-5", "before “What this means for you", "before “Rest before you"
    )


def test_a_page_break_off_in_the_book_of_all_topics() -> None:
    off = remade(book(None), TEXT, lambda text: moved(text, 4, 1))
    verdict = access(off, None, at_hand=pdfs(None))
    assert_found(verdict, f"EPUB/{TEXT}, span#page-4", "before “A closer look", "before “closer look")
    assert len(verdict.findings) == 1, told(verdict)


def test_a_missing_page_break() -> None:
    missing = remade(book(), TEXT, lambda text: re.sub(r'<div id="page-4"[^>]*/>', "", text))
    verdict = access(missing, at_hand=pdfs())
    assert_found(verdict, f"EPUB/{NAV}", "the page break of “4”", "#page-4")
    assert_found(verdict, "page breaks for the pages 1 to 8 of", "1 to 3, 5 to 8")
