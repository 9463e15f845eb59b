"""Mutants of how a book is packed: its files, its package document, its spine, its navigation."""

import itertools
import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO

from lxml import etree

from tests.mutants.epub_file import XML_LANG, Book, Made, X
from tests.mutants.mutant import Mutant, promises

ANY = promises("P1 P2 P3 P4 P5 P6 P7 P8")
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"


def package_mutants(book: Book) -> Iterator[Mutant]:
    """Each change once a book."""
    yield from _files(book)
    yield from _zips(book)
    opf = book.named(".opf")
    for name, edit, wanted in _PACKAGE:
        # A cover may stand last.
        if (name != "spine in reverse" or len(book.chapters) > 1) and _changes(book, opf, edit):
            # What edition a book follows is told by those at hand.
            needs = name == "another edition"
            yield Mutant(name, opf, name, promises(wanted), book.edited(opf, edit), needs)
    for end in ("nav.xhtml", ".ncx"):
        path = book.named(end)
        for name, edit in _NAVIGATION:
            # Programs that renew an NCX leave its pages out.
            if _changes(book, path, edit) and (end, name) != (".ncx", "no pages"):
                yield Mutant(f"navigation: {name}", path, name, promises("P8"), book.edited(path, edit))


def _changes(book: Book, path: str, edit: Callable[[etree._Element], None]) -> bool:
    root = etree.fromstring(etree.tostring(book.roots[path]))
    before = etree.tostring(root)
    edit(root)
    return etree.tostring(root) != before


