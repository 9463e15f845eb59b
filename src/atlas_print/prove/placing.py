"""Where a file tells each text of the source, what of the source it lacks, and what it says beside."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from atlas_print.prove.alignment import longest_rise
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.script import Unit

_TELLING = 12
"""Characters of a text that is not found again by chance."""
_ALIKE = 0.5
"""Ratio of likeness from which a stretch of a file is a text with a fault in it."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a reading's text that stands between two edges of blocks, or what is left of one."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lost:
    """A text that a file doesn't tell; `near` is the stretch that comes nearest to it, None if there is none."""

    unit: Unit
    near: Stretch | None


@dataclass(frozen=True, slots=True)
class Placed:
    """The texts with their places, those that are lost, and the stretches that no text claims, in reading order."""

    found: tuple[tuple[Unit, int], ...]
    lost: tuple[Lost, ...]
    left: tuple[Stretch, ...]


def place(case: Case, units: Sequence[Unit], skipped: Sequence[tuple[int, int]]) -> Placed:
    """The texts of a script in a file; `skipped` are parts of it that tell something else."""
    reading = case.reading
    claims: list[tuple[int, int]] = list(skipped)
    found: list[tuple[Unit, int]] = []
    gaps: list[tuple[Unit, int, int]] = []
    places = {unit: list(_places(case, unit, skipped)) for unit in dict.fromkeys(units)}
    ordered = [unit for unit in units if unit.ordered]
    for unit, at, low, high in _in_order(ordered, places, case.start, case.end):
        if at is None:
            gaps.append((unit, low, high))
        else:
            found.append((unit, at))
            claims.append((at, at + len(unit.flat)))
    for unit in units:
        if not unit.ordered:
            # Its words may be words of another text too, which then claims them.
            free = (at for at in places[unit] if _is_free(claims, at, at + len(unit.flat)))
            at = next(free, next(iter(places[unit]), None))
            if at is None:
                gaps.append((unit, case.start, case.end))
            else:
                found.append((unit, at))
                claims.append((at, at + len(unit.flat)))
    left = list(_left(reading, sorted(claims), case.start, case.end))
    lost = []
    for unit, low, high in gaps:
        near = nearest(reading, unit, [part for part in left if low <= part.start and part.end <= high])
        if near is not None:
            left.remove(near)
        lost.append(Lost(unit, near))
    return Placed(tuple(found), tuple(lost), tuple(left))


def _places(case: Case, unit: Unit, skipped: Sequence[tuple[int, int]]) -> Iterator[int]:
    """Where a text stands whole, at the place of what it is."""
    reading = case.reading
    if unit.role is Role.HEADING:
        headings = case.of(Role.HEADING)
        yield from (heading.start for heading in headings if reading.text(heading) == unit.flat)
        return
    for at in reading.words(unit.flat, case.start, case.end):
        end = at + len(unit.flat)
        if not _is_free(skipped, at, end):
            continue
        if unit.role is not Role.CELL or _is_cell(reading, at, end):
            yield at


def _is_cell(reading: Reading, start: int, end: int) -> bool:
    block = reading.innermost(start)
    cells = (Role.CELL, Role.HEADER_CELL)
    around: list[Element] = [] if block is None else [block, *block.ancestors()]
    return any(it.role in cells and it.start <= start and end <= it.end for it in around)


def _in_order(
    units: Sequence[Unit], places: dict[Unit, list[int]], start: int, end: int
) -> Iterator[tuple[Unit, int | None, int, int]]:
    """Each text with its place, or None and the bounds between which it should stand."""
    telling = [
        (index, places[unit][0])
        for index, unit in enumerate(units)
        if len(places[unit]) == 1 and (len(unit.flat) >= _TELLING or unit.role is Role.HEADING)
    ]
    anchors = [(-1, start, start), *((i, at, at + len(units[i].flat)) for i, at in longest_rise(telling))]
    anchors.append((len(units), end, end))
    for (before, _, low), (after, high, _) in pairwise(anchors):
        at = low
        for unit in units[before + 1 : after]:
            here = next((place for place in places[unit] if at <= place and place + len(unit.flat) <= high), None)
            yield unit, here, at, high
            at = at if here is None else here + len(unit.flat)
        if after < len(units):
            yield units[after], high, high, high


def _is_free(claims: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return all(end <= low or start >= high for low, high in claims)


def _left(reading: Reading, claims: Sequence[tuple[int, int]], start: int, end: int) -> Iterator[Stretch]:
    """What no claim covers, cut at the edges of blocks."""
    edges = sorted(edge for edge in reading.edges if start < edge < end)
    at = start
    for low, high in [*claims, (end, end)]:
        stop = min(low, end)
        if at < stop:
            bounds = [at, *edges[bisect_right(edges, at) : bisect_left(edges, stop)], stop]
            yield from (Stretch(first, last) for first, last in pairwise(bounds))
        at = max(at, high)


def nearest(reading: Reading, unit: Unit, parts: Sequence[Stretch]) -> Stretch | None:
    """The stretch that says most nearly what the text says, None if none is much like it."""
    matcher = SequenceMatcher(None, autojunk=False)
    matcher.set_seq2(unit.flat)
    best, likeness = None, _ALIKE
    for part in parts:
        matcher.set_seq1(reading.flat[part.start : part.end])
        if matcher.real_quick_ratio() > likeness and matcher.quick_ratio() > likeness:
            ratio = matcher.ratio()
            if ratio > likeness:
                best, likeness = part, ratio
    return best
