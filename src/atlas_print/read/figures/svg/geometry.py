"""Where things stand in a drawing: measures in user units, windows, and how a view is fitted into its place."""

import re
from typing import NamedTuple

from atlas_print.read.figures.svg.computed import Look
from atlas_print.read.figures.svg.values import NUMBER, length, written

LEVEL = "a million units"
_MOST = 1e6
_LISTS = frozenset(("x", "y", "dx", "dy", "rotate"))
SHAPES = {
    "path": ("d", "pathLength"),
    "line": ("x1", "y1", "x2", "y2", "pathLength"),
    "polyline": ("points", "pathLength"),
    "polygon": ("points", "pathLength"),
    "rect": ("x", "y", "width", "height", "rx", "ry", "pathLength"),
    "circle": ("cx", "cy", "r", "pathLength"),
    "ellipse": ("cx", "cy", "rx", "ry", "pathLength"),
}
"""What says where a shape stands, by its name."""
_LETTERS = ("x", "y", "dx", "dy", "rotate", "textLength", "lengthAdjust")
MEASURES = {**SHAPES, "text": _LETTERS, "tspan": _LETTERS, "textPath": (*_LETTERS, "startOffset")}
"""What says where an element stands, by its name."""
_PATH = re.compile(r"path\(\s*(?:\w+\s*,\s*)?(['\"])(.*)\1\s*\)", re.DOTALL)
_NO_PATH = re.compile(r"[^MmZzLlHhVvCcSsQqTtAa0-9eE+\-.,\s]")
_WORDS = ("auto", "none", "spacing", "spacingAndGlyphs")
_ALIGN = re.compile(r"x(Min|Mid|Max)Y(Min|Mid|Max)(?:\s+(meet|slice))?")
_SHARE = {"Min": 0.0, "Mid": 0.5, "Max": 1.0}


class Box(NamedTuple):
    """A place in user units."""

    x: float
    y: float
    width: float
    height: float


def measured(key: str, value: str, it: Look, *, of_letters: bool = False) -> str | None:
    """A measure in user units, "" for one that says nothing; None for a number that no one can draw.

    Letters may have a place each.
    """
    if key == "d":
        found = _PATH.fullmatch(value.strip())
        path = " ".join((found[2] if found else value).split())
        path = "" if path == "none" else path
        return None if _NO_PATH.search(path) or any(map(_is_off, NUMBER.findall(path))) else path
    if value.strip() in _WORDS:
        return value.strip() if value.strip() in _WORDS[2:] else ""
    if key == "points":
        numbers = NUMBER.findall(value)
        return None if NUMBER.sub("", value).strip(" ,\t\r\n") or any(map(_is_off, numbers)) else " ".join(numbers)
    if key == "startOffset" and value.strip().endswith("%"):
        return value.strip()
    parts = re.split(r"[\s,]+", value.strip()) if of_letters and key in _LISTS else [value.strip()]
    lengths = [length(part, it.whole(key), it.font_size) for part in parts if part]
    numbers_ = [found for found in lengths if found is not None and abs(found) < _MOST]
    return " ".join(map(written, numbers_)) if len(numbers_) == len(lengths) else None


def _is_off(number: str) -> bool:
    return not abs(float(number)) < _MOST


def view_box(given: str | None) -> Box | None:
    """A viewBox; None for none that can be drawn."""
    try:
        numbers = [float(part) for part in re.split(r"[\s,]+", (given or "").strip())]
    except ValueError:
        return None
    is_whole = len(numbers) == 4 and all(abs(it) < _MOST for it in numbers) and min(numbers[2:]) > 0
    return Box(*numbers) if is_whole else None


def fitted(view: Box | None, place: Box, aspect: str | None) -> str:
    """The transform that sets a view into its place; without a view it is only moved."""
    if view is None:
        return f"translate({place.x} {place.y})"
    across, up = place.width / view.width, place.height / view.height
    align = _ALIGN.fullmatch((aspect or "xMidYMid").strip())
    x, y = place.x, place.y
    if (aspect or "").strip() != "none":
        shares = (_SHARE[align[1]], _SHARE[align[2]]) if align else (0.5, 0.5)
        across = up = max(across, up) if align and align[3] == "slice" else min(across, up)
        x += shares[0] * (place.width - across * view.width)
        y += shares[1] * (place.height - up * view.height)
    return f"translate({x} {y}) scale({across} {up}) translate({-view.x} {-view.y})"
