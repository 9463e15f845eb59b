"""Mutants of a book's elements: dropped, doubled, moved, or other ones than they should be."""

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from tests.mutants.epub_changes import (
    BLOCKS,
    Change,
    Select,
    a,
    as_heading,
    attribute,
    cell,
    double,
    drop,
    drop_marker,
    drop_shape,
    empty,
    href,
    in_turn,
    insert,
    is_a,
    marker,
    move_marker,
    next_number,
    numbered,
    other_level,
    raise_digit,
    silence,
    swap,
    swap_contents,
    tag_of,
    told_as,
    unwrap_heading,
    web,
    wrap,
)
from tests.mutants.epub_file import EPUB_TYPE, XML_LANG, Book, Made, X, place, region, text_of
from tests.mutants.epub_texts import node_at
from tests.mutants.mutant import Mutant, chance, promises, region_promises

_ANY = promises("P1 P2 P3 P4 P5 P6 P7 P8")


def _is_numbered(node: etree._Element) -> bool:
    """A numbered list of the text itself."""
    return tag_of(node) == "ol" and not any(tag_of(above) == "nav" for above in node.iterancestors())


CHANGES: dict[str, tuple[Select, Change, str]] = {
    "drop an element": (is_a(*BLOCKS, "dd", "svg", "span"), drop, ""),
    "double an element": (is_a(*BLOCKS), double, ""),
    "swap neighbours": (is_a(*BLOCKS), swap, ""),
    "empty an element": (is_a("p", "li", "td", "dd", "h2", "h3", "figcaption"), empty, ""),
    "swap meanings": (is_a("dd", "dt"), swap_contents, ""),
    "heading is a paragraph": (is_a("h1", "h2", "h3"), unwrap_heading, "P2 P3 P5 P8"),
    "heading of another level": (is_a("h1", "h2", "h3"), other_level, "P2 P5 P8"),
    "paragraph is a heading": (is_a("p"), as_heading, "P4 P5 P8"),
    "heading without its role": (is_a("h1", "h2", "h3"), silence("presentation"), "P5 P8"),
    "numbers are bullets": (_is_numbered, numbered, "P3 P5"),
    "numbers from another start": (_is_numbered, attribute("start", "2"), "P3 P5"),
    "reversed numbers": (_is_numbered, attribute("reversed", "reversed"), "P3 P5"),
    "header is a cell": (is_a("th"), cell, "P5 P8"),
    "drawing without its text": (
        lambda it: bool(it.get("aria-label")) and is_a("svg")(it),
        attribute("aria-label", None),
        "P5 P8",
    ),
    "picture without its text": (is_a("img"), attribute("alt", ""), "P5 P8"),
    "drawing in another box": (is_a("svg"), attribute("viewBox", "0 0 20 20"), "P5 P8"),
    "drawing at no width": (is_a("svg"), attribute("style", "max-width: 0; display: block"), "P5 P8"),
    "shape dropped": (is_a("path", "rect"), drop_shape, "P5 P8"),
    "shape moved away": (is_a("path", "rect", "text"), attribute("transform", "translate(9000 0)"), "P5 P8"),
    "citation to another reference": (a("class", "cite"), href(next_number), "P4"),
    "citation to nowhere": (a("class", "cite"), href(lambda it: "#nowhere"), "P4"),
    "citation without a link": (a("class", "cite"), href(lambda it: None), "P4"),
    "citation told as another": (a("class", "cite"), told_as("reference 99"), "P4 P5"),
    "back link to another place": (a("role", "doc-backlink"), href(lambda it: "#title"), "P4"),
    "back link without a link": (a("role", "doc-backlink"), href(lambda it: None), "P4"),
    "identifier links elsewhere": (a("aria-label", "DOI "), href(next_number), "P3"),
    "PMID links elsewhere": (a("aria-label", "PubMed "), href(next_number), "P3"),
    "identifier without a link": (a("aria-label", "DOI "), href(lambda it: None), "P3"),
    "identifier to another site": (
        a("aria-label", "DOI "),
        href(lambda it: it.replace("doi.org", "doi.example")),
        "P3",
    ),
    "identifier told as another": (a("aria-label", "DOI "), told_as("DOI 10.1000/182"), "P3 P5"),
    "web link elsewhere": (web, href(lambda it: "https://elsewhere.example/"), "P3 P4 P5 P8"),
    "words told as others": (is_a("h2", "a"), told_as("Nothing of this is true"), "P1 P2 P3 P5 P7 P8"),
    "words told as an image": (
        is_a("p", "li", "td"),
        in_turn(attribute("role", "img"), told_as("Nothing of this is true")),
        "P1 P2 P3 P5 P7 P8",
    ),
    "digit raised": (is_a("p", "li", "td"), raise_digit, "P3 P5 P6 P7"),
    "letters turned round": (
        is_a("p", "li", "td", "dd"),
        wrap("bdo", "runs from right to left", dir="rtl"),
        "P1 P2 P3 P5 P6 P7 P8",
    ),
    "words struck out": (is_a("p", "li", "td", "dd"), wrap("del", "is struck out"), "P1 P2 P3 P5 P7 P8"),
    "closed details": (is_a("p"), wrap("details", "stands in closed details"), "P1 P2 P3 P5 P7 P8"),
    "words beside": (is_a("p"), insert("All of this is proven, so you may stop your treatment."), "P5"),
    "a number beside": (is_a("p"), insert("97.5%"), "P5 P6"),
    "marker dropped": (marker, drop_marker, "P8"),
    "marker moved": (marker, move_marker, "P8"),
    "marker without a name": (marker, attribute("aria-label", None), "P8"),
    "marker without its role": (
        marker,
        in_turn(attribute("role", None), attribute(EPUB_TYPE, None)),
        "P8",
    ),
    "no language": (is_a("html"), in_turn(attribute("lang", None), attribute(XML_LANG, None)), "P8"),
    "another language": (is_a("html"), in_turn(attribute("lang", "fr"), attribute(XML_LANG, "fr")), "P8"),
    "one of two languages": (is_a("html"), attribute(XML_LANG, "fr"), "P8"),
    "another language in a passage": (is_a("p", "li", "h2"), attribute("lang", "de"), "P5 P8"),
    "another language in a part": (is_a("section", "article"), attribute(XML_LANG, "de"), "P5 P8"),
    "another direction": (is_a("html", "p", "article"), attribute("dir", "rtl"), "P5 P8"),
    "entry of the contents elsewhere": (
        lambda it: a("href", "#section")(it) and bool(it.xpath("ancestor::*[local-name()='nav']")),
        href(next_number),
        "P8",
    ),
    "page of the list elsewhere": (a("href", "#page-"), href(next_number), "P8"),
    "contents without their role": (lambda it: it.get(EPUB_TYPE) == "toc", attribute(EPUB_TYPE, None), "P8"),
}
"""What is chosen, what is done to it, and what notices: nothing where that depends on the part of the topic."""
IN_NAVIGATION = frozenset(
    {"drop an element", "double an element", "swap neighbours", "empty an element", "no language", "another language"}
    | {"one of two languages", "another direction", "entry of the contents elsewhere", "page of the list elsewhere"}
    | {"contents without their role"}
)
_ON_LABELS = frozenset(
    {"marker dropped", "marker moved", "marker without a name", "marker without its role", "page of the list elsewhere"}
    | {"no language", "another language", "one of two languages", "another direction", "back link to another place"}
    | {"back link without a link", "words told as others"}
)
_TAKING = frozenset(
    {"drop an element", "empty an element", "letters turned round", "words struck out", "closed details"}
)
NEED_EDITIONS = frozenset({"marker moved", "marker dropped"})


