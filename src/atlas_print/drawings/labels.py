"""The labels of a drawing, and how large they are after all transforms."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from atlas_print.drawings.matrix import around, scale_of
from atlas_print.drawings.text import SVG

_TEXTS = (f"{SVG}text", f"{SVG}tspan", f"{SVG}textPath")
_FONT_SIZE = "16"


@dataclass(frozen=True, slots=True)
class Label:
    """What stands in one size, and that size in units of the drawing's viewBox."""

    text: str
    size: float


def labels(root: etree._Element) -> Iterator[Label]:
    """What the labels of a drawing say, in pieces of one size."""
    for element in root.iter(*_TEXTS):
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        given = (it.get("font-size") for it in (element, *element.iterancestors()))
        size = float(next(filter(None, given), _FONT_SIZE)) * scale_of(around(element))
        if own.strip() and size > 0:
            yield Label(" ".join(own.split()), size)


def smallest_label(data: bytes) -> Label | None:
    """The smallest label of a drawing; None if it has none."""
    return min(labels(etree.fromstring(data)), key=lambda label: label.size, default=None)
