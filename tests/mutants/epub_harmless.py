"""Changes of a book that no reader notices: another zip, other XML, other names."""

import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from io import BytesIO

from lxml import etree

from tests.mutants.epub_file import Book, X, packed, text_of, written
from tests.mutants.mutant import Mutant, chance

_NONE: frozenset[str] = frozenset()


def harmless(book: Book) -> Iterator[Mutant]:
    """Each of them once."""
    for name, make in _zips(book).items():
        yield Mutant(f"harmless zip: {name}", "the whole file", name, _NONE, make, needs_editions=name == "stored")
    for name, change in _TEXTS.items():
        yield Mutant(f"harmless text: {name}", "each document", name, _NONE, _rewritten(book, change))
    for name, edit in _TREES.items():
        yield Mutant(f"harmless tree: {name}", "each document", name, _NONE, _edited(book, edit))
    opf = book.named(".opf")
    for name, edit in _PACKAGE.items():
        yield Mutant(f"harmless package: {name}", opf, name, _NONE, book.edited(opf, edit))
    css = book.named("style.css")
    for name, sheet in _SHEETS.items():
        made = book.replaced({css: sheet(book.files[css].decode()).encode()})
        yield Mutant(f"harmless sheet: {name}", css, name, _NONE, made)
    yield Mutant("harmless: other file names", "each file", "other names", _NONE, lambda: packed(_renamed(book)))
    yield Mutant("harmless: another folder", "each file", "in OEBPS", _NONE, lambda: packed(_moved(book)))


# --- the zip ----------------------------------------------------------------------------------------------


def _zips(book: Book) -> dict[str, Callable[[], bytes]]:
    mimetype = book.files["mimetype"]
    others = [name for name in book.files if name != "mimetype"]
    mixed = list(others)
    chance(book.good, "zip").shuffle(mixed)
    return {
        "stored": lambda: packed(book.files),
        "deflated": lambda: packed(book.files, zipfile.ZIP_DEFLATED),
        "in reverse": lambda: packed({"mimetype": mimetype, **{it: book.files[it] for it in reversed(others)}}),
        "in another order": lambda: packed({"mimetype": mimetype, **{it: book.files[it] for it in mixed}}),
        "other times": lambda: _zipped(book, date=(2031, 2, 3, 4, 5, 6)),
        "with folders": lambda: _zipped(book, folders=True),
        "with a comment": lambda: _zipped(book, comment=b"packed again"),
        "made on another system": lambda: _zipped(book, system=0),
        "with a file beside": lambda: packed({**book.files, "META-INF/com.apple.ibooks.display-options.xml": b"<x/>"}),
    }


def _zipped(
    book: Book,
    date: tuple[int, int, int, int, int, int] = (1990, 1, 1, 0, 0, 0),
    folders: bool = False,
    comment: bytes = b"",
    system: int = 3,
) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = comment
        for name, content in book.files.items():
            info = zipfile.ZipInfo(name, date)
            info.create_system = system
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
        for name in ("EPUB/", "META-INF/") if folders else ():
            archive.writestr(zipfile.ZipInfo(name, date), b"")
    return target.getvalue()


# --- the documents as text --------------------------------------------------------------------------------


def _rewritten(book: Book, change: Callable[[str], str]) -> Callable[[], bytes]:
    def make() -> bytes:
        files = {path: change(book.files[path].decode()) for path in book.roots if path.endswith(".xhtml")}
        return book.repacked({path: text.encode() for path, text in files.items()})

    return make


def _entities(text: str) -> str:
    return "".join(letter if ord(letter) < 128 else f"&#x{ord(letter):X};" for letter in text)


def _decimal(text: str) -> str:
    return "".join(letter if ord(letter) < 128 else f"&#{ord(letter)};" for letter in text)


def _outside_tags(text: str, change: Callable[[str], str]) -> str:
    head, body, rest = text.partition("<body")
    return head + body + re.sub(r">([^<]+)<", lambda found: f">{change(found[1])}<", rest)


def _folded_lines(text: str) -> str:
    """Each space of the text outside of its tags is a line end, but within drawings, where white space may show."""
    parts = re.split(r"(<svg.*?</svg>)", text, flags=re.DOTALL)
    changed = (part if part.startswith("<svg") else _outside_tags(part, _break) for part in parts)
    return "".join(changed)


