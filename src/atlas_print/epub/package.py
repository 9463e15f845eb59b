"""Packing finished documents into an EPUB 3.3 container; EbookLib never parses what it packs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Resource:
    """A file of the book: its path below EPUB/, media type, bytes, manifest properties, place in the spine."""

    path: str
    media_type: str
    data: bytes
    properties: tuple[str, ...] = ()
    in_spine: bool = False


@dataclass(frozen=True, slots=True)
class Accessibility:
    """Discovery metadata of EPUB Accessibility 1.1, computed from the book."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]
    summary: str


@dataclass(frozen=True, slots=True)
class Book:
    """A book to pack; `modified` is the day that its package document names."""

    identifier: str
    title: str
    language: str
    direction: str
    publisher: str
    description: str
    source: str
    modified: date
    accessibility: Accessibility
    resources: Sequence[Resource]


class _Writer(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer, but for the language of the package document, which it never writes."""

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self.book.language)
        super()._write_opf_file(root)


def pack(book: Book) -> bytes:
    """The EPUB's bytes: the same for the same book, whatever the clock, the time zone or the machine say."""
    packed = epub.EpubBook()
    packed.set_identifier(book.identifier)
    packed.set_title(book.title)
    packed.set_language(book.language)
    packed.set_direction(book.direction)
    packed.add_author(book.publisher, uid="creator-1")
    packed.add_metadata("DC", "publisher", book.publisher)
    packed.add_metadata("DC", "description", book.description)
    packed.add_metadata("DC", "source", book.source)
    packed.add_metadata("DC", "date", book.modified.isoformat())
    packed.metadata[epub.NAMESPACES["OPF"]].pop("generator", None)
    for name, values in _discovery(book.accessibility):
        for value in values:
            packed.add_metadata(None, "meta", value, {"property": f"schema:{name}"})
    for index, resource in enumerate(book.resources, start=1):
        item = epub.EpubItem(f"item-{index}", resource.path, resource.media_type, resource.data)
        if resource.media_type == "application/x-dtbncx+xml":
            item.id = "ncx"
        item.properties = list(resource.properties)
        packed.add_item(item)
        if resource.in_spine:
            packed.spine.append(item)
    stream = BytesIO()
    modified = datetime.combine(book.modified, time(), UTC)
    writer = _Writer(stream, packed, {"mtime": modified, "epub3_pages": False, "raise_exceptions": True})
    writer.process()
    writer.write()
    return _deterministic(stream.getvalue())


def _discovery(accessibility: Accessibility) -> list[tuple[str, tuple[str, ...]]]:
    return [
        ("accessMode", accessibility.modes),
        ("accessModeSufficient", accessibility.sufficient),
        ("accessibilityFeature", accessibility.features),
        ("accessibilityHazard", accessibility.hazards),
        ("accessibilitySummary", (accessibility.summary,)),
    ]


def _deterministic(data: bytes) -> bytes:
    """The same archive with fixed dates, modes and order; the mimetype first and stored, as OCF 3.3 asks."""
    stream = BytesIO()
    with ZipFile(BytesIO(data)) as packed, ZipFile(stream, "w") as out:
        names = sorted(packed.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.create_system = 3
            out.writestr(info, packed.read(name), compresslevel=9)
    return stream.getvalue()
