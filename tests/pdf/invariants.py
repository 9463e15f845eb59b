"""What no validator checks about a tag tree: the project's own invariants, told as a list of faults."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import block_lines, walk_blocks
from atlas_print.inlines import Citation, Inlines, Leaf, Span
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.lines import flattened

_PRINT = 4
"""The annotation flag Print (ISO 32000-1, table 165)."""


def faults(file: Path) -> list[str]:
    """Everything that is wrong with the tag tree of a PDF, in words; an empty list is what we want."""
    pdf = TaggedPdf(file)
    return [fault for check in CHECKS for fault in check(pdf)]


# --- a tagged PDF taken apart -----------------------------------------------------------------------------


class Content(NamedTuple):
    """Names a marked-content sequence; `page` is None where its element names none."""

    page: int | None
    mcid: int


class Annotation(NamedTuple):
    """Names an annotation by its object number."""

    number: int


@dataclass(eq=False)
class Element:
    """A structure element: its dictionary, that of its parent, and what it holds in reading order."""

    entry: Any
    parent: Any
    kids: "list[Element | Content | Annotation]" = field(default_factory=list)

    @property
    def type(self) -> str:
        return str(self.entry["/S"])[1:]

    def within(self) -> "Iterator[Element | Content | Annotation]":
        """The element and all that it holds, at any depth."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.within()
            else:
                yield kid


@dataclass
class Marked:
    """A marked-content sequence: its page, its tag and properties, and the text that it shows."""

    page: int
    tag: str
    properties: Mapping[str, Any]
    text: str = ""

    def said(self) -> str:
        """The text as it is read out."""
        instead = self.properties.get("/ActualText")
        return self.text if instead is None else str(instead)


class TaggedPdf:
    """A PDF by its structure elements in reading order and its marked-content sequences in painting order."""

    def __init__(self, file: Path) -> None:
        self.reader: Any = PdfReader(file)
        self.pages: list[Any] = list(self.reader.pages)
        self.page_numbers = {page.indirect_reference.idnum: number for number, page in enumerate(self.pages)}
        self.root: Any = self.reader.root_object["/StructTreeRoot"].get_object()
        self.elements: list[Element] = []
        for kid in _kids(self.root):
            self._read_element(kid.get_object(), self.root)
        self.marked: list[Marked] = []
        self._fonts: dict[int, dict[bytes, str]] = {}
        for number, page in enumerate(self.pages):
            self._read_page(number, page)
        self.said = {
            Content(marked.page, int(marked.properties["/MCID"])): marked.said()
            for marked in self.marked
            if "/MCID" in marked.properties
        }

    def of(self, pattern: str) -> list[Element]:
        """The elements whose type matches, in reading order."""
        return [element for element in self.elements if re.fullmatch(pattern, element.type)]

    def text(self, element: Element) -> str:
        """What is read out of an element."""
        return "".join(self.said.get(inner, "") for inner in element.within() if isinstance(inner, Content))

    def contents(self) -> Iterator[tuple[Content, Element]]:
        """What the tree names of the pages, each with the element that holds it."""
        for element in self.elements:
            for kid in element.kids:
                if isinstance(kid, Content):
                    yield kid, element

    def annotations(self) -> Iterator[tuple[int, Any]]:
        """Every annotation with the number of its page."""
        for number, page in enumerate(self.pages):
            for reference in page.get("/Annots", ()):
                yield number, reference.get_object()

    def artifacts(self, subtype: str | None) -> Iterator[Marked]:
        """The artifacts of that subtype that show text."""
        for marked in self.marked:
            if marked.tag == "/Artifact" and marked.text.strip() and marked.properties.get("/Subtype") == subtype:
                yield marked

    def _read_element(self, entry: Any, parent: Any) -> Element:
        element = Element(entry, parent)
        self.elements.append(element)
        page = self._page_of(entry)
        for kid in _kids(entry):
            value: Any = kid.get_object()
            kind = value.get("/Type") if isinstance(value, DictionaryObject) else "MCID"
            if kind == "MCID":
                element.kids.append(Content(page, int(value)))
            elif kind == "/MCR":
                element.kids.append(Content(self._page_of(value), int(value["/MCID"])))
            elif kind == "/OBJR":
                element.kids.append(Annotation(value.raw_get("/Obj").idnum))
            else:
                element.kids.append(self._read_element(value, entry))
        return element

    def _page_of(self, entry: Any) -> int | None:
        return self.page_numbers[entry.raw_get("/Pg").idnum] if "/Pg" in entry else None

    def _read_page(self, number: int, page: Any) -> None:
        open_: list[Marked] = []
        font: dict[bytes, str] = {}
        for operands, operator in page.get_contents().operations:
            if operator in (b"BDC", b"BMC"):
                properties = operands[1] if operator == b"BDC" else {}
                open_.append(Marked(number, str(operands[0]), properties))
                self.marked.append(open_[-1])
            elif operator == b"EMC":
                open_.pop()
            elif operator == b"Tf":
                font = self._font(page["/Resources"]["/Font"][operands[0]])
            elif operator in (b"Tj", b"TJ") and open_:
                shown = operands[0] if operator == b"TJ" else operands
                data = b"".join(_bytes(item) for item in shown if isinstance(item, str | bytes))
                open_[-1].text += "".join(font.get(data[at : at + 2], "\ufffd") for at in range(0, len(data), 2))

    def _font(self, entry: Any) -> dict[bytes, str]:
        """The texts of a font's codes, as WeasyPrint writes them."""
        number = entry.indirect_reference.idnum
        if number not in self._fonts:
            said = entry["/ToUnicode"].get_data() if "/ToUnicode" in entry else b""
            pairs = re.findall(rb"<(\w+)>\s*<(\w+)>", said.partition(b"beginbfchar")[2])
            decoded = ((bytes.fromhex(code.decode()), bytes.fromhex(text.decode())) for code, text in pairs)
            self._fonts[number] = {code: text.decode("utf-16-be") for code, text in decoded}
        return self._fonts[number]


