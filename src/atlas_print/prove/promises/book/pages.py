"""P8 on a book: it marks each page of its paged edition once, in order, at the words with which that page begins."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import groupby

from atlas_print.alignment import Alignment
from atlas_print.atlas import Topic
from atlas_print.prove.case import Case
from atlas_print.prove.epub.package import PAGES, Entry, nav_entries, ncx_entries
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.verdicts import Finding

SOURCE = "pageBreakSource"
"""The property of the package document that names a paged edition."""
_NUMBER = re.compile(r"\d+")
_EXCERPT = 32
"""Characters shown on either side of a page break."""

_HELP_SOURCE = "name the PDF whose pages the book marks in its package document, one for each topic, and no other"
_HELP_PLACE = "build book and PDF together; each page of the PDF begins at the words behind its marker"
_HELP_LIST = "list each page of the paged edition once, in order, in the page list of layouts/epub/nav.xhtml"
_HELP_NAME = 'name each page break by its number, as in <span id="page-3" role="doc-pagebreak" aria-label="page 3"/>'
_HELP_TARGET = "lead each line of the page list to the page break of its number"
_HELP_NCX = "list the same pages in layouts/epub/toc.ncx as in layouts/epub/nav.xhtml"


def _column_headers(reading: Reading, table: Element) -> list[Element]:
    """The headers of columns in a table: its first row has several. Where each row is set as pairs, all are."""
    headers = reading.inside(table, Role.HEADER_CELL)
    in_first = [header for header in headers if header.parent is headers[0].parent]
    # A header of a row says what both formats have in its place.
    return in_first if len(in_first) > 1 else headers


class RunningText:
    """A stretch without the numbers of its lists and the headers of columns, which each format shows in its way.

    Small, so that it goes from one process to another.
    """

    def __init__(self, reading: Reading, start: int, end: int) -> None:
        labels = reading.of(Role.LABEL, start=start, end=end)
        # A term is a label too, but one of words.
        counts = (label for label in labels if not any(map(str.isalpha, reading.text(label))))
        headers = [
            it for table in reading.of(Role.TABLE, start=start, end=end) for it in _column_headers(reading, table)
        ]
        self._start = start
        self._left_out = sorted((element.start, element.end) for element in (*counts, *headers))
        parts, edges, gaps, length = [], set[int](), dict[int, bool](), 0
        at = start
        for low, high in [*self._left_out, (end, end)]:
            if at < low or low == end:
                places = range(at, low + 1)
                edges.update(length + place - at for place in places if place in reading.edges)
                gaps.update((length + place - at, reading.gaps[place]) for place in places if place in reading.gaps)
                parts.append(reading.flat[at:low])
                length += low - at
            at = max(at, high)
        self._words = Reading("".join(parts), (), gaps, frozenset(edges), frozenset())

    @property
    def text(self) -> str:
        """Its words, squeezed."""
        return self._words.flat

    def at(self, position: int) -> int:
        """A place in the reading as one in the text."""
        before = sum(min(end, position) - start for start, end in self._left_out if start < position)
        return min(position - self._start - before, len(self.text))

    @property
    def edges(self) -> Set[int]:
        """The places at which a block starts or ends."""
        return self._words.edges

    def is_word_end(self, at: int) -> bool:
        """Whether no word runs on over that place."""
        return self._words.is_word_end(at)

    def excerpt(self, start: int, end: int) -> str:
        """Words from one place to another, with their spaces."""
        return self._words.excerpt(start, end)


@dataclass(frozen=True, slots=True)
class Edition:
    """A PDF as a book is held against it.

    `titles` are its topmost headings, squeezed; `page_starts` the places in its running text at which its pages begin.
    """

    titles: tuple[str, ...]
    pages: int
    page_starts: tuple[int, ...]
    running: RunningText = field(repr=False)


def edition(reading: Reading) -> Edition:
    """What was read of a PDF, for the books that mark its pages."""
    running = RunningText(reading, 0, len(reading.flat))
    headings = reading.of(Role.HEADING)
    top = min((heading.level for heading in headings), default=0)
    titles = tuple(reading.text(heading) for heading in headings if heading.level == top)
    return Edition(titles, reading.pages or 0, tuple(map(running.at, reading.page_starts)), running)


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a book tells a topic: its file and the body of that, None for a book that tells nothing else.

    `edition` is the paged one that the book names for it, None where that is not at hand, `name` its file name.
    """

    topic: Topic
    reading: Reading
    edition: Edition | None = None
    name: str = ""
    file: str | None = None
    body: Element | None = None

    @property
    def page_breaks(self) -> list[Element]:
        """The markers in it, in the order of the text."""
        markers = self.reading.of(Role.PAGE_BREAK)
        return [marker for marker in markers if self.body in (None, marker.outermost)]

    def holds(self, entry: Entry) -> bool:
        """Whether a line of the page list leads into it, or would if its id were there."""
        return self.file is None or (entry.spot is not None and entry.spot[0] == self.file)


def chapters(reading: Reading, book: Book, cases: Sequence[Case], editions: Mapping[str, Edition]) -> Iterator[Chapter]:
    """A chapter for each topic, with the edition at hand that the book names for it."""
    by_title: dict[str, tuple[Edition, str]] = {}
    for name in reversed([name for name in book.meta(SOURCE) if name in editions]):
        by_title.update(dict.fromkeys(editions[name].titles, (editions[name], name)))
    for case in cases:
        bodies = ((path, body) for (path, name), body in reading.anchors.items() if not name)
        here = next(((path, body) for path, body in bodies if body.start <= case.start < body.end), (None, None))
        edition = by_title.get(squeeze(case.topic.title), (None, ""))
        yield Chapter(case.topic, reading, *edition, *(here if case.is_book else (None, None)))


