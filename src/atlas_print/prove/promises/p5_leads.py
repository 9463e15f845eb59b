"""P5 on links within the atlas: each leads to its heading or topic, and paper says where its links lead."""

import re
from collections.abc import Iterator, Mapping

from atlas_print.prove.case import Case
from atlas_print.prove.promises.p5_links import is_at
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.lines import Marked
from atlas_print.prove.source.records import iri, is_same_address
from atlas_print.prove.source.script import Passage
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_GRANTED = re.compile(r"^(?:https?://)?(?:www\.)?|^mailto:|^tel:", re.IGNORECASE)

_HELP = "link the words that the author links to the heading or the topic that stands in the source"
_HELP_PAPER = "name the page, the address or the title of the topic behind the text that links there, as the layouts do"


def judge_leads_within(case: Case) -> Iterator[Finding]:
    """Links to headings and topics that lead elsewhere, and links of which paper doesn't say where they lead."""
    headings = {it.identifier: element for element, it in case.aligned.headings.items() if it.identifier}
    links = [link for link in case.of(Role.LINK) if not case.is_listed(link)]
    for passage, at in case.aligned.places.items():
        for lead in passage.line.leads:
            start, end = at + lead.start, at + lead.end
            there = [link for link in links if start <= link.start < link.end <= end]
            if not _is_right(case, lead, there, headings):
                said = short(case.reading.excerpt(start, end))
                led = next((link.target.place if link.target else link.address for link in there), "no link")
                yield Finding(
                    case.reading.place(start), f"a link on “{said}” to {lead.mark}", led, _HELP, passage.source
                )
        if case.reading.pages is not None:
            yield from _unsaid(case, passage, at, links)


def _is_right(case: Case, lead: Marked, links: list[Element], headings: Mapping[str, Element]) -> bool:
    """Whether the links of a stretch lead where they should; a handout has few headings, and a draft no readers."""
    if lead.mark.startswith("#"):
        heading = headings.get(lead.mark[1:])
        return case.is_handout or heading is None or any(is_at(link.target, [heading]) for link in links)
    other = case.atlas.topic(lead.mark)
    if other not in case.atlas.published:
        return not links
    address, title = case.atlas.address(other), squeeze(other.title)
    return any(
        is_same_address(link.address, address) or (case.is_book and _title_at(case, link.target) == title)
        for link in links
    )


def _title_at(case: Case, target: Element | None) -> str:
    """The first heading of the file in which a place of a book stands."""
    behind = [] if target is None else case.reading.of(Role.HEADING, start=target.start, end=target.outermost.end)
    return case.reading.text(behind[0]) if behind else ""


def _unsaid(case: Case, passage: Passage, at: int, links: list[Element]) -> Iterator[Finding]:
    """What a reader on paper isn't told of the links of a passage."""
    reading, line = case.reading, passage.line
    for lead in (*line.leads, *line.links) if not (passage.depth and case.is_handout) else ():
        words = line.flat[lead.start : lead.end]
        behind = reading.flat[at + lead.end : case.end]
        if lead.mark.startswith("#"):
            named = (it for it in links if it.start >= at + lead.end and it.target and not case.is_of_source(it.start))
            is_there = any(lead.mark[1:] == it.identifier for it in case.aligned.headings.values())
            is_said = case.is_handout or not is_there or any(reading.text(it) == words for it in named)
        elif lead in line.leads:
            title = case.atlas.topic(lead.mark).title
            is_said = words.casefold() == squeeze(title).casefold() or squeeze(title) in behind
        else:
            shown = [_typed(lead.mark), _typed(iri(lead.mark))]
            is_said = any(_bare(words) == _bare(it) or squeeze(it).rstrip("/") in behind for it in shown)
        if not is_said:
            expected = f"where “{short(line.excerpt(lead.start, lead.end))}” leads ({lead.mark}), in words behind it"
            yield Finding(reading.place(at), expected, "a link alone", _HELP_PAPER, passage.source)


def _typed(address: str) -> str:
    """What a reader types of an address: a mail address or a number without what stands around it."""
    scheme, _, rest = address.partition(":")
    return rest.partition("?")[0] if scheme in ("mailto", "tel") else address


def _bare(text: str) -> str:
    """An address or a number without what readers take for granted."""
    bare = _GRANTED.sub("", squeeze(text)).rstrip("/").casefold()
    return re.sub(r"[().-]", "", bare) if re.fullmatch(r"[\d+().-]+", bare) else bare
