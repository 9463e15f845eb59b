"""What a drawing means by its colours: whether they may turn with the page, or stay as its author chose them."""

import colorsys
import re
from itertools import pairwise

from lxml import etree

from atlas_print.drawings.matrix import around
from atlas_print.drawings.text import SVG

_PAINTS = ("fill", "stroke")
_MIXED = frozenset(f"{SVG}{name}" for name in "linearGradient radialGradient pattern mask filter image".split())
_SHAPES = frozenset(f"{SVG}{name}" for name in "path line polyline polygon rect circle ellipse text tspan".split())
_GREY = 0.12
"""How far the parts of a colour may lie apart, from 0 to 1, before it has a hue."""
_APART = 1 / 18
"""Of the circle of hues: 20 degrees."""
_HUES, _SHADES = 3, 6
"""More hues, or more shades of some, are a scale or a legend."""
_MARGIN = 0.02
"""How much of each side a ground may leave free."""
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_STRAIGHT = re.compile(r"[MLHVZmz\d\s.,e+-]*")


def keeps_its_colours(root: etree._Element) -> bool:
    """Whether a drawing keeps its colours in every theme: all that has a ground of its own, many colours, or shades.

    One of black, white and greys turns with its page, whatever ground it has.
    """
    if any(element.tag in _MIXED or "blend" in (element.get("style") or "") for element in root.iter("*")):
        return True
    coloured = {colour for colour in _colours(root) if has_hue(colour)}
    if not coloured:
        return False
    return paints_its_ground(root) or len(coloured) > _SHADES or _count(coloured) > _HUES


def paints_its_ground(root: etree._Element) -> bool:
    """Whether the first shape of a drawing covers all of it."""
    first = next((it for it in root.iter(*_SHAPES) if next(it.iterancestors(f"{SVG}defs"), None) is None), None)
    if first is None or not _is_filled(first):
        return False
    points = _corners(first)
    if not points:
        return False
    a, b, c, d, e, f = around(first)
    placed = [(a * x + c * y + e, b * x + d * y + f) for x, y in points]
    left, top, width, height = (float(it) for it in (root.get("viewBox") or "0 0 1 1").split())
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    is_across = min(xs) <= left + _MARGIN * width and max(xs) >= left + (1 - _MARGIN) * width
    return is_across and min(ys) <= top + _MARGIN * height and max(ys) >= top + (1 - _MARGIN) * height


def _is_filled(shape: etree._Element) -> bool:
    chain = (shape, *shape.iterancestors())
    fill = next((it.get("fill") for it in chain if it.get("fill")), "#000000")
    return fill != "none" and all(float(it.get(key) or 1) > 0.9 for it in chain for key in ("fill-opacity", "opacity"))


def _corners(shape: etree._Element) -> list[tuple[float, float]]:
    """The corners of a shape of straight lines."""
    if shape.tag == f"{SVG}rect":
        x, y, width, height = (float(shape.get(key) or 0) for key in ("x", "y", "width", "height"))
        return [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
    if shape.tag == f"{SVG}polygon":
        numbers = [float(it) for it in _NUMBER.findall(shape.get("points") or "")]
        return list(zip(numbers[::2], numbers[1::2], strict=False))
    path = shape.get("d") or ""
    return _line_ends(path) if _STRAIGHT.fullmatch(path) and not path.startswith("m") else []


def _line_ends(path: str) -> list[tuple[float, float]]:
    """The ends of the lines of a path in absolute coordinates."""
    found: list[tuple[float, float]] = []
    x = y = 0.0
    for command, inner in re.findall(r"([MLHV])([^MLHVZz]*)", path):
        numbers = [float(it) for it in _NUMBER.findall(inner)]
        if command == "H":
            pairs = [(it, y) for it in numbers]
        elif command == "V":
            pairs = [(x, it) for it in numbers]
        else:
            pairs = list(zip(numbers[::2], numbers[1::2], strict=False))
        for x, y in pairs:
            found.append((x, y))
    return found


def _colours(root: etree._Element) -> set[str]:
    given = (element.get(name) or "" for element in root.iter("*") for name in _PAINTS)
    return {colour for colour in given if colour.startswith("#") and len(colour) == 7}


def _parts(colour: str) -> tuple[float, float, float]:
    red, green, blue = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    return red, green, blue


def has_hue(colour: str) -> bool:
    """Whether a colour, #rrggbb, is more than a grey."""
    return max(_parts(colour)) - min(_parts(colour)) > _GREY


def _count(colours: set[str]) -> int:
    """How many hues there are, of which those side by side are one."""
    hues = sorted(colorsys.rgb_to_hls(*_parts(colour))[0] for colour in colours)
    gaps = sum(after - before > _APART for before, after in pairwise(hues))
    is_round = hues[0] + 1 - hues[-1] <= _APART
    return max(gaps + 1 - is_round, 1)
