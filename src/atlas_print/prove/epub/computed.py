"""The properties of CSS that can hide words, add to them or recolour them, and their values as elements inherit them.

Held against a browser's computed styles in tests/prove/test_computed_styles.py. Lengths are in px.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tinycss2.color4 import Color, parse_color

_FAR = 800.0
"""px beyond which nothing is on the screen of a reader: a hanging indent or a negative margin is less."""
_SMALLEST_TYPE, _THINNEST_BOX = 3.0, 2.0
_FAINTEST = 0.1
_LEAST_CONTRAST = 1.5
"""Ratio of luminances (WCAG 2.2) below which words can't be told from their ground, whatever the eyes."""

_MAKERS = re.compile("-(?:webkit|moz|ms|epub|o|apple)-")
_PARTS = re.compile(r"\s+(?![^(]*\))")
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?")
_PER_PX = {"pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "rem": 16.0, "vw": 10.0, "vh": 10.0}
_PER_EM = {"em": 1.0, "ex": 0.5, "ch": 0.5, "lh": 1.2}
_LATER = re.compile(r"\b(?:var|calc|min|max|clamp|env|attr)\(")
"""What only a reader can work out."""

_SIDES = ("top", "right", "bottom", "left")
_PLACES = frozenset(("text-indent", *_SIDES, *(f"margin-{side}" for side in _SIDES)))
_SIZES = frozenset(("width", "height", "max-width", "max-height"))
_LENGTHS = _PLACES | _SIZES | {"font-size", "letter-spacing"}
_WIDE = re.compile("inherit|initial|unset|revert(?:-layer)?")
_OF_READERS = frozenset(
    "all animation animation-name background-image clip clip-path content-visibility filter flex-direction line-clamp"
    " mask mask-image mix-blend-mode offset-path order position rotate scale text-fill-color text-security transform"
    " translate unicode-bidi zoom".split()
)
"""Properties of which nobody can tell what they do, unless it is nothing."""
_NOTHING = re.compile(
    "none|normal|auto|visible|static|relative|sticky|row|column|embed|isolate|plaintext|currentcolor|1|100%"
)
_EVER_WATCHED = frozenset(
    "display visibility overflow color background-color content list-style-type counter-increment height"
    " max-height".split()
)
_NAMES = frozenset(("opacity", "text-decoration-line", *_EVER_WATCHED, *_LENGTHS, *_OF_READERS))
_SAME_AS = {"text-decoration": "text-decoration-line", "overflow-x": "overflow", "overflow-y": "overflow"}


def watched(declarations: Iterable[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """Of declarations (name in lower case, value, whether it is important) those that matter here, in longhands.

    Values are in lower case too, but those of `content`.
    """
    for name, value, weight in declarations:
        name = _MAKERS.sub("", name, count=1)
        name = _SAME_AS.get(name, name)
        value = " ".join((value if name == "content" else value.lower()).split())
        longhands = _longhands(name, value)
        yield from ((longhand, given, weight) for longhand, given in longhands if longhand in _NAMES)


def _longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    parts = _PARTS.split(value)
    if name in ("margin", "inset"):
        order = ("0000", "0101", "0121", "0123")[min(len(parts), 4) - 1]
        start = "margin-" if name == "margin" else ""
        yield from ((start + side, parts[int(at)]) for side, at in zip(_SIDES, order, strict=True))
    elif name == "background":
        colours = [part for part in parts if _WIDE.fullmatch(value) or parse_color(part) is not None]
        yield "background-color", colours[-1] if colours else "transparent"
        yield "background-image", value if "url(" in value or "gradient(" in value else "none"
    elif name == "font":
        sizes = (part.partition("/")[0] for part in parts)
        yield from (("font-size", size) for size in sizes if re.search(r"\d(?:[a-z]+|%)$|^0$|^(?:small|medium)", size))
    elif name == "list-style":
        kinds = [part for part in parts if part not in ("inside", "outside") and not part.startswith("url(")]
        yield "list-style-type", kinds[0] if kinds else "disc"
    elif name == "flex-flow":
        yield "flex-direction", next((part for part in parts if part.startswith(("row", "column"))), "row")
    else:
        yield name, value


def is_harmless(name: str, value: str) -> bool:
    """Whether a value of a property that is watched leaves the words of every element as they are."""
    if name == "font-size":
        # Nested in each other, smaller ones may end as nothing.
        size = pixels(value, per_cent=0.16)
        return size is None or size >= 8
    if name in _EVER_WATCHED:
        return value in ("list-item", "decimal", "visible", "auto", "scroll")
    return not is_gone({name: value, "overflow": "hidden"}, 16.0) and not is_unknown(name, value)


def is_unknown(name: str, value: str) -> bool:
    """Whether nobody can tell what a declaration does to words."""
    is_nothing = _NOTHING.fullmatch(value) or _WIDE.fullmatch(value)
    return (name in _OF_READERS and not is_nothing) or (name not in _LENGTHS and _LATER.search(value) is not None)


def pixels(value: str, em: float = 16.0, per_cent: float = 10.0) -> float | None:
    """A length in px, in type of `em` px; None for what is none, such as "auto". `per_cent` is what 1% is of."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    unit = found[2] or "px"
    if unit == "%":
        return float(found[1]) * per_cent
    return float(found[1]) * (_PER_EM[unit] * em if unit in _PER_EM else _PER_PX.get(unit, 1.0))


@dataclass(frozen=True, slots=True)
class Computed:
    """What an element hands on to those in it: `ink` on `ground`, None where that is a picture; in sRGB."""

    ink: Color
    ground: Color | None
    visibility: str = "visible"
    font_size: float = 16.0
    list_style: str = "disc"

    @property
    def is_unseen(self) -> bool:
        """Whether the words of an element itself can't be seen."""
        if self.ground is None or self.visibility != "visible" or self.font_size < _SMALLEST_TYPE:
            return self.visibility != "visible" or self.font_size < _SMALLEST_TYPE
        low, high = sorted((_luminance(_over(self.ink, self.ground)), _luminance(self.ground)))
        return (high + 0.05) / (low + 0.05) < _LEAST_CONTRAST


def computed(values: Mapping[str, str], around: Computed, tag: str) -> Computed:
    """The values of an element within another; `values` are those specified."""
    given = {name: value for name, value in values.items() if not _WIDE.fullmatch(value)}
    ink, ground = _colour(given.get("color"), around.ink), around.ground
    if given.get("background-image", "none") != "none":
        ground = None
    elif "background-color" in given:
        painted = _colour(given["background-color"], ink)
        ground = painted if painted.alpha == 1 or ground is None else _over(painted, ground)
        ground = around.ground if painted.alpha == 0 else ground
    return Computed(
        ink,
        ground,
        given.get("visibility", around.visibility),
        _font_size(given.get("font-size", "inherit"), around.font_size),
        given.get("list-style-type", "decimal" if tag == "ol" else around.list_style),
    )


def _font_size(value: str, around: float) -> float:
    if value in ("inherit", "smaller", "larger") or _LATER.search(value):
        return around * {"smaller": 5 / 6, "larger": 1.2}.get(value, 1.0)
    found = pixels(value, around, around / 100)
    # All that have a name can be read.
    return 16.0 if found is None else max(found, 0.0)


def _colour(value: str | None, otherwise: Color) -> Color:
    """A colour in sRGB; the other for one that only a reader knows, such as `canvastext`."""
    found = parse_color(value) if value else None
    return found.to("srgb") if isinstance(found, Color) else otherwise


def _over(painted: Color, ground: Color) -> Color:
    pairs = zip(painted.coordinates, ground.coordinates, strict=True)
    mixed = ((one or 0.0) * painted.alpha + (other or 0.0) * (1 - painted.alpha) for one, other in pairs)
    return Color("srgb", tuple(mixed), 1.0)


def _luminance(of: Color) -> float:
    held = (min(max(part or 0.0, 0.0), 1.0) for part in of.coordinates)
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in held)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def is_gone(values: Mapping[str, str], font_size: float) -> bool:
    """Whether nothing is read of an element with these values, nor of what is in it."""
    opacity = pixels(values.get("opacity", "1"), per_cent=0.01)
    return (
        values.get("display") == "none"
        or (opacity is not None and opacity <= _FAINTEST)
        or "line-through" in values.get("text-decoration-line", "")
        or (pixels(values.get("letter-spacing", ""), font_size) or 0.0) <= -font_size / 2
        or (cuts(values) and has_no_size(values))
        or any(_is_far(name, values[name], font_size) for name in _PLACES & values.keys())
    )


def cuts(values: Mapping[str, str]) -> bool:
    """Whether what stands out of an element is not shown."""
    return values.get("overflow", "").startswith(("hidden", "clip"))


def has_no_size(values: Mapping[str, str]) -> bool:
    """Whether a box with these values has no width or no height."""
    found = (pixels(values[name]) for name in _SIZES & values.keys())
    return any(size is not None and size < _THINNEST_BOX for size in found)


def _is_far(name: str, value: str, em: float) -> bool:
    """Whether something is beyond an edge of the screen; from the top, pages go on."""
    found = pixels(value.split()[0], em) or 0.0
    return abs(found) >= _FAR * 5 if name in ("left", "right") else found <= -_FAR and name != "margin-bottom"
