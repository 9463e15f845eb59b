"""Which declarations of a book's style sheets apply to each of its elements (CSS Cascade 4).

css-inline has a browser's selectors and cascade, those of Servo. It takes HTML, so what it gets is a bare copy of a
document: tags and attributes without words, each element numbered in its `style`. It gets no values, only numbers of
values, and of the declarations only those that can hide words, add to them, or put them in another order or colour;
shorthands are written out. Nothing is fetched.

- A pseudo-element's declarations are given to its element under names of their own (`before-content`).
- What a condition is around (`@media`, `@supports`, `media`) may apply to one reader and not to another: a document is
  cascaded without all conditional rules, and once more with those of each condition. What any of these takes from a
  reader is not read.
- Selectors, at-rules and values that nobody here can weigh are told as such.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from itertools import groupby
from typing import Any

import css_inline
import tinycss2
from lxml import etree

from atlas_print.prove.epub.properties import is_narrow, weighed
from atlas_print.prove.reading.book import TYPE, XHTML, Book, Document, place, spot
from atlas_print.prove.reading.limits import NotTold, Part, spend

_AN_ELEMENT = 60
"""Steps that an element takes, beside those of the declarations that it is held against."""
_DEEPEST = 8
"""Sheets that import each other."""
_MOST_CONDITIONS = 12
_KNOWN = frozenset(
    "root empty first-child last-child only-child nth-child nth-last-child first-of-type last-of-type only-of-type"
    " nth-of-type nth-last-of-type not link any-link".split()
)
_OF_A_MOMENT = frozenset("hover focus active visited target focus-within focus-visible checked disabled".split())
"""States that no page is in when it is opened."""
_PSEUDO = re.compile(r"(.*?)(?:::?(before|after|first-letter|first-line)|::([\w-]+))$", re.DOTALL | re.IGNORECASE)
_STATE = re.compile(r"(?<!:):([\w-]+)")
_QUOTED = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'")
_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)'"]*?))\s*\)""", re.IGNORECASE)
_IMPORTED = re.compile(r"""(?:url\()?\s*["']?([^"')\s]+)["']?\s*\)?(.*)""", re.DOTALL)
_IGNORED = frozenset(
    "font-face page charset namespace keyframes font-feature-values font-palette-values property".split()
)
_CONDITIONS = frozenset(("media", "supports", "container"))
_ALWAYS = re.compile(r"(?:only\s+)?(?:all|screen)|not\s+amzn-[\w-]+|")
_NEVER = re.compile(r"amzn-[\w-]+(?:\s.*)?|not\s+(?:all|screen)")
"""Media of the converters that make books for Kindle."""
_NUMBERED = re.compile(r"\d+")
_OURS = frozenset(("style", "data-css-inline"))
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_RAW = frozenset("script style template noscript iframe noframes noembed xmp plaintext textarea title select".split())
"""Elements whose content HTML takes for text, or for none of the page."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a style sheet, or the `style` attribute of one element (`is_own`), whose name is its selector then.

    `file` is where addresses start from, `place` where it stands, for a person. Each declaration has its name in lower
    case, its value as written, and whether it is important. `condition` is what `@media` and its like ask for, ""
    for nothing. An at-rule, such as `@font-face`, has its name as its selector.
    """

    file: str
    place: str
    selectors: tuple[str, ...]
    declarations: tuple[tuple[str, str, bool], ...]
    condition: str = ""
    is_own: bool = False

    @property
    def addresses(self) -> list[str]:
        """What it fetches, as written."""
        if self.selectors == ("@import",):
            found = _IMPORTED.match(self.declarations[0][1])
            return [found[1]] if found else []
        return ["".join(found) for _, value, _ in self.declarations for found in _ADDRESS.findall(value)]


@dataclass(frozen=True, slots=True)
class Specified:
    """What is declared for the elements of a document under one condition: by pseudo-element ("" for none), by name."""

    condition: str
    values: Mapping[etree._Element, Mapping[str, Mapping[str, str]]]


