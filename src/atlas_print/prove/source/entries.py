"""The reference list of a file, found by what it says, and the numbers of its lists."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from atlas_print.atlas import Reference
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.records import Work, work

_NUMBER = re.compile(r"[(\[.]*(\d{1,4})[.)\]]*")
"""A number as a list shows it; its full stop comes first where the line runs from right to left."""
_COUNTER = re.compile(r"\(?\d{1,4}[.)]")
_LETTERS = re.compile(r"[.()]*(?:[a-z]{1,2}|[A-Z]{1,2}|[ivxlcdm]+|[IVXLCDM]+)[.()]*")
"""What counts an item without digits: a., (iv), B)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the number it shows (None if none), where that stands, and from where to where its words do."""

    number: int | None
    label_start: int
    start: int
    end: int
    place: str

    def holds(self, element: Element) -> bool:
        """Whether an element starts in the entry or with its number."""
        return self.label_start <= element.start < self.end


@dataclass(frozen=True, slots=True)
class ReferenceList:
    """The entries in the order of the file; `around` is the text of that part of the file outside of them."""

    entries: tuple[Entry, ...]
    around: str

    @property
    def start(self) -> int:
        """Where the first entry starts."""
        return self.entries[0].label_start

    @property
    def end(self) -> int:
        """Where the last entry ends."""
        return self.entries[-1].end

    def numbered(self, number: int) -> Entry | None:
        """The entry that shows that number."""
        return next((entry for entry in self.entries if entry.number == number), None)

    def entry_at(self, element: Element | None) -> Entry | None:
        """The entry that an element is in."""
        if element is None:
            return None
        before = bisect_right(self.entries, element.start, key=lambda entry: entry.label_start)
        return next((entry for entry in self.entries[max(before - 1, 0) : before] if entry.holds(element)), None)


def reference_list(reading: Reading, references: Sequence[Reference], start: int, end: int) -> ReferenceList | None:
    """The part of a file, from one heading to the next, that has the most of these references; None if none.

    So are the parts before and behind it whose numbers lead up to its own or go on from there: works that nothing cites
    may have a heading of their own. Entries are list items or, in a part without a list, paragraphs. A piece without a
    number of its own belongs to the entry before it: a list may be cut where its page ends.
    """
    works = [work(reference) for reference in references]
    parts = _parts(reading, start, end)
    scores = [_score(reading, works, *part) for part in parts]
    first = last = max(range(len(parts)), key=lambda index: (scores[index], index))
    entries = _entries(reading, *parts[first], len(works)) if scores[first] else []
    if not entries:
        return None
    while first and scores[first - 1]:
        before = _entries(reading, *parts[first - 1], len(works))
        if not _go_on(before, entries):
            break
        first, entries = first - 1, [*before, *entries]
    while last + 1 < len(parts) and scores[last + 1]:
        more = _entries(reading, *parts[last + 1], len(works))
        if not _go_on(entries, more):
            break
        last, entries = last + 1, [*entries, *more]
    start, end = parts[first][0], parts[last][1]
    around = f"{reading.excerpt(start, entries[0].label_start)} {reading.excerpt(entries[-1].end, end)}"
    return ReferenceList(tuple(entries), around.strip())


def _entries(reading: Reading, start: int, end: int, most: int) -> list[Entry]:
    items = [piece for piece in reading.of(Role.ITEM, start=start, end=end) if _is_outermost(piece, start)]
    pieces = items or reading.of(Role.PARAGRAPH, start=start, end=end)
    return list(_joined(reading, [piece for piece in pieces if piece.start < piece.end], most))


def _go_on(entries: Sequence[Entry], more: Sequence[Entry]) -> bool:
    """Whether the numbers of some entries go on in others, of which one may be missing."""
    last, first = (entries[-1].number, more[0].number) if entries and more else (None, None)
    return last is not None and first is not None and last < first


def item_numbers(reading: Reading, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What counts the items of lists, which is the layout's: a label without letters, or a number before the words."""
    for element in reading.of(Role.LABEL, Role.ITEM, start=start, end=end):
        if element.role is Role.ITEM:
            found = _COUNTER.match(reading.flat, element.start, element.end)
            if found and (found.end() in reading.edges or found.end() in reading.gaps):
                yield found.span()
        elif not any(map(str.isalpha, text := reading.text(element))) or _is_letter(element, text):
            yield element.start, element.end


def _is_letter(label: Element, text: str) -> bool:
    """Whether a label counts an item by a letter, and is neither a term nor the mark of a note."""
    return label.parent is not None and label.parent.role is Role.ITEM and _LETTERS.fullmatch(text) is not None


def _parts(reading: Reading, start: int, end: int) -> list[tuple[int, int]]:
    headings = reading.of(Role.HEADING, start=start, end=end)
    starts = [start, *(heading.end for heading in headings)]
    ends = [*(heading.start for heading in headings), end]
    return list(zip(starts, ends, strict=True))


def _score(reading: Reading, works: Sequence[Work], start: int, end: int) -> int:
    """How many works a part names: by title or identifier, or by their first authors or publishers."""
    text = reading.flat[start:end]
    signs = [(*work.title.forms, *(identifier.text for identifier in work.identifiers)) for work in works]
    telling = sum(any(sign in text for sign in of_work) for of_work in signs)
    others = sum(any(form in text for part in work.short[:1] for form in part.forms) for work in works)
    items = [it for it in reading.of(Role.ITEM, start=start, end=end) if _is_outermost(it, start)]
    return 2 * telling + others + len(works) * (len(items) == len(works)) if telling + others else 0


def _is_outermost(piece: Element, start: int) -> bool:
    return not any(above.role is Role.ITEM and above.start >= start for above in piece.ancestors())


def _joined(reading: Reading, pieces: Sequence[Element], most: int) -> Iterator[Entry]:
    read = [_number(reading, piece, most + len(pieces)) for piece in pieces]
    # Where nothing is numbered, each piece is an entry.
    numbered = any(number is not None for number, _ in read)
    heads = [i for i, (number, _) in enumerate(read) if number is not None or i == 0 or not numbered]
    for head, after in pairwise([*heads, len(read)]):
        number, start = read[head]
        yield Entry(number, pieces[head].start, start, pieces[after - 1].end, pieces[head].place)


def _number(reading: Reading, piece: Element, largest: int) -> tuple[int | None, int]:
    """The number that an item shows, and where the words behind it start; a larger one is a year or a volume."""
    if piece.number.isdecimal():
        return int(piece.number), piece.start
    found = _NUMBER.match(reading.flat, piece.start, piece.end)
    if found is None or int(found[1]) > largest or not _is_apart(reading, found.end()):
        return None, piece.start
    return int(found[1]), found.end()


def _is_apart(reading: Reading, at: int) -> bool:
    """Whether what stands before is set apart: a number "1." is, the start of "2021;12" is not."""
    return at in reading.edges or at in reading.seams or at in reading.gaps
