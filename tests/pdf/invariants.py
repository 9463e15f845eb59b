"""What no validator checks about a tag tree: the project's own invariants, told as a list of faults."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, NullObject


def faults(file: Path) -> list[str]:
    """Everything that is wrong with the tag tree of a PDF, in words; an empty list is what we want."""
    reader: Any = PdfReader(file)
    root = reader.root_object["/StructTreeRoot"].get_object()
    found: list[str] = []
    in_tree: Counter[tuple[int, int]] = Counter()
    annotations: Counter[int] = Counter()
    owners: dict[tuple[int, int], Any] = {}
    pages = {
        page.indirect_reference.idnum: number for number, page in enumerate(reader.pages) if page.indirect_reference
    }

    def walk(element: Any, parent: Any) -> None:
        if element["/P"].get_object() != parent:
            found.append(f"{element['/S']}: /P is not its parent")
        own_page = element.raw_get("/Pg").idnum if "/Pg" in element else None
        for kid in _kids(element):
            value: Any = kid.get_object()
            kind = value.get("/Type") if isinstance(value, DictionaryObject) else None
            if kind == "/MCR":
                key = (pages[value.raw_get("/Pg").idnum], int(value["/MCID"]))
                in_tree[key] += 1
                owners[key] = element
            elif kind == "/OBJR":
                annotations[value.raw_get("/Obj").idnum] += 1
            elif isinstance(value, DictionaryObject):
                walk(value, element)
            else:
                key = (pages[own_page], int(value)) if own_page is not None else (-1, int(value))
                in_tree[key] += 1
                owners[key] = element
        if element["/S"] == "/Figure":
            found.extend(_figure_faults(element, reader, pages))
        if not _kids(element):
            found.append(f"{element['/S']}: empty")

    for top in _kids(root):
        walk(top.get_object(), root)
    parent_tree = _number_tree(root["/ParentTree"].get_object())
    for number, page in enumerate(reader.pages):
        marked = Counter(_mcids(page, reader))
        for mcid, times in marked.items():
            if times != 1 or in_tree[(number, mcid)] != 1:
                found.append(
                    f"page {number + 1}, MCID {mcid}: {times} in the page, {in_tree[(number, mcid)]} in the tree"
                )
            slots = parent_tree[int(page["/StructParents"])].get_object()
            if slots[mcid].get_object() != owners.get((number, mcid)):
                found.append(f"page {number + 1}, MCID {mcid}: the ParentTree names another element")
        for key in in_tree:
            if key[0] == number and key[1] not in marked:
                found.append(f"page {number + 1}, MCID {key[1]}: in the tree only")
        for reference in page.get("/Annots", []):
            if annotations[reference.idnum] != 1:
                found.append(
                    f"page {number + 1}: an annotation stands {annotations[reference.idnum]} times in the tree"
                )
            annotation = reference.get_object()
            if not int(annotation.get("/F", 0)) & 4:
                found.append(f"page {number + 1}: an annotation is not printed")
            if not str(annotation.get("/Contents", "")).strip():
                found.append(f"page {number + 1}: a link says nothing")
        if page.get("/Tabs") != "/S":
            found.append(f"page {number + 1}: /Tabs is not /S")
    if any(key[0] < 0 for key in in_tree):
        found.append("an element with content names no page")
    return found


def _kids(element: Any) -> list[Any]:
    if "/K" not in element:
        return []
    kids = element["/K"]
    return list(kids) if isinstance(kids, ArrayObject) else [element.raw_get("/K")]


def _number_tree(node: Any) -> dict[int, Any]:
    numbers = node["/Nums"]
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


def _mcids(page: Any, reader: Any) -> Iterator[int]:
    stream: Any = ContentStream(page.get_contents(), reader)
    for operands, operator in stream.operations:
        if operator == b"BDC" and "/MCID" in operands[1]:
            yield int(operands[1]["/MCID"])


def _figure_faults(element: Any, reader: Any, pages: dict[int, int]) -> Iterator[str]:
    if not str(element.get("/Alt", "")).strip():
        yield "Figure: no Alt"
    attributes = element.get("/A", NullObject()).get_object()
    box = attributes.get("/BBox") if isinstance(attributes, DictionaryObject) else None
    if box is None:
        yield "Figure: no BBox"
        return
    left, bottom, right, top = map(float, box)
    media = reader.pages[pages[element.raw_get("/Pg").idnum]].mediabox
    if not (media.left <= left < right <= media.right and media.bottom <= bottom < top <= media.top):
        yield f"Figure: the BBox {list(map(float, box))} lies outside the page"