def _kids(entry: Any) -> list[Any]:
    if "/K" not in entry:
        return []
    kids = entry["/K"]
    return list(kids) if isinstance(kids, ArrayObject) else [entry.raw_get("/K")]


def _bytes(string: Any) -> bytes:
    found: bytes = getattr(string, "original_bytes", string)
    return found


def _number_tree(node: Any) -> dict[int, Any]:
    numbers = node["/Nums"]
    return {int(numbers[i]): numbers[i + 1].get_object() for i in range(0, len(numbers), 2)}


def _spaced(text: str) -> str:
    """The text with single spaces between its words."""
    return " ".join(text.split())


# --- the invariants ---------------------------------------------------------------------------------------

Check: TypeAlias = Callable[[TaggedPdf], Iterator[str]]


def parents(pdf: TaggedPdf) -> Iterator[str]:
    for element in pdf.elements:
        if element.entry["/P"].get_object() != element.parent:
            yield f"{element.type}: /P is not its parent"


def silent_elements(pdf: TaggedPdf) -> Iterator[str]:
    """A voice stops at an element that says nothing, and the listener wonders what was missed."""
    for element in pdf.elements:
        # An empty cell holds its column, and a figure has its Alt.
        is_free = any(isinstance(inner, Element) and inner.type in ("TD", "Figure") for inner in element.within())
        if not is_free and not pdf.text(element).strip():
            yield f"{element.type}: says nothing"


def contents_once(pdf: TaggedPdf) -> Iterator[str]:
    """What is marked on the pages and what the tree holds are the same, each once."""
    in_tree = Counter(content for content, _ in pdf.contents())
    in_pages = Counter(
        Content(marked.page, int(marked.properties["/MCID"])) for marked in pdf.marked if "/MCID" in marked.properties
    )
    for content in sorted(in_tree.keys() | in_pages.keys(), key=lambda content: (content.page or 0, content.mcid)):
        if content.page is None:
            yield f"MCID {content.mcid}: its element names no page"
        elif (in_pages[content], in_tree[content]) != (1, 1):
            times = f"{in_pages[content]} in the page, {in_tree[content]} in the tree"
            yield f"page {content.page + 1}, MCID {content.mcid}: {times}"


