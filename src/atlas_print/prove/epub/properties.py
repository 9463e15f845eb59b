"""The properties of CSS that can hide words, add to them, or reorder or recolour them; lengths and colours."""

import re
from collections.abc import Iterable, Iterator

from tinycss2.color4 import Color, parse_color

_MAKERS = re.compile("-(?:webkit|moz|ms|epub|o|apple)-")
_PARTS = re.compile(r"\s+(?![^(]*\))")
_WIDE = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
_LENGTH = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)([a-z]+|%)?")
_COMPUTED_LATER = re.compile(r".*\b(?:var|calc|min|max|clamp|env|attr)\(.*", re.DOTALL)
_PER_PX = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54,
           "rem": 16.0, "rlh": 19.0, "vw": 10.0, "vh": 10.0, "vmin": 10.0, "vmax": 10.0}  # fmt: skip
_PER_EM = {"em": 1.0, "ex": 0.5, "ch": 0.5, "ic": 1.0, "lh": 1.2}
SIZES = {"xx-small": 9.0, "x-small": 10.0, "small": 13.0, "medium": 16.0, "large": 18.0, "x-large": 24.0,
         "xx-large": 32.0, "xxx-large": 48.0}  # fmt: skip

_LENGTHS = (
    "font-size text-indent letter-spacing left right top bottom margin-left margin-right margin-top margin-bottom"
    " width height max-width max-height zoom"
)
_COLOURS = "color background-color text-fill-color"
_KEYWORDS = {
    "display": r"none|contents|(?:inline|block|flow-root|flow|list-item|table|flex|grid|ruby|run-in)(?:-[a-z-]+)?"
    r"(?: [a-z-]+)*",
    "visibility": "visible|hidden|collapse",
    "content-visibility": "visible|hidden|auto",
    "overflow": "visible|hidden|clip|scroll|auto",
    "position": "static|relative|absolute|fixed|sticky",
    "direction": "ltr|rtl",
    "unicode-bidi": "normal|embed|isolate|bidi-override|isolate-override|plaintext",
    "text-decoration-line": "(?:none|underline|overline|line-through|blink| )+",
    "flex-direction": "row|row-reverse|column|column-reverse",
    "opacity": r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?%?",
}
_OTHERS = (
    "background-image clip clip-path transform scale rotate translate filter mask-image text-security content order"
    " counter-reset counter-increment counter-set list-style-type animation-name mix-blend-mode line-clamp all speak"
    " offset-path text-overflow"
)
NAMES = frozenset(" ".join((_LENGTHS, _COLOURS, _OTHERS, *_KEYWORDS)).split())
"""Longhands that are looked at; all others leave the words of an element as they are."""
_LONGEST = 300
"""Characters of a value; none that is longer is a length or a colour."""
_SIDES = ("top", "right", "bottom", "left")
_SAME_AS = {
    "inline-size": "width",
    "block-size": "height",
    "max-inline-size": "max-width",
    "max-block-size": "max-height",
    "margin-inline-start": "margin-left",
    "margin-inline-end": "margin-right",
    "margin-block-start": "margin-top",
    "margin-block-end": "margin-bottom",
    "inset-inline-start": "left",
    "inset-inline-end": "right",
    "inset-block-start": "top",
    "inset-block-end": "bottom",
    "overflow-x": "overflow",
    "overflow-y": "overflow",
    "mask": "mask-image",
    "text-decoration": "text-decoration-line",
    "animation": "animation-name",
    "speak-as": "speak",
}

_NO_LENGTHS = {*SIZES, *"smaller larger auto none normal min-content max-content fit-content".split()}


def weighed(declarations: Iterable[tuple[str, str, bool]]) -> Iterator[tuple[str, str, bool]]:
    """Of declarations (name, value, whether it is important) those that can change what is read, in longhands."""
    for name, value, weight in declarations:
        yield from ((longhand, given, weight) for longhand, given in longhands(name, value))


