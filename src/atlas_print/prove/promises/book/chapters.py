"""The topics of a book, each with the paged edition whose pages it marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Topic
from atlas_print.prove.book import Book
from atlas_print.prove.case import Case
from atlas_print.prove.navigation import Entry
from atlas_print.prove.normal import squeeze
from atlas_print.prove.reading import Element, Reading, Role
from atlas_print.prove.strand import Strand

SOURCE = "pageBreakSource"
"""The property of the package document that names a paged edition."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A paged edition and its file name."""

    name: str
    reading: Reading


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a book tells a topic: its file and the body of that, None for a book that tells nothing else.

    `edition` is None where it is not at hand.
    """

    topic: Topic
    reading: Reading
    edition: Edition | None
    file: str | None = None
    body: Element | None = None

    @property
    def page_breaks(self) -> list[Element]:
        """The markers in it, in the order of the text."""
        markers = self.reading.of(Role.PAGE_BREAK)
        return [marker for marker in markers if self.body is None or self.body in marker.ancestors()]

    @property
    def text(self) -> Strand:
        """Its words, those before its title too."""
        start, end = (0, len(self.reading.flat)) if self.body is None else (self.body.start, self.body.end)
        return Strand(self.reading, start, end)

    def holds(self, entry: Entry) -> bool:
        """Whether a line of the page list leads into it, or would if its id were there."""
        return self.file is None or (entry.spot is not None and entry.spot[0] == self.file)


def chapters(reading: Reading, book: Book, cases: Sequence[Case], editions: Mapping[str, Reading]) -> list[Chapter]:
    """A chapter for each topic, with the edition at hand that the book names for it."""
    return [_chapter(reading, case, list(_named(book, case, editions))) for case in cases]


def is_of(edition: Reading, title: str) -> bool:
    """Whether a paged edition is that of the topic with that title."""
    headings = edition.of(Role.HEADING)
    top = min((heading.level for heading in headings), default=0)
    return any(heading.level == top and edition.text(heading) == squeeze(title) for heading in headings)


def _named(book: Book, case: Case, editions: Mapping[str, Reading]) -> Iterator[Edition]:
    for name in book.meta(SOURCE):
        if name in editions and is_of(editions[name], case.topic.title):
            yield Edition(name, editions[name])


def _chapter(reading: Reading, case: Case, named: Sequence[Edition]) -> Chapter:
    edition = named[0] if named else None
    if not case.is_book:
        return Chapter(case.topic, reading, edition)
    bodies = ((path, body) for (path, name), body in reading.anchors.items() if not name)
    path, body = next((path, body) for path, body in bodies if body.start <= case.start < body.end)
    return Chapter(case.topic, reading, edition, path, body)
