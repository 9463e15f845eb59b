"""Changes of a PDF that no reader notices: saved again by other tools, or told in other words of the format."""

import itertools
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pymupdf
from pikepdf import Array, Dictionary, Name, String
from pypdf import PdfWriter

from tests.mutants.mutant import Mutant
from tests.mutants.pdf_file import Edit, Sheets

_NONE: frozenset[str] = frozenset()


def harmless(sheets: Sheets) -> Iterator[Mutant]:
    """Each of them once."""
    data = sheets.good.data
    for name, save in _SAVED.items():
        yield Mutant(f"harmless: {name}", "the file", name, _NONE, lambda save=save: save(data))  # type: ignore[misc]
    for name, edit in _OBJECTS.items():
        yield Mutant(f"harmless object: {name}", "the document", name, _NONE, sheets.edited(edit))


# --- saved by other tools ---------------------------------------------------------------------------------


def _pypdf(data: bytes, compress: bool = False) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(data))
    if compress:
        for page in writer.pages:
            page.compress_content_streams()
        writer.compress_identical_objects()
    target = BytesIO()
    writer.write(target)
    return target.getvalue()


def _pikepdf(data: bytes, **options: Any) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        target = BytesIO()
        pdf.save(target, **options)
    return target.getvalue()


def _document(data: bytes) -> Any:
    return pymupdf.open(stream=data, filetype="pdf")  # type: ignore[no-untyped-call]


def _mupdf(data: bytes, **options: Any) -> bytes:
    with _document(data) as document:
        saved: bytes = document.tobytes(**options)
    return saved


def _appended(data: bytes) -> bytes:
    """As a viewer saves it: what changed stands behind the file as it was."""
    with _document(data) as document:
        document.set_metadata({**document.metadata, "keywords": "read"})
        target = BytesIO()
        document.save(target, incremental=False, no_new_id=True)
    return target.getvalue()


_SAVED: dict[str, Callable[[bytes], bytes]] = {
    "saved by pypdf": _pypdf,
    "saved by pypdf, compressed": lambda data: _pypdf(data, compress=True),
    "saved by qpdf": _pikepdf,
    "linearised": lambda data: _pikepdf(data, linearize=True),
    "objects in streams": lambda data: _pikepdf(data, object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "objects by themselves": lambda data: _pikepdf(data, object_stream_mode=pikepdf.ObjectStreamMode.disable),
    "compressed again": lambda data: _pikepdf(data, recompress_flate=True),
    "not compressed": lambda data: _pikepdf(
        data, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized
    ),
    "normalised": lambda data: _pikepdf(data, normalize_content=True),
    "in QDF": lambda data: _pikepdf(data, qdf=True),
    "of an older version": lambda data: _pikepdf(data, min_version="2.0"),
    "saved by MuPDF": _mupdf,
    **{f"garbage {level}": (lambda data, level=level: _mupdf(data, garbage=level)) for level in range(1, 5)},  # type: ignore[misc]
    "deflated by MuPDF": lambda data: _mupdf(data, deflate=True, garbage=3),
    "expanded by MuPDF": lambda data: _mupdf(data, expand=255, pretty=True, ascii=True),
    "cleaned by MuPDF": lambda data: _mupdf(data, clean=True),
    "cleaned and collected": lambda data: _mupdf(data, clean=True, garbage=4, deflate=True, use_objstms=1),
    "with keywords": _appended,
    "bytes behind it": lambda data: data + b"\n\n",
}


# --- other objects ----------------------------------------------------------------------------------------


def _info(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Producer"] = "Another tool"
    pdf.docinfo["/ModDate"] = "D:20300101000000Z"
    pdf.docinfo["/Keywords"] = "printed"


def _elements(pdf: pikepdf.Pdf) -> Iterator[Any]:
    def walk(node: Any) -> Iterator[Any]:
        inner = node.get("/K", [])
        for kid in inner if isinstance(inner, Array) else [inner]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid
                yield from walk(kid)

    return walk(pdf.Root.StructTreeRoot)


def _each_element(change: Callable[[pikepdf.Pdf, Any], None]) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        for node in list(_elements(pdf)):
            change(pdf, node)

    return edit


def _own_types(pdf: pikepdf.Pdf) -> None:
    """Each type is one of our own that stands for it."""
    kinds = set()
    for node in list(_elements(pdf)):
        kinds.add(str(node.S))
        node.S = Name(f"/Zq{str(node.S)[1:]}")
    pdf.Root.StructTreeRoot.RoleMap = Dictionary({f"/Zq{kind[1:]}": Name(kind) for kind in kinds})


def _references(pdf: pikepdf.Pdf, node: Any) -> None:
    """Marked content by a reference, not by its bare number."""
    inner = node.get("/K", [])
    held = list(inner) if isinstance(inner, Array) else [inner]
    page = node.get("/Pg")
    if page is not None:
        node.K = Array([Dictionary(Type=Name.MCR, Pg=page, MCID=kid) if isinstance(kid, int) else kid for kid in held])


def _bare(pdf: pikepdf.Pdf, node: Any) -> None:
    """A single child without its array."""
    inner = node.get("/K", [])
    if isinstance(inner, Array) and len(inner) == 1:
        node.K = inner[0]


def _inner(pdf: pikepdf.Pdf, node: Any) -> None:
    """What a paragraph holds stands in a span within it."""
    if str(node.S) == "/P":
        span = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Span, P=node, K=node.K))
        if "/Pg" in node:
            span.Pg = node.Pg
        for kid in span.K if isinstance(span.K, Array) else [span.K]:
            if isinstance(kid, Dictionary) and "/S" in kid:
                kid.P = span
        node.K = Array([span])


