"""Labels of a drawing that nobody reads: hardly told from what they stand on, or cut off; by the pixels of resvg."""

from collections import Counter
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
_CUT = 0.25
"""Of the px of a label; a hair over the edge loses no letter."""
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
    try:
        seen, below, places = (_drawn(it, fonts, _WIDTH) for it in (root, _without_letters(root), _by_number(root)))
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
            found.append(FaintLabel(_said(piece), ratio))
    return found


def cut_labels(svg: bytes, stack: tuple[Family, ...]) -> list[str]:
    """The labels that stand outside of the viewBox by a quarter or more; none of a drawing that can't be drawn."""
    root = etree.fromstring(svg)
    pieces, fonts = list(_pieces(root)), Fonts(root, stack)
    numbered = _by_number(root)
    x, y, width, height = (float(it) for it in (root.get("viewBox") or "").split())
    numbered.set("viewBox", f"{x - width / 2} {y - height / 2} {2 * width} {2 * height}")
    try:
        image = _drawn(numbered, fonts, 2 * _WIDTH)
    except RenderingError:
        return []
    left, top = image.width // 4, image.height // 4
    whole, within = _counted(image), _counted(image.crop((left, top, image.width - left, image.height - top)))
    numbers = ((count.to_bytes(3, "big"), piece) for count, piece in enumerate(pieces, 1))
    return [_said(it) for number, it in numbers if whole[number] - within[number] > _CUT * whole[number]]


def _counted(image: Image.Image) -> Counter[bytes]:
    """How many px are all within the letters of each piece."""
    data = image.tobytes()
    return Counter(data[at : at + 3] for at in range(0, len(data), 4) if data[at + 3] == 255)


def _drawn(root: etree._Element, fonts: Fonts, width: int) -> Image.Image:
    text = etree.tostring(fonts.named(root), encoding="unicode")
    with Image.open(BytesIO(picture(text, fonts.files, width))) as image:
        return image.convert("RGBA")


def _said(piece: etree._Element) -> str:
    return " ".join(_own(piece).split())


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
