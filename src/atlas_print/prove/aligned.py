"""The words of a file beside the passages of its topic: what is told where, what is lost, what stands between them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from atlas_print.alignment import Match, heaviest_chain
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.script import Kind, Passage

_ALIKE = 0.5
"""Ratio of likeness from which a stretch of a file is a passage with a fault in it."""
_TELLING = 12
"""Characters that don't stand within another text by chance."""
_MOST = 50
"""Places of a text among which all are looked at; of one that stands more often, only whole blocks."""
_ALONE, _IN_PLACE = 0.25, 0.5
"""What a place is worth more, in characters, that is a whole block, and that is an element of the right role."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a reading's flat text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A passage that a file doesn't tell in its order; `near` is the stretch that comes nearest to it, None for none.

    `moved` is whether it stands there unchanged, but out of its order.
    """

    passage: Passage
    near: Stretch | None
    moved: bool = False


@dataclass(frozen=True, slots=True)
class Aligned:
    """Where a file tells each passage, in the order of the file; those that are lost; and what no passage claims.

    `rest` is cut where blocks start and end. `headings` has the heading passage of each heading element that tells one.
    """

    places: Mapping[Passage, int]
    lost: tuple[Lost, ...]
    rest: tuple[Stretch, ...]
    headings: Mapping[Element, Passage]

    def at(self, start: int, end: int) -> Passage | None:
        """The passage that a stretch of the file tells a part of."""
        return next((it for it, at in self.places.items() if at <= start and end <= at + len(it.flat)), None)


def align(
    reading: Reading,
    ordered: Sequence[Passage],
    anywhere: Iterable[Passage],
    skipped: Sequence[tuple[int, int]],
    labels: Labels,
    start: int,
    end: int,
) -> Aligned:
    """The best alignment of these passages with a stretch of a reading.

    Those in `ordered` stand in their order, those in `anywhere` each where no other does, and within `labels` only if
    nowhere else; `skipped` are parts of the stretch that tell something else, such as its list of references.
    """
    file = _File(reading, sorted(skipped), labels, start, end)
    found = file.chain(ordered)
    claims = [*skipped, *((at, at + len(it.flat)) for it, at in found.items())]
    missing = []
    for passage in sorted(anywhere, key=lambda it: (it.kind is not Kind.TITLE, -len(it.flat))):
        at = file.free(passage, claims)
        optional = [it for it in found if not it.required] if at is None else []
        if optional:
            # What may be left out gives its place to what may not.
            given_up = {(found[it], found[it] + len(it.flat)) for it in optional}
            at = file.free(passage, [claim for claim in claims if claim not in given_up])
            for it in optional:
                if at is not None and found[it] < at + len(passage.flat) and at < found[it] + len(it.flat):
                    claims.remove((found[it], found.pop(it) + len(it.flat)))
        if at is None:
            missing.append(passage)
        else:
            found[passage] = at
            claims.append((at, at + len(passage.flat)))
    lost = []
    moved: dict[Passage, int] = {}
    gaps = list(_gaps(ordered, found, start, end))
    for passage, _, _ in gaps:
        if passage.required and passage.kind not in (Kind.LABEL, Kind.VALUE, Kind.CELL):
            at = file.free(passage, claims)
            is_heading = at is not None and (at, at + len(passage.flat)) in file.headings
            if at is not None and (is_heading or len(passage.flat) >= _TELLING):
                moved[passage] = at
                claims.append((at, at + len(passage.flat)))
                lost.append(Lost(passage, Stretch(*claims[-1]), moved=True))
    rest = list(_unclaimed(reading, sorted(claims), start, end))
    for passage, low, high in [*gaps, *((it, start, end) for it in missing)]:
        if passage in moved:
            continue
        near = nearest(reading, passage.flat, [part for part in rest if low <= part.start and part.end <= high])
        if near is not None:
            rest.remove(near)
        lost.append(Lost(passage, near))
    places = dict(sorted(found.items(), key=lambda pair: pair[1]))
    headings = {
        file.headings[at, at + len(it.flat)]: it
        for it, at in (*places.items(), *moved.items())
        if it.kind in (Kind.HEADING, Kind.TITLE) and (at, at + len(it.flat)) in file.headings
    }
    return Aligned(places, tuple(lost), tuple(rest), headings)


