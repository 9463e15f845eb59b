"""The atlas and its topics, as every room reads them: frozen, typed, without input or output."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

from atlas_print.blocks import Blocks, Image, urgent_blocks
from atlas_print.profiles import HANDOUT, PROFILES, HandoutFloors, Profile
from atlas_print.sections import Grade, Note, Role, Section

# --- topics -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reference:
    """One record of the bibliography: its CSL-JSON item and the identifiers that readers follow.

    `title` is its words alone. The item has texts with no marks but `<i>`, `<b>`, `<sub>` and `<sup>`, in pairs; names
    of texts; dates of numbers, or literal. `file` and `line` are where it stands, "" and 0 if nowhere.
    """

    id: str
    title: str
    item: Mapping[str, Any] = field(repr=False, hash=False)
    doi: str | None = None
    pmid: str | None = None
    pmcid: str | None = None
    url: str | None = None
    isbn: str | None = None
    file: str = field(default="", compare=False, kw_only=True)
    line: int = field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True)
class Topic:
    """One topic, as its author wrote it; `references` stand in the order of their numbers, from 1.

    `notes` are its footnotes in the order of their calls, one for each, as in Pandoc. `short_title` is for where there
    is little room, `clinical_short` is the short version on its handout, `url` is where it lives online unless its
    atlas says so, `grade_notes` says why its grades are what they are; `without` has exports that aren't made of it.
    Only a draft may lack `reviewed`. `lines` has the line of each field of the front matter.
    """

    slug: str
    title: str
    subtitle: str | None
    kind: str
    system: str
    flags: tuple[str, ...]
    reviewed: date | None
    review_due: date | None
    lede: str
    short: str
    related: tuple[str, ...]
    sections: tuple[Section, ...]
    references: tuple[Reference, ...]
    grade_notes: str | None = None
    short_title: str | None = None
    clinical_short: str | None = None
    url: str | None = None
    without: tuple[str, ...] = ()
    is_draft: bool = False
    notes: tuple[Note, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Reference id -> its number in this topic."""
        return {reference.id: number for number, reference in enumerate(self.references, start=1)}

    @property
    def file(self) -> str:
        """Where it is written, from the project folder."""
        return f"content/topics/{self.slug}.md"

    @property
    def urgent(self) -> Blocks:
        """What it says of when to get help at once, footnotes last; it is repeated where nobody can miss it."""
        noted = (block for note in self.notes for block in urgent_blocks(note.blocks))
        return (*(block for section in self.sections for block in section.urgent()), *noted)

    @property
    def is_graded(self) -> bool:
        """Whether any of its sections has a grade."""
        return any(section.grade for section in self.sections)

    def of_role(self, role: Role) -> tuple[Section, ...]:
        """The sections with that role, in source order."""
        return tuple(section for section in self.sections if section.role is role)


# --- the atlas --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flag:
    """A mark that a topic can carry, with its plain meaning."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Level:
    """A level of the evidence scale as readers see it, and its plain meaning."""

    label: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Scale:
    """One part of the evidence grade: its label, and its levels by their keys; free text has none."""

    label: str
    levels: Mapping[str, Level] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """A glossary entry: an abbreviation written out, None for another word, and what it means in plain words."""

    full: str | None
    plain: str


@dataclass(frozen=True, slots=True)
class Export:
    """One entry of `exports`: its name is part of the file name; `settings` are those of its kind."""

    name: str
    kind: str
    settings: Mapping[str, str]


@dataclass(frozen=True)
class Atlas:
    """The whole content source: the topics that are made, and `others` that are known and not made with them."""

    title: str
    language: str
    url: str
    publisher: str
    contact: str
    disclaimer: str
    kinds: Mapping[str, str]
    systems: Mapping[str, str]
    flags: Mapping[str, Flag]
    grades: Mapping[str, Scale]
    glossary: Mapping[str, Term]
    exports: tuple[Export, ...]
    topics: tuple[Topic, ...]
    others: tuple[Topic, ...] = ()
    about_grades: str = ""
    licence: str = ""
    certified_by: str = ""
    logo: Image | None = None
    profiles: Mapping[str, Profile] = field(default_factory=lambda: PROFILES)
    handout: HandoutFloors = HANDOUT

    def topic(self, slug: str) -> Topic:
        """The topic with that slug, a draft too; KeyError if there is none."""
        return self._by_slug[slug]

    def stated(self, grade: Grade) -> Mapping[str, str]:
        """Each part of a grade in the words that readers see, in the order of the scale."""
        found = {name: scale.levels.get(grade.values[name]) for name, scale in self.grades.items()}
        return {name: level.label if level else grade.values[name] for name, level in found.items()}

    def address(self, topic: Topic) -> str:
        """Where the topic lives online."""
        return topic.url or f"{self.url}topics/{topic.slug}/"

    @property
    def contact_address(self) -> str | None:
        """Where a link on the contact leads; None if it is no mail or web address, such as a telephone number."""
        if re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@.]+", self.contact):
            return f"mailto:{self.contact}"
        return self.contact if re.fullmatch(r"https?://\S+", self.contact) else None

    @cached_property
    def spellings(self) -> Mapping[str, str]:
        """Each form in which a term of the glossary may stand in a text -> the term: a sentence may start with it."""
        at_start = {term[:1].upper() + term[1:]: term for term in self.glossary}
        return {**at_start, **{term: term for term in self.glossary}}

    @cached_property
    def _by_slug(self) -> Mapping[str, Topic]:
        return {topic.slug: topic for topic in (*self.others, *self.topics)}

    @cached_property
    def content_date(self) -> date | None:
        """The newest review in the atlas: the one date of a build that the content itself carries; None for none."""
        reviews = ([it.reviewed for it in topics if it.reviewed] for topics in (self.topics, self.others))
        return max(next(filter(None, reviews), []), default=None)

    def made_of(self, export: str) -> tuple[Topic, ...]:
        """The topics in a book of all by the name of its export: neither a draft nor one that is made without it."""
        return tuple(topic for topic in self.topics if not topic.is_draft and export not in topic.without)

    @cached_property
    def published(self) -> tuple[Topic, ...]:
        """The topics that readers find, so that a link may lead there."""
        return tuple(topic for topic in (*self.topics, *self.others) if not topic.is_draft)

    def of_drafts(self) -> "Atlas":
        """The same atlas with its drafts to be made, and in no book."""
        return replace(self, topics=self.others, others=self.topics)
