"""The dictionaries of a PDF beside its tree: metadata, outline, destinations, and what in it no program can tell."""

from collections.abc import Iterator, Sequence
from typing import Any

import pikepdf
from lxml import etree
from pikepdf import Array, Dictionary, Stream

from atlas_print.prove.pdf.runs import Box, Run, Sheet
from atlas_print.prove.reading.book import DC, words
from atlas_print.prove.reading.elements import Bookmark, Element, Paper
from atlas_print.prove.reading.limits import NotTold

_MOST_ENTRIES = 100_000
"""Entries of an outline that are followed; one of 1,000 pages has a few thousand."""
_HIDDEN, _PRINTED = 2 | 32, 4
"""Flags of what no reader sees: hidden, no view; and of what is printed all the same (ISO 32000-1, table 165)."""
_EXACT = 1.0
"""pt that a baseline may stand above or left of a destination and still be meant."""
_RAISED = 0.5
"""How much higher than its line, in em, a sign may stand."""
_HUNG = 0.2
"""How far from its line, in em, a part of a letter may hang."""
_ASIDE = 0.1
"""Weight of the distance aside against the distance down: a line further down in the same column is nearer than
one at the same height in the next."""
_COORDINATES = {"/XYZ": (2, 3), "/FitH": (None, 2), "/FitBH": (None, 2), "/FitV": (2, None), "/FitR": (2, 5)}
"""Where in a destination its left and top stand, by its kind."""
_STARTED = "actions or scripts that the file starts by itself"
_FORM = "a form to be filled in (AcroForm)"
_UNKNOWN = (
    (("/AA",), _STARTED, "P8"),
    (("/OpenAction", "/S"), _STARTED, "P8"),
    (("/Names", "/JavaScript"), _STARTED, "P8"),
    (("/Collection",), "a portfolio of other files (Collection)", "P5"),
    (("/AcroForm", "/Fields"), _FORM, "P5"),
    (("/AcroForm", "/XFA"), _FORM, "P5"),
)
"""What in a catalog does more, or shows less, than the pages say; an action to open a place does neither."""


def get(node: Any, *path: str) -> Any:
    """What stands at the end of a path of keys; None if a part of it is missing, or empty."""
    for key in path:
        node = node.get(key) if isinstance(node, Dictionary | Stream) else None
    return None if isinstance(node, Array) and not len(node) else node


def items(value: Any) -> list[Any]:
    """An array's items; another value is a list of itself, None of nothing."""
    return [] if value is None else list(value) if isinstance(value, Array) else [value]


def number(node: Any) -> int | None:
    """The object number of what a reference led to; None for what stands in another object."""
    return getattr(node, "objgen", (0, 0))[0] or None


def _leaves(node: Any, key: str, seen: set[int]) -> Iterator[tuple[Any, Any]]:
    """The names or numbers of a tree of these, with their values."""
    found = items(get(node, key))
    yield from zip(found[::2], found[1::2], strict=False)
    for kid in items(get(node, "/Kids")):
        if number(kid) not in seen:
            seen.add(number(kid) or 0)
            yield from _leaves(kid, key, seen)


def read_paper(pdf: pikepdf.Pdf, destinations: "Destinations") -> Paper:
    """What the file says of itself; `destinations` has to know its text already."""
    catalog, title = pdf.Root, get(pdf.trailer, "/Info", "/Title")
    metadata = get(catalog, "/Metadata")
    xmp = None
    if isinstance(metadata, Stream):
        xmp = etree.fromstring(metadata.read_bytes(), etree.XMLParser(resolve_entities=False, recover=True))
    titles = [str(title)] if title else []
    titles += [words(node) for node in (() if xmp is None else xmp.iter(f"{DC}title"))]
    mapped = {page.obj.get("/StructParents") for page in pdf.pages} - {None}
    said = {
        "a file that says that it is tagged (MarkInfo)": get(catalog, "/MarkInfo", "/Marked") is True
        and get(catalog, "/MarkInfo", "/Suspects") is not True,
        "a way from each page to its tags (ParentTree)": mapped
        and mapped <= {key for key, _ in _leaves(get(catalog, "/StructTreeRoot", "/ParentTree"), "/Nums", set())},
    }
    labels = tuple(page.label for page in pdf.pages) if "/PageLabels" in catalog else ()
    lacks = tuple(what for what, is_said in said.items() if not is_said)
    return Paper(tuple(titles), tuple(_outline(catalog, destinations)), labels, lacks)


