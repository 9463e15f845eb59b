"""P8 on a book: every line of its lists leads to a place in its text, and the contents name every topic."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from atlas_print.atlas import Topic
from atlas_print.prove.case import Case
from atlas_print.prove.epub.package import TOC, Entry, nav_entries, ncx_entries
from atlas_print.prove.reading.book import XHTML, Book, Document, place, words
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.wording import BRACKETS, short
from atlas_print.prove.verdicts import Finding

_HELP_NAV = 'list the contents in a `nav` of the type "toc", as layouts/epub/nav.xhtml does'
_HELP_TARGET = "lead each line to a file of the book and to an id that it has; an id in a layout may be misspelt"
_HELP_ORDER = "list the contents in the order in which the book tells them"
_HELP_WORDS = "name each place in the contents as its heading names it, once"
_HELP_LISTED = "list every heading of the sections' level in the contents, as layouts/epub/nav.xhtml does"
_HELP_TOPIC = "name each topic by its title in the contents, leading to the file that tells it"


def judge_navigation(
    reading: Reading, book: Book, topics: Sequence[Topic], cases: Sequence[Case], labels: Labels
) -> Iterator[Finding]:
    """What is wrong with the lists of the navigation document and of the NCX."""
    entries, older = list(nav_entries(book)), list(ncx_entries(book))
    toc = [entry for entry in entries if entry.kind == TOC]
    if not toc:
        where = book.package.path if book.nav is None else book.nav.path
        yield Finding(where, "a navigation document with a list of contents", "none", _HELP_NAV)
    for entry in (*entries, *older):
        if entry.target(reading) is None:
            led = "is not in the book" if entry.spot is None else "leads to no element of the text"
            expected = "a line that leads to a place in the text"
            yield Finding(entry.place, expected, f"{entry.address}, which {led}", _HELP_TARGET)
    if book.nav is not None:
        yield from _beside_lines(book.nav, labels)
    for contents in (toc, [entry for entry in older if entry.kind == TOC]):
        yield from _order(reading, contents)
        yield from _words(reading, contents, labels)
        for case in cases if contents and not cases[0].is_book else ():
            yield from _unlisted(case, contents)
        for topic in topics if contents else ():
            if not any(_names(reading, entry, topic) for entry in contents):
                where = contents[0].place.rpartition(", ")[0]
                expected = f"a line “{topic.title}” that leads to that topic"
                yield Finding(where, expected, "no such line", _HELP_TOPIC)


def _order(reading: Reading, contents: Sequence[Entry]) -> Iterator[Finding]:
    led = [(entry, target) for entry in contents if (target := entry.target(reading)) is not None]
    for (before, earlier), (after, later) in pairwise(led):
        if later.start < earlier.start:
            expected = f"a line before “{before.title}”, as in the text"
            yield Finding(after.place, expected, "it, but behind that line", _HELP_ORDER)


def _names(reading: Reading, entry: Entry, topic: Topic) -> bool:
    """Whether a line has the title of a topic, and leads to its heading or to what is around or before that."""
    target = entry.target(reading)
    title = squeeze(topic.title)
    if target is None or squeeze(entry.title) != title:
        return False
    file = target.outermost
    headings = (it for it in reading.of(Role.HEADING, start=file.start, end=file.end) if reading.text(it) == title)
    return any(target.start <= heading.start and heading.outermost is file for heading in headings)


def _words(reading: Reading, contents: Sequence[Entry], labels: Labels) -> Iterator[Finding]:
    """Lines that say something else than the heading that they lead to, and those that stand twice."""
    for index, entry in enumerate(contents):
        target = entry.target(reading)
        if target is None:
            continue
        heading = _heading(reading, target)
        says = squeeze(entry.title)
        # A line that leads to a whole file, such as a part of the contents, may have a name of its own.
        is_label = target.outermost is target and labels.covers(says)
        if heading is not None and heading.start == heading.end:
            continue  # what hides its words is told elsewhere
        # With or without what it cites.
        if not is_label and (heading is None or BRACKETS.sub("", says) != BRACKETS.sub("", reading.text(heading))):
            expected = "a name of the layout" if heading is None else f"“{_shown(reading, heading)}”"
            yield Finding(entry.place, expected, f"“{entry.title}”", _HELP_WORDS)
        if any(other.spot == entry.spot and other.title == entry.title for other in contents[:index]):
            yield Finding(entry.place, "each line once", "it, for the second time", _HELP_WORDS)


def _unlisted(case: Case, contents: Sequence[Entry]) -> Iterator[Finding]:
    """Headings as high as those of the sections that no line leads to."""
    lowest = max((it.level for it, passage in case.aligned.headings.items() if passage.depth == 1), default=0)
    led = [target for entry in contents if (target := entry.target(case.reading)) is not None]
    listed = {_heading(case.reading, target) for target in led}
    for heading in case.of(Role.HEADING):
        if heading.level <= lowest and heading.start < heading.end and heading not in listed:
            where, expected = contents[0].place.rpartition(", ")[0], f"a line “{_shown(case.reading, heading)}”"
            yield Finding(where, expected, "no such line", _HELP_LISTED)


def _heading(reading: Reading, target: Element) -> Element | None:
    """The heading that a reader finds where a line leads: itself, or the first in or behind it, in its file."""
    if target.role is Role.HEADING:
        return target
    behind = reading.of(Role.HEADING, start=target.start, end=target.outermost.end)
    return next((heading for heading in behind if heading.start < heading.end), None)


def _shown(reading: Reading, heading: Element) -> str:
    return reading.excerpt(heading.start, heading.end)


def _beside_lines(nav: Document, labels: Labels) -> Iterator[Finding]:
    """Words of the navigation document that are in no line of its lists, and names in these for a voice alone."""
    for node in nav.root.iter(f"{XHTML}*"):
        told = node.get("aria-label", "") if node.tag != f"{XHTML}nav" else ""
        texts = [told] if squeeze(told) != squeeze(words(node)) else []
        if not any(it.tag in (f"{XHTML}head", f"{XHTML}a") for it in (node, *node.iterancestors())):
            texts += [node.text or "", *(child.tail or "" for child in node)]
        for text in texts:
            if not labels.covers(squeeze(text)):
                expected = "the words of the contents, and nothing beside them but labels"
                yield Finding(place(nav.path, node), expected, f"“{short(text)}”", _HELP_WORDS)
