"""P8 on a book: everything that it shows is in it, and nothing in it acts, plays or fetches."""

import re
from collections.abc import Iterator

from lxml import etree

from atlas_print.prove.epub.styles import declarations
from atlas_print.prove.reading.book import Book, place, spot
from atlas_print.prove.verdicts import Finding

_SHOWN = ("href", "src", "poster", "data", "{http://www.w3.org/1999/xlink}href")
"""Attributes that name what an element shows, but for links."""
_LINKS = frozenset(("a", "area"))
_ACTING = frozenset("script iframe object embed form input button".split())
_PLAYING = frozenset("audio video canvas animate animateMotion animateTransform set".split()) | _ACTING
_SCRIPT = re.compile(r"(java|ecma)script")
_MOVING_TYPES = frozenset(("image/gif", "image/apng", "image/webp"))
"""Pictures that may move."""

_HELP_ZIP = "pack the file mimetype first, as it is, then all others: by it a reader knows the file for a book"
_HELP_IMAGE = "export the picture anew, and build the book again"
_HELP_LISTED = "name the file in the manifest of the package document: a reader may open no other"
_HELP_FILE = "put the file into the book, or take out what names it"
_HELP_REMOTE = "put the file into the book: a reader may have no network, and must not be watched"
_HELP_SCRIPT = "take it out of the layout: a book must not act"


def judge_resources(book: Book) -> Iterator[Finding]:
    """Files that are missing, damaged or elsewhere, and scripts."""
    if not book.is_marked:
        found = "another beginning" if "mimetype" in book.files else "no such file"
        yield Finding("the whole file", "first the file mimetype with application/epub+zip", found, _HELP_ZIP)
    for path, why in book.damaged.items():
        yield Finding(path, "a picture that can be shown", why, _HELP_IMAGE)
    for item in book.items:
        where = f"{book.package.path}, item {item.address}"
        if {"scripted", "remote-resources"} & item.properties or _SCRIPT.search(item.media_type):
            found = " ".join((item.media_type, *sorted(item.properties)))
            yield Finding(where, "a file that neither acts nor fetches", found, _HELP_SCRIPT)
        yield from _shown(book, book.package.path, where, item.address)
    for path, node in _elements(book):
        tag = etree.QName(node).localname
        handler = next((name for name in map(str, node.attrib) if name.lower().startswith("on")), None)
        if tag in _ACTING or handler or node.get("href", "").strip().lower().startswith("javascript:"):
            found = f"<{tag}{f' {handler}' if handler else ''}>"
            yield Finding(place(path, node), "nothing that acts", found, _HELP_SCRIPT)
        for name in _SHOWN if tag not in _LINKS else ():
            if node.get(name) is not None:
                yield from _shown(book, path, place(path, node), node.get(name, ""))
    for declaration in declarations(book):
        for address in declaration.addresses:
            yield from _shown(book, declaration.file, declaration.place, address)


def moving(book: Book) -> Iterator[str]:
    """What in a book may play, flash or move, in words."""
    for path, node in _elements(book):
        if etree.QName(node).localname in _PLAYING:
            yield f"<{etree.QName(node).localname}> at {place(path, node)}"
    yield from (f"{item.address}, which may move" for item in book.items if item.media_type in _MOVING_TYPES)
    yield from (f"{it} at {it.place}" for it in declarations(book) if it.name.startswith("animation"))


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
