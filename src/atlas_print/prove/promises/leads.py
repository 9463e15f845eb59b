"""P8: a link leads where its words say."""

import re
from collections.abc import Iterator

from atlas_print.prove.case import Case
from atlas_print.prove.promises.entries import reference_list
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_ADDRESS = re.compile(r"(?:https?://|mailto:)\S+|[^\s@/]+@[^\s@/]+\.[^\s@/]+")

_HELP = "let the link lead to the address that it shows, or to the heading whose words it has"


def judge_leads(case: Case) -> Iterator[Finding]:
    """Links that show one address or heading and lead to another.

    Where references and citations lead is for P3 and P4 to ask, where an author's own links do for P5.
    """
    reading = case.reading
    headings = {reading.text(heading): heading for heading in reversed(case.of(Role.HEADING))}
    topics = {squeeze(topic.title): case.atlas.address(topic) for topic in case.atlas.topics}
    listed = reference_list(case) if case.topic.references else None
    for link in case.of(Role.LINK):
        if listed and listed.start <= link.start < listed.end:
            continue
        shown = reading.text(link)
        if shown in topics and link.target is None and link.address != topics[shown]:
            yield Finding(
                link.place, f"a link to {topics[shown] or 'the topic in this file'}", _led(link.address), _HELP
            )
        elif _ADDRESS.fullmatch(shown):
            address = link.address.removeprefix("mailto:")
            # A link may go on in the next line.
            if shown.removeprefix("mailto:") not in squeeze(address):
                yield Finding(link.place, f"a link to {short(shown)}", _led(link.address), _HELP)
        elif shown in headings and "://" not in link.address:
            heading = headings[shown]
            target = link.target
            if target is None or not (
                target.start <= heading.start <= target.end or heading.holds(target.start, target.end)
            ):
                said = short(reading.excerpt(link.start, link.end))
                found = "it leads nowhere" if target is None else f"it leads to {target.place}"
                yield Finding(link.place, f"a link to the heading “{said}”", found, _HELP)


def _led(address: str) -> str:
    return f"a link to {short(address)}" if address else "no link that a hand can find, or one without an address"
