"""P5 on links and their names: they lead where the source or their words say, paper says where, names say no more."""

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit

from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.lines import Marked, short
from atlas_print.prove.source.records import iri, is_same_address
from atlas_print.prove.source.script import Passage
from atlas_print.prove.verdicts import Finding

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+|[^\s@/]+@[^\s@/]+\.[^\s@/]+")

_HELP = "link the words that the author links to the address that stands in the source, and nothing elsewhere"
_HELP_PAGE = "name the page on which the heading begins; a layout may have been filled before the pages were known"
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
    yield from (atlas.url, *(atlas.address(it) for it in (case.topic, *atlas.published)))
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
        told = case.aligned.headings.get(heading)
        # With or without what it cites.
        for name in {reading.text(heading), told.line.bare if told else reading.text(heading)}:
            headings.setdefault(name, []).append(heading)
    topics = {squeeze(topic.title): atlas.address(topic) for topic in atlas.published}
    for link in _links(case):
        if case.is_of_source(link.start) and link.start < link.end:
            passage = case.aligned.at(link.start, link.end)
            if not case.is_handout if passage is None else passage.section is not None or passage.note:
                continue
        shown = reading.text(link)
        if shown.isdecimal() and link.target is not None and link.target.page == int(shown):
            # The number of the page that it leads to, whatever a heading is called.
            continue
        if shown in topics and link.target is None and not is_same_address(link.address, topics[shown]):
            yield _astray(case, link, f"a link to {topics[shown]}")
        elif _ADDRESS.fullmatch(shown):
            address = squeeze(link.address.removeprefix("mailto:"))
            # A link may go on in the next line; what is written as %20 is shown as a space, and squeezed away.
            is_shown = squeeze(iri(shown)) == squeeze(iri(link.address))
            if shown.removeprefix("mailto:") not in address and not is_shown:
                yield _astray(case, link, f"a link to {short(shown)}")
        elif (
            shown in headings
            and shown not in topics
            and "://" not in link.address
            and not is_at(link.target, headings[shown])
        ):
            yield _astray(case, link, f"a link to the heading “{short(reading.excerpt(link.start, link.end))}”")


def judge_pages(case: Case) -> Iterator[Finding]:
    """Pages that a layout names behind a link to a heading, as contents do, and on which that heading doesn't stand."""
    reading = case.reading
    links = case.of(Role.LINK) if reading.pages is not None else []
    # A number that is a link itself, such as that of "Called on page 2", is not the link's before it.
    starts = {link.start for link in links}
    for link in links:
        heading, block = link.target, reading.innermost(link.start)
        if heading is None or heading.role is not Role.HEADING or block is None:
            continue
        named = _PAGE.match(reading.flat, link.end, block.end)
        if named is None or named.start(1) in starts or case.is_of_source(named.start(1)):
            continue
        if int(named[1]) != heading.page:
            said = short(reading.excerpt(link.start, link.end))
            expected = f"page {heading.page} behind “{said}”"
            yield Finding(link.place, expected, f"page {named[1]}", _HELP_PAGE, case.place)


def is_at(target: Element | None, headings: list[Element]) -> bool:
    """Whether an element is one of these headings, or stands in or around it."""
    return target is not None and any(
        target.start <= heading.start <= target.end or heading.holds(target.start, target.end) for heading in headings
    )


def _astray(case: Case, link: Element, expected: str) -> Finding:
    led = link.target.place if link.target else link.address
    found = f"a link to {short(led)}" if led else "no link that a hand can find, or one without an address"
    return Finding(link.place, expected, found, _HELP_LEADS, case.place)


_NUMBER = re.compile(r"\d+")
_PAGE = re.compile(r"\D*(\d+)")
_SCHEMES = frozenset(map(squeeze, ("DOI", "PMID", "PMCID", "PubMed", "PubMed Central")))

_HELP_NAME = "let the name of the link say what its text says, with the same numbers, and nothing but a label beside it"


def judge_names(reading: Reading, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """Names that tell a voice something else than the text tells the eye, in topics and outside of them."""
    for element, name in reading.names:
        case = next((it for it in cases if it.start <= element.start and element.end <= it.end), None)
        said, shown = squeeze(name), reading.text(element)
        # A voice says the name of a part of a book in place of all its words; of what only groups others, before them,
        # and of a figure, before what describes it.
        is_instead = reading.book is not None and element.role not in (Role.LINK, Role.GROUP, Role.FIGURE)
        if said == shown or (not is_instead and _is_right(name, shown, element, case, labels)):
            continue
        expected = f"a name that says “{short(reading.excerpt(element.start, element.end))}”"
        yield Finding(element.place, expected, f"“{short(name)}”", _HELP_NAME, case.place if case else None)


def _is_right(said: str, shown: str, element: Element, case: Case | None, labels: Labels) -> bool:
    """Whether a name is a text of the source or a label, or a label with the end of the text: "DOI 10.1000/1"."""
    name = squeeze(said)
    if case is not None and (name == squeeze(case.topic.title) or name in case.texts):
        return True
    if labels.covers_whole(name):
        return True
    if labels.covers(name):
        # Such as "back to page 5" on a 5: what it counts is what is shown, or the number of its reference.
        told, seen = set(_NUMBER.findall(name)), set(_NUMBER.findall(shown))
        words = shown.casefold().strip(".,;:()[]")
        # A letter that counts stands in many a word.
        held = re.findall(r"\w+", said.casefold()) if len(words) == 1 else name.casefold()
        return (element.role is not Role.LINK or words in held) and seen <= told <= {*seen, *_own_number(case, element)}
    if element.role is not Role.LINK:
        return name in shown
    same = 0
    while same < min(len(name), len(shown)) and name[-1 - same] == shown[-1 - same]:
        same += 1
    before = (name[: len(name) - length] for length in range(same, 0, -1))
    return any(label in _SCHEMES or labels.covers(label) for label in before)


def _own_number(case: Case | None, element: Element) -> Iterator[str]:
    """The number of the reference that an element stands in."""
    entry = None if case is None or case.references is None else case.references.entry_at(element)
    if entry is not None and entry.number is not None:
        yield str(entry.number)


# --- links within the atlas, and what paper says of all ----------------------------------------------------------

_GRANTED = re.compile(r"^(?:https?://)?(?:www\.)?|^mailto:|^tel:", re.IGNORECASE)

_HELP_LEAD = "link the words that the author links to the heading or the topic that stands in the source"
_HELP_PAPER = "name the page, the address or the title of the topic behind the text that links there, as the layouts do"


def judge_leads_within(case: Case) -> Iterator[Finding]:
    """Links to headings and topics that lead elsewhere, and links of which paper doesn't say where they lead."""
    headings = {it.identifier: element for element, it in case.aligned.headings.items() if it.identifier}
    links = _links(case)
    for passage, at in case.aligned.places.items():
        for lead in passage.line.leads:
            start, end = at + lead.start, at + lead.end
            there = [link for link in links if start <= link.start < link.end <= end]
            if not _leads_there(case, lead, there, headings):
                said = short(case.reading.excerpt(start, end))
                led = next((link.target.place if link.target else link.address for link in there), "no link")
                yield Finding(
                    case.reading.place(start), f"a link on “{said}” to {lead.mark}", led, _HELP_LEAD, passage.source
                )
        if case.reading.pages is not None:
            yield from _unsaid(case, passage, at, links)


def _leads_there(case: Case, lead: Marked, links: list[Element], headings: Mapping[str, Element]) -> bool:
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
