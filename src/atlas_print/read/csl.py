"""The data model of CSL-JSON, as far as a record's printed fields can be wrong."""

import re
from typing import Any

from atlas_print.problems import Problem
from atlas_print.read.fields import fold
from atlas_print.read.nodes import Mapping, Node, Scalar, Sequence, plain

# The types of CSL 1.0.2, appendix III: https://docs.citationstyles.org/en/stable/specification.html
TYPES = frozenset(
    """
    article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection
    dataset document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case
    legislation manuscript map motion_picture musical_score pamphlet paper-conference patent performance
    periodical personal_communication post post-weblog regulation report review review-book software song speech
    standard thesis treaty webpage
    """.split()
)
USUAL_TYPES = ("article-journal", "report", "webpage", "chapter")
TEXTS = frozenset(
    """
    title container-title container-title-short journalAbbreviation collection-title collection-number publisher
    publisher-place volume issue page number article-number edition version genre event event-title
    """.split()
)
NAMES = frozenset("author editor translator container-author collection-editor".split())
DATES = frozenset("issued accessed original-date submitted event-date".split())


def check_values(name: str, node: Mapping, problems: list[Problem]) -> None:
    """Tells every printed field of a record whose value has another shape than CSL gives it."""
    for key, value in node.entries:
        if key.text in NAMES and not _are_names(value):
            what = f"{name} has a malformed {key.text}"
            help_ = 'write [{"family": "...", "given": "..."}], or [{"literal": "..."}] for a group'
            problems.append(Problem(value.place, "malformed-name", what, help_))
        elif key.text in DATES and not _is_date(plain(value)):
            what = f"{name} has a malformed date in {key.text}"
            help_ = 'write {"date-parts": [[2024, 5, 31]]}, with month and day where they are known'
            problems.append(Problem(value.place, "malformed-date", what, help_))
        elif key.text in TEXTS and not is_text(value):
            what, help_ = f"{name} has a {key.text} that is not a text", f'write "{key.text}": "..."'
            problems.append(Problem(value.place, "wrong-shape", what, help_))


def is_text(value: Node | None) -> bool:
    """Whether a field is absent or a single text or number."""
    return value is None or (isinstance(value, Scalar) and not isinstance(value.value, bool))


def word(value: Any) -> str:
    """A scalar of CSL as text: numbers as digits, everything else but text as nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return fold(str(value)) if "\n" not in str(value) else str(value).strip()


def _are_names(value: Node) -> bool:
    return isinstance(value, Sequence) and all(
        isinstance(person, Mapping) and _has_name(person) for person in value.items
    )


def _has_name(person: Mapping) -> bool:
    names = (person.get("family"), person.get("literal"), person.get("given"))
    return any(isinstance(part, Scalar) and isinstance(part.value, str) and fold(part.value) for part in names)


def _is_date(value: Any) -> bool:
    if isinstance(value, str):
        return re.fullmatch(r"-?\d{4}(-\d\d?(-\d\d?)?)?(/.*)?", value) is not None
    if not isinstance(value, dict):
        return False
    parts = value.get("date-parts")
    if parts is None:
        return bool(word(value.get("raw")) or word(value.get("literal")))
    return (
        isinstance(parts, list)
        and 1 <= len(parts) <= 2
        and all(isinstance(part, list) and 1 <= len(part) <= 3 and _are_date_parts(part) for part in parts)
    )


def _are_date_parts(part: list[Any]) -> bool:
    if not all(re.fullmatch(r"-?\d{1,4}", str(number)) for number in part):
        return False
    month, day = (*map(int, part[1:]), 1, 1)[:2]
    # Months 13 to 24 are the seasons of CSL and EDTF.
    return 1 <= month <= 24 and 1 <= day <= 31
