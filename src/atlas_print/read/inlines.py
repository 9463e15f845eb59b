"""Inline Markdown -> inline content, with the place of everything that can be wrong."""

import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from atlas_print.advise.drafts import Kind, Passage
from atlas_print.blocks import (
    Blocks,
    Citation,
    CitationItem,
    Emphasis,
    Inline,
    Inlines,
    Link,
    NoteCall,
    Paragraph,
    Span,
    Strong,
    Text,
    plain_text,
    walk_inlines,
)
from atlas_print.problems import Place, Problem
from atlas_print.read import identifiers
from atlas_print.read.attributes import Attributes
from atlas_print.read.citations import Works
from atlas_print.read.notes import Notes
from atlas_print.read.positions import place_in_line
from atlas_print.read.source import Source, is_blank

_REFUSED = {
    "code_inline": ("not-accepted", "code (between backticks) is not accepted", "write it as plain text"),
    "hardbreak": (
        "not-accepted",
        "a forced line break is not accepted",
        "delete the spaces or the \\ at the end of the line",
    ),
    "s": ("not-accepted", "struck-out text is not accepted", "delete it"),
    "sub": (
        "not-accepted",
        "a subscript between ~ is not accepted",
        "type the character itself, such as ₂; for the sign ~ write \\~",
    ),
    "sup": (
        "not-accepted",
        "a superscript between ^ is not accepted",
        "type the character itself, such as ²; for the sign ^ write \\^",
    ),
    "formula": (
        "not-accepted",
        "a formula between $ is not accepted",
        "write it in words and characters; for the sign $ write \\$",
    ),
    "image": (
        "image-in-text",
        "an image stands inside other text",
        "put it between two empty lines, so that it is a figure with a caption",
    ),
    "bad_citation": (
        "malformed-citation",
        "a citation that can't be read",
        "write [@id], [@id; @other-id] or [see @id, p. 12; @other-id], with one @id between two semicolons; for an @ "
        "that cites nothing write \\@",
    ),
    "linked_citation": (
        "malformed-citation",
        "a link holds a citation",
        "cite behind it: [text](https://...)[@id]; if no link is meant, put a space before the (",
    ),
    "linked_note": (
        "malformed-note",
        "a link holds a footnote",
        "call it behind the link: [text](https://...)[^name]; if no link is meant, put a space before the (",
    ),
    "bad_note": (
        "malformed-note",
        "a footnote that can't be read",
        "write [^name] without a space, and [^name]: The note. on lines of its own; for the signs write \\[^",
    ),
    "bad_attributes": (
        "malformed-attributes",
        "attributes that can't be read",
        'write [text]{.key}, [text]{lang=fr} or ![caption](file){alt="..."}, with straight quotes',
    ),
    "bad_link": (
        "malformed-link",
        "a link or a figure that can't be read",
        "write [text](https://...), with no space in the address and no other brackets in the text",
    ),
}


_LONE_MARKS = re.compile(r"(?<=\S)\*\*|\*\*(?=\S|$)|(?<!\w)__(?=\w)|(?<=\w)__(?!\w)")


@dataclass(frozen=True, slots=True)
class Use:
    """One citation of a reference: its id, where it stands, and whether without brackets, as an address may be."""

    id: str
    place: Place
    is_named: bool = False


