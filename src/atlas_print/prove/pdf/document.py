"""The parts of a PDF beside its pages: metadata, outline, page labels; and what in it no program can tell."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from lxml import etree
from pypdf import PdfReader

from atlas_print.prove.pdf.file import as_list, as_text, entry, follow, object_number
from atlas_print.prove.pdf.links import Destinations, is_hidden
from atlas_print.prove.reading.limits import NotTold
from atlas_print.prove.reading.paper import Bookmark, Paper

_PDFUA_PART = "{http://www.aiim.org/pdfua/ns/id/}part"
_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_MOST_ENTRIES = 100_000
"""Entries of an outline that are followed; one of 1,000 pages has a few thousand."""
_WHOLE = "the whole file"
_LEADS = frozenset(("/URI", "/GoTo"))
"""What a link may do."""
_TILING = 1
"""The type of a pattern that has a content stream of its own."""
_SHOWS_TEXT = re.compile(rb"(?<![\w/])T[jJ](?!\w)")
_PRINTED = 4
"""A flag: what is hidden on the screen may be printed."""


def read_paper(reader: PdfReader, catalog: Mapping[str, Any], destinations: Destinations) -> Paper:
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
    )


def _is_true(value: Any) -> bool:
    return bool(getattr(value, "value", value))


def _xmp(catalog: Mapping[str, Any]) -> etree._Element | None:
    get_data = getattr(entry(catalog, "/Metadata"), "get_data", None)
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
        item, number = entry(holder, key), object_number(holder, key)
        if isinstance(item, Mapping) and number is not None and number not in seen:
            seen.add(number)
            _, destination = destinations.lead(item)
            yield Bookmark(as_text(entry(item, "/Title")), destinations.resolve(destination))
            waiting += [(item, "/Next"), (item, "/First")]


# --- what can't be told ------------------------------------------------------------------------------------


def unknowns(
    catalog: Mapping[str, Any], pages: Sequence[Mapping[str, Any]], tagged: frozenset[int]
) -> Iterator[NotTold]:
    """What readers get of a file in ways that differ; `tagged` are the object numbers of the links that tags hold."""
    yield from (NotTold(_WHOLE, what, promise) for what, promise in _of_document(catalog))
    seen: set[int] = set()
    for number, page in enumerate(pages, start=1):
        where = f"page {number}"
        if entry(page, "/AA") is not None:
            yield NotTold(where, "an action when the page is opened (AA)", "P8")
        yield from (NotTold(where, what) for what in _of_resources(entry(page, "/Resources"), seen))
        for item in as_list(entry(page, "/Annots")):
            note, held = follow(item), getattr(item, "idnum", None)
            if isinstance(note, Mapping):
                yield from (
                    NotTold(where, what, promise) for what, promise in _of_annotation(note, is_tagged=held in tagged)
                )


def _of_document(catalog: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    opening = entry(catalog, "/OpenAction")
    if isinstance(opening, Mapping) and (entry(opening, "/S") != "/GoTo" or "/Next" in opening):
        yield "an action when the file is opened (OpenAction)", "P8"
    if entry(catalog, "/AA") is not None or entry(entry(catalog, "/Names"), "/JavaScript") is not None:
        yield "actions or scripts that the file starts by itself", "P8"
    if entry(catalog, "/Collection") is not None:
        yield "a portfolio of other files (Collection)", "P5"
    form = entry(catalog, "/AcroForm")
    if as_list(entry(form, "/Fields")) or entry(form, "/XFA") is not None:
        yield "a form to be filled in (AcroForm)", "P5"
    properties = entry(catalog, "/OCProperties")
    default = entry(properties, "/D")
    groups = [follow(item) for item in as_list(entry(properties, "/OCGs"))]
    if (
        entry(default, "/BaseState") not in (None, "/ON")
        or as_list(entry(default, "/OFF"))
        or as_list(entry(default, "/AS"))
        or any(entry(group, key) is not None for group in groups for key in ("/Usage", "/Intent"))
    ):
        yield "a layer that may be switched off (OCProperties)", "P5"


def _of_resources(resources: Any, seen: set[int]) -> Iterator[str]:
    """What pages and the forms on them use."""
    if not isinstance(resources, Mapping) or id(resources) in seen:
        return
    seen.add(id(resources))
    if any(entry(group, "/Type") == "/OCMD" for group in _values(resources, "/Properties")):
        yield "a layer that depends on others (OCMD)"
    if any(entry(font, "/Subtype") == "/Type3" for font in _values(resources, "/Font")):
        yield "a typeface whose letters are drawings (Type 3)"
    for pattern in _values(resources, "/Pattern"):
        get_data = getattr(pattern, "get_data", None)
        if get_data is not None and entry(pattern, "/PatternType") == _TILING and _SHOWS_TEXT.search(get_data()):
            yield "a pattern that may paint words of its own"
    for form in _values(resources, "/XObject"):
        yield from _of_resources(entry(form, "/Resources"), seen)


def _values(resources: Mapping[str, Any], key: str) -> Iterator[Any]:
    held = entry(resources, key)
    return (entry(held, name) for name in (held if isinstance(held, Mapping) else ()))


def _of_annotation(note: Mapping[str, Any], *, is_tagged: bool) -> Iterator[tuple[str, str]]:
    kind = str(entry(note, "/Subtype"))
    if kind == "/Popup":
        return
    if kind != "/Link":
        if not is_hidden(note) or int(entry(note, "/F") or 0) & _PRINTED:
            yield f"an annotation of the kind {kind.removeprefix('/')}", "P5"
        return
    if not is_tagged and not is_hidden(note):
        yield "a link that no tag holds", "P8"
    if entry(note, "/AP") is not None:
        yield "a link with a drawing of its own", "P5"
    action = entry(note, "/A")
    leads = [key for key in ("/Dest", "/A") if entry(note, key) is not None]
    if len(leads) > 1 or any(entry(note, key) is not None for key in ("/AA", "/PA")):
        yield "a link that leads to two places", "P8"
    if isinstance(action, Mapping) and (
        entry(action, "/S") not in _LEADS or "/Next" in action or ("/SD" in action and "/D" in action)
    ):
        yield "a link that does more than to lead to a place", "P8"
