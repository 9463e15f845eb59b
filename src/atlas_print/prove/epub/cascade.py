"""What the style sheets of a book make of its elements: which show nothing, and what is shown beside their words."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import cssselect2
from lxml import etree
from tinycss2.color4 import Color

from atlas_print.prove.epub.generated import Counters, Generated
from atlas_print.prove.epub.hiding import ground, has_no_size, hides, is_unreadable, opaque
from atlas_print.prove.epub.styles import Rule, own_values, rules
from atlas_print.prove.reading.book import XHTML, Book
from atlas_print.prove.reading.limits import Part, spend

_A_COMPILATION = 500
"""Steps that a selector takes before it is looked for."""
_A_CHILD = 10
"""Steps that the library takes to each child of an element."""
_BESIDE = ("before", "after", "marker")
# Numbers run from left to right in every script.
_RIGHT_TO_LEFT, _LEFT_TO_RIGHT = frozenset(("R", "AL")), frozenset(("L", "EN", "AN"))
_PICTURES = frozenset((f"{XHTML}img", "{http://www.w3.org/2000/svg}svg"))


@dataclass(frozen=True, slots=True)
class Styled:
    """Elements that eyes or voices don't get as they stand, and what style sheets show beside others.

    `numbers` is what counts the items of lists whose own numbers a style sheet takes away, "" for nothing.
    """

    hidden: set[etree._Element] = field(default_factory=set)
    generated: dict[etree._Element, Generated] = field(default_factory=dict)
    numbers: dict[etree._Element, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Around:
    """What an element takes over from the one around it: colours, None where the reader's own are shown."""

    colour: Color | None = None
    ground: Color | None = None
    list_style: str = ""


def styled(book: Book) -> Styled:
    """What all sheets and attributes do to the elements of a book.

    A rule counts as hiding whichever it may yield to, and under any condition: some reader may see less. Colours and
    what is shown beside an element are those of the rules without conditions.
    """
    matcher: cssselect2.Matcher[Rule] = cssselect2.Matcher()
    for rule in rules(book):
        for selector in rule.selectors:
            for compiled in _compiled(selector):
                matcher.add_selector(compiled, rule)
    found = Styled()
    for document in book.documents:
        _Look(matcher, found).walk(_Counted.from_html_root(document.root))
    return found


class _Counted(cssselect2.ElementWrapper):  # type: ignore[misc]  # cssselect2 has no types
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


def _compiled(selector: str) -> Iterator[cssselect2.compiler.CompiledSelector]:
    spend(Part.STEPS, _A_COMPILATION)
    try:
        yield from cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError:
        return


class _Look:
    """A walk through a document with what its rules say."""

    def __init__(self, matcher: "cssselect2.Matcher[Rule]", found: Styled) -> None:
        self._matcher = matcher
        self._found = found
        self._counters = Counters()

    def walk(self, root: cssselect2.ElementWrapper) -> None:
        # Without calls within calls: a file may nest its elements as deep as it likes.
        waiting: list[tuple[cssselect2.ElementWrapper | None, _Around]] = [(root, _Around())]
        while waiting:
            element, around = waiting.pop()
            if element is None:
                self._counters.leave()
                continue
            inner = self._element(element, around)
            self._counters.enter()
            waiting.append((None, around))
            waiting += [(child, inner) for child in reversed(list(element.iter_children()))]

    def _element(self, element: cssselect2.ElementWrapper, around: _Around) -> _Around:
        node = element.etree_element
        matched = [(beside, rule) for _, _, beside, rule in self._matcher.match(element)]
        own = own_values(node.get("style", ""))
        sets = [*(rule.values for beside, rule in matched if beside is None), own]
        merged: dict[str, str] = {}
        for beside, rule in matched:
            if beside is None and not rule.is_conditional:
                merged |= rule.values
        merged |= own
        inner = _Around(
            _colour(merged, around.colour),
            _ground(merged, around.ground),
            merged.get("list-style-type", merged.get("list-style", around.list_style)).lower(),
        )
        if (
            any(map(hides, (*sets, merged)))
            or (node.tag in _PICTURES and any(map(has_no_size, sets)))
            or is_turned_round(node, merged)
            or any(_is_blank(values) for values in sets)
            or (inner != around and _is_same(inner.colour, inner.ground))
        ):
            self._found.hidden.add(node)
        self._beside(node, matched, merged, inner)
        return inner

    def _beside(
        self,
        node: etree._Element,
        matched: list[tuple[str | None, Rule]],
        values: Mapping[str, str],
        inner: _Around,
    ) -> None:
        """What is shown before and behind the words of an element."""
        self._counters.count(values)
        shown = Generated()
        said: list[str] = []
        for name in _BESIDE:
            merged: dict[str, str] = {}
            for beside, rule in matched:
                if beside == name:
                    # Which of them wins is for a reader to say: none may have words.
                    said += (self._counters.content(value, node)[1] for value in rule.contents)
                if beside == name and not rule.is_conditional:
                    merged |= rule.values
            if merged:
                self._counters.count(merged)
                if not hides(merged):
                    shown = shown.with_part(name, *self._counters.content(merged.get("content", ""), node))
        shown = replace(shown, words=tuple(dict.fromkeys((*shown.words, *filter(str.strip, said)))))
        if shown != Generated():
            self._found.generated[node] = shown
        is_item = values.get("display", "list-item") in ("list-item", "flow-root list-item")
        if node.tag == f"{XHTML}li" and (shown.marker or not is_item or is_unnumbered(inner.list_style)):
            self._found.numbers[node] = shown.number


def is_unnumbered(list_style: str) -> bool:
    """Whether a list with that style shows no numbers."""
    return bool({"none", "disc", "circle", "square"}.intersection(list_style.split()))


def is_turned_round(node: etree._Element, values: Mapping[str, str]) -> bool:
    """Whether the letters of an element run against their direction."""
    if node.tag == f"{XHTML}bdo":
        direction = node.get("dir", "")
    elif values.get("unicode-bidi", "").endswith("-override"):
        direction = values.get("direction", node.get("dir", ""))
    else:
        return False
    against = {"rtl": _LEFT_TO_RIGHT, "ltr": _RIGHT_TO_LEFT}.get(direction.strip().lower(), frozenset())
    return any(unicodedata.bidirectional(sign) in against for sign in "".join(map(str, node.itertext())))


def _is_blank(values: Mapping[str, str]) -> bool:
    """Whether one rule sets words in the colour that it sets behind them."""
    return _is_same(_colour(values, None), _ground(values, None))


def _is_same(colour: Color | None, behind: Color | None) -> bool:
    return colour is not None and behind is not None and is_unreadable(colour, behind)


def _colour(values: Mapping[str, str], around: Color | None) -> Color | None:
    return opaque(values["color"]) if "color" in values else around


def _ground(values: Mapping[str, str], around: Color | None) -> Color | None:
    value = ground(values)
    # Something else than a colour, such as a picture: nobody knows what is behind the words.
    return around if value is None else opaque(value)
