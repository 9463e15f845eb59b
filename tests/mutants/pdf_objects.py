"""Mutants of what a PDF has beside its text: links, outline, names, languages, claims, fonts; and words beside."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.mutants.mutant import Mutant, chance, promises
from tests.mutants.pdf_file import Edit, Sheets

ANY = promises("P1 P2 P3 P4 P5 P6 P7 P8")


def object_mutants(sheets: Sheets, count: int) -> Iterator[Mutant]:
    """Each change once a file; those of links at `count` places."""
    yield from _links(sheets, count)
    for name, edit, wanted in _DOCUMENT:
        # A single page needs no outline.
        is_meant = sheets.good.kind != "handout" or name not in ("no outline", "outline: an entry lost")
        if is_meant and _applies(sheets, edit):
            yield Mutant(name, "the document", name, promises(wanted), sheets.edited(edit))
    data = sheets.good.data
    yield Mutant("cut off at its end", "the file", "two thirds are left", ANY, lambda: data[: len(data) * 2 // 3])
    yield Mutant("cut off at its start", "the file", "one third is gone", ANY, lambda: data[len(data) // 3 :])
    yield Mutant("encrypted", "the file", "with a password", ANY, lambda: _encrypted(data, "secret"))
    yield Mutant("encrypted for all", "the file", "with no password", ANY, lambda: _encrypted(data, ""))


def _applies(sheets: Sheets, edit: Edit) -> bool:
    with pikepdf.open(BytesIO(sheets.good.data)) as pdf:
        try:
            edit(pdf)
        except (KeyError, AttributeError, IndexError):
            return False
    return True


def _encrypted(data: bytes, password: str) -> bytes:
    with pikepdf.open(BytesIO(data)) as pdf:
        target = BytesIO()
        pdf.save(target, encryption=pikepdf.Encryption(user=password, owner="owner"))
    return target.getvalue()


# --- links ------------------------------------------------------------------------------------------------


def _notes(pdf: pikepdf.Pdf) -> list[Any]:
    return [note for page in pdf.pages for note in page.obj.get("/Annots", [])]


def _links(sheets: Sheets, count: int) -> Iterator[Mutant]:
    with pikepdf.open(BytesIO(sheets.good.data)) as pdf:
        notes = [(str(it.get("/A", {}).get("/URI", "")), str(it.get("/Dest", ""))) for it in _notes(pdf)]
    kinds: dict[str, tuple[Callable[[str, str], bool], str]] = {
        "identifier": (lambda uri, dest: "doi.org" in uri or "ncbi" in uri, "P3 P5"),
        "citation": (lambda uri, dest: dest.startswith("reference-"), "P4"),
        "back link": (lambda uri, dest: dest.startswith("citation-"), "P4"),
        "contents": (lambda uri, dest: dest != "" and not dest.startswith(("reference", "citation")), "P8"),
        "web": (lambda uri, dest: uri.startswith("http") and "doi.org" not in uri and "ncbi" not in uri, "P5 P8"),
    }
    for kind, (is_meant, wanted) in kinds.items():
        able = [index for index, note in enumerate(notes) if is_meant(*note)]
        for name, change in _LINK_CHANGES.items():
            random = chance(sheets.good, f"{kind} {name}")
            for index in random.sample(able, min(count, len(able))):
                says = f"{notes[index][0] or notes[index][1]}: {name}"
                edit = _on_link(index, change)
                yield Mutant(f"{kind}: {name}", f"link {index}", says, promises(wanted), sheets.edited(edit))


def _on_link(index: int, change: Callable[[pikepdf.Pdf, Any, list[Any]], None]) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        notes = _notes(pdf)
        change(pdf, notes[index], notes)

    return edit


def _elsewhere(pdf: pikepdf.Pdf, note: Any, notes: list[Any]) -> None:
    """The next number of the same kind, or the next address."""
    if "/A" in note:
        address = str(note.A.URI)
        at = max((i for i, sign in enumerate(address) if sign.isdigit()), default=len(address) - 2)
        digit = "x" if not address[at].isdigit() else str((int(address[at]) + 1) % 10)
        note.A.URI = String(address[:at] + digit + address[at + 1 :])
    else:
        name = str(note.Dest)
        kind = name.partition("-")[0]
        others = [str(it.Dest) for it in notes if "/Dest" in it and str(it.Dest) != name]
        number = re.match(r"\D+-\d+", name)
        like = [it for it in others if it.partition("-")[0] == kind and not (number and it.startswith(number[0] + "-"))]
        if kind == "citation":
            # The number beside it in the same brackets would do as well.
            pages = _pages(pdf)
            like = [it for it in like if pages[it] != pages[name]]
        note.Dest = String((like or others)[0])


def _pages(pdf: pikepdf.Pdf) -> dict[str, int]:
    """The page that each name leads to."""
    names = pdf.Root.Names.Dests.Names
    numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
    places = {str(names[i]): names[i + 1] for i in range(0, len(names), 2)}
    return {name: numbers[(it.D if isinstance(it, Dictionary) else it)[0].objgen] for name, it in places.items()}


def _nowhere(pdf: pikepdf.Pdf, note: Any, notes: list[Any]) -> None:
    del pdf, notes
    if "/A" in note:
        del note["/A"]
    else:
        note.Dest = String("nowhere")


def _off(pdf: pikepdf.Pdf, note: Any, notes: list[Any]) -> None:
    """Where nobody can click."""
    del pdf, notes
    note.Rect = Array([-100, -100, -90, -90])


def _off_page(pdf: pikepdf.Pdf, note: Any, notes: list[Any]) -> None:
    """Gone from its page, not from the structure."""
    del notes
    for page in pdf.pages:
        row = page.obj.get("/Annots", Array([]))
        for at, it in enumerate(row):
            if it.objgen == note.objgen:
                del row[at]
                return


def _hidden(pdf: pikepdf.Pdf, note: Any, notes: list[Any]) -> None:
    del pdf, notes
    note.F = 2


_LINK_CHANGES: dict[str, Callable[[pikepdf.Pdf, Any, list[Any]], None]] = {
    "leads elsewhere": _elsewhere,
    "leads nowhere": _nowhere,
    "off its words": _off,
    "not on its page": _off_page,
    "hidden": _hidden,
}


# --- the document -----------------------------------------------------------------------------------------


def _root(key: str, value: Any) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        if value is None:
            del pdf.Root[key]
        else:
            pdf.Root[key] = value

    return edit


def _outline(change: Callable[[Any], object]) -> Edit:
    return lambda pdf: (change(pdf.Root.Outlines), None)[1]


def _exchange_outline(outlines: Any) -> None:
    one = outlines.First
    if "/Next" not in one:
        one = one.First
    other = one.Next
    one.Dest, other.Dest = other.Dest, one.Dest


def _skip_outline(outlines: Any) -> None:
    one = outlines.First if "/Next" in outlines.First else outlines.First.First
    one.Next = one.Next.Next


def _rename_outline(outlines: Any) -> None:
    outlines.First.Title = String("Something else")


def _names_exchanged(pdf: pikepdf.Pdf) -> None:
    names = pdf.Root.Names.Dests.Names
    at = [i for i in range(0, len(names), 2) if str(names[i]).startswith("reference-")]
    one, two = at[0] + 1, at[1] + 1
    first, second = names[one], names[two]
    names[one], names[two] = second, first


def _title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo["/Title"] = "Another title"
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"(<dc:title>.*?<rdf:li[^>]*>)[^<]*", rb"\1Another title", data, flags=re.DOTALL))


def _no_titles(pdf: pikepdf.Pdf) -> None:
    del pdf.docinfo["/Title"]
    data = pdf.Root.Metadata.read_bytes()
    pdf.Root.Metadata.write(re.sub(rb"<dc:title>.*?</dc:title>", b"", data, flags=re.DOTALL))


def _parent_tree(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.ParentTree = pdf.make_indirect(Dictionary(Nums=Array([])))


_DOCUMENT: list[tuple[str, Edit, str]] = [
    ("no language", _root("/Lang", None), "P5 P8"),
    ("another language", _root("/Lang", String("fr")), "P5 P8"),
    ("no structure", _root("/StructTreeRoot", None), "P1 P2 P3 P4 P5 P8"),
    ("not marked", _root("/MarkInfo", Dictionary(Marked=False)), "P8"),
    ("marks suspected", _root("/MarkInfo", Dictionary(Marked=True, Suspects=True)), "P8"),
    ("no mark information", _root("/MarkInfo", None), "P8"),
    ("no parent tree", _parent_tree, "P8"),
    ("headings mapped to paragraphs", lambda pdf: _mapped(pdf), "P2 P3 P5 P8"),
    ("no outline", _root("/Outlines", None), "P8"),
    ("outline: targets exchanged", _outline(_exchange_outline), "P8"),
    ("outline: an entry lost", _outline(_skip_outline), "P8"),
    ("outline: an entry renamed", _outline(_rename_outline), "P8"),
    ("other page labels", _root("/PageLabels", Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=5)]))), "P8"),
    ("names exchanged", _names_exchanged, "P4"),
    ("another title", _title, "P5 P8"),
    ("no title", _no_titles, "P8"),
]


def _mapped(pdf: pikepdf.Pdf) -> None:
    """Each heading is of a type of its own, which stands for a paragraph."""
    root = pdf.Root.StructTreeRoot
    root.RoleMap = Dictionary({"/Zq": Name.P})

    def walk(node: Any) -> None:
        if str(node.get("/S")) in ("/H2", "/H3"):
            node.S = Name("/Zq")
        inner = node.get("/K", [])
        for kid in inner if isinstance(inner, Array) else [inner]:
            if isinstance(kid, Dictionary):
                walk(kid)

    walk(root)
