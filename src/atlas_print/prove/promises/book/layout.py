"""P8 on a book: its layout leaves the text to the reader, takes it for what it is, and neither acts nor fetches."""

import re
from collections.abc import Iterator

from lxml import etree

from atlas_print.prove.epub.cascade import all_rules
from atlas_print.prove.reading.book import XHTML, Book, place, spot
from atlas_print.prove.verdicts import Finding

_READERS = re.compile(r"font|font-size|font-family|line-height|letter-spacing|word-spacing|color|background(-\w+)?")
"""What a reader sets for the text as a whole."""
_FORCES_NOTHING = re.compile(
    r"inherit|unset|revert|normal|currentcolor|transparent|none|initial|1(\.0*)?r?em|100%|medium"
)
_LOOSE = re.compile(r"1\.[2-9]\d*|2(?:\.0*)?")
"""Distances of lines that grow with the reader's type, as converters of books write them."""
_WHOLE = frozenset("* html body main section article div p li".split())
"""Elements that mean the text as a whole, if a selector asks for nothing else."""
_SUBJECT = re.compile(r"([\w*-]*)((?:\.[\w-]+)*)((?::[\w-]+)*)")
"""What a selector is about, if it is simple enough to mean the text as a whole: element, classes, states."""

_KINDS = {
    "a heading": "h1 h2 h3 h4 h5 h6",
    "a list": "ul ol li dl dt dd",
    "a quotation": "blockquote",
}
_KIND_OF_TAG = {f"{XHTML}{tag}": kind for kind, tags in _KINDS.items() for tag in tags.split()}
_SILENT = frozenset(("none", "presentation"))

_SHOWN = ("href", "src", "poster", "data", "{http://www.w3.org/1999/xlink}href")
"""Attributes that name what an element shows, but for links."""
_LINKS = frozenset(("a", "area"))
_ACTING = frozenset("script iframe object embed form input button".split())
_PLAYING = frozenset("audio video canvas animate animateMotion animateTransform set".split()) | _ACTING
_MOVING_TYPES = frozenset(("image/gif", "image/apng", "image/webp"))
"""Pictures that may move."""

_HELP_STYLE = "take it out of the layout: size, face, spacing and colours of running text are the reader's own"
_HELP_ROLE = "take the role out of the layout: with it, a voice says nothing of what the words are"
_HELP_LISTED = "name the file in the manifest of the package document: a reader may open no other"
_HELP_FILE = "put the file into the book, or take out what names it"
_HELP_REMOTE = "put the file into the book: a reader may have no network, and must not be watched"
_HELP_SCRIPT = "take it out of the layout: a book must not act"


def judge_styles(book: Book) -> Iterator[Finding]:
    """Declarations that force on the text as a whole what is the reader's."""
    for rule in all_rules(book):
        if not any(_is_whole(book, selector) for selector in rule.selectors):
            continue
        for name, value, _ in rule.declarations:
            is_loose = name == "line-height" and _LOOSE.fullmatch(value)
            if _READERS.fullmatch(name) and not is_loose and not _FORCES_NOTHING.fullmatch(value.lower()):
                found = f"{', '.join(rule.selectors)} {{ {name}: {value.lower()} }}"
                yield Finding(rule.place, f"the reader's own {name} on running text", found, _HELP_STYLE)


def _is_whole(book: Book, selector: str) -> bool:
    """Whether a selector means all the text, or a part of it that is no more than running text."""
    last = re.split(r"[\s>+~]+", selector.strip())[-1]
    subject = _SUBJECT.fullmatch(last)
    if subject is None:
        return False
    element, classes, states = subject.groups()
    if not classes:
        return element in _WHOLE or (not element and states.startswith(":root"))
    roots = (node for document in book.documents for node in document.root.iter(f"{XHTML}html", f"{XHTML}body"))
    return any(set(classes.strip(".").split(".")) <= set(node.get("class", "").split()) for node in roots)


def judge_roles(book: Book) -> Iterator[Finding]:
    """Elements whose role takes from a voice what they are; a table may be there for the layout alone."""
    for document in book.texts:
        for node in document.root.iter(*_KIND_OF_TAG):
            role = next(iter(node.get("role", "").split()), "")
            if role in _SILENT:
                yield Finding(place(document.path, node), _KIND_OF_TAG[str(node.tag)], f"the role “{role}”", _HELP_ROLE)


def judge_resources(book: Book) -> Iterator[Finding]:
    """Files that are missing or elsewhere, and what acts."""
    for item in book.items:
        yield from _shown(book, book.package.path, f"{book.package.path}, item {item.address}", item.address)
    for path, node in _elements(book):
        tag = etree.QName(node).localname
        handler = next((name for name in map(str, node.attrib) if name.lower().startswith("on")), "")
        if tag in _ACTING or handler or node.get("href", "").strip().lower().startswith("javascript:"):
            yield Finding(place(path, node), "nothing that acts", f"<{f'{tag} {handler}'.strip()}>", _HELP_SCRIPT)
        for name in _SHOWN if tag not in _LINKS else ():
            if node.get(name) is not None:
                yield from _shown(book, path, place(path, node), node.get(name, ""))
    for rule in all_rules(book):
        for address in rule.addresses:
            yield from _shown(book, rule.file, rule.place, address)


def moving(book: Book) -> Iterator[str]:
    """What in a book may play, flash or move, in words."""
    for path, node in _elements(book):
        if etree.QName(node).localname in _PLAYING:
            yield f"<{etree.QName(node).localname}> at {place(path, node)}"
    yield from (f"{item.address}, which may move" for item in book.items if item.media_type in _MOVING_TYPES)
    for rule in all_rules(book):
        for name, value, _ in rule.declarations:
            if name.endswith(("animation", "animation-name")) and value.lower() != "none":
                yield f"{name}: {value} at {rule.place}"


def _elements(book: Book) -> Iterator[tuple[str, etree._Element]]:
    """Every element of the texts and of the drawings in files of their own, with its file."""
    roots = [(document.path, document.root) for document in book.texts]
    roots += [(path, root) for path, root in book.drawings.items() if root is not None]
    for path, root in roots:
        yield from ((path, node) for node in root.iter("{*}*"))


def _shown(book: Book, base: str, where: str, address: str) -> Iterator[Finding]:
    """What is wrong with the address of something that is shown."""
    led = spot(base, address)
    if led is None:
        if not address.strip().lower().startswith("data:"):
            yield Finding(where, "nothing from outside of the book", address, _HELP_REMOTE)
    elif led[0] not in book.files:
        yield Finding(where, "a file of the book", f"{address}, which it doesn't have", _HELP_FILE)
    elif led[0] not in {item.path for item in book.items} | {base}:
        yield Finding(where, "a file that the manifest names", f"{address}, which it doesn't name", _HELP_LISTED)
