"""What stands for others in a drawing: uses of its parts, and drawings within it."""

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from atlas_print.read.figures.svg.computed import Look
from atlas_print.read.figures.svg.geometry import Box, fitted, view_box
from atlas_print.read.figures.svg.report import local
from atlas_print.read.figures.svg.values import length, transform, written

if TYPE_CHECKING:
    from atlas_print.read.figures.svg.builder import Builder

_OPAQUE = frozenset(("visible", "auto"))


def use(builder: "Builder", element: etree._Element, into: etree._Element, it: Look, around: Look) -> None:
    """Builds what an element uses, where it is used; tells where there is none, or it leads in a circle."""
    identifier = builder.target(element)
    target = builder.found(identifier)
    if not identifier:
        return
    if target is None:
        what = f"the SVG refers to #{identifier}, which it doesn't have"
        builder.report.refuse(element, "svg-parts", what, "delete the reference, or draw the part", "href")
        return
    if builder.is_deep or target in (element, *element.iterancestors()):
        what = f"the SVG refers to #{identifier}, which refers to itself or to parts within parts"
        builder.report.refuse(element, "svg-parts", what, "draw the inner part itself", "href")
        return
    new = builder.new("g", element, into, it, around)
    declared = builder.declared(element)
    x, y = (length(declared.get(key, "0"), it.whole(key), it.font_size) or 0.0 for key in "xy")
    if x or y:
        new.set("transform", f"{new.get('transform', '')} translate({written(x)} {written(y)})".strip())
    if local(target) in ("symbol", "svg"):
        nested(builder, target, element, new, builder.looked(target, it), it)
    else:
        builder.element(target, new, it)


def nested(
    builder: "Builder", element: etree._Element, sized_by: etree._Element, into: etree._Element, it: Look, around: Look
) -> None:
    """A drawing in the drawing, or a symbol: a group that is clipped to its place."""
    declared, sizes = builder.declared(element), builder.declared(sized_by)
    is_used = sized_by is not element
    measures = {
        key: length({**declared, **sizes}.get(key, whole), around.whole(key), it.font_size)
        for key, whole in (("x", "0"), ("y", "0"), ("width", "100%"), ("height", "100%"))
    }
    x, y, width, height = (measures[key] or 0.0 for key in ("x", "y", "width", "height"))
    if is_used:
        x, y = 0.0, 0.0
    if width <= 0 or height <= 0:
        return
    new = builder.new("g", element, into, it, around)
    place = Box(x, y, width, height)
    if declared.get("overflow") not in _OPAQUE:
        outer = builder.make(into, "g")
        into.remove(new)
        outer.append(new)
        outer.set("clip-path", f"url(#{builder.parts.window(place)})")
    view = view_box(element.get("viewBox"))
    moved = fitted(view, place, element.get("preserveAspectRatio"))
    found = transform(moved)
    if found is not None:
        new.set("transform", f"{new.get('transform', '')} {found[0]}".strip())
    viewport = (view.width, view.height) if view else (width, height)
    scale = it.scale * (found[1] if found else 1.0)
    builder.children(element, new, replace(it, viewport=viewport, scale=scale))
