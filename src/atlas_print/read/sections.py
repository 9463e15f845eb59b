"""The nodes of a topic's body -> its title, and its sections with their grades, roles and subsections."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import partial

from markdown_it.tree import SyntaxTreeNode

from atlas_print.advise.drafts import Kind, Passage, advice
from atlas_print.atlas import Atlas
from atlas_print.inlines import Citation, Inlines, NoteCall, Span, plain_text, walk_inlines
from atlas_print.problems import Place, Problem
from atlas_print.read.attributes import Attribute, Attributes
from atlas_print.read.body import BodyReader
from atlas_print.read.grades import mended, read_grade
from atlas_print.read.headings import Heading, Identifiers, Title, outline
from atlas_print.read.source import is_blank
from atlas_print.read.values.fields import nearest
from atlas_print.sections import Role, Section, Subsection

_ROLES = {f".{role}": role for role in Role}


@dataclass
class SectionReader:
    """Reads the sections of one topic."""

    atlas: Atlas
    body: BodyReader
    problems: list[Problem]
    identifiers: Identifiers = field(default_factory=Identifiers)

    def read(self, nodes: Sequence[SyntaxTreeNode]) -> tuple[Title | None, tuple[Section, ...]]:
        """The title, None if the body has none, and the sections that the nodes stand for."""
        title, first, headings = outline(nodes)
        name = None if title is None else self._title(title)
        found = []
        # Comments alone are no text.
        if blocks := self.body.blocks(first):
            found.append(Section((), blocks, line=self.body.place(first[0]).line))
        found += [self._section(heading) for heading in headings]
        for identifier, place in self.body.leads.headings:
            if identifier not in self.identifiers.known:
                what = f"a link leads to {'#' + identifier!r}, which is no heading, and is set without it"
                self.problems.append(advice(place, "unknown-heading", what, self._suggest(identifier)))
        return name, tuple(found)

    def _suggest(self, identifier: str) -> str:
        near = nearest(identifier, self.identifiers.known)
        return f"did you mean {'#' + near!r}?" if near else "lead it to a heading, by its words: #what-it-is"

    def _tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(place, rule, what, help_))

    def _title(self, node: SyntaxTreeNode) -> Title:
        words, place = self._words(node), self.body.place(node)
        language = self._attributes(node).take("lang")
        if language is not None and language.value.split("-")[0].lower() != self.atlas.language.split("-")[0].lower():
            what, help_ = "the title takes no lang", "delete it: a title is in the language of the atlas"
            self._tell(self._place(node, language), "unknown-attribute", what, help_)
        if any(isinstance(part, Citation | NoteCall) for part in walk_inlines(words)):
            what, help_ = "the title holds a citation or a footnote", "put it behind a sentence of the text"
            self._tell(place, "citation-in-title", what, help_)
        return Title(words, place)

    def _section(self, heading: Heading) -> Section:
        node = heading.node
        attributes = self._attributes(node)
        role = self._role(node, attributes)
        grade = read_grade(self.atlas, attributes, partial(self._place, node), self.problems)
        given = attributes.take_identifier()
        language = attributes.take("lang")
        self._refuse(node, attributes)
        words = self._words(node, language)
        identifier = self.identifiers.of(words, given)
        before = len(self.problems)
        blocks, line = self.body.blocks(heading.blocks), self.body.place(node).line
        section = Section(
            words, blocks, self._subsections(heading), grade, role, identifier, self.atlas.language, line=line
        )
        # What was refused in the section may have been its paragraph.
        if grade is not None and not section.key_passages() and len(self.problems) == before:
            what = "a graded section has neither a key sentence nor a paragraph"
            help_ = "mark the sentence that stands for it: [The sentence.]{.key}"
            self._tell(self.body.place(node), "missing-key", what, help_)
        return section

    def _subsections(self, around: Heading) -> tuple[Subsection, ...]:
        return tuple(self._subsection(heading, around) for heading in around.parts)

    def _subsection(self, heading: Heading, around: Heading) -> Subsection:
        node, place = heading.node, self.body.place(heading.node)
        if heading.level > around.level + 1:
            what = f"a heading of level {heading.level} stands under one of level {around.level}"
            help_ = f"write {'#' * (around.level + 1)}; it is set as that"
            self.problems.append(advice(place, "heading-skip", what, help_))
        attributes = self._attributes(node)
        given = attributes.take_identifier()
        language = attributes.take("lang")
        left = [attribute for attribute in attributes.left if not attribute.is_plain_class or attribute.name in _ROLES]
        if left:
            what = f"a subsection takes no {', no '.join(attribute.name for attribute in left)}"
            help_ = "move it to the heading of its section"
            self._tell(self._place(node, left[0]), "attribute-place", what, help_)
        words = self._words(node, language)
        identifier = self.identifiers.of(words, given)
        blocks = self.body.blocks(heading.blocks)
        return Subsection(words, blocks, self._subsections(heading), identifier, line=place.line)

    # --- headings -------------------------------------------------------------------------------------

    def _words(self, node: SyntaxTreeNode, language: Attribute | None = None) -> Inlines:
        before = len(self.problems)
        if node.markup in ("-", "=") and "\n" in node.children[0].content:
            what = f"a line of {node.markup * 3} makes a heading of the text above it, which has more than a line"
            help_ = "leave an empty line above it for a rule, or write ## before the heading instead"
            self._tell(self.body.place(node), "heading-underlined", what, help_)
        children = self.body.inlines.read(node.children[0])
        if any(isinstance(child, Span) and child.key for child in walk_inlines(children)):
            help_ = "mark a sentence of the section's text"
            self._tell(self.body.place(node), "key-in-heading", "a heading holds a key sentence", help_)
        if any(isinstance(child, Span) and child.urgent for child in walk_inlines(children)):
            help_ = "mark it in the section's text"
            self._tell(self.body.place(node), "urgent-in-heading", "a heading holds an urgent passage", help_)
        if is_blank(plain_text(children)) and len(self.problems) == before:
            self._tell(self.body.place(node), "empty-heading", "a heading has no words", "write them behind the #")
        self.body.passages.append(Passage.of(self.body.place(node), Kind.HEADING, children))
        if language is None:
            return children
        return (Span(children, self.body.inlines.language(language, self._place(node, language))),)

    def _attributes(self, node: SyntaxTreeNode) -> Attributes:
        if "bad_attributes" in node.meta:
            place = self.body.inlines.place(node.children[0], node.meta["bad_attributes"])
            help_ = mended(self.atlas, self.body.source.text[self.body.source.offset_of(place) :].split("\n")[0])
            self._tell(place, "malformed-attributes", "attributes that can't be read", help_)
        return Attributes(node.meta.get("attributes", ()))

    def _place(self, heading: SyntaxTreeNode, attribute: Attribute) -> Place:
        return self.body.inlines.place(heading.children[0], attribute.offset)

    def _refuse(self, heading: SyntaxTreeNode, attributes: Attributes) -> None:
        """Tells what is neither a grade nor a role."""
        known = (*_ROLES, *self.atlas.grades, "lang")
        # A class that Pandoc or Quarto knows, such as .unnumbered, changes no word.
        attributes.left = [it for it in attributes.left if not it.is_plain_class or nearest(it.name, _ROLES)]
        for attribute, what, help_ in attributes.refused("a section", f"a section takes {', '.join(known)}", known):
            self._tell(self._place(heading, attribute), "unknown-attribute", what, help_)

    def _role(self, heading: SyntaxTreeNode, attributes: Attributes) -> Role | None:
        found = [(attribute, role) for name, role in _ROLES.items() if (attribute := attributes.take(name))]
        if len(found) > 1:
            place = self._place(heading, max((attribute for attribute, _ in found), key=lambda given: given.offset))
            self._tell(place, "two-roles", "a section has two roles", f"keep one of {', '.join(_ROLES)}")
        return found[0][1] if found else None
