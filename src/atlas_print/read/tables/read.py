"""A table of the parser -> a table of the model."""

from markdown_it.tree import SyntaxTreeNode

from atlas_print.advise.drafts import Kind, Passage
from atlas_print.blocks import Table
from atlas_print.inlines import Inlines, plain_text
from atlas_print.problems import Problem
from atlas_print.read.inlines import InlineReader
from atlas_print.read.positions import place_of_block
from atlas_print.read.source import is_blank


def read_table(node: SyntaxTreeNode, inlines: InlineReader, passages: list[Passage]) -> Table:
    """The table of a node; what is wrong with it becomes a problem, its texts passages."""
    source, problems = inlines.source, inlines.problems
    place = place_of_block(source, node)
    before = len(problems)
    for fault in node.meta["faults"]:
        where = source.place(fault.line + 1, fault.column + 1)
        problems.append(Problem(where, fault.rule, fault.what, fault.help))
    parts = {part.type: part for part in node.children}
    caption: Inlines = ()
    if "caption" in parts:
        caption = inlines.read(parts["caption"].children[0])
        passages.append(Passage.of(inlines.place(parts["caption"].children[0], 0), Kind.CAPTION, caption))
    rows = [row for name in ("thead", "tbody") if name in parts for row in parts[name].children]
    lines = [tuple(inlines.read(cell.children[0]) for cell in row.children) for row in rows]
    for row, line in zip(rows, lines, strict=True):
        passages.extend(Passage.of(place_of_block(source, row), Kind.CELL, cell, line) for cell in line)
    header = lines.pop(0) if "thead" in parts else ()
    has_words = any(not is_blank(plain_text(cell)) or cell for line in lines for cell in line)
    if not has_words and len(problems) == before:
        what, help_ = "the table has no rows", "write its rows, or delete it"
        problems.append(Problem(place, "empty-table", what, help_))
    return Table(header, tuple(lines), tuple(node.meta["alignments"]), caption, line=place.line)