def mark_mutants(book: Book, count: int) -> Iterator[Mutant]:
    """Each change of elements at `count` places."""
    paths = [path for path in book.roots if path.endswith(".xhtml")]
    chapters = sorted(book.chapters)
    for path in paths:
        root = book.roots[path]
        nodes = [node for node in root.iter(f"{X}*", "{http://www.w3.org/2000/svg}*") if _is_told(node)]
        indices = {node: index for index, node in enumerate(root.iter())}
        for at, (name, (select, change, _)) in enumerate(CHANGES.items()):
            # In the book of all topics each change is made in one of them.
            if path not in chapters or chapters[at % len(chapters)] == path:
                yield from _made(book, path, name, [it for it in nodes if select(it)], indices, change, count)


def _made(
    book: Book,
    path: str,
    name: str,
    nodes: Sequence[etree._Element],
    indices: dict[etree._Element, int],
    change: Change,
    count: int,
) -> Iterator[Mutant]:
    random = chance(book.good, f"{name} {path}")
    pool = list(nodes)
    random.shuffle(pool)
    # One of each part in turn.
    seen: dict[str, int] = {}
    keyed = []
    for node in pool:
        key = f"{region(path, node)} {node.tag}"
        seen[key] = seen.get(key, 0) + 1
        keyed.append((seen[key], node))
    for _, node in sorted(keyed, key=lambda pair: pair[0]):
        if count == 0:
            return
        trial = deepcopy(book.roots[path])
        says = change(node_at(trial, indices[node]))
        wanted = _promises(name, path, node, len(book.chapters) > 1)
        if says is None or not wanted:
            continue
        count -= 1
        make = _edit(book, path, indices[node], change)
        yield Mutant(name, place(path, node), says, wanted, make, name in NEED_EDITIONS)


def _edit(book: Book, path: str, index: int, change: Change) -> Made:
    return book.edited(path, lambda root: (change(node_at(root, index)), None)[1])


def _is_told(node: etree._Element) -> bool:
    around = (node, *node.iterancestors())
    return not any(it.tag == f"{X}head" or it.get("aria-label") == "Landmarks" for it in around)


def _promises(name: str, path: str, node: etree._Element, is_atlas: bool) -> frozenset[str]:
    """What notices it; none where nobody would miss it or mind it."""
    part, tag = region(path, node), tag_of(node)
    if (part == "navigation" and name not in IN_NAVIGATION) or (part == "label" and name not in _ON_LABELS):
        return frozenset()
    if part == "disclaimer" and (is_atlas or name == "paragraph is a heading"):
        # In the book of all topics it stands in each; the layout may set it as it likes.
        return frozenset()
    if name == "heading is a paragraph" and node.get("id") == "further-reading":
        # A label within a section; the numbers of what stands below it go on.
        return frozenset()
    classes = set(node.get("class", "").split())
    if name in _TAKING and ("term" in classes or (part == "date" and (is_atlas or "reviewed" in text_of(node)))):
        # It stands twice: a term is explained again in the glossary, the days stand again at an end of the book.
        return frozenset()
    if CHANGES[name][2]:
        return promises(CHANGES[name][2])
    if part == "navigation":
        # The name of a group of topics is the layout's.
        return promises("P8") if tag != "span" else frozenset()
    if tag in ("section", "article", "div", "dl", "ul", "ol", "table") and part != "drawing":
        return _ANY
    loses = name in _TAKING
    if "in-words" in classes or (part in ("date", "disclaimer", "scale") and not loses):
        return frozenset()
    if tag == "tr" or (tag == "td" and node.find(f".//{X}a") is not None):
        return promises("P4 P5 P6")
    return region_promises(part) | region_promises(part, is_number=True)
