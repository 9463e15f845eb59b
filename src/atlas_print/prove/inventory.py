"""What a file has of a topic, in its own order, so that the exports of a topic can be held side by side."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from atlas_print.prove.case import Case, heading_texts
from atlas_print.prove.promises.entries import Entry, ReferenceList, reference_list
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short

_BETWEEN = ":：=–—"
_BEHIND = ".;,·|"
_LONGEST = 200
"""Characters of a grade's value; whatever runs on for longer is no grade but text that names the scale."""
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

    `detail` is what an export that says less may lack, such as the words of a reference; `at` its place in the order.
    A heading has its `text`, and its `page` from 1 where the file has pages.
    """

    sign: str
    name: str
    where: str
    at: int
    detail: str = ""
    text: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Inventory:
    """What a file has of one topic: the things of each kind in the order of the file."""

    things: Mapping[Kind, tuple[Thing, ...]]

    def merged(self) -> list[tuple[Kind, Thing]]:
        """All of them in one order: what comes before what."""
        every = [(kind, thing) for kind, things in self.things.items() for thing in things]
        return sorted(every, key=lambda pair: pair[1].at)


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


def inventories(cases: Mapping[str, Case | None], labels: Sequence[str]) -> dict[str, Inventory]:
    """By topic, what a file has of it; a topic without a title is left out."""
    told = {name: case for name, case in cases.items() if case is not None}
    said = sorted(map(squeeze, labels), key=len, reverse=True)
    in_order = sorted(told.values(), key=lambda case: case.start)
    return {name: _inventory(case, in_order, [label for label in said if label]) for name, case in told.items()}


def _inventory(case: Case, cases: Sequence[Case], labels: Sequence[str]) -> Inventory:
    listed = reference_list(case) if case.topic.references else None
    headings = case.of(Role.HEADING)
    return Inventory(
        {
            Kind.HEADINGS: tuple(_headings(case, headings, labels)),
            Kind.GRADES: tuple(sorted((*_rows(case), *_fields(case, headings)), key=_at)),
            Kind.REFERENCES: tuple(_references(case, listed, labels)),
            Kind.CITATIONS: tuple(_citations(case, listed)),
            Kind.LINKS: tuple(_links(case, cases)),
            Kind.ALTERNATIVES: tuple(_alternatives(case, headings)),
        }
    )


def _at(thing: Thing) -> int:
    return thing.at


def _headings(case: Case, headings: Sequence[Element], labels: Sequence[str]) -> Iterator[Thing]:
    """Headings of the topic; those that a handout's layout gives its own parts are not."""
    reading = case.reading
    for heading, end in _parts(case, headings):
        # A heading that runs into its text ends in a full stop.
        text = reading.text(heading).rstrip(".")
        if not (case.is_handout and text in labels) and not _is_contents(reading, heading.end, end):
            shown = reading.excerpt(heading.start, heading.end)
            name = f"the heading “{shown}” (level {heading.level})"
            sign = f"{heading.level} {text}"
            yield Thing(sign, name, heading.place, heading.start, text=shown, page=heading.page)


def _parts(case: Case, headings: Sequence[Element]) -> Iterator[tuple[Element, int]]:
    """Each heading, and where the next one starts."""
    ends = [*(heading.start for heading in headings), case.end][1:]
    return zip(headings, ends, strict=True)


def _is_contents(reading: Reading, start: int, end: int) -> bool:
    """Whether a part starts with little but links to headings: paper has that on a page, a book in its navigation."""
    links = list(takewhile(_leads_to_heading, reading.of(Role.LINK, start=start, end=end)))
    return bool(links) and 2 * sum(link.end - link.start for link in links) > links[-1].end - start


def _leads_to_heading(link: Element) -> bool:
    return link.target is not None and link.target.role is Role.HEADING


# --- grades -----------------------------------------------------------------------------------------------


def _labels(case: Case) -> list[str]:
    return [squeeze(scale.label) for scale in (case.atlas.strength, case.atlas.audit, case.atlas.basis)]


def _grade(title: str, values: Sequence[str], element: Element) -> Thing:
    name = f"the grade of “{title}”: {', '.join(values)}"
    return Thing(" / ".join(map(squeeze, (title, *values))), name, element.place, element.start)


def _rows(case: Case) -> Iterator[Thing]:
    """Grades in a table, under the labels of the scale."""
    reading, labels = case.reading, _labels(case)
    tables = (table for table in case.of(Role.TABLE) if all(label in reading.text(table) for label in labels))
    for table in tables:
        header: list[str] = []
        for row in reading.inside(table, Role.ROW):
            cells = reading.inside(row, Role.CELL, Role.HEADER_CELL)
            texts = [reading.text(cell) for cell in cells]
            if set(labels) <= set(texts):
                header = texts
            elif header and len(cells) == len(header):
                columns = [cells[header.index(label)] for label in labels]
                values = [reading.excerpt(cell.start, cell.end) for cell in columns]
                yield _grade(_row_title(case, texts[0]), values, cells[0])


