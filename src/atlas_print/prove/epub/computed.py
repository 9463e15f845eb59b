"""The computed values of what can hide, turn or recolour words, as elements take them over from those around them.

Held against a browser's computed styles in tests/prove/test_computed_styles.py. Lengths are in px.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tinycss2.color4 import Color

from atlas_print.prove.epub.properties import SIZES, colour, pixels, share

_UNSEEN_GROUND = Color("srgb", (0.0, 0.0, 0.0), 0.0)
_KEPT_ON = frozenset(
    "color direction font-size letter-spacing list-style-type text-fill-color text-indent text-security visibility"
    " speak".split()
)
"""Properties that an element takes over unless it says something else (CSS 2.2, 6.2)."""
_SCALES = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h5": 0.83, "h6": 0.67, "small": 5 / 6, "sup": 5 / 6, "sub": 5 / 6}
"""Sizes that browsers give to elements, in those around them."""
_STRUCK = frozenset(("s", "del", "strike"))
_UNNUMBERED = {"ul": "disc", "menu": "disc", "dir": "disc", "ol": "decimal"}
OWN_LOOKS = frozenset(_SCALES) | frozenset(_UNNUMBERED) | _STRUCK | {"bdo"}
"""Elements that browsers show in another way than what is around them, of what is computed here."""


@dataclass(frozen=True, slots=True)
class Computed:
    """The values of one element; a colour is None where it is the reader's own.

    `ground` is what is painted behind its words by it and all around it, None for the reader's own paper, and
    `is_on_picture` whether nobody can tell. `opacity` and `line_through` are those of all around it together.
    """

    display: str = "inline"
    visibility: str = "visible"
    opacity: float = 1.0
    color: Color | None = None
    fill: Color | None = None
    background: Color = _UNSEEN_GROUND
    ground: Color | None = None
    is_on_picture: bool = False
    font_size: float = 16.0
    text_indent: float = 0.0
    letter_spacing: float = 0.0
    direction: str = "ltr"
    bidi: str = "normal"
    line_through: bool = False
    list_style: str = "disc"
    security: str = "none"
    speak: str = "auto"

    @property
    def ink(self) -> Color | None:
        """The colour of the words."""
        return self.fill or self.color


def computed(values: Mapping[str, str], around: Computed, tag: str, dir_: str = "") -> Computed:
    """The values of an element within another; `values` are those specified, `dir_` is its attribute of that name."""
    given = {name: value for name, value in values.items() if not _is_inherited(name, value)}
    size = _font_size(given.get("font-size"), around.font_size, tag)
    ink = around.color if "color" not in given else _ink(given["color"], around.color)
    painted = _UNSEEN_GROUND
    if "background-color" in given or values.get("background-color") == "inherit":
        found = given.get("background-color", "")
        painted = around.background if not found else _painted(found, ink)
    picture = given.get("background-image", "none") not in ("none", "initial", "unset")
    # What has no alpha covers what is behind it.
    covers = painted.alpha == 1
    lines = given.get("text-decoration-line", "")
    unnumbered = _UNNUMBERED.get(tag, around.list_style)
    return replace(
        around,
        display=given.get("display", "inline"),
        visibility=_keyword(given, "visibility", around.visibility, "visible"),
        opacity=around.opacity * _opacity(given.get("opacity", "1")),
        color=ink,
        fill=around.fill if "text-fill-color" not in given else _ink(given["text-fill-color"], ink),
        background=painted,
        ground=_over(painted, around.ground),
        is_on_picture=picture or (around.is_on_picture and not covers),
        font_size=size,
        text_indent=_length(given.get("text-indent"), around.text_indent, size, 6.0),
        letter_spacing=_length(given.get("letter-spacing"), around.letter_spacing, size, size / 100),
        direction=_keyword(given, "direction", dir_ if dir_ in ("ltr", "rtl") else around.direction, "ltr"),
        bidi=given.get("unicode-bidi", "bidi-override" if tag == "bdo" else "isolate" if dir_ else "normal"),
        line_through=around.line_through or "line-through" in lines or (tag in _STRUCK and not lines),
        list_style=_keyword(given, "list-style-type", unnumbered, "disc"),
        security=_keyword(given, "text-security", around.security, "none"),
        speak=_keyword(given, "speak", around.speak, "auto"),
    )


def _is_inherited(name: str, value: str) -> bool:
    return value == "inherit" or (name in _KEPT_ON and value in ("unset", "revert", "revert-layer"))


def _keyword(given: Mapping[str, str], name: str, otherwise: str, initial: str) -> str:
    value = given.get(name, otherwise)
    return initial if value == "initial" else value


def _font_size(value: str | None, around: float, tag: str) -> float:
    if value is None:
        return around * _SCALES.get(tag, 1.0)
    if value in SIZES or value in ("initial", "unset"):
        return SIZES.get(value, 16.0)
    if value in ("smaller", "larger"):
        return around * (5 / 6 if value == "smaller" else 1.2)
    # What only a browser can work out, such as calc(), is about as large as what is around it.
    found = pixels(value, around, around / 100)
    return around if found is None else max(found, 0.0)


def _length(value: str | None, around: float, em: float, per_cent: float) -> float:
    if value is None:
        return around
    # Of "2em hanging" the first part counts.
    return pixels(value.split()[0], em, per_cent) or 0.0


def _opacity(value: str) -> float:
    found = share(value)
    return 1.0 if found is None else min(max(found, 0.0), 1.0)


def _ink(value: str, around: Color | None) -> Color | None:
    return around if value == "currentcolor" else colour(value)


def _painted(value: str, ink: Color | None) -> Color:
    found = ink if value == "currentcolor" else colour(value)
    return found or _UNSEEN_GROUND


def _over(painted: Color, ground: Color | None) -> Color | None:
    """A colour laid over another; None for one that the reader's own paper shines through."""
    if painted.alpha == 1 or (ground is None and painted.alpha == 0):
        return painted if painted.alpha == 1 else None
    behind = ground or Color("srgb", (1.0, 1.0, 1.0), 1.0)
    mixed = (a * painted.alpha + b * (1 - painted.alpha) for a, b in zip(_rgb(painted), _rgb(behind), strict=True))
    return Color("srgb", tuple(mixed), 1.0)


def _rgb(of: Color) -> tuple[float, ...]:
    return tuple(part or 0.0 for part in of.coordinates)