def _part(pdf: pikepdf.Pdf) -> None:
    """A part around all."""
    root = pdf.Root.StructTreeRoot
    top = root.K[0] if isinstance(root.K, Array) else root.K
    part = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Part, P=top, K=top.K))
    for kid in part.K if isinstance(part.K, Array) else [part.K]:
        kid.P = part
    top.K = Array([part])


def _each_page(change: Callable[[pikepdf.Pdf, Any], object]) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page in pdf.pages:
            change(pdf, page.obj)

    return edit


def _split(pdf: pikepdf.Pdf, page: Any) -> None:
    """The content in three streams, which part between operators."""
    data = page.Contents.read_bytes()
    places = [found.end() for found in re.finditer(rb"\n(?=BT\n)", data)]
    cuts = [0, *places[len(places) // 3 :: max(len(places) // 3, 1)][:2], len(data)]
    page.Contents = Array([pdf.make_stream(data[one:two]) for one, two in itertools.pairwise(cuts)])


def _inherited(pdf: pikepdf.Pdf) -> None:
    box = pdf.pages[0].obj.MediaBox
    pdf.Root.Pages.MediaBox = box
    for page in pdf.pages:
        if list(page.obj.MediaBox) == list(box):
            del page.obj["/MediaBox"]


def _rename_fonts(pdf: pikepdf.Pdf) -> None:
    """Pages may share their resources."""
    held = {name for page in pdf.pages for name in page.obj.Resources.get("/Font", {}).keys()}  # noqa: SIM118
    names = {name: f"/F{index}" for index, name in enumerate(sorted(held))}
    for page in pdf.pages:
        fonts = page.obj.Resources.get("/Font", Dictionary())
        page.obj.Resources.Font = Dictionary({names.get(name, name): font for name, font in fonts.items()})
        data = page.Contents.read_bytes()
        for old, new in names.items():
            data = data.replace(old.encode() + b" ", new.encode() + b" ")
        page.obj.Contents = pdf.make_stream(data)


def _destinations(pdf: pikepdf.Pdf) -> None:
    """Links lead to their places themselves, not to names."""
    names = pdf.Root.Names.Dests.Names
    places = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            if "/Dest" in note:
                found = places[str(note.Dest)]
                note.Dest = found.D if isinstance(found, Dictionary) else found


def _actions(pdf: pikepdf.Pdf) -> None:
    """Links act where they had a place."""
    for page in pdf.pages:
        for note in page.obj.get("/Annots", []):
            if "/Dest" in note:
                note.A = Dictionary(S=Name.GoTo, D=note.Dest)
                del note["/Dest"]


def _layer(pdf: pikepdf.Pdf) -> None:
    """All is in a layer that is on."""
    group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Text"))
    pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=Dictionary(ON=Array([group]), Order=Array([group])))
    for page in pdf.pages:
        page.obj.Resources["/Properties"] = Dictionary({"/ZqOn": group})
        page.obj.Contents = pdf.make_stream(b"/OC /ZqOn BDC\n" + page.Contents.read_bytes() + b"\nEMC")


_OBJECTS: dict[str, Edit] = {
    "other information": _info,
    "types of their own": _own_types,
    "references to marks": _each_element(_references),
    "children without arrays": _each_element(_bare),
    "spans within paragraphs": _each_element(_inner),
    "a part around all": _part,
    "titles of elements": _each_element(lambda pdf, node: node.__setitem__("/T", String("x"))),
    "content in three streams": _each_page(_split),
    "an array of one stream": _each_page(lambda pdf, page: page.__setitem__("/Contents", Array([page.Contents]))),
    "a crop box of all": _each_page(lambda pdf, page: page.__setitem__("/CropBox", page.MediaBox)),
    "no boxes for printers": _each_page(
        lambda pdf, page: [page.__delitem__(key) for key in ("/BleedBox", "/TrimBox") if key in page]
    ),
    "an inherited box": _inherited,
    "other names of fonts": _rename_fonts,
    "places in links": _destinations,
    "actions in links": _actions,
    "a layer that is on": _layer,
    "a way to open it": lambda pdf: pdf.Root.__setitem__("/PageMode", Name.UseOutlines),
}
