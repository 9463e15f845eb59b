"""Drawings as renderers make them: a page of a PDF by typst, a picture of pixels by resvg.

The page is what is printed, its letters as text. It is held against the picture; where the two differ, as in patterns
and blur, the picture goes onto the page, and the letters over it.
"""

import base64
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import pypdfium2
import resvg_py
import typst
from lxml import etree
from PIL import Image

from atlas_print.compose.faces import faces, family_name
from atlas_print.drawings.likeness import WIDTH, difference, is_alike
from atlas_print.drawings.text import SVG, in_families, words_of
from atlas_print.typefaces import Family

_FINE = 2520
"""px over the width of a column, 160 mm: 400 dpi."""
_MOST = 12_000_000
"""px of a picture, which takes resvg a few seconds."""
_PAGE = 400.0
"""pt of the longer side of a page, at least: PDFium drops letters that are a hundredth of a pt wide."""
_COMPARED = 1_200_000
"""px of pictures that are compared."""
DRAWN = frozenset(f"{SVG}{name}" for name in "path line polyline polygon rect circle ellipse image".split())
"""What shows something and is no letter."""
_KEPT = (f"{SVG}defs",)


class RenderingError(Exception):
    """Why a drawing can't be drawn, in the renderer's words."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A drawing on a page of its own, a PDF; its width and height in pt; whether its shapes are pixels."""

    page: bytes
    width: float
    height: float
    is_picture: bool


@lru_cache(maxsize=64)
def rendered(svg: bytes, stack: tuple[Family, ...]) -> Rendered:
    """A drawing, drawn; RenderingError if neither renderer can."""
    root = etree.fromstring(svg)
    width, height = (float(it) for it in (root.get("viewBox") or "").split()[2:])
    larger = max(_PAGE / max(width, height), 1)
    width, height = width * larger, height * larger
    fonts = Fonts(root, stack)
    named = fonts.named(root)
    page = _page(named, fonts, width, height)
    across = max(min(WIDTH, int((_COMPARED * width / height) ** 0.5)), 1)
    wanted = _grey(picture(etree.tostring(named, encoding="unicode"), fonts.files, across))
    found = _seen(page, across / width)
    if is_alike(wanted, found):
        return Rendered(page, width, height, is_picture=False)
    over = _page(_over_picture(named, fonts), fonts, width, height)
    if difference(wanted, _seen(over, across / width)) < difference(wanted, found):
        return Rendered(over, width, height, is_picture=True)
    return Rendered(page, width, height, is_picture=False)


def picture(svg: str, files: Sequence[Path], width: int | None = None) -> bytes:
    """A drawing as a PNG, so many px wide, or of its own size; RenderingError for one that can't be drawn."""
    house = family_name(files[0])
    try:
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=svg,
                width=width,
                # By itself it draws nothing that is measured in pt or mm.
                dpi=96,
                skip_system_fonts=True,
                font_files=[str(file) for file in files],
                # A family that it doesn't know is looked for under these names, or its letters are left out.
                font_family=house,
                serif_family=house,
                sans_serif_family=house,
                monospace_family=house,
                cursive_family=house,
                fantasy_family=house,
            )
        )
    except ValueError as error:
        raise RenderingError(str(error)) from error
    except BaseException as error:
        # What Rust panics with is no Exception, and no other process can be told of it.
        if type(error).__name__ != "PanicException":
            raise
        raise RenderingError(str(error)) from None


class Fonts:
    """The faces that the letters of a drawing need, and how renderers know them."""

    def __init__(self, root: etree._Element, stack: tuple[Family, ...]) -> None:
        self._stack = stack
        cut = list(faces(stack, frozenset(words_of(root)), common=frozenset()))
        self._names = {name: family_name(file) for name, _, file in cut}
        self.files = [file for _, _, file in cut]

    def named(self, root: etree._Element) -> etree._Element:
        """The drawing with the family of each letter."""
        return in_families(root, self._stack, self._names)


def _page(root: etree._Element, fonts: Fonts, width: float, height: float) -> bytes:
    """A PDF of one page with the drawing, so many pt wide and high."""
    with tempfile.TemporaryDirectory(prefix="atlas-print-drawing-") as folder:
        for file in fonts.files:
            shutil.copy(file, folder)
        place = Path(folder)
        (place / "drawing.svg").write_bytes(etree.tostring(root))
        size = f"width: {width}pt, height: {height}pt"
        (place / "page.typ").write_text(f'#set page({size}, margin: 0pt)\n#image("drawing.svg", {size})\n')
        try:
            page: bytes = typst.compile(
                str(place / "page.typ"),
                root=folder,
                # Its own faces would be taken for a letter here and there.
                font_paths=typst.Fonts(False, False, [folder]),
                ignore_system_fonts=True,
                pdf_tags=False,
                pdf_standards=["a-2b"],
                timestamp=0,
            )
        except RuntimeError as error:
            raise RenderingError(str(error)) from error
        return page


def _over_picture(root: etree._Element, fonts: Fonts) -> etree._Element:
    """The drawing as a picture of its shapes, with its letters over it."""
    shapes, letters = deepcopy(root), deepcopy(root)
    take_out(shapes, (f"{SVG}text",))
    x, y, width, height = (root.get("viewBox") or "").split()
    across = max(min(_FINE, int((_MOST * float(width) / float(height)) ** 0.5)), 1)
    png = picture(etree.tostring(shapes, encoding="unicode"), fonts.files, across)
    take_out(letters, DRAWN)
    for element in letters.iter("*"):
        element.attrib.pop("filter", "")
    place = {"x": x, "y": y, "width": width, "height": height, "preserveAspectRatio": "none"}
    image = etree.Element(f"{SVG}image", place)
    image.set("href", f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}")
    letters.insert(0, image)
    return letters


def take_out(root: etree._Element, names: Iterable[str]) -> None:
    """Removes the elements of these names that aren't definitions."""
    for element in list(root.iter(*names)):
        parent = element.getparent()
        if parent is not None and next(element.iterancestors(*_KEPT), None) is None:
            parent.remove(element)


def _grey(png: bytes) -> Image.Image:
    with Image.open(BytesIO(png)) as image:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("L")


def _seen(page: bytes, scale: float) -> Image.Image:
    """The page as PDFium shows it, so many px a pt."""
    document = pypdfium2.PdfDocument(page)
    try:
        seen: Image.Image = document[0].render(scale=scale, grayscale=True).to_pil()
        return seen.convert("L")
    finally:
        document.close()
