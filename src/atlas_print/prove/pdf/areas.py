"""What paths cover on a page, as far as points in it tell (ISO 32000-1, 8.5)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import TypeAlias

from atlas_print.prove.pdf.runs import Matrix, moved

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in pt."""
Point: TypeAlias = tuple[float, float]
Ring: TypeAlias = tuple[Point, ...]

_STEPS = (0.25, 0.5, 0.75, 1.0)
"""Where a curve is cut into lines: a quarter of a circle so keeps 99 % of its area."""


@dataclass(frozen=True, slots=True)
class Area:
    """What rings of lines enclose; without rings all of the box, else the box around them."""

    box: Box
    rings: tuple[Ring, ...] = ()
    is_even_odd: bool = False

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        if not _is_in(self.box, point):
            return False
        turns = sum(_turns(ring, point) for ring in self.rings)
        return not self.rings or (turns % 2 == 1 if self.is_even_odd else turns != 0)


@dataclass(frozen=True, slots=True)
class Region:
    """What several areas have in common: `box` holds all of it, `areas` are those that are no boxes."""

    box: Box
    areas: tuple[Area, ...] = ()

    def within(self, area: Area) -> "Region":
        """What lies in that area too."""
        one, other = self.box, area.box
        box = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
        return Region(box, (*self.areas, area) if area.rings else self.areas)

    def holds(self, point: Point) -> bool:
        """Whether a point lies in it."""
        return _is_in(self.box, point) and all(area.holds(point) for area in self.areas)

    def covers(self, box: Box) -> bool:
        """Whether it surely holds all of a box."""
        left, bottom, right, top = self.box
        return not self.areas and left <= box[0] and bottom <= box[1] and box[2] <= right and box[3] <= top

    def touches(self, box: Box) -> bool:
        """Whether it may hold a part of a box."""
        left, bottom, right, top = self.box
        return left <= box[2] and box[0] <= right and bottom <= box[3] and box[1] <= top


def enclosed(rings: Sequence[Ring], *, is_even_odd: bool) -> Area | None:
    """What a path encloses; None if that is nothing."""
    kept = tuple(ring for ring in rings if len(ring) > 2)
    if not kept:
        return None
    box = _around([point for ring in kept for point in ring])
    is_box = len(kept) == 1 and _is_rectangle(kept[0])
    return Area(box) if is_box else Area(box, kept, is_even_odd)


def around(matrix: Matrix, corners: Sequence[float]) -> Ring:
    """The box of two corners, x and y of each, as a matrix moves it."""
    left, bottom, right, top = corners
    return tuple(moved(matrix, x, y) for x, y in ((left, bottom), (right, bottom), (right, top), (left, top)))


def stroked(rings: Sequence[Ring], width: float) -> Iterator[Area]:
    """What lines of a width in pt cover, one by one; their ends and corners are left out."""
    for start, end in (pair for ring in rings for pair in pairwise(ring)):
        length = hypot(end[0] - start[0], end[1] - start[1])
        if length:
            x, y = (end[1] - start[1]) / length * width / 2, (start[0] - end[0]) / length * width / 2
            corners = [(start, 1), (end, 1), (end, -1), (start, -1)]
            ring = tuple((point[0] + side * x, point[1] + side * y) for point, side in corners)
            area = enclosed([ring], is_even_odd=False)
            if area is not None:
                yield area


def curve(start: Point, one: Point, other: Point, end: Point) -> Iterator[Point]:
    """Points along a Bézier curve, without its start."""
    for part in _STEPS:
        rest = 1 - part
        a, b, c, d = rest**3, 3 * rest * rest * part, 3 * rest * part * part, part**3
        yield (
            a * start[0] + b * one[0] + c * other[0] + d * end[0],
            a * start[1] + b * one[1] + c * other[1] + d * end[1],
        )


def _is_in(box: Box, point: Point) -> bool:
    return box[0] <= point[0] <= box[2] and box[1] <= point[1] <= box[3]


def _around(points: Sequence[Point]) -> Box:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def _is_rectangle(ring: Ring) -> bool:
    """Whether a ring is a box along the edges of the page."""
    corners = ring[:-1] if ring[0] == ring[-1] else ring
    if len(corners) != 4:
        return False
    across, up = ({round(point[axis], 2) for point in corners} for axis in (0, 1))
    return len(across) == 2 and len(up) == 2 and len(set(corners)) == 4


def _turns(ring: Ring, point: Point) -> int:
    """How often a ring goes around a point, counter-clockwise."""
    x, y = point
    turns = 0
    for (ax, ay), (bx, by) in pairwise((*ring, ring[0])):
        if (ay <= y) != (by <= y):
            side = (bx - ax) * (y - ay) - (x - ax) * (by - ay)
            if by > ay and side > 0:
                turns += 1
            elif by <= ay and side < 0:
                turns -= 1
    return turns
