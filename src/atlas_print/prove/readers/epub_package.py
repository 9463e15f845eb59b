"""An EPUB's container and package document: which content documents there are, in which order (EPUB 3.3, 4 and 5)."""

import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from posixpath import dirname, join, normpath
from urllib.parse import unquote

from lxml import etree

from atlas_print.prove.readers.builder import UnreadableError

_CONTAINER = "META-INF/container.xml"
_LARGEST = 256 * 2**20
"""Bytes of one file inside the book, unpacked, that are read."""
_NAMES = {"c": "urn:oasis:names:tc:opendocument:xmlns:container", "o": "http://www.idpf.org/2007/opf"}


@dataclass(frozen=True, slots=True)
class ContentDocument:
    """One file of the spine, parsed; `path` is its place in the book."""

    path: str
    root: etree._Element


def spine(data: bytes) -> list[ContentDocument]:
    """The XHTML content documents of the linear spine, in its order; UnreadableError says what is wrong."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as book:
            container = _parsed(book, _CONTAINER)
            rootfile = container.find("c:rootfiles/c:rootfile", _NAMES)
            if rootfile is None:
                raise UnreadableError(f"{_CONTAINER} names no package document")
            package_path = rootfile.get("full-path", "")
            package = _parsed(book, package_path)
            items = {item.get("id"): item for item in package.iterfind("o:manifest/o:item", _NAMES)}
            documents = []
            for entry in package.iterfind("o:spine/o:itemref", _NAMES):
                item = items.get(entry.get("idref"))
                if item is None:
                    raise UnreadableError(f"{package_path}: {entry.get('idref')!r} of the spine is not in the manifest")
                if item.get("media-type") == "application/xhtml+xml" and entry.get("linear") != "no":
                    path = normpath(join(dirname(package_path), unquote(item.get("href", ""))))
                    documents.append(ContentDocument(path, _parsed(book, path)))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableError(f"not a ZIP archive that can be read: {error}") from error
    if not documents:
        raise UnreadableError(f"{package_path}: the spine has no content document")
    return documents


def _parsed(book: zipfile.ZipFile, path: str) -> etree._Element:
    try:
        if book.getinfo(path).file_size > _LARGEST:
            raise UnreadableError(f"{path} is larger than {_LARGEST // 2**20} MiB")
        data = book.read(path)
    except KeyError as error:
        raise UnreadableError(f"the book has no {path}") from error
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableError(f"{path} is not well-formed: {error}") from error
