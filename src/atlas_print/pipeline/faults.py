"""What is wrong with the files of a build or of `verify`, for an author: one thing is told once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from atlas_print.pipeline.comparison import differences
from atlas_print.pipeline.result import Result
from atlas_print.problems import Place, Problem
from atlas_print.prove import Finding, Outcome, Verdict
from atlas_print.prove.parity import Parity

BROKEN = "broken-"
"""What the rule of a broken promise starts with, before its id."""


@dataclass(slots=True)
class Fault:
    """One way in which a promise is broken, with all the files that break it in that way."""

    verdict: Verdict
    finding: Finding
    place: Place
    files: list[str] = field(default_factory=list)


def problems(results: Sequence[Result], parities: Mapping[str, Parity]) -> list[Problem]:
    """Everything to mend, in the order of the source, then of the files."""
    found = [problem for result in results for problem in result.problems]
    found += map(_problem, faults(results))
    found += differences(parities, results)
    return sorted(dict.fromkeys(found), key=lambda problem: problem.place)


def faults(results: Sequence[Result]) -> Iterator[Fault]:
    """The broken promises; what several files say of one place of the source is one fault.

    A finding without a place is one fault where the files of a topic say the same.
    """
    merged: dict[tuple[object, ...], Fault] = {}
    for result in results:
        for verdict in result.verdicts:
            if verdict.outcome is Outcome.BROKEN:
                seen: dict[tuple[object, ...], int] = {}
                for finding in verdict.findings:
                    key = _key(result, verdict, finding)
                    if finding.source is None:
                        # Two places of one file are two things to mend, though they read alike.
                        seen[key] = seen.get(key, 0) + 1
                        key = (*key, seen[key])
                    fault = merged.setdefault(key, Fault(verdict, finding, finding.source or result.place))
                    if result.file not in fault.files:
                        fault.files.append(result.file)
    yield from merged.values()


def _key(result: Result, verdict: Verdict, finding: Finding) -> tuple[object, ...]:
    if finding.source is not None:
        return (verdict.promise, finding.source, finding.expected, finding.help)
    return (verdict.promise, result.task.slug, finding.expected, finding.found, finding.help)


def _problem(fault: Fault) -> Problem:
    finding, verdict = fault.finding, fault.verdict
    names = ", ".join(fault.files[:-1]) + " and " + fault.files[-1] if len(fault.files) > 1 else fault.files[0]
    what = (
        f"{names} break{'' if len(fault.files) > 1 else 's'} the promise {verdict.promise} ({verdict.title}): "
        f"{finding.where}: expected {finding.expected}; found {finding.found}"
    )
    return Problem(fault.place, f"{BROKEN}{verdict.promise}", what, finding.help)
