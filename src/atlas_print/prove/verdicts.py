"""What a proof says: kept, broken or not applicable, with every finding."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """How a promise fared in one file."""

    KEPT = "kept"
    BROKEN = "broken"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, slots=True)
class Finding:
    """One way in which a file breaks a promise: where, what should stand there, what does, what an author can do."""

    where: str
    expected: str
    found: str
    help: str

    def __str__(self) -> str:
        return f"{self.where}: expected {self.expected}; found {self.found}\nhelp: {self.help}"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One promise judged on one file; `promise` is its stable id.

    `reason` says why it does not apply, or what of it could not be judged.
    """

    promise: str
    title: str
    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    reason: str = ""
