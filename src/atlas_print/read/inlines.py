"""Inline Markdown -> inline content, with the place of everything that can be wrong."""

import re
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from atlas_print.atlas import Citation, Emphasis, Inline, Inlines, Link, Span, Strong, Text, plain_text
from atlas_print.problems import Place, Problem
from atlas_print.read import identifiers
from atlas_print.read.markdown import attributes_of, keys_of
from atlas_print.read.source import Source

_REFUSED = {
    "html_inline": ("raw-html", "raw HTML", "write it in Markdown"),
    "code_inline": ("not-accepted", "code (between backticks)", "write it as plain text"),
    "hardbreak": (
        "not-accepted",
        "a forced line break",
        "delete the spaces or the \\ at the end of the line",
    ),
    "s": ("not-accepted", "struck-out text", "delete it"),
    "sub": ("not-accepted", "a subscript between ~", "type the character itself, such as ₂"),
    "sup": ("not-accepted", "a superscript between ^", "type the character itself, such as ²"),
    "footnote_ref": ("not-accepted", "a footnote", "write it into the text, or cite a reference: [@id]"),
    "bad_citation": (
        "malformed-citation",
        "a citation that can't be read",
        "write [@id], or [@id; @other-id]",
    ),
    "bad_attributes": (
        "malformed-attributes",
        "attributes that can't be read",
        'write [text]{.key}, [text]{lang=fr} or ![caption](file){alt="..."}',
    ),
    "bad_link": (
        "malformed-link",
        "a link that can't be read",
        "write [text](https://...) with no brackets, citations or spans inside",
    ),
}


@dataclass(frozen=True, slots=True)
class Use:
    """One citation of a reference: its id and where it stands."""

    id: str
    place: Place


@dataclass
class InlineReader:
    """Reads inline content of one source; citations are collected in reading order."""

    source: Source
    problems: list[Problem]
    citations: list[Use]
    _searched: dict[int, int] = field(default_factory=dict)
    _found: dict[int, int] = field(default_factory=dict)

    def read(self, inline: SyntaxTreeNode, node: SyntaxTreeNode | None = None, label_offset: int = 0) -> Inlines:
        """The content of an inline node, or of an image in it, whose label starts `label_offset` behind it."""
        self._line, self._base = inline, 0 if node is None else _pos(node) + label_offset
        return _trim(self._children((node or inline).children))

    def place_of(self, inline: SyntaxTreeNode, node: SyntaxTreeNode) -> Place:
        """Where a node of an inline node stands in the file."""
        return self._place(inline, _pos(node))

    def attributes(self, node: SyntaxTreeNode) -> dict[str, str]:
        """The node's attributes as text, those that the parser set aside as insecure included."""
        return attributes_of({**node.attrs, **node.meta.get("insecure_attrs", {})})

    def _children(self, nodes: list[SyntaxTreeNode]) -> list[Inline]:
        found: list[Inline] = []
        for node in nodes:
            child = self._inline(node)
            if child is None:
                continue
            # Neighbouring texts are one text, so that white space folds across line ends.
            if isinstance(child, Text) and found and isinstance(found[-1], Text):
                child = Text(found.pop().text + child.text)  # type: ignore[union-attr]  # checked in the line above
            found.append(child)
        return [Text(re.sub(r"[ \t\n]+", " ", child.text)) if isinstance(child, Text) else child for child in found]

    def _inline(self, node: SyntaxTreeNode) -> Inline | None:
        match node.type:
            case "text" | "text_special":
                return Text(node.content)
            case "softbreak":
                return Text("\n")
            case "em":
                return Emphasis(tuple(self._children(node.children)))
            case "strong":
                return Strong(tuple(self._children(node.children)))
            case "link":
                return self._link(node)
            case "span":
                return self._span(node)
            case "citation":
                place, ids = self._at(node), tuple(keys_of(node.content))
                self.citations.extend(Use(id_, place) for id_ in ids)
                return Citation(ids)
            case "image":
                # Where it stands is told by whoever knows whether an image may stand there.
                return None
            case _:
                rule, what, help_ = _REFUSED.get(
                    node.type, ("not-accepted", f"Markdown of the kind {node.type}", "write plain text")
                )
                self._tell(
                    node,
                    rule,
                    f"{what} is not accepted" if rule in ("raw-html", "not-accepted") else what,
                    help_,
                )
                return None

    def _link(self, node: SyntaxTreeNode) -> Inline:
        attrs = self.attributes(node)
        url = attrs.pop("href", "")
        children = tuple(self._children(node.children))
        if not identifiers.is_link_target(url):
            help_ = "write a full address that starts with https:// or mailto:"
            self._tell(node, "malformed-url", f"a link leads to {url!r}", help_)
        if attrs:
            what = f"a link takes no {', '.join(sorted(attrs))}"
            self._tell(node, "unknown-attribute", what, "write [text](https://...) and nothing else")
        if not plain_text(children).strip():
            self._tell(node, "empty-link", "a link has no text", "write what it leads to in the square brackets")
        return Link(url, children)

    def _span(self, node: SyntaxTreeNode) -> Inline:
        attrs = self.attributes(node)
        classes, language = attrs.pop("class", "").split(), attrs.pop("lang", None)
        children = tuple(self._children(node.children))
        wrong = [f".{name}" for name in classes if name != "key"] + sorted(attrs)
        if wrong or not (classes or language):
            what = f"a span takes no {', '.join(wrong)}" if wrong else "a span has no attribute"
            self._tell(node, "unknown-attribute", what, "write [text]{.key} or [text]{lang=fr}")
        if language is not None and not identifiers.is_language(language):
            help_ = "write a BCP 47 tag, such as fr or pt-BR"
            self._tell(node, "unknown-language", f"{language!r} is not a language tag", help_)
        if not plain_text(children).strip():
            self._tell(node, "empty-span", "a span has no text", "put the text between its square brackets")
        return Span(children, language, "key" in classes)

    def _tell(self, node: SyntaxTreeNode, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(self._at(node), rule, what, help_))

    def _at(self, node: SyntaxTreeNode) -> Place:
        return self._place(self._line, self._base + _pos(node))

    def _place(self, inline: SyntaxTreeNode, offset: int) -> Place:
        """The place of an offset into a line's content, which stands in the file behind its list and quote marks."""
        content = str(inline.meta.get("source", inline.content))
        first = inline.map[0] if inline.map else 0
        line = first + content.count("\n", 0, offset)
        start = content.rfind("\n", 0, offset) + 1
        row = content[start:].split("\n", 1)[0]
        text = self.source.lines[line]
        column = self._column(id(inline), line, text, row) if line == first else max(text.find(row), 0)
        return self.source.place(line + 1, column + offset - start + 1)

    def _column(self, cell: int, line: int, text: str, row: str) -> int:
        """Where a line's content starts; the cells of a table row are searched one behind the other."""
        if cell not in self._found:
            column = max(text.find(row, self._searched.get(line, 0)), 0)
            self._searched[line] = column + len(row)
            self._found[cell] = column
        return self._found[cell]


def _pos(node: SyntaxTreeNode) -> int:
    return int(node.meta.get("pos", 0))


def _trim(children: list[Inline]) -> Inlines:
    """Inline content without white space at its ends."""
    if children and isinstance(children[0], Text):
        children[0] = Text(children[0].text.lstrip(" "))
    if children and isinstance(children[-1], Text):
        children[-1] = Text(children[-1].text.rstrip(" "))
    return tuple(child for child in children if not (isinstance(child, Text) and not child.text))
