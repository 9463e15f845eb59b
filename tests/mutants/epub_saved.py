"""Books as other programs save them: what converters, editors and shops change of a book, but for its words."""

import re
from collections.abc import Callable, Iterator
from copy import deepcopy

from lxml import etree

from tests.mutants.epub_file import Book, Made, X, packed, written
from tests.mutants.mutant import Mutant

_NONE: frozenset[str] = frozenset()
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_XML = (".xhtml", ".opf", ".ncx", ".css")


def saved(book: Book) -> Iterator[Mutant]:
    """Each habit once."""
    css, opf = book.named("style.css"), book.named(".opf")
    sheet = book.files[css].decode()
    for name, rules in _ADDED.items():
        made = book.replaced({css: f"{sheet}\n{rules}".encode()})
        yield Mutant(f"saved with styles: {name}", css, name, _NONE, made)
    for name, text in {"none at all": "", "of Pandoc alone": _ADDED["of Pandoc"]}.items():
        yield Mutant(f"saved with styles: {name}", css, name, _NONE, book.replaced({css: text.encode()}))
    yield Mutant("saved with a class on each element", "each document", "calibre1 and so on", _NONE, _flattened(book))
    yield Mutant("saved with a span a sentence", "each document", "as a shop counts them", _NONE, _sentences(book))
    for name, edit in _PACKAGES.items():
        yield Mutant(f"saved with metadata: {name}", opf, name, _NONE, book.edited(opf, edit))
    for name, pick in _FOLDERS.items():
        yield Mutant(f"saved in folders: {name}", "each file", name, _NONE, _moved(book, pick))
    marks = {
        "META-INF/calibre_bookmarks.txt": b"calibre_current_page_bookmark*|!|?|*0",
        "iTunesMetadata.plist": b"<x/>",
    }
    yield Mutant("saved with files of a reader", "the whole file", "bookmarks", _NONE, book.replaced(marks))


# --- style sheets -----------------------------------------------------------------------------------------

_ADDED = {
    "of Pandoc": """
@page { margin: 10px }
html, body, div, span, h1, h2, h3, p, blockquote, em, img, strong, sub, sup, ol, ul, li, table, td, th { margin: 0;
  padding: 0; border: 0; font-size: 100%; vertical-align: baseline }
body { margin: 5%; text-align: justify; font-size: medium }
p { text-indent: 0; margin: 1em 0; widows: 2; orphans: 2 }
a, a:visited { color: inherit } a.footnote-ref { vertical-align: super } code { font-family: monospace }
h1, h2, h3 { text-align: left; page-break-after: avoid; page-break-inside: avoid; margin: 2em 0 1em }
section.level1 { page-break-before: always } ol.toc { padding: 0; margin-left: 1em } ol.toc li { list-style-type: none }
em, em em em { font-style: italic } em em { font-style: normal } q { quotes: "“" "”" "‘" "’" }
sup { line-height: 0; font-size: 0.75em; position: relative; top: -0.5em; vertical-align: baseline }
div.columns { display: flex; gap: min(4vw, 1.5em) } div.column { flex: auto; overflow-x: auto }
div.hanging-indent { margin-left: 1.5em; text-indent: -1.5em } span.smallcaps { font-variant: small-caps }
ul.task-list { list-style: none } ul.task-list li input[type="checkbox"] { width: 0.8em; margin: 0 0.8em 0.2em -1.6em }
@media screen { div.sourceCode { margin: 1em 0; overflow: auto !important; white-space: pre-wrap !important } }
@media print { pre > code.sourceCode { white-space: pre-wrap } }
nav#landmarks { display: none } img { max-width: 100% } .display.math { display: block; text-align: center }
nav[epub|type~="toc"] ol { list-style-type: none }
""",
    "of Calibre": """
@page { margin-bottom: 5pt; margin-top: 5pt }
.calibre { display: block; font-size: 1em; line-height: 1.2; padding-left: 0; padding-right: 0; margin: 0 5pt }
.calibre1 { display: block; font-size: 1.41667em; font-weight: bold; line-height: 1.2; margin: 0.67em 0 }
.calibre2 { display: block; margin: 1em 0; text-indent: 0 } .calibre3 { font-style: italic } .calibre4 { height: auto }
.calibre5 { display: list-item } .calibre6 { display: block; list-style-type: decimal; padding-left: 40px }
.calibre7 { border-spacing: 2px; display: table; border-collapse: separate; text-indent: 0 } .pcalibre { color: blue }
.calibre8 { display: table-row; vertical-align: middle } .calibre9 { display: table-cell; padding: 1px }
.mbp_pagebreak { display: block; height: 0; page-break-after: always } .calibre_10 { text-decoration: underline }
.tx:first-letter { font-size: 3em; float: left; line-height: 0.8; margin-right: 0.1em }
.strike { text-decoration: line-through }
""",
    "of a publisher": """
@namespace epub "http://www.idpf.org/2007/ops";
p { -epub-hyphens: auto; adobe-hyphenate: auto; hyphens: auto; -webkit-hyphenate-limit-before: 3; text-align: justify }
h1, h2 { text-transform: uppercase; letter-spacing: 0.08em; page-break-before: auto; -webkit-hyphens: none }
h3 { font-variant: small-caps; position: relative; top: 0.1em } figure { float: right; width: 45%; margin: 0 0 1em 1em }
aside, .box { border: 1px solid; border-radius: 4px; box-shadow: 0 1px 2px #999; padding: 1em; background: #f4f4f4 }
table { page-break-inside: avoid; width: 100%; table-layout: fixed } th { background-color: #e6e6e6; color: #222 }
.clear::after { content: ""; display: table; clear: both } .clear { overflow: hidden; zoom: 1 }
hr { border: 0; height: 1px; background: #ccc; overflow: visible } li { margin-left: -0.5em } a { transition: color 1s }
ol { list-style-position: outside } blockquote { font-size: 0.9em; margin: 1em 2em } dt { float: none; clear: left }
sub, sup { font-size: 70%; line-height: 0 } abbr[title] { border-bottom: 1px dotted; cursor: help } em { filter: none }
""",
    "by other media": """
@media amzn-mobi { p, .epub-only { display: none } } @media amzn-kf8 { h2 { display: none } }
@media not amzn-mobi { .mobi-only { display: none } } @media all and (max-width: 30em) { figure { float: none } }
@media (prefers-color-scheme: dark) { a { color: #9cf } blockquote { color: #ddd; background: #222 } }
@media print { nav { page-break-after: always } h2 { color: #000 } } @supports (hyphens: auto) { p { hyphens: auto } }
""",
    "of a reset": """
*, *::before, *::after { box-sizing: inherit } html { box-sizing: border-box; -webkit-text-size-adjust: 100% }
audio:not([controls]) { display: none; height: 0 } [hidden], template { display: none } img { border-style: none }
button { overflow: visible } hr { height: 0; overflow: visible } a { background-color: transparent }
summary { display: list-item }
.screen-reader-text:focus { clip: auto; height: auto } a:active, a:hover { outline-width: 0; opacity: 0.7 }
""",
}


