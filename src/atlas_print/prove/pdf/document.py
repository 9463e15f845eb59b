"""The parts of a PDF beside its pages: metadata, outline, page labels, what it says of its tags."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from lxml import etree
from pypdf import PdfReader
from pypdf.generic import create_string_object

from atlas_print.prove.pdf.destinations import Destinations
from atlas_print.prove.pdf.objects import as_list, entry, follow, reference_number
from atlas_print.prove.reading.paper import Bookmark, Paper, Unproven

_PDFUA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOST_ENTRIES = 100_000
"""Entries of an outline that are followed; one of 1,000 pages has a few thousand."""


def read_paper(
    reader: PdfReader, catalog: Mapping[str, Any], destinations: Destinations, unproven: Iterable[Unproven]
) -> Paper:
    """What the file says of itself; `destinations` has to know its text already."""
    xmp = _xmp(catalog)
    information = reader.metadata
    titles = [str(information.title)] if information is not None and information.title else []
    if xmp is not None:
        titles += [" ".join("".join(map(str, node.itertext())).split()) for node in xmp.iter(_TITLE)]
    marks = entry(catalog, "/MarkInfo")
    has_labels = isinstance(entry(catalog, "/PageLabels"), Mapping)
    return Paper(
        titles=tuple(titles),
        shows_title=_is_true(entry(entry(catalog, "/ViewerPreferences"), "/DisplayDocTitle")),
        is_marked=_is_true(entry(marks, "/Marked")) and not _is_true(entry(marks, "/Suspects")),
        is_mapped=_is_mapped(reader, entry(catalog, "/StructTreeRoot")),
        claims=frozenset() if xmp is None else frozenset(_parts(xmp)),
        outline=tuple(_outline(catalog, destinations)),
        labels=tuple(reader.page_labels) if has_labels else (),
        unproven=tuple(dict.fromkeys(unproven)),
    )


def _is_true(value: Any) -> bool:
    return bool(getattr(value, "value", value))


def _xmp(catalog: Mapping[str, Any]) -> etree._Element | None:
    metadata = entry(catalog, "/Metadata")
    get_data = getattr(metadata, "get_data", None)
    if get_data is None:
        return None
    try:
        return etree.fromstring(get_data(), etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None


def _parts(xmp: etree._Element) -> Iterator[str]:
    """The parts of PDF/UA that are claimed, as an element or as an attribute."""
    for node in xmp.iter("{*}*"):
        if node.tag == _PDFUA_PART:
            yield (node.text or "").strip()
        yield from (str(node.get(_PDFUA_PART)) for _ in range(_PDFUA_PART in node.attrib))


def _is_mapped(reader: PdfReader, root: Any) -> bool:
    """Whether the ParentTree has an entry for each page that has tagged content."""
    known = set(_numbers(entry(root, "/ParentTree"), set()))
    wanted = [entry(page, "/StructParents") for page in reader.pages]
    return all(int(number) in known for number in wanted if isinstance(number, int | float)) and any(
        number is not None for number in wanted
    )


def _numbers(node: Any, seen: set[int]) -> Iterator[int]:
    """The keys of a number tree."""
    if isinstance(node, Mapping) and id(node) not in seen:
        seen.add(id(node))
        keys = as_list(entry(node, "/Nums"))[::2]
        yield from (int(key) for key in map(follow, keys) if isinstance(key, int | float))
        for kid in as_list(entry(node, "/Kids")):
            yield from _numbers(follow(kid), seen)


def _outline(catalog: Mapping[str, Any], destinations: Destinations) -> Iterator[Bookmark]:
    """The entries in the order in which a viewer shows them."""
    waiting = [(entry(catalog, "/Outlines"), "/First")]
    seen: set[int] = set()
    while waiting and len(seen) < _MOST_ENTRIES:
        holder, key = waiting.pop()
        item, number = entry(holder, key), reference_number(holder, key)
        if isinstance(item, Mapping) and number is not None and number not in seen:
            seen.add(number)
            _, destination = destinations.lead(item)
            yield Bookmark(_text(entry(item, "/Title")), destinations.resolve(destination))
            waiting += [(item, "/Next"), (item, "/First")]


def _text(value: Any) -> str:
    return str(create_string_object(value) if isinstance(value, bytes) else value or "")
