"""Parts of a drawing that other parts refer to: each exists, none leads in a circle, and none is a bomb."""

import re
from collections.abc import Iterator

from lxml import etree

_LOCAL_URL = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)")
_DRAWN = 50_000
"""Elements that a drawing may come to once its parts are drawn wherever they are used."""


def check_parts(root: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Each element with a reference that a reader could not draw, what is wrong with it, and what to draw.

    A part that is referred to may refer to colour gradients only: a few lines of parts within parts could
    draw billions of shapes, or lead in a circle.
    """
    by_id = {str(element.get("id")): element for element in root.iter("*") if element.get("id") is not None}
    drawn = 0
    for element in root.iter("*"):
        drawn += 1
        for name in _names(element):
            target = by_id.get(name)
            if target is None:
                yield (
                    element,
                    f"the SVG refers to #{name}, which it doesn't have",
                    "delete the reference, or draw the part",
                )
            elif not _is_last(target, by_id, _is_gradient(element)):
                yield element, f"the SVG refers to #{name}, which refers to another part", "draw the inner part itself"
            elif not _is_gradient(target):
                drawn += _vertices(element) * sum(1 for _ in target.iter("*"))
        if drawn > _DRAWN:
            what = f"the SVG draws more than {_DRAWN} shapes once its parts are put in place"
            yield element, what, "draw fewer of them"
            return


def _is_last(target: etree._Element, by_id: dict[str, etree._Element], from_gradient: bool) -> bool:
    """Whether a part refers to nothing but gradients, and a gradient that another gradient builds on to nothing."""
    inner = [name for part in target.iter("*") for name in _names(part)]
    return not inner if from_gradient else all(_is_gradient(by_id.get(name)) for name in inner)


def _names(element: etree._Element) -> list[str]:
    """The ids that an element refers to."""
    found = [match.group(1) for value in element.attrib.values() for match in _LOCAL_URL.finditer(str(value))]
    href = str(element.get("href") or "")
    return [*found, href[1:]] if href else found


def _is_gradient(element: etree._Element | None) -> bool:
    return element is not None and etree.QName(element).localname in ("linearGradient", "radialGradient")


def _vertices(element: etree._Element) -> int:
    """How often a marker could be drawn on the element; once for all that has no path."""
    return 1 + len(re.findall(r"[0-9]+", f"{element.get('d') or ''}{element.get('points') or ''}")) // 2
