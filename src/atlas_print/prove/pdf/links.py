"""Links of a PDF: where they lie on their pages, and where they lead (ISO 32000-1, 12.3.2 and 12.5)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from atlas_print.prove.pdf.file import as_list, entry, follow, rectangle
from atlas_print.prove.pdf.runs import Box, Run, View, around
from atlas_print.prove.reading.elements import Element

Link: TypeAlias = tuple[Mapping[str, Any], int | None]
"""An annotation, and its object number."""

_HIDDEN = 2 | 32
"""Flags of what no reader sees: hidden, no view (ISO 32000-1, table 165)."""
_SLACK = 1.5
"""em around its words that a link may take up: fingers need room."""
_ABOVE = 1.0
"""How far above a destination a baseline may stand and still be meant, in pt."""
_EXACT = 1.0
"""Rounding in files, in pt."""
_ASIDE = 0.1
"""Weight of the distance aside against the distance down: a line further down in the same column is nearer than
one at the same height in the next."""


def is_hidden(annotation: Mapping[str, Any]) -> bool:
    """Whether no viewer shows an annotation, nor lets a hand find it."""
    flags = entry(annotation, "/F")
    return isinstance(flags, int) and bool(flags & _HIDDEN)


class LinkAreas:
    """On which page each link annotation lies, by its object number, and where."""

    def __init__(self, pages: Sequence[Mapping[str, Any]], views: Sequence[View]) -> None:
        self._views = views
        self._pages: dict[int, int] = {}
        for index, page in enumerate(pages):
            for item in as_list(entry(page, "/Annots")):
                number = getattr(item, "idnum", None)
                if number is not None:
                    self._pages.setdefault(number, index)

    def lie_over(self, links: Sequence[Link], runs: Sequence[Run]) -> bool:
        """Whether links lie on their pages over all of these runs; over nothing they may lie anywhere on a page."""
        boxes = list(self._boxes(links))
        words = [run for run in runs if run.text.strip()]
        return bool(boxes) and all(any(_meet(run, *box) for box in boxes) for run in words)

    def larger(self, links: Sequence[Link], runs: Sequence[Run]) -> Iterator[int]:
        """The pages, from 0, on which a link takes up more than its words and the room of a line around them."""
        for page, (left, bottom, right, top) in self._boxes(links):
            own = [run for run in runs if _meet(run, page, (left, bottom, right, top))]
            slack = _SLACK * max((run.size for run in own), default=0.0)
            if own and (
                left < min(run.box[0] for run in own) - slack
                or bottom < min(run.box[1] for run in own) - slack
                or right > max(run.box[2] for run in own) + slack
                or top > max(run.box[3] for run in own) + slack
            ):
                yield page

    def _boxes(self, links: Sequence[Link]) -> Iterator[tuple[int, Box]]:
        """Where links lie that can be found, with the page."""
        for annotation, number in links:
            page = None if number is None else self._pages.get(number)
            if page is not None and not is_hidden(annotation):
                yield page, around(self._views[page].matrix, rectangle(entry(annotation, "/Rect")))


def _meet(run: Run, page: int, box: Box) -> bool:
    left, bottom, right, top = box
    other_left, other_bottom, other_right, other_top = run.box
    across = left < other_right and other_left < right
    return run.page == page and across and bottom < other_top and other_bottom < top


@dataclass(frozen=True, slots=True)
class _Place:
    run: Run
    element: Element


class Destinations:
    """All that the links of one document can lead to."""

    def __init__(self, catalog: Mapping[str, Any], pages: Mapping[int, int], views: Sequence[View]) -> None:
        """`pages` has the index of each page by its object number, `views` each page as it is shown."""
        self._pages = pages
        self._views = views
        names = entry(catalog, "/Dests")
        held = names if isinstance(names, Mapping) else {}
        self._named: dict[str, Any] = {str(name): entry(held, name) for name in held}
        for name, place in _name_tree(entry(entry(catalog, "/Names"), "/Dests"), set()):
            # Of a name with two places, programs take one or the other.
            self._named[name] = place if self._named.get(name, place) == place else None
        self._shown: dict[int, list[_Place]] = {}
        self._elements: dict[int, Element] = {}

    def add_run(self, run: Run, element: Element) -> None:
        """A run that the structure tree holds."""
        if run.text.strip():
            self._shown.setdefault(run.page, []).append(_Place(run, element))

    def add_element(self, number: int, element: Element) -> None:
        """A structure element by its object number, for structure destinations."""
        self._elements[number] = element

    def lead(self, annotation: Mapping[str, Any]) -> tuple[str, Any]:
        """A link annotation's address as written ("" if it has none), and its destination within the file, or None."""
        destination = entry(annotation, "/Dest")
        action = entry(annotation, "/A")
        if destination is None and isinstance(action, Mapping):
            if entry(action, "/S") == "/URI":
                return _name(entry(action, "/URI")), None
            if entry(action, "/S") != "/GoTo":
                return _name(entry(action, "/S")), None
            structure = entry(action, "/SD")
            destination = structure if structure is not None else entry(action, "/D")
        name = _name(destination) if isinstance(destination, str | bytes) else "a place in this file"
        return ("", None) if destination is None else (name, destination)

    def resolve(self, destination: Any) -> Element | None:
        """The element that a destination leads to; None if it leads nowhere or to a page without text."""
        if isinstance(destination, str | bytes):
            destination = self._named.get(_name(destination))
        if isinstance(destination, Mapping):
            structure = entry(destination, "/SD")
            destination = structure if structure is not None else entry(destination, "/D")
        if not isinstance(destination, list) or not destination:
            return None
        number = getattr(destination[0], "idnum", None)
        if number in self._elements:
            return self._elements[number]
        page = self._pages.get(number) if number is not None else int(destination[0])
        if page is None or not 0 <= page < len(self._views):
            return None
        return self._nearest(page, *self._views[page].point(*_point(destination)))

    def _nearest(self, page: int, left: float | None, top: float | None) -> Element | None:
        """The element of the run that a point on a page means: the first below it and not left of it."""

        def distance(place: _Place) -> tuple[float, float]:
            run = place.run
            down = -run.y if top is None else round(max(top - run.y, 0), 1)
            if left is None:
                return down, run.x
            aside = run.x - left if run.x - left > _EXACT else 0
            # Where one run ends and the next begins, the one that begins is meant.
            return down + aside * _ASIDE, abs(run.x - left)

        below = [place for place in self._shown.get(page, ()) if top is None or place.run.y <= top + _ABOVE]
        beside = [place for place in below if left is None or max(place.run.x, place.run.end_x) > left - _EXACT]
        return min(beside or below, key=distance).element if below else None


def _point(destination: list[Any]) -> tuple[float | None, float | None]:
    """Left and top of a destination, in pt; None where it leaves them open."""
    kind = follow(destination[1]) if len(destination) > 1 else None
    index = {"/XYZ": (2, 3), "/FitH": (None, 2), "/FitBH": (None, 2), "/FitV": (2, None), "/FitR": (2, 5)}
    left, top = index.get(str(kind), (None, None))
    return _coordinate(destination, left), _coordinate(destination, top)


def _coordinate(destination: list[Any], index: int | None) -> float | None:
    if index is None or index >= len(destination):
        return None
    value = follow(destination[index])
    return float(value) if isinstance(value, int | float) else None


def _name_tree(node: Any, seen: set[int]) -> Iterator[tuple[str, Any]]:
    if not isinstance(node, Mapping) or id(node) in seen:
        return
    seen.add(id(node))
    names = as_list(entry(node, "/Names"))
    for name, value in zip(names[::2], names[1::2], strict=False):
        yield _name(follow(name)), follow(value)
    for kid in as_list(entry(node, "/Kids")):
        yield from _name_tree(follow(kid), seen)


def _name(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
