"""What is drawn on the pages of a PDF, beside what its structure tree holds: texts, lines, labels, and what differs."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from atlas_print.prove.pdf.runs import Key, Run, Sheet, gap_between, joined, text_of
from atlas_print.prove.reading.drawn import Line, Replaced, Room, Shown, Stance
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import heard, is_spelled

_AROUND_WORDS = "().,:;!?[]“”‘’\"'"
_BACK = 0.3
"""How far text may reach back to that before it, in em: a kerned pair does."""
_STACKED = 2
"""em that a raised or lowered sign may stand over the text before it."""
_SAME_LINE = 0.5
"""Texts of a block whose baselines are less than this apart, in em, stand on one line: raised or lowered signs."""


def all_shown(sheets: Sequence[Sheet], holders: Mapping[Key, Element]) -> Iterator[Shown]:
    """The texts as they are drawn; `holders` has the structure element that holds each marked content."""
    for sheet in sheets:
        for run in joined(sheet.runs, lambda run: run.key in holders):
            if not run.text.strip():
                continue
            left, bottom, right, top = run.box
            view, element = sheet.view, None if run.key is None else holders.get(run.key)
            is_told = run.has_actual_text or is_spelled(run.text)
            text = run.text if element is not None else run.told if is_told else ""
            room = Room(left, view.width - right, view.height - top, bottom)
            yield Shown(run.page + 1, text, run.size, run.y, room, run.is_slanted, element, run.stance)


def labels(sheets: Sequence[Sheet], holders: Mapping[Key, Element]) -> dict[Element, str]:
    """The text in each figure with an alternative; a figure that shows nothing at all is left out."""
    found: dict[Element, list[Run]] = {}
    for key in (key for sheet in sheets for key in sheet.inked):
        figure = _figure(holders.get(key))
        if figure is not None:
            found.setdefault(figure, [])
    for run in (run for sheet in sheets for run in sheet.runs):
        figure = None if run.key is None else _figure(holders.get(run.key))
        if figure is not None and run.text.strip():
            found[figure].append(run)
    return {figure: text_of(held) for figure, held in found.items()}


def replaced(sheets: Sequence[Sheet], holders: Mapping[Key, Element]) -> Iterator[Replaced]:
    """What is told beside the glyphs that it stands for; what no element holds is told to nobody."""
    is_mirrored = not all(is_spelled(told) for sheet in sheets for _, told, _ in sheet.told)
    for sheet in sheets:
        for key, told, runs in sheet.told:
            holder = holders.get(key)
            # Letters that nobody sees are lost for a voice too.
            if holder is not None and all(run.is_whole for run in runs):
                yield from differing(holder.place, told, text_of(runs, "\n"), is_mirrored=is_mirrored)


def differing(place: str, told: str, shown: str, *, is_mirrored: bool = False) -> Iterator[Replaced]:
    """What is told, if surely something else is shown.

    Glyphs may be in another order in lines from right to left (`is_mirrored`), and don't say which letters they are
    where letters join: of these the numbers and the words in plain letters have to agree.
    """
    one, other = _plain(told), _plain(shown)
    is_same = "".join(one.split()) == "".join(other.split())
    if not is_same and (is_mirrored or not is_spelled(told)):
        is_same = _numbers(one) == _numbers(other) and _plain_words(told) <= _plain_words(shown)
    # Between words on a line a space is shown, or none.
    has_spaces = is_mirrored or not is_spelled(told) or "\n" in shown or one.split() == other.split()
    if not (is_same and has_spaces):
        yield Replaced(place, told, shown)


def _numbers(text: str) -> Counter[str]:
    return Counter(re.findall(r"\d+", text))


def _plain_words(text: str) -> Counter[str]:
    """The words in letters that stand one by one."""
    return Counter(bare for word in text.split() if (bare := word.strip(_AROUND_WORDS)).isascii() and bare.isalpha())


def _plain(text: str) -> str:
    """A text without accents, which fonts may draw as marks of their own, and without signs that show nothing."""
    apart = unicodedata.normalize("NFKD", heard(text))
    return "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Mc", "Cf"))


def loose_images(sheets: Sequence[Sheet], holders: Mapping[Key, Element]) -> Iterator[int]:
    """The pages, counted from 1, of the images that no figure with an alternative holds."""
    for page, sheet in enumerate(sheets, start=1):
        yield from (page for key in sheet.images if key is None or _figure(holders.get(key)) is None)


def _figure(element: Element | None) -> Element | None:
    if element is None:
        return None
    return next((it for it in (element, *element.ancestors()) if it.role is Role.FIGURE and it.alt), None)


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
        lines = (_line(block, runs) for block, runs in self._lines)
        return tuple(line for line in lines if line.text)


def _line(block: Element, runs: Sequence[Run]) -> Line:
    # Arabic shows dots and marks one by one, above and below the baseline; the letters that it is for have the widths.
    widths: defaultdict[float, float] = defaultdict(float)
    for run in runs:
        widths[round(run.y, 1)] += abs(run.end_x - run.x)
    baseline = max(widths, key=lambda y: widths[y])
    y = next(run.y for run in runs if round(run.y, 1) == baseline)
    sizes = [run.size for run in runs]
    told = [run for run in runs if run.told.strip()]
    text = runs[0].told
    for before, run in pairwise(runs):
        # A text without words of its own is the rest of what an ActualText has told.
        if run.told:
            text += run.told if gap_between(before, run) is None else f" {run.told}"
    is_straight = not is_spelled(text) or all(_follows(before, after) for before, after in pairwise(told))
    x = runs[0].x
    end_x = max(max(run.x, run.end_x) if run.stance is Stance.UPRIGHT else x for run in runs)
    return Line(block, runs[0].page + 1, " ".join(text.split()), x, end_x, y, min(sizes), max(sizes), is_straight)


def _follows(before: Run, after: Run) -> bool:
    """Whether a run of a line stands behind the one before it, not over it."""
    if abs(before.y - after.y) > 0.1 * before.size:
        # Signs raised and lowered may stand over each other, and over no word.
        return after.x > max(before.x - _BACK * before.size, before.end_x - _STACKED * before.size)
    return after.x > before.end_x - _BACK * before.size
