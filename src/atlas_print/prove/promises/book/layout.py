"""P8 on a book: whole drawings, directions, styles that leave the reader's own; P5 on what styles add."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml import etree

from atlas_print.atlas import Atlas
from atlas_print.blocks import Figure
from atlas_print.inlines import plain_text
from atlas_print.prove.epub.cascade import all_rules
from atlas_print.prove.promises.book.pages import Chapter
from atlas_print.prove.reading.book import SVG, XHTML, Book, Document, place, spot, words
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import heard, squeeze
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_Shapes: TypeAlias = tuple[Counter[str], str, tuple[float, ...]]
"""How many there are of each shape in a drawing, its labels, and the box that they are drawn in."""

_SHAPES = frozenset("path line polyline polygon rect circle ellipse use text".split())
_PLACES = "d points x y x1 y1 x2 y2 cx cy r rx ry dx dy width height".split()
"""Attributes that say where a shape stands and how large it is."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.IGNORECASE)

_HELP = "show each drawing of the topic where its author put it, with all that is drawn in it"


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
                wanted = _shapes(etree.fromstring(figure.image.data))
                of_topics.append(wanted)
                if wanted in here:
                    del here[: here.index(wanted) + 1]
                    continue
                told = (
                    f"the drawing “{short(plain_text(figure.caption))}”, {wanted[0].total()} shapes with their labels"
                )
                yield Finding(chapter.file or "the text", told, "no such drawing, or not in its order", _HELP)
    for path, drawings in shown.items():
        for drawing in drawings:
            if drawing[1] and drawing not in of_topics and not labels.covers(squeeze(drawing[1])):
                found = f"one that says “{short(drawing[1])}”"
                yield Finding(path, "no drawings with words but those of the topics", found, _HELP)


def _drawings(book: Book, document: Document) -> Iterator[_Shapes]:
    """The drawings of a document, be they in its text or in files of their own."""
    for node in document.root.iter(f"{SVG}svg", f"{XHTML}img"):
        led = spot(document.path, node.get("src", "")) if node.tag == f"{XHTML}img" else None
        drawing = node if led is None else book.drawings.get(led[0])
        if drawing is not None:
            yield _shapes(drawing)


def _shapes(drawing: etree._Element) -> _Shapes:
    shapes = [node for node in drawing.iter(f"{SVG}*") if etree.QName(node).localname in _SHAPES]
    labels = " ".join(words(node) for node in shapes if node.tag == f"{SVG}text")
    return Counter(map(_shape, shapes)), " ".join(heard(labels).split()), _numbers(drawing.get("viewBox", ""))


def _shape(node: etree._Element) -> str:
    """What a shape is and where it stands; numbers as numbers, since programs write them in ways of their own."""
    around = [above.get("transform") for above in (node, *node.iterancestors(f"{SVG}*"))]
    moved = [(it.partition("(")[0].strip(), _numbers(it)) for it in around if it]
    stands = [(name, _numbers(node.get(name, "")) or node.get(name)) for name in _PLACES if node.get(name)]
    return f"{etree.QName(node).localname} {stands} {moved}"


def _numbers(text: str) -> tuple[float, ...]:
    return tuple(round(float(number), 3) for number in _NUMBER.findall(text))


_READERS = re.compile(r"font|font-size|font-family|line-height|letter-spacing|word-spacing|color|background(-\w+)?")
"""What a reader sets for the text as a whole."""
_FORCES_NOTHING = re.compile(
    r"inherit|unset|revert|normal|currentcolor|transparent|none|initial|1(\.0*)?r?em|100%|medium|1\.[2-9]\d*|2(\.0*)?"
)
"""Numbers are distances of lines that grow with the reader's type, as converters of books write them."""
_WHOLE = re.compile(r"(?:\*|html|body|main|section|article|div|p|li|:root)(?::[\w-]+)*")
"""The last part of a selector that means all the text, or a part of it that is no more than running text."""
_KINDS = {"a heading": "h1 h2 h3 h4 h5 h6", "a list": "ul ol li dl dt dd", "a quotation": "blockquote"}
_KIND_OF_TAG = {f"{XHTML}{tag}": kind for kind, tags in _KINDS.items() for tag in tags.split()}
_OF_NUMBERS = frozenset("+-−±<>≤≥=≈~%‰")
"""Signs that make another number of the one that they stand at."""

_HELP_STYLE = "take it out of the layout: size, face, spacing and colours of running text are the reader's own"
_HELP_ROLE = "take the role out of the layout: with it, a voice says nothing of what the words are"
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


def judge_roles(book: Book) -> Iterator[Finding]:
    """Elements whose role takes from a voice what they are; a table may be there for the layout alone."""
    for document in book.texts:
        for node in document.root.iter(*_KIND_OF_TAG):
            role = node.get("role", "").partition(" ")[0]
            if role in ("none", "presentation"):
                yield Finding(place(document.path, node), _KIND_OF_TAG[str(node.tag)], f"the role “{role}”", _HELP_ROLE)


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
