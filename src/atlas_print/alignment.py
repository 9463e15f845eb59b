"""A text laid beside another: the best alignment of all its parts at once, not the first place where a part stands."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from heapq import heappop, heappush
from itertools import groupby, pairwise
from typing import Protocol

_SEEDS = (24, 8)
"""Lengths of stretches that tell the same place in two texts if each has them once."""
_FEWEST = 2
"""Characters that may be a word."""
_LARGEST = 1000
"""Characters among which words are looked for one by one."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place at which part `index` of a text stands in another, from `start` to `end`; `weight` is its worth."""

    index: int
    start: int
    end: int
    weight: float


def heaviest_chain(matches: Sequence[Match]) -> list[Match]:
    """Of these matches, those worth most together that run forward in both texts and don't overlap; O(m log m).

    Where several chains are worth the same, the one that takes up the least of the other text is taken. Weights have
    to be 1 or more for that.
    """
    ordered = sorted(matches, key=lambda match: match.start)
    longest = max((match.end for match in ordered), default=0)
    # What a character costs that the chain skips: all of them together less than the least match is worth.
    cost = 1 / (4 * (longest + 1))
    best = _PrefixMaximum(max((match.index for match in ordered), default=0) + 1)
    worth: list[float] = []
    before: list[int] = []
    ended: list[tuple[int, int]] = []
    for number, match in enumerate(ordered):
        while ended and ended[0][0] <= match.start:
            _, other = heappop(ended)
            best.raise_to(ordered[other].index, worth[other] + cost * ordered[other].end, other)
        value, last = best.of(match.index)
        value -= cost * match.start
        if last < 0 or value < 0:
            value, last = 0.0, -1
        worth.append(value + match.weight)
        before.append(last)
        heappush(ended, (match.end, number))
    at = max(range(len(ordered)), key=worth.__getitem__, default=-1)
    chain: list[Match] = []
    while at >= 0:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]


class _PrefixMaximum:
    """The largest value below an index, each with its owner (a Fenwick tree); an owner of -1 is none."""

    def __init__(self, size: int) -> None:
        self._tree = [(0.0, -1)] * (size + 1)

    def raise_to(self, index: int, value: float, owner: int) -> None:
        """The value at an index, if it is larger than what stands there."""
        at = index + 1
        while at < len(self._tree):
            if self._tree[at][1] < 0 or value > self._tree[at][0]:
                self._tree[at] = (value, owner)
            at += at & -at

    def of(self, end: int) -> tuple[float, int]:
        """The largest value at the indices below `end`."""
        found = (0.0, -1)
        while end > 0:
            if self._tree[end][1] >= 0 and (found[1] < 0 or self._tree[end][0] > found[0]):
                found = self._tree[end]
            end -= end & -end
        return found


class Running(Protocol):
    """A text without white space, and what its layout says of its places."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def edges(self) -> Set[int]:
        """The places at which a block starts or ends."""

    def is_word_end(self, at: int) -> bool:
        """Whether no word runs on over that place."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch that two texts share: where it starts in each, and its length."""

    a: int
    b: int
    length: int


class Alignment:
    """What two texts share, in the order of both."""

    def __init__(self, a: Running, b: Running) -> None:
        self._a, self._b = a, b
        self._edges = sorted(a.edges), sorted(b.edges)
        self._runs = self._settled(_joined(self._between(0, len(a.text), 0, len(b.text))))
        self._ends = [run.a + run.length for run in self._runs]

    def counterparts(self, at: int) -> Sequence[int]:
        """The places in the second text that may stand for one in the first.

        That is a single one if both have the words behind it; else any behind the last words that both have and
        before the next. Where the first text says more, and ends it with the words that stand before it, either may be
        what only the first has.
        """
        index = bisect_right(self._ends, at)
        run = self._runs[index] if index < len(self._runs) else Run(len(self._a.text), len(self._b.text), 0)
        if at >= run.a:
            return range(run.b + at - run.a, run.b + at - run.a + 1)
        before = self._runs[index - 1] if index else Run(0, 0, 0)
        return [*self._again(before, run, at), *range(before.b + before.length, run.b + 1)]

    def _again(self, before: Run, after: Run, at: int) -> Iterator[int]:
        """The places for one that only the first text has, if blocks at the end of that are those of both texts."""
        end, back = before.a + before.length, 0
        if before.b + before.length < after.b:
            return
        while back < before.length and self._a.text[after.a - back - 1] == self._a.text[end - back - 1]:
            back += 1
            if after.a - back in self._a.edges:
                yield after.b - min(back, after.a - at)

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
            anchors = next(filter(None, self._anchors(a, a_end, b, b_end)), ())
            places = [(a, b), *((a + i, b + j) for i, j in anchors), (a_end, b_end)]
            for (low, there), (high, end) in pairwise(places) if anchors else ():
                yield from self._between(low, high, there, end)
            if not anchors and max(a_end - a, b_end - b) <= _LARGEST:
                yield from self._words(a, a_end, b, b_end)
        yield Run(a_end, b_end, last)

    def _anchors(self, a: int, a_end: int, b: int, b_end: int) -> Iterator[list[tuple[int, int]]]:
        """Places in both stretches that tell the same, by ever more places that are looked at."""
        ours, theirs = self._a.text[a:a_end], self._b.text[b:b_end]
        starts = (
            [at - low for at in held[bisect_left(held, low) : bisect_left(held, high)]]
            for held, low, high in zip(self._edges, (a, b), (a_end, b_end), strict=True)
        )
        yield _anchors(ours, theirs, _SEEDS[0], *starts)
        for size in _SEEDS:
            yield _anchors(ours, theirs, size, range(len(ours)), range(len(theirs)))

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


def _anchors(
    ours: str, theirs: str, size: int, starts: Sequence[int], other_starts: Sequence[int]
) -> list[tuple[int, int]]:
    """Places of stretches that each text has once, at these starts, in an order of both: one for each run of them."""
    (first, last), (other_first, other_last) = _places(ours, size, starts), _places(theirs, size, other_starts)
    shared = last.keys() & other_last.keys()
    pairs = sorted(
        (last[it], other_last[it]) for it in shared if first[it] == last[it] and other_first[it] == other_last[it]
    )
    runs = [
        list(group) for _, group in groupby(enumerate(pairs), key=lambda it: (it[1][0] - it[1][1], it[0] - it[1][0]))
    ]
    matches = [Match(index, run[0][1][1], run[-1][1][1] + 1, float(len(run))) for index, run in enumerate(runs)]
    return [runs[match.index][0][1] for match in heaviest_chain(matches)]


def _places(text: str, size: int, starts: Sequence[int]) -> tuple[dict[str, int], dict[str, int]]:
    """Where each stretch of that size stands first at one of these places of a text, and where last."""
    starts = starts[: bisect_right(starts, len(text) - size)]
    found = [text[at : at + size] for at in starts]
    return dict(zip(reversed(found), reversed(starts), strict=True)), dict(zip(found, starts, strict=True))


def _best_shift(running: Running, before: Run, start: int, after: Run, end: int) -> int:
    """How far the stretch between two runs is best moved, so that it starts and ends with a block."""
    if start == end:
        return 0
    text = running.text
    low = high = 0
    while -low < before.length and text[start + low - 1] == text[end + low - 1]:
        low -= 1
    while high < after.length and text[start + high] == text[end + high]:
        high += 1
    return max(
        range(low, high + 1), key=lambda by: ((start + by in running.edges) + (end + by in running.edges), -abs(by))
    )
