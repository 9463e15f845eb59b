"""A topic's Markdown body -> blocks."""

import re
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from atlas_print.advise.drafts import Kind, Passage, advice
from atlas_print.blocks import (
    BOXES,
    Block,
    Blocks,
    CodeBlock,
    Definition,
    DefinitionList,
    Division,
    Figure,
    ListBlock,
    Paragraph,
    Quote,
    Rule,
)
from atlas_print.inlines import Citation, NoteCall, Strong, Text, plain_text, walk_inlines
from atlas_print.problems import Place, Problem
from atlas_print.read.attributes import Attributes
from atlas_print.read.citations import Use, Works
from atlas_print.read.divisions import kind_of, language_of, misspelt
from atlas_print.read.figures import Figures
from atlas_print.read.inlines import InlineReader
from atlas_print.read.links import Leads
from atlas_print.read.markdown import parser
from atlas_print.read.markdown.inline_rules import tag_of
from atlas_print.read.markdown.notes import DEFINITION
from atlas_print.read.notes import Notes
from atlas_print.read.positions import place_of_block
from atlas_print.read.source import Source, is_blank
from atlas_print.read.tables.read import read_table
from atlas_print.read.values.fields import marks_in

# Lines of a paragraph that were meant as something else, and would print as stray marks.
_MEANT = (
    (
        r"\|\s(?!.*\|)",
        "a block of lines is not accepted",
        "write its lines without |, and \\ at the end of each but the last",
    ),
    (r"\|", "a table that can't be read", "write a header row, a row of |---|---|, and as many cells in each row"),
    (r":?-+:?\s*\|[\s:|-]*$", "a table that can't be read", "write as many cells in each row as in the header row"),
    (
        r"\+[-:=]{2,}",
        "a grid table that can't be read",
        "end it with a line of +---+ like its first, or write a pipe table: | cell | cell |",
    ),
    (r": ", "a line that starts with a colon is not accepted", "write a caption right above or below its table"),
    (r"#{2,6}[^\s#]", "a heading without a space behind its #", "write ## and a space before the words"),
    (r"\(@[\w-]*\)\s", "a list of examples is not accepted", "write 1. before each item"),
    (r"[•‣◦▪●]\s", "a list that can't be read", "write - before each item"),
)
_NESTED = 6
"""Lists and quotations inside each other: the parser drops what stands deeper than 9, and nobody can follow it."""


