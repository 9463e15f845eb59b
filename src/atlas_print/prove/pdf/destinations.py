"""Where the links of a PDF lead: named, explicit and structure destinations (ISO 32000-1, 12.3.2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from atlas_print.prove.pdf.objects import as_list, entry, follow
from atlas_print.prove.pdf.runs import Run
from atlas_print.prove.pdf.views import View
from atlas_print.prove.reading.elements import Element
from atlas_print.prove.reading.limits import Part, spend

_ABOVE = 1.0
"""How far above a destination a baseline may stand and still be meant, in pt."""
_EXACT = 1.0
"""Rounding in files, in pt."""
_ASIDE = 0.1
"""Weight of the distance aside against the distance down: a line further down in the same column is nearer than
one at the same height in the next."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A run on the page, and the innermost structure element that it belongs to."""

    run: Run
    element: Element


class Destinations:
    """All that the links of one document can lead to."""

    def __init__(self, catalog: Mapping[str, Any], pages: Mapping[int, int], views: Sequence[View]) -> None:
        """`pages` has the index of each page by its object number, `views` each page as it is shown."""
        self._pages = pages
        self._views = views
        self._named: dict[str, Any] = dict(_old_names(catalog))
        for name, place in _name_tree(entry(entry(catalog, "/Names"), "/Dests"), set()):
            # Of a name with two places, programs take one or the other.
            self._named[name] = place if self._named.get(name, place) == place else None
        self._shown: dict[int, list[Shown]] = {}
        self._elements: dict[int, Element] = {}

    def add_run(self, run: Run, element: Element) -> None:
        """A run that the tree holds."""
        if run.text.strip():
            self._shown.setdefault(run.page, []).append(Shown(run, element))

    def add_element(self, number: int, element: Element) -> None:
        """A structure element by its object number, for structure destinations."""
        self._elements[number] = element

    def lead(self, annotation: Mapping[str, Any]) -> tuple[str, Any]:
        """A link annotation's address as written ("" if it has none), and its destination within the file, or None."""
        destination = entry(annotation, "/Dest")
        action = entry(annotation, "/A")
        if destination is None and isinstance(action, Mapping):
            if entry(action, "/S") == "/URI":
                return _text(entry(action, "/URI")), None
            if entry(action, "/S") != "/GoTo":
                return _text(entry(action, "/S")), None
            structure = entry(action, "/SD")
            destination = structure if structure is not None else entry(action, "/D")
        name = _text(destination) if isinstance(destination, str | bytes) else "a place in this file"
        return ("", None) if destination is None else (name, destination)

    def resolve(self, destination: Any) -> Element | None:
        """The element that a destination leads to; None if it leads nowhere or to a page without text."""
        if isinstance(destination, str | bytes):
            destination = self._named.get(_text(destination))
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

        def distance(shown: Shown) -> tuple[float, float]:
            run = shown.run
            down = -run.y if top is None else round(max(top - run.y, 0), 1)
            if left is None:
                return down, run.x
            aside = run.x - left if run.x - left > _EXACT else 0
            # Where one run ends and the next begins, the one that begins is meant.
            return down + aside * _ASIDE, abs(run.x - left)

        spend(Part.STEPS, len(self._shown.get(page, ())))
        below = [shown for shown in self._shown.get(page, ()) if top is None or shown.run.y <= top + _ABOVE]
        beside = [shown for shown in below if left is None or max(shown.run.x, shown.run.end_x) > left - _EXACT]
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


def _old_names(catalog: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    names = entry(catalog, "/Dests")
    if isinstance(names, Mapping):
        for name in names:
            yield str(name), entry(names, name)


def _name_tree(node: Any, seen: set[int]) -> Iterator[tuple[str, Any]]:
    if not isinstance(node, Mapping) or id(node) in seen:
        return
    seen.add(id(node))
    names = as_list(entry(node, "/Names"))
    for name, value in zip(names[::2], names[1::2], strict=False):
        yield _text(follow(name)), follow(value)
    for kid in as_list(entry(node, "/Kids")):
        yield from _name_tree(follow(kid), seen)


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
