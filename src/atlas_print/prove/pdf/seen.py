"""Which letters of a page nobody sees: without ink, in the colour of their ground, clipped away or covered."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from math import sqrt
from typing import Any

from atlas_print.prove.pdf.areas import Area, Point, Region, Ring, around, curve, enclosed, stroked
from atlas_print.prove.pdf.colours import WHITE, apart
from atlas_print.prove.pdf.pens import SETTING, Ink, Pen
from atlas_print.prove.pdf.runs import Key, Matrix, Run, moved
from atlas_print.prove.pdf.typed import Typed
from atlas_print.prove.reading.limits import Part, spend

_LEAST = 1.3
"""Contrast ratio below which letters can't be told from their ground by anyone."""
_SOLID = 0.5
"""Opacity from which a shape hides what is behind it, or a letter is seen."""
_THICK = 2.5
"""pt; a line of less crosses letters out, or stands under them, and hides none."""
_HEIGHTS = (0.1, 0.25, 0.4)
"""Where a small letter is looked for, in em above its baseline; two of them hidden hide it."""

# Text rendering modes by what they leave (ISO 32000-1, table 106).
_FILLED = frozenset((0, 2, 4, 6))
_OUTLINED = frozenset((1, 2, 5, 6))
_FILLS = frozenset((b"f", b"F", b"f*", b"B", b"B*", b"b", b"b*"))
_STROKES = frozenset((b"S", b"s", b"B", b"B*", b"b", b"b*"))
_ENDS = _FILLS | _STROKES | {b"n"}

PAINTING = SETTING | _ENDS | frozenset(b"re m l c v y h W W* ID sh".split())
"""Operators that a sheet takes up."""


@dataclass(frozen=True, slots=True)
class _Painted:
    region: Region
    colour: str | None
    covers: bool


@dataclass(frozen=True, slots=True)
class _Text:
    """A run and its glyphs, and how much had been painted before it."""

    order: int
    run: Run
    pen: Pen
    typed: Typed


