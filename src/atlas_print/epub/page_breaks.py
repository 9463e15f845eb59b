"""Marks in a book where the pages of its paged edition begin, each at the very word."""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from lxml import etree

from atlas_print.compose.passages import Passage
from atlas_print.epub.descriptions import description

_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_ROLE = "doc-pagebreak"
_IMAGES = (f"{_XHTML}img", "{http://www.w3.org/2000/svg}svg")
_INLINE = frozenset((*_IMAGES, *(f"{_XHTML}{tag}" for tag in ("a", "abbr", "dfn", "em", "span", "strong"))))
_FLOW = frozenset(f"{_XHTML}{tag}" for tag in ("body", "article", "section", "blockquote"))
"""Elements that hold blocks, so that a mark may stand between two of them."""
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u2060\u200b"))


def with_page_breaks(document: bytes, passages: Sequence[Passage], name: Callable[[int], str]) -> bytes:
    """The XHTML document with a mark for each page of `passages`: its id is page-N, `name` is what a voice says.

    The two texts may differ where one has what the other lacks, such as a table of contents: a page that begins
    there begins at the next words that both have.
    """
    root = etree.fromstring(document)
    book = _Book.of(root)
    starts = _page_starts(passages)
    # The last first: a mark moves none before it, and of two in one place the first comes to stand in front.
    for page, at in sorted(_matched(passages, starts, book), reverse=True):
        mark = etree.Element(f"{_XHTML}span", {"id": f"page-{page}", "role": _ROLE, "aria-label": name(page)})
        mark.set(_TYPE, "pagebreak")
        _mark(book, at, mark)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>")


def squeezed(text: str) -> str:
    """The text without white space and what nobody sees, by which the two are compared."""
    return "".join(text.translate(_INVISIBLE).split())


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a character stands: in the text of an element or (`is_tail`) behind it; None: in its place (an image)."""

    element: etree._Element
    offset: int | None
    is_tail: bool = False


@dataclass(frozen=True, slots=True)
class _Book:
    """The squeezed text of a document, the spot of each character, and where each id begins."""

    body: etree._Element
    text: str
    spots: tuple[_Spot, ...]
    anchors: dict[str, int]

    @classmethod
    def of(cls, root: etree._Element) -> "_Book":
        body = root.find(f"{_XHTML}body")
        assert body is not None, "the layout writes a body"
        spots: list[tuple[str, _Spot]] = []
        anchors: dict[str, int] = {}
        walk = etree.iterwalk(body, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                name = element.get("id")
                if name:
                    anchors[name] = len(spots)
                if element.tag in _IMAGES:
                    # On paper an image counts with what describes it.
                    spots += ((letter, _Spot(element, None)) for letter in squeezed(description(element) or ""))
                    walk.skip_subtree()
                else:
                    spots += _letters(element, element.text, is_tail=False)
            elif element is not body:
                spots += _letters(element, element.tail, is_tail=True)
        return cls(body, "".join(letter for letter, _ in spots), tuple(spot for _, spot in spots), anchors)


def _letters(element: etree._Element, text: str | None, *, is_tail: bool) -> Iterator[tuple[str, _Spot]]:
    for offset, letter in enumerate(text or ""):
        if squeezed(letter):
            yield letter, _Spot(element, offset, is_tail)


def _page_starts(passages: Sequence[Passage]) -> dict[int, int]:
    """The position of each page's first character in the squeezed text of all passages."""
    starts: dict[int, int] = {}
    at = 0
    for passage in passages:
        starts.setdefault(passage.page, at)
        at += len(squeezed(passage.text))
    return starts


def _matched(passages: Sequence[Passage], starts: dict[int, int], book: _Book) -> Iterator[tuple[int, int]]:
    """Each page with the position of its beginning in the book."""
    text = "".join(squeezed(passage.text) for passage in passages)
    ours, theirs = _common_anchors(passages, book)
    ours.append(len(text))
    theirs.append(len(book.text))
    for page, start in starts.items():
        part = max(bisect_right(ours, start, hi=len(ours) - 1) - 1, 0)
        a, b = text[ours[part] : ours[part + 1]], book.text[theirs[part] : theirs[part + 1]]
        yield page, theirs[part] + _counterpart(a, b, start - ours[part])


def _common_anchors(passages: Sequence[Passage], book: _Book) -> tuple[list[int], list[int]]:
    """The positions in both texts of the anchors that both have, in an order that both agree on."""
    ours, theirs = [0], [0]
    at = 0
    last = ""
    for passage in passages:
        there = book.anchors.get(passage.anchor)
        if passage.anchor != last and there is not None and there >= theirs[-1]:
            ours.append(at)
            theirs.append(there)
        last = passage.anchor
        at += len(squeezed(passage.text))
    return ours, theirs


def _counterpart(a: str, b: str, at: int) -> int:
    """The position in `b` of what stands at that position in `a`, or else of what follows it."""
    if a[:at] == b[:at] and a[at : at + 1] == b[at : at + 1]:
        return at
    rest = len(a) - at
    if rest <= len(b) and b.endswith(a[at:]):
        return len(b) - rest
    for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks():
        if at < block.a + block.size:
            return block.b + max(at - block.a, 0)
    return len(b)


def _mark(book: _Book, at: int, mark: etree._Element) -> None:
    """Puts the mark before that character: between blocks if it begins one, within its line otherwise."""
    if at >= len(book.spots):
        mark.tag = f"{_XHTML}div"
        book.body[-1].append(mark)
        return
    spot = book.spots[at]
    begun = _begun_by(spot)
    around = None if begun is None else begun.getparent()
    if begun is not None and around is not None:
        if around.tag in _FLOW:
            mark.tag = f"{_XHTML}div"
        _put_before(begun, mark)
    elif spot.is_tail:
        text = spot.element.tail or ""
        spot.element.addnext(mark)
        spot.element.tail, mark.tail = text[: spot.offset], text[spot.offset :]
    else:
        text = spot.element.text or ""
        spot.element.insert(0, mark)
        spot.element.text, mark.tail = text[: spot.offset], text[spot.offset :]


def _put_before(element: etree._Element, mark: etree._Element) -> None:
    """Before the element, and before the marks of later pages that stand there already."""
    while (previous := element.getprevious()) is not None and previous.get("role") == _ROLE and not previous.tail:
        element = previous
    element.addprevious(mark)


def _begun_by(spot: _Spot) -> etree._Element | None:
    """The element that begins with this character and that a mark may stand before; None if there is none."""
    element = spot.element
    if spot.is_tail or (spot.offset and (element.text or "")[: spot.offset].strip()):
        return None
    found = None
    while (around := element.getparent()) is not None:
        if around.tag in _FLOW:
            return element
        if element.tag in _INLINE:
            found = element
        if (around.text or "").strip() or around[0] is not element:
            return found
        element = around
    return found