@dataclass
class BodyReader:
    """Reads the blocks of one topic; problems, the places of citations and of all text are collected on the way."""

    source: Source
    figures: Figures
    works: Works
    leads: Leads
    problems: list[Problem]
    citations: list[Use] = field(default_factory=list)
    passages: list[Passage] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.notes = Notes(self.source, self.problems, self.passages, self._note)
        self.inlines = self._inline_reader()

    def _inline_reader(self) -> InlineReader:
        return InlineReader(self.source, self.problems, self.citations, self.works, self.notes, self.leads)

    def _note(self, definition: SyntaxTreeNode) -> Blocks:
        """What a footnote says, read in the middle of the line that calls it."""
        outside, self.inlines = self.inlines, self._inline_reader()
        blocks = self.blocks(definition.children)
        self.inlines = outside
        return blocks

    def parse(self, first_line: int) -> list[SyntaxTreeNode]:
        """The top-level nodes of the body, which starts at line `first_line` of the source."""
        # Blank lines in the front matter's place keep the parser's line numbers true.
        body = "\n" * (first_line - 1) + "\n".join(self.source.lines[first_line - 1 :])
        env: dict[str, Any] = {}
        root = SyntaxTreeNode(parser().parse(body, env))
        used = {node.meta.get("label") for node in root.walk(include_self=False)}
        for label, address in env.get("references", {}).items():
            if label not in used:
                what, help_ = "the address of a link that no text leads to", "delete it, or write [text](https://...)"
                self.problems.append(advice(self.source.place(address["map"][0] + 1, 1), "unused-link", what, help_))
        for address in env.get("duplicate_refs", []):
            what, help_ = "the address of a link for the second time", "delete one of the two"
            self.tell(self.source.place(address["map"][0] + 1, 1), "unused-link", what, help_)
        self.notes.define(root)
        return [node for node in root.children if node.type != DEFINITION]

    def place(self, node: SyntaxTreeNode) -> Place:
        """Where a block starts."""
        return place_of_block(self.source, node)

    def tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        """Records a problem."""
        self.problems.append(Problem(place, rule, what, help_))

    def blocks(self, nodes: list[SyntaxTreeNode], depth: int = 0) -> Blocks:
        """The blocks that the nodes stand for; what is not accepted becomes a problem."""
        found = ((node, self._block(node, depth)) for node in nodes)
        return tuple(self._in_language(node, block) for node, block in found if block is not None)

    def _in_language(self, node: SyntaxTreeNode, block: Block) -> Block:
        """A block of a group that was taken off it, since it holds headings of the topic."""
        if "language" not in node.meta:
            return block
        language = self.inlines.language(node.meta["language"], self.place(node))
        return Division((block,), None, language, line=block.line)

    def _block(self, node: SyntaxTreeNode, depth: int) -> Block | None:
        match node.type:
            case "paragraph":
                return self._paragraph(node)
            case "bullet_list" | "ordered_list" | "blockquote" | "dl" | "division" if depth == _NESTED:
                what = f"lists, quotations and blocks stand inside each other in more than {_NESTED} levels"
                self.tell(self.place(node), "nested-too-deep", what, "write it flatter")
            case "bullet_list" | "ordered_list":
                return self._list(node, depth)
            case "blockquote":
                children = self.blocks(node.children, depth + 1)
                return Quote(children, line=self.place(node).line) if children else None
            case "table":
                return read_table(node, self.inlines, self.passages)
            case name if name == DEFINITION:
                return None
            case "heading":
                return self._named(node)
            case "division":
                return self._division(node, depth)
            case "dl":
                return self._definitions(node, depth)
            case "hr":
                return Rule(line=self.place(node).line)
            case "fence" if node.info.strip().startswith("{="):
                what, help_ = "a block for one format alone is not accepted", "write what it shows in Markdown"
                self.tell(self.place(node), "not-accepted", what, help_)
            case "fence" | "code_block":
                return self._code(node)
            case _:
                what, help_ = "a footnote is not accepted", "write it into the text, or cite a reference: [@id]"
                self.tell(self.place(node), "not-accepted", what, help_)
        return None

    def _named(self, node: SyntaxTreeNode) -> Paragraph:
        """A heading inside a list, a quotation or a box: the name of what follows, and no part of the outline."""
        place, children = self.place(node), self.inlines.read(node.children[0])
        what = "a heading inside a list, a quotation or a box is set as strong words"
        self.problems.append(advice(place, "heading-nested", what, "write **...** instead, or move it to the margin"))
        self.passages.append(Passage.of(place, Kind.PROSE, children))
        return Paragraph((Strong(children),), line=place.line)

    def _division(self, node: SyntaxTreeNode, depth: int) -> Block | None:
        place = self.place(node)
        attributes = node.meta["attributes"]
        if attributes is None or not node.meta["is_whole"]:
            what = "a line of ::: that opens nothing and closes nothing"
            help_ = "write ::: and a name before the text, and ::: behind it"
            self.tell(place, "malformed-division", what, help_)
            return None
        if (name := misspelt(node)) is not None:
            self.tell(place, "unknown-division", f"a block is called {name!r}", "did you mean 'urgent'?")
        children = self.blocks(node.children, depth + 1)
        # What Quarto prints as the name of its box.
        for name in (it.value for it in attributes if it.name == "title" and not is_blank(it.value)):
            children = (Paragraph((Strong((Text(name),)),), line=place.line), *children)
        language = self.inlines.language(language_of(node), place)
        return Division(children, kind_of(node), language, line=place.line) if children else None

    def _definitions(self, node: SyntaxTreeNode, depth: int) -> DefinitionList:
        found: list[Definition] = []
        for child in node.children:
            if child.type == "dt":
                place, term = self.place(child), self.inlines.read(child.children[0])
                self.passages.append(Passage.of(place, Kind.PROSE, term))
                found.append(Definition(term, ()))
            else:
                details = (*found[-1].details, self.blocks(child.children, depth + 1))
                found[-1] = Definition(found[-1].term, details)
        return DefinitionList(tuple(found), line=self.place(node).line)

    def _code(self, node: SyntaxTreeNode) -> CodeBlock | None:
        place, text = self.place(node), node.content.rstrip("\n")
        if node.type == "code_block":
            what, help_ = "a line that starts with four spaces is set as code", "start it at the margin if it is text"
            self.problems.append(advice(place, "indented-code", what, help_))
        return CodeBlock(text, line=place.line) if text.strip() else None

    def _list(self, node: SyntaxTreeNode, depth: int) -> ListBlock | None:
        is_ordered = node.type == "ordered_list"
        for item in node.children if is_ordered else ():
            if not item.children:
                self.tell(self.place(item), "empty-item", "an item of a numbered list is empty", "fill it or delete it")
        items = [_as_task(self.blocks(item.children, depth + 1)) for item in node.children]
        # An empty bullet says nothing.
        kept = tuple(item for item in items if item or is_ordered)
        if not is_ordered:
            return ListBlock(kept, line=self.place(node).line) if kept else None
        counts, start = node.meta["counts"], node.meta["start"]
        if len(set(counts)) > 1 and counts != list(range(start, start + len(counts))):
            what = f"a list counts {', '.join(map(str, counts))}, and is set with {start} to {start + len(counts) - 1}"
            help_ = "number the items one by one; for another start begin a new list behind a paragraph"
            self.problems.append(advice(self.place(node), "list-numbers", what, help_))
        return ListBlock(kept, start, node.meta["style"], line=self.place(node).line)

    def _paragraph(self, node: SyntaxTreeNode) -> Block | None:
        inline = node.children[0]
        if len(inline.children) == 1 and inline.children[0].type == "image":
            return self._figure(inline, inline.children[0])
        if self._is_meant_otherwise(inline) or self._is_figure_with_bad_attributes(inline):
            return None
        if all(it.type in ("comment", "softbreak", "hardbreak") or tag_of(it)[0] == "br" for it in inline.children):
            return None
        children = self.inlines.read(inline)
        # What holds a place open, as Word's and HTML's empty lines do, says nothing.
        refers = any(isinstance(child, Citation | NoteCall) for child in walk_inlines(children))
        if is_blank(plain_text(children)) and not refers:
            return None
        self.passages.append(Passage.of(self.place(node), Kind.PROSE, children))
        return Paragraph(children, line=self.place(node).line)

    def _is_meant_otherwise(self, inline: SyntaxTreeNode) -> bool:
        """Tells the first line of a paragraph that was meant as something else than text."""
        offset = 0
        for row in inline.content.split("\n"):
            indent = len(row) - len(row.lstrip())
            for pattern, what, help_ in _MEANT:
                if re.match(pattern, row[indent:]):
                    self.tell(self.inlines.place(inline, offset + indent), "not-accepted", what, help_)
                    return True
            offset += len(row) + 1
        return False

    def _is_figure_with_bad_attributes(self, inline: SyntaxTreeNode) -> bool:
        """Tells the attributes of a figure that can't be read, which make a text of it."""
        kinds = [node.type for node in inline.children]
        if kinds[:1] != ["image"] or kinds.count("image") > 1 or "bad_attributes" not in kinds:
            return False
        bad = inline.children[kinds.index("bad_attributes")]
        place = self.inlines.place(inline, int(bad.meta["pos"]))
        help_ = 'write {alt="What the drawing shows."} right behind it, with straight quotes'
        self.tell(place, "malformed-attributes", "attributes that can't be read", help_)
        return True

    def _figure(self, inline: SyntaxTreeNode, node: SyntaxTreeNode) -> Figure | None:
        start = int(node.meta["pos"])
        place = self.inlines.place(inline, start)
        target = unquote(str(node.attrs.get("src", "")))
        attributes = Attributes(node.meta.get("attributes", ()))
        # The second is what Quarto calls it.
        alt = attributes.take("alt") or attributes.take("fig-alt")
        is_wide = attributes.take(".wide") is not None
        if "title" in node.attrs:
            help_ = "put it into the caption, between the square brackets"
            self.tell(place, "figure-title", "a figure has a title behind its address", help_)
        for attribute, what, help_ in attributes.mistaken("a figure", ("alt", ".wide")):
            self.tell(self.inlines.place(inline, attribute.offset), "unknown-attribute", what, help_)
        image = self.figures.image(target, place)
        if alt is None or is_blank(alt.value):
            help_ = 'write {alt="What the drawing shows."} right behind it'
            self.tell(place, "missing-alt", f"the figure {target!r} has no alt", help_)
        else:
            self.problems.extend(marks_in("alt", alt.value, self.inlines.place(inline, alt.offset)))
        before = len(self.problems)
        caption = self.inlines.read(inline, node, label_offset=2)
        if is_blank(plain_text(caption)) and len(self.problems) == before:
            help_ = "write ![Caption, in a sentence.](...)"
            self.tell(place, "missing-caption", f"the figure {target!r} has no caption", help_)
        self.passages.append(Passage.of(place, Kind.CAPTION, caption))
        return None if image is None or alt is None else Figure(image, caption, alt.value, is_wide, line=place.line)


def _as_task(item: Blocks) -> Blocks:
    """An item with the box that [ ] and [x] before its words stand for, as Pandoc reads them."""
    first = item[0] if item else None
    if not isinstance(first, Paragraph) or not isinstance(start := first.children[0], Text):
        return item
    mark, words = start.text[:4], start.text[4:]
    if mark not in ("[ ] ", "[x] ", "[X] ") or not (words or first.children[1:]):
        return item
    rest = (Text(words), *first.children[1:]) if words else first.children[1:]
    return (replace(first, children=(BOXES[mark != "[ ] "], *rest)), *item[1:])
