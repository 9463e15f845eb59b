"""Problems are values: where, what is wrong, what to write instead."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """An error stops a build; advice never does."""

    ERROR = "error"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in a source file: its path from the project folder, line and column from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing for an author to mend; `rule` is a stable id such as "unknown-citation"."""

    place: Place
    rule: str
    what: str
    help: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        label = "" if self.severity is Severity.ERROR else "advice: "
        return f"{self.place}: {label}{self.what}\nhelp: {self.help}"


def errors(problems: "list[Problem]") -> "list[Problem]":
    """Those problems that stop a build."""
    return [problem for problem in problems if problem.severity is Severity.ERROR]