@dataclass
class Sheet:
    """What a page paints, in its order: shapes and images by what they cover, and its text.

    `key` names the marked content that is painted now, `inked` all that left a trace; nothing does while `is_off`.
    """

    key: Key | None = None
    inked: set[Key] = field(default_factory=set)
    images: list[Key | None] = field(default_factory=list)
    is_off: bool = False
    _rings: list[Ring] = field(default_factory=list)
    _points: list[Point] = field(default_factory=list)
    _clips: bytes = b""
    _painted: list[_Painted] = field(default_factory=list)
    _texts: list[_Text] = field(default_factory=list)

    def operate(self, operator: bytes, operands: list[Any], resources: Any, pen: Pen, matrix: Matrix) -> Pen:
        """Take up an operator that sets colours, or builds and paints paths; what it makes of the pen."""
        numbers = [float(operand) for operand in operands if isinstance(operand, int | float)]
        match operator:
            case _ if operator in SETTING:
                return pen.after(operator, operands, numbers, resources)
            case b"ID":
                # The inline image itself has been skipped.
                self.image(matrix, pen, is_solid=not {"/IM", "/ImageMask"} & set(map(str, operands)))
            case b"sh":
                self._paint(pen.clip, Ink(None, pen.fill.opacity), pen)
            case _ if operator in _ENDS:
                return self._end(operator, pen, matrix)
            case _:
                self._build(operator, numbers, matrix)
        return pen

    def image(self, matrix: Matrix, pen: Pen, *, is_solid: bool) -> None:
        """An image, which fills the unit square; one that is not solid lets through what lies below."""
        area = enclosed([around(matrix, (0, 0, 1, 1))], is_even_odd=False)
        if area is not None:
            self._paint(pen.clip.within(area), Ink(None, pen.fill.opacity, covers=is_solid), pen)
        if not self.is_off:
            self.images.append(self.key)

    def text(self, run: Run, pen: Pen, typed: Typed) -> None:
        """A run that is shown now, and its glyphs."""
        self._trace()
        self._texts.append(_Text(len(self._painted), run, pen, typed))

    def left(self) -> Iterator[tuple[Run, str]]:
        """The runs of which letters are not seen, each with what is left of its text."""
        for text in self._texts:
            spend(Part.STEPS, len(self._painted))
            is_hidden = self._hiding(text)
            if is_hidden is None:
                continue
            typed, kept, start = text.typed, [], 0.0
            for piece, end in zip(typed.pieces, typed.ends, strict=True):
                middle, start = (start + end) / 2, end
                places = (moved(typed.matrix, middle, typed.rise + height * typed.size) for height in _HEIGHTS)
                if piece.isspace() or 2 * sum(map(is_hidden, places)) < len(_HEIGHTS):
                    kept.append(piece)
            if len(kept) < len(typed.pieces):
                yield text.run, "".join(kept)

    def _hiding(self, text: _Text) -> Callable[[Point], bool] | None:
        """What tells of a point whether letters of that text are hidden there; None if none are."""
        run, pen = text.run, text.pen
        box = (
            min(run.x, run.end_x) - run.size,
            min(run.y, run.end_y) - run.size,
            max(run.x, run.end_x) + run.size,
            max(run.y, run.end_y) + run.size,
        )
        inks = [ink for modes, ink in ((_FILLED, pen.fill), (_OUTLINED, pen.stroke)) if pen.mode in modes]
        inks = [ink for ink in inks if ink.opacity * pen.veil >= _SOLID]
        covers = [it.region for it in self._painted[text.order :] if it.covers and it.region.touches(box)]
        grounds = [it for it in self._painted[: text.order] if it.region.touches(box)]
        is_free = pen.clip.covers(box) and not covers
        if is_free and inks and (not grounds or grounds[-1].region.covers(box)):
            ground = grounds[-1].colour if grounds else WHITE
            if _is_told(inks, ground):
                return None

        def is_hidden(point: Point) -> bool:
            if not inks or not pen.clip.holds(point) or any(region.holds(point) for region in covers):
                return True
            found = next((it.colour for it in reversed(grounds) if it.region.holds(point)), WHITE)
            return not _is_told(inks, found)

        return is_hidden

    def _build(self, operator: bytes, numbers: list[float], matrix: Matrix) -> None:
        match operator:
            case b"re" if len(numbers) >= 4:
                self._close()
                x, y, width, height = numbers[-4:]
                self._rings.append(around(matrix, (x, y, x + width, y + height)))
            case b"m" if len(numbers) >= 2:
                self._close()
                self._points.append(moved(matrix, *numbers[-2:]))
            case b"l" if len(numbers) >= 2:
                self._points.append(moved(matrix, *numbers[-2:]))
            case b"c" | b"v" | b"y" if len(numbers) >= 4 and self._points:
                given = [moved(matrix, *pair) for pair in zip(numbers[::2], numbers[1::2], strict=False)]
                start = self._points[-1]
                one = start if operator == b"v" else given[0]
                other = given[-1] if operator == b"y" else given[-2]
                self._points += curve(start, one, other, given[-1])
            case b"h" if self._points:
                self._points.append(self._points[0])
            case b"W" | b"W*":
                self._clips = operator

    def _close(self) -> None:
        if len(self._points) > 1:
            self._rings.append(tuple(self._points))
        self._points = []

    def _end(self, operator: bytes, pen: Pen, matrix: Matrix) -> Pen:
        self._close()
        if operator in _FILLS:
            area = enclosed(self._rings, is_even_odd=operator.endswith(b"*"))
            self._paint(None if area is None else pen.clip.within(area), pen.fill, pen)
        if operator in _STROKES:
            a, b, c, d, _, _ = matrix
            width = pen.width * sqrt(abs(a * d - b * c))
            is_seen = width >= _THICK and not pen.is_dashed
            for area in stroked(self._rings, width) if is_seen else ():
                self._paint(pen.clip.within(area), pen.stroke, pen)
            self._trace()
        if self._clips:
            area = enclosed(self._rings, is_even_odd=self._clips.endswith(b"*"))
            # A path that encloses nothing leaves nothing.
            pen = pen.inside(Area((0, 0, -1, -1)) if area is None else area)
        self._rings, self._points, self._clips = [], [], b""
        return pen

    def _paint(self, region: Region | None, ink: Ink, pen: Pen) -> None:
        self._trace()
        if region is not None and ink.opacity * pen.veil >= _SOLID and not self.is_off:
            covers = ink.covers and not pen.is_mixed
            self._painted.append(_Painted(region, ink.colour if covers else None, covers))

    def _trace(self) -> None:
        if self.key is not None and not self.is_off:
            self.inked.add(self.key)


def _is_told(inks: Iterable[Ink], ground: str | None) -> bool:
    """Whether one of the inks can be told from a ground."""
    return any(ground is None or ink.colour is None or apart(ink.colour, ground) >= _LEAST for ink in inks)
