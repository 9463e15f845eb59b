"""P8 on a book: its page list names every page of the paged edition once, in order, and leads to its marker."""

import re
from collections.abc import Iterator, Sequence

from atlas_print.prove.epub.navigation import PAGES, Entry, nav_entries, ncx_entries
from atlas_print.prove.promises.book.chapters import Chapter
from atlas_print.prove.reading.book import Book, Spot
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.verdicts import Finding

_NUMBER = re.compile(r"\d+")
_LONGEST = 6
"""Digits of a page's number."""
_MARKER = '<span id="page-3" role="doc-pagebreak" aria-label="page 3"/>'

_HELP_LIST = "list each page of the paged edition once, in order, in the page list of layouts/epub/nav.xhtml"
_HELP_NAME = f"name each page break by its number, as in {_MARKER}"
_HELP_TARGET = f"lead each line of the page list to a page break, such as {_MARKER}"
_HELP_NCX = "list the same pages in layouts/epub/toc.ncx as in layouts/epub/nav.xhtml"


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
    if book.ncx is not None and _lines(older) != _lines(listed):
        yield Finding(book.ncx.path, "the page list of the navigation document", "another one", _HELP_NCX)


def _lines(entries: Sequence[Entry]) -> list[tuple[str, Spot | None]]:
    return [(squeeze(entry.title), entry.spot) for entry in entries]


def number_of(marker: Element) -> int | None:
    """The number that the name of a marker says; None if it says none or several."""
    return _number(marker.alt)


def _number(text: str) -> int | None:
    found = _NUMBER.findall(text)
    return int(found[0]) if len(found) == 1 and len(found[0]) <= _LONGEST else None


def _numbers(book: Book, chapter: Chapter, lines: Sequence[Entry]) -> Iterator[Finding]:
    """Numbers that are missing, stand twice or in another order, in the list and in the text."""
    markers = chapter.page_breaks
    edition = chapter.edition
    last = len(markers) if edition is None else edition.reading.pages or 0
    wanted = list(range(1, last + 1))
    pages = f"the pages 1 to {last}" + (f" of {edition.name}" if edition else "") + ", each once and in order"
    in_list, in_text = [_listed(chapter, entry) for entry in lines], [number_of(marker) for marker in markers]
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
    elif number_of(target) != _listed(chapter, entry):
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