@dataclass
class InlineReader:
    """Reads inline content of one source; citations are collected in reading order."""

    source: Source
    problems: list[Problem]
    citations: list[Use]
    works: Works
    notes: Notes
    _opened: set[str] = field(default_factory=set)

    def read(self, inline: SyntaxTreeNode, node: SyntaxTreeNode | None = None, label_offset: int = 0) -> Inlines:
        """The content of an inline node, or of an image in it, whose label starts `label_offset` behind it."""
        self._line, self._base = inline, 0 if node is None else _pos(node) + label_offset
        self._opened.clear()
        return _trim(self._children((node or inline).children))

    def place(self, inline: SyntaxTreeNode, offset: int) -> Place:
        """Where an offset into the content of an inline node stands in the file."""
        return place_in_line(self.source, inline, offset)

    def _children(self, nodes: list[SyntaxTreeNode]) -> list[Inline]:
        found: list[Inline] = []
        for node in nodes:
            child = self._inline(node)
            if child is None:
                continue
            # Neighbouring texts are one text, so that white space folds across line ends.
            if isinstance(child, Text) and found and isinstance(before := found[-1], Text):
                found[-1] = Text(before.text + child.text)
            else:
                found.append(child)
        return [Text(re.sub(r"[ \t\n]+", " ", child.text)) if isinstance(child, Text) else child for child in found]

    def _inline(self, node: SyntaxTreeNode) -> Inline | None:
        match node.type:
            case "text":
                self._check_marks(node.content)
                return Text(node.content)
            case "text_special":
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
                self._tell(node, *_REFUSED[node.type])
            case _:
                self._tell(node, *_REFUSED[node.type])
        return None

    def _check_marks(self, text: str) -> None:
        """Tells marks of strong words that found no partner."""
        if match := _LONE_MARKS.search(text):
            # The parser joins texts and keeps the place of the last, so this one is found by what it holds.
            offset = self._line.content.find(text[match.start() :][:12], self._base)
            place = place_in_line(self.source, self._line, max(offset, self._base))
            help_ = "close it behind the words, or write a \\ before each sign that is meant"
            self.problems.append(Problem(place, "lone-marks", f"{match.group()} without its partner", help_))

    def _citation(self, node: SyntaxTreeNode) -> Inline:
        items = tuple(self._cited(child) for child in node.children)
        plain = [item.id for item in items if not item.is_worded]
        for id_ in dict.fromkeys(plain):
            if plain.count(id_) > 1:
                self._tell(node, "duplicate", f"a citation names {id_!r} twice", "name it once")
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
        tag = re.match(r"<(/?)([A-Za-z][\w-]*)", node.content)
        if tag and tag[1] and tag[2] in self._opened:
            return
        if tag:
            self._opened.add(tag[2])
        if node.content.startswith("<!--"):
            self._tell(node, "raw-html", "a comment (<!-- -->) is not accepted", "delete it")
        else:
            self._tell(node, "raw-html", f"raw HTML is not accepted: {node.content!r}", "write it in Markdown")

    def _link(self, node: SyntaxTreeNode) -> Inline:
        url = unquote(str(node.attrs.get("href", "")))
        before = len(self.problems)
        children = tuple(self._children(node.children))
        # What was refused in the link may have been its text.
        if is_blank(plain_text(children)) and len(self.problems) == before:
            self._tell(node, "empty-link", "a link has no text", "write what it leads to in the square brackets")
        if not identifiers.is_link_target(str(node.attrs.get("href", ""))):
            help_ = "write a full address that starts with https:// or mailto:"
            self._tell(node, "malformed-url", f"a link leads to {url!r}", help_)
        if "title" in node.attrs:
            help_ = "write [text](https://...) and nothing behind the address"
            self._tell(node, "link-title", "a link has a title behind its address", help_)
        attributes = Attributes(node.meta.get("attributes", ()))
        for attribute, what, help_ in attributes.refused("a link", "write [text](https://...) and nothing else"):
            self._tell_at(attribute.offset, "unknown-attribute", what, help_)
        if any(isinstance(child, Citation | Link | NoteCall) for child in walk_inlines(children)):
            help_ = "put it behind: [text](https://...)[@id]"
            self._tell(node, "link-in-link", "a link holds a citation, a footnote or another link", help_)
        return Link(str(node.attrs.get("href", "")), children)

    def _span(self, node: SyntaxTreeNode) -> Inline:
        attributes = Attributes(node.meta["attributes"])
        key, language = attributes.take(".key"), attributes.take("lang")
        for attribute, what, help_ in attributes.refused("a span", "write [text]{.key} or [text]{lang=fr}"):
            self._tell_at(attribute.offset, "unknown-attribute", what, help_)
        children = tuple(self._children(node.children))
        if language is not None and not identifiers.is_language(language.value):
            what, help_ = f"{language.value!r} is not a language tag", "write a BCP 47 tag, such as fr or pt-BR"
            self._tell_at(language.offset, "unknown-language", what, help_)
        if key is not None and any(isinstance(child, Span) and child.key for child in walk_inlines(children)):
            help_ = "mark the whole sentence once"
            self._tell(node, "key-in-key", "a key sentence stands inside another", help_)
        if is_blank(plain_text(children)):
            self._tell(node, "empty-span", "a span has no text", "put the text between its square brackets")
        return Span(children, None if language is None else language.value, key is not None)

    def _tell(self, node: SyntaxTreeNode, rule: str, what: str, help_: str) -> None:
        self._tell_at(_pos(node), rule, what, help_)

    def _tell_at(self, offset: int, rule: str, what: str, help_: str) -> None:
        place = place_in_line(self.source, self._line, self._base + offset)
        self.problems.append(Problem(place, rule, what, help_))

    def _at(self, node: SyntaxTreeNode) -> Place:
        return place_in_line(self.source, self._line, self._base + _pos(node))


def _pos(node: SyntaxTreeNode) -> int:
    return int(node.meta.get("pos", 0))


def _trim(children: list[Inline], *, is_start: bool = True) -> Inlines:
    """Inline content without white space at its ends, or at its last one alone."""
    if is_start and children and isinstance(children[0], Text):
        children[0] = Text(children[0].text.lstrip(" "))
    if children and isinstance(children[-1], Text):
        children[-1] = Text(children[-1].text.rstrip(" "))
    return tuple(child for child in children if not (isinstance(child, Text) and not child.text))
