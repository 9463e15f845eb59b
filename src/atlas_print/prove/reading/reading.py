"""What a reader gets out of a file, whatever its format: elements in reading order, their text, their links."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import islice, pairwise, takewhile

from atlas_print.prove.reading.book import Book, Spot
from atlas_print.prove.reading.elements import RUNNING, Element, Line, Paper, Replaced, Role, Shown
from atlas_print.prove.reading.limits import NotTold

_JOINED = frozenset("-\u2010\u2011")
"""Hyphens belong to the word: "moderate" does not stand in "low-moderate"."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The elements in reading order, and their text as `squeeze` leaves it.

    `gaps` has the positions in `flat` before which the file shows white space (True) or starts a new line, which may or
    may not stand for a space (False). `edges` are the starts and ends of blocks, `seams` those of links and of
    stretches within a line. A file with pages has their number, where in `flat` each begins, what is `shown` on them,
    the `lines` of what is read from them in reading order, the labels in each figure with an alternative that shows
    anything (`labels`), what is `replaced`, the pages with images that no such figure holds (`loose_images`), and
    what else it says of itself (`paper`).
    A book has what its files say of it, and the element of each file (with "") and id as `anchors`. `spoken` has the
    places at which a file says what language it is in, and what each says; `languages` the elements in a language of
    their own, `names` what a voice may say in place of an element's text, `struck` the elements that are struck out,
    `generated` what a style sheet shows beside it, `not_told` what can't be known of the file.
    """

    flat: str
    elements: tuple[Element, ...]
    gaps: Mapping[int, bool]
    edges: frozenset[int]
    seams: frozenset[int]
    shown: tuple[Shown, ...] = ()
    lines: tuple[Line, ...] = ()
    labels: Mapping[Element, str] = field(default_factory=dict)
    replaced: tuple[Replaced, ...] = ()
    loose_images: tuple[int, ...] = ()
    spoken: tuple[tuple[str, str], ...] = ()
    languages: tuple[tuple[Element, str], ...] = ()
    names: tuple[tuple[Element, str], ...] = ()
    struck: tuple[Element, ...] = ()
    generated: tuple[tuple[Element, str], ...] = ()
    not_told: tuple[NotTold, ...] = ()
    paper: Paper | None = None
    pages: int | None = None
    page_starts: tuple[int, ...] = ()
    book: Book | None = None
    anchors: Mapping[Spot, Element] = field(default_factory=dict)

    def text(self, element: Element) -> str:
        """The element's text, squeezed."""
        return self.flat[element.start : element.end]

    def of(self, *roles: Role, start: int = 0, end: int | None = None) -> list[Element]:
        """The elements of these roles that lie whole in that stretch, in reading order."""
        last = len(self.flat) if end is None else end
        # A book of many topics has a hundred thousand elements, each behind or within the one before it.
        low = bisect_left(self.elements, start, key=_start)
        high = bisect_right(self.elements, last, key=_start)
        return [element for element in self.elements[low:high] if element.role in roles and element.end <= last]

    def inside(self, element: Element, *roles: Role) -> list[Element]:
        """The elements of these roles within that one, in reading order."""
        at = self.elements.index(element, bisect_left(self.elements, element.start, key=_start))
        behind = islice(self.elements, at + 1, None)
        inner = takewhile(lambda other: element in other.ancestors(), behind)
        return [other for other in inner if other.role in roles]

    def finds(self, text: str, start: int, end: int) -> Iterator[int]:
        """Where that squeezed text stands in a stretch."""
        at = self.flat.find(text, start, end)
        while text and at >= 0:
            yield at
            at = self.flat.find(text, at + 1, end)

    def is_word_end(self, at: int) -> bool:
        """Whether no word, number or hyphenated word runs on over that position."""
        if not 0 < at < len(self.flat) or at in self.edges or self.gaps.get(at):
            return True
        before, after = self.flat[at - 1], self.flat[at]
        if not (_is_of_word(before) and _is_of_word(after)):
            return True
        # A line that ends in a hyphen may have cut a word there.
        return at in self.gaps and before not in _JOINED

    def is_code_end(self, at: int) -> bool:
        """Whether an identifier can't run on over that position: lines may cut one anywhere."""
        if not 0 < at < len(self.flat) or at in self.edges or self.gaps.get(at):
            return True
        return at in self.gaps and at in self.seams

    def words(self, text: str, start: int, end: int) -> Iterator[int]:
        """Where that squeezed text stands in a stretch as whole words."""
        for at in self.finds(text, start, end):
            if self.is_word_end(at) and self.is_word_end(at + len(text)):
                yield at

    def misspaced(self, at: int, length: int, spaces: Set[int]) -> Iterator[int]:
        """Where in a text of that length, which stands there, the file lacks a space or has one more than `spaces`."""
        for offset in range(1, length):
            place = at + offset
            if not (place in self.gaps or place in self.edges) if offset in spaces else self.gaps.get(place):
                yield offset

    def innermost(self, at: int) -> Element | None:
        """The smallest block around a position."""
        behind = bisect_right(self.elements, at, key=_start)
        before = self.elements[max(behind - 1, 0) : behind]
        around = (element for last in before for element in (last, *last.ancestors()))
        return next((element for element in around if at < element.end and element.role not in RUNNING), None)

    def place(self, at: int) -> str:
        """A position for a person, such as "page 3, LI"."""
        element = self.innermost(at)
        return "the whole file" if element is None else element.place

    def excerpt(self, start: int, end: int) -> str:
        """A stretch with its spaces, as far as the file tells them."""
        start, end = max(start, 0), min(end, len(self.flat))
        marked = (at for at in range(start + 1, end) if at in self.gaps or at in self.edges)
        # A line that ends in a hyphen may have cut a word there.
        cuts = [at for at in marked if at in self.edges or self.gaps[at] or self.flat[at - 1] not in _JOINED]
        bounds = [start, *cuts, end]
        return " ".join(self.flat[a:b] for a, b in pairwise(bounds))


def _start(element: Element) -> int:
    return element.start


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character in _JOINED
