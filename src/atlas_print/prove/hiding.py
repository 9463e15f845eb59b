"""Which elements of a book no reading system shows, or no voice is told."""

import re
from collections.abc import Iterator
from typing import Any

import cssselect2
from lxml import etree

from atlas_print.prove.book import Book
from atlas_print.prove.limits import Part, spend
from atlas_print.prove.styles import declarations

_NOTHING = re.compile(r"0*(?:\.0*)?(?:px|pt|em|rem|ex|ch|%|in|cm|mm)?")
_FAR = re.compile(r"-\s*\d{3,}(?:\.\d+)?(?:px|pt|em|rem|ex|ch|%|in|cm|mm)?")
_VALUES = {
    "display": re.compile("none"),
    "visibility": re.compile("hidden|collapse"),
    "opacity": _NOTHING,
    "font-size": _NOTHING,
    "color": re.compile(r"transparent|(?:rgb|hsl)a?\(.*[,/]\s*0*(?:\.0*)?%?\s*\)|#[0-9a-f]{3}0|#[0-9a-f]{6}00"),
    "text-indent": _FAR,
    "clip": re.compile(r"rect\(\s*(?:0|1px)[\s,].*\)"),
    "clip-path": re.compile(r"(?:inset\(\s*(?:50|100)%.*|circle\(\s*0.*)\)"),
    "transform": re.compile(r"scale[xy]?\(\s*0\s*[,)].*"),
}
_A_COMPILATION = 500
"""Steps that a selector takes before it is looked for."""
_A_CHILD = 10
"""Steps that the library takes to each child of an element."""
_PLACES = frozenset("left right top bottom margin margin-left margin-top inset-inline-start".split())


def hides(name: str, value: str) -> bool:
    """Whether a declaration, in lower case, takes what it is about from the reader's eyes."""
    # Between two blanks a pattern could break off in as many places as there are blanks.
    value = " ".join(value.removesuffix("!important").split())
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
            for element in _Counted.from_html_root(document.root).iter_subtree():
                spend(Part.STEPS, len(rules))
                if any(rule.test(element) for rule in rules):
                    found.add(element.etree_element)
    return frozenset(found)


class _Counted(cssselect2.ElementWrapper):  # type: ignore[misc]
    """An element that counts how far a selector looks around: one may look from each element at all of them."""

    @property
    def ancestors(self) -> Iterator[cssselect2.ElementWrapper]:
        above = self.parent
        while above is not None:
            spend(Part.STEPS)
            yield above
            above = above.parent

    @property
    def previous_siblings(self) -> Iterator[cssselect2.ElementWrapper]:
        before = self.previous
        while before is not None:
            spend(Part.STEPS)
            yield before
            before = before.previous

    @property
    def etree_siblings(self) -> list[Any]:
        spend(Part.STEPS, len(self._siblings))
        return self._siblings

    @etree_siblings.setter
    def etree_siblings(self, siblings: list[Any]) -> None:
        self._siblings = siblings

    def iter_children(self) -> Iterator[cssselect2.ElementWrapper]:
        for child in super().iter_children():
            spend(Part.STEPS, _A_CHILD)
            yield child


def _rules(book: Book) -> Iterator[cssselect2.compiler.CompiledSelector]:
    for found in declarations(book):
        if not found.is_of_element and found.selectors and hides(found.name, found.value):
            for selector in found.selectors:
                spend(Part.STEPS, _A_COMPILATION)
                try:
                    yield from cssselect2.compile_selector_list(selector)
                except cssselect2.SelectorError:
                    continue
