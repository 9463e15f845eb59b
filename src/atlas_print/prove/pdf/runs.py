"""The text objects of pages: where they stand, what a reader sees between two of them, the lines that they make."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import hypot
from typing import NamedTuple, TypeAlias

from atlas_print.prove.pdf.told import differing
from atlas_print.prove.reading.elements import Element, Line, Replaced, Role, Room, Shown
from atlas_print.prove.reading.text import is_spelled

Box: TypeAlias = tuple[float, float, float, float]
"""Left, bottom, right and top, in pt."""
Key: TypeAlias = tuple[str, int, int]
"""Names a marked-content sequence: "page", or "form" for one in a form on it; the index of the page; its MCID."""

_GAP, _RAISED, _LEAN = 0.2, 0.4, 0.1
"""em between texts that show a space; by which a sign is raised; by which a letter may reach back over its place."""
_FROM_RIGHT = re.compile("[\u034f\u0590-\u08ff\ufb1d-\ufefc]")
"""Letters of scripts from right to left, and what a part of one is told as that has no text of its own."""
_UPRIGHT, _LEVEL = 0.03, 0.09
"""How far upright letters may slant (2 degrees; italics have 8 and more); how far a line may rise on its way (5)."""
_NARROW, _BACK, _STACKED = 0.9, 0.3, 2
"""How narrow letters may be set, of their own width, before they count as smaller ones; how far text may reach back to
that before it, in em: a kerned pair does; a raised or lowered sign does."""
_SAME_LINE = 0.5
"""Texts of a block whose baselines are less than this apart, in em, stand on one line: raised or lowered signs."""


class Matrix(NamedTuple):
    """What takes points of one space to another (ISO 32000-1, 8.3.3)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def then(self, other: "Matrix") -> "Matrix":
        """The matrix that does this, then the other."""
        (a, b, c, d, e, f), (g, h, i, j, k, m) = self, other
        return Matrix(a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)

    def moved(self, x: float, y: float) -> tuple[float, float]:
        """Where it takes a point."""
        a, b, c, d, e, f = self
        return a * x + c * y + e, b * x + d * y + f

    def around(self, box: Box) -> Box:
        """The box around what it makes of a box."""
        left, bottom, right, top = box
        (x, y), (other_x, other_y) = self.moved(left, bottom), self.moved(right, top)
        if self.b or self.c:
            corners = [(x, y), (other_x, other_y), self.moved(left, top), self.moved(right, bottom)]
            (x, *_, other_x), (y, *_, other_y) = map(sorted, zip(*corners, strict=True))
        return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)

    def slants(self) -> bool:
        """Whether it slants upright letters; turning, scaling and mirroring don't."""
        a, b, c, d, _, _ = self
        return abs(a * c + b * d) > _UPRIGHT * hypot(a, b) * hypot(c, d)

    def size(self, size: float) -> float:
        """The size of letters in pt: what they are high, or wide where they are narrowed."""
        width = hypot(self.a, self.b)
        height = abs(self.a * self.d - self.b * self.c) / width if width else 0.0
        return abs(size) * min(height, width / _NARROW)

    @property
    def is_upright(self) -> bool:
        """Whether letters stand under it, neither turned nor mirrored."""
        return self.a > 0 and abs(self.b) <= _LEVEL * self.a and self.a * self.d > self.b * self.c


