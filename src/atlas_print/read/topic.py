"""topics/SLUG.md -> Topic: front matter, sections with their grades, references in their order."""

import re
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from atlas_print.advise.drafts import Draft, Kind, Passage
from atlas_print.atlas import Atlas, Topic
from atlas_print.problems import Place, Problem
from atlas_print.read.body import BodyReader
from atlas_print.read.citations import Use, Works
from atlas_print.read.figures import Figures
from atlas_print.read.front_matter import FrontReader, front_matter
from atlas_print.read.links import Leads
from atlas_print.read.markdown.citations import KEY, keys_of
from atlas_print.read.references.bibliography import Bibliography, is_citable
from atlas_print.read.sections import SectionReader
from atlas_print.read.source import Source, read_source, shown
from atlas_print.read.values.fields import Fields, nearest

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass
class TopicReader:
    """Reads a topic of an atlas; `slugs` are those of all topics, `today` is what a review date is held against.

    `mentions` collects the other topics that it names, with their places; `title` is where its title stands.
    """

    atlas: Atlas
    bibliography: Bibliography
    slugs: frozenset[str]
    figures: Figures
    today: date
    problems: list[Problem]
    source: Source | None = None
    draft: Draft | None = None
    title: Place | None = None
    mentions: list[tuple[Place, str]] = field(default_factory=list)

    def read(self, path: Path) -> Topic | None:
        """The topic in that file, or None after telling why there is none."""
        file = f"content/topics/{shown(path.name)}"
        if not _SLUG.fullmatch(path.stem):
            what = f"the file name {path.stem!r} can't be part of an address"
            self._tell(Place(file), "malformed-slug", what, "name the file in a-z, 0-9 and single hyphens")
        source = read_source(path, file, self.problems)
        if source is None:
            return None
        self.source = source
        front, first_line = front_matter(source, self.problems)
        if front is None:
            return None
        works = Works(self.bibliography.references, self.atlas.language)
        leads = Leads(path.stem, self.slugs, self.problems, self.mentions)
        body = BodyReader(source, self.figures, works, leads, self.problems)
        nodes = body.parse(first_line)
        title, sections = SectionReader(self.atlas, body, self.problems).read(nodes)
        if not nodes:
            self._tell(
                source.place(first_line, 1), "no-text", "the topic has no text", "write it below the front matter"
            )
        body.notes.finish()
        reader = FrontReader(self.atlas, self.slugs, self.today, self.problems, self.mentions)
        topic = reader.topic(front, path.stem, title)
        self.title = front.place_of("title")
        topic = replace(topic, sections=sections, notes=tuple(body.notes.called))
        cited = self._known(body.citations)
        listed = self._nocite(front, source)
        front.finish()
        references = tuple(self.bibliography.references[id_] for id_ in dict.fromkeys(cited + listed))
        topic = replace(topic, references=references)
        self.draft = Draft(self.atlas, topic, (*_front_passages(front), *body.passages))
        return topic

    def _tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(place, rule, what, help_))

    def _known(self, uses: list[Use]) -> list[str]:
        """The ids of those citations whose reference exists; the others become problems."""
        for use in uses:
            if use.id in self.bibliography.references or not self.bibliography.whole:
                continue
            if not self.bibliography.exists:
                what = "there is no bibliography, though topics cite references"
                help_ = "export it as CSL-JSON, as Zotero does, into this file"
                self._tell(Place(self.bibliography.file), "no-bibliography", what, help_)
            else:
                near = self.bibliography.keys.get(use.id)
                near = near or nearest(use.id, filter(is_citable, self.bibliography.references))
                help_ = f"add a reference of that id to {self.bibliography.file}"
                help_ = f"did you mean {near!r}?" if near else help_
                help_ += "; for an @ that cites nothing write \\@" if use.is_named else ""
                self._tell(use.place, "unknown-citation", f"there is no reference {use.id!r}", help_)
        return [use.id for use in uses if use.id in self.bibliography.references]

    def _nocite(self, front: Fields, source: Source) -> list[str]:
        """The references that are listed though nothing cites them; `@*` lists all of the bibliography."""
        text = front.text("nocite", plain=False)
        if text is None:
            return []
        place = front.place_of("nocite")
        if re.search(r"[^\s,;\[\]]", re.sub(rf"{KEY}|@\*", "", text)):
            help_ = "write `nocite: '@id, @other-id'`, or '@*' for the whole bibliography"
            self._tell(place, "malformed-nocite", "nocite holds more than ids", help_)
            return []
        # The same ids in the file, where each has its own place.
        start = source.offset_of(place)
        found = re.finditer(KEY, source.text[start:])
        uses = [
            Use(id_, source.place_of(start + match.start())) for id_, match in zip(keys_of(text), found, strict=False)
        ]
        return self._known(uses) + (list(self.bibliography.references) if "@*" in text else [])


def _front_passages(front: Fields) -> list[Passage]:
    """The texts of the front matter that readers see."""
    kinds = {"title": Kind.FRONT, "subtitle": Kind.FRONT, "lede": Kind.FRONT, "short": Kind.SHORT}
    kinds |= {"clinical_short": Kind.FRONT, "grade_notes": Kind.FRONT}
    found = ((front.place_of(name), kind, front.text(name)) for name, kind in kinds.items())
    return [Passage(place, kind, text) for place, kind, text in found if text]