@dataclass(slots=True)
class Cascade:
    """The cascade of one book; `not_told` collects what could not be weighed."""

    book: Book
    not_told: list[NotTold] = field(default_factory=list)

    def specified(self, document: Document) -> list[Specified]:
        """What applies to each element of a document: without conditional rules first, then with each condition."""
        found = list(self._of(document))
        conditions = list(dict.fromkeys(rule.condition for rule in found if rule.condition))
        if len(conditions) > _MOST_CONDITIONS:
            self._unknown(document.path, f"{len(conditions)} conditions of style sheets")
        return [
            self._cascaded(document, [rule for rule in found if rule.condition in ("", condition)], condition)
            for condition in ("", *conditions[:_MOST_CONDITIONS])
        ]

    def _of(self, document: Document) -> Iterator[Rule]:
        """The rules of the sheets that a document asks for, in its order."""
        for before in document.root.itersiblings(etree.ProcessingInstruction, preceding=True):
            if str(before).startswith("<?xml-stylesheet"):
                self._unknown(document.path, str(before)[:80])
        for node in document.root.iter(f"{XHTML}link", f"{XHTML}style"):
            where, media = place(document.path, node), node.get("media", "").strip().lower()
            relation = node.get("rel", "").lower().split()
            if _NEVER.fullmatch(media) or (node.tag == f"{XHTML}link" and "stylesheet" not in relation):
                continue
            if node.tag == f"{XHTML}style":
                found = _rules(node.text or "", document.path, where)
            elif "alternate" in relation:
                continue
            else:
                found = self._sheet(document.path, where, node.get("href", ""))
            condition = "" if _ALWAYS.fullmatch(media) else media
            yield from (_under(rule, condition) for rule in found)

    def _sheet(self, base: str, where: str, address: str, depth: int = 0) -> Iterator[Rule]:
        led = spot(base, address)
        if led is None or depth > _DEEPEST:
            self._unknown(where, f"the style sheet {address[:80]}")
            return
        for rule in _rules(self.book.styles.get(led[0], b""), led[0], led[0]):
            if rule.selectors != ("@import",):
                yield rule
                continue
            _, asked, _ = rule.declarations[0]
            found = _IMPORTED.match(asked)
            other, condition = (found[1], found[2].strip().lower()) if found else (asked, "")
            condition = "" if _ALWAYS.fullmatch(condition) else condition
            yield from (_under(it, condition) for it in self._sheet(led[0], rule.place, other, depth + 1))

    def _cascaded(self, document: Document, rules: Sequence[Rule], condition: str) -> Specified:
        values: list[str] = []
        sheet = "".join(part for rule in rules for part in self._written(rule, values))
        nodes: list[etree._Element] = []
        copy = "".join(self._copied(document, nodes, values))
        inliner = css_inline.CSSInliner(inline_style_tags=False, load_remote_stylesheets=False, extra_css=sheet)
        found: dict[etree._Element, dict[str, dict[str, str]]] = {}
        for style in re.findall(r'style="([^"]*)"', inliner.inline(copy)):
            pairs = [pair.partition(":")[::2] for pair in style.split(";") if ":" in pair]
            given = {name.strip(): int(_NUMBERED.findall(number)[0]) for name, number in pairs}
            index = given.pop("--n", None)
            if index is None:
                continue  # an element that HTML added
            of_node = found.setdefault(nodes[index], {})
            for name, number in given.items():
                pseudo, dot, plain = name.rpartition("--")
                of_node.setdefault(pseudo.strip("-") if dot else "", {})[plain] = values[number]
        return Specified(condition, found)

    def _written(self, rule: Rule, values: list[str]) -> Iterator[str]:
        """A rule as css-inline gets it, for each of its selectors."""
        if rule.selectors[0].startswith("@"):
            if rule.selectors[0][1:] not in _IGNORED:
                self._unknown(rule.place, f"{rule.selectors[0]} {rule.declarations[0][1][:60]}".strip())
            return
        declared = list(weighed(rule.declarations))
        for selector in rule.selectors if declared else ():
            found = _PSEUDO.fullmatch(selector)
            base, pseudo = (found[1].strip(), (found[2] or found[3]).lower()) if found else (selector, "")
            base = f"{base} *" if base.endswith((">", "+", "~")) else base or "*"
            base = base.replace("epub|type", r"epub\:type")
            states = set(map(str.lower, _STATE.findall(_QUOTED.sub("", base))))
            if states & _OF_A_MOMENT or pseudo in ("selection", "-moz-selection"):
                continue
            if not states <= _KNOWN or re.search(r"[|&]|\bof\b.*\)", _QUOTED.sub("", base)):
                if not all(is_narrow(name, value) for name, value, _ in declared):
                    self._unknown(rule.place, f"the selector {selector[:80]}")
                continue
            start = f"--{pseudo}--" if pseudo else ""
            written = (
                f"{start}{name}:v{_kept(values, value)}{'!important' * weight}" for name, value, weight in declared
            )
            yield f"{base}{{{';'.join(written)}}}\n"

    def _copied(self, document: Document, nodes: list[etree._Element], values: list[str]) -> Iterator[str]:
        """A document as HTML without its words, its elements numbered."""
        yield "<!DOCTYPE html>"
        # Without calls within calls: a file may nest its elements as deep as it likes.
        waiting: list[etree._Element | str] = [document.root]
        declared = len(values)
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                yield node
                continue
            tag = etree.QName(node).localname
            if tag in _RAW:
                continue
            spend(Part.STEPS, _AN_ELEMENT + declared // 4)
            yield f"<{tag}{self._attributes(document, node, len(nodes), values)}>"
            nodes.append(node)
            if tag in _VOID:
                continue
            # Whether it is empty is all that a selector can ask of its text.
            yield "." if node.text and tag not in ("table", "tbody", "thead", "tfoot", "tr", "html") else ""
            waiting.append(f"</{tag}>")
            if tag != "head":
                waiting += reversed([child for child in node if isinstance(child.tag, str)])

    def _attributes(self, document: Document, node: etree._Element, number: int, values: list[str]) -> str:
        css = node.get("style")
        own = weighed(_own(css, document.path, "", node).declarations) if css else ()
        written = [f"{name}:v{_kept(values, value)}{'!important' * weight}" for name, value, weight in own]
        style = ";".join([f"--n:{number}", *written])
        named = {"epub:type": node.get(TYPE)} if node.get(TYPE) else {}
        named |= {str(name): str(value) for name, value in node.attrib.items() if str(name)[0] != "{"}
        plain = (f' {name}="{escape(value or "")}"' for name, value in named.items() if name not in _OURS)
        return "".join(plain) + f' style="{style}"'

    def _unknown(self, where: str, what: str) -> None:
        found = NotTold(where, what)
        if found not in self.not_told:
            self.not_told.append(found)


def all_rules(book: Book) -> Iterator[Rule]:
    """Every rule of a book, whether or not a document asks for it: in sheets, `style` elements and attributes."""
    for path, data in book.styles.items():
        yield from _rules(data, path, path)
    for document in book.texts:
        for node in document.root.iter(f"{XHTML}*"):
            css = node.get("style")
            if node.tag == f"{XHTML}style":
                yield from _rules(node.text or "", document.path, place(document.path, node))
            elif css:
                yield _own(css, document.path, place(document.path, node), node)


def _own(css: str, file: str, where: str, node: etree._Element) -> Rule:
    spend(Part.STYLES, len(css))
    parsed = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True) if css else []
    return Rule(file, where, (etree.QName(node).localname,), tuple(_declared(parsed)), is_own=True)


