"""How things look that a page paints: colours, opacity, lines, clipping (ISO 32000-1, 8.4)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from atlas_print.prove.pdf.areas import Area, Region
from atlas_print.prove.pdf.colours import BLACK, colour, colour_in, first_colour, space_family
from atlas_print.prove.pdf.objects import as_list, entry

SETTING = frozenset(b"Tr w d g rg k cs sc scn G RG K CS SC SCN gs".split())
"""Operators that change a pen."""
_EVERYWHERE = Region((-1e6, -1e6, 1e6, 1e6))


@dataclass(frozen=True, slots=True)
class Ink:
    """What a shape is filled or a line is drawn with; a colour that can't be told is None.

    `covers` is whether it hides what it lies on; a tiling pattern may have holes.
    """

    colour: str | None = BLACK
    opacity: float = 1.0
    space: str = "/DeviceGray"
    covers: bool = True


@dataclass(frozen=True, slots=True)
class Pen:
    """The part of the graphics state that says how things look.

    `width` of lines is in units of the matrix; `veil` is the opacity of the groups around; `is_mixed` is whether
    colours mix with those below.
    """

    mode: int = 0
    fill: Ink = Ink()
    stroke: Ink = Ink()
    width: float = 1.0
    is_dashed: bool = False
    clip: Region = _EVERYWHERE
    veil: float = 1.0
    is_mixed: bool = False

    def inside(self, area: Area) -> "Pen":
        """The same with what is painted clipped to an area."""
        return replace(self, clip=self.clip.within(area))

    def in_group(self) -> "Pen":
        """The same at the start of a transparency group (ISO 32000-1, 11.6.6)."""
        fill, stroke = replace(self.fill, opacity=1.0), replace(self.stroke, opacity=1.0)
        return replace(self, veil=self.veil * self.fill.opacity, fill=fill, stroke=stroke, is_mixed=False)

    def after(self, operator: bytes, operands: list[Any], numbers: list[float], resources: Any) -> "Pen":
        """What an operator makes of it; `numbers` are those among its operands."""
        match operator:
            case b"Tr" if numbers:
                return replace(self, mode=int(numbers[-1]))
            case b"w" if numbers:
                return replace(self, width=numbers[-1])
            case b"d":
                return replace(self, is_dashed=bool(operands and operands[0]))
            case b"g" | b"rg" | b"k":
                return replace(self, fill=Ink(colour(numbers), self.fill.opacity, "/DeviceRGB"))
            case b"G" | b"RG" | b"K":
                return replace(self, stroke=Ink(colour(numbers), self.stroke.opacity, "/DeviceRGB"))
            case b"cs" | b"CS" if operands:
                space = space_family(resources, operands[-1])
                return self._with_ink(operator, lambda ink: Ink(first_colour(space), ink.opacity, space))
            case b"sc" | b"scn" | b"SC" | b"SCN":
                return self._with_ink(operator, lambda ink: _coloured(ink, numbers, operands, resources))
            case b"gs" if operands:
                return self._by_state(entry(entry(resources, "/ExtGState"), operands[-1]))
        return self

    def _with_ink(self, operator: bytes, change: Callable[[Ink], Ink]) -> "Pen":
        """Operators in capitals are about lines."""
        if operator.isupper():
            return replace(self, stroke=change(self.stroke))
        return replace(self, fill=change(self.fill))

    def _by_state(self, given: Any) -> "Pen":
        """With what a graphics state parameter dictionary says."""
        pen = self
        fill, stroke, width, blend = (entry(given, key) for key in ("/ca", "/CA", "/LW", "/BM"))
        # Many producers say again and again what holds already.
        if isinstance(fill, int | float) and fill != pen.fill.opacity:
            pen = replace(pen, fill=replace(pen.fill, opacity=float(fill)))
        if isinstance(stroke, int | float) and stroke != pen.stroke.opacity:
            pen = replace(pen, stroke=replace(pen.stroke, opacity=float(stroke)))
        if isinstance(width, int | float):
            pen = replace(pen, width=float(width))
        if blend is not None:
            pen = replace(pen, is_mixed=not {"/Normal", "/Compatible"} & set(map(str, as_list(blend)[:1])))
        return pen


def _coloured(ink: Ink, numbers: list[float], operands: list[Any], resources: Any) -> Ink:
    named = str(operands[-1]) if operands else ""
    pattern = entry(entry(resources, "/Pattern"), named) if named.startswith("/") else None
    covers = pattern is None or entry(pattern, "/PatternType") == 2
    return replace(ink, colour=colour_in(ink.space, numbers), covers=covers)
