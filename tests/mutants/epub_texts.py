"""Mutants of what a book says: in its text, its drawings, its navigation, and to a voice."""

from collections.abc import Callable, Iterator

from lxml import etree

from tests.mutants.epub_file import Book, Made, Slot
from tests.mutants.mutant import Mutant, Passage
from tests.mutants.texts import mutants_of_texts

_TOLD = frozenset({"drop word", "drop negation", "change word", "add word", "change letter", "change digit"})


def text_mutants(book: Book, counts: tuple[int, int]) -> Iterator[Mutant]:
    """Alterations of words and of numbers, so many of each."""
    shown = [slot for slot in book.slots if slot.part in ("text", "tail") and slot.region != "package"]
    told = [slot for slot in book.slots if slot.part not in ("text", "tail")]
    yield from mutants_of_texts(book.good, [_passage(book, slot) for slot in shown], "", counts)
    yield from mutants_of_texts(book.good, [_passage(book, slot) for slot in told], ", heard only", (4, 4), _TOLD)


def _passage(book: Book, slot: Slot) -> Passage:
    def write(text: str) -> Callable[[], bytes]:
        return rewritten(book, slot, text)

    # The book of all topics says it at its start, and again in each.
    is_again = slot.region == "disclaimer" and book.good.slug is None
    return Passage(slot.place, "disclaimer again" if is_again else slot.region, slot.text, write)


def rewritten(book: Book, slot: Slot, text: str) -> Made:
    """What makes the book with another text in that slot."""

    def edit(root: etree._Element) -> None:
        put(node_at(root, slot.index), slot.part, text)

    return book.edited(slot.path, edit)


def node_at(root: etree._Element, index: int) -> etree._Element:
    """The element that a slot counts."""
    return next(node for at, node in enumerate(root.iter()) if at == index)


def put(node: etree._Element, part: str, text: str) -> None:
    """Another text in a part of an element."""
    if part == "text":
        node.text = text
    elif part == "tail":
        node.tail = text
    else:
        node.set(part, text)
