"""Choosing: at random by the number of an atlas, or by hypothesis, which finds the smallest example."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Choices:
    """All that a generator decides; `number` gives a whole number from the first to the last, both included."""

    number: Callable[[int, int], int]

    def one(self, options: Sequence[_T]) -> _T:
        """One of the options; the first is the plainest."""
        return options[self.number(0, len(options) - 1)]

    def some(self, options: Sequence[_T], least: int, most: int) -> list[_T]:
        """A few of the options, each once, in any order."""
        left = list(options)
        return [left.pop(self.number(0, len(left) - 1)) for _ in range(self.number(least, min(most, len(left))))]

    def seldom(self, times: int) -> bool:
        """True once in so many times."""
        return self.number(1, times) == times

    def done(self, ways: Sequence[Callable[[], _T]]) -> _T:
        """What one of the ways gives."""
        return self.one(ways)()


def by_number(number: int) -> Choices:
    """The same choices for the same number."""
    return Choices(Random(number).randint)


def by_hypothesis(draw: st.DrawFn) -> Choices:
    """Choices that hypothesis makes, and makes smaller."""
    return Choices(lambda first, last: draw(st.integers(first, last)))
