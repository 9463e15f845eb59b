"""P8 on a book: it shows every drawing of a topic, in order, with all its shapes and labels."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from lxml import etree

from atlas_print.blocks import Figure, plain_text
from atlas_print.prove.promises.book.pages import Chapter
from atlas_print.prove.reading.book import SVG, XHTML, Book, Document, spot, words
from atlas_print.prove.reading.normal import heard, squeeze
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
