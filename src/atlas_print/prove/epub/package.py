"""An EPUB's container and package document: what files there are, and what each is (EPUB 3.3, 4 and 5)."""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from PIL import Image, ImageFile

from atlas_print.prove.epub.archive import Archive, opened
from atlas_print.prove.reading.book import OPF, Book, Document, Item, spot
from atlas_print.prove.reading.limits import UnreadableError

_CONTAINER = "META-INF/container.xml"
_NAMES = {"c": "urn:oasis:names:tc:opendocument:xmlns:container"}
_XHTML_TYPE = "application/xhtml+xml"
_NCX_TYPE = "application/x-dtbncx+xml"
_SVG_TYPE = "image/svg+xml"
_CSS_TYPE = "text/css"
_IMAGE_TYPES = frozenset(("image/png", "image/jpeg", "image/gif", "image/webp"))
_MOST_PIXELS = 50_000_000
"""A picture with more is opened, but not unpacked."""
_MARK = b"mimetype" + b"application/epub+zip"
"""What every EPUB has behind the first 30 bytes (OCF 3.3, 4.3)."""


def open_book(data: bytes) -> Book:
    """The book of an EPUB's bytes; UnreadableError says why its text can't be read."""
    with opened(data) as archive:
        return _book(archive, is_marked=_is_marked(data))


def _is_marked(data: bytes) -> bool:
    """Whether the first file is `mimetype`, with nothing else in it, neither packed nor padded."""
    start = 30
    method, size = data[8:10], int.from_bytes(data[22:26], "little")
    # A size of 0 stands behind the file instead; the next header begins there.
    is_whole = size in (0, len(_MARK) - len(b"mimetype")) and data[start + len(_MARK) :][:2] == b"PK"
    return is_whole and data[start:].startswith(_MARK) and method == bytes(2)


def _book(archive: Archive, *, is_marked: bool) -> Book:
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
        {item.path: why for item in present if item.media_type in _IMAGE_TYPES and (why := _damage(archive, item))},
        is_marked,
    )


def _item(package: Document, node: etree._Element) -> Item:
    address = node.get("href", "")
    path, _ = spot(package.path, address) or (address, "")
    return Item(address, path, node.get("media-type", ""), frozenset(node.get("properties", "").split()))


def _documents(archive: Archive, items: Iterator[Item]) -> Iterator[Document]:
    return (Document(item.path, archive.parsed(item.path)) for item in items)


def _drawing(archive: Archive, item: Item) -> etree._Element | None:
    try:
        return archive.parsed(item.path)
    except UnreadableError:
        return None


def _damage(archive: Archive, item: Item) -> str:
    """Why a picture can't be shown; "" if it can."""
    # Some library may have told Pillow to make do with half a picture.
    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with Image.open(BytesIO(archive.read(item.path))) as picture:
            if picture.format == "PNG":
                picture.verify()
            elif picture.width * picture.height <= _MOST_PIXELS:
                picture.load()
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        return f"{type(error).__name__}: {error}"
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return ""
