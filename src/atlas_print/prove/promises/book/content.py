"""P8 on a book: its contents name every topic, drawings are whole, styles leave the reader's own; P5 on added words."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import TypeAlias

from lxml import etree

from atlas_print.atlas import Atlas
from atlas_print.blocks import Figure
from atlas_print.inlines import plain_text
from atlas_print.prove.case import Case
from atlas_print.prove.epub.cascade import all_rules
from atlas_print.prove.epub.package import TOC, Entry, nav_entries, ncx_entries
from atlas_print.prove.promises.book.pages import Chapter
from atlas_print.prove.reading.book import SVG, XHTML, Book, Document, place, spot, words
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import heard, squeeze
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.lines import short
from atlas_print.prove.verdicts import Finding

_HELP_ORDER = "list the contents in the order in which the book tells them"
_HELP_WORDS = "name each place in the contents as its heading names it, once"
_HELP_LISTED = "list every topic and, in a book of one, every section in the contents, as layouts/epub/nav.xhtml does"


def judge_navigation(reading: Reading, book: Book, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """What is wrong with the lists of the navigation document and of the NCX."""
    toc, older = ([it for it in of(book) if it.kind == TOC] for of in (nav_entries, ncx_entries))
    if book.nav is not None:
        yield from _beside_lines(book.nav, labels)
    # A part of the contents leads to its first topic, which may be called like it.
    parts = {kind for case in cases[:1] for kind in case.atlas.kinds.values()}
    bare = {heading: it.line.bare for case in cases for heading, it in case.aligned.headings.items()}
    # Readers of today need no NCX.
    for contents in (toc, older) if older else (toc,):
        yield from _lines(reading, contents, labels, parts, bare)
        where = contents[0].place.rpartition(", ")[0] if contents else book.package.path
        for case in cases:
            yield from _unlisted(case, contents, where)


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


def _unlisted(case: Case, contents: Sequence[Entry], where: str) -> Iterator[Finding]:
    """Titles of topics, and in a book of one the headings as high as its sections', that no line leads to."""
    depth = 0 if case.is_book else 1
    levels = (it.level for it, passage in case.aligned.headings.items() if passage.depth <= depth)
    lowest = max(levels, default=0)
    led = [target for entry in contents if (target := entry.target(case.reading)) is not None]
    listed = {_heading(case.reading, target) for target in led}
    for heading in case.of(Role.HEADING):
        if heading.level <= lowest and heading.start < heading.end and heading not in listed:
            expected = f"a line “{case.reading.excerpt(heading.start, heading.end)}”"
            yield Finding(where, expected, "no such line", _HELP_LISTED)


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


# --- drawings and styles ---------------------------------------------------------------------------------------

_Shown: TypeAlias = list[tuple[str, ...]]
"""What is drawn: of each shape its name, its words, and where it stands and how large it is."""

_SHAPES = frozenset("svg g path line polyline polygon rect circle ellipse use text".split())
_PLACES = "viewBox transform d points x y x1 y1 x2 y2 cx cy r rx ry dx dy width height".split()
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)

_HELP_DRAWING = "show each drawing of the topic where its author put it, with all that is drawn in it"


def judge_figures(book: Book, chapters: Sequence[Chapter], labels: Labels) -> Iterator[Finding]:
    """Drawings of topics that are lost, cut, changed or in another order, and those that are of no topic."""
    shown = {document.path: list(_drawings(book, document)) for document in book.documents}
    of_topics = []
    for chapter in chapters:
        here = [drawing for path in shown if chapter.file in (None, path) for drawing in shown[path]]
        for section in chapter.topic.sections:
            for figure in section.all_blocks():
                if not isinstance(figure, Figure) or figure.image.media_type != "image/svg+xml":
                    continue
                wanted = _shown(etree.fromstring(figure.image.data))
                of_topics.append(wanted)
                if wanted in here:
                    del here[: here.index(wanted) + 1]
                    continue
                told = f"the drawing “{short(plain_text(figure.caption))}”, {len(wanted) - 1} shapes with their labels"
                yield Finding(chapter.file or "the text", told, "no such drawing, or not in its order", _HELP_DRAWING)
    for path, drawings in shown.items():
        for drawing in drawings:
            said = " ".join(text for _, text, *_ in drawing if text)
            if said and drawing not in of_topics and not labels.covers(squeeze(said)):
                found = f"one that says “{short(said)}”"
                yield Finding(path, "no drawings with words but those of the topics", found, _HELP_DRAWING)


