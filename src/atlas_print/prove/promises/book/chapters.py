"""The topics of a book, each with the paged edition whose pages it marks."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Topic
from atlas_print.prove.case import Case
from atlas_print.prove.epub.navigation import Entry
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.strand import Strand

SOURCE = "pageBreakSource"
"""The property of the package document that names a paged edition."""


@dataclass(frozen=True, slots=True)
class Edition:
    """A paged edition and its file name."""

    name: str
    reading: Reading

    def titles(self) -> Iterator[str]:
        """Its headings of the highest level, squeezed: the title of its topic."""
        headings = self.reading.of(Role.HEADING)
        top = min((heading.level for heading in headings), default=0)
        return (self.reading.text(heading) for heading in headings if heading.level == top)


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
        if self.body is None:
            return self.reading.of(Role.PAGE_BREAK)
        markers = self.reading.of(Role.PAGE_BREAK, start=self.body.start, end=self.body.end)
        # One that starts the next file is no wider than the end of this one.
        return [marker for marker in markers if marker.outermost is self.body]

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
    named = [Edition(name, editions[name]) for name in book.meta(SOURCE) if name in editions]
    by_title = {title: edition for edition in reversed(named) for title in edition.titles()}
    return [_chapter(reading, case, by_title.get(squeeze(case.topic.title))) for case in cases]


def _chapter(reading: Reading, case: Case, edition: Edition | None) -> Chapter:
    if not case.is_book:
        return Chapter(case.topic, reading, edition)
    bodies = ((path, body) for (path, name), body in reading.anchors.items() if not name)
    path, body = next((path, body) for path, body in bodies if body.start <= case.start < body.end)
    return Chapter(case.topic, reading, edition, path, body)
