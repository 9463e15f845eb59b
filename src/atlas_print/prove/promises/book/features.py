"""P8 on a book: the features that it may claim, and for each what in the book is the reason."""

from collections.abc import Callable, Mapping

from atlas_print.prove.epub.navigation import PAGES, TOC, nav_entries
from atlas_print.prove.epub.styles import declarations
from atlas_print.prove.promises.book.reader_styles import judge_styles
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading

_LIFTED = {
    "float": ("left", "right", "inline-start", "inline-end"),
    "position": ("absolute", "fixed", "sticky"),
    "flex-direction": ("row-reverse", "column-reverse"),
}
"""Declarations that may show a text in another order than it is read."""


def pictures(reading: Reading) -> list[Element]:
    """The pictures that belong to the text: not the one on a cover, whose page says nothing."""
    return [picture for picture in reading.of(Role.FIGURE) if reading.text(picture.outermost)]


def is_told(reading: Reading, picture: Element) -> bool:
    """Whether what stands for a picture stands in the text of its file too."""
    file = picture.outermost
    return bool(picture.alt.strip()) and any(reading.words(squeeze(picture.alt), file.start, file.end))


def _alternative_text(reading: Reading, book: Book) -> str:
    del book
    silent = next((it for it in reading.of(Role.FIGURE) if not it.alt.strip()), None)
    if silent is not None:
        return f"no words for the picture at {silent.place}"
    return "" if pictures(reading) else "no picture"


def _long_description(reading: Reading, book: Book) -> str:
    del book
    untold = next((it for it in pictures(reading) if not is_told(reading, it)), None)
    if untold is not None:
        return f"no description in the text of the picture at {untold.place}"
    return "" if pictures(reading) else "no picture"


def _structural_navigation(reading: Reading, book: Book) -> str:
    del book
    above = 0
    for heading in reading.of(Role.HEADING):
        if heading.level > above + 1:
            return f"a heading of level {heading.level} at {heading.place}, behind one of level {above or 'none'}"
        above = heading.level
    return "" if above else "no heading"


def _reading_order(reading: Reading, book: Book) -> str:
    del reading
    lifted = (it for it in declarations(book) if it.value in _LIFTED.get(it.name, ()) or it.name == "order")
    return next((f"{it} at {it.place}" for it in lifted), "")


def _display_transformability(reading: Reading, book: Book) -> str:
    del reading
    return next((f"{finding.found} at {finding.where}" for finding in judge_styles(book)), "")


def _aria(reading: Reading, book: Book) -> str:
    del reading
    named = (name for document in book.documents for node in document.root.iter("{*}*") for name in node.attrib)
    return "" if any(str(name) == "role" or str(name).startswith("aria-") for name in named) else "no role in the text"


def _table_of_contents(reading: Reading, book: Book) -> str:
    del reading
    return "" if any(entry.kind == TOC for entry in nav_entries(book)) else "no list of contents"


def _page_navigation(reading: Reading, book: Book) -> str:
    del reading
    return "" if any(entry.kind == PAGES for entry in nav_entries(book)) else "no page list"


def _page_break_markers(reading: Reading, book: Book) -> str:
    del book
    return "" if reading.of(Role.PAGE_BREAK) else "no page break"


def _unlocked(reading: Reading, book: Book) -> str:
    del reading
    return "META-INF/encryption.xml" if "META-INF/encryption.xml" in book.files else ""


FEATURES: Mapping[str, Callable[[Reading, Book], str]] = {
    "alternativeText": _alternative_text,
    "ARIA": _aria,
    "displayTransformability": _display_transformability,
    "longDescription": _long_description,
    "pageBreakMarkers": _page_break_markers,
    "pageNavigation": _page_navigation,
    "readingOrder": _reading_order,
    "structuralNavigation": _structural_navigation,
    "tableOfContents": _table_of_contents,
    "unlocked": _unlocked,
}
"""What says why a feature is not in a book, or "" if it is."""
