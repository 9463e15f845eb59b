"""The words of a reading without its lists' numbers, and where those of two readings of other formats say the same."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import count, groupby, pairwise

from atlas_print.alignment import Match, heaviest_chain
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.reading import Reading

_SEEDS = (24, 8)
"""Lengths of stretches that tell the same place in two texts if each has them once."""
_FEWEST = 2
"""Characters that may be a word."""
_LARGEST = 1000
"""Characters among which words are looked for one by one."""


class RunningText:
    """A stretch without the numbers and bullets of its lists, which each format shows in a way of its own."""

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        # A term is a label too, but one of words.
        labels = [
            (label.start, label.end)
            for label in reading.of(Role.LABEL, start=start, end=end)
            if not any(map(str.isalpha, reading.text(label)))
        ]
        bounds = [start, *(at for label in labels for at in label), end]
        kept = list(zip(bounds[::2], bounds[1::2], strict=True))
        self.text = "".join(reading.flat[low:high] for low, high in kept)
        self._reading = reading
        self._positions = [at for low, high in kept for at in range(low, high)]
        self._positions.append(end)

    def at(self, position: int) -> int:
        """A place in the reading as one in the text."""
        return bisect_left(self._positions, position, hi=len(self.text))

    def is_edge(self, at: int) -> bool:
        """Whether a block starts or ends there."""
        return any(position in self._reading.edges for position in self._around(at))

    def is_word_end(self, at: int) -> bool:
        """Whether no word runs on over that place."""
        return any(self._reading.is_word_end(position) for position in self._around(at))

    def excerpt(self, start: int, end: int) -> str:
        """Words from one place to another, with their spaces."""
        start, end = max(start, 0), min(end, len(self.text))
        return self._reading.excerpt(self._around(start)[1], self._around(end)[0]) if start < end else ""

    def _around(self, at: int) -> tuple[int, int]:
        """Where in the reading the character before a place ends, and where that behind it starts."""
        behind = self._positions[at]
        return (self._positions[at - 1] + 1 if at else behind), behind


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that two texts share: where it starts in each, and its length."""

    a: int
    b: int
    length: int


class Alignment:
    """What two texts share, in the order of both."""

    def __init__(self, a: RunningText, b: RunningText) -> None:
        self._a, self._b = a, b
        self._runs = self._settled(_joined(self._between(0, len(a.text), 0, len(b.text))))
        self._ends = [run.a + run.length for run in self._runs]

    def counterparts(self, at: int) -> range:
        """The places in the second text that may stand for one in the first.

        That is a single one if both have the words behind it; else any behind the last words that both have and
        before the next.
        """
        index = bisect_right(self._ends, at)
        run = self._runs[index] if index < len(self._runs) else Run(len(self._a.text), len(self._b.text), 0)
        if at >= run.a:
            return range(run.b + at - run.a, run.b + at - run.a + 1)
        before = self._runs[index - 1] if index else Run(0, 0, 0)
        return range(before.b + before.length, run.b + 1)

    def _between(self, a: int, a_end: int, b: int, b_end: int) -> Iterator[Run]:
        """The runs of two stretches."""
        ours, theirs = self._a.text, self._b.text
        first = last = 0
        while a + first < a_end and b + first < b_end and ours[a + first] == theirs[b + first]:
            first += 1
        yield Run(a, b, first)
        a, b = a + first, b + first
        while a < a_end - last and b < b_end - last and ours[a_end - last - 1] == theirs[b_end - last - 1]:
            last += 1
        a_end, b_end = a_end - last, b_end - last
        if a < a_end and b < b_end:
            anchors = next(filter(None, (_anchors(ours[a:a_end], theirs[b:b_end], size) for size in _SEEDS)), ())
            places = [(a, b), *((a + i, b + j) for i, j in anchors), (a_end, b_end)]
            for (low, there), (high, end) in pairwise(places) if anchors else ():
                yield from self._between(low, high, there, end)
            if not anchors and max(a_end - a, b_end - b) <= _LARGEST:
                yield from self._words(a, a_end, b, b_end)
        yield Run(a_end, b_end, last)

    def _words(self, a: int, a_end: int, b: int, b_end: int) -> Iterator[Run]:
        """The whole words of two short stretches that have no longer ones in common."""
        found = SequenceMatcher(None, self._a.text[a:a_end], self._b.text[b:b_end], autojunk=False)
        for block in found.get_matching_blocks():
            run = Run(a + block.a, b + block.b, block.size)
            ours = all(self._a.is_word_end(at) for at in (run.a, run.a + run.length))
            theirs = all(self._b.is_word_end(at) for at in (run.b, run.b + run.length))
            if run.length >= _FEWEST and ours and theirs:
                yield run

    def _settled(self, runs: list[Run]) -> list[Run]:
        """The runs; where more than one place could be the one at which a text says more, a whole block says it."""
        settled = [Run(0, 0, 0)]
        for after in [*runs, Run(len(self._a.text), len(self._b.text), 0)]:
            before = settled.pop()
            by = 0
            if before.b + before.length == after.b:
                by = _best_shift(self._a, before, before.a + before.length, after, after.a)
            elif before.a + before.length == after.a:
                by = _best_shift(self._b, before, before.b + before.length, after, after.b)
            settled.append(Run(before.a, before.b, before.length + by))
            settled.append(Run(after.a + by, after.b + by, after.length - by))
        return [run for run in settled if run.length]


def _joined(runs: Iterator[Run]) -> list[Run]:
    """The runs, those that follow each other in both texts as one."""
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        if last is not None and last.a + last.length == run.a and last.b + last.length == run.b:
            joined[-1] = Run(last.a, last.b, last.length + run.length)
        elif run.length:
            joined.append(run)
    return joined


def _anchors(ours: str, theirs: str, size: int) -> list[tuple[int, int]]:
    """Places of stretches that each text has once, in an order that both agree on: one for each run of them."""
    (first, last), (other_first, other_last) = _places(ours, size), _places(theirs, size)
    shared = last.keys() & other_last.keys()
    pairs = sorted(
        (last[it], other_last[it]) for it in shared if first[it] == last[it] and other_first[it] == other_last[it]
    )
    runs = [
        list(group) for _, group in groupby(enumerate(pairs), key=lambda it: (it[1][0] - it[1][1], it[0] - it[1][0]))
    ]
    matches = [Match(index, run[0][1][1], run[-1][1][1] + 1, float(len(run))) for index, run in enumerate(runs)]
    return [runs[match.index][0][1] for match in heaviest_chain(matches)]


def _places(text: str, size: int) -> tuple[dict[str, int], dict[str, int]]:
    """Where each stretch of that size stands first in a text, and where last."""
    found = [text[at : at + size] for at in range(len(text) - size + 1)]
    return dict(zip(reversed(found), range(len(found) - 1, -1, -1), strict=True)), dict(
        zip(found, count(), strict=False)
    )


def _best_shift(running: RunningText, before: Run, start: int, after: Run, end: int) -> int:
    """How far the stretch between two runs is best moved, so that it starts and ends with a block."""
    if start == end:
        return 0
    text = running.text
    low = high = 0
    while -low < before.length and text[start + low - 1] == text[end + low - 1]:
        low -= 1
    while high < after.length and text[start + high] == text[end + high]:
        high += 1
    return max(range(low, high + 1), key=lambda by: (running.is_edge(start + by) + running.is_edge(end + by), -abs(by)))
