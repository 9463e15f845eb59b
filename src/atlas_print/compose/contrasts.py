"""Labels of a drawing that can hardly be told from what they stand on, by the pixels that resvg makes of both."""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from io import BytesIO
from statistics import median

from lxml import etree
from PIL import Image

from atlas_print.compose.rendering import DRAWN, Fonts, RenderingError, picture, take_out
from atlas_print.drawings.text import TEXTS
from atlas_print.profiles import contrast
from atlas_print.typefaces import Family

_LEAST = 3.0
"""WCAG 2.2 SC 1.4.3, for text of 18 pt and more."""
_WIDTH = 500
"""px, at which the stems of letters are some px wide."""
_ENOUGH = 12
"""px all within the letters of a label; fewer say nothing."""
_SHADED = ("opacity", "fill-opacity", "filter", "mask", "style")


@dataclass(frozen=True, slots=True)
class FaintLabel:
    """A label and its contrast against what it stands on, from 1 to 21."""

    text: str
    contrast: float


def faint_labels(svg: bytes, stack: tuple[Family, ...]) -> list[FaintLabel]:
    """The labels with a contrast of less than 3:1, in most of their pixels; none of a drawing that can't be drawn."""
    root = etree.fromstring(svg)
    pieces = list(_pieces(root))
    fonts = Fonts(root, stack)

    def drawn(changed: etree._Element) -> Image.Image:
        text = etree.tostring(fonts.named(changed), encoding="unicode")
        with Image.open(BytesIO(picture(text, fonts.files, _WIDTH))) as image:
            return image.convert("RGBA")

    try:
        seen, below, places = (drawn(it) for it in (root, _without_letters(root), _by_number(root)))
    except RenderingError:
        return []
    found: list[FaintLabel] = []
    pixels: dict[bytes, list[float]] = {}
    number, over, under = (it.tobytes() for it in (places, seen, below))
    for at in (at for at in range(0, len(number), 4) if number[at + 3] == 255):
        ratio = contrast(_on_white(over[at : at + 4]), _on_white(under[at : at + 4]))
        pixels.setdefault(number[at : at + 3], []).append(ratio)
    for count, piece in enumerate(pieces, 1):
        inside = pixels.get(count.to_bytes(3, "big"), [])
        if len(inside) >= _ENOUGH and (ratio := median(inside)) < _LEAST:
            found.append(FaintLabel(" ".join(_own(piece).split()), ratio))
    return found


def _pieces(root: etree._Element) -> Iterator[etree._Element]:
    """The elements with letters of their own."""
    return (it for it in root.iter(*TEXTS) if _own(it).strip())


def _own(element: etree._Element) -> str:
    return (element.text or "") + "".join(child.tail or "" for child in element)


def _without_letters(root: etree._Element) -> etree._Element:
    """The drawing with nothing but the halos of its letters."""
    root = deepcopy(root)
    for piece in _pieces(root):
        stroke, fill = (_inherited(piece, name) for name in ("stroke", "fill"))
        piece.set("fill", "none")
        if stroke == fill:
            piece.set("stroke", "none")
    return root


def _by_number(root: etree._Element) -> etree._Element:
    """The letters alone, each piece in the colour of its number."""
    root = deepcopy(root)
    take_out(root, DRAWN)
    for element in root.iter("*"):
        for name in _SHADED:
            element.attrib.pop(name, "")
    for number, piece in enumerate(_pieces(root), 1):
        piece.set("fill", f"#{number:06x}")
        piece.set("stroke", "none")
    return root


def _inherited(element: etree._Element, name: str) -> str | None:
    return next((it.get(name) for it in (element, *element.iterancestors()) if it.get(name)), None)


def _on_white(pixel: Sequence[int]) -> str:
    share = pixel[3] / 255
    red, green, blue = (round(part * share + 255 * (1 - share)) for part in pixel[:3])
    return f"#{red:02x}{green:02x}{blue:02x}"