def _outline(catalog: Any, destinations: "Destinations") -> Iterator[Bookmark]:
    """The entries in the order in which a viewer shows them."""
    waiting = [get(catalog, "/Outlines", "/First")]
    seen: set[int | None] = {None}
    while waiting and len(seen) < _MOST_ENTRIES:
        item = waiting.pop()
        if number(item) not in seen:
            seen.add(number(item))
            _, destination = lead(item)
            yield Bookmark(str(get(item, "/Title") or ""), destinations.resolve(destination))
            waiting += [get(item, "/Next"), get(item, "/First")]


# --- links ------------------------------------------------------------------------------------------------


def lead(annotation: Any) -> tuple[str, Any]:
    """A link annotation's address as written ("" if it has none), and its destination within the file, or None."""
    destination, action = get(annotation, "/Dest"), get(annotation, "/A")
    if destination is None and action is not None:
        if get(action, "/S") == "/URI":
            return str(get(action, "/URI")), None
        if get(action, "/S") != "/GoTo":
            return str(get(action, "/S")), None
        destination = get(action, "/SD") or get(action, "/D")
    is_named = isinstance(destination, pikepdf.String | pikepdf.Name)
    name = str(destination) if is_named else "a place in this file"
    return ("", None) if destination is None else (name, destination)


def is_hidden(annotation: Any) -> bool:
    """Whether no viewer shows an annotation, nor lets a hand find it."""
    return bool(int(get(annotation, "/F") or 0) & _HIDDEN)


class LinkAreas:
    """On which page each link annotation lies, by its object number, and where."""

    def __init__(self, pages: Sequence[pikepdf.Page], sheets: Sequence[Sheet]) -> None:
        self._boxes: dict[int, tuple[int, Box]] = {}
        for index, (page, sheet) in enumerate(zip(pages, sheets, strict=True)):
            for note in items(get(page.obj, "/Annots")):
                rectangle = items(get(note, "/Rect"))
                if number(note) and not is_hidden(note) and len(rectangle) == 4:
                    left, bottom, right, top = map(float, rectangle)
                    box = sheet.view.matrix.around((left, bottom, right, top))
                    self._boxes.setdefault(number(note) or 0, (index, box))

    def lie_over(self, links: Sequence[Any], runs: Sequence[Run]) -> bool:
        """Whether links lie on their pages over all of these runs; over nothing they may lie anywhere on a page."""
        boxes = [self._boxes[held] for note in links if (held := number(note)) in self._boxes]
        return bool(boxes) and all(any(_meet(run, *box) for box in boxes) for run in runs if run.text.strip())


def _meet(run: Run, page: int, box: Box) -> bool:
    left, bottom, right, top = box
    across = left < run.box[2] and run.box[0] < right
    # The dots of a letter that hang below its line are shown by themselves.
    hung = _HUNG * run.size
    return run.page == page and across and bottom - hung < run.box[3] and run.box[1] < top + hung