def judge_sources(book: Book, chapters: Sequence[Chapter], editions: Mapping[str, Edition]) -> Iterator[Finding]:
    """What is wrong with the names of the paged editions; those at hand have to be among them."""
    sources = book.meta(SOURCE)
    marked = sum(bool(chapter.page_breaks) for chapter in chapters)
    followed = {chapter.name for chapter in chapters}
    expected = [f"{SOURCE} “{name}”, of a topic of the book" for name in editions if name not in followed]
    if not len(sources) == len(set(sources)) == marked:
        expected.append(f"{SOURCE} once for each topic with page breaks, {marked} in all")
    told = ", ".join(f"“{name}”" for name in sources) or "none"
    yield from (Finding(book.package.path, each, told, _HELP_SOURCE) for each in expected)


def judge_page_breaks(chapter: Chapter) -> Iterator[Finding]:
    """Markers of a chapter that stand elsewhere than where their page begins in its edition."""
    edition = chapter.edition
    if edition is None:
        return
    body = chapter.body
    # The words before its title, too.
    text = RunningText(chapter.reading, body.start if body else 0, body.end if body else len(chapter.reading.flat))
    alignment = Alignment(edition.running, text)
    for marker in chapter.page_breaks:
        number = _number(marker.alt)
        if number is None or not 1 <= number <= len(edition.page_starts):
            continue
        begins = alignment.counterparts(edition.page_starts[number - 1])
        stands = text.at(marker.start)
        if stands not in begins:
            expected = f"page {number} as in {chapter.name}, {_around(text, begins[-1])}"
            yield Finding(marker.place, expected, _around(text, stands), _HELP_PLACE)


def _around(text: RunningText, at: int) -> str:
    before, behind = text.excerpt(at - _EXCERPT, at), text.excerpt(at, at + _EXCERPT)
    return f"behind “…{before}” and before “{behind}…”"


def judge_page_list(reading: Reading, book: Book, chapters: Sequence[Chapter]) -> Iterator[Finding]:
    """What is wrong with the page list and the names of the markers."""
    listed = [entry for entry in nav_entries(book) if entry.kind == PAGES]
    older = [entry for entry in ncx_entries(book) if entry.kind == PAGES]
    for chapter in chapters:
        lines = [entry for entry in listed if chapter.holds(entry)]
        yield from _numbers(book, chapter, lines)
        for entry in lines:
            target = entry.target(reading)
            if target is None or _number(target.alt) != _listed(chapter, entry):
                expected, found = f"a line that leads to the page break of “{entry.title}”", f"one to {entry.address}"
                yield Finding(entry.place, expected, found, _HELP_TARGET)
    for entry in listed:
        if not any(chapter.holds(entry) for chapter in chapters):
            yield Finding(entry.place, "a page of a topic", f"a line that leads to {entry.address}", _HELP_LIST)
    lines_of = [[(squeeze(entry.title), entry.spot) for entry in entries] for entries in (older, listed)]
    # Programs that renew an NCX leave its pages out: readers of today have the other list.
    if older and lines_of[0] != lines_of[1]:
        where = "the NCX" if book.ncx is None else book.ncx.path
        yield Finding(where, "the page list of the navigation document", "another one", _HELP_NCX)


def _number(text: str) -> int | None:
    """The number that a name says; None if it says none or several."""
    found = _NUMBER.findall(text)
    return int(found[0]) if len(found) == 1 else None


def _numbers(book: Book, chapter: Chapter, lines: Sequence[Entry]) -> Iterator[Finding]:
    """Numbers that are missing, stand twice or in another order, in the list and in the text."""
    markers = chapter.page_breaks
    edition = chapter.edition
    last = len(markers) if edition is None else edition.pages
    wanted = list(range(1, last + 1))
    pages = f"the pages 1 to {last}" + (f" of {chapter.name}" if edition else "") + ", each once and in order"
    in_list, in_text = [_listed(chapter, entry) for entry in lines], [_number(marker.alt) for marker in markers]
    if in_list != wanted:
        where = f"{book.nav.path if book.nav else book.package.path}, page list"
        yield Finding(where, pages, _told(in_list), _HELP_LIST)
    if in_text != wanted:
        astray = [marker for marker, *pair in zip(markers, in_text, wanted, strict=False) if pair[0] != pair[1]]
        where = astray[0].place if astray else f"the topic “{chapter.topic.title}”"
        yield Finding(where, f"page breaks for {pages}", _told(in_text), _HELP_NAME)


def _listed(chapter: Chapter, entry: Entry) -> int | None:
    """The number that a line of the list says; one in a book of several topics says the title before it."""
    said, title = squeeze(entry.title), squeeze(chapter.topic.title)
    if chapter.file is None:
        return _number(said) if said.isdecimal() else None
    return _number(said.removeprefix(title)) if said.startswith(title) else None


def _told(numbers: Sequence[int | None]) -> str:
    """Numbers for a person, those that follow each other as one stretch: "1 to 3, 5"."""
    runs = groupby(enumerate(numbers), key=lambda it: None if it[1] is None else it[1] - it[0])
    stretches = [[number for _, number in run] for _, run in runs]
    told = ("no number" if it[0] is None else f"{it[0]} to {it[-1]}" if len(it) > 1 else str(it[0]) for it in stretches)
    return ", ".join(told) or "none"
