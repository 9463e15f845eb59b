"""Packing finished documents into an EPUB 3.3 container; EbookLib never parses what it packs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from ebooklib import epub

from atlas_print.epub.discovery import Discovery

CONFORMANCE = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
"""What a certified book claims, in the words of EPUB Accessibility 1.1, 3.2."""
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
class Book:
    """A book to pack.

    `modified` is the day that its package document names, `reviewed` that of the last review, None for none; `source`
    its address; `page_sources` are the files whose pages it follows; `series` is the title of the series and the place
    in it; `certified_by` says who found it to conform, "" if nobody did.
    """

    identifier: str
    title: str
    language: str
    direction: str
    publisher: str
    contact: str
    description: str
    source: str
    licence: str
    series: tuple[str, int] | None
    modified: date
    reviewed: date | None
    page_sources: Sequence[str]
    discovery: Discovery
    summary: str
    certified_by: str
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
    if book.licence:
        packed.add_metadata("DC", "rights", book.licence)
    for attributes, value in _meta(book):
        packed.add_metadata(None, "meta", value, attributes)
    for index, resource in enumerate(book.resources, start=1):
        item = epub.EpubItem(f"item-{index}", resource.path, resource.media_type, resource.data)
        if resource.media_type == "application/x-dtbncx+xml":
            item.id = "ncx"
        item.properties = list(resource.properties)
        packed.add_item(item)
        if "cover-image" in resource.properties:
            # Readers older than EPUB 3 look for it here.
            packed.add_metadata(None, "meta", "", {"name": "cover", "content": item.id})
        if resource.in_spine:
            packed.spine.append(item)
    stream = BytesIO()
    modified = datetime.combine(book.modified, time(), UTC)
    writer = _Writer(stream, packed, {"mtime": modified, "epub3_pages": False, "raise_exceptions": True})
    writer.process()
    writer.write()
    return _deterministic(stream.getvalue())


def _meta(book: Book) -> Iterator[tuple[dict[str, str], str]]:
    """The `meta` elements of the package document: their attributes and values."""
    discovery = book.discovery
    named = {
        "accessMode": discovery.modes,
        "accessModeSufficient": discovery.sufficient,
        "accessibilityFeature": discovery.features,
        "accessibilityHazard": discovery.hazards,
        "accessibilitySummary": (book.summary,),
        "lastReviewed": (book.reviewed.isoformat(),) if book.reviewed else (),
        "contactPoint": (book.contact,),
    }
    for name, values in named.items():
        yield from (({"property": f"schema:{name}"}, value) for value in values)
    yield from (({"property": "pageBreakSource"}, source) for source in book.page_sources)
    if book.series is not None:
        title, position = book.series
        yield {"property": "belongs-to-collection", "id": "series"}, title
        yield {"refines": "#series", "property": "collection-type"}, "series"
        yield {"refines": "#series", "property": "group-position"}, str(position)
    if book.certified_by:
        yield {"property": "dcterms:conformsTo"}, CONFORMANCE
        yield {"property": "a11y:certifiedBy"}, book.certified_by


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
