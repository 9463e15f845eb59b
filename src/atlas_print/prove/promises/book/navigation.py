"""P8 on a book: every line of its lists leads to a place in its text, and the contents name every topic."""

from collections.abc import Iterator, Mapping, Sequence, Set

from atlas_print.prove.case import Case
from atlas_print.prove.epub.package import TOC, Entry, nav_entries, ncx_entries
from atlas_print.prove.reading.book import XHTML, Book, Document, place, words
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_HELP_NAV = 'list the contents in a `nav` of the type "toc", as layouts/epub/nav.xhtml does'
_HELP_TARGET = "lead each line to a file of the book and to an id that it has; an id in a layout may be misspelt"
_HELP_ORDER = "list the contents in the order in which the book tells them"
_HELP_WORDS = "name each place in the contents as its heading names it, once"
_HELP_LISTED = "list every topic and, in a book of one, every section in the contents, as layouts/epub/nav.xhtml does"


def judge_navigation(reading: Reading, book: Book, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
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
        # A part of the contents leads to its first topic, which may be called like it.
        parts = {kind for case in cases[:1] for kind in case.atlas.kinds.values()}
        bare = {heading: it.line.bare for case in cases for heading, it in case.aligned.headings.items()}
        yield from _lines(reading, contents, labels, parts, bare)
        for case in cases if contents else ():
            yield from _unlisted(case, contents)


def _lines(
    reading: Reading, contents: Sequence[Entry], labels: Labels, parts: Set[str], bare: Mapping[Element, str]
) -> Iterator[Finding]:
    """Lines that say something else than the heading that they lead to, and those that stand behind it, or twice.

    A line may be without what its heading cites: `bare` has the words of headings without that.
    """
    before = None
    for entry in contents:
        target = entry.target(reading)
        if target is None:
            continue
        if before is not None and target.start < before[1].start:
            expected = f"a line before “{before[0].title}”, as in the text"
            yield Finding(entry.place, expected, "it, but behind that line", _HELP_ORDER)
        is_again = before is not None and (before[0].spot, before[0].title) == (entry.spot, entry.title)
        if is_again and entry.title not in parts:
            yield Finding(entry.place, "each line once", "it, for the second time", _HELP_WORDS)
        before = entry, target
        heading, says = _heading(reading, target), squeeze(entry.title)
        if heading is not None and heading.start == heading.end:
            continue  # what hides its words is told elsewhere
        # A line that leads to a whole file, such as a part of the contents, may have a name of its own.
        is_label = target.outermost is target and labels.covers(says)
        if not is_label and (heading is None or says not in (reading.text(heading), bare.get(heading))):
            expected = "a name of the layout" if heading is None else f"“{reading.excerpt(heading.start, heading.end)}”"
            yield Finding(entry.place, expected, f"“{entry.title}”", _HELP_WORDS)


def _unlisted(case: Case, contents: Sequence[Entry]) -> Iterator[Finding]:
    """Titles of topics, and in a book of one the headings as high as its sections', that no line leads to."""
    depth = 0 if case.is_book else 1
    levels = (it.level for it, passage in case.aligned.headings.items() if passage.depth <= depth)
    lowest = max(levels, default=0)
    led = [target for entry in contents if (target := entry.target(case.reading)) is not None]
    listed = {_heading(case.reading, target) for target in led}
    for heading in case.of(Role.HEADING):
        if heading.level <= lowest and heading.start < heading.end and heading not in listed:
            expected = f"a line “{case.reading.excerpt(heading.start, heading.end)}”"
            yield Finding(contents[0].place.rpartition(", ")[0], expected, "no such line", _HELP_LISTED)


def _heading(reading: Reading, target: Element) -> Element | None:
    """The heading that a reader finds where a line leads: itself, or the first in or behind it, in its file."""
    if target.role is Role.HEADING:
        return target
    behind = reading.of(Role.HEADING, start=target.start, end=target.outermost.end)
    return next((heading for heading in behind if heading.start < heading.end), None)


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
