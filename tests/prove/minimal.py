"""Small tagged PDFs and EPUBs, written by hand for what no export of ours has."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    TextStringObject,
)

from atlas_print.prove.epub.reader import read_epub
from atlas_print.prove.pdf.reader import read_pdf
from atlas_print.prove.reading.reading import Reading

Node = tuple[str, Sequence[Any]] | tuple[str, Sequence[Any], Mapping[str, Any]]
"""A structure element: its type, its kids (MCIDs, nodes, dictionaries), its other entries."""


def of_pdf(value: Any) -> Any:
    """A Python value as a PDF object; text that starts with a slash is a name."""
    if isinstance(value, PdfObject):
        return value
    if isinstance(value, Mapping):
        return DictionaryObject({NameObject(key): of_pdf(inner) for key, inner in value.items()})
    if isinstance(value, list | tuple):
        return ArrayObject(map(of_pdf, value))
    if isinstance(value, str):
        return NameObject(value) if value.startswith("/") else TextStringObject(value)
    if value is None:
        return NullObject()
    return NumberObject(value) if isinstance(value, int) else FloatObject(value)


def stream(data: bytes, **entries: Any) -> DecodedStreamObject:
    """A stream object; `entries` without their slash."""
    made = DecodedStreamObject()
    made.set_data(data)
    made.update({NameObject(f"/{key}"): of_pdf(value) for key, value in entries.items()})
    return made


FONT = of_pdf({"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica", "/Encoding": "/WinAnsiEncoding",
               "/FirstChar": 32, "/Widths": [500] * 224})  # fmt: skip


class Pdf:
    """A PDF in the making: pages of 600 x 800 pt with the font /F, then a structure tree."""

    def __init__(self, *contents: bytes, **resources: Any) -> None:
        self.writer = PdfWriter()
        for content in contents:
            page = self.writer.add_blank_page(600, 800)
            page[NameObject("/Contents")] = self.writer._add_object(stream(content))
            page[NameObject("/Resources")] = of_pdf(
                {"/Font": {"/F": FONT}, **{f"/{k}": v for k, v in resources.items()}}
            )

    def page(self, number: int) -> Any:
        """A reference to a page."""
        return self.writer.pages[number].indirect_reference

    def add(self, value: Any) -> Any:
        """A reference to a new object."""
        return self.writer._add_object(of_pdf(value))

    def link(self, **entries: Any) -> dict[str, Any]:
        """A kid of a structure element: a link annotation with those entries, over the whole of the first page."""
        note = {"/Type": "/Annot", "/Subtype": "/Link", "/Rect": [0, 0, 600, 800]}
        reference = self.add({**note, **{f"/{key}": value for key, value in entries.items()}})
        page: Any = self.writer.pages[0]
        page[NameObject("/Annots")] = ArrayObject([*page.get("/Annots", ()), reference])
        return {"/Type": "/OBJR", "/Obj": reference}

    def element(self, node: Node, parent: Any = None) -> Any:
        """A reference to a structure element, and to all that it holds."""
        type_, kids, *rest = node
        entries = dict(rest[0]) if rest else {}
        reference = entries.pop("reference", None) or self.add({})
        made = [self.element(kid, reference) if isinstance(kid, tuple) else of_pdf(kid) for kid in kids]
        element: Any = reference.get_object()
        element.update(of_pdf({"/S": f"/{type_}", "/K": made, **entries}))
        if parent is not None:
            element[NameObject("/P")] = parent
        return reference

    def data(self, *nodes: Node, **root: Any) -> bytes:
        """The file, with these elements at the top of the tree."""
        tree = self.add({"/Type": "/StructTreeRoot", **{f"/{key}": value for key, value in root.items()}})
        tree.get_object()[NameObject("/K")] = ArrayObject([self.element(node, tree) for node in nodes])
        self.writer.root_object[NameObject("/StructTreeRoot")] = tree
        target = BytesIO()
        self.writer.write(target)
        return target.getvalue()

    def reading(self, *nodes: Node, **root: Any) -> Reading:
        """What the reader gets out of the file."""
        return read_pdf(self.data(*nodes, **root))


def line(text: str, mcid: int | None = None, x: float = 50, y: float = 700, tag: str = "P") -> bytes:
    """Text at 10 pt, in a marked-content sequence if it has an MCID."""
    shown = b"BT /F 10 Tf 1 0 0 1 %f %f Tm (%b) Tj ET\n" % (x, y, text.encode("cp1252"))
    return shown if mcid is None else b"/%b <</MCID %d>> BDC %b EMC\n" % (tag.encode(), mcid, shown)


def epub(*bodies: str, spine: str | None = None, manifest: str = "") -> bytes:
    """An EPUB with a content document for each body: c1.xhtml and so on, in the folder "EPUB"."""
    names = [f"c{number}" for number in range(1, len(bodies) + 1)]
    files = {
        "META-INF/container.xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="EPUB/package.opf"/></rootfiles></container>',
        "EPUB/package.opf": '<package xmlns="http://www.idpf.org/2007/opf"><manifest>'
        + "".join(f'<item id="{n}" href="{n}.xhtml" media-type="application/xhtml+xml"/>' for n in names)
        + manifest
        + "</manifest><spine>"
        + (spine if spine is not None else "".join(f'<itemref idref="{name}"/>' for name in names))
        + "</spine></package>",
        **{f"EPUB/{name}.xhtml": document(body) for name, body in zip(names, bodies, strict=True)},
    }
    return packed(files)


def document(body: str) -> str:
    """An XHTML content document."""
    return (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops">'
        f"<head><title>Not text</title></head><body>{body}</body></html>"
    )


def packed(files: Mapping[str, str]) -> bytes:
    """A ZIP archive."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return target.getvalue()


def read_book(*bodies: str, **options: str) -> Reading:
    """What the reader gets out of a small EPUB."""
    return read_epub(epub(*bodies, **options))