class Destinations:
    """All that the links of one document can lead to.

    `elements` are the structure elements by their object numbers, `shown` the texts of each page by its index, with
    the elements that hold them: whoever reads the tree fills them. `pages` has the index of each page by its number.
    """

    def __init__(self, catalog: Any, pages: Sequence[pikepdf.Page], sheets: Sequence[Sheet]) -> None:
        self.pages = {number(page.obj): index for index, page in enumerate(pages)}
        self._sheets = sheets
        names = get(catalog, "/Dests")
        self._named: dict[str, Any] = {} if names is None else dict(names.items())
        for name, place in _leaves(get(catalog, "/Names", "/Dests"), "/Names", set()):
            # Of a name with two places, programs take one or the other.
            self._named[str(name)] = place if self._named.get(str(name), place) == place else None
        self.shown: dict[int, list[tuple[Run, Element]]] = {}
        self.elements: dict[int, Element] = {}

    def resolve(self, destination: Any) -> Element | None:
        """The element that a destination leads to; None if it leads nowhere or to a page without text."""
        if isinstance(destination, pikepdf.String | pikepdf.Name):
            destination = self._named.get(str(destination))
        if isinstance(destination, Dictionary):
            destination = get(destination, "/SD") or get(destination, "/D")
        if not isinstance(destination, Array) or not len(destination):
            return None
        target = destination[0]
        held = number(target)
        if held in self.elements:
            return self.elements[held]
        page = target if isinstance(target, int) else self.pages.get(held)
        if page is None or not 0 <= page < len(self._sheets):
            return None
        left, top = _COORDINATES.get(str(destination[1]) if len(destination) > 1 else "", (None, None))
        at = self._sheets[page].view.point(_coordinate(destination, left), _coordinate(destination, top))
        return self._nearest(page, *at)

    def _nearest(self, page: int, left: float | None, top: float | None) -> Element | None:
        """The element of the run that a point on a page means: the first below it and not left of it."""
        shown = self.shown.get(page, ())

        def is_lowered(run: Run, top: float) -> bool:
            return run.y + _RAISED * run.size > top + _EXACT and any(
                top + _EXACT < it.y < run.y + _RAISED * run.size and abs(run.x - it.end_x) < run.size for it, _ in shown
            )

        def distance(place: tuple[Run, Element]) -> tuple[float, float]:
            run, _ = place
            down = -run.y if top is None else round(max(top - run.y, 0), 1)
            if left is None:
                return down, run.x
            aside = run.x - left if run.x - left > _EXACT else 0
            # Where one run ends and the next begins, the one that begins is meant.
            return down + aside * _ASIDE, abs(run.x - left)

        # What is lowered in the line above stands below the point too.
        below = [it for it in shown if top is None or (it[0].y <= top + _EXACT and not is_lowered(it[0], top))]
        beside = [place for place in below if left is None or max(place[0].x, place[0].end_x) > left - _EXACT]
        nearest, element = min(beside or below, key=distance, default=(None, None))
        if nearest is None or left is None:
            return element
        # What is raised stands nearer to the point than the words of its line that are meant.
        line = [place for place in beside or below if abs(place[0].y - nearest.y) < _RAISED * nearest.size]
        return min(line, key=lambda place: abs(place[0].x - left))[1]


def _coordinate(destination: Any, index: int | None) -> float | None:
    value = destination[index] if index is not None and index < len(destination) else None
    return None if value is None else float(value)


# --- what can't be told ------------------------------------------------------------------------------------


def unknowns(catalog: Any, pages: Sequence[pikepdf.Page]) -> Iterator[NotTold]:
    """What readers get of a file in ways that differ."""
    for path, what, promise in _UNKNOWN:
        if get(catalog, *path) not in (None, "/GoTo"):
            yield NotTold("the whole file", what, promise)
    layers = get(catalog, "/OCProperties")
    is_off = any(get(layers, "/D", key) not in (None, "/ON") for key in ("/BaseState", "/OFF", "/AS"))
    if is_off or any(key in group for group in items(get(layers, "/OCGs")) for key in ("/Usage", "/Intent")):
        yield NotTold("the whole file", "a layer that may be switched off (OCProperties)")
    for index, page in enumerate(pages, start=1):
        if "/AA" in page.obj:
            yield NotTold(f"page {index}", _STARTED, "P8")
        for note in items(get(page.obj, "/Annots")):
            kind = str(get(note, "/Subtype"))
            is_shown = not is_hidden(note) or int(get(note, "/F")) & _PRINTED
            if kind not in ("/Link", "/Popup") and is_shown:
                yield NotTold(f"page {index}", f"an annotation of the kind {kind.removeprefix('/')}")
