"""The tag tree: one structure element for each HTML element, whole across lines and pages.

WeasyPrint 70 builds one structure element for each fragment of a box, restarts the tree on every page and leaves
running headers in no tree at all. This module replaces the one function that does so, `weasyprint.pdf.add_tags`,
by one that walks the same laid-out boxes but keys structure elements on the HTML element that a box comes from.
Its version is asserted, since the function is private. Structure types are those of ISO 32000-1, 14.8.4.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from atlas_print.pdf import scripts
from atlas_print.pdf.actual_text import Glyphs, Run, keep_spaces
from atlas_print.pdf.artifacts import make_artifacts, remove_annotations
from atlas_print.pdf.structure import NOTE, NOTE_2, NUMBERING, TYPES, Annotation, Content, Node, Tree, write_tree

if weasyprint.VERSION.split(".")[0] != "70":
    raise ImportError(f"the tag tree is written for WeasyPrint 70, not {weasyprint.VERSION}")

_TYPES_OF_SPANS = {"call": "Reference", "mark": "Lbl"}
"""Class of a span -> structure type: where a note is called, and what it is marked with."""
_PRINT = 4
"""The annotation flag Print (ISO 32000-1, table 165): a link that is not printed is no part of the page."""


def install() -> None:
    """Makes WeasyPrint write this tree from now on, in this process."""
    weasyprint.pdf.add_tags = _add_tags


def _add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: Sequence[Any]) -> None:
    """What `weasyprint.pdf.add_tags` does: the tree, the ParentTree and the entries of the catalog."""
    pdf2 = str(pdf_version) >= "2.0"
    tree = _Tree(document, pdf2=pdf2)
    for index, (page, stream) in enumerate(zip(document.pages, page_streams, strict=True)):
        tree.add_page(index, page._page_box, stream)
        remove_annotations(pdf, index, tree.spare_annotations)
        make_artifacts(stream, tree.artifacts)
    for block, runs in tree.runs.items():
        keep_spaces(block, runs)
    write_tree(pdf, Tree(tree.root, tree.nodes, pdf2), len(page_streams))
    # Two pages side by side stand as they are read.
    direction = {"Direction": "/R2L"} if tree.is_from_right else {}
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true", **direction})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Tree:
    """Grows with each page; `artifacts` and `spare_annotations` are those of the last page."""

    def __init__(self, document: Any, *, pdf2: bool) -> None:
        self.pdf2 = pdf2
        root = next(child.element for child in document.pages[0]._page_box.children if _is_flow(child))
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.language = root.get("lang")
        self.is_from_right = root.get("dir") == "rtl"
        self.root = Node("Document", root, None)
        self.nodes: dict[Any, Node] = {root: self.root}
        self.page_of_header: dict[Any, int] = {}
        self.artifacts: dict[int, dict[str, Any]] = {}
        self.spare_annotations: list[Any] = []
        self.runs: dict[Any, list[Run]] = {}
        self.block: Any = root
        self.glyphs = Glyphs(document.fonts.values(), is_from_right=root.get("dir") == "rtl")

    def add_page(self, index: int, page_box: Any, stream: Any) -> None:
        """Adds what one page shows; every marked sequence ends up in the tree once, or as an artifact."""
        self.index, self.stream, self.page_height = index, stream, page_box.margin_height()
        self.artifacts, self.spare_annotations = {}, []
        self.properties = {
            operand["MCID"]: operand
            for operand in stream.stream
            if isinstance(operand, pydyf.Dictionary) and "MCID" in operand
        }
        self.glyphs.read(stream.stream)
        for child in page_box.children:
            if isinstance(child, boxes.MarginBox):
                edge = "Header" if child.at_keyword.startswith("@top") else "Footer"
                self._artifact(child, edge)
            else:
                self._add(child, in_link=False)
        # What was painted for a box that the page no longer holds belongs to no element.
        for left in stream._tags.values():
            self.artifacts[left["mcid"]] = {}
        stream._tags.clear()

    def _add(self, box: Any, *, in_link: bool) -> None:
        """Adds a box and what it holds; `in_link` is whether it lies in the box of a link annotation."""
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        element = box.element
        if element is not None and element.tag == "thead" and box.element_tag == "thead":
            first = self.page_of_header.setdefault(element, self.index)
            if first != self.index:
                self._artifact(box, "")
                return
        if box.element_tag in ("td", "th"):
            # A cell that shows nothing still holds its column.
            self._node(element)
        if box.link_annotation is not None:
            if in_link:
                # Each box inside a link gets an annotation of its own over the first: a stop more for the keyboard.
                self.spare_annotations.append(box.link_annotation)
            else:
                self._add_annotation(box, element)
                in_link = True
        block = self.block
        if isinstance(box, boxes.LineBox):
            self.block = box.element
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            marked = self.stream._tags.pop(box, None)
            if marked is not None:
                self._add_content(box, marked["mcid"])
        for child in getattr(box, "children", ()):
            self._add(child, in_link=in_link)
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
        elif isinstance(box, boxes.TextBox):
            told = scripts.told(box.text, box.element, self.parents)
            run, node = self.glyphs.tell(Run(box.text, told, self.properties[mcid]), mcid, node)
            if "::" not in tag:
                self.runs.setdefault(self.block, []).append(run)
        node.kids.append(Content(self.index, mcid))

    def _add_annotation(self, box: Any, element: Any) -> None:
        node = self._holder(self._node(element))
        annotation = box.link_annotation
        while node.type != "Link" and node.parent is not None:
            node = node.parent
        label = (node.element.get("aria-label") or scripts.words(node.element, self.parents)).strip()
        annotation["Contents"] = pydyf.String(" ".join(label.split()))
        annotation["F"] = _PRINT
        node.kids.append(Annotation(self.index, annotation))

    def _artifact(self, box: Any, edge: str) -> None:
        for inner in _walk(box):
            marked = self.stream._tags.pop(inner, None)
            if marked is not None:
                properties = self.artifacts[marked["mcid"]] = {"Subtype": f"/{edge}"} if edge else {}
                if isinstance(inner, boxes.TextBox) and not self.glyphs.spell(inner.text, marked["mcid"]):
                    properties["ActualText"] = pydyf.String(inner.text)
            if inner.link_annotation is not None:
                self.spare_annotations.append(inner.link_annotation)

    # --- elements to nodes ----------------------------------------------------------------------------

    def _node(self, element: Any) -> Node:
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
            # The mark of a note stands in its first paragraph.
            while parent.type == "P" and parent.parent is not None:
                parent = parent.parent
            node = self._label(parent) if type_ == "Lbl" else self._body(parent)
            self.nodes[element] = node
            self._describe(node, element)
            return node
        parent = self._holder(parent)
        node = Node(type_, element, parent)
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
        if element.get("role") == "doc-footnote":
            return NOTE_2 if self.pdf2 else NOTE
        if tag == "span" and element.get("class") in _TYPES_OF_SPANS:
            return _TYPES_OF_SPANS[element.get("class")]
        if tag in TYPES:
            return str(TYPES[tag])
        if self._changes_language(element):
            return "Div" if tag == "div" else "Span"
        if tag == "abbr":
            return "Span"
        return None

    def _changes_language(self, element: Any) -> bool:
        """Whether the element states another language than what is around it."""
        around = self.parents.get(element)
        while around is not None and around.get("lang") is None:
            around = self.parents.get(around)
        return element.get("lang") not in (None, self.language if around is None else around.get("lang"))

    def _in_contents(self, element: Any) -> bool:
        while element is not None:
            if element.get("role") == "doc-toc":
                return True
            element = self.parents.get(element)
        return False

    def _holder(self, node: Node) -> Node:
        """Where content of a node goes: a list item keeps it in its body, an entry of the contents in a Reference."""
        return self._body(node) if node.type in ("LI", "TOCI") else node

    def _body(self, item: Node) -> Node:
        if item.body is None:
            item.body = Node("LBody" if item.type == "LI" else "Reference", None, item)
            item.kids.append(item.body)
        return item.body

    def _label(self, item: Node) -> Node:
        label = next((kid for kid in item.kids if isinstance(kid, Node) and kid.type == "Lbl"), None)
        if label is None:
            label = Node("Lbl", None, item)
            item.kids.insert(0, label)
        return label

    def _describe(self, node: Node, element: Any) -> None:
        """Language, alternative and attributes that the HTML element states."""
        if self._changes_language(element):
            node.entries["Lang"] = pydyf.String(element.get("lang"))
        if element.tag == "abbr" and element.get("title"):
            node.entries["E"] = pydyf.String(element.get("title"))
        if node.type in (NOTE, NOTE_2):
            node.entries["ID"] = pydyf.String(element.get("id"))
        elif node.type == "Figure":
            node.entries["Alt"] = pydyf.String(element.get("alt", ""))
        elif node.type == "L":
            # What PDF 2.0 calls a description list has no name of its own in PDF 1.7.
            numbering = "Description" if self.pdf2 and element.tag == "dl" else NUMBERING[element.tag]
            node.attributes["List"] = {"ListNumbering": f"/{numbering}"}
        elif element.tag in scripts.SHIFTS:
            node.attributes["Layout"] = scripts.shift(element.tag, pdf2=self.pdf2)
        elif element.tag == "s":
            node.attributes["Layout"] = {"TextDecorationType": "/LineThrough"}
        elif node.type == "TH":
            scope = "Row" if element.get("scope") in ("row", "rowgroup") else "Column"
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
