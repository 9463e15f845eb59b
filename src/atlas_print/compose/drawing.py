"""Drawings in the colours of a theme: dark lines on white become light lines on a dark ground, hue for hue."""

import colorsys

from lxml import etree
from PIL import ImageColor

from atlas_print.profiles import THEMES, Theme, contrast

_PAINTS = ("fill", "stroke", "color", "stop-color")
_LIGHT = THEMES["light"]
_GRAPHIC = 3.0
"""Contrast of graphics against their ground (WCAG 2.2 SC 1.4.11)."""


def themed(data: bytes, theme: Theme) -> bytes:
    """The drawing for a page in that theme; as it is for one whose ground is the sheet itself.

    Ink, accent and white become the theme's; any other colour keeps its hue, its lightness is mirrored where the
    ground is dark, and what could be told from white can be told from the new ground.
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


def _colour(paint: str, theme: Theme) -> str:
    try:
        red, green, blue = ImageColor.getrgb(paint.strip())[:3]
    except ValueError:
        # none, currentColor, url(#...): not a colour of its own.
        return paint
    colour = f"#{red:02x}{green:02x}{blue:02x}"
    known = {_LIGHT.ink: theme.ink, "#000000": theme.ink, _LIGHT.accent: theme.accent, "#ffffff": theme.ground}
    if colour in known:
        return known[colour]
    hue, lightness, saturation = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
    dark = contrast(theme.ground, "#ffffff") > contrast(theme.ground, "#000000")
    if dark:
        lightness = 1 - lightness
    found = _hex(hue, lightness, saturation)
    step = 0.02 if dark else -0.02
    while contrast(colour, "#ffffff") >= _GRAPHIC > contrast(found, theme.ground) and 0 < lightness + step < 1:
        lightness += step
        found = _hex(hue, lightness, saturation)
    return found


def _hex(hue: float, lightness: float, saturation: float) -> str:
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return f"#{round(red * 255):02x}{round(green * 255):02x}{round(blue * 255):02x}"
