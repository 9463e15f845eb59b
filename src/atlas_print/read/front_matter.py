"""The front matter of a topic: what is required, what it may name, its dates."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from atlas_print.atlas import Atlas, Topic
from atlas_print.inlines import plain_text
from atlas_print.problems import Place, Problem, Severity
from atlas_print.read import identifiers
from atlas_print.read.headings import Title
from atlas_print.read.source import Source
from atlas_print.read.values.fields import Fields, fold, suggest
from atlas_print.read.values.nodes import Scalar
from atlas_print.read.values.yaml_nodes import parse_yaml

_PERIOD = re.compile(r"([1-9][0-9]{0,2}) (day|week|month|year)s?")
_TEXTS = ("title", "subtitle", "lede", "short", "clinical_short", "grade_notes", "flags", "related", "reviewed")
_FIELDS = "title, kind, system, reviewed, lede and short"


def front_matter(source: Source, problems: list[Problem]) -> tuple[Fields | None, int]:
    """The fields of the front matter, or None after telling why there are none, and the line behind it."""
    lines = source.lines
    if lines[0].rstrip() != "---":
        what, help_ = "the topic has no front matter", f"start the file with a line of ---, then {_FIELDS}, then ---"
        problems.append(Problem(source.place(1, 1), "missing-front-matter", what, help_))
        return None, 1
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() in ("---", "...")), len(lines))
    # A heading before the closing line belongs to the body: what closes is then a rule further down.
    heading = next((i for i, line in enumerate(lines[1:end], 1) if line.startswith("## ")), None)
    if heading is not None or end == len(lines):
        at = len(lines) if heading is None else heading + 1
        what, help_ = "the front matter is not closed", "write a line of --- before the body"
        problems.append(Problem(source.place(at, 1), "missing-front-matter", what, help_))
        return None, 1
    before = len(problems)
    root = parse_yaml(source, "\n".join(lines[1:end]), 2, problems)
    if root is None:
        if len(problems) == before:
            what = "the front matter is empty"
            problems.append(Problem(source.place(1, 1), "missing-front-matter", what, f"write {_FIELDS}"))
        return None, end + 2
    return Fields(root, source.place(1, 1), "the topic", problems), end + 2


@dataclass
class FrontReader:
    """Reads the front matter of one topic; `slugs` are those of all topics, `today` is held against the dates.

    `mentions` collects the other topics that it names, with their places.
    """

    atlas: Atlas
    slugs: frozenset[str]
    today: date
    problems: list[Problem]
    mentions: list[tuple[Place, str]]

    def topic(self, front: Fields, slug: str, heading: Title | None) -> Topic:
        """The topic without its sections and references; `heading` is the one of its body that is its title."""
        is_draft = front.choice("draft", ("true", "false"), "values") == "true"
        reviewed = self._reviewed(front, is_draft=is_draft)
        kinds, systems = self.atlas.kinds, self.atlas.systems
        return Topic(
            slug=slug,
            title=self._title(front, heading),
            subtitle=front.text("subtitle"),
            kind=front.choice("kind", kinds, "kinds", "write `kind: ...`, a key of kinds in atlas.yaml") or "",
            system=front.choice("system", systems, "systems", "write `system: ...`, a key of systems in atlas.yaml")
            or "",
            flags=self._keys(front, "flags", "flag", self.atlas.flags),
            reviewed=reviewed or (None if is_draft else self.today),
            review_due=self._review_due(front, reviewed),
            lede=front.text("lede", "write `lede: >-` and one paragraph on what this is about") or "",
            short=front.text("short", "write `short: >-` and the version for a reader who can't manage the rest") or "",
            related=self._related(front, slug),
            sections=(),
            references=(),
            grade_notes=front.text("grade_notes"),
            short_title=front.text("short_title"),
            clinical_short=front.text("clinical_short"),
            url=self._url(front),
            without=self._without(front),
            is_draft=is_draft,
            lines={name: front.place_of(name).line for name in _TEXTS}
            | ({"title": heading.place.line} if heading and front.node("title") is None else {}),
        )

    def _tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(place, rule, what, help_))

    def _url(self, front: Fields) -> str | None:
        text = front.text("url", plain=False)
        if text is not None and not identifiers.is_web_address(text):
            help_ = "write a full address that starts with https://"
            self._tell(front.place_of("url"), "malformed-url", f"the url {text!r} is not a web address", help_)
        return text

    def _title(self, front: Fields, heading: Title | None) -> str:
        given = front.text("title", None if heading else "write `title: ...`, what the topic is called") or ""
        if heading is None:
            return given
        words = fold(plain_text(heading.words))
        if given and given != words:
            what = f"the topic is called {given!r}, and the heading of its body {words!r}, which is not set"
            help_ = "write both alike, or delete one of the two"
            self.problems.append(Problem(heading.place, "two-titles", what, help_, Severity.ADVICE))
        return given or words

    def _related(self, front: Fields, slug: str) -> tuple[str, ...]:
        found = self._keys(front, "related", "related topic", self.slugs, (slug,))
        return tuple(name for name in found if name != slug)

    def _keys(
        self, front: Fields, name: str, what: str, known: Iterable[str], itself: tuple[str, ...] = ()
    ) -> tuple[str, ...]:
        """A list of keys, each of them known, none of them twice, none of them the topic itself."""
        found: dict[str, Scalar] = {}
        names = sorted(set(known) - set(itself))
        for node in front.texts(name):
            if node.text in itself:
                self._tell(node.place, f"{name}-itself", f"{name} names the topic itself", "delete it")
            elif node.text not in names:
                help_ = suggest(node.text, names, "other topics" if itself else name)
                self._tell(node.place, f"unknown-{what.replace(' ', '-')}", f"unknown {what} {node.text!r}", help_)
            elif node.text in found:
                self._tell(node.place, "duplicate", f"{name} names {node.text!r} twice", "name it once")
            else:
                found[node.text] = node
                if itself:
                    self.mentions.append((node.place, node.text))
        return tuple(found)

    def _without(self, front: Fields) -> tuple[str, ...]:
        names = [export.name for export in self.atlas.exports]
        found = self._keys(front, "without", "export", names)
        if names and len(found) == len(names):
            what = "the topic is made without any export"
            help_ = "keep one; a topic that nobody should have yet is a draft: draft: true"
            self._tell(front.place_of("without"), "nothing-made", what, help_)
        return found

    def _reviewed(self, front: Fields, *, is_draft: bool) -> date | None:
        help_ = "write `reviewed: YYYY-MM-DD`, the day on which a person last reviewed it"
        text = front.text("reviewed", None if is_draft else help_)
        if text is None:
            return None
        place = front.place_of("reviewed")
        try:
            found = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
        except ValueError:
            found = None
        if found is None:
            help_ = "write it as YYYY-MM-DD, such as 2026-10-01"
            self._tell(place, "malformed-date", f"{text!r} is not a date", help_)
        elif found > self.today:
            help_ = "write the day on which a person last reviewed the topic"
            self._tell(place, "future-date", f"the review date {text} lies in the future", help_)
            return None
        return found

    def _review_due(self, front: Fields, reviewed: date | None) -> date | None:
        text = front.text("review_every")
        if text is None:
            return None
        match = _PERIOD.fullmatch(text)
        if match is None:
            help_ = "write a number and a unit, such as `12 months`"
            self._tell(front.place_of("review_every"), "malformed-period", f"{text!r} is not a period", help_)
            return None
        if reviewed is None:
            return None
        due = _later(reviewed, int(match.group(1)), match.group(2))
        if due < self.today:
            what = f"the review was due on {due.isoformat()}"
            help_ = "have a person review the topic, then write that day as `reviewed`"
            self.problems.append(Problem(front.place_of("reviewed"), "stale-review", what, help_, Severity.ADVICE))
        return due


def _later(day: date, count: int, unit: str) -> date:
    """The day that many units later; the last day of a shorter month."""
    if unit in ("day", "week"):
        return day + timedelta(days=count * (7 if unit == "week" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = divmod(months, 12)
    first = date(year, month + 1, 1)
    last = (date(year + (month == 11), (month + 1) % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
