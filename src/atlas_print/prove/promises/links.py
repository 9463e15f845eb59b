"""P5: the links of the source stand with their words and lead where the author lets them lead, and no others do."""

from collections.abc import Iterator, Sequence
from urllib.parse import unquote, urlsplit

from atlas_print.blocks import Link, walk_inlines
from atlas_print.prove.case import Case, section_name
from atlas_print.prove.promises.entries import reference_list
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.source.wording import cited_text, section_lines, short
from atlas_print.prove.verdicts import Finding

_HELP = "link the words that the author links to the address that stands in the source, and nothing elsewhere"


def judge_links(case: Case) -> Iterator[Finding]:
    """Links of a topic that lead elsewhere than the source says; those of its references are judged with these.

    A handout may leave out links, since it leaves out text.
    """
    listed = reference_list(case) if case.topic.references else None
    links = [link for link in case.of(Role.LINK) if not (listed and listed.start <= link.start < listed.end)]
    if not case.is_handout:
        yield from _lost(case, links)
    for link in links:
        yield from _astray(case, link)


def _lost(case: Case, links: Sequence[Element]) -> Iterator[Finding]:
    reading, at = case.reading, case.start
    for section in case.topic.sections:
        for link in (it for line in section_lines(section) for it in walk_inlines(line) if isinstance(it, Link)):
            text = cited_text(link.children, case.topic.numbers)
            places = list(reading.finds(text, at, case.end))
            right = next((place for place in places if _leads(links, place, place + len(text), link.url)), None)
            if right is not None:
                at = right + len(text)
                continue
            linked = (it for it in links for place in places if it.start < place + len(text) and place < it.end)
            found = next((it.address for it in linked), "no link")
            where = reading.place(places[0]) if places else "the whole file"
            expected = f"a link on “{short(reading.excerpt(places[0], places[0] + len(text)))}”" if places else "a link"
            yield Finding(where, f"{expected} to {link.url} in {section_name(section)}", found, _HELP)


def _leads(links: Sequence[Element], start: int, end: int, url: str) -> bool:
    """Whether all of a stretch is linked to an address: each line of it may have a link of its own."""
    for link in links:
        if link.start <= start < link.end and is_same_address(link.address, url):
            start = link.end
    return start >= end


def _astray(case: Case, link: Element) -> Iterator[Finding]:
    """A link out of the file to an address that neither the atlas nor the topic names."""
    if urlsplit(link.address).scheme and not any(is_same_address(link.address, it) for it in _addresses(case)):
        name = short(case.reading.excerpt(link.start, link.end))
        yield Finding(link.place, f"“{name}” to lead to an address of the source", link.address, _HELP)


def _addresses(case: Case) -> Iterator[str]:
    """Every address that the atlas or the topic names."""
    atlas, topic = case.atlas, case.topic
    yield from (atlas.url, *(atlas.address(other) for other in atlas.topics))
    if atlas.contact_address:
        yield atlas.contact_address
    lines = (line for section in topic.sections for line in section_lines(section))
    yield from (inline.url for line in lines for inline in walk_inlines(line) if isinstance(inline, Link))


def is_same_address(one: str, other: str) -> bool:
    """Whether two addresses lead to one place, however a program has written them."""
    return _written(one) == _written(other)


def _written(address: str) -> tuple[str, str, str, str, str]:
    scheme, host, path, query, fragment = urlsplit(address.strip())
    return scheme.lower(), host.lower(), unquote(path).rstrip("/"), unquote(query), unquote(fragment)