def _rules(css: str | bytes, file: str, where: str) -> Iterator[Rule]:
    spend(Part.STYLES, len(css))
    if isinstance(css, bytes):
        nodes, _ = tinycss2.parse_stylesheet_bytes(css, skip_comments=True, skip_whitespace=True)
    else:
        nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return _of_nodes(nodes, file, where)


def _of_nodes(nodes: Sequence[Any], file: str, where: str) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            spend(Part.STYLES, len(node.prelude) * len(node.content))
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield Rule(file, where, tuple(_split(node.prelude)), tuple(_declared(inner)))
            if any(it.type == "qualified-rule" for it in inner):
                yield Rule(file, where, ("@nest",), (("", "rules within rules", False),))
        elif node.type == "at-rule":
            name, asked = node.lower_at_keyword, tinycss2.serialize(node.prelude).strip()
            if name in _CONDITIONS and node.content is not None:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                if not (name == "media" and _NEVER.fullmatch(asked.lower())):
                    is_always = name == "media" and _ALWAYS.fullmatch(asked.lower())
                    condition = "" if is_always else f"@{name} {asked.lower()}"
                    yield from (_under(rule, condition) for rule in _of_nodes(inner, file, where))
                continue
            inner = tinycss2.parse_blocks_contents(node.content or (), skip_comments=True, skip_whitespace=True)
            declared = () if name == "import" else tuple(_declared(inner))
            yield Rule(file, where, (f"@{name}",), declared or (("", asked, False),))


def _declared(nodes: Sequence[Any]) -> Iterator[tuple[str, str, bool]]:
    for node in nodes:
        if node.type == "declaration":
            yield node.lower_name, tinycss2.serialize(node.value).strip(), node.important


def _split(prelude: Sequence[Any]) -> Iterator[str]:
    """The selectors of a list."""
    for is_comma, tokens in groupby(prelude, key=lambda it: it.type == "literal" and it.value == ","):
        if not is_comma:
            yield tinycss2.serialize(list(tokens)).strip()


def _under(rule: Rule, condition: str) -> Rule:
    """The rule with one more condition around it."""
    return replace(rule, condition=" ".join(filter(None, (condition, rule.condition)))) if condition else rule


def _kept(values: list[str], value: str) -> int:
    values.append(value)
    return len(values) - 1
