"""Which declarations of a book's style sheets apply to each of its elements (CSS Cascade 4).

css-inline has a browser's selectors and cascade, those of Servo. It gets no values, only numbers of values, and of the
declarations only those of properties that hide words, add to them or recolour them somewhere; nothing is fetched.

- A pseudo-element's declarations are given to its element under names of their own (`--before--content`).
- What a condition is around (`@media`, `@supports`, `media`) may apply to one reader and not to another: a document is
  cascaded without all conditional rules, and once more with those of each condition.
- Selectors and at-rules that nobody here can weigh are told as such.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Any, TypeAlias

import css_inline
import tinycss2
from lxml import etree

from atlas_print.prove.epub.computed import is_harmless, watched
from atlas_print.prove.reading.book import XHTML, Book, Document, place, spot
from atlas_print.prove.reading.limits import NotTold, Part, spend

_Declared: TypeAlias = tuple[tuple[str, str, bool], ...]
"""Name in lower case, value as written, and whether it is important."""
Specified: TypeAlias = Mapping[etree._Element, Mapping[str, Mapping[str, str]]]
"""What is declared for the elements of a document: by pseudo-element ("" for none), by name."""

_KNOWN = frozenset(
    "root empty first-child last-child only-child nth-child nth-last-child first-of-type last-of-type only-of-type"
    " nth-of-type nth-last-of-type not link any-link".split()
)
_OF_A_MOMENT = frozenset("hover focus active visited target focus-within focus-visible checked disabled".split())
"""States that no page is in when it is opened."""
_PSEUDO = re.compile(r"(.*?)(?:::?(before|after|first-letter|first-line)|::([\w-]+))$", re.DOTALL | re.IGNORECASE)
_COMMA = re.compile(r",(?![^(\[]*[)\]])")
_STATE = re.compile(r"(?<!:):([\w-]+)")
_QUOTED = re.compile(r"\[[^\]]*\]|\"[^\"]*\"|'[^']*'")
_IGNORED = frozenset(
    "font-face page charset namespace keyframes counter-style font-feature-values font-palette-values property".split()
)
_CONDITIONS = frozenset(("media", "supports", "container"))
_ALWAYS = re.compile(r"(?:only\s+)?(?:all|screen)|not\s+amzn-[\w-]+|")
_NEVER = re.compile(r"amzn-[\w-]+(?:\s.*)?|not\s+(?:all|screen)")
"""Media of the converters that make books for Kindle."""
_STYLE = re.compile(r'style="([^"]*--n:[^"]*)"')
_NUMBERED = re.compile(r"(?:--([\w-]+?)--)?([\w-]+):\s*v?(\d+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a style sheet.

    `place` is for a person, `watched` has what of the declarations can change what is read, in longhands; `condition`
    is what `@media` and its like ask for, "" for nothing. An at-rule that is not weighed has its name as its selector.
    """

    place: str
    selectors: tuple[str, ...]
    declarations: _Declared
    watched: _Declared
    condition: str = ""


