"""The citations that a file shows, each found again by the words before it."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from atlas_print.prove.case import Case
from atlas_print.prove.promises.entries import ReferenceList
from atlas_print.prove.source.wording import BRACKETS, Cited

_CONTEXTS = (400, 20)
"""Characters before a citation that tell its place: as many as its line has, or else these few next to it."""


@dataclass(eq=False, slots=True)
class Brackets:
    """Numbers in brackets as the file shows them, and the place of each; `at` counts without any brackets."""

    start: int
    end: int
    at: int
    numbers: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    is_claimed: bool = False

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.numbers))}]"


class CitedText:
    """The text of a topic in a file without its brackets, and these with their places in it.

    Without them the words before one citation can be found although another among them is wrong.
    """

    def __init__(self, case: Case, listed: ReferenceList) -> None:
        flat = case.reading.flat
        self._brackets: list[Brackets] = []
        parts: list[str] = []
        last, at = case.start, 0
        for found in BRACKETS.finditer(flat, case.start, case.end):
            parts.append(flat[last : found.start()])
            at += len(parts[-1])
            last = found.end()
            if not listed.start <= found.start() < listed.end:
                self._brackets.append(_brackets(found.start(), found.end(), at, found[1]))
        parts.append(flat[last : case.end])
        self._text = "".join(parts)
        self._starts = [brackets.start for brackets in self._brackets]
        self._ats = [brackets.at for brackets in self._brackets]
        self._case_start = case.start
        self._at = 0

    def claim(self, cited: Cited, start: int, end: int) -> Brackets | None:
        """The brackets of a citation, between two positions in the reading; None if none stand where it belongs.

        Where the words before it stand more than once, the place that shows its numbers is taken. Citations have to
        be claimed in the order of the source.
        """
        low, high = self._without(start), self._without(end)
        low = max(low, min(self._at, high))
        for length in _CONTEXTS:
            places = [at for at in self._places(cited.before[-length:], low, high) if not self._is_taken(at)]
            shown = [self._free(at, start, end) for at in places]
            right = (brackets for brackets in shown if brackets is not None and brackets.numbers == cited.numbers)
            chosen = next(right, shown[0] if shown else None)
            if chosen is not None:
                chosen.is_claimed = True
                self._at = chosen.at
            if places:
                return chosen
        return None

    def uses(self, number: int) -> Iterator[tuple[Brackets, tuple[int, int]]]:
        """Every place that shows a number, with the brackets around it."""
        for brackets in self._brackets:
            for shown, place in zip(brackets.numbers, brackets.places, strict=True):
                if shown == number:
                    yield brackets, place

    def unclaimed(self) -> Iterator[Brackets]:
        """Brackets that no citation of the source accounts for."""
        return (brackets for brackets in self._brackets if not brackets.is_claimed)

    def _places(self, before: str, low: int, high: int) -> Iterator[int]:
        """Where those words end, in the text without brackets; for no words, wherever brackets stand."""
        if not before:
            yield from (brackets.at for brackets in self._brackets if low <= brackets.at <= high)
            return
        at = self._text.find(before, max(low - len(before), 0), high)
        while at >= 0:
            yield at + len(before)
            at = self._text.find(before, at + 1, high)

    def _is_taken(self, at: int) -> bool:
        """Whether brackets stand there, all of them claimed already."""
        there = self._there(at)
        return bool(there) and all(brackets.is_claimed for brackets in there)

    def _free(self, at: int, start: int, end: int) -> Brackets | None:
        there = self._there(at)
        return next((b for b in there if not b.is_claimed and start <= b.start < end), None)

    def _there(self, at: int) -> list[Brackets]:
        """All the brackets at one place."""
        return self._brackets[bisect_left(self._ats, at) : bisect_right(self._ats, at)]

    def _without(self, position: int) -> int:
        """A position in the reading as one in the text without brackets."""
        index = bisect_left(self._starts, position)
        if index == 0:
            return position - self._case_start
        before = self._brackets[index - 1]
        return before.at + max(position - before.end, 0)


def _brackets(start: int, end: int, at: int, text: str) -> Brackets:
    places = []
    place = start + 1
    for number in text.split(","):
        places.append((place, place + len(number)))
        place += len(number) + 1
    return Brackets(start, end, at, tuple(map(int, text.split(","))), tuple(places))