def _drawings(book: Book, document: Document) -> Iterator[_Shown]:
    """The drawings of a document, be they in its text or in files of their own."""
    for node in document.root.iter(f"{SVG}svg", f"{XHTML}img"):
        led = spot(document.path, node.get("src", "")) if node.tag == f"{XHTML}img" else None
        drawing = node if led is None else book.drawings.get(led[0])
        if drawing is not None:
            yield _shown(drawing)


def _shown(drawing: etree._Element) -> _Shown:
    """What a drawing shows; numbers as numbers, since programs write them in ways of their own."""
    found: _Shown = []
    for node in drawing.iter(f"{SVG}*"):
        tag = etree.QName(node).localname
        places = [(name, node.get(name, "")) for name in _PLACES if node.get(name)]
        # A group that moves nothing is none, nor is a white ground, which a book may lay below.
        if _is_plate(node, drawing):
            continue
        if tag in _SHAPES and (tag != "g" or places):
            numbers = [f"{name} {[round(float(it), 3) for it in _NUMBER.findall(value)]}" for name, value in places]
            found.append((tag, " ".join(heard(words(node)).split()) if tag == "text" else "", *numbers))
    return found


def _is_plate(node: etree._Element, drawing: etree._Element) -> bool:
    """Whether a rectangle is a white or empty ground of the whole drawing, below all that it shows."""
    if node.tag != f"{SVG}rect" or node.get("fill") not in ("#ffffff", "none"):
        return False
    sides = [node.get(name, "0") for name in ("x", "y", "width", "height")]
    is_whole = list(map(float, _NUMBER.findall(" ".join(sides)))) == [
        float(it) for it in _NUMBER.findall(drawing.get("viewBox", ""))
    ]
    return (
        is_whole
        and node.getparent() is drawing
        and all(it.tag == f"{SVG}defs" for it in node.itersiblings(preceding=True))
    )


_READERS = re.compile(r"font|font-size|font-family|line-height|letter-spacing|word-spacing|color|background(-\w+)?")
"""What a reader sets for the text as a whole."""
_FORCES_NOTHING = re.compile(
    r"inherit|unset|revert|normal|currentcolor|transparent|none|initial|1(\.0*)?r?em|100%|medium|1\.[2-9]\d*|2(\.0*)?"
)
"""Numbers are distances of lines that grow with the reader's type, as converters of books write them."""
_WHOLE = re.compile(r"(?:\*|html|body|main|section|article|div|p|li|:root)(?::[\w-]+)*")
"""The last part of a selector that means all the text, or a part of it that is no more than running text."""
_OF_NUMBERS = frozenset("+-−±<>≤≥=≈~%‰")
"""Signs that make another number of the one that they stand at."""

_HELP_STYLE = "take it out of the layout: size, face, spacing and colours of running text are the reader's own"
_HELP_WORDS = "take it out of the style sheet: words in `content` are words of the book, which no author wrote"
_HELP_TERM = "give the abbreviation the words of the glossary in atlas.yaml, or no title"


def judge_styles(book: Book) -> Iterator[Finding]:
    """Declarations that force on the text as a whole what is the reader's."""
    for rule in all_rules(book):
        subjects = [re.split(r"[\s>+~]+", selector.strip())[-1] for selector in rule.selectors]
        if not any(map(_WHOLE.fullmatch, subjects)):
            continue
        for name, value, _ in rule.declarations:
            if _READERS.fullmatch(name) and not _FORCES_NOTHING.fullmatch(value.lower()):
                found = f"{', '.join(rule.selectors)} {{ {name}: {value.lower()} }}"
                yield Finding(rule.place, f"the reader's own {name} on running text", found, _HELP_STYLE)


def judge_generated(reading: Reading) -> Iterator[Finding]:
    """Words that a style sheet adds, and signs that make another number of one."""
    for element, text in reading.generated:
        shown = reading.text(element)
        at_number = any(map(str.isdigit, shown[:1] + shown[-1:])) and _OF_NUMBERS.intersection(text)
        if at_number or any(map(str.isalnum, text)):
            yield Finding(element.place, "nothing but signs beside the words", f"“{short(text)}”", _HELP_WORDS)


def judge_expansions(book: Book, atlas: Atlas) -> Iterator[Finding]:
    """Titles of abbreviations that are not those of the glossary: some readers say them in place of the letters."""
    for document in book.documents:
        for node in document.root.iter(f"{XHTML}abbr"):
            said, term = node.get("title"), atlas.glossary.get(words(node))
            if said is not None and (term is None or squeeze(said) != squeeze(term.full or "")):
                expected = "no other words for it" if term is None else f"“{short(term.full or term.plain)}”"
                where = f"{place(document.path, node)}, “{words(node)}”"
                yield Finding(where, expected, f"“{short(said)}”", _HELP_TERM)
