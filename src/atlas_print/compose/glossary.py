"""Glossary terms at their first use."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from atlas_print.atlas import Term


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is said of a term where it first stands; `full` is None where the text around it writes it out."""

    name: str
    full: str | None
    plain: str


@dataclass
class Glossary:
    """The terms of an atlas; each is explained once, where it is first used as a word of its own.

    `spellings` has the term of each form in which one may stand in a text.
    """

    terms: Mapping[str, Term]
    spellings: Mapping[str, str]
    explained: dict[str, Term] = field(default_factory=dict)

    def __post_init__(self) -> None:
        # Longest first, so that "RBC:TP" is not taken for "RBC".
        names = sorted(self.spellings, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    def explain(self, text: str) -> list[Explanation]:
        """The terms that the text uses for the first time, in the order of the text."""
        if self._pattern is None:
            return []
        used = dict.fromkeys(self.spellings[match.group()] for match in self._pattern.finditer(text))
        found = [name for name in used if name not in self.explained]
        self.explained.update((name, self.terms[name]) for name in found)
        return [_explanation(name, self.terms[name], text) for name in found]


def _explanation(name: str, term: Term, text: str) -> Explanation:
    is_written_out = term.full is not None and term.full.casefold() in text.casefold()
    return Explanation(name, None if is_written_out else term.full, term.plain)
