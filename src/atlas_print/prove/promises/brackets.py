"""The citations that a file shows, each found again by the words before it."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from atlas_print.prove.case import Case
from atlas_print.prove.entries import ReferenceList
from atlas_print.prove.wording import BRACKETS, Cited

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
            places = list(self._places(cited.before[-length:], low, high))
            free = [brackets for at in places if (brackets := self._free(at, start, end)) is not None]
            chosen = next((brackets for brackets in free if brackets.numbers == cited.numbers), None)
            if chosen is None and places:
                chosen = self._free(places[0], start, end)
            if chosen is not None:
                chosen.is_claimed = True
                self._at = chosen.at
            if places:
                return chosen
        return None

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

    def _free(self, at: int, start: int, end: int) -> Brackets | None:
        for brackets in self._brackets[bisect_left(self._ats, at) :]:
            if brackets.at != at:
                return None
            if not brackets.is_claimed and start <= brackets.start < end:
                return brackets
        return None

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