def _flattened(book: Book) -> Made:
    """Each kind of element in a class of its own, with what its tag stands for written out."""
    kinds = {
        "p": "display: block; margin: 1em 0",
        "h1": "display: block; font-size: 2em; font-weight: bold; margin: 0.67em 0",
        "h2": "display: block; font-size: 1.5em; font-weight: bold",
        "li": "display: list-item; text-align: -webkit-match-parent",
        "ol": "display: block; list-style-type: decimal; padding-left: 40px",
        "ul": "display: block; list-style-type: disc; padding-left: 40px",
        "a": "text-decoration: underline",
        "span": "white-space: normal",
        "td": "display: table-cell; text-align: inherit; vertical-align: inherit",
        "table": "display: table; border-collapse: separate; border-spacing: 2px",
        "section": "display: block",
        "dd": "display: block; margin-left: 40px",
    }
    names = {tag: f"calibre{index or ''}" for index, tag in enumerate(("body", *kinds))}

    def make() -> bytes:
        rules = "".join(f".{names[tag]} {{ {style} }}\n" for tag, style in kinds.items())
        css = book.named("style.css")
        files = {css: (f"{_ADDED['of Calibre'].splitlines()[2]}\n{rules}").encode()}
        for path, root in _documents(book):
            for node in root.iter(*(f"{X}{tag}" for tag in names)):
                node.set("class", f"{names[etree.QName(node).localname]} {node.get('class', '')}".strip())
            files[path] = written(root)
        return book.repacked(files)

    return make


def _sentences(book: Book) -> Made:
    def make() -> bytes:
        files = {}
        for path, root in _documents(book):
            texts = [it for it in root.iter(f"{X}p", f"{X}li") if it.text and it.text.strip()]
            for number, node in enumerate(texts, start=1):
                span = etree.Element(f"{X}span", {"class": "koboSpan", "id": f"kobo.{number}.1"})
                span.text, node.text = node.text, None
                node.insert(0, span)
            files[path] = written(root)
        return book.repacked(files)

    return make


def _documents(book: Book) -> Iterator[tuple[str, etree._Element]]:
    """Copies of the documents, without the one that only lists the others."""
    for path, root in book.roots.items():
        if path.endswith(".xhtml") and "nav" not in path:
            yield path, deepcopy(root)


# --- package documents ------------------------------------------------------------------------------------


def _metadata(root: etree._Element) -> etree._Element:
    found = root.find(f"{_OPF}metadata")
    assert found is not None
    return found