_TURNS = Matrix(1, 0, 0, 1, 0, 0), Matrix(0, -1, 1, 0, 0, 0), Matrix(-1, 0, 0, -1, 0, 0), Matrix(0, 1, -1, 0, 0, 0)
"""By the quarters that a page is turned, clockwise, as it is shown."""


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is shown: its width and height in pt, and what takes its own coordinates there."""

    width: float
    height: float
    matrix: Matrix

    def point(self, left: float | None, top: float | None) -> tuple[float | None, float | None]:
        """Where a point of the page is shown, of which either coordinate may be open."""
        x, y = self.matrix.moved(left or 0.0, top or 0.0)
        across, up = (left, top) if self.matrix.b == 0 else (top, left)
        return None if across is None else x, None if up is None else y


@dataclass(slots=True, eq=False)
class Run:
    """A text object: the letters of it that are seen, and where its baseline starts and ends, in pt.

    `page` counts from 0, `box` is that of its ink, `size` is in pt after every scaling. `key` is its marked content,
    None for an artifact. `told` is what a voice says for it: the text, or the ActualText of its sequence
    (`has_actual_text`), of which the first object has all. `is_whole` is whether all of its letters are seen.
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
    is_upright: bool
    is_whole: bool = True
    has_actual_text: bool = False


@dataclass(slots=True)
class Sheet:
    """A page: its texts, the marked content that leaves a trace, images, ActualTexts."""

    view: View
    runs: list[Run] = field(default_factory=list)
    inked: set[Key] = field(default_factory=set)
    images: list[Key | None] = field(default_factory=list)
    told: list[tuple[Key, str, list[Run]]] = field(default_factory=list)


def view_of(box: Box, quarters: int, unit: float) -> View:
    """What a box of a sheet shows, turned, in units of its own (ISO 32000-1, 14.11.2)."""
    matrix = Matrix(unit, 0, 0, unit, 0, 0).then(_TURNS[quarters % 4])
    x, y, other_x, other_y = matrix.around(box)
    return View(other_x - x, other_y - y, matrix.then(Matrix(1, 0, 0, 1, -x, -y)))


def gap_between(before: Run, after: Run) -> bool | None:
    """What a reader sees between two runs: a space (True), a new line (False) or nothing (None).

    False also where a line turns round, as the end of one run is far from the start of the next then.
    """
    size, distance = max(before.size, after.size, 0.1), after.x - before.end_x
    is_off = before.page != after.page or abs(after.y - before.end_y) > _RAISED * size
    if not is_off and distance < -0.5 * size:
        # From right to left what follows stands before.
        distance = min(before.x, before.end_x) - max(after.x, after.end_x)
        return None if -0.5 * size <= distance <= _GAP * size else False
    if is_off:
        return False
    apart = distance if after.is_upright else hypot(distance, after.y - before.end_y)
    if apart <= _GAP * size or distance <= 0:
        return None
    return _FROM_RIGHT.search(before.text + after.text) is None


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
        looks = run.is_slanted, run.is_upright, is_heard(run)
        last = found[-1] if found else run
        gap = gap_between(last, run) if looks == last_looks and abs(last.size - run.size) <= 0.01 else False
        if gap is False:
            found.append(replace(run))
            last_looks = looks
            continue
        space = " " if gap else ""
        last.text, last.told = f"{last.text}{space}{run.text}", f"{last.told}{space}{run.told}"
        (left, bottom, right, top), other = last.box, run.box
        last.box = min(left, other[0]), min(bottom, other[1]), max(right, other[2]), max(top, other[3])
        last.end_x, last.end_y = run.end_x, run.end_y
    return found


