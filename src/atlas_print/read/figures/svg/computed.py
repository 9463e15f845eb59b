"""What an element of a drawing looks like in the end: declared values made absolute, inherited, without variables."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from atlas_print.read.figures.svg.values import FONT_SIZE, colour, font_size, fraction, length, transform, written

Reference: TypeAlias = Callable[[str, str], str | None]
"""Gives the new id of the part with an id, which a property names; None if there is no such part."""

_INITIAL = {
    "color": "#000000",
    "fill": "#000000",
    "fill-opacity": "1",
    "fill-rule": "nonzero",
    "stroke": "none",
    "stroke-opacity": "1",
    "stroke-width": "1",
    "stroke-linecap": "butt",
    "stroke-linejoin": "miter",
    "stroke-miterlimit": "4",
    "stroke-dasharray": "none",
    "stroke-dashoffset": "0",
    "clip-rule": "nonzero",
    "paint-order": "normal",
    "visibility": "visible",
    "font-size": written(FONT_SIZE),
    "font-weight": "400",
    "letter-spacing": "normal",
    "word-spacing": "normal",
    "text-anchor": "start",
    "text-transform": "none",
    "dominant-baseline": "auto",
    "writing-mode": "horizontal-tb",
    "direction": "ltr",
    "white-space": "normal",
    "marker-start": "none",
    "marker-mid": "none",
    "marker-end": "none",
    "color-interpolation-filters": "linearRGB",
}
"""Inherited properties with the values that they begin with."""
_SILENT = frozenset(("color", "visibility", "text-transform", "white-space"))
"""What is made plain here, and written nowhere."""
_OWN = {
    "opacity": "1",
    "clip-path": "none",
    "mask": "none",
    "filter": "none",
    "stop-color": "#000000",
    "stop-opacity": "1",
    "flood-color": "#000000",
    "flood-opacity": "1",
    "lighting-color": "#ffffff",
    "baseline-shift": "baseline",
    "alignment-baseline": "auto",
    "text-decoration": "none",
    "unicode-bidi": "normal",
    "mix-blend-mode": "normal",
    "isolation": "auto",
}
"""Properties that hold for their element alone."""
PROPERTIES = frozenset((*_INITIAL, *_OWN, "transform", "display"))
_PAINTS = {"fill": "fill-opacity", "stroke": "stroke-opacity"}
_COLOURS = {"stop-color": "stop-opacity", "flood-color": "flood-opacity", "lighting-color": ""}
_REFERENCES = frozenset("clip-path mask filter marker-start marker-mid marker-end".split())
_LENGTHS = frozenset("stroke-width stroke-dashoffset letter-spacing word-spacing".split())
_IN_STYLE = ("paint-order", "mix-blend-mode", "isolation")
"""What renderers read in a style attribute alone, or checkers of books know as no attribute."""
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)\s*(.*)", re.DOTALL)
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*(?:\([^()]*\)[^()]*)*))?\)")
_FILTERS = re.compile(
    r"(?:(?:blur|drop-shadow|hue-rotate|brightness|contrast|grayscale|invert|opacity|saturate|sepia)\((?:[\w\s.,#%+-]|rgba?\([\d\s.,%/]*\))*\)\s*)+"
)
"""Filters that CSS has functions for, of numbers and colours alone."""
_WORD = re.compile(r"[a-zA-Z][\w\s-]*")
_DEEPEST = 8
"""Variables within variables."""


@dataclass(frozen=True, slots=True)
class Look:
    """How an element looks: inherited values, sizes in user units; `scale` is what a user unit measures in the drawing.

    `alphas` are how opaque the colours of fill and stroke are by themselves.
    """

    values: Mapping[str, str] = field(default_factory=lambda: dict(_INITIAL))
    alphas: Mapping[str, float] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    own: Mapping[str, str] = field(default_factory=dict)
    viewport: tuple[float, float] = (0.0, 0.0)
    scale: float = 1.0
    is_preserved: bool = False

    @property
    def font_size(self) -> float:
        """In user units."""
        return float(self.values["font-size"])

    @property
    def is_visible(self) -> bool:
        """Whether shapes and letters of its own are drawn."""
        return self.values["visibility"] == "visible"

    @property
    def is_painted(self) -> bool:
        """Whether letters leave any ink."""
        paints = ((self.values[name], self._opacity(name)) for name in _PAINTS)
        return self.is_visible and any(paint != "none" and opacity > 0 for paint, opacity in paints)

    @property
    def diagonal(self) -> float:
        """What 100 % are for lengths that are neither along nor down."""
        return math.hypot(*self.viewport) / math.sqrt(2)

    def whole(self, name: str) -> float:
        """What 100 % are for a measure of that name."""
        if name in ("x", "x1", "x2", "cx", "fx", "dx", "width", "rx", "refX", "markerWidth"):
            return self.viewport[0]
        return self.viewport[1] if name in ("y", "y1", "y2", "cy", "fy", "dy", "height", "ry") else self.diagonal

    def _opacity(self, paint: str) -> float:
        return float(self.values[_PAINTS[paint]]) * self.alphas.get(paint, 1.0)

    def shown(self, reference: Reference) -> dict[str, str]:
        """The inherited properties as attributes."""
        found = {name: value for name, value in self.values.items() if name not in _SILENT}
        for paint, opacity in _PAINTS.items():
            found[opacity] = written(self._opacity(paint))
            found[paint] = self._paint(found[paint], paint, reference)
        for name in ("marker-start", "marker-mid", "marker-end"):
            found[name] = _named(found[name], name, reference)
        return found

    def _paint(self, value: str, name: str, reference: Reference) -> str:
        if value == "currentColor":
            return self.values["color"]
        url = _URL.fullmatch(value)
        if url is None:
            return value
        fallback = colour(url[3]) if url[3] else None
        held = reference(url[2], name if fallback is None and url[3] != "none" else "")
        return f"url(#{held})" if held else fallback.code if fallback else "none"


def look(declared: Mapping[str, str], around: Look) -> Look:
    """How an element looks for which that is declared, within what is around it."""
    variables = dict(around.variables)
    variables.update((name, value) for name, value in declared.items() if name.startswith("--"))
    values, alphas, own = dict(around.values), dict(around.alphas), dict[str, str]()
    given = {name: _with_variables(declared[name], variables) for name in declared if name in PROPERTIES}
    # What others are measured by comes first.
    for name in sorted(given, key=lambda name: name not in ("font-size", "color")):
        value = _meant(name, given[name], around)
        if value is None:
            continue
        holder = values if name in _INITIAL else own
        if name in _PAINTS:
            alphas[name] = 1.0
        if value == "currentColor" and name != "color":
            holder[name] = value if name in _PAINTS else values["color"]
            continue
        plain = _plain(name, value, replace(around, values=values))
        if plain is not None:
            holder[name], alpha = plain
            if name in _PAINTS:
                alphas[name] = alpha
            elif alpha != 1 and _COLOURS.get(name):
                own[_COLOURS[name]] = written(alpha * float(own.get(_COLOURS[name], "1")))
    moved, scale = None, around.scale
    if "transform" in own:
        moved = transform(own.pop("transform"), declared.get("transform-origin", ""))
    if moved is not None:
        own["transform"], scale = moved[0], scale * moved[1]
    preserved = around.is_preserved
    if "white-space" in given:
        preserved = values["white-space"] in ("pre", "pre-wrap", "break-spaces", "pre-line")
    return replace(
        around, values=values, alphas=alphas, variables=variables, own=own, scale=scale, is_preserved=preserved
    )


def attributes(it: Look, around: Mapping[str, str], reference: Reference) -> Iterator[tuple[str, str]]:
    """The attributes of an element that looks so, where `around` has those of what it stands in."""
    changed = {name: value for name, value in it.shown(reference).items() if around[name] != value}
    own = {name: it.own[name] for name in _IN_STYLE if it.own.get(name, _OWN.get(name)) != _OWN.get(name)}
    style = "; ".join(f"{name}: {value}" for name, value in {**changed, **own}.items() if name in _IN_STYLE)
    yield from ((name, value) for name, value in changed.items() if name not in _IN_STYLE)
    for name, value in it.own.items():
        written_ = _named(value, name, reference)
        if name not in (*_IN_STYLE, "display") and written_ != _OWN.get(name):
            yield name, written_
    if style:
        yield "style", style


def _with_variables(value: str, variables: Mapping[str, str]) -> str:
    for _ in range(_DEEPEST):
        if "var(" not in value:
            break
        value = _VARIABLE.sub(lambda found: variables.get(found[1], found[2] or "").strip(), value)
    return value.strip()


def _meant(name: str, value: str, around: Look) -> str | None:
    """A value without the words that stand for others; None for one that changes nothing."""
    word = value.lower()
    if word in ("inherit", "unset", "revert") and name in _INITIAL:
        return around.values[name]
    if word == "inherit":
        return around.own.get(name)
    if word in ("initial", "unset", "revert"):
        return {**_INITIAL, **_OWN}.get(name)
    return "currentColor" if word == "currentcolor" else value


def _plain(name: str, value: str, it: Look) -> tuple[str, float] | None:
    """A value in user units and #rrggbb, and how opaque it is; None for what no renderer would follow."""
    if name in _PAINTS:
        return _plain_paint(value)
    if name == "color" or name in _COLOURS:
        found = colour(value)
        return None if found is None else (found.code, found.alpha)
    if name == "font-size":
        size = font_size(value, it.font_size)
        return None if size is None or size < 0 else (written(size), 1.0)
    if name.endswith("opacity"):
        part = fraction(value)
        return None if part is None else (written(part), 1.0)
    if name in _LENGTHS:
        found_length = length(value, it.diagonal, it.font_size)
        return (value, 1.0) if value == "normal" else None if found_length is None else (written(found_length), 1.0)
    if name == "stroke-dasharray":
        parts = [length(part, it.diagonal, it.font_size) for part in re.split(r"[\s,]+", value)]
        dashes = " ".join(written(part) for part in parts if part is not None)
        # Without any length it is a whole line.
        is_dashed = None not in parts and any(parts) and min(part or 0 for part in parts) >= 0
        return dashes if is_dashed else "none", 1.0
    if name == "font-weight":
        return _weight(value, it.values["font-weight"]), 1.0
    if name == "baseline-shift" and value not in ("sub", "super", "baseline"):
        shift = length(value, it.font_size, it.font_size)
        return None if shift is None else (written(shift), 1.0)
    if name in _REFERENCES:
        is_known = value == "none" or _URL.fullmatch(value) or (name == "filter" and _FILTERS.fullmatch(value))
        return (value, 1.0) if is_known else None
    is_free = name == "transform" or _WORD.fullmatch(value) or length(value, 1.0) is not None
    return (value, 1.0) if is_free else None


def _plain_paint(value: str) -> tuple[str, float] | None:
    if value in ("none", "context-fill", "context-stroke"):
        return value, 1.0
    if _URL.fullmatch(value):
        return value, 1.0
    found = colour(value)
    return None if found is None else (found.code, found.alpha)


def _weight(value: str, around: str) -> str:
    if value.isdigit():
        return value
    return {"bold": "700", "bolder": "700", "lighter": "400", "normal": "400"}.get(value.lower(), around)


def _named(value: str, name: str, reference: Reference) -> str:
    """A value whose part has its new id; "none" where there is no such part."""
    url = _URL.fullmatch(value)
    if url is None:
        return value
    held = reference(url[2], name)
    return f"url(#{held})" if held else "none"