def nearest(reading: Reading, text: str, parts: Sequence[Stretch]) -> Stretch | None:
    """The stretch that says most nearly what a squeezed text says, None if none is much like it."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(text)
    best, likeness = None, _ALIKE
    for part in parts:
        matcher.set_seq1(reading.flat[part.start : part.end])
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = part, ratio
    return best


class _File:
    """A stretch of a reading, in which passages are looked for."""

    def __init__(
        self, reading: Reading, skipped: Sequence[tuple[int, int]], labels: Labels, start: int, end: int
    ) -> None:
        self._reading, self._skipped, self._labels, self._start, self._end = reading, skipped, labels, start, end
        self.headings = {(it.start, it.end): it for it in reading.of(Role.HEADING, start=start, end=end)}
        self._cells = {it.start for it in reading.of(Role.CELL, start=start, end=end)}
        self._occurrences: dict[str, tuple[list[int], list[int]]] = {}

    def chain(self, passages: Sequence[Passage]) -> dict[Passage, int]:
        """The places of those passages that stand in their order."""
        matches = [
            Match(index, at, at + len(it.flat), len(it.flat) + self._fit(it, at))
            for index, it in enumerate(passages)
            for at in self._places(it)
        ]
        return {passages[match.index]: match.start for match in heaviest_chain(matches)}

    def free(self, passage: Passage, claims: Sequence[tuple[int, int]]) -> int | None:
        """The place of a passage that stands where no other does; the one that fits best."""
        length = len(passage.flat)
        free = [at for at in self._places(passage) if _is_free(claims, at, at + length)]
        if len(free) > 1:
            free = [at for at in free if not self._is_within_label(at, length)] or free
        return max(free, key=lambda at: (self._fit(passage, at), -at), default=None)

    def _is_within_label(self, at: int, length: int) -> bool:
        """Whether more than a text of that length stands in its block, and all of it is what a layout may say."""
        block = self._reading.innermost(at)
        is_more = block is not None and block.end - block.start > length
        return block is not None and is_more and self._labels.covers(self._reading.text(block))

    def _places(self, passage: Passage) -> list[int]:
        """Where a passage stands as whole words; a cell, or what may be left out, as a whole block alone."""
        flat = passage.flat
        if flat not in self._occurrences:
            words = self._reading.words(flat, self._start, self._end)
            found = [at for at in words if not self._is_skipped(at, at + len(flat))]
            alone = [at for at in found if self._is_alone(at, at + len(flat))]
            self._occurrences[flat] = alone, found
        alone, found = self._occurrences[flat]
        if passage.kind in (Kind.TEXT, Kind.CELL):
            # What is a heading is no paragraph that has the same words.
            alone, found = ([at for at in it if (at, at + len(flat)) not in self.headings] for it in (alone, found))
        if passage.kind is Kind.CELL or not passage.required:
            return alone or (found if passage.required and len(flat) >= _TELLING else [])
        return found if len(found) <= _MOST else alone or found

    def _is_skipped(self, start: int, end: int) -> bool:
        behind = bisect_left(self._skipped, (end, -1))
        return behind > 0 and self._skipped[behind - 1][1] > start

    def _is_alone(self, start: int, end: int) -> bool:
        edges = self._reading.edges
        # A layout may set a colon behind a header that stands before its value.
        return start in edges and (end in edges or (self._reading.flat[end] == ":" and end + 1 in edges))

    def _fit(self, passage: Passage, at: int) -> float:
        end = at + len(passage.flat)
        if passage.kind is Kind.ROW:
            return _IN_PLACE * (at in self._cells)
        is_heading = passage.kind in (Kind.HEADING, Kind.TITLE)
        return _ALONE * self._is_alone(at, end) + _IN_PLACE * (is_heading and (at, end) in self.headings)


def _is_free(claims: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= low or start >= high for low, high in claims)


def _gaps(
    ordered: Sequence[Passage], found: Mapping[Passage, int], start: int, end: int
) -> Iterator[tuple[Passage, int, int]]:
    """Each ordered passage that was not found, with the bounds between which it should stand."""
    low = start
    waiting: list[Passage] = []
    for passage in ordered:
        at = found.get(passage)
        if at is None:
            waiting.append(passage)
            continue
        yield from ((it, low, at) for it in waiting)
        waiting, low = [], at + len(passage.flat)
    yield from ((it, low, end) for it in waiting)


def _unclaimed(reading: Reading, claims: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Stretch]:
    """What no claim covers, cut at the edges of blocks."""
    edges = sorted(edge for edge in reading.edges if start < edge < end)
    at = start
    for low, high in [*claims, (end, end)]:
        stop = min(low, end)
        if at < stop:
            bounds = [at, *edges[bisect_right(edges, at) : bisect_left(edges, stop)], stop]
            yield from (Stretch(first, last) for first, last in pairwise(bounds))
        at = max(at, high)