@dataclass(slots=True)
class Cascade:
    """The cascade of one book; `not_told` collects what could not be weighed."""

    book: Book
    not_told: list[NotTold] = field(default_factory=list)

    def specified(self, document: Document) -> dict[str, Specified]:
        """What applies to each element of a document: with no conditional rules ("") first, then with each condition.

        Properties that hide or add nothing, whatever applies, are left out; where all do, nothing is told.
        """
        rules = list(self._rules(document))
        own = {node: _own(node.get("style", "")) for node in document.root.iter("{*}*") if node.get("style")}
        declared = chain(*(rule.watched for rule in rules), *own.values())
        names = {name for name, value, _ in declared if not is_harmless(name, value)}
        if not names:
            return {}
        own = {node: _of_names(its, names) for node, its in own.items()}
        rules = [replace(rule, watched=_of_names(rule.watched, names)) for rule in rules]
        # What can't be weighed matters only if it says one of these.
        rules = [rule for rule in rules if rule.watched]
        conditions = list(dict.fromkeys(rule.condition for rule in rules if rule.condition))
        return {
            condition: self._cascaded(document, [it for it in rules if it.condition in ("", condition)], own)
            for condition in ("", *conditions)
        }

    def _rules(self, document: Document) -> Iterator[Rule]:
        """The rules of the sheets that a document asks for, in its order."""
        for node in document.root.iter(f"{XHTML}link", f"{XHTML}style"):
            where, media = place(document.path, node), node.get("media", "").strip().lower()
            relation = node.get("rel", "").lower().split()
            found: Sequence[Rule] = ()
            if node.tag == f"{XHTML}style":
                found = _parsed(node.text or "", where)
            elif "stylesheet" in relation and "alternate" not in relation:
                path = (spot(document.path, node.get("href", "")) or ("", ""))[0]
                if path not in self.book.styles:
                    self._unknown(where, f"the style sheet {node.get('href', '')[:80]}")
                found = _parsed(self.book.styles.get(path, b""), path)
            for rule in found if not _NEVER.fullmatch(media) else ():
                if rule.selectors[0].startswith("@"):
                    self._unknown(rule.place, rule.selectors[0])
                else:
                    yield _under(rule, media)

    def _cascaded(
        self, document: Document, rules: Sequence[Rule], own: Mapping[etree._Element, _Declared]
    ) -> Specified:
        values: list[str] = []
        sheet = "".join(part for rule in rules for part in self._written(rule, values))
        nodes, copy = list(document.root.iter("{*}*")), deepcopy(document.root)
        for index, (node, twin) in enumerate(zip(nodes, list(copy.iter("{*}*")), strict=True)):
            twin.tag = etree.QName(node).localname
            twin.set("style", ";".join((f"--n:{index}", *_numbered(own.get(node, ()), values))))
        inliner = css_inline.CSSInliner(inline_style_tags=False, load_remote_stylesheets=False, extra_css=sheet)
        found: dict[etree._Element, dict[str, dict[str, str]]] = {}
        html = etree.tostring(copy, encoding="unicode", method="html")
        for style in _STYLE.findall(inliner.inline(f"<!DOCTYPE html>{html}")):
            given = {(pseudo, name): int(number) for pseudo, name, number in _NUMBERED.findall(style)}
            node = nodes[given.pop(("", "--n"))]
            for (pseudo, name), number in given.items():
                found.setdefault(node, {}).setdefault(pseudo, {})[name] = values[number]
        return found

    def _written(self, rule: Rule, values: list[str]) -> Iterator[str]:
        """A rule as css-inline gets it, for each of its selectors."""
        for selector in rule.selectors:
            found = _PSEUDO.fullmatch(selector)
            base, pseudo = (found[1].strip(), (found[2] or found[3]).lower()) if found else (selector, "")
            base = f"{base} *" if base.endswith((">", "+", "~")) else base or "*"
            base = base.replace("epub|type", r"epub\:type")
            plain = _QUOTED.sub("", base)
            states = set(map(str.lower, _STATE.findall(plain)))
            if states & _OF_A_MOMENT or pseudo in ("selection", "-moz-selection"):
                continue
            if not states <= _KNOWN or re.search(r"[|&]|\bof\b.*\)", plain):
                self._unknown(rule.place, f"the selector {selector[:80]}")
                continue
            yield f"{base}{{{';'.join(_numbered(rule.watched, values, f'--{pseudo}--' * bool(pseudo)))}}}\n"

    def _unknown(self, where: str, what: str) -> None:
        found = NotTold(where, what)
        if found not in self.not_told:
            self.not_told.append(found)


def all_rules(book: Book) -> Iterator[Rule]:
    """Every rule of a book, whether or not a document asks for it: in sheets and in `style` elements."""
    styles = ((place(it.path, node), node.text or "") for it in book.texts for node in it.root.iter(f"{XHTML}style"))
    for where, css in (*book.styles.items(), *styles):
        yield from _parsed(css, where)


def _of_names(declared: _Declared, names: Set[str]) -> _Declared:
    return tuple(each for each in declared if each[0] in names)


def _numbered(declared: _Declared, values: list[str], start: str = "") -> Iterator[str]:
    """Declarations with a number in place of each value, which is added to `values`."""
    for name, value, weight in declared:
        values.append(value)
        yield f"{start}{name}:v{len(values) - 1}{'!important' * weight}"


def _own(css: str) -> _Declared:
    spend(Part.STYLES, len(css))
    return _rule("", (), tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)).watched


@lru_cache(maxsize=64)
def _parsed(css: str | bytes, where: str) -> tuple[Rule, ...]:
    """The rules of a sheet, which many documents may ask for."""
    spend(Part.STYLES, len(css))
    if isinstance(css, bytes):
        nodes, _ = tinycss2.parse_stylesheet_bytes(css, skip_comments=True, skip_whitespace=True)
    else:
        nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return tuple(_rules(nodes, where))


def _rules(nodes: Sequence[Any], where: str) -> Iterator[Rule]:
    for node in nodes:
        if node.type == "qualified-rule":
            spend(Part.STYLES, len(node.prelude) * len(node.content))
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield _rule(where, tuple(map(str.strip, _COMMA.split(tinycss2.serialize(node.prelude)))), inner)
            if any(it.type == "qualified-rule" for it in inner):
                yield Rule(where, ("@nest: rules within rules",), (), ())
        elif node.type == "at-rule":
            name, asked = node.lower_at_keyword, tinycss2.serialize(node.prelude).strip()
            media = asked.lower() if name == "media" else f"@{name} {asked}"
            if name in _CONDITIONS and node.content is not None:
                inner = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
                if not _NEVER.fullmatch(media):
                    yield from (_under(rule, media) for rule in _rules(inner, where))
            elif name not in _IGNORED:
                yield Rule(where, (f"@{name} {asked[:60]}",), (), ())


def _rule(where: str, selectors: tuple[str, ...], nodes: Iterable[Any]) -> Rule:
    declared = tuple(
        (node.lower_name, tinycss2.serialize(node.value).strip(), node.important)
        for node in nodes
        if node.type == "declaration"
    )
    return Rule(where, selectors, declared, tuple(watched(declared)))


def _under(rule: Rule, condition: str) -> Rule:
    """The rule with one more condition around it."""
    asked = "" if _ALWAYS.fullmatch(condition) else condition
    return replace(rule, condition=" ".join(filter(None, (asked, rule.condition)))) if asked else rule
