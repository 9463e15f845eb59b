"""EPUB -> Reading: the text of the spine's content documents, as a reading system lays it out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from lxml import etree

from atlas_print.counting import counted
from atlas_print.prove.epub.package import open_book
from atlas_print.prove.epub.shown import Styled, styled
from atlas_print.prove.reading.book import LANG, SVG, TYPE, XHTML, Document, Spot, place, spot
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.limits import NotTold, bounded
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import Builder

_TAGS = {
    Role.HEADING: "h1 h2 h3 h4 h5 h6",
    Role.PARAGRAPH: "p pre",
    Role.LIST: "ul ol dl menu",
    Role.ITEM: "li",
    Role.TERM: "dt",
    Role.DEFINITION: "dd",
    Role.QUOTE: "blockquote",
    Role.TABLE: "table",
    Role.ROW: "tr",
    Role.HEADER_CELL: "th",
    Role.CELL: "td",
    Role.CAPTION: "figcaption caption",
    Role.FIGURE: "img svg",
    Role.LINK: "a",
    Role.GROUP: "body main section article aside nav header footer div figure hgroup address details summary"
    " thead tbody tfoot fieldset form",
}
_ROLE_OF_TAG = {tag: role for role, tags in _TAGS.items() for tag in tags.split()}
_SAME_NAMES = (Role.HEADING, Role.LIST, Role.LINK, Role.TABLE, Role.ROW, Role.CELL, Role.TERM, Role.DEFINITION)
_ROLE_OF_ARIA = {
    **{role.value: role for role in _SAME_NAMES},
    "listitem": Role.ITEM,
    "columnheader": Role.HEADER_CELL,
    "rowheader": Role.HEADER_CELL,
    "img": Role.FIGURE,
    "doc-pagebreak": Role.PAGE_BREAK,
}
_BLOCKS = frozenset(_ROLE_OF_TAG) - {"a", "img", "svg"}
_UNSEEN = frozenset("head script style template noscript audio video object iframe canvas math rp".split())
_STRUCK = frozenset(("del", "s", "strike"))
_NEVER_SHOWN = frozenset("nav script style template".split())
_SHOWN = 60
"""Characters of hidden words that are told."""
_RAISED = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


@bounded
def read_epub(data: bytes) -> Reading:
    """What an EPUB says in the order of its spine.

    What is hidden by an attribute or a style, from eyes or from a voice, is left out, and so are the names of page
    breaks, which are no words of the text. Raises UnreadableError for a file that is no EPUB.
    """
    book = open_book(data)
    look = styled(book)
    walk = _Walk(book.documents, look)
    return replace(
        walk.reading(),
        book=book,
        anchors=walk.anchors,
        spoken=tuple(book.languages()),
        languages=tuple(walk.languages),
        names=tuple(walk.names),
        struck=tuple(walk.struck),
        generated=tuple(walk.generated),
        not_told=(*look.not_told, *walk.not_told),
    )


class _Walk:
    """A walk through the content documents."""

    def __init__(self, documents: Sequence[Document], look: Styled) -> None:
        self._look = look
        self.anchors: dict[Spot, Element] = {}
        self.languages: list[tuple[Element, str]] = []
        self.names: list[tuple[Element, str]] = []
        self.generated: list[tuple[Element, str]] = []
        self.struck: list[Element] = []
        self.not_told: list[NotTold] = []
        self._documents = documents
        self._builder = Builder()
        self._path = ""
        self._links: list[tuple[Element, Spot]] = []
        self._described: list[tuple[Element, Spot]] = []

    def reading(self) -> Reading:
        for document in self._documents:
            self._path = document.path
            body = document.root.find(f"{XHTML}body")
            if body is not None:
                self._element(body)
        for link, target in self._links:
            link.target = self.anchors.get(target)
        result = self._builder.result()
        # What stands for a figure is what describes it; its own name only says that there is one.
        for figure, target in self._described:
            words = self.anchors.get(target)
            figure.alt = "" if words is None else result.excerpt(words.start, words.end)
        return result

    def _element(self, node: etree._Element, number: str = "") -> None:
        tag = etree.QName(node).localname
        if tag in ("br", "hr"):
            self._builder.space()
            return
        words = _words(node)
        if tag in _UNSEEN or node in self._look.gone or _is_hidden(node):
            self._unread(node)
            return
        element = self._builder.open(_role(node, tag, words), place(self._path, node))
        role = element.role
        element.number = "" if node in self._look.unnumbered else number
        self.generated += ((element, said) for said in self._look.generated.get(node, ()))
        language = node.get(LANG) or node.get("lang")
        if language:
            self.languages.append((element, language))
        name = node.get("id")
        if name is not None:
            self.anchors.setdefault((self._path, name), element)
        if tag == "body":
            self.anchors.setdefault((self._path, ""), element)
        if tag in _STRUCK:
            self.struck.append(element)
        if role is Role.HEADING:
            level = node.get("aria-level") or tag[1:]
            element.level = int(level) if level.isdigit() else 2
        if role is Role.LINK:
            element.address = node.get("href", "").strip()
            led = spot(self._path, element.address)
            self._links += [(element, led)] if led is not None else []
        if tag == "bdo":
            self.not_told.append(NotTold(place(self._path, node), "letters in an order of their own"))
        if role is Role.PAGE_BREAK:
            element.alt = node.get("aria-label") or node.get("title") or ""
        elif role is not Role.FIGURE and node.get("aria-label"):
            self.names.append((element, node.get("aria-label", "")))
        if role is Role.FIGURE:
            element.alt = _alternative(node)
            details = node.get("aria-details")
            if details and element.alt:
                self.names.append((element, element.alt))
                self._described.append((element, (self._path, details)))
            if tag not in ("img", "svg"):
                self._unread(node)
        elif not words & {"doc-pagebreak", "pagebreak"}:
            self._content(node, tag)
        else:
            self._unread(node)
        self._builder.close()

    def _unread(self, node: etree._Element) -> None:
        """What stands in an element that is left out: some reader may get it."""
        tag = etree.QName(node).localname
        text = "".join(map(str, node.itertext())) if tag not in _NEVER_SHOWN else ""
        if any(map(str.isalpha, text)):
            told = " ".join(text.split())[:_SHOWN]
            self.not_told.append(NotTold(place(self._path, node), f"“{told}”, which is hidden or struck out"))

    def _content(self, node: etree._Element, tag: str) -> None:
        numbers = _numbers(node) if tag == "ol" else {}
        is_seen = node not in self._look.unseen
        if is_seen:
            self._builder.add(self._said(node, tag))
        for child in node:
            if isinstance(child.tag, str):
                self._element(child, numbers.get(child, ""))
            if is_seen:
                self._builder.add(child.tail or "")
        if not is_seen:
            self._unread(node)

    def _said(self, node: etree._Element, tag: str) -> str:
        """The first words of an element; digits that are raised or lowered behind others are another number."""
        text = node.text or ""
        if tag in ("sup", "sub") and self._builder.last.isdigit():
            return text.translate(_RAISED if tag == "sup" else _LOWERED)
        return text


def _role(node: etree._Element, tag: str, words: set[str]) -> Role:
    role = next((_ROLE_OF_ARIA[word] for word in words if word in _ROLE_OF_ARIA), _ROLE_OF_TAG.get(tag, Role.INLINE))
    if words & {"none", "presentation"} and tag in _BLOCKS:
        return Role.GROUP
    return Role.INLINE if role is Role.LINK and node.get("href") is None else role


def _words(node: etree._Element) -> set[str]:
    """The words of `role` and `epub:type`."""
    return {*node.get("role", "").split(), *node.get(TYPE, "").split()}


def _is_hidden(node: etree._Element) -> bool:
    """Whether an attribute takes an element from eyes or voices."""
    # A reader may not know that there is more, or have no way to open it.
    is_closed = node.tag in (f"{XHTML}dialog", f"{XHTML}details") and node.get("open") is None
    is_out = node.get("hidden") is not None or node.get("inert") is not None
    return is_closed or is_out or node.get("aria-hidden", "").strip().lower() == "true"


def _alternative(node: etree._Element) -> str:
    given = node.get("alt") or node.get("aria-label")
    if given:
        return given
    names = (node.findtext(f"{SVG}{tag}") or "" for tag in ("title", "desc"))
    return " ".join(" ".join(names).split())


def _numbers(node: etree._Element) -> dict[etree._Element, str]:
    """The number that a reading system shows at each item of an ordered list."""
    items = [child for child in node if child.tag == f"{XHTML}li"]
    step = -1 if node.get("reversed") is not None else 1
    number = _integer(node.get("start"), len(items) if step < 0 else 1)
    numbers = {}
    for item in items:
        number = _integer(item.get("value"), number)
        numbers[item] = counted(number, node.get("type", "1"))
        number += step
    return numbers


def _integer(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"[+-]?\d{1,9}", text.strip()) else otherwise
