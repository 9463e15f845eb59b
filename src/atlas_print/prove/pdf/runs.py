"""The text objects of pages: where they stand as a page is shown, and what a reader sees between two of them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import hypot
from typing import TypeAlias

from atlas_print.prove.reading.drawn import Stance

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in pt."""
Key: TypeAlias = tuple[str, int, int]
"""Names a marked-content sequence: "page", or "form" for one in a form on it; the index of the page; its MCID."""

_GAP = 0.2
"""em between two texts from which a reader sees a space."""
_UPRIGHT = 0.03
"""How far the axes of upright text may be off the right angle: less than 2 degrees; slanted faces have 8 and more."""
_LEVEL = 0.09
"""How far a line of text may rise or fall on its way, as a copier feeds a page: 5 degrees."""
_NARROW = 0.9
"""How narrow letters may be set, of their own width, before they count as smaller ones."""
_TURNS: Sequence[Matrix] = ((1, 0, 0, 1, 0, 0), (0, -1, 1, 0, 0, 0), (-1, 0, 0, -1, 0, 0), (0, 1, -1, 0, 0, 0))
"""By the quarters that a page is turned, clockwise, as it is shown."""


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is shown: its width and height in pt, and what takes its own coordinates there."""

    width: float
    height: float
    matrix: Matrix

    def point(self, left: float | None, top: float | None) -> tuple[float | None, float | None]:
        """Where a point of the page is shown, of which either coordinate may be open."""
        x, y = moved(self.matrix, left or 0.0, top or 0.0)
        across, up = (left, top) if self.matrix[1] == 0 else (top, left)
        return None if across is None else x, None if up is None else y


@dataclass(slots=True, eq=False)
class Run:
    """A text object: the letters of it that are seen, and where its baseline starts and ends, in pt.

    `page` counts from 0, `box` is that of its ink, `size` is in pt after every scaling. `key` is the marked content
    that it stands in, None for an artifact and for text outside of any. `told` is what a voice says for it: the
    text, or the ActualText of its sequence (`has_actual_text`), of which the first object has all and the others "".
    `is_whole` is whether all of its letters are seen.
    """

    page: int
    key: Key | None
    text: str
    told: str
    x: float
    y: float
    end_x: float
    end_y: float
    size: float
    box: Box
    is_slanted: bool
    stance: Stance
    is_whole: bool = True
    has_actual_text: bool = False


@dataclass(slots=True)
class Sheet:
    """What a page holds: its texts, what leaves a trace on it, the images by their marked content.

    `told` has each ActualText with its key and its texts, `missing` the fonts that the file doesn't hold.
    """

    view: View
    runs: list[Run] = field(default_factory=list)
    inked: set[Key] = field(default_factory=set)
    images: list[Key | None] = field(default_factory=list)
    told: list[tuple[Key, str, list[Run]]] = field(default_factory=list)
    missing: set[str] = field(default_factory=set)


def view_of(box: Box, quarters: int, unit: float) -> View:
    """What a box of a sheet shows, turned, in units of its own (ISO 32000-1, 14.11.2)."""
    matrix = times((unit, 0, 0, unit, 0, 0), _TURNS[quarters % 4])
    x, y, other_x, other_y = around(matrix, box)
    return View(other_x - x, other_y - y, times(matrix, (1, 0, 0, 1, -x, -y)))


def times(one: Matrix, other: Matrix) -> Matrix:
    """The matrix that does `one`, then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a matrix takes a point."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def around(matrix: Matrix, box: Box) -> Box:
    """The box around what a matrix makes of a box."""
    left, bottom, right, top = box
    x, y = moved(matrix, left, bottom)
    other_x, other_y = moved(matrix, right, top)
    if matrix[1] or matrix[2]:
        corners = [(x, y), (other_x, other_y), moved(matrix, left, top), moved(matrix, right, bottom)]
        (x, *_, other_x), (y, *_, other_y) = map(sorted, zip(*corners, strict=True))
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def slants(matrix: Matrix) -> bool:
    """Whether a matrix slants upright letters; turning, scaling and mirroring don't."""
    a, b, c, d, _, _ = matrix
    return abs(a * c + b * d) > _UPRIGHT * hypot(a, b) * hypot(c, d)


def size_under(matrix: Matrix, size: float) -> float:
    """The size of letters in pt: what they are high, or wide where they are narrowed."""
    a, b, c, d, _, _ = matrix
    width = hypot(a, b)
    height = abs(a * d - b * c) / width if width else 0.0
    return abs(size) * min(height, width / _NARROW)


def stance_under(matrix: Matrix) -> Stance:
    """How letters stand under a matrix."""
    a, b, c, d, _, _ = matrix
    if a * d - b * c < 0:
        return Stance.MIRRORED
    return Stance.TURNED if a < 0 or abs(b) > _LEVEL * abs(a) else Stance.UPRIGHT


def gap_between(before: Run, after: Run) -> bool | None:
    """What a reader sees between two runs: a space (True), a new line (False) or nothing (None)."""
    size = max(before.size, after.size, 0.1)
    if before.page != after.page or abs(after.y - before.end_y) > 0.3 * size:
        return False
    distance = after.x - before.end_x
    if distance < -0.5 * size:
        return False
    return True if hypot(distance, after.y - before.end_y) > _GAP * size and distance > 0 else None


def text_of(runs: Sequence[Run], line_end: str = " ") -> str:
    """What runs show one after another, with the spaces that are seen between them, and `line_end` between lines."""
    text = runs[0].text if runs else ""
    for before, run in pairwise(runs):
        gap = gap_between(before, run)
        text += run.text if gap is None else f"{' ' if gap else line_end}{run.text}"
    return text


def joined(runs: Iterable[Run], is_heard: Callable[[Run], bool]) -> list[Run]:
    """Runs of one size and slant that follow each other on a line as one, both heard by a voice or neither."""
    found: list[Run] = []
    last_looks: object = None
    for run in runs:
        looks = run.is_slanted, run.stance, is_heard(run)
        last = found[-1] if looks == last_looks else None
        gap = False if last is None or abs(last.size - run.size) > 0.01 else gap_between(last, run)
        if last is None or gap is False:
            found.append(replace(run))
            last_looks = looks
            continue
        space = " " if gap else ""
        last.text, last.told = f"{last.text}{space}{run.text}", f"{last.told}{space}{run.told}"
        left, bottom = min(last.box[0], run.box[0]), min(last.box[1], run.box[1])
        last.box = left, bottom, max(last.box[2], run.box[2]), max(last.box[3], run.box[3])
        last.end_x, last.end_y = run.end_x, run.end_y
    return found
