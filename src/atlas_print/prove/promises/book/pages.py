"""P8 on a book: it marks each page of its paged edition once, in order, at the words with which that page begins."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Topic
from atlas_print.prove.case import Case
from atlas_print.prove.epub.package import PAGES, Entry, nav_entries, ncx_entries
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.running_text import Alignment, RunningText
from atlas_print.prove.verdicts import Finding

SOURCE = "pageBreakSource"
"""The property of the package document that names a paged edition."""
_NUMBER = re.compile(r"\d+")
_LONGEST = 6
"""Digits of a page's number."""
_EXCERPT = 32
"""Characters shown on either side of a page break."""
_MARKER = '<span id="page-3" role="doc-pagebreak" aria-label="page 3"/>'

_HELP_SOURCE = "name the PDF whose pages the book marks in its package document, one for each topic, and no other"
_HELP_PLACE = "build book and PDF together; each page of the PDF begins at the words behind its marker"
_HELP_LIST = "list each page of the paged edition once, in order, in the page list of layouts/epub/nav.xhtml"
_HELP_NAME = f"name each page break by its number, as in {_MARKER}"
_HELP_TARGET = f"lead each line of the page list to a page break, such as {_MARKER}"
_HELP_NCX = "list the same pages in layouts/epub/toc.ncx as in layouts/epub/nav.xhtml"


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
    def text(self) -> RunningText:
        """Its words, those before its title too."""
        start, end = (0, len(self.reading.flat)) if self.body is None else (self.body.start, self.body.end)
        return RunningText(self.reading, start, end)

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


def judge_sources(book: Book, chapters: Sequence[Chapter], editions: Mapping[str, Reading]) -> Iterator[Finding]:
    """What is wrong with the names of the paged editions; those at hand have to be among them."""
    where, sources = book.package.path, book.meta(SOURCE)
    marked = sum(bool(chapter.page_breaks) for chapter in chapters)
    followed = {chapter.edition.name for chapter in chapters if chapter.edition is not None}
    told = ", ".join(f"“{name}”" for name in sources) or "none"
    for name in editions:
        if name not in sources:
            yield Finding(where, f"{SOURCE} “{name}”", told, _HELP_SOURCE)
    for name, count in Counter(sources).items():
        if count > 1:
            yield Finding(where, f"{SOURCE} “{name}” once", f"it, {count} times", _HELP_SOURCE)
        if name in editions and name not in followed:
            yield Finding(where, f"{SOURCE} for the topics of the book", f"“{name}”, of none of them", _HELP_SOURCE)
    if len(sources) != marked:
        yield Finding(where, f"{SOURCE} for each topic with page breaks, {marked} in all", told, _HELP_SOURCE)


def judge_page_breaks(chapter: Chapter) -> Iterator[Finding]:
    """Markers of a chapter that stand elsewhere than where their page begins in its edition."""
    edition = chapter.edition
    if edition is None:
        return
    pages = RunningText(edition.reading, 0, len(edition.reading.flat))
    text = chapter.text
    alignment = Alignment(pages, text)
    for marker in chapter.page_breaks:
        number = _number(marker.alt)
        if number is None or not 1 <= number <= len(edition.reading.page_starts):
            continue
        begins = alignment.counterparts(pages.at(edition.reading.page_starts[number - 1]))
        stands = text.at(marker.start)
        if stands not in begins:
            expected = f"page {number} as in {edition.name}, {_around(text, begins[-1])}"
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
            yield from _target(chapter, entry)
        led = [entry.target(reading) for entry in lines]
        for marker in chapter.page_breaks:
            if marker not in led:
                yield Finding(marker.place, "a line of the page list that leads here", "no such line", _HELP_LIST)
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
    return int(found[0]) if len(found) == 1 and len(found[0]) <= _LONGEST else None


def _numbers(book: Book, chapter: Chapter, lines: Sequence[Entry]) -> Iterator[Finding]:
    """Numbers that are missing, stand twice or in another order, in the list and in the text."""
    markers = chapter.page_breaks
    edition = chapter.edition
    last = len(markers) if edition is None else edition.reading.pages or 0
    wanted = list(range(1, last + 1))
    pages = f"the pages 1 to {last}" + (f" of {edition.name}" if edition else "") + ", each once and in order"
    in_list, in_text = [_listed(chapter, entry) for entry in lines], [_number(marker.alt) for marker in markers]
    if in_list != wanted:
        where = f"{book.nav.path if book.nav else book.package.path}, page list"
        yield Finding(where, pages, _told(in_list), _HELP_LIST)
    for marker, number in zip(markers, in_text, strict=True):
        if number is None:
            yield Finding(marker.place, "a name that says the number of its page", _quoted(marker), _HELP_NAME)
    if None not in in_text and in_text != wanted:
        astray = [marker for marker, *pair in zip(markers, in_text, wanted, strict=False) if pair[0] != pair[1]]
        where = astray[0].place if astray else f"the topic “{chapter.topic.title}”"
        yield Finding(where, f"page breaks for {pages}", _told(in_text), _HELP_NAME)


def _listed(chapter: Chapter, entry: Entry) -> int | None:
    """The number that a line of the list says; one in a book of several topics says the title before it."""
    said, title = squeeze(entry.title), squeeze(chapter.topic.title)
    if chapter.file is None:
        return _number(said) if said.isdecimal() else None
    return _number(said.removeprefix(title)) if said.startswith(title) else None


def _target(chapter: Chapter, entry: Entry) -> Iterator[Finding]:
    target = entry.target(chapter.reading)
    if target is None:
        return
    if target.role is not Role.PAGE_BREAK:
        yield Finding(entry.place, "a line that leads to a page break", f"one to {target.place}", _HELP_TARGET)
    elif _number(target.alt) != _listed(chapter, entry):
        expected = f"a line that leads to the page break of “{entry.title}”"
        yield Finding(entry.place, expected, f"one to {_quoted(target)}", _HELP_TARGET)


def _quoted(marker: Element) -> str:
    return f"“{marker.alt}”" if marker.alt else "no name"


def _told(numbers: Sequence[int | None]) -> str:
    """Numbers for a person, those that follow each other as one stretch: "1 to 3, 5"."""
    stretches: list[list[int | None]] = []
    for number in numbers:
        last = stretches[-1][-1] if stretches else None
        if number is not None and last is not None and number == last + 1:
            stretches[-1].append(number)
        else:
            stretches.append([number])
    told = ("no number" if it[0] is None else f"{it[0]} to {it[-1]}" if len(it) > 1 else str(it[0]) for it in stretches)
    return ", ".join(told) or "none"
