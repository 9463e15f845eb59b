"""The tag tree as objects of a PDF: structure elements, ParentTree, destinations that lead to elements."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pydyf

NOTE, NOTE_2 = "Note", "FENote"
"""The structure type of a footnote in PDF 1.7 and in PDF 2.0."""
TYPES = {
    "article": "Art",
    "section": "Sect",
    "nav": "Sect",
    "blockquote": "BlockQuote",
    "p": "P",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
    "ul": "L",
    "ol": "L",
    "dl": "L",
    "li": "LI",
    "table": "Table",
    "caption": "Caption",
    "thead": "THead",
    "tbody": "TBody",
    "tr": "TR",
    "th": "TH",
    "td": "TD",
    # Not Div: PDF 2.0 looks through it, and a Caption may only be the first or last child of its parent.
    "figure": "Sect",
    "figcaption": "Caption",
    "img": "Figure",
    "a": "Link",
    "pre": "P",
    "code": "Code",
    "s": "Span",
    "sub": "Span",
    "sup": "Span",
}
"""HTML element -> structure type; elements that are not here are transparent: their parent holds what they hold."""
NUMBERING = {"ul": "Disc", "ol": "Decimal", "dl": "None"}
_PDF2_NAMESPACE = "http://iso.org/pdf2/ssn"


@dataclass
class Node:
    """A structure element while the tree is being built; `kids` in reading order."""

    type: str
    element: Any
    parent: "Node | None"
    kids: list["Node | Content | Annotation"] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Any] = field(default_factory=dict)
    body: "Node | None" = None
    reference: bytes = b""


@dataclass(frozen=True, slots=True)
class Content:
    """One marked-content sequence."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """One link annotation."""

    page: int
    annotation: Any


@dataclass(frozen=True, slots=True)
class Tree:
    """A finished tree: its root, the node of each HTML element, and whether it goes into a PDF 2.0 file."""

    root: Node
    nodes: Mapping[Any, Node]
    pdf2: bool


def write_tree(pdf: Any, tree: Tree, page_count: int) -> None:
    """Writes the structure elements and the ParentTree, and names the tree in the catalog of `pdf` (pydyf.PDF)."""
    if tree.pdf2:
        namespace = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(_PDF2_NAMESPACE)})
        pdf.add_object(namespace)
        for node in (tree.root, *(node for node in _nodes(tree.root) if node.type == NOTE_2)):
            node.entries["NS"] = namespace.reference
    parent_tree = pydyf.Dictionary({"Nums": pydyf.Array()})
    pdf.add_object(parent_tree)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": parent_tree.reference})
    pdf.add_object(root)
    by_page: list[dict[int, bytes]] = [{} for _ in range(page_count)]
    annotations: list[tuple[Any, bytes]] = []

    def write(node: Node, parent: bytes) -> bytes:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.type}", "P": parent})
        pdf.add_object(element)
        node.reference = element.reference
        first = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if first is not None:
            element["Pg"] = pdf.page_references[first]
        element.update(node.entries)
        if node.attributes:
            owners = [pydyf.Dictionary({"O": f"/{owner}", **values}) for owner, values in node.attributes.items()]
            element["A"] = owners[0] if len(owners) == 1 else pydyf.Array(owners)
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, Node):
                kids.append(write(kid, element.reference))
            elif isinstance(kid, Annotation):
                annotations.append((kid.annotation, element.reference))
                page = pdf.page_references[kid.page]
                kids.append(pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.annotation.reference, "Pg": page}))
            else:
                by_page[kid.page][kid.mcid] = element.reference
                if kid.page == first:
                    kids.append(kid.mcid)
                else:
                    page = pdf.page_references[kid.page]
                    kids.append(pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.mcid}))
        element["K"] = kids
        return bytes(element.reference)

    root["K"] = pydyf.Array([write(tree.root, root.reference)])
    nums = parent_tree["Nums"]
    for index, owners in enumerate(by_page):
        slots = [owners.get(mcid, b"null") for mcid in range(max(owners, default=-1) + 1)]
        nums.extend([index, pydyf.Array(slots)])
    for key, (annotation, owner) in enumerate(annotations, start=page_count):
        annotation["StructParent"] = key
        nums.extend([key, owner])
    named = sorted((node.entries["ID"].string, node.reference) for node in _nodes(tree.root) if "ID" in node.entries)
    if named:
        names = pydyf.Array(part for name, reference in named for part in (pydyf.String(name), reference))
        root["IDTree"] = pydyf.Dictionary({"Names": names})
    root["ParentTreeNextKey"] = page_count + len(annotations)
    if tree.pdf2:
        root["Namespaces"] = pydyf.Array([namespace.reference])
        _name_targets(pdf, tree)
        _use_structure_destinations(pdf, tree)
    pdf.catalog["StructTreeRoot"] = root.reference


def _nodes(node: Node) -> Iterator[Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, Node):
            yield from _nodes(kid)


def _by_id(tree: Tree) -> dict[str, Node]:
    return {element.get("id"): node for element, node in tree.nodes.items() if element.get("id")}


def _name_targets(pdf: Any, tree: Tree) -> None:
    """Contents entries name what they lead to, notes and their calls each other (ISO 14289-2, 8.2.5.8 and 8.2.5.14)."""
    targets = _by_id(tree)

    def name(node: Node, other: Node) -> None:
        pdf.objects[int(node.reference.split()[0])]["Ref"] = pydyf.Array([other.reference])

    for node in _nodes(tree.root):
        link = next((inner.element for inner in _nodes(node) if inner.type == "Link"), None)
        target = None if link is None else targets.get(link.get("href", "").removeprefix("#"))
        if target is not None and node.type == "TOCI":
            name(node, target)
        elif target is not None and node.type == "Reference" and target.type == NOTE_2:
            name(node, target)
            name(target, node)


def _use_structure_destinations(pdf: Any, tree: Tree) -> None:
    """Destinations lead to structure elements and not to pages (ISO 14289-2, 8.8)."""
    targets = _by_id(tree)
    names = pdf.catalog.get("Names", {}).get("Dests", {}).get("Names", ())
    for name, destination in zip(names[::2], names[1::2], strict=True):
        destination[0] = targets[name.string].reference
    headings = [node for node in _nodes(tree.root) if re.fullmatch("H[1-6]", node.type)]
    # Both stand in the order of the document: WeasyPrint adds an outline item before those inside it.
    outlines = [
        item for item in pdf.objects if isinstance(item, pydyf.Dictionary) and "Dest" in item and "Title" in item
    ]
    for outline, heading in zip(outlines, headings, strict=True):
        outline["Dest"][0] = heading.reference
