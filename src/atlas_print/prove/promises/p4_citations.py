"""P4: each citation stands behind its words with its numbers, leads to its references, and those lead back."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from atlas_print.prove.case import Case
from atlas_print.prove.promises.p5_words import Concern, differences, missing
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.source.entries import Entry, ReferenceList
from atlas_print.prove.source.lines import BRACKETS, Cited
from atlas_print.prove.source.script import Passage
from atlas_print.prove.verdicts import Finding

_LARGE = frozenset((Role.GROUP, Role.LIST, Role.TABLE))
"""A link to one of these leads to no citation in particular."""

_HELP_PLACE = "print each citation right behind the words that it follows in the source, as its numbers in brackets"
_HELP_LINK = "make each number a link to the entry of that number in the reference list"
_HELP_BACK = "give each entry a link to each place that cites it, on paper to each page"


@dataclass(frozen=True, slots=True)
class _Shown:
    """A citation as the file shows it: its passage, where its brackets begin and end."""

    passage: Passage
    cited: Cited
    start: int
    end: int

    def numbers(self) -> Iterator[tuple[int, int, int]]:
        """Each number with its start and end in the reading."""
        shift = self.start - self.cited.start
        yield from ((number, start + shift, end + shift) for number, start, end in self.cited.places)


@dataclass(frozen=True)
class _File:
    """What the file has of the topic: its citations, its links and its reference list."""

    case: Case
    listed: ReferenceList

    @cached_property
    def links(self) -> list[Element]:
        return self.case.of(Role.LINK)

    @cached_property
    def shown(self) -> list[_Shown]:
        places = self.case.aligned.places.items()
        return [
            _Shown(passage, cited, at + cited.start, at + cited.end)
            for passage, at in places
            for cited in passage.line.citations
        ]

    @cached_property
    def uses(self) -> Mapping[int, list[tuple[int, int, int]]]:
        """By number, each place that shows it, in passages with a fault too: where its brackets begin, start, end."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        for shown in self.shown:
            for number, start, end in shown.numbers():
                found.setdefault(number, []).append((shown.start, start, end))
        for near in (it.near for it in self.case.aligned.lost if it.near):
            for brackets in BRACKETS.finditer(self.case.reading.flat, near.start, near.end):
                for it in re.finditer(r"\d+", brackets[1]):
                    start = brackets.start(1) + it.start()
                    found.setdefault(int(it[0]), []).append((brackets.start(), start, start + len(it[0])))
        return found

    def over(self, start: int, end: int) -> list[Element]:
        """The links that cover a stretch."""
        return [link for link in self.links if link.holds(start, end)]

    def page(self, start: int, end: int) -> int | None:
        """The page of a linked stretch."""
        return next((link.page for link in self.over(start, end)), None)


def judge_citations(case: Case) -> list[Finding]:
    """What is wrong with the citations of a topic, or with those of what a handout prints of it."""
    listed = case.references
    if listed is None:
        expected = "citations that lead to a list of references"
        return [Finding("the whole file", expected, "no such list", _HELP_LINK, case.place)]
    file = _File(case, listed)
    findings: list[Finding] = []
    for lost in missing(case, Concern.CITATION):
        findings += differences(case, lost, Concern.CITATION, _HELP_PLACE)
    for shown in file.shown:
        findings += _links(file, shown)
        if not case.is_handout and not shown.passage.is_repeat:
            findings += _back_links(file, shown)
    return [*findings, *_pages(file), *_others(file)]


def _pages(file: _File) -> Iterator[Finding]:
    """Links of entries whose words are the number of a page that doesn't cite them; it may count the uses, too."""
    reading = file.case.reading
    for entry in file.listed.entries if reading.pages is not None else ():
        uses = file.uses.get(entry.number or 0, ())
        cited = {file.page(start, end) for _, start, end in uses} | set(range(1, len(uses) + 1))
        for link in (link for link in file.case.links_of(entry) if link.target):
            said = reading.text(link)
            if said.isdecimal() and int(said) not in cited:
                expected = f"a page that cites reference {entry.number}"
                yield Finding(link.place, expected, f"page {said}", _HELP_BACK, file.case.place)


def _links(file: _File, shown: _Shown) -> Iterator[Finding]:
    for number, start, end in shown.numbers():
        links = file.over(start, end)
        entries = [file.listed.entry_at(link.target) for link in links]
        if any(entry is not None and entry.number == number for entry in entries):
            continue
        where = links[0].place if links else file.case.reading.place(start)
        cited = shown.passage.line.excerpt(shown.cited.start, shown.cited.end)
        expected = f"a link from {number} in {cited} to reference {number}"
        found = _led(links[0], entries[0]) if links else "no link"
        yield Finding(where, expected, found, _HELP_LINK, shown.passage.source)


def _led(link: Element, entry: Entry | None) -> str:
    """Where a link leads instead, in words."""
    if not link.address:
        return "no link"
    if link.target is None:
        return f"a link to {link.address}, which is no place in this file"
    if entry is None:
        return f"a link to {link.target.place}"
    return "a link to an entry without a number" if entry.number is None else f"a link to reference {entry.number}"


def _back_links(file: _File, shown: _Shown) -> Iterator[Finding]:
    """Each use that no link of its entry leads to; one link is enough for all uses on a page that has a number."""
    reading = file.case.reading
    for number, start, end in shown.numbers():
        entry = file.listed.numbered(number)
        if entry is None:
            continue
        targets = [link.target for link in file.case.links_of(entry) if link.target]
        page = file.page(start, end)
        uses = [(shown.start, start, end)]
        if page is not None:
            uses += [use for use in file.uses[number] if file.page(*use[1:]) == page]
        if not any(is_about(target, *use) for target in targets for use in uses):
            words = reading.excerpt(shown.start - 24, shown.end)
            expected = f"a link from reference {number} back to “…{words}” ({reading.place(shown.start)})"
            yield Finding(entry.place, expected, "no link that leads there", _HELP_BACK, shown.passage.source)


def is_about(target: Element, bracket: int, start: int, end: int) -> bool:
    """Whether an element is the number in the brackets, or a line or paragraph around it, or an anchor before it."""
    if target.role in _LARGE:
        return False
    return target.holds(start, end) or bracket <= target.start < end


def _others(file: _File) -> Iterator[Finding]:
    """Links to entries that no citation of the source accounts for; the list itself has none."""
    case = file.case
    shown = [(it.start, it.end) for it in file.shown]
    # What comes nearest to a lost passage is told with that.
    near = [(it.near.start, it.near.end) for it in case.aligned.lost if it.near is not None]
    for link in file.links:
        if case.is_listed(link) or file.listed.entry_at(link.target) is None:
            continue
        if not any(link.start < end and start < link.end for start, end in (*shown, *near)):
            expected = f"no citation behind “{case.reading.excerpt(link.start - 24, link.start)}”"
            found = f"[{case.reading.excerpt(link.start, link.end)}]"
            yield Finding(link.place, expected, found, _HELP_PLACE, case.place)
