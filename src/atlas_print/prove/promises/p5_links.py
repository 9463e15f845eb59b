"""P5 on links: those of the source stand with their words and lead where the author lets them lead, and no others do.

And P8 on those of the layout: a link leads where its words say.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.records import is_same_address
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+|[^\s@/]+@[^\s@/]+\.[^\s@/]+")

_HELP = "link the words that the author links to the address that stands in the source, and nothing elsewhere"
_HELP_LEADS = "let the link lead to the address that it shows, or to the heading whose words it has"


def _links(case: Case) -> list[Element]:
    """The links of a topic but for those of its references, which are judged with these."""
    return [link for link in case.of(Role.LINK) if not case.is_listed(link)]


def judge_links(case: Case) -> Iterator[Finding]:
    """Links of the source that lead elsewhere or nowhere, and links out of the file that it doesn't have."""
    links = _links(case)
    for passage, at in case.aligned.places.items():
        for marked in passage.line.links:
            start, end = at + marked.start, at + marked.end
            if not _leads(links, start, end, marked.mark):
                over = (it.address for it in links if it.start < end and start < it.end)
                said = short(case.reading.excerpt(start, end))
                expected = f"a link on “{said}” to {marked.mark} in {passage.name}"
                yield Finding(case.reading.place(start), expected, next(over, "no link"), _HELP, passage.source)
    known = list(_addresses(case))
    for link in links:
        if urlsplit(link.address).scheme and not any(is_same_address(link.address, it) for it in known):
            name = short(case.reading.excerpt(link.start, link.end))
            yield Finding(link.place, f"“{name}” to lead to an address of the source", link.address, _HELP, case.place)


def _leads(links: list[Element], start: int, end: int, url: str) -> bool:
    """Whether all of a stretch is linked to an address: each line of it may have a link of its own."""
    for link in links:
        if link.start <= start < link.end and is_same_address(link.address, url):
            start = link.end
    return start >= end


def _addresses(case: Case) -> Iterator[str]:
    """Every address that the atlas or the topic names."""
    atlas = case.atlas
    yield from (atlas.url, *(atlas.address(other) for other in atlas.topics))
    if atlas.contact_address:
        yield atlas.contact_address
    yield from (marked.mark for passage in case.body for marked in passage.line.links)


def judge_leads(case: Case) -> Iterator[Finding]:
    """Links of the layout that show one address, heading or topic and lead to another.

    Where references and citations lead is for P3 and P4 to ask.
    """
    reading, atlas = case.reading, case.atlas
    headings: dict[str, list[Element]] = {}
    for heading in case.of(Role.HEADING):
        headings.setdefault(reading.text(heading), []).append(heading)
    topics = {squeeze(topic.title): atlas.address(topic) for topic in atlas.topics}
    for link in _links(case):
        if case.is_of_source(link.start) and link.start < link.end and not case.is_handout:
            passage = case.aligned.at(link.start, link.end)
            if passage is None or passage.section is not None:
                continue
        shown = reading.text(link)
        if shown in topics and link.target is None and not is_same_address(link.address, topics[shown]):
            yield _astray(case, link, f"a link to {topics[shown]}")
        elif _ADDRESS.fullmatch(shown):
            address = squeeze(link.address.removeprefix("mailto:"))
            # A link may go on in the next line.
            if shown.removeprefix("mailto:") not in address and not is_same_address(shown, link.address):
                yield _astray(case, link, f"a link to {short(shown)}")
        elif shown in headings and "://" not in link.address and not _is_at(link.target, headings[shown]):
            yield _astray(case, link, f"a link to the heading “{short(reading.excerpt(link.start, link.end))}”")


def _is_at(target: Element | None, headings: list[Element]) -> bool:
    """Whether an element is one of these headings, or stands in or around it."""
    return target is not None and any(
        target.start <= heading.start <= target.end or heading.holds(target.start, target.end) for heading in headings
    )


def _astray(case: Case, link: Element, expected: str) -> Finding:
    led = link.target.place if link.target else link.address
    found = f"a link to {short(led)}" if led else "no link that a hand can find, or one without an address"
    return Finding(link.place, expected, found, _HELP_LEADS, case.place)
