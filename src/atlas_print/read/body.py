"""A topic's Markdown body -> sections, blocks and inline content."""

import re
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from atlas_print.atlas import (
    Block,
    Blocks,
    Figure,
    Inlines,
    ListBlock,
    Paragraph,
    Quote,
    Table,
)
from atlas_print.problems import Place, Problem
from atlas_print.read.figures import Figures
from atlas_print.read.inlines import InlineReader, Use
from atlas_print.read.markdown import parser
from atlas_print.read.source import Source

_REFUSED = {
    "html_block": ("raw-html", "raw HTML", "write it in Markdown"),
    "fence": ("not-accepted", "a code block", "write it as a paragraph or a list"),
    "code_block": (
        "not-accepted",
        "a code block (a line that starts with four spaces)",
        "start the line at its margin",
    ),
    "hr": ("not-accepted", "a horizontal rule", "start a new section with a heading"),
    "footnote_block": ("not-accepted", "a footnote", "write it into the text, or cite a reference: [@id]"),
    "dl": ("not-accepted", "a definition list", "write it as a list or as paragraphs"),
}
_ALIGNMENT = re.compile(r"text-align:(left|center|right)")


@dataclass
class BodyReader:
    """Reads the blocks of one topic; problems and the places of citations are collected on the way."""

    source: Source
    figures: Figures
    problems: list[Problem]
    citations: list[Use] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.inlines = InlineReader(self.source, self.problems, self.citations)

    def parse(self, first_line: int) -> list[SyntaxTreeNode]:
        """The top-level nodes of the body, which starts at line `first_line` of the source."""
        # Blank lines in the front matter's place keep the parser's line numbers true.
        body = "\n" * (first_line - 1) + "\n".join(self.source.lines[first_line - 1 :])
        return list(SyntaxTreeNode(parser().parse(body)).children)

    def place(self, node: SyntaxTreeNode) -> Place:
        """Where a node starts."""
        if node.map is None:
            return self.source.place()
        line = node.map[0]
        text = self.source.lines[line]
        return self.source.place(line + 1, len(text) - len(text.lstrip()) + 1)

    def tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        """Records a problem."""
        self.problems.append(Problem(place, rule, what, help_))

    def blocks(self, nodes: list[SyntaxTreeNode]) -> Blocks:
        """The blocks that the nodes stand for; what is not accepted becomes a problem."""
        found = (self._block(node) for node in nodes)
        return tuple(block for block in found if block is not None)

    def _block(self, node: SyntaxTreeNode) -> Block | None:
        match node.type:
            case "paragraph":
                return self._paragraph(node.children[0])
            case "bullet_list" | "ordered_list":
                items = tuple(self.blocks(item.children) for item in node.children)
                if not all(items):
                    self.tell(self.place(node), "empty-item", "a list item is empty", "fill it or delete it")
                start = int(node.attrs.get("start", 1)) if node.type == "ordered_list" else None
                return ListBlock(items, start)
            case "blockquote":
                return Quote(self.blocks(node.children))
            case "table":
                return self._table(node)
            case "heading":
                what, help_ = "a heading inside a list or a quotation", "move it to the margin"
                self.tell(self.place(node), "heading-nested", what, help_)
            case _:
                rule, what, help_ = _REFUSED.get(
                    node.type,
                    ("not-accepted", f"Markdown of the kind {node.type}", "write it as a paragraph"),
                )
                self.tell(self.place(node), rule, f"{what} is not accepted", help_)
        return None

    def _paragraph(self, inline: SyntaxTreeNode) -> Block | None:
        images = [node for node in inline.children if node.type == "image"]
        if images and len(inline.children) == 1:
            return self._figure(inline, images[0])
        for image in images:
            place = self.inlines.place_of(inline, image)
            help_ = "put an empty line before and after it, so that it is a figure with a caption"
            self.tell(place, "image-in-text", "an image stands inside a paragraph", help_)
        children = self.inlines.read(inline)
        return Paragraph(children) if children else None

    def _figure(self, inline: SyntaxTreeNode, node: SyntaxTreeNode) -> Figure | None:
        place = self.inlines.place_of(inline, node)
        attrs = self.inlines.attributes(node)
        target, title, alt = attrs.pop("src", ""), attrs.pop("title", None), attrs.pop("alt", "").strip()
        if title is not None:
            help_ = "put it into the caption, between the square brackets"
            self.tell(place, "figure-title", "a figure has a title behind its address", help_)
        if attrs:
            what = f"a figure takes no {', '.join(sorted(attrs))}"
            self.tell(place, "unknown-attribute", what, 'write only {alt="..."} behind it')
        if not alt:
            help_ = 'write {alt="What the drawing shows."} right behind it'
            self.tell(place, "missing-alt", f"the figure {target!r} has no alt", help_)
        caption = self.inlines.read(inline, node, label_offset=2)
        if not caption:
            help_ = "write ![Caption, in a sentence.](...)"
            self.tell(place, "missing-caption", f"the figure {target!r} has no caption", help_)
        image = self.figures.image(target, place)
        return None if image is None else Figure(image, caption, alt)

    def _table(self, node: SyntaxTreeNode) -> Table:
        lines = [[self._cell(cell) for cell in row.children] for part in node.children for row in part.children]
        alignments = []
        for cell in node.children[0].children[0].children:
            match = _ALIGNMENT.search(str(cell.attrs.get("style", "")))
            alignments.append(match.group(1) if match else None)
        if not any(lines[0]):
            help_ = "name each column in the first row"
            self.tell(self.place(node), "table-header", "the table has an empty header row", help_)
        return Table(tuple(lines[0]), tuple(map(tuple, lines[1:])), tuple(alignments))

    def _cell(self, cell: SyntaxTreeNode) -> Inlines:
        return self.inlines.read(cell.children[0])
