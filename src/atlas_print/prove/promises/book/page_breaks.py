"""P8 on a book: it names the paged edition that it follows, and each marker stands where that page begins."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from atlas_print.prove.alignment import Alignment
from atlas_print.prove.promises.book.chapters import SOURCE, Chapter
from atlas_print.prove.promises.book.page_list import number_of
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.strand import Strand
from atlas_print.prove.verdicts import Finding

_SHOWN = 32
"""Characters shown on either side of a page break."""

_HELP_SOURCE = "name the PDF whose pages the book marks in its package document, one for each topic, and no other"
_HELP_PLACE = "build book and PDF together; each page of the PDF begins at the words behind its marker"


def judge_sources(book: Book, chapters: Sequence[Chapter], editions: Mapping[str, Reading]) -> Iterator[Finding]:
    """What is wrong with the names of the paged editions; those at hand have to be among them."""
    where, sources = book.package.path, book.meta(SOURCE)
    marked = sum(bool(chapter.page_breaks) for chapter in chapters)
    followed = {chapter.edition.name for chapter in chapters if chapter.edition is not None}
    for name in editions:
        if name not in sources:
            yield Finding(where, f"{SOURCE} “{name}”", _told(sources), _HELP_SOURCE)
    for name, count in Counter(sources).items():
        if count > 1:
            yield Finding(where, f"{SOURCE} “{name}” once", f"it, {count} times", _HELP_SOURCE)
        if name in editions and name not in followed:
            yield Finding(where, f"{SOURCE} for the topics of the book", f"“{name}”, of none of them", _HELP_SOURCE)
    if len(sources) != marked:
        expected = f"{SOURCE} for each topic with page breaks, {marked} in all"
        yield Finding(where, expected, _told(sources), _HELP_SOURCE)


def judge_page_breaks(chapter: Chapter) -> Iterator[Finding]:
    """Markers of a chapter that stand elsewhere than where their page begins in its edition."""
    edition = chapter.edition
    if edition is None:
        return
    pages = Strand(edition.reading, 0, len(edition.reading.flat))
    text = chapter.text
    alignment = Alignment(pages, text)
    for marker in chapter.page_breaks:
        number = number_of(marker)
        if number is None or not 1 <= number <= len(edition.reading.page_starts):
            continue
        begins = alignment.counterparts(pages.at(edition.reading.page_starts[number - 1]))
        stands = text.at(marker.start)
        if stands not in begins:
            expected = f"page {number} as in {edition.name}, {_around(text, begins[-1])}"
            yield Finding(marker.place, expected, _around(text, stands), _HELP_PLACE)


def _around(text: Strand, at: int) -> str:
    before, behind = text.excerpt(at - _SHOWN, at), text.excerpt(at, at + _SHOWN)
    return f"behind “…{before}” and before “{behind}…”"


def _told(sources: Sequence[str]) -> str:
    return ", ".join(f"“{name}”" for name in sources) or "none"
