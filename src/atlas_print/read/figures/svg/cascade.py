"""The style sheets of a drawing, and what they, its style attributes and its presentation attributes declare."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from atlas_print.read.figures.svg.report import Report, local

_SHOWN_MEDIA = re.compile(r"(?:only\s+)?(?:all|screen|print)?", re.IGNORECASE)
"""Media of a drawing on a page or a screen, without a condition such as dark colours."""
_FONTS = re.compile(r"font|typekit", re.IGNORECASE)
_FONT_SIZE = re.compile(
    r"(?P<before>.*?)(?:^|(?<=\s))(?P<size>(?:[\d.]+(?:px|pt|pc|mm|cm|in|em|rem|ex|%)|(?:xx?|)-?(?:small|large)|medium|larger"
    r"|smaller))(?:\s*/\s*\S+)?\s+(?P<family>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_WEIGHT = re.compile(r"(?<![\w-])(bold|bolder|lighter|[1-9]00)(?![\w-])", re.IGNORECASE)
_OUTSIDE = "put the style sheet into the drawing: a drawing may only refer to its own parts"


class Cascade:
    """What is declared for each element of a drawing, by the rules of CSS."""

    def __init__(self, root: etree._Element, report: Report) -> None:
        self._matcher = cssselect2.Matcher()
        self._wrapped: dict[etree._Element, Any] = {}
        has_rules = False
        for style in (it for it in root.iter("*") if local(it) == "style"):
            if _is_shown(style.get("media") or ""):
                rules = tinycss2.parse_stylesheet("".join(map(str, style.itertext())), True, True)
                has_rules |= self._add(rules, style, report)
        if has_rules:
            wrapped = cssselect2.ElementWrapper.from_xml_root(root)
            self._wrapped = {it.etree_element: it for it in wrapped.iter_subtree()}

    def declared(self, element: etree._Element) -> Mapping[str, str]:
        """Each property that is declared for the element, with the value that wins."""
        found: list[tuple[bool, int, tuple[int, int, int], int, str, str]] = []
        for key, value in element.attrib.items():
            if not str(key).startswith("{"):
                found.append((False, 0, (0, 0, 0), 0, str(key), str(value).strip()))
        wrapped = self._wrapped.get(element)
        for specificity, order, pseudo, declarations in () if wrapped is None else self._matcher.match(wrapped):
            if pseudo is None:
                found += [(important, 1, specificity, order, name, value) for name, value, important in declarations]
        if element.get("style"):
            given = tinycss2.parse_blocks_contents(element.get("style"), True, True)
            found += [(important, 2, (0, 0, 0), 0, name, value) for name, value, important in _declarations(given)]
        # Later ones of the same weight win, so the order in which they stand is kept.
        return {name: value for *_, name, value in sorted(found, key=lambda it: it[:4])}

    def _add(self, rules: Iterable[Any], style: etree._Element, report: Report) -> bool:
        """Takes up rules; whether there were any."""
        found = False
        for rule in rules:
            if rule.type == "at-rule" and rule.lower_at_keyword == "media" and rule.content is not None:
                if _is_shown(tinycss2.serialize(rule.prelude)):
                    found |= self._add(tinycss2.parse_rule_list(rule.content, True, True), style, report)
            elif rule.type == "at-rule" and rule.lower_at_keyword == "import":
                address = tinycss2.serialize(rule.prelude).strip()
                # Faces are the house's anyway.
                if not _FONTS.search(address):
                    report.refuse(style, "svg-link", f"the SVG loads a style sheet: {address[:60]}", _OUTSIDE)
            elif rule.type == "qualified-rule":
                try:
                    selectors = cssselect2.compile_selector_list(rule.prelude)
                except cssselect2.SelectorError:
                    # One that no browser knows drops its rule there, too.
                    continue
                declarations = list(_declarations(tinycss2.parse_blocks_contents(rule.content, True, True)))
                for selector in selectors:
                    self._matcher.add_selector(selector, declarations)
                found = True
        return found


def _is_shown(media: str) -> bool:
    return any(_SHOWN_MEDIA.fullmatch(part.strip()) for part in media.split(","))


def _declarations(given: Iterable[Any]) -> Iterator[tuple[str, str, bool]]:
    """Property, value and whether it is important; shorthands as what they stand for."""
    for it in given:
        if it.type != "declaration":
            continue
        value = tinycss2.serialize(it.value).strip()
        name = it.name if it.name.startswith("--") else it.lower_name
        if name == "font":
            for part, own in _font(value):
                yield part, own, it.important
        elif name == "marker":
            for part in ("marker-start", "marker-mid", "marker-end"):
                yield part, value, it.important
        else:
            yield name, value, it.important


def _font(value: str) -> Iterator[tuple[str, str]]:
    """The parts of `font` that matter here: its size and its weight."""
    found = _FONT_SIZE.fullmatch(value)
    if found:
        weight = _WEIGHT.search(found["before"])
        yield "font-weight", weight[1] if weight else "normal"
        yield "font-size", found["size"]
