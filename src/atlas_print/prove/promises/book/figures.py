"""P8 on a book: it shows every drawing of a topic, in order, with all its shapes and labels."""

from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from atlas_print.atlas import Figure, plain_text
from atlas_print.prove.book import SVG, XHTML, Book, spot, words
from atlas_print.prove.normal import squeeze
from atlas_print.prove.promises.book.chapters import Chapter
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import short

_Shapes: TypeAlias = tuple[Counter[str], str]
"""How many there are of each kind of shape in a drawing, and its labels."""

_SHAPES = frozenset("path line polyline polygon rect circle ellipse use text".split())

_HELP = "show each drawing of the topic where its author put it, with all that is drawn in it"


def judge_figures(book: Book, chapter: Chapter) -> Iterator[Finding]:
    """Drawings of a topic that are lost, cut or in another order."""
    shown = list(_shown(book, chapter))
    blocks = (block for section in chapter.topic.sections for block in section.all_blocks())
    for figure in blocks:
        if isinstance(figure, Figure) and figure.image.media_type == "image/svg+xml":
            wanted = _shapes(etree.fromstring(figure.image.data))
            if wanted in shown:
                del shown[: shown.index(wanted) + 1]
            else:
                where = chapter.file or "the text"
                caption, count = short(plain_text(figure.caption)), wanted[0].total()
                told = f"the drawing “{caption}”, {count} shapes with their labels"
                yield Finding(where, told, "no such drawing, or not in its order", _HELP)


def _shown(book: Book, chapter: Chapter) -> Iterator[_Shapes]:
    """The drawings in a chapter, be they in its text or in files of their own."""
    for document in book.documents:
        if chapter.file in (None, document.path):
            for node in document.root.iter(f"{SVG}svg", f"{XHTML}img"):
                led = spot(document.path, node.get("src", "")) if node.tag == f"{XHTML}img" else None
                drawing = node if led is None else book.drawings.get(led[0])
                if drawing is not None:
                    yield _shapes(drawing)


def _shapes(drawing: etree._Element) -> _Shapes:
    shapes = [node for node in drawing.iter(f"{SVG}*") if etree.QName(node).localname in _SHAPES]
    labels = "".join(words(node) for node in shapes if node.tag == f"{SVG}text")
    return Counter(etree.QName(node).localname for node in shapes), squeeze(labels)
