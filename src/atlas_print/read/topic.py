"""topics/SLUG.md -> Topic: front matter, sections with their grades, references in their order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from markdown_it.tree import SyntaxTreeNode

from atlas_print.atlas import Atlas, Grade, Inlines, Reference, Role, Section, Subsection, Topic, plain_text
from atlas_print.problems import Place, Problem, Severity
from atlas_print.read.body import BodyReader
from atlas_print.read.fields import Fields, suggest
from atlas_print.read.figures import Figures
from atlas_print.read.inlines import Use
from atlas_print.read.markdown import KEY, attributes_of, keys_of
from atlas_print.read.nodes import Scalar, parse_yaml
from atlas_print.read.source import Source, read_source

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PERIOD = re.compile(r"(\d{1,3}) (day|week|month|year)s?")
_GRADE_PARTS = ("strength", "audit", "basis")


@dataclass
class TopicReader:
    """Reads topics of one atlas; `slugs` are those of all topics, `today` is what a review date is held against."""

    atlas: Atlas
    references: Mapping[str, Reference]
    bibliography: str
    slugs: frozenset[str]
    figures: Figures
    today: date
    problems: list[Problem]

    def read(self, path: Path) -> Topic | None:
        """The topic in that file, or None after telling why there is none."""
        file = f"content/topics/{path.name}"
        if not _SLUG.fullmatch(path.stem):
            what = f"the file name {path.stem!r} can't be part of an address"
            self.tell(Place(file), "malformed-slug", what, "name the file in a-z, 0-9 and single hyphens")
        source = read_source(path, file, self.problems)
        if source is None:
            return None
        front, first_line = self._front_matter(source)
        if front is None:
            return None
        topic = self._topic(front, path.stem)
        body = BodyReader(source, self.figures, self.problems)
        topic = replace(topic, sections=self._sections(body, body.parse(first_line)))
        cited = self._known(body.citations)
        listed = self._nocite(front, cited)
        front.finish()
        return replace(topic, references=tuple(self.references[id_] for id_ in dict.fromkeys(cited + listed)))

    def tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        """Records a problem."""
        self.problems.append(Problem(place, rule, what, help_))

    # --- front matter ---------------------------------------------------------------------------------

    def _front_matter(self, source: Source) -> tuple[Fields | None, int]:
        """The fields of the front matter, and the line after it."""
        lines = source.lines
        if lines[0].rstrip() != "---":
            what, help_ = (
                "the topic has no front matter",
                "start the file with a line of ---, then title: and so on",
            )
            self.tell(source.place(1, 1), "missing-front-matter", what, help_)
            return None, 1
        end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), None)
        if end is None:
            what, help_ = "the front matter has no end", "close it with a line of ---"
            self.tell(source.place(1, 1), "missing-front-matter", what, help_)
            return None, 1
        before = len(self.problems)
        root = parse_yaml(source, "\n".join(lines[1:end]), 2, self.problems)
        if root is None and len(self.problems) > before:
            return None, end + 2
        return Fields(root, source.place(1, 1), "the topic", self.problems), end + 2

    def _topic(self, front: Fields, slug: str) -> Topic:
        reviewed = self._date(front)
        topic = Topic(
            slug=slug,
            title=front.text("title", "write `title: ...`, what the topic is called") or "",
            subtitle=front.text("subtitle"),
            kind=front.choice("kind", self.atlas.kinds, "kinds", "write `kind: ...`, a key of kinds in atlas.yaml")
            or "",
            system=front.choice(
                "system", self.atlas.systems, "systems", "write `system: ...`, a key of systems in atlas.yaml"
            )
            or "",
            flags=self._keys(front, "flags", "flag", self.atlas.flags),
            reviewed=reviewed or self.today,
            review_due=self._review_due(front, reviewed),
            lede=front.text("lede", "write `lede: >-` and one paragraph on what this is about") or "",
            short=front.text("short", "write `short: >-` and the version for a reader who can't manage the rest") or "",
            related=self._keys(front, "related", "related topic", self.slugs - {slug}),
            sections=(),
            references=(),
        )
        for name in ("title", "subtitle", "lede", "short"):
            if re.search(rf"\[\s*-?{KEY}", getattr(topic, name) or ""):
                help_ = "cite it in the body; the front matter is plain text"
                self.tell(front.place_of(name), "malformed-citation", f"{name} holds a citation", help_)
        return topic

    def _keys(
        self, front: Fields, name: str, what: str, known: Mapping[str, object] | frozenset[str]
    ) -> tuple[str, ...]:
        """A list of keys, each of them known and none of them twice."""
        found: dict[str, Scalar] = {}
        for node in front.texts(name):
            if node.text not in known:
                help_ = suggest(node.text, sorted(known), name)
                self.tell(node.place, f"unknown-{what.replace(' ', '-')}", f"unknown {what} {node.text!r}", help_)
            elif node.text in found:
                self.tell(node.place, "duplicate", f"{name} names {node.text!r} twice", "name it once")
            else:
                found[node.text] = node
        return tuple(found)

    def _date(self, front: Fields) -> date | None:
        text = front.text("reviewed", "write `reviewed: YYYY-MM-DD`, the day on which a person last reviewed it")
        if text is None:
            return None
        place = front.place_of("reviewed")
        try:
            found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        except ValueError:
            found = None
        if found is None:
            self.tell(
                place,
                "malformed-date",
                f"{text!r} is not a date",
                "write it as YYYY-MM-DD, such as 2026-10-01",
            )
        elif found > self.today:
            help_ = "write the day on which a person last reviewed the topic"
            self.tell(place, "future-date", f"the review date {text} lies in the future", help_)
        return found

    def _review_due(self, front: Fields, reviewed: date | None) -> date | None:
        text = front.text("review_every")
        if text is None:
            return None
        place = front.place_of("review_every")
        match = _PERIOD.fullmatch(text)
        if match is None or int(match.group(1)) == 0:
            help_ = "write a number and a unit, such as `12 months`"
            self.tell(place, "malformed-period", f"{text!r} is not a period", help_)
            return None
        if reviewed is None:
            return None
        due = _later(reviewed, int(match.group(1)), match.group(2))
        if due < self.today:
            what = f"the review was due on {due.isoformat()}"
            help_ = "have a person review the topic, then change `reviewed`"
            self.problems.append(Problem(place, "stale-review", what, help_, Severity.ADVICE))
        return due

    # --- references -----------------------------------------------------------------------------------

    def _known(self, uses: list[Use]) -> list[str]:
        """The ids of those citations whose reference exists; the others become problems."""
        for use in uses:
            if use.id not in self.references:
                self._unknown(use.id, use.place)
        return [use.id for use in uses if use.id in self.references]

    def _unknown(self, id_: str, place: Place) -> None:
        near = suggest(id_, self.references, "references")
        help_ = near if near.startswith("did you mean") else f"add a reference of that id to {self.bibliography}"
        self.tell(place, "unknown-citation", f"there is no reference {id_!r}", help_)

    def _nocite(self, front: Fields, cited: list[str]) -> list[str]:
        """The references that are listed though nothing cites them; `@*` lists all of the bibliography."""
        text = front.text("nocite")
        if text is None:
            return []
        place = front.place_of("nocite")
        if re.sub(r"@\*", "", text).strip(" ,;") == "" and "@*" in text:
            return [id_ for id_ in self.references if id_ not in cited]
        if not re.fullmatch(rf"{KEY}(?:[\s,;]+{KEY})*[\s,;]*", text):
            help_ = "write `nocite: '@id, @other-id'`"
            self.tell(place, "malformed-nocite", "nocite holds more than citations", help_)
            return []
        return self._known([Use(id_, place) for id_ in keys_of(text)])

    # --- sections -------------------------------------------------------------------------------------

    def _sections(self, body: BodyReader, nodes: list[SyntaxTreeNode]) -> tuple[Section, ...]:
        groups = self._groups(body, nodes, "h2")
        sections = []
        seen: dict[str, Place] = {}
        for heading, inner in groups:
            section = self._section(body, heading, inner)
            place = body.place(heading)
            name = section.title.casefold()
            if name in seen:
                help_ = f"give each its own; the first is in line {seen[name].line}"
                self.tell(place, "duplicate-heading", f"two sections are called {section.title!r}", help_)
            seen.setdefault(name, place)
            sections.append(section)
        return tuple(sections)

    def _groups(
        self, body: BodyReader, nodes: list[SyntaxTreeNode], tag: str
    ) -> list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]]:
        """The nodes cut at each heading of that tag; what stands before the first is refused."""
        groups: list[tuple[SyntaxTreeNode, list[SyntaxTreeNode]]] = []
        level = 1
        for node in nodes:
            if node.type == "heading":
                self._check_level(body, node, level)
                level = int(node.tag[1:])
            if node.type == "heading" and node.tag in ("h1", tag):
                groups.append((node, []))
            elif groups:
                groups[-1][1].append(node)
            elif node is nodes[0] and node.type != "heading":
                what, help_ = "text stands before the first section", "start the body with a heading: ## ..."
                self.tell(body.place(node), "text-before-section", what, help_)
        return groups

    def _check_level(self, body: BodyReader, node: SyntaxTreeNode, before: int) -> None:
        level = int(node.tag[1:])
        place = body.place(node)
        if level == 1:
            what, help_ = "a heading of level 1", "the title is the only one; write ## for a section"
            self.tell(place, "heading-level-1", what, help_)
        elif level > max(before, 1) + 1:
            what = f"a heading of level {level} follows one of level {before}"
            self.tell(place, "heading-skip", what, f"write {'#' * (before + 1)} instead")
        elif level > 3:
            what, help_ = (
                f"a heading of level {level}",
                "sections are ##, with ### inside them, and no deeper",
            )
            self.tell(place, "heading-depth", what, help_)

    def _section(self, body: BodyReader, heading: SyntaxTreeNode, nodes: list[SyntaxTreeNode]) -> Section:
        attrs = self._heading_attrs(body, heading)
        role = self._role(body, heading, attrs.pop("class", "").split())
        grade = self._grade(body.place(heading), attrs)
        if attrs:
            self._unknown_attrs(body.place(heading), sorted(attrs))
        title = self._heading(body, heading)
        cut = next((i for i, node in enumerate(nodes) if node.type == "heading"), len(nodes))
        section = Section(title, body.blocks(nodes[:cut]), (), grade, role)
        section = replace(section, subsections=self._subsections(body, nodes[cut:]))
        if not section.blocks and not section.subsections:
            self.tell(body.place(heading), "empty-section", "the section is empty", "write it or delete its heading")
        elif grade is not None and not section.key_passages():
            what = "a graded section has neither a key sentence nor a paragraph"
            help_ = "mark the sentence that stands for it: [The sentence.]{.key}"
            self.tell(body.place(heading), "missing-key", what, help_)
        return section

    def _subsections(self, body: BodyReader, nodes: list[SyntaxTreeNode]) -> tuple[Subsection, ...]:
        found = []
        for node in nodes:
            if node.type == "heading":
                attrs = self._heading_attrs(body, node)
                if attrs:
                    what = "grades and roles belong to a section"
                    self.tell(
                        body.place(node),
                        "attribute-place",
                        what,
                        "move them to its heading of level 2: ## ...",
                    )
                found.append(Subsection(self._heading(body, node), ()))
            else:
                last = found[-1]
                found[-1] = replace(last, blocks=last.blocks + body.blocks([node]))
        return tuple(found)

    def _heading(self, body: BodyReader, node: SyntaxTreeNode) -> Inlines:
        cited = len(body.citations)
        children = body.inlines.read(node.children[0])
        if len(body.citations) > cited:
            help_ = "cite it in the text of the section"
            self.tell(body.place(node), "citation-in-heading", "a heading holds a citation", help_)
        if not plain_text(children).strip():
            self.tell(body.place(node), "empty-heading", "a heading has no words", "write them behind the ##")
        return children

    def _heading_attrs(self, body: BodyReader, node: SyntaxTreeNode) -> dict[str, str]:
        if "bad_attributes" in node.meta:
            help_ = 'write {strength=... audit=... basis="..."} or {.unknowns}'
            self.tell(body.place(node), "malformed-attributes", "the heading's attributes can't be read", help_)
        return attributes_of({**node.attrs, **node.meta.get("insecure_attrs", {})})

    def _role(self, body: BodyReader, node: SyntaxTreeNode, classes: list[str]) -> Role | None:
        roles = [Role(name) for name in classes if name in set(Role)]
        unknown = [f".{name}" for name in classes if name not in set(Role)]
        if unknown:
            self._unknown_attrs(body.place(node), unknown)
        if len(roles) > 1:
            what, help_ = "a section has two roles", "keep one of .unknowns, .meaning and .questions"
            self.tell(body.place(node), "two-roles", what, help_)
        return roles[0] if roles else None

    def _unknown_attrs(self, place: Place, names: list[str]) -> None:
        what = f"a heading takes no {', '.join(names)}"
        help_ = 'write {strength=... audit=... basis="..."}, {.unknowns}, {.meaning} or {.questions}'
        self.tell(place, "unknown-attribute", what, help_)

    def _grade(self, place: Place, attrs: dict[str, str]) -> Grade | None:
        """The grade, or None where there is none or where it is not whole; takes its parts out of `attrs`."""
        given = {name: attrs.pop(name).strip() for name in _GRADE_PARTS if name in attrs}
        if not given:
            return None
        missing = [name for name in _GRADE_PARTS if not given.get(name)]
        if missing:
            what = f"the grade has no {' and no '.join(missing)}"
            help_ = 'write all three: {strength=... audit=... basis="..."}'
            self.tell(place, "partial-grade", what, help_)
        for name, scale in (("strength", self.atlas.strength), ("audit", self.atlas.audit)):
            if given.get(name) and given[name] not in scale.levels:
                what = f"{given[name]!r} is not a level of {name}"
                self.tell(place, "unknown-level", what, suggest(given[name], scale.levels, f"levels of {name}"))
        return None if missing else Grade(**given)


def _later(day: date, count: int, unit: str) -> date:
    """The day that many units later; the last day of a shorter month."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
