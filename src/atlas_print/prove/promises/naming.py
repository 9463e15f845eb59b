"""P5 and P6 for a voice: what names an element (aria-label, a link's /Contents) says no more than its text."""

import re
from collections.abc import Iterator, Sequence

from atlas_print.prove.case import Case
from atlas_print.prove.promises.entries import ReferenceList, reference_list
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Furniture
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_NUMBER = re.compile(r"\d+")
_SCHEMES = frozenset(map(squeeze, ("DOI", "PMID", "PMCID", "PubMed", "PubMed Central")))

_HELP = "let the name of the link say what its text says, with the same numbers, and nothing but a label beside it"


def judge_names(reading: Reading, cases: Sequence[Case], beside: Furniture) -> Iterator[Finding]:
    """Names that tell a voice something else than the text tells the eye, in topics and outside of them."""
    lists = [(case, reference_list(case) if case.topic.references else None) for case in cases]
    for element, name in reading.names:
        listed = next(
            (listed for case, listed in lists if case.start <= element.start and element.end <= case.end), None
        )
        shown = reading.text(element)
        numbers = {*_NUMBER.findall(shown), *_own_number(listed, element)}
        said = squeeze(name)
        # A voice may say the name of part of a book in place of all its words; of what only groups others, before them.
        is_instead = reading.book is not None and element.role not in (Role.LINK, Role.GROUP)
        is_right = said == shown if is_instead else _is_right(said, shown, element, beside)
        if not is_right or not numbers.issuperset(_NUMBER.findall(name)):
            expected = f"a name that says “{short(reading.excerpt(element.start, element.end))}”"
            yield Finding(element.place, expected, f"“{short(name)}”", _HELP)


def _own_number(listed: ReferenceList | None, element: Element) -> Iterator[str]:
    """The number of the reference that an element stands in."""
    for entry in listed.entries if listed else ():
        if entry.holds(element) and entry.number is not None:
            yield str(entry.number)


def _is_right(name: str, shown: str, element: Element, beside: Furniture) -> bool:
    """Whether a name is its text, a label, or a label with the end of the text: "DOI 10.1000/1" on an address."""
    if name == shown:
        return True
    if beside.covers(name):
        # Such as "back to page 5" on a 5.
        return not (name and shown) or shown in _NUMBER.findall(name) or beside.covers(shown)
    if element.role is not Role.LINK:
        return name in shown
    same = 0
    while same < min(len(name), len(shown)) and name[-1 - same] == shown[-1 - same]:
        same += 1
    labels = (name[: len(name) - length] for length in range(same, 0, -1))
    return any(label in _SCHEMES or beside.covers(label) for label in labels)
