"""An EPUB as its own files describe it: package document, navigation, content documents, drawings, style sheets."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import TypeAlias
from urllib.parse import unquote

from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"
NCX = "{http://www.daisy.org/z3986/2005/ncx/}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"
TYPE = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

Spot: TypeAlias = tuple[str, str]
"""A file of the book and an id in it, "" for the file as a whole."""

_LONGEST = 100
"""Characters of an id that a place is told by."""
_OUTSIDE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


@dataclass(frozen=True, slots=True)
class Document:
    """An XML file of the book, parsed; `path` is its place in the book."""

    path: str
    root: etree._Element


@dataclass(frozen=True, slots=True)
class Book:
    """What a book's files say; `documents` are the content documents of the spine in its order.

    `nav` and `ncx` are None where there is none. `drawings` and `styles` have each SVG file and style sheet by its
    place.
    """

    package: Document
    documents: tuple[Document, ...]
    nav: Document | None
    ncx: Document | None
    drawings: Mapping[str, etree._Element]
    styles: Mapping[str, bytes]

    @property
    def texts(self) -> tuple[Document, ...]:
        """Every file that a reader may be shown, each once: the content documents and the navigation document."""
        in_spine = {document.path for document in self.documents}
        nav = (self.nav,) if self.nav is not None and self.nav.path not in in_spine else ()
        return (*nav, *self.documents)

    def languages(self) -> Iterator[tuple[str, str]]:
        """Places at which the book says what language it is in, and what each says, "" for nothing."""
        yield f"{self.package.path}, dc:language", (self.entries("language") or [""])[0]
        for document in (*self.texts, self.package, *filter(None, (self.ncx,))):
            said = [it for it in (document.root.get("lang"), document.root.get(LANG)) if it is not None]
            # Only of what is read out something has to be said; checkers of EPUB ask for the rest.
            for language in said or [""] * (document in self.texts):
                yield place(document.path, document.root), language

    def entries(self, name: str) -> list[str]:
        """The values of an element of the Dublin Core in the package document, such as "title"."""
        return [words(node) for node in self.package.root.iterfind(f"{OPF}metadata/{DC}{name}")]

    def meta(self, name: str) -> list[str]:
        """The values of a property in the package document, such as "schema:accessMode"."""
        found = self.package.root.iterfind(f"{OPF}metadata/{OPF}meta[@property='{name}']")
        return [words(node) for node in found]


def spot(base: str, address: str) -> Spot | None:
    """Where in the book an address in the file `base` leads; None if it leads elsewhere."""
    path, _, fragment = address.strip().partition("#")
    if _OUTSIDE.match(path):
        return None
    return normpath(join(dirname(base), unquote(path))) if path else base, unquote(fragment)


def words(node: etree._Element) -> str:
    """The text of an element, its white space as single spaces."""
    return " ".join("".join(map(str, node.itertext())).split())


def place(path: str, node: etree._Element) -> str:
    """An element for a person: its file, its name and its id, or that of the nearest around it."""
    start = f"{path}, {etree.QName(node).localname}"
    if node.get("id"):
        return f"{start}#{node.get('id', '')[:_LONGEST]}"
    around = next((above.get("id", "") for above in node.iterancestors() if above.get("id")), "")
    return f"{start} in #{around[:_LONGEST]}" if around else start