def parent_tree(pdf: TaggedPdf) -> Iterator[str]:
    """The ParentTree leads from what a reader points at to the element that holds it."""
    owners = _number_tree(pdf.root["/ParentTree"].get_object())
    for content, element in pdf.contents():
        if content.page is not None:
            slots = owners[int(pdf.pages[content.page]["/StructParents"])]
            if slots[content.mcid].get_object() != element.entry:
                yield f"page {content.page + 1}, MCID {content.mcid}: the ParentTree names another element"
    holders = {kid.number: element for element in pdf.elements for kid in element.kids if isinstance(kid, Annotation)}
    for page, annotation in pdf.annotations():
        holder = holders.get(annotation.indirect_reference.idnum)
        if holder and owners.get(annotation.get("/StructParent")) != holder.entry:
            yield f"page {page + 1}: the ParentTree names another element for an annotation"


def annotations_once(pdf: TaggedPdf) -> Iterator[str]:
    in_tree = Counter(kid.number for element in pdf.elements for kid in element.kids if isinstance(kid, Annotation))
    for page, annotation in pdf.annotations():
        times = in_tree[annotation.indirect_reference.idnum]
        if times != 1:
            yield f"page {page + 1}: an annotation stands {times} times in the tree"


def printed_annotations(pdf: TaggedPdf) -> Iterator[str]:
    for page, annotation in pdf.annotations():
        if not int(annotation.get("/F", 0)) & _PRINT:
            yield f"page {page + 1}: an annotation is not printed"


def described_annotations(pdf: TaggedPdf) -> Iterator[str]:
    for page, annotation in pdf.annotations():
        if not str(annotation.get("/Contents", "")).strip():
            yield f"page {page + 1}: a link says nothing"


