"""An EPUB's container, package document and navigation (EPUB 3.3), read without trust: nothing is unpacked to disk."""

import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import chain
from pathlib import PurePosixPath
from typing import Any

from lxml import etree

from atlas_print.prove.reading.book import NCX, OPF, TYPE, XHTML, Book, Document, Item, Spot, place, spot, words
from atlas_print.prove.reading.elements import Element
from atlas_print.prove.reading.limits import Part, UnreadableError, spend
from atlas_print.prove.reading.reading import Reading

TOC, PAGES = "toc", "page-list"
"""Kinds of lists that are looked for; there may be others."""
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_NAMES = {"c": "urn:oasis:names:tc:opendocument:xmlns:container"}
_ENCRYPTED = "{http://www.w3.org/2001/04/xmlenc#}CipherReference"
_XHTML_TYPE = "application/xhtml+xml"
_NCX_TYPE = "application/x-dtbncx+xml"
_SVG_TYPE = "image/svg+xml"
_CSS_TYPE = "text/css"
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_LOCKED = 1
"""Flag of an entry that has a password."""
_LONGEST_NAME = 80
"""Characters of a name that a finding tells."""

_HELP_LOCKED = "save it without a password or copy protection: this proof has to read what readers will"
_HELP_NAMES = "don't unpack it or pass it on; build the file again"
_HELP_DTD = "save it with its entities as the letters that they stand for, and without a DTD of its own"
_HELP_PACKING = "build the file again; an EPUB's files are stored or deflated"


