"""Parts of a drawing that others refer to: gradients, patterns, clips, masks, markers, filters, paths of text."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from atlas_print.read.figures.svg.computed import Look
from atlas_print.read.figures.svg.geometry import LEVEL, SHAPES, Box, measured, view_box
from atlas_print.read.figures.svg.report import local
from atlas_print.read.figures.svg.values import fraction, length, transform, written

if TYPE_CHECKING:
    from atlas_print.read.figures.svg.builder import Builder

_GRADIENTS = frozenset(("linearGradient", "radialGradient"))
_PAINTS = frozenset((*_GRADIENTS, "pattern"))
_KINDS: Mapping[str, frozenset[str]] = {
    "fill": _PAINTS,
    "stroke": _PAINTS,
    "": _PAINTS,
    "clip-path": frozenset(("clipPath",)),
    "mask": frozenset(("mask",)),
    "filter": frozenset(("filter",)),
    "marker-start": frozenset(("marker",)),
    "marker-mid": frozenset(("marker",)),
    "marker-end": frozenset(("marker",)),
    "textPath": frozenset(SHAPES),
}
"""What a property may refer to, by its name."""
_NEEDED = frozenset(("fill", "stroke", "mask", "filter", "textPath"))
"""Properties that draw nothing where their part is missing."""
_UNITS = {
    "linearGradient": "gradientUnits",
    "radialGradient": "gradientUnits",
    "pattern": "patternUnits",
    "mask": "maskUnits",
    "filter": "filterUnits",
    "marker": "markerUnits",
}
_PLACES = {
    "linearGradient": ("x1", "y1", "x2", "y2"),
    "radialGradient": ("cx", "cy", "r", "fx", "fy", "fr"),
    "pattern": ("x", "y", "width", "height"),
    "mask": ("x", "y", "width", "height"),
    "filter": ("x", "y", "width", "height"),
    "marker": ("refX", "refY", "markerWidth", "markerHeight"),
    "clipPath": (),
}
_WORDS = {
    "gradientUnits": r"userSpaceOnUse|objectBoundingBox",
    "spreadMethod": r"pad|reflect|repeat",
    "patternUnits": r"userSpaceOnUse|objectBoundingBox",
    "patternContentUnits": r"userSpaceOnUse|objectBoundingBox",
    "maskUnits": r"userSpaceOnUse|objectBoundingBox",
    "maskContentUnits": r"userSpaceOnUse|objectBoundingBox",
    "mask-type": r"alpha|luminance",
    "clipPathUnits": r"userSpaceOnUse|objectBoundingBox",
    "filterUnits": r"userSpaceOnUse|objectBoundingBox",
    "primitiveUnits": r"userSpaceOnUse|objectBoundingBox",
    "markerUnits": r"userSpaceOnUse|strokeWidth",
    "orient": r"auto|auto-start-reverse|[-+.\d]+(?:deg)?",
    "preserveAspectRatio": r"none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max)(?:\s+(?:meet|slice))?",
    "overflow": r"visible|hidden|auto",
}
"""Attributes of parts that are taken as they are, with the values that they may have."""
_DEEPEST = 10
_ID = re.compile(r"#([^'\")]*)")
_SIGNS = re.compile(r"[\w\s.,#%+-]*")
"""What values of a filter's steps are made of."""
_STEP_OUT = frozenset(("id", "class", "style", "href"))