def tab_order(pdf: TaggedPdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"page {number}: /Tabs is not /S"


def figure_alternatives(pdf: TaggedPdf) -> Iterator[str]:
    for figure in pdf.of("Figure"):
        if not str(figure.entry.get("/Alt", "")).strip():
            yield "Figure: no Alt"


def figure_boxes(pdf: TaggedPdf) -> Iterator[str]:
    for figure in pdf.of("Figure"):
        box, page = figure.entry.get("/A", {}).get("/BBox"), _first_page(figure)
        if box is None or page is None:
            yield "Figure: no BBox on a page"
            continue
        left, bottom, right, top = map(float, box)
        media = pdf.pages[page].mediabox
        if not (media.left <= left < right <= media.right and media.bottom <= bottom < top <= media.top):
            yield f"Figure: the BBox {[left, bottom, right, top]} lies outside the page"


def table_headers(pdf: TaggedPdf) -> Iterator[str]:
    for table in pdf.of("Table"):
        if not any(isinstance(inner, Element) and inner.type == "TH" for inner in table.within()):
            yield "Table: no header cell"


def artifacts(pdf: TaggedPdf) -> Iterator[str]:
    """An artifact is read to nobody, so it shows what a page repeats and no more."""
    for edge in ("Header", "Footer"):
        lines = dict.fromkeys(range(len(pdf.pages)), "")
        for artifact in pdf.artifacts(f"/{edge}"):
            lines[artifact.page] += artifact.text
        running = {re.sub(r"\d+", "#", line) for line in lines.values() if line}
        if len(running) > 1:
            yield f"the running {edge.lower()} is not the same on each page: {sorted(running)}"
    table_heads = [squeeze(pdf.text(head)) for head in pdf.of("THead")]
    for artifact in pdf.artifacts(None):
        if not any(squeeze(artifact.text) in head for head in table_heads):
            yield f"page {artifact.page + 1}: an artifact says “{artifact.text}”"


def outline(pdf: TaggedPdf) -> Iterator[str]:
    """The outline is the headings of the tree: their words, their levels, the pages where they stand."""
    entries = _outline_entries(pdf, pdf.reader.root_object.get("/Outlines"), 1)
    for entry, heading in zip_longest(entries, _headings(pdf)):
        if entry != heading:
            yield f"the outline has {entry or 'nothing'} for {heading or 'no heading'}"


def page_labels(pdf: TaggedPdf) -> Iterator[str]:
    """Whoever asks a viewer for page 3 gets to the page on which a 3 is printed."""
    count = len(pdf.pages)
    for page, label in enumerate(pdf.reader.page_labels):
        footer = "".join(artifact.text for artifact in pdf.artifacts("/Footer") if artifact.page == page)
        numbers = set(re.findall(r"\d+", footer))
        # A file of one page needs no number.
        if (numbers or count > 1) and (label not in numbers or numbers - {label, str(count)}):
            yield f"page {page + 1}: labelled {label}, printed “{footer}”"


CHECKS: tuple[Check, ...] = (
    parents,
    silent_elements,
    contents_once,
    parent_tree,
    annotations_once,
    printed_annotations,
    described_annotations,
    tab_order,
    figure_alternatives,
    figure_boxes,
    table_headers,
    artifacts,
    outline,
    page_labels,
)
"""Those that need nothing but the file."""


def languages_as_in(atlas: Atlas, topic: Topic) -> Check:
    """The check that a file is in the language of its source, and its parts in those that the author marked."""
    # The contents say the headings of sections first.
    lines = [section.heading for section in topic.sections]
    for section in topic.sections:
        lines += [section.heading, *(line for block in walk_blocks(section.blocks) for line in block_lines(block))]
        for _, part in section.parts():
            lines += [part.heading, *(line for block in walk_blocks(part.blocks) for line in block_lines(block))]
    marked = [
        f"“{flattened(topic, span.children).flat}” in {span.language}"
        for line in lines
        for span in _in_another_language(line, atlas.language)
    ]

    def languages(pdf: TaggedPdf) -> Iterator[str]:
        told = pdf.reader.root_object.get("/Lang")
        if told != atlas.language:
            yield f"the file is in {told}, its source in {atlas.language}"
        parts = [
            f"“{squeeze(pdf.text(element))}” in {element.entry['/Lang']}"
            for element in pdf.elements
            if "/Lang" in element.entry
        ]
        for part, span in zip_longest(parts, marked):
            if part != span:
                yield f"the tree has {part or 'nothing'}, the source {span or 'nothing'}"

    return languages


def _in_another_language(line: Inlines, around: str) -> Iterator[Span]:
    for inline in line:
        language = inline.language if isinstance(inline, Span) else None
        if isinstance(inline, Span) and language not in (None, around):
            yield inline
        if isinstance(inline, Citation):
            for item in inline.items:
                yield from _in_another_language((*item.prefix, *item.suffix), around)
        elif not isinstance(inline, Leaf):
            yield from _in_another_language(inline.children, language or around)


# --- headings and the outline -----------------------------------------------------------------------------


class Heading(NamedTuple):
    """A heading or an entry of the outline, its level by how it is nested."""

    text: str
    level: int
    page: int | None

    def __str__(self) -> str:
        page = "no page" if self.page is None else f"page {self.page + 1}"
        return f"“{self.text}” at level {self.level} on {page}"


def _headings(pdf: TaggedPdf) -> Iterator[Heading]:
    around: list[int] = []
    for element in pdf.of("H[1-6]"):
        level = int(element.type[1])
        around = [*(outer for outer in around if outer < level), level]
        yield Heading(_spaced(pdf.text(element)), len(around), _first_page(element))


def _outline_entries(pdf: TaggedPdf, parent: Any, level: int) -> Iterator[Heading]:
    item = parent.get("/First") if parent else None
    while item is not None:
        target = item["/Dest"][0]
        # Of a structure destination (ISO 14289-2), the page where its element starts.
        page = target if target.idnum in pdf.page_numbers else target.get_object().raw_get("/Pg")
        yield Heading(_spaced(str(item["/Title"])), level, pdf.page_numbers[page.idnum])
        yield from _outline_entries(pdf, item, level + 1)
        item = item.get("/Next")


def _first_page(element: Element) -> int | None:
    return next((inner.page for inner in element.within() if isinstance(inner, Content)), None)
