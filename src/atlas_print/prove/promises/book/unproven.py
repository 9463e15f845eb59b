"""P8 on a book: nothing is in it of which can't be told what it makes of the words for an eye and for a voice."""

import unicodedata
from collections import Counter
from collections.abc import Iterator

from lxml import etree

from atlas_print.prove.promises.book.plain_styles import odd_styles
from atlas_print.prove.reading.book import OPF, SVG, TYPE, XHTML, Book, Document, place, spot
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_NAMES = frozenset(
    "html head title meta link style body main section article aside nav header footer hgroup address div p span a em"
    " strong b i u small sub sup cite code pre samp kbd var dfn abbr ins del s mark time data wbr br hr h1 h2 h3 h4 h5"
    " h6 ul ol li dl dt dd table thead tbody tfoot tr th td caption colgroup col figure figcaption blockquote img"
    " bdi script".split()
)
"""Elements of XHTML that show their words as they are, or are judged elsewhere."""
_DRAWN = frozenset(
    "svg g defs title desc path line polyline polygon rect circle ellipse text tspan marker use clipPath linearGradient"
    " radialGradient stop".split()
)
_ATTRIBUTES = frozenset(
    "id class lang dir href src alt role scope colspan rowspan headers start value reversed type rel media style width"
    " height datetime cite name content charset http-equiv hidden inert aria-hidden aria-label aria-level title"
    " version xmlns valign align".split()
)
"""Attributes of XHTML that are judged elsewhere, or say nothing to a reader."""
_ONLY_ON = {
    "alt": frozenset(("img",)),
    "title": frozenset(("abbr", "link")),
    "type": frozenset(("link", "style", "script")),
    "name": frozenset(("meta", "a")),
    "content": frozenset(("meta",)),
    "width": frozenset(("img", "col", "td", "th", "table")),
    "height": frozenset(("img",)),
    "media": frozenset(),
}
_ROLES = frozenset(
    "heading list listitem link table row rowgroup columnheader rowheader cell term definition img none presentation"
    " article main navigation region complementary contentinfo banner group figure note".split()
)
_SPOKEN = frozenset(("aria-labelledby", "aria-describedby", "aria-description", "alt", "title"))
_RELATIONS = frozenset(("stylesheet", "icon", "author", "license", "schema.dc", "schema.dcterms"))
_BREAKS = frozenset(("doc-pagebreak", "pagebreak"))
_FROM_RIGHT = frozenset(("R", "AL"))
_LISTS = frozenset((f"{XHTML}ol", f"{XHTML}head"))
_SOUNDS = frozenset(("application/pls+xml", "application/smil+xml"))
_XHTML_TYPE = "application/xhtml+xml"

_HELP = "take it out of the layout: readers differ in what they make of it, and nobody can tell what yours gets"
_HELP_PACKAGE = "take it out of the package document: readers differ in what they open, show or read out by it"


def judge_unproven(book: Book, beside: Labels) -> Iterator[Finding]:
    """Whatever is not known to leave the words as they are proven; `beside` is what may stand beside the source."""
    yield from _package(book)
    for document in book.texts:
        for where, found in _strange(document):
            yield Finding(where, "what every reader shows and says alike", found, _HELP)
    if book.nav is not None:
        yield from _beside_lists(book.nav, beside)
    for path, drawing in book.drawings.items():
        for node in drawing.iter("{*}*") if drawing is not None else ():
            if not _is_known(node):
                yield Finding(place(path, node), "what every reader draws alike", _named(node), _HELP)
    for where, found in odd_styles(book):
        yield Finding(where, "styles that every reader follows alike", found, _HELP)


def _beside_lists(nav: Document, beside: Labels) -> Iterator[Finding]:
    """Words of the navigation document that are in none of its lists, and names in them for a voice alone."""
    for node in nav.root.iter(f"{XHTML}*"):
        where = place(nav.path, node)
        if node.get("aria-label") is not None and node.tag != f"{XHTML}nav":
            yield Finding(where, "the words of the contents as they are shown", f"“{node.get('aria-label')}”", _HELP)
        if not any(above.tag in _LISTS for above in (node, *node.iterancestors())):
            for words in (node.text or "", *(child.tail or "" for child in node)):
                if not beside.covers(squeeze(words)):
                    yield Finding(where, "nothing beside the lists but labels", f"“{short(words)}”", _HELP)


