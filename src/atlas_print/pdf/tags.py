"""The tag tree: one structure element for each HTML element, whole across lines and pages.

WeasyPrint 70 builds one structure element for each fragment of a box, restarts the tree on every page and leaves
running headers in no tree at all. This module replaces the one function that does so, `weasyprint.pdf.add_tags`,
by one that walks the same laid-out boxes but keys structure elements on the HTML element that a box comes from.
Its version is asserted, since the function is private. Structure types are those of ISO 32000-1, 14.8.4.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

if weasyprint.VERSION.split(".")[0] != "70":
    raise ImportError(f"the tag tree is written for WeasyPrint 70, not {weasyprint.VERSION}")

_TYPES = {
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
}
"""HTML element -> structure type; elements that are not here are transparent: their parent holds what they hold."""
_NUMBERING = {"ul": "Disc", "ol": "Decimal", "dl": "None"}
_PDF2_NAMESPACE = "http://iso.org/pdf2/ssn"
_PRINT = 4
"""The annotation flag Print (ISO 32000-1, table 165): a link that is not printed is no part of the page."""


@dataclass
class _Node:
    """A structure element while the tree is being built; `kids` in reading order."""

    type: str
    element: Any
    parent: "_Node | None"
    kids: list["_Node | _Content | _Object"] = field(default_factory=list)
    attributes: dict[str, Any] = field(default_factory=dict)
    entries: dict[str, Any] = field(default_factory=dict)
    body: "_Node | None" = None
    reference: bytes = b""


@dataclass(frozen=True, slots=True)
class _Content:
    """One marked-content sequence."""

    page: int
    mcid: int


@dataclass(frozen=True, slots=True)
class _Run:
    """The text of one marked-content sequence, and the property list that opens it."""

    text: str
    properties: Any


@dataclass(frozen=True, slots=True)
class _Object:
    """One link annotation."""

    page: int
    annotation: Any


def install() -> None:
    """Makes WeasyPrint write this tree from now on, in this process."""
    weasyprint.pdf.add_tags = _add_tags


def _add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Sequence[Any]) -> None:
    """What `weasyprint.pdf.add_tags` does: the tree, the ParentTree and the entries of the catalog."""
    pdf2 = str(pdf_version) >= "2.0"
    tree = _Tree(document, pdf2=pdf2)
    for index, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tree.add_page(index, page._page_box, stream)
        _remove_annotations(pdf, index, tree.spare_annotations)
        _make_artifacts(stream, tree.artifacts)
    for block, runs in tree.runs.items():
        _keep_spaces(block, runs)
    _write_tree(pdf, tree, len(page_streams))
    if pdf2:
        _use_structure_destinations(pdf, tree)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    """Grows with each page; `artifacts` and `spare_annotations` are those of the last page."""

    def __init__(self, document: Any, *, pdf2: bool) -> None:
        self.pdf2 = pdf2
        root = next(child.element for child in document.pages[0]._page_box.children if _is_flow(child))
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.language = root.get("lang")
        # On a line from right to left even plain words end with their full stop in front.
        self.is_rtl = root.get("dir") == "rtl"
        self.root = _Node("Document", root, None)
        self.nodes: dict[Any, _Node] = {root: self.root}
        self.page_of_header: dict[Any, int] = {}
        self.artifacts: dict[int, str] = {}
        self.spare_annotations: list[Any] = []
        self.runs: dict[Any, list[_Run]] = {}
        self.block: Any = root

    def add_page(self, index: int, page_box: Any, stream: Any) -> None:
        """Adds what one page shows; every marked sequence ends up in the tree once, or as an artifact."""
        self.index, self.stream, self.page_height = index, stream, page_box.margin_height()
        self.artifacts, self.spare_annotations = {}, []
        self.properties = {
            operand["MCID"]: operand
            for operand in stream.stream
            if isinstance(operand, pydyf.Dictionary) and "MCID" in operand
        }
        for child in page_box.children:
            if isinstance(child, boxes.MarginBox):
                edge = "Header" if child.at_keyword.startswith("@top") else "Footer"
                self._artifact(child, edge)
            else:
                self._add(child, None)
        # What was painted for a box that the page no longer holds belongs to no element.
        for left in stream._tags.values():
            self.artifacts[left["mcid"]] = ""
        stream._tags.clear()

    def _add(self, box: Any, link: Any) -> None:
        """Adds a box and what it holds; `link` is the element of the link annotation that it lies in."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        element = box.element
        if element is not None and element.tag == "thead" and box.element_tag == "thead":
            first = self.page_of_header.setdefault(element, self.index)
            if first != self.index:
                self._artifact(box, "")
                return
        if box.link_annotation is not None:
            if link is element:
                # A generated box inside a link gets a second annotation over the first.
                self.spare_annotations.append(box.link_annotation)
            else:
                self._add_annotation(box, element)
                link = element
        block = self.block
        if isinstance(box, boxes.LineBox):
            self.block = box.element
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            marked = self.stream._tags.pop(box, None)
            if marked is not None:
                self._add_content(box, marked["mcid"])
        for child in getattr(box, "children", ()):
            self._add(child, link)
        self.block = block

    def _add_content(self, box: Any, mcid: int) -> None:
        tag = box.element_tag
        if tag in ("li::before", "li::marker"):
            node = self._label(self._node(box.element))
        else:
            node = self._holder(self._node(box.element))
        if node.type == "Figure":
            x, y = box.content_box_x(), box.content_box_y()
            top = self.page_height - y
            corners = (x, top - box.height, x + box.width, top)
            node.attributes["Layout"] = {"BBox": pydyf.Array([round(side * 0.75, 2) for side in corners])}
        elif isinstance(box, boxes.TextBox) and (self.is_rtl or box.text.isspace() or _is_shaped(box.text)):
            # White space alone is a box of its own that draws nothing, not even a space.
            self.properties[mcid]["ActualText"] = pydyf.String(box.text)
        if node.type != "Figure" and "::" not in tag:
            self.runs.setdefault(self.block, []).append(_Run(box.text, self.properties[mcid]))
        node.kids.append(_Content(self.index, mcid))

    def _add_annotation(self, box: Any, element: Any) -> None:
        node = self._holder(self._node(element))
        annotation = box.link_annotation
        while node.type != "Link" and node.parent is not None:
            node = node.parent
        label = (node.element.get("aria-label") or "".join(node.element.itertext())).strip()
        annotation["Contents"] = pydyf.String(" ".join(label.split()))
        annotation["F"] = _PRINT
        node.kids.append(_Object(self.index, annotation))

    def _artifact(self, box: Any, edge: str) -> None:
        for inner in _walk(box):
            marked = self.stream._tags.pop(inner, None)
            if marked is not None:
                self.artifacts[marked["mcid"]] = edge
            if inner.link_annotation is not None:
                self.spare_annotations.append(inner.link_annotation)

    # --- elements to nodes ----------------------------------------------------------------------------

    def _node(self, element: Any) -> _Node:
        """The node that holds what the element holds; made, with its ancestors, at its first content."""
        if element in self.nodes:
            return self.nodes[element]
        parent = self._node(self.parents[element])
        type_ = self._type(element)
        if type_ is None:
            # What is transparent in HTML may still be a part of a list item of the tree.
            self.nodes[element] = parent
            return parent
        if type_ in ("Lbl", "LBody"):
            node = self._label(parent) if type_ == "Lbl" else self._body(parent)
            self.nodes[element] = node
            self._describe(node, element)
            return node
        parent = self._holder(parent)
        node = _Node(type_, element, parent)
        parent.kids.append(node)
        self.nodes[element] = node
        self._describe(node, element)
        return node

    def _type(self, element: Any) -> str | None:
        tag = element.tag
        parent = self.parents.get(element)
        in_contents = self._in_contents(element)
        if tag == "ul" and in_contents:
            return "TOC"
        if tag == "li" and in_contents:
            return "TOCI"
        if tag == "div" and parent is not None and parent.tag == "dl":
            return "LI"
        if tag in ("dt", "dd"):
            return "Lbl" if tag == "dt" else "LBody"
        if tag in _TYPES:
            return str(_TYPES[tag])
        if element.get("lang") not in (None, self.language) or tag == "abbr":
            return "Span"
        return None

    def _in_contents(self, element: Any) -> bool:
        while element is not None:
            if element.get("role") == "doc-toc":
                return True
            element = self.parents.get(element)
        return False

    def _holder(self, node: _Node) -> _Node:
        """Where content of a node goes: a list item keeps it in its body, an entry of the contents in a Reference."""
        return self._body(node) if node.type in ("LI", "TOCI") else node

    def _body(self, item: _Node) -> _Node:
        if item.body is None:
            item.body = _Node("LBody" if item.type == "LI" else "Reference", None, item)
            item.kids.append(item.body)
        return item.body

    def _label(self, item: _Node) -> _Node:
        label = next((kid for kid in item.kids if isinstance(kid, _Node) and kid.type == "Lbl"), None)
        if label is None:
            label = _Node("Lbl", None, item)
            item.kids.insert(0, label)
        return label

    def _describe(self, node: _Node, element: Any) -> None:
        """Language, alternative and attributes that the HTML element states."""
        language = element.get("lang")
        if language not in (None, self.language):
            node.entries["Lang"] = pydyf.String(language)
        if element.tag == "abbr" and element.get("title"):
            node.entries["E"] = pydyf.String(element.get("title"))
        if node.type == "Figure":
            node.entries["Alt"] = pydyf.String(element.get("alt", ""))
        elif node.type == "L":
            # What PDF 2.0 calls a description list has no name of its own in PDF 1.7.
            numbering = "Description" if self.pdf2 and element.tag == "dl" else _NUMBERING[element.tag]
            node.attributes["List"] = {"ListNumbering": f"/{numbering}"}
        elif node.type == "TH":
            scope = "Row" if element.get("scope") == "row" else "Column"
            node.attributes["Table"] = {"Scope": f"/{scope}"}
        if node.type in ("TH", "TD") and int(element.get("colspan", 1)) > 1:
            node.attributes.setdefault("Table", {})["ColSpan"] = int(element.get("colspan"))


