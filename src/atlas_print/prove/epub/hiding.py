"""Which values of style sheets take words from a reader's eyes, or turn them into what they don't say."""

import re
from collections.abc import Mapping
from itertools import pairwise

from tinycss2.color4 import Color, parse_color

_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?")
_PER_PX = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 37.8, "mm": 3.78, "q": 0.945}
_PER_EM = {"em": 16.0, "rem": 16.0, "ex": 8.0, "ch": 8.0, "ic": 16.0, "lh": 19.0, "rlh": 19.0}
_PER_CENT = {"%": 10.0, "vw": 10.0, "vh": 10.0, "vmin": 10.0, "vmax": 10.0}
_FAR = 800.0
"""Pixels beyond which nothing is on the screen of a reader: a hanging indent or a margin that is negative is less."""
_SMALLEST = 3.0
"""Pixels of type that nobody reads."""
_THINNEST = 2.0
"""Pixels of a box that shows nothing of what it cuts off."""
_FAINTEST = 0.1
_LEAST_CONTRAST = 1.5
"""Ratio of luminances (WCAG 2.2) below which words can't be told from their ground, whatever the eyes."""

_NEVER = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "content-visibility": re.compile("hidden"),
    "clip": re.compile(r"rect\(\s*(?:0|1px)[\s,].*\)"),
    "clip-path": re.compile(r"(?:inset\(\s*(?:[5-9]\d(?:\.\d+)?|100)%.*|(?:circle|ellipse)\(\s*0(?![.\d]).*)\)"),
    "text-security": re.compile("(?!none).+"),
    "text-decoration": re.compile(r".*\bline-through\b.*"),
    "text-decoration-line": re.compile(r".*\bline-through\b.*"),
    "filter": re.compile(r".*\bopacity\(\s*0*\.?0*%?\s*\).*"),
    "mask": re.compile(r".*gradient\(\s*transparent\s*,\s*transparent.*\).*"),
    "mask-image": re.compile(r".*gradient\(\s*transparent\s*,\s*transparent.*\).*"),
}
"""Values that hide, or strike out, by themselves; names without the prefix of a maker."""
_COLOURS = frozenset(("color", "text-fill-color"))
_PLACES = frozenset("left right top bottom inset margin margin-left margin-right margin-top inset-inline-start".split())
_SIDES = ("height", "max-height", "width", "max-width", "block-size", "inline-size", "max-block-size")
_TRANSFORMS = re.compile(r"(scale|rotate|translate)(3d|[xyz])?\(([^()]*)\)")
_POINT = re.compile(r"polygon\(([^()]*)\)")


def hides(values: Mapping[str, str]) -> bool:
    """Whether these values, names in lower case, take what they are set on from the reader's eyes, or change it.

    They are those of one rule or of one element: some hide only together, such as no height and no overflow.
    """
    plain = {name.removeprefix("-webkit-"): plain_value(value) for name, value in values.items()}
    return any(_hides(name, value, plain) for name, value in plain.items())


def plain_value(value: str) -> str:
    """A value in lower case, without its weight."""
    return value.lower().removesuffix("!important").strip()


def has_no_size(values: Mapping[str, str]) -> bool:
    """Whether a picture with these values has no width or no height."""
    return any(_is_thin(plain_value(values.get(name, ""))) for name in _SIDES)


def opaque(value: str) -> Color | None:
    """The colour of a value; None for one that is no colour, or that something shines through."""
    found = parse_color(value)
    return found if isinstance(found, Color) and found.alpha == 1 else None


def is_unreadable(colour: Color, ground: Color) -> bool:
    """Whether words in that colour can't be told from their ground."""
    one, other = sorted((_luminance(colour), _luminance(ground)))
    return (other + 0.05) / (one + 0.05) < _LEAST_CONTRAST


def ground(values: Mapping[str, str]) -> str | None:
    """The colour that values paint behind their element, as written; None if they name none."""
    return values.get("background-color", values.get("background"))


