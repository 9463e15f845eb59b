"""An EPUB's container, package document and navigation (EPUB 3.3); nothing is unpacked to disk."""

import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from lxml import etree

from atlas_print.prove.reading.book import NCX, OPF, TYPE, XHTML, Book, Document, Spot, place, spot, words
from atlas_print.prove.reading.elements import Element
from atlas_print.prove.reading.limits import Part, UnreadableError, spend
from atlas_print.prove.reading.reading import Reading

TOC, PAGES = "toc", "page-list"
"""Kinds of lists that are looked for; there may be others."""
_CONTAINER = "META-INF/container.xml"
_NAMES = {"c": "urn:oasis:names:tc:opendocument:xmlns:container"}
_XHTML_TYPE = "application/xhtml+xml"

_HELP_TWICE = "build the file again: one reader may open the one, another the other"
_HELP_DTD = "save it with its entities as the letters that they stand for, and without a DTD of its own"


def open_book(data: bytes) -> Book:
    """The book of an EPUB's bytes; UnreadableError says why its text can't be read."""
    spend(Part.ENTRIES, data.count(b"PK\x01\x02"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _book(_Archive(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"not a ZIP archive that can be read: {error}") from error


class _Archive:
    """The files in a container; UnreadableError for two files of one name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        names = archive.namelist()
        self.names = frozenset(names)
        if len(self.names) < len(names):
            twice = next(name for at, name in enumerate(names) if name in names[:at])
            raise UnreadableError(f"it packs two files of one name, {twice[:80]!r}", _HELP_TWICE)

    def read(self, path: str) -> bytes:
        """The bytes of a file; UnreadableError if they can't be had."""
        if path not in self.names:
            raise UnreadableError(f"the book has no {path}")
        entry = self._archive.getinfo(path)
        spend(Part.TEXTS, entry.file_size)
        with self._archive.open(entry) as file:
            # Not all that there is: a size that lies would be believed after it was unpacked.
            return file.read(entry.file_size)

    def document(self, path: str) -> Document:
        """The XML in a file; UnreadableError where there is none."""
        data = self.read(path)
        spend(Part.MARKUP, data.count(b"<") + data.count(b"="))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(f"{path} is not well-formed: {error}") from error
        if next(root.iter(etree.Entity), None) is not None:
            raise UnreadableError(f"{path} says in itself what its entities stand for", _HELP_DTD)
        return Document(path, root)


def _book(archive: _Archive) -> Book:
    rootfile = archive.document(_CONTAINER).root.find("c:rootfiles/c:rootfile", _NAMES)
    if rootfile is None:
        raise UnreadableError(f"{_CONTAINER} names no package document")
    path = rootfile.get("full-path", "")
    package = archive.document(path)
    items = {node.get("id"): node for node in package.root.iterfind(f"{OPF}manifest/{OPF}item")}
    places = {node: (spot(path, node.get("href", "")) or ("", ""))[0] for node in items.values()}
    documents = []
    for entry in package.root.iterfind(f"{OPF}spine/{OPF}itemref"):
        item = items.get(entry.get("idref"))
        if item is None:
            raise UnreadableError(f"{package.path}: {entry.get('idref')!r} of the spine is not in the manifest")
        if item.get("media-type") == _XHTML_TYPE and entry.get("linear") != "no":
            documents.append(archive.document(places[item]))
    if not documents:
        raise UnreadableError(f"{package.path}: the spine has no content document")
    navs = (places[node] for node in items.values() if "nav" in node.get("properties", "").split())

    def of(media_type: str) -> Iterator[str]:
        return (places[node] for node in items.values() if node.get("media-type") == media_type)

    return Book(
        package,
        tuple(documents),
        next(map(archive.document, navs), None),
        next(map(archive.document, of("application/x-dtbncx+xml")), None),
        {it: archive.document(it).root for it in of("image/svg+xml") if it in archive.names},
        {it: archive.read(it) for it in of("text/css") if it in archive.names},
    )


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


def nav_entries(book: Book) -> Iterator[Entry]:
    """The lines of the navigation document, in its order."""
    if book.nav is None:
        return
    path = book.nav.path
    for node in book.nav.root.iter(f"{XHTML}nav"):
        for link in node.iter(f"{XHTML}a"):
            kind, title, address = node.get(TYPE, ""), words(link), link.get("href", "")
            where = f"{place(path, node)} ({kind}), “{title}”"
            yield Entry(kind, title, address, spot(path, address), where)


def ncx_entries(book: Book) -> Iterator[Entry]:
    """The lines of the NCX, in its order; its lists are named as those of the navigation document."""
    if book.ncx is None:
        return
    path, root = book.ncx.path, book.ncx.root
    for tag, kind in (("navPoint", TOC), ("pageTarget", PAGES)):
        for node in root.iter(f"{NCX}{tag}"):
            label, content = node.find(f"{NCX}navLabel"), node.find(f"{NCX}content")
            title = "" if label is None else words(label)
            address = "" if content is None else content.get("src", "")
            yield Entry(kind, title, address, spot(path, address), f"{place(path, node)}, “{title}”")
