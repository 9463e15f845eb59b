"""P4: each citation stands behind its words with its number, leads to its reference, and that leads back."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from atlas_print.prove.case import Case, section_name, section_spans
from atlas_print.prove.entries import Entry, ReferenceList, reference_list
from atlas_print.prove.reading import Element, Role
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import BRACKETS, Cited, citations, section_lines

_CONTEXTS = (400, 20)
"""Characters before a citation by which its place is found: as many as there are, else these few."""
_SHOWN = 24
_LARGE = frozenset((Role.GROUP, Role.LIST, Role.TABLE))
"""A link to one of these leads to no citation in particular."""

_HELP_PLACE = "print each citation where the source has it, as its numbers in brackets"
_HELP_LINK = "make each number a link to the entry of that number in the reference list"
_HELP_BACK = "give each entry a link to each place that cites it"


@dataclass(slots=True)
class _Brackets:
    """Numbers in brackets as the file shows them; `at` is their place in the text without brackets."""

    start: int
    end: int
    at: int
    numbers: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    is_claimed: bool = field(default=False)

    def __str__(self) -> str:
        return f"[{', '.join(map(str, self.numbers))}]"


def judge_citations(case: Case) -> list[Finding]:
    """What is wrong with the citations of a topic, or of what a handout prints of it."""
    listed = reference_list(case)
    if listed is None:
        return [Finding("the whole file", "citations that lead to a list of references", "no such list", _HELP_LINK)]
    text = _Text(case, listed)
    findings: list[Finding] = []
    for where, line, start, end in _expected(case):
        for cited in line:
            found = text.claim(cited, start, end)
            if isinstance(found, Finding):
                findings.append(found)
                continue
            findings += _links(case, listed, found)
            if not case.is_handout:
                findings += _back_links(case, listed, found)
        text.rest()
        _ = where
    return findings + list(text.unclaimed())
