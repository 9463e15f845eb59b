"""What is drawn on the pages of a PDF: every text with its place on the sheet, and the lines of each block."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from atlas_print.prove.pdf.runs import Key, Run, gap_between
from atlas_print.prove.pdf.state import Told
from atlas_print.prove.reading.drawn import Line, Replaced, Room, Shown
from atlas_print.prove.reading.elements import Element, Role

_BACK = 0.3
"""How far text may reach back to that before it, in em: a kerned pair does."""
_SAME_LINE = 0.5
"""Runs of a block whose baselines are less than this apart, in em, stand on one line: raised or lowered signs."""


def all_shown(
    runs: Iterable[Run], sheets: Sequence[tuple[float, float]], holders: Mapping[Key, Element]
) -> tuple[Shown, ...]:
    """The runs as they are drawn; `sheets` has the width and height of each page in pt, `holders` what holds them."""
    return tuple(_shown(run, *sheets[run.page], holders) for run in _joined(runs, holders))


def _shown(run: Run, width: float, height: float, holders: Mapping[Key, Element]) -> Shown:
    left, bottom, right, top = run.box
    room = Room(left, width - right, height - top, bottom)
    holder = None if run.key is None else holders.get(run.key)
    return Shown(run.page + 1, run.text, run.size, run.y, room, run.is_slanted, holder, run.stance, right - left)


def labels(runs: Iterable[Run], inked: Iterable[Key], holders: Mapping[Key, Element]) -> dict[Element, str]:
    """The text in each figure with an alternative; a figure that shows nothing at all is left out."""
    found: dict[Element, list[Run]] = {}
    for key in inked:
        figure = _figure(holders.get(key))
        if figure is not None:
            found.setdefault(figure, [])
    for run in runs:
        figure = None if run.key is None else _figure(holders.get(run.key))
        if figure is not None:
            found.setdefault(figure, []).append(run)
    return {figure: text_of(held) for figure, held in found.items()}


def text_of(runs: Sequence[Run], line_end: str = " ") -> str:
    """What runs say one after another, with the spaces that are seen between them, and `line_end` between lines."""
    text = runs[0].text if runs else ""
    for before, run in pairwise(runs):
        # A run without text is the rest of what an /ActualText has told.
        if run.text:
            gap = gap_between(before, run)
            text += run.text if gap is None else f"{' ' if gap else line_end}{run.text}"
    return text


def loose_images(images: Iterable[tuple[int, Key | None]], holders: Mapping[Key, Element]) -> Iterator[int]:
    """The pages, counted from 1, of the images that no figure with an alternative holds."""
    for page, key in images:
        if key is None or _figure(holders.get(key)) is None:
            yield page + 1


def _figure(element: Element | None) -> Element | None:
    if element is None:
        return None
    return next((it for it in (element, *element.ancestors()) if it.role is Role.FIGURE and it.alt), None)


def replaced(all_told: Iterable[Told], holders: Mapping[Key, Element]) -> Iterator[Replaced]:
    """What is told beside the glyphs that it stands for; what no element holds is told to nobody."""
    for told in all_told:
        holder = holders.get(told.key)
        if holder is not None:
            yield Replaced(holder.place, told.text, text_of(told.runs, "\n"))


def _joined(runs: Iterable[Run], holders: Mapping[Key, Element]) -> list[Run]:
    """Runs of one size and slant that follow each other on a line as one: a drawing's labels come glyph by glyph."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        is_heard = run.key in holders
        if last is None or (last.is_slanted, last.stance, last.key in holders) != (
            run.is_slanted,
            run.stance,
            is_heard,
        ):
            gap: bool | None = False
        elif abs(last.size - run.size) > 0.01:
            gap = False
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


def _follows(before: Run, after: Run) -> bool:
    """Whether a run of a line stands behind the one before it, not over it."""
    if abs(before.y - after.y) > 0.1 * before.size:
        return after.x > before.x - _BACK * before.size
    return after.x > before.end_x - _BACK * before.size


def _line(block: Element, runs: Sequence[Run]) -> Line:
    # Arabic shows dots and marks one by one, above and below the baseline; the letters that it is for have the widths.
    widths: defaultdict[float, float] = defaultdict(float)
    for run in runs:
        widths[round(run.y, 1)] += abs(run.end_x - run.x)
    baseline = max(widths, key=lambda y: widths[y])
    y = next(run.y for run in runs if round(run.y, 1) == baseline)
    sizes = [run.size for run in runs]
    told = [run for run in runs if run.text.strip()]
    is_straight = all(_follows(before, after) for before, after in pairwise(told))
    return Line(
        block, runs[0].page + 1, " ".join(text_of(runs).split()), runs[0].x, y, min(sizes), max(sizes), is_straight
    )