def _break(text: str) -> str:
    return text.replace(" ", "\n   ")


_TEXTS: dict[str, Callable[[str], str]] = {
    "entities": _entities,
    "decimal entities": _decimal,
    "line ends of another system": lambda text: text.replace("\n", "\r\n"),
    "a line a word": _folded_lines,
    "single quotes": lambda text: re.sub(r'="([^"\'<>]*)"', r"='\1'", text),
    "comments": lambda text: text.replace("<p", "<!-- a paragraph --><p").replace("</h2>", "</h2><!-- so far -->"),
    "a comment within words": lambda text: _outside_tags(text, lambda it: it.replace(" the ", " <!-- so -->the ")),
    "instructions": lambda text: text.replace("<p", "<?editor here?><p"),
    "white space between blocks": lambda text: text.replace("</p>", "</p>\n\n\t \n").replace("</li>", "</li>\n\n  "),
    "white space at the edges of blocks": lambda text: re.sub(r"(<p(?: [^>]*)?>)", r"\1\n  ", text).replace(
        "</p>", "\n </p>"
    ),
    "white space in tags": lambda text: re.sub(r"<(\w+) ", r"<\1\n    ", text),
    "decomposed accents": lambda text: unicodedata.normalize("NFD", text),
    "a byte order mark": lambda text: "\ufeff" + text,
    "no XML declaration": lambda text: re.sub(r"^<\?xml.*?\?>\s*", "", text),
    "soft hyphens": lambda text: _outside_tags(text, lambda it: re.sub(r"(?<=[a-z]{4})(?=[a-z]{4})", "\u00ad", it)),
    "character data": lambda text: re.sub(r"(<p>)([^<&]+)(</p>)", r"\1<![CDATA[\2]]>\3", text),
    "ends of empty elements": lambda text: re.sub(r"<(span|div)( [^>]*)/>", r"<\1\2></\1>", text),
}


# --- the documents as trees -------------------------------------------------------------------------------


def _edited(book: Book, edit: Callable[[etree._Element], None]) -> Callable[[], bytes]:
    def make() -> bytes:
        files: dict[str, bytes] = {}
        for path, root in book.roots.items():
            if path.endswith(".xhtml"):
                twin = deepcopy(root)
                edit(twin)
                files[path] = written(twin)
        return book.repacked(files)

    return make


def _reorder(root: etree._Element) -> None:
    for node in root.iter(f"{X}*"):
        attributes = sorted(node.attrib.items(), key=lambda pair: str(pair[0])[::-1])
        node.attrib.clear()
        node.attrib.update(attributes)


def _each(tags: str, change: Callable[[etree._Element, int], object]) -> Callable[[etree._Element], None]:
    def edit(root: etree._Element) -> None:
        for index, node in enumerate(list(root.iter(*(f"{X}{tag}" for tag in tags.split())))):
            change(node, index)

    return edit


def _wrapped(tag: str) -> Callable[[etree._Element, int], None]:
    """What an element holds stands in another one within it."""

    def change(node: etree._Element, index: int) -> None:
        del index
        wrapper = etree.Element(f"{X}{tag}")
        wrapper.text, node.text = node.text, None
        for child in list(node):
            wrapper.append(child)
        node.append(wrapper)

    return change


def _around(node: etree._Element, index: int) -> None:
    del index
    parent = node.getparent()
    assert parent is not None
    wrapper = etree.Element(f"{X}div")
    parent.replace(node, wrapper)
    wrapper.append(node)
    wrapper.tail, node.tail = node.tail, None


def _retag(node: etree._Element, tag: str) -> None:
    node.tag = f"{X}{tag}"


def _counted(node: etree._Element) -> None:
    """Each reference says its number."""
    parent = node.getparent()
    if parent is not None and parent.get("class") == "references":
        for at, item in enumerate(node.iterfind(f"{X}li"), start=int(node.get("start", "1"))):
            item.set("value", str(at))


