"""What a promise is judged on: the source, and the stretch of a reading that should tell it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from atlas_print.atlas import Atlas, Grade, Section, Topic
from atlas_print.blocks import Inlines, plain_text
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Furniture
from atlas_print.prove.source.wording import cited_text


@dataclass(frozen=True, slots=True)
class Case:
    """One topic and where a file tells of it: from `start` to `end` in the reading's text.

    `beside` is what may stand there though no author wrote it, `kind` is that of the export, `made_on` the day that
    the file should name as the day it was made, None if any will do. `is_book` is whether the
    file holds other topics too.
    """

    atlas: Atlas
    topic: Topic
    reading: Reading
    beside: Furniture
    kind: str
    made_on: date | None
    start: int
    end: int
    is_book: bool = False

    @property
    def is_handout(self) -> bool:
        """Whether the file tells only the key sentences."""
        return self.kind == "handout"

    def of(self, *roles: Role) -> list[Element]:
        """The elements of these roles in the stretch."""
        return self.reading.of(*roles, start=self.start, end=self.end)


@dataclass(frozen=True, slots=True)
class Span:
    """Where a section stands: from its heading to the next that is not below it."""

    heading: Element
    start: int
    end: int


def section_spans(case: Case) -> list[Span | None]:
    """Where each section of the topic stands, in source order; None for one that has no heading behind the last."""
    headings = case.of(Role.HEADING)
    spans: list[Span | None] = []
    next_heading = 0
    for section in case.topic.sections:
        wanted = heading_texts(section.heading, case.topic.numbers)
        index = next((i for i in range(next_heading, len(headings)) if case.reading.text(headings[i]) in wanted), None)
        if index is None:
            spans.append(None)
            continue
        heading = headings[index]
        after = (other.start for other in headings[index + 1 :] if other.level <= heading.level)
        spans.append(Span(heading, heading.start, next(after, case.end)))
        next_heading = index + 1
    return spans


def heading_texts(heading: Inlines, numbers: Mapping[str, int]) -> set[str]:
    """What a heading may say: its words, with or without what it cites."""
    return {squeeze(plain_text(heading)), cited_text(heading, numbers)}


def cases(
    reading: Reading, atlas: Atlas, topic: Topic | None, beside: Furniture, kind: str, made_on: date | None
) -> dict[str, Case | None]:
    """A case for each topic that a file should tell, by its slug; `topic` None for a book of all topics."""
    if topic is None:
        return _topic_cases(reading, atlas, beside, kind, made_on)
    return {topic.slug: Case(atlas, topic, reading, beside, kind, made_on, 0, len(reading.flat))}


def _topic_cases(
    reading: Reading, atlas: Atlas, beside: Furniture, kind: str, made_on: date | None
) -> dict[str, Case | None]:
    """A case for each topic of a book by its slug: from the heading with its title to that of another topic.

    None for a topic without such a heading.
    """
    starts: dict[str, int] = {}
    for topic in atlas.topics:
        title = squeeze(topic.title)
        found = [heading for heading in reading.of(Role.HEADING) if reading.text(heading) == title]
        # A topic may share its title with a section of another: the highest heading is the topic's.
        if found:
            starts[topic.slug] = min(found, key=lambda heading: heading.level).start
    told: dict[str, Case | None] = {}
    for topic in atlas.topics:
        start = starts.get(topic.slug)
        if start is None:
            told[topic.slug] = None
        else:
            end = min((other for other in starts.values() if other > start), default=len(reading.flat))
            told[topic.slug] = Case(atlas, topic, reading, beside, kind, made_on, start, end, is_book=True)
    return told


def section_name(section: Section) -> str:
    """A section for a person."""
    return f"the section “{section.title}”"


def grade_fields(atlas: Atlas, grade: Grade | None) -> tuple[tuple[str, str], ...]:
    """The labels of the scale with a grade's values, in their order; none where there is no grade."""
    if grade is None:
        return ()
    return (
        (atlas.strength.label, grade.strength),
        (atlas.audit.label, grade.audit),
        (atlas.basis.label, grade.basis),
    )
