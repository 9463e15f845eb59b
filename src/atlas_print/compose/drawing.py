"""Drawings on a page: in the colours of its theme, or in those of whatever page they stand on; at its text's size."""

import colorsys
import math
import re
from collections.abc import Iterator

from lxml import etree
from PIL import ImageColor

from atlas_print.profiles import THEMES, Theme, contrast

_PAINTS = ("fill", "stroke", "color", "stop-color")
_LIGHT = THEMES["light"]
_LEVELS = (7.0, 3.0)
"""Contrast against the ground, of text (WCAG 2.2 SC 1.4.6) and of graphics (SC 1.4.11)."""


_MIDDLE = 3.5
"""More than graphics need (3:1), since a reader's dark is seldom black and its light seldom white."""
_TINT = "0.12"
_SCALES = re.compile(r"(matrix|scale)\(([^)]*)\)")
_SIZE = re.compile(r"\s*([0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:px)?\s*")
_NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?", re.IGNORECASE)


def smallest_label(data: bytes) -> float | None:
    """The size of the smallest label in units of the drawing's viewBox; None if it has no label of a known size."""
    return min(_labels(etree.fromstring(data), math.nan, 1), default=None)


def _labels(element: etree._Element, size: float, scale: float) -> Iterator[float]:
    """The sizes of an element's own text and of all that it holds; `size` and `scale` are those around it."""
    given = _SIZE.fullmatch(element.get("font-size", ""))
    size = float(given[1]) if given else size
    for kind, numbers in _SCALES.findall(element.get("transform", "")):
        values = [float(number) for number in _NUMBER.findall(numbers)]
        # A transformation that is not whole is none to a renderer either.
        if kind == "matrix" and len(values) == 6:
            scale *= math.sqrt(abs(values[0] * values[3] - values[1] * values[2]))
        elif kind == "scale" and len(values) in (1, 2):
            scale *= math.sqrt(abs(values[0] * values[-1]))
    if etree.QName(element).localname in ("text", "tspan") and size * scale > 0:
        own = (element.text or "") + "".join(child.tail or "" for child in element)
        if own.strip():
            yield size * scale
    for child in element:
        yield from _labels(child, size, scale)


def themed(data: bytes, theme: Theme) -> bytes:
    """The drawing for a page in that theme; as it is for one whose ground is the sheet itself.

    Ink, accent and white become the theme's; any other colour keeps its hue, its lightness is mirrored where the
    ground is dark, and what has the contrast of text or graphics on white has it on the new ground.
    """
    if theme.paper is None:
        return data
    root = etree.fromstring(data)
    if root.get("fill") is None:
        # What names no fill is black by the rules of SVG.
        root.set("fill", "#000000")
    for element in root.iter():
        for name in _PAINTS:
            paint = element.get(name)
            if paint is not None:
                element.set(name, _colour(paint, theme))
    return etree.tostring(root)


def adaptive(data: bytes, names: str) -> etree._Element:
    """The drawing for a page whose colours are its reader's: ink and accent follow the text, nothing paints a ground.

    Nothing is told by colour alone, so the accent needs no colour of its own, which a dark page would dim. Any other
    colour is moved until it can be told from white and from black. Its ids get `names` before them, as several
    drawings may stand in one document.
    """
    root = etree.fromstring(data)
    if root.get("fill") is None:
        root.set("fill", "#000000")
    # Pale letters stand on something dark, which then has to stay dark enough for them.
    ink = _between(_LIGHT.ink) if any(map(_has_pale_letters, root.iter())) else "currentColor"
    for element in root.iter():
        for name in _PAINTS:
            paint = element.get(name)
            if paint is not None:
                _adapt(element, name, paint, ink)
        for key, given in element.items():
            name, value = str(key), str(given)
            if name == "id":
                element.set(name, names + value)
            elif name == "href":
                element.set(name, f"#{names}{value.removeprefix('#')}")
            else:
                element.set(name, re.sub(r"url\(\s*['\"]?#", rf"\g<0>{names}", value))
    return root


def _has_pale_letters(element: etree._Element) -> bool:
    """Whether the element, or a group, gives its letters a colour that can't be told from white."""
    colour = _rgb(element.get("fill", ""))
    return colour is not None and contrast(colour, "#ffffff") < _LEVELS[1] and _holds_letters(element)


def _holds_letters(element: etree._Element) -> bool:
    return any(etree.QName(inner).localname in ("text", "tspan") for inner in element.iter())


def _adapt(element: etree._Element, name: str, paint: str, ink: str) -> None:
    colour = _rgb(paint)
    if colour is None or (name == "fill" and _has_pale_letters(element)):
        return
    if colour in (_LIGHT.ink, _LIGHT.accent, "#000000"):
        is_shape = name == "fill" and etree.QName(element).localname not in ("text", "tspan")
        element.set(name, ink if is_shape else "currentColor")
    elif colour == "#ffffff":
        element.set(name, "none")
    elif name == "fill" and contrast(colour, "#ffffff") < _LEVELS[1]:
        # A tint of the page becomes a tint of whatever page there is.
        element.set(name, "currentColor")
        element.set("fill-opacity", _TINT)
    else:
        element.set(name, _between(colour))


def _between(colour: str) -> str:
    """The colour, lighter or darker, so that graphics in it can be told from white and from black."""
    hue, lightness, saturation = _hls(colour)
    found = colour
    while contrast(found, "#000000") < _MIDDLE and lightness < 1:
        lightness += 0.01
        found = _hex(hue, lightness, saturation)
    while contrast(found, "#ffffff") < _MIDDLE and lightness > 0:
        lightness -= 0.01
        found = _hex(hue, lightness, saturation)
    return found


def _colour(paint: str, theme: Theme) -> str:
    colour = _rgb(paint)
    if colour is None:
        return paint
    known = {_LIGHT.ink: theme.ink, "#000000": theme.ink, _LIGHT.accent: theme.accent, "#ffffff": theme.ground}
    if colour in known:
        return known[colour]
    hue, lightness, saturation = _hls(colour)
    dark = contrast(theme.ground, "#ffffff") > contrast(theme.ground, "#000000")
    if dark:
        lightness = 1 - lightness
    found = _hex(hue, lightness, saturation)
    step = 0.02 if dark else -0.02
    needed = next((level for level in _LEVELS if contrast(colour, "#ffffff") >= level), 1.0)
    while contrast(found, theme.ground) < needed and 0 < lightness + step < 1:
        lightness += step
        found = _hex(hue, lightness, saturation)
    return found


def _rgb(paint: str) -> str | None:
    """The paint as #rrggbb; None for what is no colour of its own: none, currentColor, url(#...)."""
    try:
        red, green, blue = ImageColor.getrgb(paint.strip())[:3]
    except ValueError:
        return None
    return f"#{red:02x}{green:02x}{blue:02x}"


def _hls(colour: str) -> tuple[float, float, float]:
    return colorsys.rgb_to_hls(*(int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)))


def _hex(hue: float, lightness: float, saturation: float) -> str:
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