def _row_title(case: Case, text: str) -> str:
    """The section that a row is about: it starts with its title."""
    titles = (section.title for section in case.topic.sections if text.startswith(squeeze(section.title)))
    return max(titles, key=len, default=short(text))


def _fields(case: Case, headings: Sequence[Element]) -> Iterator[Thing]:
    """Grades as labels with their values, one behind the other, under a heading."""
    reading, labels = case.reading, _labels(case)
    for heading, end in _parts(case, headings):
        at = next((at for at in reading.finds(labels[0], heading.end, end) if at in reading.edges), end)
        values: list[str] = []
        for label, after in zip(labels, (*labels[1:], ""), strict=True):
            if not reading.flat.startswith(label, at):
                break
            start = at + len(label)
            start += reading.flat[start : start + 1] in _BETWEEN
            at = _value_end(reading, start, min(start + _LONGEST, end), after)
            values.append(reading.excerpt(start, at).rstrip(_BEHIND))
        if len(values) == len(labels):
            yield _grade(_section_title(case, heading), values, heading)


def _value_end(reading: Reading, start: int, end: int, after: str) -> int:
    """Where a value ends: with its block, or where the label after it starts in the same block."""
    for at in range(start + 1, end):
        if at in reading.edges or (after and reading.flat.startswith(after, at) and reading.is_word_end(at)):
            return at
    return end


def _section_title(case: Case, heading: Element) -> str:
    text = case.reading.text(heading)
    named = (s.title for s in case.topic.sections if text in heading_texts(s.heading, case.topic.numbers))
    return next(named, case.reading.excerpt(heading.start, heading.end))


# --- references, links, figures -----------------------------------------------------------------------------


def _references(case: Case, listed: ReferenceList | None, labels: Sequence[str]) -> Iterator[Thing]:
    links = case.of(Role.LINK)
    for entry in listed.entries if listed else ():
        own = [link for link in links if entry.holds(link)]
        addresses = [link.address for link in own if link.target is None]
        words = _without(case.reading.flat[entry.start : min((link.start for link in own), default=entry.end)], labels)
        name = f"reference {entry.number}" if entry.number else f"the reference “{_shown(case, entry)}”"
        yield Thing(" ".join((str(entry.number), *addresses)), name, entry.place, entry.label_start, words)


def _shown(case: Case, entry: Entry) -> str:
    return short(case.reading.excerpt(entry.start, entry.end))


def _without(text: str, labels: Sequence[str]) -> str:
    """A text without the layout's words at its end, such as those before a link back."""
    while label := next((label for label in labels if text.endswith(label)), ""):
        text = text[: -len(label)]
    return text


def _citations(case: Case, listed: ReferenceList | None) -> Iterator[Thing]:
    """Links from the text to an entry of the list."""
    for link in case.of(Role.LINK) if listed else ():
        target = link.target
        if listed is None or target is None or listed.start <= link.start < listed.end:
            continue
        entry = next((entry for entry in listed.entries if entry.holds(target)), None)
        if entry is not None:
            before = case.reading.excerpt(max(link.start - 24, case.start), link.start).rstrip("[")
            name = f"the citation [{entry.number}] behind “…{before.strip()}”"
            yield Thing(str(entry.number), name, link.place, link.start)


def _links(case: Case, cases: Sequence[Case]) -> Iterator[Thing]:
    """Links that leave the topic; in a book of all topics another topic is a place in the same file."""
    starts = [other.start for other in cases]
    for link in case.of(Role.LINK):
        address = link.address if link.target is None else _other_topic(case, link.target, cases, starts)
        # Where the atlas itself lives is for paper, from which a reader types.
        if address and address != case.atlas.url:
            yield Thing(address, f"the link to {address}", link.place, link.start)


def _other_topic(case: Case, target: Element, cases: Sequence[Case], starts: Sequence[int]) -> str:
    at = bisect_left(starts, target.start)
    other = cases[at] if at < len(cases) else case
    return "" if other is case or other.start >= target.end else case.atlas.address(other.topic)


def _alternatives(case: Case, headings: Sequence[Element]) -> Iterator[Thing]:
    # A book's cover stands before the title.
    start = headings[0].start if headings else case.start
    for figure in case.of(Role.FIGURE):
        if figure.alt and figure.start >= start:
            yield Thing(squeeze(figure.alt), f"the figure “{short(figure.alt)}”", figure.place, figure.start)