def _is_flow(box: Any) -> bool:
    return not isinstance(box, boxes.MarginBox) and box.element is not None


def _walk(box: Any) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk(child)


def _keep_spaces(block: Any, runs: Sequence[_Run]) -> None:
    """Gives each line that ends at a space of the source that space back, as ActualText (ISO 32000-1, 14.9.4).

    The typesetter drops it, and a voice or a copy would run the two words together. Where a line ends without
    one (behind a hyphen, in an address, in a script without spaces) nothing is added.
    """
    source = _fold("".join(block.itertext()))
    position = 0
    for run, following in pairwise(runs):
        text = _fold(run.text)
        found = source.find(text, position)
        if found < 0:
            continue
        position = found + len(text)
        if source[position : position + 1] == " " and text[-1:] != " " and _fold(following.text)[:1] != " ":
            run.properties["ActualText"] = pydyf.String(run.text + " ")


def _is_shaped(text: str) -> bool:
    """Whether glyphs stand for the text in another order or number than its characters.

    So it is in scripts written from right to left, and in those whose vowels stand around their consonants: there
    the characters themselves are given beside the glyphs. Latin, Greek and Cyrillic have a glyph a character.
    """
    return any(
        unicodedata.bidirectional(character) in ("R", "AL", "AN") or unicodedata.category(character) in ("Mn", "Mc")
        for character in text
    )


