"""A text laid beside another: the best alignment of all its parts at once, not the first place where a part stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush


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
