"""What one operator of a page shows: where it stands, and what a reader sees between it and the next."""

from dataclasses import dataclass
from math import hypot
from typing import TypeAlias

from atlas_print.prove.reading.drawn import Stance

Matrix: TypeAlias = tuple[float, float, float, float, float, float]

Key: TypeAlias = tuple[str, int, int]
"""Names a marked-content sequence: "page" or "form", index of the page or number of the form, its MCID."""

IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
GAP = 0.2
"""What a string of glyphs is moved on by, in em, where a reader sees a space."""
_UPRIGHT = 0.03
"""How far the axes of upright text may be off the right angle: less than 2 degrees; slanted faces have 8 and more."""

_LEVEL = 0.09
"""How far a line of text may rise or fall on its way, as a copier feeds a page: 5 degrees."""
_NARROW = 0.9
"""How narrow letters may be set, of their own width, before they count as smaller ones."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text that one operator shows: where its baseline starts and ends on the page, and its size, all in pt.

    `box` has the left, bottom, right and top of its glyphs, as far as the font tells them; at least the baseline.
    `is_slanted` is whether the face is italic or oblique, or the matrix slants it, `stance` how its letters stand.
    `key` is the marked-content sequence that it stands in, None for an artifact and for text outside of any.
    """

    page: int
    x: float
    y: float
    end_x: float
    end_y: float
    size: float
    text: str
    box: tuple[float, float, float, float]
    is_slanted: bool
    stance: Stance = Stance.UPRIGHT
    key: Key | None = None


def gap_between(before: Run, after: Run) -> bool | None:
    """What a reader sees between two runs: a space (True), a new line (False) or nothing (None)."""
    size = max(before.size, after.size, 0.1)
    if before.page != after.page or abs(after.y - before.end_y) > 0.3 * size:
        return False
    distance = after.x - before.end_x
    if distance < -0.5 * size:
        return False
    return True if hypot(distance, after.y - before.end_y) > GAP * size and distance > 0 else None


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does `one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def slants(matrix: Matrix) -> bool:
    """Whether a matrix slants upright letters; turning, scaling and mirroring don't."""
    a, b, c, d, _, _ = matrix
    return abs(a * c + b * d) > _UPRIGHT * hypot(a, b) * hypot(c, d)


def size_under(matrix: Matrix, size: float, stretch: float) -> float:
    """The size of letters in pt: what they are high, or wide where they are narrowed."""
    a, b, c, d, _, _ = matrix
    width = hypot(a, b)
    height = abs(a * d - b * c) / width if width else 0.0
    return abs(size) * min(height, width * abs(stretch) / _NARROW)


def stance_under(matrix: Matrix, size: float, stretch: float) -> Stance:
    """How letters stand under a matrix."""
    a, b, c, d, _, _ = matrix
    right = size * stretch
    if (a * d - b * c) * right * size < 0:
        return Stance.MIRRORED
    return Stance.TURNED if a * right < 0 or abs(b) > _LEVEL * abs(a) else Stance.UPRIGHT