def _of_calibre(root: etree._Element) -> None:
    """As a library writes its own fields into a book."""
    metadata = _metadata(root)
    for name, content in (("calibre:timestamp", "2026-11-23T08:00:00+00:00"), ("calibre:title_sort", "A title")):
        etree.SubElement(metadata, f"{_OPF}meta", name=name, content=content)
    etree.SubElement(metadata, f"{_DC}contributor").text = "calibre (8.1.0) [https://calibre-ebook.com]"
    etree.SubElement(metadata, f"{_DC}identifier").text = "calibre:1"
    for node in metadata.iter(f"{_DC}date"):
        node.text = f"{node.text}T00:00:00+00:00"
    for node in metadata.iter(f"{_DC}description"):
        node.text = f"<div><p>{node.text}</p></div>"
    for index, node in enumerate(metadata.iter(f"{_DC}creator")):
        node.set("id", node.get("id") or f"creator-{index}")
        sort = etree.SubElement(metadata, f"{_OPF}meta", refines=f"#{node.get('id')}", property="file-as")
        sort.text = node.text


def _of_pandoc(root: etree._Element) -> None:
    metadata = _metadata(root)
    for index, node in enumerate(metadata.iter(f"{_DC}title"), start=1):
        node.set("id", f"epub-title-{index}")
        kind = etree.SubElement(metadata, f"{_OPF}meta", refines=f"#epub-title-{index}", property="title-type")
        kind.text = "main"
    etree.SubElement(metadata, f"{_OPF}meta", name="generator", content="pandoc")
    spine = root.find(f"{_OPF}spine")
    assert spine is not None
    spine.attrib.pop("page-progression-direction", "")
    for item in spine:
        item.set("linear", "yes")


def _of_an_editor(root: etree._Element) -> None:
    root.set("version", "3.0")
    for item in root.iter(f"{_OPF}item"):
        item.set("href", f"./{item.get('href')}")
    guide = etree.SubElement(root, f"{_OPF}guide")
    first = next(it for it in root.iter(f"{_OPF}item") if it.get("media-type") == "application/xhtml+xml")
    etree.SubElement(guide, f"{_OPF}reference", type="text", title="Start", href=first.get("href", ""))


_PACKAGES: dict[str, Callable[[etree._Element], None]] = {
    "of Calibre": _of_calibre,
    "of Pandoc": _of_pandoc,
    "of an editor": _of_an_editor,
}


# --- folders ----------------------------------------------------------------------------------------------


def _kind_of(stem: str) -> str:
    return stem.rpartition(".")[2]


def _pandoc_folder(index: int, stem: str) -> str:
    kind = _kind_of(stem)
    if kind == "xhtml":
        return stem if "nav" in stem else f"text/ch{index:03}.xhtml"
    return {"css": "styles/stylesheet1.css", "ttf": f"fonts/{stem}", "png": f"media/file{index}.png"}.get(kind, stem)


def _sigil_folder(index: int, stem: str) -> str:
    folder = {"xhtml": "Text/", "css": "Styles/", "ttf": "Fonts/", "png": "Images/"}.get(_kind_of(stem), "")
    return f"{folder}Section{index:04}.xhtml" if folder == "Text/" and "nav" not in stem else f"{folder}{stem}"


def _calibre_folder(index: int, stem: str) -> str:
    if _kind_of(stem) == "xhtml":
        return f"index_split_{index:03}.html"
    return {"css": "stylesheet.css", "png": "cover.png"}.get(_kind_of(stem), stem)


_FOLDERS: dict[str, Callable[[int, str], str]] = {
    "as Pandoc": _pandoc_folder,
    "as an editor": _sigil_folder,
    "as Calibre": _calibre_folder,
}


def _moved(book: Book, pick: Callable[[int, str], str]) -> Made:
    """All files under names of that program, and what names them."""
    paths = [path for path in book.files if path.startswith("EPUB/")]
    stems = [path.rpartition("/")[2] for path in paths]
    places = {stem: pick(index, stem) for index, stem in enumerate(stems)}
    named = "|".join(map(re.escape, sorted(stems, key=len, reverse=True)))
    pattern = re.compile(r"(?<=[\"(/])(?:\.\./)?(?:fonts/)?(" + named + r")(?=[\"#)])")

    def make() -> bytes:
        files = {path: data for path, data in book.files.items() if path not in paths}
        for path, stem in zip(paths, stems, strict=True):
            data, up = book.files[path], "../" * places[stem].count("/")
            if path.endswith(_XML):
                text = pattern.sub(lambda found, up=up: f"{up}{places[found[1]]}", data.decode())  # type: ignore[misc]
                data = text.encode()
            files[f"EPUB/{places[stem]}"] = data
        return packed(files)

    return make