def _fold(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)


def _make_artifacts(stream: Any, artifacts: dict[int, str]) -> None:
    """Turns the marked-content sequences with those MCIDs into artifacts, in the painted stream."""
    if not artifacts:
        return
    operators = stream.stream
    for position, operand in enumerate(operators):
        if isinstance(operand, pydyf.Dictionary) and operand.get("MCID") in artifacts:
            edge = artifacts[operand["MCID"]]
            properties = {"Type": "/Pagination"} | ({"Subtype": f"/{edge}"} if edge else {})
            operators[position - 1 : position + 1] = ["/Artifact", pydyf.Dictionary(properties)]


def _remove_annotations(pdf: Any, index: int, spare: Sequence[Any]) -> None:
    if not spare:
        return
    number = int(pdf.page_references[index].split()[0])
    page = pdf.objects[number]
    gone = {annotation.reference for annotation in spare}
    page["Annots"] = pydyf.Array([kept for kept in page["Annots"] if kept not in gone])


def _write_tree(pdf: Any, tree: _Tree, page_count: int) -> None:
    if tree.pdf2:
        namespace = pydyf.Dictionary({"Type": "/Namespace", "NS": pydyf.String(_PDF2_NAMESPACE)})
        pdf.add_object(namespace)
        tree.root.entries["NS"] = namespace.reference
    parent_tree = pydyf.Dictionary({"Nums": pydyf.Array()})
    pdf.add_object(parent_tree)
    root = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": parent_tree.reference})
    pdf.add_object(root)
    by_page: list[dict[int, bytes]] = [{} for _ in range(page_count)]
    annotations: list[tuple[Any, bytes]] = []

    def write(node: _Node, parent: bytes) -> bytes:
        element = pydyf.Dictionary({"Type": "/StructElem", "S": f"/{node.type}", "P": parent})
        pdf.add_object(element)
        node.reference = element.reference
        first = next((kid.page for kid in node.kids if not isinstance(kid, _Node)), None)
        if first is not None:
            element["Pg"] = pdf.page_references[first]
        element.update(node.entries)
        if node.attributes:
            owners = [pydyf.Dictionary({"O": f"/{owner}", **values}) for owner, values in node.attributes.items()]
            element["A"] = owners[0] if len(owners) == 1 else pydyf.Array(owners)
        kids = pydyf.Array()
        for kid in node.kids:
            if isinstance(kid, _Node):
                kids.append(write(kid, element.reference))
            elif isinstance(kid, _Object):
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
    root["ParentTreeNextKey"] = page_count + len(annotations)
    if tree.pdf2:
        root["Namespaces"] = pydyf.Array([namespace.reference])
        _name_targets(pdf, tree)
    pdf.catalog["StructTreeRoot"] = root.reference


def _nodes(node: _Node) -> Iterator[_Node]:
    yield node
    for kid in node.kids:
        if isinstance(kid, _Node):
            yield from _nodes(kid)


def _by_id(tree: _Tree) -> dict[str, _Node]:
    return {element.get("id"): node for element, node in tree.nodes.items() if element.get("id")}


def _name_targets(pdf: Any, tree: _Tree) -> None:
    """Each contents entry names the structure element that it leads to (ISO 14289-2, 8.2.5.8)."""
    targets = _by_id(tree)
    for node in _nodes(tree.root):
        if node.type == "TOCI":
            link = next((inner.element for inner in _nodes(node) if inner.type == "Link"), None)
            target = None if link is None else targets.get(link.get("href", "").removeprefix("#"))
            if target is not None:
                element = pdf.objects[int(node.reference.split()[0])]
                element["Ref"] = pydyf.Array([target.reference])


def _use_structure_destinations(pdf: Any, tree: _Tree) -> None:
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
