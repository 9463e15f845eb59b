"""What the style sheets of a book make of its elements: whose words a reader sees, and what is shown beside them.

Whatever some reader does not see, by any condition of a style sheet, is not seen.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import tinycss2
from lxml import etree
from tinycss2.color4 import Color

from atlas_print.prove.epub.cascade import Cascade, Specified
from atlas_print.prove.epub.computed import Computed, computed, cuts, has_no_size, is_gone, is_unknown, pixels
from atlas_print.prove.reading.book import SVG, XHTML, Book, Document, place
from atlas_print.prove.reading.limits import NotTold

_WHITE, _BLACK = Color("srgb", (1.0, 1.0, 1.0), 1.0), Color("srgb", (0.0, 0.0, 0.0), 1.0)
_PICTURES = frozenset((f"{XHTML}img", f"{SVG}svg"))
_NO_NUMBERS = re.compile(r"none|disc|circle|square|(?:lower|upper)-.*|[\"'].*")
"""Styles of lists that count with bullets, letters or Roman numbers."""
_Given: TypeAlias = Mapping[str, Mapping[str, str]]
_PSEUDO_ELEMENTS = ("before", "after", "marker")
_FIRST = ("first-letter", "first-line")


@dataclass(frozen=True, slots=True)
class Styled:
    """What style sheets do to the elements of a book.

    `gone` are those of which nothing is read, `unseen` those whose own words are not, though some of an element in them
    may be; `generated` has the words that are shown beside others, `unnumbered` items of lists that lose their numbers.
    """

    gone: set[etree._Element] = field(default_factory=set)
    unseen: set[etree._Element] = field(default_factory=set)
    generated: dict[etree._Element, list[str]] = field(default_factory=dict)
    unnumbered: set[etree._Element] = field(default_factory=set)
    not_told: list[NotTold] = field(default_factory=list)


def styled(book: Book) -> Styled:
    """What all sheets and attributes do to the elements of a book."""
    found = Styled()
    cascade = Cascade(book)
    for document in book.texts:
        for condition, specified in cascade.specified(document).items():
            _inherit(document, condition, specified, found)
    found.not_told.extend(cascade.not_told)
    return found


def _inherit(document: Document, condition: str, specified: Specified, found: Styled) -> None:
    """What each element of a document is under one condition, with what it inherits."""
    # A reader that asks for dark pages shows white on black.
    paper = Computed(_WHITE, _BLACK) if "dark" in condition else Computed(_BLACK, _WHITE)
    inherited: dict[etree._Element | None, Computed] = {None: paper}
    for node in document.root.iter("{*}*"):
        around = inherited[node.getparent()]
        tag = etree.QName(node).localname
        given = specified.get(node, {})
        inner = inherited[node] = computed(given.get("", {}), around, tag) if given or tag == "ol" else around
        if inner is around and tag != "li":
            if node.getparent() in found.unseen:
                found.unseen.add(node)
        else:
            _look(document, node, given, inner, found)


def _look(document: Document, node: etree._Element, given: _Given, inner: Computed, found: Styled) -> None:
    values = given.get("", {})
    first = [(given[name], computed(given[name], inner, "")) for name in _FIRST if name in given]
    if is_gone(values, inner.font_size) or (node.tag in _PICTURES and has_no_size(values)):
        found.gone.add(node)
    elif inner.is_unseen or any(is_gone(its, of.font_size) or of.is_unseen for its, of in first):
        found.unseen.add(node)
    elif node.tag in _PICTURES or any(map(str.isalnum, "".join(map(str, node.itertext())))):
        unknown = [f"{name}: {value[:80]}" for name, value in values.items() if is_unknown(name, value)]
        heights = (values.get(name, "") for name in ("height", "max-height"))
        unknown += [f"height: {height}" for height in heights if cuts(values) and pixels(height) is not None]
        found.not_told.extend(NotTold(place(document.path, node), what) for what in unknown)
    counters: set[str] = set()
    for name in _PSEUDO_ELEMENTS:
        content = given.get(name, {}).get("content", "none")
        if content not in ("none", "normal") and given[name].get("display") != "none":
            words = _generated(content, node, counters)
            if words.strip() and words not in found.generated.setdefault(node, []):
                found.generated[node].append(words)
    shows_own = values.get("display", "list-item").endswith("list-item") and "marker" not in given
    counted = {values.get("counter-increment", "").removesuffix(" 1")}
    if (_NO_NUMBERS.fullmatch(inner.list_style) or not shows_own) and not counters & counted:
        found.unnumbered.add(node)


def _generated(content: str, node: etree._Element, counters: set[str]) -> str:
    """The words that a value of `content` shows; the names of what it counts are added to `counters`."""
    words = ""
    for token in tinycss2.parse_component_value_list(content, skip_comments=True):
        if token.type == "string":
            words += token.value
        elif token.type == "function":
            name = next((str(it.value) for it in token.arguments if it.type == "ident"), "")
            if token.lower_name == "attr":
                words += node.get(name, "")
            elif token.lower_name.startswith("counter"):
                counters.add(name)
    return words
