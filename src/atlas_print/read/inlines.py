"""Inline Markdown -> inline content, with the place of everything that can be wrong."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from atlas_print.advise.drafts import Kind, Passage
from atlas_print.blocks import Blocks, Paragraph
from atlas_print.inlines import (
    Citation,
    CitationItem,
    Code,
    Emphasis,
    Inline,
    Inlines,
    LineBreak,
    Link,
    NoteCall,
    SectionLink,
    Span,
    Strikeout,
    Strong,
    Subscript,
    Superscript,
    Text,
    TopicLink,
    plain_text,
    walk_inlines,
)
from atlas_print.problems import Place, Problem
from atlas_print.read import identifiers
from atlas_print.read.attributes import Attribute, Attributes
from atlas_print.read.citations import Use, Works
from atlas_print.read.links import Leads, adds_nothing
from atlas_print.read.markdown.inline_rules import TAGS, tag_of
from atlas_print.read.markdown.refused import REFUSED, instead_of
from atlas_print.read.notes import Notes
from atlas_print.read.positions import place_in_line
from atlas_print.read.source import Source, is_blank, shown_text

# Marks of strong words that found no partner. Behind a number or a bracket they mark it: 12.3**. A row of _ is a gap
# to be filled in.
_LONE_MARKS = re.compile(
    r"(?<=[^\s*\d%)\]])\*\*+|(?<![\d%)\]*])\*\*+(?=[^\s*]|$)|(?<!\w)__(?=[^\W_])|(?<=[^\W_])__(?!\w)"
)
_ELEMENTS: Mapping[str, Callable[[Inlines], Inline]] = {
    "em": Emphasis,
    "i": Emphasis,
    "strong": Strong,
    "b": Strong,
    "s": Strikeout,
    "sub": Subscript,
    "sup": Superscript,
}
_SPAN = (".key", ".urgent", "lang")  # what a span can say here


@dataclass
class InlineReader:
    """Reads inline content of one source; citations and links within it are collected in reading order."""

    source: Source
    problems: list[Problem]
    citations: list[Use]
    works: Works
    notes: Notes
    leads: Leads
    _opened: Counter[str] = field(default_factory=Counter)

    def read(self, inline: SyntaxTreeNode, node: SyntaxTreeNode | None = None, label_offset: int = 0) -> Inlines:
        """The content of an inline node, or of an image in it, whose label starts `label_offset` behind it."""
        self._line, self._base = inline, 0 if node is None else _pos(node) + label_offset
        return _trim(self._children((node or inline).children))

    def place(self, inline: SyntaxTreeNode, offset: int) -> Place:
        """Where an offset into the content of an inline node stands in the file."""
        return place_in_line(self.source, inline, offset)

    def _children(self, nodes: Sequence[SyntaxTreeNode]) -> list[Inline]:
        found: list[Inline] = []
        index = 0
        while index < len(nodes):
            if nodes[index].type == "span" and not self._is_marked(nodes[index]):
                nodes = [*nodes[:index], *nodes[index].children, *nodes[index + 1 :]]
                continue
            child, index = self._next(nodes, index)
            # Neighbouring texts are one text, so that white space folds across line ends.
            if isinstance(child, Text) and found and isinstance(before := found[-1], Text):
                found[-1] = Text(before.text + child.text)
            elif child is not None:
                found.append(child)
        return list(_folded(found))

    def _next(self, nodes: Sequence[SyntaxTreeNode], index: int) -> tuple[Inline | None, int]:
        """What starts at that index, None if nothing does, and where what is behind it starts."""
        node = nodes[index]
        name, is_end = tag_of(node)
        if name not in TAGS:
            return self._inline(node), index + 1
        if name == "br":
            return LineBreak(), index + 1
        depth = 0
        for end in range(index, len(nodes) if not is_end else 0):
            other = tag_of(nodes[end])
            depth += (other == (name, False)) - (other == (name, True))
            if depth == 0:
                return _ELEMENTS[name](tuple(self._children(nodes[index + 1 : end]))), end + 1
        partner = f"<{name}>" if is_end else f"</{name}>"
        help_ = f"write {partner} in the same words, or delete it; for the sign < write \\<"
        self._tell(node, "raw-html", f"{node.content} without {partner}", help_)
        return None, index + 1

    def _inline(self, node: SyntaxTreeNode) -> Inline | None:
        match node.type:
            case "text":
                self._check_marks(node.content)
                return Text(node.content)
            case "text_special":
                return Text(node.content)
            case "softbreak":
                return Text("\n")
            case "hardbreak":
                return LineBreak()
            case "comment":
                return None
            case "code_inline":
                return Code(shown_text(node.content))
            case "em" | "strong" | "s" | "sub" | "sup":
                return self._marked(node)
            case "link":
                return self._link(node)
            case "span":
                return self._span(node)
            case "citation":
                return self._citation(node)
            case "footnote_ref":
                return self.notes.call(str(node.meta["label"]), self._at(node))
            case "footnote":
                place = self._at(node)
                return self.notes.write(place, place, lambda: self._note(node))
            case "html_inline":
                self._html(node)
            case "linked_note":
                self.notes.refused(node.content)
                self._tell(node, *REFUSED[node.type])
            case _:
                self._tell(node, *REFUSED[node.type])
        return None

    def _marked(self, node: SyntaxTreeNode) -> Inline:
        """What stands between marks; those that are meant as signs are told."""
        text, start = self._line.content, self._base + _pos(node)
        children = tuple(self._children(node.children))
        before, words = text[start - 1 : start] if start else "", plain_text(children)
        if node.type in ("em", "strong") and node.nester_tokens is not None:
            end = self._base + int(node.nester_tokens.closing.meta.get("pos", 0))
            behind = text[end:].lstrip("*")[:1]
            # As in HLA-B*27 and HLA-B*51, or 2*3*4.
            is_product = before.isdigit() and words.isdigit() and behind.isdigit()
            if (before.isalnum() and behind.isalnum() and " " in words) or is_product:
                help_ = "for the sign * write \\*; to stress words, set it around whole ones"
                self._tell(node, "lone-marks", f"* within a word, and another behind {words!r}", help_)
        # As in ~5/~6 mg.
        is_about = node.type == "sub" and words[:1].isdigit() and not words[-1:].isalnum()
        if is_about and not (before.isalnum() or before in tuple(")]^*_")):
            self._tell(node, "lone-marks", f"~ before and behind {words!r}", "for the sign ~ write \\~")
        return _ELEMENTS[node.type](children)

    def _check_marks(self, text: str) -> None:
        """Tells marks of strong words that found no partner."""
        if match := _LONE_MARKS.search(text):
            # The parser joins texts and keeps the place of the last, so this one is found by what it holds.
            offset = self._line.content.find(text[match.start() :][:12], self._base)
            place = place_in_line(self.source, self._line, max(offset, self._base))
            help_ = "close it behind the words, or write a \\ before each sign that is meant"
            self.problems.append(Problem(place, "lone-marks", f"{match.group()} without its partner", help_))

    def _citation(self, node: SyntaxTreeNode) -> Inline:
        # What is named twice with the same words is printed once.
        items = tuple(dict.fromkeys(self._cited(child) for child in node.children))
        is_named = bool(node.meta["named"])
        self.citations.extend(Use(str(it.meta["id"]), self._at(it), is_named) for it in node.children)
        return Citation(items, self.works.name(items[0].id) if is_named else "")

    def _note(self, node: SyntaxTreeNode) -> Blocks:
        children = _trim(self._children(node.children))
        self.notes.passages.append(Passage.of(self._at(node), Kind.PROSE, children))
        return (Paragraph(children, line=self._at(node).line),) if children else ()

    def _cited(self, node: SyntaxTreeNode) -> CitationItem:
        prefix, suffix = (self._children(child.children) for child in node.children)
        return CitationItem(str(node.meta["id"]), _trim(prefix), self.works.located(_trim(suffix, is_start=False)))

    def _html(self, node: SyntaxTreeNode) -> None:
        """Tells raw HTML, and the end of an element only where its start was not told."""
        name, is_end = tag_of(node)
        if is_end and self._opened[name]:
            self._opened[name] -= 1
            return
        self._opened[name] += not is_end
        self._tell(node, "raw-html", f"raw HTML is not accepted: {node.content!r}", instead_of(name))

    def _link(self, node: SyntaxTreeNode) -> Inline:
        url = str(node.attrs.get("href", ""))
        before = len(self.problems)
        children = tuple(self._children(node.children))
        # What was refused in the link may have been its text.
        if is_blank(plain_text(children)) and len(self.problems) == before:
            self._tell(node, "empty-link", "a link has no text", "write what it leads to in the square brackets")
        if "title" in node.attrs and not adds_nothing(str(node.attrs["title"]), url, children):
            help_ = "write [text](https://...) and nothing behind the address"
            self._tell(node, "link-title", "a link has a title behind its address", help_)
        attributes = Attributes(node.meta.get("attributes", ()))
        for attribute, what, help_ in attributes.mistaken("a link"):
            self._tell_at(attribute.offset, "unknown-attribute", what, help_)
        if any(
            isinstance(child, Citation | Link | NoteCall | SectionLink | TopicLink) for child in walk_inlines(children)
        ):
            help_ = "put it behind: [text](https://...)[@id]"
            self._tell(node, "link-in-link", "a link holds a citation, a footnote or another link", help_)
        return self.leads.link(url, children, self._at(node))

    def _is_marked(self, node: SyntaxTreeNode) -> bool:
        """Whether a span says more than [24 hours]{.underline}; what may have been meant to is told."""
        attributes = Attributes(node.meta["attributes"])
        taken = [attributes.take(name) for name in _SPAN]
        for attribute, what, help_ in attributes.mistaken("a span", _SPAN):
            self._tell_at(attribute.offset, "unknown-attribute", what, help_)
        return any(taken)

    def _span(self, node: SyntaxTreeNode) -> Inline:
        attributes = Attributes(node.meta["attributes"])
        key, urgent, language = map(attributes.take, _SPAN)
        children = tuple(self._children(node.children))
        place = self._at(node) if language is None else self._place_of(language.offset)
        if key is not None and any(isinstance(child, Span) and child.key for child in walk_inlines(children)):
            help_ = "mark the whole sentence once"
            self._tell(node, "key-in-key", "a key sentence stands inside another", help_)
        if urgent is not None and any(isinstance(child, Span) and child.urgent for child in walk_inlines(children)):
            help_ = "mark the whole passage once"
            self._tell(node, "urgent-in-urgent", "an urgent passage stands inside another", help_)
        if is_blank(plain_text(children)):
            self._tell(node, "empty-span", "a span has no text", "put the text between its square brackets")
        return Span(children, self.language(language, place), key is not None, urgent is not None)

    def language(self, given: Attribute | None, place: Place) -> str | None:
        """The language that an attribute names, at that place; None without one."""
        if given is not None and not identifiers.is_language(given.value):
            what, help_ = f"{given.value!r} is not a language tag", "write a BCP 47 tag, such as fr or pt-BR"
            self.problems.append(Problem(place, "unknown-language", what, help_))
        return None if given is None else given.value

    def _tell(self, node: SyntaxTreeNode, rule: str, what: str, help_: str) -> None:
        self._tell_at(_pos(node), rule, what, help_)

    def _tell_at(self, offset: int, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(self._place_of(offset), rule, what, help_))

    def _place_of(self, offset: int) -> Place:
        return place_in_line(self.source, self._line, self._base + offset)

    def _at(self, node: SyntaxTreeNode) -> Place:
        return place_in_line(self.source, self._line, self._base + _pos(node))


def _pos(node: SyntaxTreeNode) -> int:
    return int(node.meta.get("pos", 0))


def _folded(children: Sequence[Inline]) -> Iterator[Inline]:
    """Each run of white space as one space; none at either side of a forced break."""
    for index, child in enumerate(children):
        if isinstance(child, Text):
            text = re.sub(r"[ \t\n]+", " ", shown_text(child.text))
            if isinstance(children[index - 1], LineBreak) and index:
                text = text.lstrip(" ")
            if isinstance(next(iter(children[index + 1 :]), None), LineBreak):
                text = text.rstrip(" ")
            child = Text(text)
        yield child


def _trim(children: list[Inline], *, is_start: bool = True) -> Inlines:
    """Inline content without white space and breaks at its ends, or at its last one alone."""
    kept = list(children)
    while is_start and kept and (isinstance(kept[0], LineBreak) or kept[0] == Text(" ") or kept[0] == Text("")):
        del kept[0]
    while kept and (isinstance(kept[-1], LineBreak) or kept[-1] == Text(" ") or kept[-1] == Text("")):
        del kept[-1]
    if is_start and kept and isinstance(kept[0], Text):
        kept[0] = Text(kept[0].text.lstrip(" "))
    if kept and isinstance(kept[-1], Text):
        kept[-1] = Text(kept[-1].text.rstrip(" "))
    return tuple(child for child in kept if child != Text(""))
