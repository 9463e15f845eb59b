"""What a proof says of each promise: kept, broken, not told or not applicable, with every finding."""

from dataclasses import dataclass
from enum import StrEnum

from atlas_print.problems import Place
from atlas_print.prove.reading.limits import NotTold


class Outcome(StrEnum):
    """How a promise fared in one file."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_TOLD = "not told"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a file breaks a promise: where, what should stand there, what does, what an author can do.

    `source` is the place in the content that it is about, None for none in particular.
    """

    where: str
    expected: str
    found: str
    help: str
    source: Place | None = None

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}; found {self.found}\nhelp: {self.help}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise judged on one file; `promise` is its stable id.

    `not_told` is what no program can know of this file: with any of it, a promise that isn't broken isn't kept either.
    `reason` says why it does not apply, or what of it could not be judged.
    """

    promise: str
    title: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str = ""
    not_told: tuple[NotTold, ...] = ()
