"""What is drawn on the pages of a PDF: every text with its place on the sheet, and the lines of each block."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from atlas_print.prove.readers.pdf_runs import Run, gap_between
from atlas_print.prove.reading import Element, Line, Room, Shown

_SAME_LINE = 0.5
"""Runs of a block whose baselines are less than this apart, in em, stand on one line: raised or lowered signs."""


def all_shown(runs: Iterable[Run], sheets: Sequence[tuple[float, float]]) -> tuple[Shown, ...]:
    """The runs as they are drawn; `sheets` has the width and height of each page in pt."""
    return tuple(_shown(run, *sheets[run.page]) for run in _joined(runs))


def _shown(run: Run, width: float, height: float) -> Shown:
    left, bottom, right, top = run.box
    return Shown(run.page + 1, run.text, run.size, Room(left, width - right, height - top, bottom), run.is_slanted)


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Runs of one size and slant that follow each other on a line as one: a drawing's labels come glyph by glyph."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        if last is None or abs(last.size - run.size) > 0.01 or last.is_slanted != run.is_slanted:
            gap: bool | None = False
        else:
            gap = gap_between(last, run)
        if last is None or gap is False:
            found.append(run)
        else:
            text = f"{last.text} {run.text}" if gap else last.text + run.text
            found[-1] = replace(last, text=text, end_x=run.end_x, end_y=run.end_y, box=_around(last.box, run.box))
    return found


def _around(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


class Lines:
    """The lines of blocks, gathered run by run in reading order."""

    def __init__(self) -> None:
        self._lines: list[tuple[Element, list[Run]]] = []

    def add(self, run: Run, block: Element) -> None:
        """A run that the block holds."""
        last_block, runs = self._lines[-1] if self._lines else (None, [run])
        off = min(abs(run.y - runs[0].y), abs(run.y - runs[-1].y))
        if last_block is block and runs[0].page == run.page and off < _SAME_LINE * max(run.size, runs[0].size):
            runs.append(run)
        else:
            self._lines.append((block, [run]))

    def result(self) -> tuple[Line, ...]:
        """What was gathered."""
        lines = (_line(block, runs) for block, runs in self._lines)
        return tuple(line for line in lines if line.text)


def _line(block: Element, runs: Sequence[Run]) -> Line:
    text = runs[0].text
    for before, run in pairwise(runs):
        # A run without text is the rest of what an /ActualText has told.
        if run.text:
            text += run.text if gap_between(before, run) is None else f" {run.text}"
    # Arabic shows dots and marks one by one, above and below the baseline; the letters that it is for have the widths.
    widths: defaultdict[float, float] = defaultdict(float)
    for run in runs:
        widths[round(run.y, 1)] += abs(run.end_x - run.x)
    baseline = max(widths, key=lambda y: widths[y])
    y = next(run.y for run in runs if round(run.y, 1) == baseline)
    sizes = [run.size for run in runs]
    return Line(block, runs[0].page + 1, " ".join(text.split()), y, min(sizes), max(sizes))
