"""What the navigation document and the NCX of a book list: tables of contents, landmarks, pages."""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas_print.prove.reading.book import NCX, TYPE, XHTML, Book, Document, Spot, place, spot, words
from atlas_print.prove.reading.elements import Element
from atlas_print.prove.reading.reading import Reading

TOC, PAGES = "toc", "page-list"
"""Kinds of lists that are looked for; there may be others."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: its words, where it leads (None: out of the book) and its place for a person."""

    kind: str
    title: str
    address: str
    spot: Spot | None
    place: str

    def target(self, reading: Reading) -> Element | None:
        """The element that it leads to; None if there is none in the text."""
        return None if self.spot is None else reading.anchors.get(self.spot)


def nav_entries(book: Book) -> list[Entry]:
    """The lines of the navigation document, in its order."""
    return [] if book.nav is None else list(_nav_entries(book.nav))


def nav_names(book: Book) -> list[tuple[str, str]]:
    """The names of parts of the contents that lead nowhere, each with its place for a person."""
    if book.nav is None:
        return []
    lists = (node for node in book.nav.root.iter(f"{XHTML}nav") if node.get(TYPE) == TOC)
    return [
        (words(name), place(book.nav.path, name))
        for node in lists
        for name in node.iterfind(f".//{XHTML}li/{XHTML}span")
    ]


def ncx_entries(book: Book) -> list[Entry]:
    """The lines of the NCX, in its order; its lists are named as those of the navigation document."""
    return [] if book.ncx is None else list(_ncx_entries(book.ncx))


def _nav_entries(nav: Document) -> Iterator[Entry]:
    for link in nav.root.iter(f"{XHTML}a"):
        node = next(link.iterancestors(f"{XHTML}nav"), None)
        if node is not None:
            kind, title, address = node.get(TYPE, ""), words(link), link.get("href", "")
            where = f"{place(nav.path, node)} ({kind}), “{title}”"
            yield Entry(kind, title, address, spot(nav.path, address), where)


def _ncx_entries(ncx: Document) -> Iterator[Entry]:
    for tag, kind in (("navPoint", TOC), ("pageTarget", PAGES)):
        for node in ncx.root.iter(f"{NCX}{tag}"):
            label, content = node.find(f"{NCX}navLabel"), node.find(f"{NCX}content")
            title = "" if label is None else words(label)
            address = "" if content is None else content.get("src", "")
            yield Entry(kind, title, address, spot(ncx.path, address), f"{place(ncx.path, node)}, “{title}”")