def is_narrow(name: str, value: str) -> bool:
    """Whether a declaration only makes room around words."""
    return name.startswith(("margin-", "text-indent", "list-style", "width")) and not value.startswith("-")


def longhands(name: str, value: str) -> Iterator[tuple[str, str]]:
    """What a declaration sets of the properties that are looked at; nothing where a browser would skip it.

    `name` is in lower case. Values are in lower case too, but those of `content`.
    """
    name = _MAKERS.sub("", name, count=1)
    name = _SAME_AS.get(name, name)
    value = " ".join(value.split()) if name == "content" else " ".join(value.lower().split())[:_LONGEST]
    for longhand, given in _parts(name, value):
        if longhand in NAMES and _is_valid(longhand, given):
            yield longhand, given


def _parts(name: str, value: str) -> Iterator[tuple[str, str]]:
    parts = _PARTS.split(value)
    if name in ("margin", "inset"):
        parts = [*parts, *parts[: max(0, 2 - len(parts))]]
        of_sides = [*parts, *parts[len(parts) - 2 :]][:4] if len(parts) < 4 else parts
        start = "margin-" if name == "margin" else ""
        yield from ((start + side, part) for side, part in zip(_SIDES, of_sides, strict=False))
    elif name == "background":
        colours = [part for part in parts if value in _WIDE or parse_color(part) is not None]
        yield "background-color", colours[-1] if colours else "transparent"
        yield "background-image", value if "(" in re.sub(r"\b(?:rgba?|hsla?)\(", "", value) else "none"
    elif name == "font" and value not in _WIDE:
        sizes = (part.partition("/")[0] for part in parts)
        yield from (("font-size", size) for size in sizes if size in SIZES or re.search(r"\d(?:[a-z]+|%)$|^0$", size))
    elif name == "text-decoration-line" and value not in _WIDE:
        lines = [part for part in parts if part in ("underline", "overline", "line-through", "blink")]
        yield name, " ".join(lines) or "none"
    elif name == "list-style":
        kinds = [part for part in parts if part not in ("inside", "outside") and not part.startswith("url(")]
        yield "list-style-type", kinds[0] if kinds else "disc"
    elif name == "flex-flow":
        yield "flex-direction", next((part for part in parts if part.startswith(("row", "column"))), "row")
    else:
        yield name, value


def _is_valid(name: str, value: str) -> bool:
    if value in _WIDE or _COMPUTED_LATER.fullmatch(value):
        return True
    if name in _KEYWORDS:
        return re.fullmatch(_KEYWORDS[name], value) is not None
    if name in _COLOURS.split():
        return parse_color(value) is not None
    if name in _LENGTHS.split():
        found = _LENGTH.fullmatch(value.removesuffix(" hanging"))
        # A number without a unit is no length, but for 0.
        return value in _NO_LENGTHS if found is None else bool(found[2] or not float(found[1]) or name == "zoom")
    return True


def pixels(value: str, em: float = 16.0, per_cent: float = 10.0) -> float | None:
    """A length in px, in type of `em` px; None for what is none, such as "auto". `per_cent` is what 1% is of."""
    found = _LENGTH.fullmatch(value)
    if found is None:
        return None
    unit = found[2] or "px"
    if unit == "%":
        return float(found[1]) * per_cent
    return float(found[1]) * (_PER_EM[unit] * em if unit in _PER_EM else _PER_PX.get(unit, 1.0))


def share(value: str) -> float | None:
    """A number, or a percentage as one: "50%" is 0.5."""
    found = _LENGTH.fullmatch(value)
    return None if found is None or found[2] not in (None, "%") else float(found[1]) / (100 if found[2] else 1)


def colour(value: str) -> Color | None:
    """A colour in sRGB; None for one that only a reader knows, such as `canvastext`."""
    found = parse_color(value)
    return found.to("srgb") if isinstance(found, Color) else None
