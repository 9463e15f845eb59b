"""What a file has of a topic, in its own order, so that the exports of a topic can be held side by side."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from atlas_print.prove.case import Case
from atlas_print.prove.promises.p2_grades import grade_shown
from atlas_print.prove.promises.p8_structure import is_label
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.lines import short
from atlas_print.prove.source.records import iri, is_same_address

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Kind(StrEnum):
    """The kinds of things that every export of a topic should have alike."""

    HEADINGS = "headings"
    GRADES = "grades"
    REFERENCES = "references"
    CITATIONS = "citations"
    LINKS = "links"
    ALTERNATIVES = "alternative texts"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a file has: equal signs mean the same thing. `name` and `where` are for a person.

    `detail` is what an export that says less may lack, such as the words of a reference. A heading has its `text`, and
    its `page` from 1 where the file has pages.
    """

    sign: str
    name: str
    where: str
    detail: str = ""
    text: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a file has of one topic: the things of each kind in the order of the file."""

    things: Mapping[Kind, tuple[Thing, ...]]


@dataclass(frozen=True, slots=True)
class Measure:
    """How much was read of a file: pages (None where there are none), words, numbers, lines, smallest size in pt."""

    pages: int | None
    words: int
    numbers: int
    lines: int
    smallest: float | None


def measure(reading: Reading) -> Measure:
    """How much a proof had before it."""
    text = reading.excerpt(0, len(reading.flat))
    smallest = min((shown.size for shown in reading.shown), default=None)
    return Measure(reading.pages, len(text.split()), len(_NUMBER.findall(text)), len(reading.lines), smallest)


def inventories(cases: Mapping[str, Case | None]) -> dict[str, Inventory]:
    """By topic, what a file has of it; a topic without a title is left out."""
    told = {name: case for name, case in cases.items() if case is not None}
    in_order = sorted(told.values(), key=lambda case: case.start)
    return {name: _inventory(case, in_order) for name, case in told.items()}


def _inventory(case: Case, cases: Sequence[Case]) -> Inventory:
    return Inventory(
        {
            Kind.HEADINGS: tuple(_headings(case)),
            Kind.GRADES: tuple(_grades(case)),
            Kind.REFERENCES: tuple(_references(case)),
            Kind.CITATIONS: tuple(_citations(case)),
            Kind.LINKS: tuple(_links(case, cases)),
            Kind.ALTERNATIVES: tuple(_alternatives(case)),
        }
    )


def _headings(case: Case) -> Iterator[Thing]:
    """Headings of the topic; those that a layout gives its own parts are not."""
    reading = case.reading
    for heading in case.of(Role.HEADING):
        text = reading.text(heading)
        if text and (heading in case.aligned.headings or not is_label(text, case.atlas, case.labels)):
            shown = reading.excerpt(heading.start, heading.end)
            name = f"the heading “{shown}” (level {heading.level})"
            sign = f"{heading.level} {text}"
            yield Thing(sign, name, heading.place, text=shown, page=heading.page)


def _grades(case: Case) -> Iterator[Thing]:
    """The grade of each section, as the file has it."""
    for section in case.topic.sections:
        shown = grade_shown(case, section) if section.grade else []
        if shown:
            values = [value for _, value in shown]
            name = f"the grade of “{section.title}”: {', '.join(values)}"
            where = case.reading.place(shown[0][0])
            yield Thing(" / ".join(map(squeeze, (section.title, *values))), name, where)


def _references(case: Case) -> Iterator[Thing]:
    for entry in case.references.entries if case.references else ():
        own = case.links_of(entry)
        addresses = [iri(link.address) for link in own if link.target is None]
        words = _without_label(case, entry.start, min((link.start for link in own), default=entry.end))
        said = short(case.reading.excerpt(entry.start, entry.end))
        name = f"reference {entry.number}" if entry.number else f"the reference “{said}”"
        yield Thing(" ".join((str(entry.number), *addresses)), name, entry.place, words)


def _without_label(case: Case, start: int, end: int) -> str:
    """The words of an entry without the layout's at their end, such as those before a link back."""
    text = case.reading.flat[start:end]
    while label := next((it for it in case.labels.layout_texts if text.endswith(it)), ""):
        text = text[: -len(label)]
    return text


def _citations(case: Case) -> Iterator[Thing]:
    """Links from the text to an entry of the list."""
    listed = case.references
    for link in _in_order(case) if listed else ():
        entry = None if listed is None or case.is_listed(link) else listed.entry_at(link.target)
        if entry is not None:
            before = case.reading.excerpt(max(link.start - 24, case.start), link.start).rstrip("[")
            name = f"the citation [{entry.number}] behind “…{before.strip()}”"
            yield Thing(str(entry.number), name, link.place)


def _links(case: Case, cases: Sequence[Case]) -> Iterator[Thing]:
    """Links that leave the topic; in a book of all topics another topic is a place in the same file."""
    starts = [other.start for other in cases]
    atlas, lines = case.atlas, [passage.line for passage in case.body]
    linked = {iri(it.mark) for line in lines for it in line.links}
    linked |= {iri(atlas.address(atlas.topic(it.mark))) for line in lines for it in line.leads if it.mark[0] != "#"}
    for link in _in_order(case):
        address = link.address if link.target is None else _other_topic(case, link.target, cases, starts)
        # For paper, from which a reader types: where the atlas itself lives, and again where a text leads.
        is_again = not case.is_of_source(link.start) and iri(address) in linked
        if address and not is_again and not is_same_address(address, atlas.url):
            yield Thing(iri(address), f"the link to {address}", link.place)


def _in_order(case: Case) -> list[Element]:
    """The links; of a table those of its headers first, though a file may tell each header with its value."""

    def place(link: Element) -> int:
        around = {it.role: it for it in reversed(list(link.ancestors()))}
        header, row, table = (around.get(role) for role in (Role.HEADER_CELL, Role.ROW, Role.TABLE))
        if header is None or row is None or table is None:
            return link.start
        # A header alone in its row names the rows below it.
        cells = case.reading.inside(row, Role.HEADER_CELL, Role.CELL)
        return case.reading.inside(table, Role.ROW)[0].start if len(cells) > 1 else link.start

    return sorted(case.of(Role.LINK), key=place)


def _other_topic(case: Case, target: Element, cases: Sequence[Case], starts: Sequence[int]) -> str:
    at = bisect_left(starts, target.start)
    other = cases[at] if at < len(cases) else case
    return "" if other is case or other.start >= target.end else case.atlas.address(other.topic)


def _alternatives(case: Case) -> Iterator[Thing]:
    # A book's cover stands before the title.
    start = min((heading.start for heading in case.of(Role.HEADING)), default=case.start)
    for figure in case.of(Role.FIGURE):
        if figure.alt and figure.start >= start:
            yield Thing(squeeze(figure.alt), f"the figure “{short(figure.alt)}”", figure.place)
