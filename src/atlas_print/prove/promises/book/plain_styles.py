"""Which styles of a book are known to leave its words as they are, or are judged for what they take or add."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import cssselect2
import tinycss2
from lxml import etree

from atlas_print.prove.epub.hiding import ground, is_unreadable, opaque, pixels, type_size
from atlas_print.prove.reading.book import XHTML, Book, place
from atlas_print.prove.reading.limits import Part, spend

_PROPERTIES = frozenset(
    "background background-color border border-collapse border-spacing box-sizing break-after break-before"
    " break-inside caption-side clear color color-scheme content counter-increment counter-reset cursor display"
    " empty-cells float font font-display font-family font-size font-style font-variant font-weight font-stretch height"
    " hyphens letter-spacing line-break line-height list-style list-style-position list-style-type max-height max-width"
    " min-height min-width opacity orphans overflow overflow-wrap overflow-x page-break-after page-break-before"
    " page-break-inside position size src tab-size table-layout text-align text-align-last text-decoration"
    " text-decoration-line text-indent text-justify text-size-adjust text-transform text-wrap unicode-range"
    " vertical-align visibility white-space widows width word-break word-spacing word-wrap".split()
)
_FAMILIES = ("border-", "margin", "padding")
_MAKERS = re.compile("-(?:webkit|moz|ms|epub|o)-")
_IN_A_CONDITION = re.compile("color|background(-color)?|border-.*color|orphans|widows|(page-)?break-.*")
"""Properties that show the same words to every reader, whether or not they are under a condition."""
_CONDITION = re.compile(r"print|(?:screen and )?\(\s*prefers-[a-z-]+\s*:\s*[a-z-]+\s*\)")
_VALUES = {
    "display": re.compile("block|inline|inline-block|list-item|table|table-row|table-cell|flow-root|flex|none"),
    "visibility": re.compile("visible"),
    "opacity": re.compile(r"1(\.0*)?|0?\.[5-9]\d*"),
    "counter-reset": re.compile("(?!.*list-item).*"),
    "counter-increment": re.compile("(?!.*list-item).*"),
    "position": re.compile("static|relative"),
    "float": re.compile("none"),
    "overflow": re.compile("visible|auto"),
    "overflow-x": re.compile("visible|auto"),
    "list-style": re.compile("(?:(?:none|disc|circle|square|decimal|inside|outside) ?)+"),
    "list-style-type": re.compile("none|disc|circle|square|decimal"),
    "vertical-align": re.compile("baseline|top|middle|bottom|text-top|text-bottom"),
    "text-decoration": re.compile(r"(?:none|underline|line-through|solid|dotted| )+"),
    "text-decoration-line": re.compile("none|underline|line-through"),
}
_LIKE_AROUND = frozenset(("inherit", "initial", "unset"))
_OF_CONTENT = frozenset(("string", "function", "ident", "whitespace", "comment"))
_NEVER_SHOWN = re.compile(r"(?:^|[\s>+~])(?:head|title|meta|link|style|script|(?=[*:\[]))[^\s>+~]*\s*$")
"""Selectors of elements whose words no reader shows unless told to, or of any."""
_FUNCTIONS = frozenset(("rgb", "rgba", "hsl", "hsla", "counter", "counters"))
_ARGUMENTS = {"counter": 1, "counters": 2}
_STATES = frozenset(
    "first-child last-child only-child nth-child nth-last-child first-of-type last-of-type nth-of-type not is link"
    " visited root empty before after marker first-letter".split()
)
_BESIDE = re.compile("::?(?:before|after|marker)$")
_RAISED = re.compile(r"(?:.*[\s>+~])?su[bp]")
_NARROWEST, _WIDEST, _FURTHEST_BACK = -16.0, 400.0, -64.0
"""Pixels by which a margin may draw words together, any box may push them, and a first line may hang."""
_SMALLEST_TYPE, _MOST_SPACING, _CLOSEST_LINES = 8.0, 8.0, 0.8
_PLAIN_COLOURS = frozenset(("inherit", "initial", "unset", "currentcolor"))
_PLAIN_GROUNDS = _PLAIN_COLOURS | {"transparent", "none"}
_WHITE, _BLACK = opaque("white"), opaque("black")


def odd_styles(book: Book) -> Iterator[tuple[str, str]]:
    """What of its style sheets and attributes is not known, with its place."""
    for path, data in book.styles.items():
        spend(Part.STYLES, len(data))
        found, encoding = tinycss2.parse_stylesheet_bytes(data, skip_comments=True, skip_whitespace=True)
        if encoding.name not in ("utf-8", "ascii"):
            yield path, f"a sheet in {encoding.name}"
        yield from ((path, odd) for odd in _sheet(found))
    for document in book.texts:
        for node in document.root.iter(f"{XHTML}*", "{http://www.w3.org/2000/svg}*"):
            if node.tag == f"{XHTML}style":
                found = tinycss2.parse_stylesheet(node.text or "", skip_comments=True, skip_whitespace=True)
                odd = list(_sheet(found)) + ["<style> with more than text"] * bool(len(node))
            else:
                css = node.get("style", "")
                found = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
                odd = list(_declared(found, etree.QName(node).localname))
            yield from ((place(document.path, node), it) for it in odd)


def _sheet(nodes: Sequence[Any], condition: str = "") -> Iterator[str]:
    for node in nodes:
        if node.type == "error":
            yield f"a rule that is none: {node.message}"
            continue
        before = tinycss2.serialize(node.prelude).strip()
        content = node.content or ()
        if node.type == "qualified-rule":
            inner = tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True)
            if not _is_plain_selector(before):
                yield f"the selector {before[:80]}"
            yield from _declared(inner, before, condition)
        elif node.lower_at_keyword == "media" and _CONDITION.fullmatch(before.lower()) and not condition:
            inner = tinycss2.parse_rule_list(content, skip_comments=True, skip_whitespace=True)
            yield from _sheet(inner, before.lower())
        elif node.lower_at_keyword == "font-face":
            continue
        elif node.lower_at_keyword not in ("page", "charset", "namespace"):
            yield f"@{node.at_keyword} {before[:80]}".strip()


def _is_plain_selector(selector: str) -> bool:
    """Whether every reader knows the selector, and takes the same elements by it."""
    spend(Part.STEPS, len(selector))
    states = re.findall(r":([\w-]+)", re.sub(r"\[[^\]]*\]|\"[^\"]*\"", "", selector))
    if not _STATES.issuperset(map(str.lower, states)) or "|" in selector or "&" in selector:
        return False
    try:
        cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError:
        return False
    return True


def _declared(nodes: Sequence[Any], selector: str, condition: str = "") -> Iterator[str]:
    """What of the declarations for a selector is not known."""
    values: dict[str, str] = {}
    for node in nodes:
        if node.type != "declaration":
            yield f"{selector[:80]} {{ … }} with something else in it than declarations"
            continue
        name = _MAKERS.sub("", node.lower_name, count=1)
        value = tinycss2.serialize(node.value).strip()
        values[name] = value.lower()
        if (
            node.important
            or (name not in _PROPERTIES and not name.startswith(_FAMILIES))
            or (condition and not _IN_A_CONDITION.fullmatch(name))
            or not _is_plain_value(name, value.lower(), node.value, selector)
        ):
            yield f"{selector[:80]} {{ {node.name}: {value[:80]} }}"
    if not _is_readable(values, is_dark="dark" in condition):
        yield f"{selector[:80]} {{ {'; '.join(f'{it}: {values[it]}' for it in values if it in _COLOURS)} }}"


_COLOURS = ("color", "background", "background-color")


def _is_plain_value(name: str, value: str, tokens: Sequence[Any], selector: str) -> bool:
    if value in _LIKE_AROUND:
        return True
    for token in tokens:
        if token.type in ("url", "error") or (token.type == "function" and not _is_plain_function(token)):
            return False
    if name == "content":
        is_beside = all(_BESIDE.search(part.strip().lower()) for part in selector.split(","))
        return is_beside and all(token.type in _OF_CONTENT for token in tokens)
    if name == "display" and value != "none" and any(map(_NEVER_SHOWN.search, selector.split(","))):
        return False
    if name == "vertical-align" and all(_RAISED.fullmatch(part.strip()) for part in selector.split(",")):
        return True
    if name in _VALUES:
        return _VALUES[name].fullmatch(value) is not None
    return all(_is_plain_length(name, part) for part in value.replace("/", " ").split())


def _is_plain_function(token: Any) -> bool:
    given = sum(it.type == "literal" and it.value == "," for it in token.arguments) + 1
    return token.lower_name in _FUNCTIONS and given <= _ARGUMENTS.get(token.lower_name, given)


def _is_plain_length(name: str, part: str) -> bool:
    """Whether a length leaves words at their place and in a size to be read."""
    if name.startswith(("margin", "padding")):
        return _NARROWEST <= pixels(part) <= _WIDEST
    match name:
        case "text-indent":
            return _FURTHEST_BACK <= pixels(part) <= _WIDEST / 2
        case "letter-spacing" | "word-spacing":
            return abs(pixels(part)) <= _MOST_SPACING
        case "font-size" | "font":
            return type_size(part) < 0 or type_size(part) >= _SMALLEST_TYPE
        case "line-height":
            size = re.fullmatch(r"[\d.]+", part)
            return float(part) >= _CLOSEST_LINES if size else type_size(part) >= _SMALLEST_TYPE or part == "normal"
    return True


def _is_readable(values: Mapping[str, str], *, is_dark: bool) -> bool:
    """Whether words can be read by the colours of a rule; where it sets but one of two, on white or in black."""
    colour, behind = values.get("color", "inherit"), ground(values) or "inherit"
    if colour in _PLAIN_COLOURS and behind in _PLAIN_GROUNDS:
        return True
    own_ink, own_paper = (_WHITE, _BLACK) if is_dark else (_BLACK, _WHITE)
    ink = own_ink if colour in _PLAIN_COLOURS else opaque(colour)
    paper = own_paper if behind in _PLAIN_GROUNDS else opaque(behind)
    return ink is not None and paper is not None and not is_unreadable(ink, paper)
