"""Drawings on a page: in the colours of its theme, or in those of whatever page they stand on; at its text's size."""

import colorsys

from lxml import etree
from PIL import ImageColor

from atlas_print.drawings.grounds import has_hue, keeps_its_colours, paints_its_ground
from atlas_print.drawings.text import SVG
from atlas_print.profiles import THEMES, Theme, contrast

_PAINTS = ("fill", "stroke", "color", "stop-color")
_LIGHT = THEMES["light"]
_LEVELS = (7.0, 3.0)
"""Contrast against the ground, of text (WCAG 2.2 SC 1.4.6) and of graphics (SC 1.4.11)."""


_MIDDLE = 3.5
"""More than graphics need (3:1), since a reader's dark is seldom black and its light seldom white."""
_TINT, _GRID = "0.12", "0.3"
_FAINT = 1.6
"""Contrast against white of lines that are meant to be hardly seen."""


def themed(data: bytes, theme: Theme) -> bytes:
    """The drawing for a page in that theme; as it is for one whose ground is the sheet itself.

    Ink, accent and white become the theme's; any other colour keeps its hue, its lightness is mirrored where the
    ground is dark, and what has the contrast of text or graphics on white has it on the new ground. What means
    something by its colours keeps them, on white.
    """
    if theme.paper is None:
        return data
    root = etree.fromstring(data)
    if keeps_its_colours(root):
        _put_on_white(root)
        return etree.tostring(root)
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
    if keeps_its_colours(root):
        _put_on_white(root)
    else:
        _follow_the_text(root)
    for element in root.iter("*"):
        _rename(element, names)
    return root


def _follow_the_text(root: etree._Element) -> None:
    if root.get("fill") is None:
        root.set("fill", "#000000")
    # Pale letters stand on something dark, which then has to stay dark enough for them.
    ink = _between(_LIGHT.ink) if any(map(_has_pale_letters, root.iter())) else "currentColor"
    for element in root.iter():
        for name in _PAINTS:
            paint = element.get(name)
            if paint is not None:
                _adapt(element, name, paint, ink)


def _rename(element: etree._Element, names: str) -> None:
    """Puts `names` before the id of an element, and before those that it refers to."""
    for key, given in element.items():
        name, value = str(key), str(given)
        if name == "id":
            element.set(name, names + value)
        elif name == "href" and value.startswith("#"):
            element.set(name, f"#{names}{value.removeprefix('#')}")
        else:
            element.set(name, value.replace("url(#", f"url(#{names}"))


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
    if colour == _LIGHT.accent or (not has_hue(colour) and contrast(colour, "#ffffff") >= _LEVELS[0]):
        is_shape = name == "fill" and etree.QName(element).localname not in ("text", "tspan")
        element.set(name, ink if is_shape else "currentColor")
    elif colour == "#ffffff":
        element.set(name, "none")
    elif name == "fill" and contrast(colour, "#ffffff") < _LEVELS[1]:
        # A tint of the page becomes a tint of whatever page there is.
        element.set(name, "currentColor")
        element.set("fill-opacity", _TINT)
    elif name == "stroke" and not has_hue(colour) and contrast(colour, "#ffffff") < _FAINT:
        # Lines of a grid lie behind what is drawn.
        element.set(name, "currentColor")
        element.set("stroke-opacity", _GRID)
    else:
        element.set(name, _between(colour))


def _put_on_white(root: etree._Element) -> None:
    """Lays a white plate below the drawing, if it has no ground of its own."""
    if not paints_its_ground(root):
        sides = zip(("x", "y", "width", "height"), (root.get("viewBox") or "").split(), strict=True)
        root.insert(0, etree.Element(f"{SVG}rect", {**dict(sides), "fill": "#ffffff"}))
    # A book's style sheet, and a dark page, may give letters another colour.
    root.set("fill", root.get("fill") or "#000000")


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
