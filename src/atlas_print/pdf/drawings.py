"""Drawings on pages: each a form that holds what typst draws, its letters as text.

WeasyPrint's own SVG is weak: halos, gradients on letters, masks and blend modes come out wrong. So it is given, in
place of what it would read from an address, an image of ours, which draws the form.
"""

import base64
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from typing import Any

import pikepdf
import pydyf

from atlas_print.compose.rendering import rendered
from atlas_print.typefaces import Family

_START = "data:image/svg+xml;base64,"


class Drawings(dict[str, Any]):
    """What WeasyPrint keeps of the images that it has read, by their addresses: drawings are read by us."""

    def __init__(self, stack: tuple[Family, ...]) -> None:
        super().__init__()
        self._stack = stack

    def __contains__(self, address: object) -> bool:
        if not super().__contains__(address) and isinstance(address, str) and address.startswith(_START):
            self[address] = Drawing(base64.b64decode(address.removeprefix(_START)), self._stack, len(self))
        return super().__contains__(address)


class Drawing:
    """A drawing as WeasyPrint wants its images; sizes in px."""

    def __init__(self, svg: bytes, stack: tuple[Family, ...], number: int) -> None:
        self._drawn = rendered(svg, stack)
        self.width, self.height = self._drawn.width, self._drawn.height
        self.id = f"drawing{number}"

    def get_intrinsic_size(self, _resolution: object, _font_size: object) -> tuple[None, None, float]:
        """No width and no height of its own, and their ratio."""
        return None, None, self.width / self.height

    def draw(self, stream: Any, width: float, height: float, _style: object) -> None:
        """Draws the form at that size in px, from the corner above on the left."""
        name = stream.add_image(self, interpolate=False, ratio=1)
        stream.transform(a=width / self.width, d=-height / self.height, f=height)
        stream.draw_x_object(name)

    def get_x_object(self, _interpolate: object, _ratio: object) -> pydyf.Stream:
        """The form; what it names is put into the file by `fill_forms`."""
        return Form(self._drawn.page, self.width, self.height)


class Form(pydyf.Stream):  # type: ignore[misc]  # pydyf has no types
    """A page of typst's as a form."""

    def __init__(self, page: bytes, width: float, height: float) -> None:
        self.source = page
        super().__init__([], {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, width, height])})


def fill_forms(pdf: Any) -> None:
    """Puts what forms hold, and all that it names, into the file."""
    for form in [it for it in pdf.objects if isinstance(it, Form)]:
        with pikepdf.open(BytesIO(form.source)) as source:
            sheet = source.pages[0]
            form.stream, form.compress = [sheet.Contents.read_bytes()], True
            form.extra["Resources"] = _Copies(pdf).value(sheet.obj.Resources)
            if "/Group" in sheet.obj:
                form.extra["Group"] = _Copies(pdf).value(sheet.obj.Group)


class _Copies:
    """Objects of another file, in ours."""

    def __init__(self, pdf: Any) -> None:
        self._pdf, self._known = pdf, dict[tuple[int, int], bytes]()

    def value(self, it: Any) -> Any:
        key = getattr(it, "objgen", (0, 0))
        if key == (0, 0):
            return self._direct(it)
        if key not in self._known:
            copy = self._direct(it)
            if not isinstance(copy, pydyf.Object):
                return copy
            self._pdf.add_object(copy)
            self._known[key] = copy.reference
        return self._known[key]

    def _direct(self, it: Any) -> Any:
        if isinstance(it, pikepdf.Stream):
            extra = pydyf.Dictionary(self._entries(it))
            extra.pop("Length", None)
            return pydyf.Stream([it.read_raw_bytes()], extra)
        if isinstance(it, pikepdf.Dictionary):
            return pydyf.Dictionary(self._entries(it))
        if isinstance(it, pikepdf.Array):
            return pydyf.Array([self.value(inner) for inner in it])
        if isinstance(it, bool):
            return "true" if it else "false"
        if it is None:
            return "null"
        if isinstance(it, pikepdf.Name | pikepdf.String):
            return it.unparse()
        return float(it) if isinstance(it, Decimal) else it

    def _entries(self, it: Any) -> Iterator[tuple[str, Any]]:
        return ((key[1:], self.value(inner)) for key, inner in it.items())