def open_book(data: bytes) -> Book:
    """The book of an EPUB's bytes; UnreadableError says why its text can't be read."""
    spend(Part.ENTRIES, data.count(b"PK\x01\x02"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _book(_Archive(archive))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise UnreadableError(f"not a ZIP archive that can be read: {error}") from error


class _Archive:
    """The files in a container; UnreadableError for names that lead out of it, and for two files of one name."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.names = frozenset(archive.namelist())
        entries = archive.infolist()
        out = next((entry.orig_filename for entry in entries if _leads_out(entry)), None)
        if out is not None:
            what = f"it packs a file that would be put outside its folder, or a link: {_short(out)}"
            raise UnreadableError(what, _HELP_NAMES)
        if len(self.names) < len(entries):
            twice = next(
                entry.filename for at, entry in enumerate(entries) if entry.filename in archive.namelist()[:at]
            )
            raise UnreadableError(f"it packs two files of one name, {_short(twice)}", _HELP_NAMES)
        # Copy protection encrypts files; fonts may be: they are not read.
        root = self.parsed(_ENCRYPTION) if _ENCRYPTION in self.names else None
        self._encrypted = frozenset(() if root is None else (it.get("URI", "") for it in root.iter(_ENCRYPTED)))

    def read(self, path: str) -> bytes:
        """The bytes of a file; UnreadableError if they can't be had."""
        if path not in self.names:
            raise UnreadableError(f"the book has no {path}")
        entry = self._archive.getinfo(path)
        if entry.flag_bits & _LOCKED or path in getattr(self, "_encrypted", ()):
            raise UnreadableError(f"its file {path} is encrypted", _HELP_LOCKED)
        if entry.compress_type not in _PACKINGS:
            raise UnreadableError(f"its file {path} is packed in a way that no reading system knows", _HELP_PACKING)
        spend(Part.TEXTS, entry.file_size)
        with self._archive.open(entry) as file:
            # Not all that there is: a size that lies would be believed after it was unpacked.
            return file.read(entry.file_size)

    def parsed(self, path: str) -> etree._Element:
        """The XML in a file; UnreadableError where there is none."""
        data = self.read(path)
        spend(Part.MARKUP, data.count(b"<") + data.count(b"="))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
        try:
            root = etree.fromstring(data, parser)
        except etree.XMLSyntaxError as error:
            raise UnreadableError(f"{path} is not well-formed: {error}") from error
        # Whether it declares anything: a mere name, with or without an address, is no DTD of its own.
        found: Any = root.getroottree().docinfo.internalDTD
        declared = chain(found.iterentities(), found.iterelements()) if found is not None else ()
        # lxml lists no attributes of a DTD; the zeros are those of UTF-16.
        has_defaults = b"<!ATTLIST" in data.replace(b"\0", b"")
        if has_defaults or next(chain(declared, root.iter(etree.Entity)), None) is not None:
            raise UnreadableError(f"{path} says in itself what its entities and attributes stand for", _HELP_DTD)
        return root


def _leads_out(entry: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(entry.filename)
    is_odd = path.is_absolute() or ".." in path.parts or any(sign in entry.orig_filename for sign in "\\:\0")
    return is_odd or stat.S_ISLNK(entry.external_attr >> 16)


def _short(name: str) -> str:
    return repr(name if len(name) <= _LONGEST_NAME else name[:_LONGEST_NAME] + "…")


def _book(archive: _Archive) -> Book:
    rootfile, *others = archive.parsed(_CONTAINER).findall("c:rootfiles/c:rootfile", _NAMES) or (None,)
    if rootfile is None:
        raise UnreadableError(f"{_CONTAINER} names no package document")
    if others:
        raise UnreadableError(f"{_CONTAINER} names several package documents, and readers open one or the other")
    path = rootfile.get("full-path", "")
    package = Document(path, archive.parsed(path))
    by_id = {node.get("id"): _item(package, node) for node in package.root.iterfind(f"{OPF}manifest/{OPF}item")}
    documents = []
    for entry in package.root.iterfind(f"{OPF}spine/{OPF}itemref"):
        item = by_id.get(entry.get("idref"))
        if item is None:
            raise UnreadableError(f"{package.path}: {entry.get('idref')!r} of the spine is not in the manifest")
        if item.media_type == _XHTML_TYPE and entry.get("linear") != "no":
            documents.append(Document(item.path, archive.parsed(item.path)))
    if not documents:
        raise UnreadableError(f"{package.path}: the spine has no content document")
    present = [item for item in by_id.values() if item.path in archive.names]
    return Book(
        package,
        tuple(by_id.values()),
        tuple(documents),
        next(_documents(archive, (item for item in by_id.values() if "nav" in item.properties)), None),
        next(_documents(archive, (item for item in by_id.values() if item.media_type == _NCX_TYPE)), None),
        {item.path: _drawing(archive, item) for item in present if item.media_type == _SVG_TYPE},
        {item.path: archive.read(item.path) for item in present if item.media_type == _CSS_TYPE},
        archive.names,
    )


def _item(package: Document, node: etree._Element) -> Item:
    address = node.get("href", "")
    path, _ = spot(package.path, address) or (address, "")
    return Item(address, path, node.get("media-type", ""), frozenset(node.get("properties", "").split()))


def _documents(archive: _Archive, items: Iterator[Item]) -> Iterator[Document]:
    return (Document(item.path, archive.parsed(item.path)) for item in items)


def _drawing(archive: _Archive, item: Item) -> etree._Element | None:
    try:
        return archive.parsed(item.path)
    except UnreadableError:
        return None


# --- the lists of the navigation document and of the NCX --------------------------------------------------


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
    path, root = book.nav.path, book.nav.root
    lists = (node for node in root.iter(f"{XHTML}nav") if node.get(TYPE) == TOC)
    return [(words(name), place(path, name)) for node in lists for name in node.iterfind(f".//{XHTML}li/{XHTML}span")]


def _nav_entries(nav: Document) -> Iterator[Entry]:
    for link in nav.root.iter(f"{XHTML}a"):
        node = next(link.iterancestors(f"{XHTML}nav"), None)
        if node is not None:
            kind, title, address = node.get(TYPE, ""), words(link), link.get("href", "")
            where = f"{place(nav.path, node)} ({kind}), “{title}”"
            yield Entry(kind, title, address, spot(nav.path, address), where)


def ncx_entries(book: Book) -> list[Entry]:
    """The lines of the NCX, in its order; its lists are named as those of the navigation document."""
    return [] if book.ncx is None else list(_ncx_entries(book.ncx))


def _ncx_entries(ncx: Document) -> Iterator[Entry]:
    for tag, kind in (("navPoint", TOC), ("pageTarget", PAGES)):
        for node in ncx.root.iter(f"{NCX}{tag}"):
            label, content = node.find(f"{NCX}navLabel"), node.find(f"{NCX}content")
            title = "" if label is None else words(label)
            address = "" if content is None else content.get("src", "")
            yield Entry(kind, title, address, spot(ncx.path, address), f"{place(ncx.path, node)}, “{title}”")