def _package(book: Book) -> Iterator[Finding]:
    where = book.package.path
    root = book.package.root
    items = list(root.iterfind(f"{OPF}manifest/{OPF}item"))
    ids = Counter(node.get("id") for node in items)
    for name, times in ids.items():
        if times > 1:
            yield Finding(where, "each id of the manifest once", f"{name} {times} times", _HELP_PACKAGE)
    for node in items:
        for name in ("fallback", "media-overlay"):
            if node.get(name) is not None:
                yield Finding(where, "one file for each entry", f"{node.get('href')} with {name}", _HELP_PACKAGE)
        if node.get("media-type", "") in _SOUNDS:
            yield Finding(where, "words that a voice reads out as they are", node.get("href", ""), _HELP_PACKAGE)
        kind = node.get("media-type", "")
        if kind != kind.strip().lower():
            yield Finding(where, "a media type in small letters", kind, _HELP_PACKAGE)
    kinds = {node.get("id"): node.get("media-type") for node in items}
    for node in root.iterfind(f"{OPF}spine/{OPF}itemref"):
        if node.get("linear") == "no" or kinds.get(node.get("idref")) != _XHTML_TYPE:
            expected = "documents of text that are read one after another"
            yield Finding(where, expected, f"{node.get('idref')} in the spine", _HELP_PACKAGE)
    read = {document.path for document in book.texts}
    for item in book.items:
        if item.media_type == _XHTML_TYPE and item.path not in read:
            yield Finding(where, "every document of text in the spine", item.address, _HELP_PACKAGE)


def _strange(document: Document) -> Iterator[tuple[str, str]]:
    """What of a document is not known, with its place."""
    ids: set[str] = set()
    root = document.root
    for before in root.itersiblings(etree.ProcessingInstruction, preceding=True):
        told = str(before)
        if told.startswith("<?xml-stylesheet"):
            yield document.path, told[:80]
    for node in root.iter("{*}*"):
        where = place(document.path, node)
        if not _is_known(node) or not _is_in_place(node):
            yield where, _named(node)
            continue
        yield from ((where, f"{_named(node)} with {name}") for name in _odd_attributes(node))
        name = node.get("id")
        if name is not None and name in ids:
            yield where, f"the id {name} for the second time"
        ids.add(name or "")


def _is_known(node: etree._Element) -> bool:
    name = etree.QName(node).localname
    return (node.tag == f"{XHTML}{name}" and name in _NAMES) or (node.tag == f"{SVG}{name}" and name in _DRAWN)


def _is_in_place(node: etree._Element) -> bool:
    """Whether an element stands where a reader looks for its like: all that is shown in the one body."""
    parent = node.getparent()
    name = etree.QName(node).localname
    if parent is None:
        return node.tag == f"{XHTML}html"
    if parent.tag == f"{XHTML}html":
        return name in ("head", "body") and not any(it.tag == node.tag for it in node.itersiblings(preceding=True))
    if parent.tag == f"{XHTML}head":
        return name in ("title", "meta", "link", "style", "script")
    return name not in ("html", "head", "body", "link", "meta")


def _odd_attributes(node: etree._Element) -> Iterator[str]:
    """The attributes of an element that are not known, or have an unknown value."""
    tag = etree.QName(node).localname
    words = {*node.get("role", "").split(), *node.get(TYPE, "").split()}
    for written, value in map(_plain, node.attrib.items()):
        name = etree.QName(written)
        if node.tag.startswith(SVG):
            is_odd = name.localname in _SPOKEN or (name.localname == "href" and not value.startswith("#"))
        elif name.namespace is not None:
            is_odd = name.namespace not in ("http://www.idpf.org/2007/ops", "http://www.w3.org/XML/1998/namespace")
            is_odd = is_odd or name.localname == "base"
        elif written in ("title", "aria-label") and words & _BREAKS:
            is_odd = False
        else:
            is_odd = not written.startswith("data-") and (
                written not in _ATTRIBUTES or tag not in _ONLY_ON.get(written, (tag,))
            )
        if is_odd or _is_odd_value(node, tag, written, value):
            yield f'{written}="{value[:40]}"'


def _is_odd_value(node: etree._Element, tag: str, name: str, value: str) -> bool:
    match name:
        case "hidden" | "inert" | "aria-hidden":
            return tag == "html"
        case "role":
            return not all(word in _ROLES or word.startswith("doc-") for word in value.split()) or (
                "img" in value.split() and tag not in ("img", "svg")
            )
        case "http-equiv":
            return value.strip().lower() not in ("content-type", "content-style-type")
        case "rel":
            return tag == "link" and value.strip().lower() not in _RELATIONS
        case "type":
            return tag in ("link", "style") and value not in ("text/css", "image/png", "image/x-icon")
        case "href":
            return tag == "link" and spot("", value) is None and node.get("rel", "") in ("stylesheet", "icon")
        case "aria-label":
            return node.tag == f"{XHTML}img"
        case "dir":
            return tag != "html" and value.strip().lower() != "ltr" and not _runs_from_right(node)
    return False


def _runs_from_right(node: etree._Element) -> bool:
    """Whether an element has letters that run from right to left, or no letters and digits at all."""
    text = "".join(map(str, node.itertext()))
    return any(unicodedata.bidirectional(sign) in _FROM_RIGHT for sign in text) or not any(map(str.isalnum, text))


def _plain(pair: tuple[str | bytes, str | bytes]) -> tuple[str, str]:
    return str(pair[0]), str(pair[1])


def _named(node: etree._Element) -> str:
    return f"<{etree.QName(node).localname[:40]}>"
