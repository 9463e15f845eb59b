"""P5 and P6 for a voice: a name (aria-label, a link's /Contents) says no more than the source or a label."""

import re
from collections.abc import Iterator, Sequence

from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_NUMBER = re.compile(r"\d+")
_SCHEMES = frozenset(map(squeeze, ("DOI", "PMID", "PMCID", "PubMed", "PubMed Central")))

_HELP = "let the name of the link say what its text says, with the same numbers, and nothing but a label beside it"


def judge_names(reading: Reading, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """Names that tell a voice something else than the text tells the eye, in topics and outside of them."""
    for element, name in reading.names:
        case = next((it for it in cases if it.start <= element.start and element.end <= it.end), None)
        said, shown = squeeze(name), reading.text(element)
        # A voice says the name of a part of a book in place of all its words; of what only groups others, before them.
        is_instead = reading.book is not None and element.role not in (Role.LINK, Role.GROUP)
        if said == shown or (not is_instead and _is_right(said, shown, element, case, labels)):
            continue
        expected = f"a name that says “{short(reading.excerpt(element.start, element.end))}”"
        yield Finding(element.place, expected, f"“{short(name)}”", _HELP, case.place if case else None)


def _is_right(name: str, shown: str, element: Element, case: Case | None, labels: Labels) -> bool:
    """Whether a name is a text of the source or a label, or a label with the end of the text: "DOI 10.1000/1"."""
    if case is not None and (name == squeeze(case.topic.title) or any(name == it.flat for it in case.body)):
        return True
    if labels.covers_whole(name):
        return True
    if labels.covers(name):
        # Such as "back to page 5" on a 5: what it counts is what is shown, or the number of its reference.
        told, seen = set(_NUMBER.findall(name)), set(_NUMBER.findall(shown))
        return seen <= told <= {*seen, *_own_number(case, element)}
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