class Parts:
    """The parts of one drawing, each built at its first use and named anew."""

    def __init__(self, builder: "Builder") -> None:
        self._builder = builder
        self._names: dict[str, str | None] = {}
        self._costs: dict[str, int] = {}
        self._open: list[str] = []
        self._windows: dict[Box, str] = {}

    def reference(self, identifier: str, user: str, element: etree._Element) -> str | None:
        """The new id of the part with that id, for the property `user` of an element; None for no such part."""
        if not identifier.startswith("#") and user != "textPath":
            if identifier:
                help_ = "a drawing may only refer to its own parts, as url(#id)"
                self._builder.report.refuse(element, "svg-link", f"the SVG refers to {identifier[:60]!r}", help_, user)
            return None
        identifier = identifier.removeprefix("#")
        if identifier in self._open:
            what = f"the SVG refers to #{identifier}, which refers to itself"
            self._builder.report.refuse(element, "svg-parts", what, "draw the inner part itself", user)
            return None
        target = self._builder.found(identifier)
        if target is None or local(target) not in _KINDS[user]:
            if user in _NEEDED:
                what = f"the SVG refers to #{identifier}, which it doesn't have"
                self._builder.report.refuse(element, "svg-parts", what, "delete the reference, or draw the part", user)
            return None
        if identifier in self._names:
            # Whoever refers to a part has it drawn once more, with all that it refers to.
            self._builder.count(self._costs[identifier])
            return self._names[identifier]
        self._open.append(identifier)
        before = self._builder.drawn
        self._names[identifier] = self._built(target, element)
        self._costs[identifier] = self._builder.drawn - before
        self._open.pop()
        return self._names[identifier]

    def cost(self, value: str) -> int:
        """How many elements are drawn for a part that a property names as url(#id)."""
        found = _ID.search(value)
        return self._costs.get(found[1], 0) if found else 0

    def window(self, place: Box) -> str:
        """The id of a clip to that place."""
        if place not in self._windows:
            clip = self._new("clipPath")
            rectangle = self._builder.make(clip, "rect")
            for name, value in zip(("x", "y", "width", "height"), place, strict=True):
                rectangle.set(name, written(value))
            self._windows[place] = str(clip.get("id"))
        return self._windows[place]

    def _new(self, name: str) -> etree._Element:
        new = self._builder.make(self._builder.defs, name)
        new.set("id", f"part-{len(self._builder.defs)}")
        return new

    def _built(self, target: etree._Element, user: etree._Element) -> str | None:
        name, it = local(target), self._builder.look_of(target)
        if len(self._open) > _DEEPEST:
            what = f"the SVG refers to #{target.get('id')}, which stands in parts within parts"
            self._builder.report.refuse(user, "svg-parts", what, "draw the inner part itself")
            return None
        chain = self._chain(target, user)
        declared: dict[str, str] = {}
        for part in reversed(chain):
            declared.update(self._builder.declared(part))
        new = self._new(name)
        if name in SHAPES:
            self._path(new, name, declared, it)
            return str(new.get("id"))
        self._sizes(new, name, target, declared, it)
        initial = Look(viewport=it.viewport)
        if name in _GRADIENTS:
            holder = next((part for part in chain if any(local(stop) == "stop" for stop in _kids(part))), target)
            self._stops(new, holder)
        elif name == "filter":
            for step in _kids(target):
                self._step(new, step, it)
        else:
            if not (name == "clipPath" and it.own.get("clip-path") is None):
                it = replace(it, own={key: value for key, value in it.own.items() if key != "transform"})
            self._builder.dress(new, replace(it, own=_kept(it, name)), initial, target)
            holder = next((part for part in chain if any(local(kid) for kid in _kids(part))), target)
            view = view_box(declared.get("viewBox"))
            inner = replace(it, own={}, viewport=(view.width, view.height) if view else it.viewport)
            self._builder.children(holder, new, inner)
        return str(new.get("id"))

    def _chain(self, target: etree._Element, user: etree._Element) -> list[etree._Element]:
        """A part and those that it builds on, one on the other."""
        chain = [target]
        while local(chain[-1]) in _PAINTS and len(chain) <= _DEEPEST:
            identifier = self._builder.target(chain[-1])
            found = self._builder.found(identifier) if identifier else None
            if found is None:
                return chain
            if found in chain:
                break
            chain.append(found)
        else:
            return chain
        what = f"the SVG refers to #{target.get('id')}, which refers to itself"
        self._builder.report.refuse(user, "svg-parts", what, "draw the inner part itself")
        return chain

    def _path(self, new: etree._Element, name: str, declared: Mapping[str, str], it: Look) -> None:
        for key in SHAPES[name]:
            found = measured(key, declared[key], it) if key in declared else None
            if found:
                new.set(key, found)
        if it.own.get("transform"):
            new.set("transform", it.own["transform"])

    def _sizes(
        self, new: etree._Element, name: str, target: etree._Element, declared: Mapping[str, str], it: Look
    ) -> None:
        """Where a part stands: in user units, or as shares of what it is used on."""
        units = declared.get(_UNITS.get(name, ""), "")
        is_share = name != "marker" and units != "userSpaceOnUse"
        for key in _PLACES[name]:
            if key in declared:
                wholes = it.whole(key) if not is_share else 1.0
                found = length(declared[key], wholes, it.font_size)
                if found is None or abs(found) >= 1e6:
                    if declared[key] in ("left", "center", "right", "top", "bottom"):
                        new.set(key, declared[key])
                        continue
                    what = f"the SVG has the number {declared[key][:30]!r} in {key!r}"
                    self._builder.report.refuse(target, "svg-number", what, f"draw it within {LEVEL}", key)
                else:
                    new.set(key, written(found))
        for key, pattern in _WORDS.items():
            if key in declared and re.fullmatch(pattern, declared[key]):
                new.set(key, declared[key])
        view = view_box(declared.get("viewBox"))
        if view is not None and name in ("marker", "pattern"):
            new.set("viewBox", " ".join(map(written, view)))
        key = {"pattern": "patternTransform"}.get(name, "gradientTransform" if name in _GRADIENTS else "transform")
        if name in (*_PAINTS, "clipPath"):
            found_transform = transform(declared.get(key, "") or declared.get("transform", ""))
            if found_transform is not None:
                new.set(key, found_transform[0])

    def _stops(self, new: etree._Element, holder: etree._Element) -> None:
        for stop in (kid for kid in _kids(holder) if local(kid) == "stop"):
            it = self._builder.look_of(stop)
            made = self._builder.make(new, "stop")
            made.set("offset", written(fraction(self._builder.declared(stop).get("offset", "0")) or 0.0))
            made.set("stop-color", it.own.get("stop-color", "#000000"))
            if it.own.get("stop-opacity", "1") != "1":
                made.set("stop-opacity", it.own["stop-opacity"])

    def _step(self, new: etree._Element, step: etree._Element, it: Look) -> None:
        """A step of a filter, which only computes."""
        name = local(step)
        if not name.startswith("fe"):
            return
        if name == "feImage":
            what = "the SVG element <feImage> is not accepted"
            self._builder.report.refuse(step, "svg-element", what, "draw the picture itself")
            return
        made = self._builder.make(new, name)
        own = self._builder.look_of(step).own
        for key, value in self._builder.declared(step).items():
            if key not in _STEP_OUT and not key.lower().startswith("on") and _SIGNS.fullmatch(value):
                made.set(key, own.get(key, value))
        for kid in _kids(step):
            self._step(made, kid, it)


def _kids(element: etree._Element) -> list[etree._Element]:
    return [kid for kid in element if isinstance(kid.tag, str)]


def _kept(it: Look, name: str) -> dict[str, str]:
    """The properties of its own that a part keeps."""
    kept = ("clip-path", "mask", *(("opacity",) if name == "marker" else ()))
    return {key: value for key, value in it.own.items() if key in kept}
