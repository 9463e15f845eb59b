"""Which elements of a book no reading system shows, or no voice is told."""

import re
from collections.abc import Iterator

import cssselect2
from lxml import etree

from atlas_print.prove.book import Book
from atlas_print.prove.styles import declarations

_NOTHING = re.compile(r"0*\.?0*(?:px|pt|em|rem|ex|ch|%|in|cm|mm)?")
_FAR = re.compile(r"-\s*\d{3,}(?:\.\d+)?(?:px|pt|em|rem|ex|ch|%|in|cm|mm)?")
_VALUES = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "opacity": _NOTHING,
    "font-size": _NOTHING,
    "color": re.compile(r"transparent|(?:rgb|hsl)a?\(.*[,/]\s*0*\.?0*%?\s*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00"),
    "text-indent": _FAR,
    "clip": re.compile(r"rect\(\s*(?:0|1px)[\s,].*\)"),
    "clip-path": re.compile(r"(?:inset\(\s*(?:50|100)%.*|circle\(\s*0.*)\)"),
    "transform": re.compile(r"scale[xy]?\(\s*0\s*[,)].*"),
}
_PLACES = frozenset("left right top bottom margin margin-left margin-top inset-inline-start".split())


def hides(name: str, value: str) -> bool:
    """Whether a declaration, in lower case, takes what it is about from the reader's eyes."""
    value = value.removesuffix("!important").strip()
    if name in _PLACES:
        return any(_FAR.fullmatch(part) for part in value.split())
    pattern = _VALUES.get(name)
    return pattern is not None and pattern.fullmatch(value) is not None


def hidden_by_styles(book: Book) -> frozenset[etree._Element]:
    """The elements that a rule of a style sheet hides, whichever rule it may yield to: a reader may see less."""
    rules = list(_rules(book))
    found: set[etree._Element] = set()
    if rules:
        for document in book.documents:
            wrapper = cssselect2.ElementWrapper.from_html_root(document.root)
            for element in wrapper.iter_subtree():
                if any(rule.test(element) for rule in rules):
                    found.add(element.etree_element)
    return frozenset(found)


def _rules(book: Book) -> Iterator[cssselect2.compiler.CompiledSelector]:
    for found in declarations(book):
        if not found.is_of_element and found.selectors and hides(found.name, found.value):
            for selector in found.selectors:
                try:
                    yield from cssselect2.compile_selector_list(selector)
                except cssselect2.SelectorError:
                    continue
