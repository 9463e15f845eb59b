"""What a promise is judged on: the source of a topic, and the stretch of a reading that should tell it."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from atlas_print.atlas import Atlas, Topic
from atlas_print.problems import Place
from atlas_print.prove.aligned import Aligned, Stretch, align
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.entries import Entry, ReferenceList, item_numbers, reference_list
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.script import Passage, body, front, in_pairs

_TELLING = 12
"""Characters that don't stand in a text twice by chance."""


@dataclass(frozen=True)
class Case:
    """One topic and where a file tells of it: from `start` to `end` in the reading's text.

    `labels` is what may stand there though no author wrote it, `kind` is that of the export, `made_on` the day that
    the file should name as the day it was made, None if any will do. `book` has all topics of a book of all.
    """

    atlas: Atlas
    topic: Topic
    reading: Reading
    labels: Labels
    kind: str
    made_on: date | None
    start: int
    end: int
    book: tuple[Topic, ...] = ()

    @property
    def is_book(self) -> bool:
        """Whether the file holds other topics too."""
        return bool(self.book)

    @property
    def is_handout(self) -> bool:
        """Whether the file tells only the key sentences."""
        return self.kind == "handout"

    @property
    def place(self) -> Place:
        """The topic in the source."""
        return Place(self.topic.file)

    def of(self, *roles: Role) -> list[Element]:
        """The elements of these roles in the stretch."""
        return self.reading.of(*roles, start=self.start, end=self.end)

    @cached_property
    def references(self) -> ReferenceList | None:
        """The list of references; None where the topic has none, or the file doesn't list them."""
        if not self.topic.references:
            return None
        return reference_list(self.reading, self.topic.references, self.start, self.end)

    def links_of(self, entry: Entry) -> list[Element]:
        """The links of an entry of the list."""
        return self.reading.of(Role.LINK, start=entry.label_start, end=entry.end)

    def is_listed(self, element: Element) -> bool:
        """Whether an element starts within the list of references."""
        listed = self.references
        return listed is not None and listed.start <= element.start < listed.end

    @cached_property
    def body(self) -> Sequence[Passage]:
        """The passages of the topic's sections in the order in which this kind of file tells them."""
        flat = self.reading.flat[self.start : self.end]
        return list(in_pairs(self.topic, body(self.atlas, self.topic, self.kind), flat))

    @cached_property
    def texts(self) -> frozenset[str]:
        """The texts of the sections, squeezed."""
        return frozenset(passage.flat for passage in self.body)

    @cached_property
    def aligned(self) -> Aligned:
        """The passages of the topic beside the file."""
        counted = item_numbers(self.reading, self.start, self.end)
        skipped = [(start, end) for start, end in counted if not self._begins_text(start, end)]
        if self.references is not None:
            skipped.append((self.references.start, self.references.end))
        anywhere = front(self.atlas, self.topic, self.kind)
        return align(self.reading, self.body, anywhere, skipped, self.labels, self.start, self.end)

    def _begins_text(self, start: int, end: int) -> bool:
        """Whether a passage begins there with a number of its own, as the title "1. The first" does."""
        begun = (passage.flat[:_TELLING] for passage in self.body if not passage.flat[:1].isalpha())
        return any(len(words) > end - start and self.reading.flat.startswith(words, start) for words in begun)

    @cached_property
    def _claims(self) -> tuple[list[int], list[int]]:
        places = [(at, at + len(it.flat)) for it, at in self.aligned.places.items()]
        return [start for start, _ in places], [end for _, end in places]

    def is_of_source(self, at: int) -> bool:
        """Whether a passage of the topic stands at that position."""
        starts, ends = self._claims
        before = bisect_right(starts, at)
        return before > 0 and at < ends[before - 1]

    def runs(self) -> Iterator[Stretch]:
        """What no passage claims, stretches right beside each other as one."""
        start = end = -1
        for part in self.aligned.rest:
            if part.start != end and end > start >= 0:
                yield Stretch(start, end)
            if part.start != end:
                start = part.start
            end = part.end
        if end > start >= 0:
            yield Stretch(start, end)


def cases(
    reading: Reading,
    atlas: Atlas,
    topics: Sequence[Topic],
    labels: Labels,
    kind: str,
    made_on: date | None,
    *,
    is_book: bool = False,
) -> dict[str, Case | None]:
    """A case for each topic that a file should tell, by its slug; `is_book` for a book of all topics."""
    if not is_book:
        return {it.slug: Case(atlas, it, reading, labels, kind, made_on, 0, len(reading.flat)) for it in topics}
    starts = {it.slug: at for it in topics if (at := _start(reading, it)) is not None}
    told: dict[str, Case | None] = {}
    for it in topics:
        start = starts.get(it.slug)
        if start is None:
            told[it.slug] = None
        else:
            end = min((other for other in starts.values() if other > start), default=len(reading.flat))
            told[it.slug] = Case(atlas, it, reading, labels, kind, made_on, start, end, tuple(topics))
    return told


def _start(reading: Reading, topic: Topic) -> int | None:
    """Where a book of many topics starts to tell one: at the heading with its title that has its sections behind it.

    The title of a topic may be that of the book too, or that of a section of another topic.
    """
    title = squeeze(topic.title)
    sections = {squeeze(section.title) for section in topic.sections}
    found = [heading for heading in reading.of(Role.HEADING) if reading.text(heading) == title]
    if not found:
        return None

    def sections_in_file(heading: Element) -> int:
        file = heading.outermost
        behind = reading.of(Role.HEADING, start=heading.end, end=file.end)
        return sum(reading.text(other) in sections for other in behind)

    return max(found, key=lambda heading: (sections_in_file(heading), -heading.level, -heading.start)).start
