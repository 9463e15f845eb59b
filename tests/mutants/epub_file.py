"""A good EPUB, taken apart: its files, and each text in them with the part of a topic that it belongs to."""

import copy
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import TypeAlias

from lxml import etree

from tests.mutants.mutant import Good, is_authors

X = "{http://www.w3.org/1999/xhtml}"
EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
Edit: TypeAlias = Callable[[etree._Element], None]
Made: TypeAlias = Callable[[], bytes]


@dataclass(frozen=True, slots=True)
class Slot:
    """A text in one piece: of an element, behind it ("tail"), or of an attribute; `index` counts elements."""

    path: str
    index: int
    part: str
    text: str
    region: str
    place: str


@dataclass
class Book:
    """The good file and what was found in it; `roots` has the documents, the package and the NCX."""

    good: Good
    files: dict[str, bytes]
    roots: dict[str, etree._Element] = field(default_factory=dict)
    slots: list[Slot] = field(default_factory=list)

    @property
    def chapters(self) -> dict[str, etree._Element]:
        """The documents with the text of a topic."""
        return {path: root for path, root in self.roots.items() if root.find(f".//{X}article") is not None}

    def named(self, end: str) -> str:
        """The path of the file whose name ends so."""
        return next(path for path in self.files if path.endswith(end))

    def edited(self, path: str, edit: Edit) -> Made:
        """What makes the book with a document changed."""

        def make() -> bytes:
            root = copy.deepcopy(self.roots[path])
            edit(root)
            return self.repacked({path: written(root)})

        return make

    def replaced(self, changes: Mapping[str, bytes | None]) -> Made:
        """What makes the book with other files; None takes a file out."""
        return lambda: self.repacked(changes)

    def repacked(self, changes: Mapping[str, bytes | None]) -> bytes:
        """The book with other files."""
        files = {**self.files, **changes}
        return packed({name: data for name, data in files.items() if data is not None})


def written(root: etree._Element) -> bytes:
    """A document as a file."""
    head = b"<?xml version='1.0' encoding='utf-8'?>\n"
    doctype = b"<!DOCTYPE html>\n" if root.tag == f"{X}html" else b""
    # Without its tree, which has a document type too.
    body: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=False, with_tail=False)
    return head + doctype + body


def packed(files: Mapping[str, bytes], compression: int = zipfile.ZIP_STORED) -> bytes:
    """The files as a book, in their order, the same bytes each time."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", compression) as book:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else compression
            book.writestr(info, data)
    return target.getvalue()


def take_apart(good: Good) -> Book:
    """The texts of a book in the order of its files."""
    with zipfile.ZipFile(BytesIO(good.data)) as archive:
        book = Book(good, {info.filename: archive.read(info) for info in archive.infolist()})
    for path, data in book.files.items():
        if path.endswith((".xhtml", ".opf", ".ncx")):
            # A document type without a subset defines nothing.
            book.roots[path] = etree.fromstring(data, etree.XMLParser(resolve_entities=False))
    for path, root in book.roots.items():
        book.slots += _slots(path, root)
    return book


def _slots(path: str, root: etree._Element) -> Iterator[Slot]:
    for index, node in enumerate(root.iter()):
        if not isinstance(node.tag, str) or _is_aside(node):
            continue
        where = place(path, node)
        if node.text and node.text.strip():
            yield Slot(path, index, "text", node.text, region(path, node), where)
        parent = node.getparent()
        if parent is not None and node.tail and node.tail.strip():
            yield Slot(path, index, "tail", node.tail, region(path, parent), where)
        for name in ("alt", "aria-label", "title"):
            text = node.get(name)
            if text:
                yield Slot(path, index, name, text, told_region(node), where)


def _is_aside(node: etree._Element) -> bool:
    """Names that no reader is shown: of a drawing that has another for voices, of lists of the navigation."""
    parent = node.getparent()
    above = "" if parent is None else etree.QName(parent).localname
    tag = etree.QName(node).localname
    return (tag == "title" and above == "svg") or tag == "nav" or (parent is not None and _names_pages(parent))


def _names_pages(node: etree._Element) -> bool:
    parent = node.getparent()
    return parent is not None and etree.QName(parent).localname == "pageList" and node.tag.endswith("navLabel")


def text_of(node: etree._Element) -> str:
    """What an element says."""
    return " ".join("".join(map(str, node.itertext())).split())


def place(path: str, node: etree._Element) -> str:
    """An element for a person."""
    name = node.get("id") or node.get("class") or ""
    return f"{path.rpartition('/')[2]}:{node.sourceline} {etree.QName(node).localname}{f' ({name})' if name else ''}"


_OWN_SECTIONS = {"short": "text", "grades": "scale", "glossary": "text", "related": "text", "about": "label"}


def region(path: str, node: etree._Element) -> str:
    """The part of a topic that an element's text belongs to."""
    if not path.endswith(".xhtml"):
        return "navigation" if path.endswith(".ncx") else "package"
    around = [node, *node.iterancestors()]
    tags = [etree.QName(it).localname for it in around]
    classes = {name for it in around for name in it.get("class", "").split()}
    if "head" in tags or "nav" in tags:
        return "navigation"
    if "svg" in tags:
        return "drawing"
    if "cite" in classes:
        return "citation"
    for name in ("disclaimer", "scale"):
        if name in classes:
            return name
    if text_of(node).startswith(("Last reviewed", "Made on")):
        return "date"
    if "grade" in classes:
        return "grade"
    heading = next((it.find(f"{X}h2") for it in around if it.find(f"{X}h2") is not None), None)
    section = "" if heading is None else heading.get("id", "")
    if section == "references":
        return "label" if "back" in classes or node.tag == f"{X}h2" else "reference"
    if {"citation", "stop", "atlas", "kind"} & classes or tags[0] == "strong" or path.endswith("title.xhtml"):
        return "heading" if tags[0] == "h1" else "label"
    if "in-words" in classes:
        return "alternative"
    if tags[0] in ("h1", "h2", "h3"):
        return "label" if section in _OWN_SECTIONS and tags[0] != "h1" else "heading"
    part = _OWN_SECTIONS.get(section, "text")
    return "label" if part == "scale" and not is_authors(text_of(node)) else part


def told_region(node: etree._Element) -> str:
    """The part that a text for a voice belongs to."""
    if node.get("role") == "doc-pagebreak":
        return "marker"
    if node.tag == f"{X}a":
        return "told citation" if "cite" in node.get("class", "") or node.get("role") else "told reference"
    return "alternative" if node.get("alt") or etree.QName(node).localname == "svg" else "text"
