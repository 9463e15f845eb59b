"""The reference list of a file, found by what it says."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Reference
from atlas_print.prove.case import Case
from atlas_print.prove.csl import Work, work
from atlas_print.prove.normal import squeeze
from atlas_print.prove.reading import Element, Reading, Role

_NUMBER = re.compile(r"[(\[]?(\d{1,4})[.)\]]*")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the number it shows (None if none), and where its words stand behind that number."""

    number: int | None
    start: int
    end: int
    place: str

    def has(self, at: int) -> bool:
        """Whether a position is in the entry."""
        return self.start <= at < self.end


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The entries in the order of the file; `around` is the text of that part of the file outside of them."""

    entries: tuple[Entry, ...]
    start: int
    end: int
    around: str

    def numbered(self, number: int) -> Entry | None:
        """The entry that shows that number."""
        return next((entry for entry in self.entries if entry.number == number), None)


def reference_list(case: Case) -> ReferenceList | None:
    """The part of the file, from one heading to the next, that has the most of the topic's references; None if none.

    Entries are list items or, in a part without a list, paragraphs. A piece without a number of its own belongs to
    the entry before it: a list may be cut where its page ends.
    """
    works = [work(reference) for reference in case.topic.references]
    start, end = max(_parts(case), key=lambda part: (_score(case.reading, works, *part), part))
    if not _score(case.reading, works, start, end):
        return None
    reading = case.reading
    pieces = [
        item
        for item in reading.of(Role.ITEM, start=start, end=end)
        if not any(above.role is Role.ITEM and above.start >= start for above in item.ancestors())
    ]
    pieces = [piece for piece in pieces or reading.of(Role.PARAGRAPH, start=start, end=end) if piece.start < piece.end]
    entries = tuple(_joined(reading, pieces))
    if not entries:
        return None
    around = reading.excerpt(start, pieces[0].start) + " " + reading.excerpt(entries[-1].end, end)
    return ReferenceList(entries, entries[0].start, entries[-1].end, around.strip())


def _parts(case: Case) -> list[tuple[int, int]]:
    headings = case.of(Role.HEADING)
    starts = [case.start, *(heading.end for heading in headings)]
    ends = [*(heading.start for heading in headings), case.end]
    return list(zip(starts, ends, strict=True))


def _score(reading: Reading, works: Sequence[Work], start: int, end: int) -> int:
    text = reading.flat[start:end]
    return sum(any(sign in text for sign in (*work.titles, *work.codes)) for work in works)


def _joined(reading: Reading, pieces: Sequence[Element]) -> Iterator[Entry]:
    read = [(_number(reading, piece), piece) for piece in pieces]
    if all(number is None for (number, _), _ in read):
        # Nothing is numbered: each piece is an entry.
        read = [((0, start), piece) for (_, start), piece in read]
    heads = [index for index, ((number, _), _) in enumerate(read) if number is not None or index == 0]
    for head, after in zip(heads, [*heads[1:], len(read)], strict=True):
        (number, start), piece = read[head]
        yield Entry(number or None, start, read[after - 1][1].end, piece.place)


def _number(reading: Reading, piece: Element) -> tuple[int | None, int]:
    """The number that an item shows, and where the words behind it start."""
    if piece.number.isdigit():
        return int(piece.number), piece.start
    found = _NUMBER.match(reading.flat, piece.start, piece.end)
    if found is None or not _is_apart(reading, found.end()):
        return None, piece.start
    return int(found[1]), found.end()


def _is_apart(reading: Reading, at: int) -> bool:
    """Whether what stands before is set apart: a number "1." is, the start of "2021;12" is not."""
    return at in reading.edges or at in reading.seams or at in reading.gaps


def find_code(reading: Reading, code: str, start: int, end: int) -> Iterator[int]:
    """Where an identifier stands in a stretch, whole: neither longer to the left nor to the right."""
    for at in reading.finds(squeeze(code), start, end):
        if _is_clear(reading, at, -1) and _is_clear(reading, at + len(squeeze(code)), 0):
            yield at


def _is_clear(reading: Reading, at: int, side: int) -> bool:
    if reading.is_code_end(at):
        return True
    neighbour = reading.flat[at + side]
    if side == 0 and neighbour in ".,;)]" and reading.is_code_end(at + 1):
        return True
    return not neighbour.isalnum() if side else neighbour in "/,;)]" 


def references_of(case: Case) -> list[tuple[int, Reference, Work]]:
    """The topic's references with their numbers and what each must say."""
    return [(number, reference, work(reference)) for number, reference in enumerate(case.topic.references, start=1)]