@dataclass(frozen=True, slots=True)
class Content:
    """What the pages of a file show, and the structure element that holds each marked content of it."""

    sheets: Sequence[Sheet]
    holders: Mapping[Key, Element]

    def shown(self) -> Iterator[Shown]:
        """The texts as they are drawn."""
        for sheet in self.sheets:
            for run in joined(sheet.runs, lambda run: run.key in self.holders):
                if run.text.strip():
                    (left, bottom, right, top), element = run.box, self.holders.get(run.key) if run.key else None
                    is_told = run.has_actual_text or is_spelled(run.text)
                    text = run.text if element is not None else run.told if is_told else ""
                    left = run.x if 0 < run.x - left <= _LEAN * run.size else left
                    room = Room(left, sheet.view.width - right, sheet.view.height - top, bottom)
                    yield Shown(run.page + 1, text, run.size, run.y, room, run.is_slanted, element, run.is_upright)

    def _figure(self, key: Key | None) -> Element | None:
        """The figure with an alternative that holds a marked content."""
        held = self.holders.get(key) if key else None
        around = () if held is None else (held, *held.ancestors())
        return next((it for it in around if it.role is Role.FIGURE and it.alt), None)

    def loose_images(self) -> Iterator[int]:
        """The pages, counted from 1, of the images that no figure with an alternative holds."""
        for page, sheet in enumerate(self.sheets, start=1):
            yield from (page for key in sheet.images if self._figure(key) is None)

    def labels(self) -> dict[Element, str]:
        """The text in each figure with an alternative; a figure that shows nothing at all is left out."""
        keys = (self._figure(key) for sheet in self.sheets for key in sheet.inked)
        found: dict[Element, list[Run]] = {figure: [] for figure in keys if figure is not None}
        for run in (run for sheet in self.sheets for run in sheet.runs if run.text.strip()):
            figure = self._figure(run.key)
            if figure is not None:
                found[figure].append(run)
        return {figure: text_of(held) for figure, held in found.items()}

    def replaced(self) -> Iterator[Replaced]:
        """What is told beside the glyphs that it stands for; what no element holds is told to nobody."""
        held = [it for sheet in self.sheets for it in sheet.told]
        is_mirrored = not all(is_spelled(told) for _, told, _ in held)
        for key, told, runs in held:
            # Letters that nobody sees are lost for a voice too.
            if key in self.holders and all(run.is_whole for run in runs):
                yield from differing(self.holders[key].place, told, text_of(runs, "\n"), is_mirrored=is_mirrored)


class Lines:
    """The lines of blocks, gathered run by run in reading order."""

    def __init__(self) -> None:
        self._lines: list[tuple[Element, list[Run]]] = []

    def add(self, run: Run, block: Element) -> None:
        """A run that the block holds."""
        last_block, runs = self._lines[-1] if self._lines else (None, [run])
        off = min(abs(run.y - runs[0].y), abs(run.y - runs[-1].y))
        # Marks of one text stand as high above its letters as a line may.
        is_same = off < _SAME_LINE * max(run.size, runs[0].size) or (run.key == runs[-1].key and not run.told)
        if last_block is block and runs[0].page == run.page and is_same:
            runs.append(run)
        else:
            self._lines.append((block, [run]))

    def result(self) -> tuple[Line, ...]:
        """What was gathered."""
        return tuple(line for line in (_line(block, runs) for block, runs in self._lines) if line.text)


def _line(block: Element, runs: Sequence[Run]) -> Line:
    # Arabic shows dots and marks one by one, above and below the baseline; the letters that it is for have the widths.
    widths: Counter[float] = Counter()
    for run in runs:
        widths[round(run.y, 1)] += abs(run.end_x - run.x)  # type: ignore[assignment]
    y = next(run.y for run in runs if round(run.y, 1) == max(widths, key=lambda y: widths[y]))
    text = runs[0].told
    for before, run in pairwise(runs):
        # A text without words of its own is the rest of what an ActualText has told.
        if run.told:
            text += run.told if gap_between(before, run) is None else f" {run.told}"
    told = pairwise(run for run in runs if run.told.strip())
    is_straight = not is_spelled(text) or all(_follows(before, after) for before, after in told)
    x, sizes = runs[0].x, [run.size for run in runs]
    end_x = max(max(run.x, run.end_x) if run.is_upright else x for run in runs)
    return Line(block, runs[0].page + 1, " ".join(text.split()), x, end_x, y, min(sizes), max(sizes), is_straight)


def _follows(before: Run, after: Run) -> bool:
    """Whether a run of a line stands behind the one before it, not over it."""
    if abs(before.y - after.y) <= 0.1 * before.size:
        return after.x > before.end_x - _BACK * before.size
    # Signs raised and lowered may stand over each other, and over no word.
    return after.x > max(before.x - _BACK * before.size, before.end_x - _STACKED * before.size)
