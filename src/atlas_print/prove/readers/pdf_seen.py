"""Which text of a page nobody sees: without ink, in the colour of its ground, clipped away or covered."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from math import hypot
from typing import Any, TypeAlias

from atlas_print.profiles import contrast
from atlas_print.prove.limits import Part, spend
from atlas_print.prove.readers.pdf_objects import as_list, entry
from atlas_print.prove.readers.pdf_runs import Key, Matrix, Run, moved

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in pt."""

_INVISIBLE = frozenset((3, 7))
"""Text rendering modes that leave no ink (ISO 32000-1, table 106)."""
_LEAST = 1.3
"""Contrast ratio below which letters can't be told from their ground by anyone."""
_SOLID = 0.5
"""Opacity from which a shape hides what is behind it, or a letter is seen."""
_EVERYWHERE: Box = (-1e6, -1e6, 1e6, 1e6)
_FILLS = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_ENDS = _FILLS | {b"S", b"s", b"n"}
_KNOWN_SPACES = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/ICCBased"))


@dataclass(slots=True)
class Pen:
    """The part of the graphics state that says how text looks; a colour that can't be told is None."""

    mode: int = 0
    colour: str | None = "#000000"
    opacity: float = 1.0
    space: str = "/DeviceGray"
    clip: Box | None = None

    def copy(self) -> "Pen":
        """The same, to be changed on its own."""
        return replace(self)


@dataclass
class Sheet:
    """What a page paints, in its order: boxes and images by what they cover, and its text.

    `key` names the marked content that is painted now, `inked` all that left a trace; nothing does while `is_off`.
    """

    key: Key | None = None
    inked: set[Key] = field(default_factory=set)
    images: list[Key | None] = field(default_factory=list)
    is_off: bool = False
    _boxes: list[Box] = field(default_factory=list)
    _points: list[tuple[float, float]] = field(default_factory=list)
    _clips: bool = False
    _painted: list[tuple[Box, str | None]] = field(default_factory=list)
    _texts: list[tuple[int, Run, Pen]] = field(default_factory=list)

    def operate(self, operator: bytes, operands: list[Any], resources: Any, pen: Pen, matrix: Matrix) -> None:
        """Take up an operator that sets colours, or builds and paints paths."""
        numbers = [float(operand) for operand in operands if isinstance(operand, int | float)]
        match operator:
            case b"Tr" if numbers:
                pen.mode = int(numbers[-1])
            case b"g" | b"rg" | b"k":
                pen.space, pen.colour = "/DeviceRGB", _colour(numbers)
            case b"cs" if operands:
                pen.space, pen.colour = _space(resources, operands[-1]), "#000000"
            case b"sc" | b"scn":
                pen.colour = _colour(numbers) if pen.space in _KNOWN_SPACES else None
            case b"gs" if operands:
                given = entry(entry(entry(resources, "/ExtGState"), operands[-1]), "/ca")
                pen.opacity = float(given) if isinstance(given, int | float) else pen.opacity
            case b"re" if len(numbers) >= 4:
                x, y, width, height = numbers[-4:]
                self._close([moved(matrix, x + dx, y + dy) for dx in (0, width) for dy in (0, height)])
            case b"m" | b"l" if len(numbers) >= 2:
                if operator == b"m":
                    self._close(self._points)
                    self._points = []
                self._points.append(moved(matrix, *numbers[-2:]))
            case b"c" | b"v" | b"y":
                # What is round covers no corner: it is left out.
                self._points = [(float("nan"), 0.0)]
            case b"W" | b"W*":
                self._clips = True
            case b"ID":
                # The inline image itself has been skipped.
                self.image(matrix, pen)
            case b"sh":
                self._paint([pen.clip or _EVERYWHERE], None, pen)
            case _ if operator in _ENDS:
                self._end(operator, pen)

    def image(self, matrix: Matrix, pen: Pen) -> None:
        """An image, which fills the unit square."""
        box = _around([moved(matrix, x, y) for x in (0, 1) for y in (0, 1)])
        self._paint([] if box is None else [box], None, pen)
        if not self.is_off:
            self.images.append(self.key)

    def text(self, run: Run, pen: Pen) -> None:
        """A run that is shown now."""
        self._trace()
        self._texts.append((len(self._painted), run, pen.copy()))

    def unseen(self) -> Iterator[Run]:
        """The runs that nobody sees."""
        for order, run, pen in self._texts:
            spend(Part.STEPS, len(self._painted))
            points = list(_along(run))
            hidden = sum(self._is_hidden(point, order, pen) for point in points)
            if run.text.strip() and 2 * hidden > len(points):
                yield run

    def _is_hidden(self, point: tuple[float, float], order: int, pen: Pen) -> bool:
        if pen.mode in _INVISIBLE or pen.opacity < 1 - _SOLID or (pen.clip and not _holds(pen.clip, point)):
            return True
        if any(_holds(box, point) for box, _ in self._painted[order:]):
            return True
        ground: str | None = next(
            (colour for box, colour in reversed(self._painted[:order]) if _holds(box, point)), "#ffffff"
        )
        return pen.colour is not None and ground is not None and contrast(pen.colour, ground) < _LEAST

    def _close(self, points: list[tuple[float, float]]) -> None:
        box = _around(points)
        if box is not None:
            self._boxes.append(box)

    def _end(self, operator: bytes, pen: Pen) -> None:
        self._close(self._points)
        if operator in _FILLS:
            # Boxes within each other may leave holes.
            self._paint([] if operator.endswith(b"*") and len(self._boxes) > 1 else self._boxes, pen.colour, pen)
        elif operator != b"n":
            self._trace()
        if self._clips and len(self._boxes) == 1:
            box = self._boxes[0]
            pen.clip = box if pen.clip is None else _within(pen.clip, box)
        self._boxes, self._points, self._clips = [], [], False

    def _paint(self, boxes: list[Box], colour: str | None, pen: Pen) -> None:
        self._trace()
        if pen.opacity >= _SOLID and not self.is_off:
            self._painted += ((box, colour) for box in boxes)

    def _trace(self) -> None:
        if self.key is not None and not self.is_off:
            self.inked.add(self.key)


