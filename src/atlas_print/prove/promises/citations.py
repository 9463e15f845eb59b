"""P4: each citation stands behind its words with its numbers, leads to its references, and those lead back."""

from collections.abc import Iterator
from dataclasses import dataclass

from atlas_print.prove.case import Case, section_name, section_spans
from atlas_print.prove.promises.brackets import Brackets, CitedText
from atlas_print.prove.promises.entries import Entry, ReferenceList, reference_list
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.source.wording import Cited, citations, section_lines
from atlas_print.prove.verdicts import Finding

_LARGE = frozenset((Role.GROUP, Role.LIST, Role.TABLE))
"""A link to one of these leads to no citation in particular."""

_HELP_PLACE = "print each citation right behind the words that it follows in the source, as its numbers in brackets"
_HELP_LINK = "make each number a link to the entry of that number in the reference list"
_HELP_BACK = "give each entry a link to each place that cites it, on paper to each page"


@dataclass(frozen=True, slots=True)
class _File:
    """What the file has of the topic: its links and its reference list."""

    case: Case
    listed: ReferenceList
    links: list[Element]

    def over(self, start: int, end: int) -> list[Element]:
        """The links that cover a stretch."""
        return [link for link in self.links if link.holds(start, end)]

    def page(self, start: int, end: int) -> int | None:
        """The page of a linked stretch."""
        return next((link.page for link in self.over(start, end)), None)

    def entry_at(self, target: Element | None) -> Entry | None:
        """The entry that an element is in."""
        return next((entry for entry in self.listed.entries if target and entry.holds(target)), None)


def judge_citations(case: Case) -> list[Finding]:
    """What is wrong with the citations of a topic, or with those of what a handout prints of it."""
    listed = reference_list(case)
    if listed is None:
        return [Finding("the whole file", "citations that lead to a list of references", "no such list", _HELP_LINK)]
    file = _File(case, listed, case.of(Role.LINK))
    text = CitedText(case, listed)
    findings: list[Finding] = []
    for name, cited, start, end in _expected(case, listed):
        brackets = text.claim(cited, start, end)
        findings += _place(case, name, cited, brackets)
        if brackets is not None:
            findings += _links(file, brackets)
            if not case.is_handout:
                findings += _back_links(file, text, brackets)
    for brackets in text.unclaimed():
        if any(file.entry_at(link.target) for place in brackets.places for link in file.over(*place)):
            expected = f"no citation behind “{case.reading.excerpt(brackets.start - 24, brackets.start)}”"
            findings.append(Finding(case.reading.place(brackets.start), expected, str(brackets), _HELP_PLACE))
    return findings


def _expected(case: Case, listed: ReferenceList) -> Iterator[tuple[str, Cited, int, int]]:
    """Each citation that the file should show: its section's name, itself, from where to where it can stand.

    A handout shows the key sentences, and whole the sections that it gives a heading.
    """
    for section, span in zip(case.topic.sections, section_spans(case), strict=True):
        start, end = (span.start, span.end) if span else (case.start, case.end)
        if start <= listed.start < end:
            end = listed.start
        lines = section.key_passages() if case.is_handout and span is None else section_lines(section)
        for line in lines:
            for cited in citations(line, case.topic.numbers):
                yield section_name(section), cited, start, end


def _place(case: Case, name: str, cited: Cited, brackets: Brackets | None) -> Iterator[Finding]:
    if brackets is None:
        yield Finding("the whole file", f"{cited} in {name}", "no citation there", _HELP_PLACE)
    elif brackets.numbers != cited.numbers:
        yield Finding(case.reading.place(brackets.start), f"{cited} in {name}", str(brackets), _HELP_PLACE)


def _links(file: _File, brackets: Brackets) -> Iterator[Finding]:
    for number, place in zip(brackets.numbers, brackets.places, strict=True):
        links = file.over(*place)
        entries = [file.entry_at(link.target) for link in links]
        if any(entry is not None and entry.number == number for entry in entries):
            continue
        where = links[0].place if links else file.case.reading.place(brackets.start)
        expected = f"a link from {number} in {brackets} to reference {number}"
        yield Finding(where, expected, _led(links[0], entries[0]) if links else "no link", _HELP_LINK)


def _led(link: Element, entry: Entry | None) -> str:
    """Where a link leads instead, in words."""
    if not link.address:
        return "no link"
    if link.target is None:
        return f"a link to {link.address}, which is no place in this file"
    if entry is None:
        return f"a link to {link.target.place}"
    return "a link to an entry without a number" if entry.number is None else f"a link to reference {entry.number}"


def _back_links(file: _File, text: CitedText, brackets: Brackets) -> Iterator[Finding]:
    """Each use that no link of its entry leads to; one link is enough for all uses on a page that has a number."""
    reading = file.case.reading
    for number, place in zip(brackets.numbers, brackets.places, strict=True):
        entry = file.listed.numbered(number)
        if entry is None:
            continue
        targets = [link.target for link in file.links if entry.holds(link) and link.target]
        page = file.page(*place)
        uses = [(brackets, place)]
        if page is not None:
            uses += [use for use in text.uses(number) if file.page(*use[1]) == page]
        if not any(_is_about(target, around, *use) for target in targets for around, use in uses):
            words = reading.excerpt(brackets.start - 24, brackets.end)
            expected = f"a link from reference {number} back to “…{words}” ({reading.place(brackets.start)})"
            yield Finding(entry.place, expected, "no link that leads there", _HELP_BACK)


def _is_about(target: Element, brackets: Brackets, start: int, end: int) -> bool:
    """Whether an element is the number in the brackets, or a line or paragraph around it, or an anchor before it."""
    if target.role in _LARGE:
        return False
    return target.holds(start, end) or brackets.start <= target.start < end