def _hides(name: str, value: str, values: Mapping[str, str]) -> bool:
    if name in _NEVER and _NEVER[name].fullmatch(value):
        return True
    if name in _COLOURS:
        colour = parse_color(value)
        return isinstance(colour, Color) and colour.alpha <= _FAINTEST
    if name in _PLACES:
        return any(pixels(part) <= -_FAR or (name != "margin" and _is_out(name, part)) for part in value.split())
    match name:
        case "opacity":
            return _share(value) <= _FAINTEST
        case "font-size":
            return 0 <= type_size(value) < _SMALLEST
        case "font":
            return any(0 <= type_size(part) < _SMALLEST for part in value.partition("/")[0].split())
        case "text-indent":
            return abs(pixels(value)) >= _FAR
        case "letter-spacing":
            return pixels(value) <= -_PER_EM["em"] / 2
        case "clip-path":
            return _has_no_area(value)
        case "transform" | "scale" | "rotate" | "translate":
            return _turns_away(value if name == "transform" else f"{name}({','.join(value.split())})")
    return name in _SIDES and values.get("overflow", "visible") not in ("visible", "") and _is_thin(value)


def pixels(value: str) -> float:
    """About how many CSS pixels a length is, in type of 16; 0 for what is none."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return 0
    per = {**_PER_PX, **_PER_EM, **_PER_CENT}.get(found[2] or "", 0)
    return float(found[1]) * per


def _is_out(name: str, value: str) -> bool:
    """Whether a place is beyond the other edge of the screen; from the top, pages go on."""
    return name != "top" and not name.startswith("margin") and pixels(value) >= _FAR * 5


def type_size(value: str) -> float:
    """The pixels of a size of type; -1 for what is none, such as a weight."""
    found = _LENGTH.fullmatch(value)
    if found is None or (found[2] is None and float(found[1])):
        return -1
    return float(found[1]) * ({**_PER_PX, **_PER_EM, "%": 0.16}.get(found[2], _PER_EM["em"]) if found[2] else 0)


def _is_thin(value: str) -> bool:
    found = _LENGTH.fullmatch(value)
    return found is not None and (pixels(value) < _THINNEST if found[2] else not float(found[1]))


def _share(value: str) -> float:
    found = _LENGTH.fullmatch(value)
    if found is None or found[2] not in (None, "%"):
        return 1
    return float(found[1]) / (100 if found[2] else 1)


def _has_no_area(value: str) -> bool:
    """Whether a polygon holds nothing."""
    found = _POINT.fullmatch(value)
    if found is None:
        return False
    points = [[pixels(part) or _share(part) for part in point.split()] for point in found[1].split(",")]
    if any(len(point) != 2 for point in points):
        return False
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise([*points, points[0]]))
    return area == 0


def _turns_away(value: str) -> bool:
    """Whether a transformation leaves nothing to see, shows it in a mirror or moves it off the screen."""
    for name, axis, inner in _TRANSFORMS.findall(value):
        parts = [part.strip() for part in inner.split(",") if part.strip()]
        if name == "scale" and any(_share(part) <= _FAINTEST for part in parts[:2]):
            return True
        if name == "translate" and any(abs(pixels(part)) >= _FAR * 2 for part in parts):
            return True
        if name == "rotate" and axis in ("x", "y") and _is_edge_on(parts[-1]):
            return True
    return False


def _is_edge_on(angle: str) -> bool:
    """Whether something turned by that angle shows its edge or its back."""
    found = _LENGTH.fullmatch(angle)
    if found is None:
        return False
    degrees = float(found[1]) * {"turn": 360.0, "grad": 0.9, "rad": 57.2958}.get(found[2] or "", 1.0)
    return 85 < degrees % 360 < 275


def _luminance(colour: Color) -> float:
    shares = []
    for share in colour.to("srgb").coordinates:
        held = min(max(share or 0.0, 0.0), 1.0)
        shares.append(held / 12.92 if held <= 0.04045 else ((held + 0.055) / 1.055) ** 2.4)
    red, green, blue = shares
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