def _around(points: list[tuple[float, float]]) -> Box | None:
    """The box whose corners these points are, None for any other shape."""
    across = sorted({round(x, 2) for x, _ in points})
    up = sorted({round(y, 2) for _, y in points})
    if len(points) < 4 or len(across) != 2 or len(up) != 2:
        return None
    return across[0], up[0], across[1], up[1]


def _within(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _along(run: Run) -> Iterator[tuple[float, float]]:
    """Points in the middle of small letters, along the run."""
    x, y = run.end_x - run.x, run.end_y - run.y
    length = hypot(x, y)
    up = (0.0, 1.0) if not length else (-y / length, x / length)
    for part in (0.25, 0.5, 0.75):
        yield run.x + part * x + up[0] * run.size / 4, run.y + part * y + up[1] * run.size / 4


def _space(resources: Any, name: Any) -> str:
    """The family of a colour space."""
    found = entry(entry(resources, "/ColorSpace"), str(name)) if str(name) not in _KNOWN_SPACES else name
    first = next(iter(as_list(found)), None)
    return str(first if first is not None else name)


def _colour(numbers: list[float]) -> str | None:
    match [min(max(number, 0.0), 1.0) for number in numbers]:
        case [grey]:
            parts = (grey, grey, grey)
        case [red, green, blue]:
            parts = (red, green, blue)
        case [cyan, magenta, yellow, black]:
            parts = ((1 - cyan) * (1 - black), (1 - magenta) * (1 - black), (1 - yellow) * (1 - black))
        case _:
            return None
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