_TREES: dict[str, Callable[[etree._Element], None]] = {
    "written again": lambda root: None,
    "attributes in another order": _reorder,
    "names for elements": _each("p li", lambda node, index: node.set("id", node.get("id") or f"zq-{index}")),
    "classes": _each("p li", lambda node, index: node.set("class", f"{node.get('class', '')} zq")),
    "data": _each("p li section", lambda node, index: node.set("data-zq", str(index))),
    "spans within": _each("p li td", _wrapped("span")),
    "divisions around": _each("p table", _around),
    "paragraphs in cells": _each("td", _wrapped("p")),
    "strong is b": _each("strong", lambda node, index: _retag(node, "b")),
    "sections are divisions": _each("section", lambda node, index: _retag(node, "div")),
    "the language once more": _each("p li", lambda node, index: node.set("lang", "en")),
    "the direction once more": _each("p li", lambda node, index: node.set("dir", "ltr")),
    "styles that show": _each("p li", lambda node, index: node.set("style", "margin: 0.5em 0; opacity: 1")),
    "roles that are their own": _each("ul ol", lambda node, index: node.set("role", "list")),
    "told as shown": _each("h2", lambda node, index: node.set("aria-label", text_of(node))),
    "numbers as they count": _each("ol", lambda node, index: _counted(node)),
}


# --- the package and the style sheet ----------------------------------------------------------------------


def _sorted(root: etree._Element, tag: str) -> None:
    holder = root.find(f"{{*}}{tag}")
    assert holder is not None
    # What refines another stays behind it; sources of pages keep their order.
    for child in sorted(holder, key=lambda it: (it.get("refines") is not None, it.get("id") or "", it.tag)):
        holder.append(child)


def _more(text: str, **attributes: str) -> Callable[[etree._Element], None]:
    def edit(root: etree._Element) -> None:
        holder = root.find("{*}metadata")
        assert holder is not None
        etree.SubElement(holder, "{http://www.idpf.org/2007/opf}meta", attributes).text = text

    return edit


def _linear(root: etree._Element) -> None:
    for item in root.iter("{*}itemref"):
        item.set("linear", "yes")


_PACKAGE: dict[str, Callable[[etree._Element], None]] = {
    "written again": lambda root: None,
    "metadata in another order": lambda root: _sorted(root, "metadata"),
    "manifest in another order": lambda root: _sorted(root, "manifest"),
    "more metadata": _more("2.0", name="Sigil version", content="2.0"),
    "spine as it is": _linear,
    "a comment": lambda root: root.append(etree.Comment(" packed again ")),
}
_SHEETS: dict[str, Callable[[str], str]] = {
    "minified": lambda text: re.sub(r"\s*([{};:,])\s*", r"\1", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)),
    "a comment": lambda text: f"/* display: none */\n{text}",
    "a rule for nothing": lambda text: text + "\n.nowhere { display: none }",
    "a rule that shows": lambda text: text + "\np { margin: 0.5em 0; visibility: visible; opacity: 1 }",
    "a rule for print": lambda text: text + "\n@media print { h2 { page-break-after: avoid } }",
    "generated quotes": lambda text: text + "\nblockquote::before { content: '“' }",
}


# --- other names ------------------------------------------------------------------------------------------


def _renamed(book: Book) -> Mapping[str, bytes]:
    """Each file under another name, with what names it."""
    stems = {path.rpartition("/")[2] for path in book.files if path.startswith("EPUB/") and not path.endswith(".opf")}
    names = {stem: f"x-{index}.{stem.rpartition('.')[2]}" for index, stem in enumerate(sorted(stems))}
    pattern = re.compile(
        r"(?<=[\"(/])(" + "|".join(map(re.escape, sorted(stems, key=len, reverse=True))) + r")(?=[\"#)])"
    )
    files = {}
    for path, data in book.files.items():
        folder, slash, stem = path.rpartition("/")
        if path.endswith((".xhtml", ".opf", ".ncx", ".css")):
            data = pattern.sub(lambda found: names[found[1]], data.decode()).encode()
        files[f"{folder}{slash}{names.get(stem, stem)}"] = data
    return files


def _moved(book: Book) -> Mapping[str, bytes]:
    """All in a folder of another name."""
    files = {}
    for path, data in book.files.items():
        if path.startswith("META-INF"):
            data = data.replace(b"EPUB/", b"OEBPS/")
        files[path.replace("EPUB/", "OEBPS/")] = data
    return files
