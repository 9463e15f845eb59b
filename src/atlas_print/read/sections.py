"""The nodes of a topic's body -> sections with their grades, roles and subsections."""

from dataclasses import dataclass, replace
from functools import partial

from markdown_it.tree import SyntaxTreeNode

from atlas_print.advise.drafts import Kind, Passage
from atlas_print.atlas import Atlas, Role, Section, Subsection
from atlas_print.blocks import Inlines, Span, plain_text, walk_inlines
from atlas_print.problems import Place, Problem
from atlas_print.read.attributes import Attribute, Attributes
from atlas_print.read.body import BodyReader
from atlas_print.read.grades import mended, read_grade
from atlas_print.read.source import is_blank

_ROLES = {f".{role}": role for role in Role}


@dataclass
class SectionReader:
    """Reads the sections of one topic."""

    atlas: Atlas
    body: BodyReader
    problems: list[Problem]

    def sections(self, nodes: list[SyntaxTreeNode]) -> tuple[Section, ...]:
        """The sections that the nodes stand for."""
        found = []
        seen: dict[str, Place] = {}
        for heading, inner in self._groups(nodes):
            section = self._section(heading, inner)
            place = self.body.place(heading)
            name = section.title.casefold()
            if name in seen and name:
                what = f"two sections are called {section.title!r}"
                help_ = f"give each its own heading; the first is in line {seen[name].line}"
                self._tell(place, "duplicate-heading", what, help_)
            seen.setdefault(name, place)
            found.append(section)
        return tuple(found)

    def _tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(place, rule, what, help_))

    def _groups(self, nodes: list[SyntaxTreeNode]) -> list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]]:
        """The nodes cut at each heading of level 1 or 2; what stands before the first is refused."""
        groups: list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]] = []
        level = 0
        for node in nodes:
            if node.type == "heading":
                self._check_level(node, level)
                level = int(node.tag[1:])
            if node.type == "heading" and level <= 2:
                groups.append((node, []))
            elif groups:
                groups[-1][1].append(node)
            elif node is nodes[0] and node.type != "heading":
                what, help_ = "text stands before the first section", "start the body with a heading: ## ..."
                self._tell(self.body.place(node), "text-before-section", what, help_)
        return groups

    def _check_level(self, node: SyntaxTreeNode, before: int) -> None:
        level = int(node.tag[1:])
        place = self.body.place(node)
        if node.markup in ("-", "="):
            what = f"a line of {node.markup * 3} makes the text above it a heading"
            help_ = "delete that line, or write ## before the heading instead"
            self._tell(place, "heading-underlined", what, help_)
        elif level == 1:
            what, help_ = "a heading of level 1", "the title is the only one; write ## for a section"
            self._tell(place, "heading-level-1", what, help_)
        elif level > max(before, 1) + 1:
            where = f"follows one of level {before}" if before else "stands before the first section"
            help_ = f"write {'#' * min(max(before, 1) + 1, 3)} instead"
            self._tell(place, "heading-skip", f"a heading of level {level} {where}", help_)
        elif level > 3:
            what, help_ = f"a heading of level {level}", "sections are ##, with ### inside them, and no deeper"
            self._tell(place, "heading-depth", what, help_)

    def _section(self, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Section:
        attributes = self._attributes(heading)
        role = self._role(heading, attributes)
        grade = read_grade(self.atlas, attributes, partial(self._place, heading), self.problems)
        self._refuse(heading, attributes)
        title = self._heading(heading)
        before = len(self.problems)
        cut = next((i for i, node in enumerate(nodes) if node.type == "heading"), len(nodes))
        line = self.body.place(heading).line
        section = Section(title, self.body.blocks(nodes[:cut]), (), grade, role, line=line)
        section = replace(section, subsections=self._subsections(nodes[cut:]))
        accepted = heading.tag == "h2" and heading.markup == "##"
        if not nodes and accepted:
            help_ = "write it or delete its heading"
            self._tell(self.body.place(heading), "empty-section", "the section is empty", help_)
        # What was refused in the section may have been its paragraph.
        elif grade is not None and not section.key_passages() and len(self.problems) == before:
            what = "a graded section has neither a key sentence nor a paragraph"
            help_ = "mark the sentence that stands for it: [The sentence.]{.key}"
            self._tell(self.body.place(heading), "missing-key", what, help_)
        return section

    def _subsections(self, nodes: list[SyntaxTreeNode]) -> tuple[Subsection, ...]:
        found = []
        starts = [index for index, node in enumerate(nodes) if node.type == "heading"]
        for start, end in zip(starts, [*starts[1:], len(nodes)], strict=False):
            heading = nodes[start]
            if left := self._attributes(heading).left:
                what = f"a subsection takes no {', no '.join(attribute.name for attribute in left)}"
                help_ = "move it to the heading of its section: ## ..."
                self._tell(self._place(heading, left[0]), "attribute-place", what, help_)
            # A deeper heading right behind it is told already.
            is_followed = end < len(nodes) and int(nodes[end].tag[1:]) > 3
            if end == start + 1 and heading.tag == "h3" and not is_followed:
                help_ = "write it or delete its heading"
                self._tell(self.body.place(heading), "empty-section", "the subsection is empty", help_)
            title = self._heading(heading)
            blocks = self.body.blocks(nodes[start + 1 : end])
            found.append(Subsection(title, blocks, line=self.body.place(heading).line))
        return tuple(found)

    # --- headings -------------------------------------------------------------------------------------

    def _heading(self, node: SyntaxTreeNode) -> Inlines:
        before = len(self.problems)
        children = self.body.inlines.read(node.children[0])
        if any(isinstance(child, Span) and child.key for child in walk_inlines(children)):
            help_ = "mark a sentence of the section's text"
            self._tell(self.body.place(node), "key-in-heading", "a heading holds a key sentence", help_)
        if is_blank(plain_text(children)) and len(self.problems) == before:
            self._tell(self.body.place(node), "empty-heading", "a heading has no words", "write them behind the #")
        self.body.passages.append(Passage.of(self.body.place(node), Kind.HEADING, children))
        return children

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
        known = (*_ROLES, *self.atlas.grades)
        for attribute, what, help_ in attributes.refused("a section", f"a section takes {', '.join(known)}", known):
            self._tell(self._place(heading, attribute), "unknown-attribute", what, help_)

    def _role(self, heading: SyntaxTreeNode, attributes: Attributes) -> Role | None:
        found = [(attribute, role) for name, role in _ROLES.items() if (attribute := attributes.take(name))]
        if len(found) > 1:
            place = self._place(heading, max((attribute for attribute, _ in found), key=lambda given: given.offset))
            self._tell(place, "two-roles", "a section has two roles", f"keep one of {', '.join(_ROLES)}")
        return found[0][1] if found else None