def _files(book: Book) -> Iterator[Mutant]:
    for path, data in book.files.items():
        if path == "mimetype":
            continue  # a checker of EPUB tells
        if path.startswith("META-INF"):
            wanted = ANY
        elif path.endswith((".ttf", ".png")):
            continue  # a reader has faces of its own, and a checker of EPUB looks at pictures
        elif path.endswith((".css", ".ncx")) or "nav" in path or "cover" in path:
            wanted = promises("P5 P8")
        else:
            wanted = ANY
        yield Mutant("file dropped", path, "it is gone", wanted, book.replaced({path: None}))
        if path.endswith(".css"):
            continue  # a reader has styles of its own
        yield Mutant(
            "file cut off", path, "its second half is gone", wanted, book.replaced({path: data[: len(data) // 2]})
        )
        if path.endswith(".xhtml") and path in book.chapters:
            yield Mutant("file emptied", path, "no bytes", ANY, book.replaced({path: b""}))
            other = re.sub(rb"<section>.*</section>", b"", data, count=1, flags=re.DOTALL)
            yield Mutant("sections cut out", path, "from the first to the last", ANY, book.replaced({path: other}))
            broken = data.replace(b"</p>", b"", 1)
            yield Mutant("no XML", path, "a tag is not closed", promises("P8"), book.replaced({path: broken}))
    chapters = sorted(book.chapters)
    for one, two in itertools.pairwise(chapters):
        files = {one: book.files[two], two: book.files[one]}
        yield Mutant("files exchanged", one, f"its text is that of {two}", promises("P5 P8"), book.replaced(files))


def _zips(book: Book) -> Iterator[Mutant]:
    data = book.good.data
    rows: list[tuple[str, frozenset[str], Made]] = [
        ("file cut off at its end", ANY, lambda: data[: len(data) * 2 // 3]),
        ("file cut off at its start", ANY, lambda: data[len(data) // 3 :]),
        ("bytes overwritten", ANY, lambda: _overwritten(data)),
        ("no book at all", ANY, lambda: b"%PDF-1.7\n"),
    ]
    for name, wanted, make in rows:
        yield Mutant(f"zip: {name}", "the whole file", name, wanted, make)


def _overwritten(data: bytes) -> bytes:
    """The bytes of a chapter are wrong; its checksum tells."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        info = max((it for it in archive.infolist() if it.filename.endswith(".xhtml")), key=lambda it: it.file_size)
        at = info.header_offset + 200
    return data[:at] + bytes(byte ^ 0xFF for byte in data[at : at + 64]) + data[at + 64 :]


# --- the package document ---------------------------------------------------------------------------------


def _meta(name: str) -> str:
    return f"{_OPF}meta[@property='{name}']"


def _first(root: etree._Element, name: str) -> etree._Element:
    found = root.find(f".//{name}")
    assert found is not None
    return found


def _text(name: str, text: str) -> Callable[[etree._Element], None]:
    def edit(root: etree._Element) -> None:
        _first(root, name).text = text

    return edit


def _drop(path: str, index: int = 0) -> Callable[[etree._Element], None]:
    def edit(root: etree._Element) -> None:
        found = list(root.iterfind(f".//{path}"))
        if found:
            parent = found[index].getparent()
            assert parent is not None
            parent.remove(found[index])

    return edit


def _set(path: str, name: str, value: str, index: int = 0) -> Callable[[etree._Element], None]:
    def edit(root: etree._Element) -> None:
        found = list(root.iterfind(f".//{path}"))
        if found:
            found[index].set(name, value)

    return edit


def _reverse_spine(root: etree._Element) -> None:
    spine = _first(root, f"{_OPF}spine")
    for item in reversed(list(spine)):
        spine.append(item)


def _double_spine(root: etree._Element) -> None:
    spine = _first(root, f"{_OPF}spine")
    spine.append(etree.fromstring(etree.tostring(spine[-1])))


def _claim(text: str) -> Callable[[etree._Element], None]:
    def edit(root: etree._Element) -> None:
        meta = etree.SubElement(_first(root, f"{_OPF}metadata"), f"{_OPF}meta", property="schema:accessibilityFeature")
        meta.text = text

    return edit


_DOCUMENT = f"{_OPF}item[@media-type='application/xhtml+xml']"
_PACKAGE: list[tuple[str, Callable[[etree._Element], None], str]] = [
    ("spine in reverse", _reverse_spine, "P5 P8"),
    ("spine without its last file", _drop(f"{_OPF}itemref", -1), "P1 P2 P3 P4 P5 P8"),
    ("spine with a file twice", _double_spine, "P3 P5 P8"),
    ("spine with a file beside", _set(f"{_OPF}itemref", "linear", "no", -1), "P1 P2 P3 P5 P8"),
    ("item without its file", _set(_DOCUMENT, "href", "x.xhtml", -1), "P5 P8"),
    ("item of another type", _set(_DOCUMENT, "media-type", "text/html", -1), "P8"),
    ("item dropped", _drop(f"{_OPF}item[@media-type='text/css']"), "P5"),
    ("item without its properties", _set(f"{_OPF}item[@properties='nav']", "properties", ""), "P8"),
    ("another title", _text(f"{_DC}title", "Another book"), "P5 P8"),
    ("no title", _drop(f"{_DC}title"), "P5 P8"),
    ("another language of the book", _text(f"{_DC}language", "de"), "P8"),
    ("no language of the book", _drop(f"{_DC}language"), "P8"),
    ("another language of the package", lambda root: root.set(XML_LANG, "de"), "P8"),
    ("another day of review in the metadata", _text(_meta("schema:lastReviewed"), "2020-01-01"), "P7 P8"),
    ("another day of making in the metadata", _text(f"{_DC}date", "2020-01-01"), "P7 P8"),
    ("another description", _text(f"{_DC}description", "It cures long COVID."), "P5 P8"),
    ("a false claim", _claim("captions"), "P8"),
    ("another false claim", _claim("signLanguage"), "P8"),
    ("another edition", _text(_meta("pageBreakSource"), "another-large-print.pdf"), "P8"),
    ("no edition", _drop(_meta("pageBreakSource")), "P8"),
    ("pages run the other way", _set(f"{_OPF}spine", "page-progression-direction", "rtl"), "P8"),
    ("fixed layout", lambda root: _fixed(root), "P8"),
]  # fmt: skip


def _fixed(root: etree._Element) -> None:
    meta = etree.SubElement(_first(root, f"{_OPF}metadata"), f"{_OPF}meta", property="rendition:layout")
    meta.text = "pre-paginated"


# --- the navigation ---------------------------------------------------------------------------------------


def _entries(root: etree._Element) -> list[etree._Element]:
    return [
        it for it in root.iter("{*}li", "{*}navPoint") if it.find("{*}ol") is None and it.find("{*}navPoint") is None
    ]


def _drop_entry(root: etree._Element) -> None:
    entry = _entries(root)[1]
    parent = entry.getparent()
    assert parent is not None
    parent.remove(entry)


def _swap_entries(root: etree._Element) -> None:
    one = _entries(root)[0]
    other = one.getnext()
    if other is not None:
        other.addnext(one)


def _relabel(root: etree._Element) -> None:
    label = next(_entries(root)[0].iter(f"{X}a", "{*}text"))
    label.text = "Something else"


def _exchange_targets(root: etree._Element) -> None:
    one, other = (next(it.iter(f"{X}a", "{*}content")) for it in _entries(root)[:2])
    key = "href" if one.get("href") else "src"
    first, second = one.get(key, ""), other.get(key, "")
    one.set(key, second)
    other.set(key, first)


def _pages(root: etree._Element) -> list[etree._Element]:
    """The lines of the page list."""
    return root.findall(".//{*}pageTarget") or root.findall(f".//{X}nav[@aria-label='Pages']//{X}li")


def _drop_page(root: etree._Element) -> None:
    page = _pages(root)[2]
    parent = page.getparent()
    assert parent is not None
    parent.remove(page)


def _swap_pages(root: etree._Element) -> None:
    pages = _pages(root)
    pages[3].addnext(pages[2])


def _no_pages(root: etree._Element) -> None:
    found = root.find(".//{*}pageList")
    pages = found if found is not None else root.find(f".//{X}nav[@aria-label='Pages']")
    assert pages is not None
    parent = pages.getparent()
    assert parent is not None
    parent.remove(pages)


_NAVIGATION: list[tuple[str, Callable[[etree._Element], None]]] = [
    ("an entry dropped", _drop_entry),
    ("entries swapped", _swap_entries),
    ("an entry relabelled", _relabel),
    ("targets exchanged", _exchange_targets),
    ("a page dropped", _drop_page),
    ("pages swapped", _swap_pages),
    ("no pages", _no_pages),
]
