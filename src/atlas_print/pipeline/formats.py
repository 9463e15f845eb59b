"""Proofs as text, JSON and SARIF: each file with its promises, and the exports of a topic side by side."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from atlas_print.pipeline.comparison import RULE, differences
from atlas_print.pipeline.faults import Fault, faults
from atlas_print.pipeline.release import Release
from atlas_print.pipeline.report import SARIF_LEVELS, sarif_log, sarif_place, sarif_uri
from atlas_print.pipeline.result import Result
from atlas_print.problems import Problem, Severity
from atlas_print.prove import Finding, Outcome, Verdict
from atlas_print.prove.parity import Parity

PROMISES: Mapping[str, tuple[str, str]] = {
    "P1": ("disclaimer", "The disclaimer stands there word for word, where a reader and a voice get to it."),
    "P2": ("grades", "Each graded section states every part of its grade in words; the scale is explained."),
    "P3": ("references", "Every reference stands there, in order, each DOI, PMID and PMCID as text and as a link."),
    "P4": ("citations", "Each citation stands where the author put it, leads to its reference, and back."),
    "P5": ("words", "The words of the source stand there in its order, alternative texts too; none is lost or added."),
    "P6": ("numbers", "Every number of the source stands there with its sign, its decimal point and its unit."),
    "P7": ("dates", "The date of the last review and the date of making stand there, in two places."),
    "P8": ("access", "Sizes, spacing, margins and navigation are what a reader needs, measured in the finished file."),
}
"""The promises by their id: title, and what is promised in a sentence."""
_RULES: Mapping[str, tuple[str, str]] = {
    "missing-file": ("missing file", "Every file that the atlas makes is there and can be opened."),
    "unreadable": ("unreadable file", "Every file can be read within limits of time and memory."),
    "unknown-file": ("unknown file", "Every file belongs to a topic and an export of the atlas."),
    RULE: ("parity", "The exports of a topic have the same headings, grades, references, links and descriptions."),
}


def results_json(
    results: Sequence[Result],
    parities: Mapping[str, Parity],
    release: Release | None = None,
    unchanged: Sequence[str] = (),
) -> str:
    """What was made or verified: each file with each promise and every finding, then the exports side by side.

    Of a build also what its `release` publishes, which books have topics as they were last published, what it holds
    back, and the paths of what is `unchanged`.
    """
    told: dict[str, Any] = {
        "files": [_file(result) for result in results],
        "parity": [_parity(slug, parity) for slug, parity in parities.items()],
    }
    if release is not None:
        told["published"] = [result.task.path for result in release.results]
        told["topics"] = list(release.topics)
        told["failed"] = list(release.failed)
        told["unchanged"] = list(unchanged)
        told["last_published"] = {path: list(slugs) for path, slugs in release.older.items()}
        told["held_back"] = {path: list(holding) for path, holding in release.held.items()}
    return json.dumps(told, ensure_ascii=False, indent=2)


def results_sarif(results: Sequence[Result], parities: Mapping[str, Parity]) -> str:
    """What was verified as a SARIF 2.1.0 log: a rule for each promise, a result for each finding."""
    rules = [
        {"id": id_, "name": title, "shortDescription": {"text": title}, "fullDescription": {"text": text}}
        for id_, (title, text) in {**PROMISES, **_RULES}.items()
    ]
    others = (problem for result in results for problem in result.problems)
    found = [*map(_broken, faults(results)), *(entry for result in results for entry in _not_told(result))]
    return sarif_log(rules, [*found, *map(_other, others), *map(_other, differences(parities, results))])


def notes(results: Sequence[Result]) -> Iterator[str]:
    """The files with something to say besides "kept": each promise that is broken, not told or does not apply."""
    for result in results:
        lines = [f"  {line}" for verdict in result.verdicts if (line := _note(verdict))]
        if lines and result.proof.measure is None:
            lines = ["  No promise is kept: the file can't be read."]
        if lines:
            yield "\n".join((result.file, *lines))


def _note(verdict: Verdict) -> str:
    name = f"{verdict.promise} {verdict.title}"
    if verdict.outcome is Outcome.BROKEN:
        count = len(verdict.findings)
        where = f" in {count} place{'s' if count != 1 else ''}" if count else f": {verdict.reason}"
        return f"{name}: broken{where}. The promise: {PROMISES[verdict.promise][1]}"
    if verdict.outcome is Outcome.NOT_TOLD:
        return f"{name}: not told: " + "; ".join(f"{it.where}: {it.what}" for it in verdict.not_told) + "."
    if verdict.outcome is Outcome.NOT_APPLICABLE:
        return f"{name}: not applicable: {verdict.reason}."
    return f"{name}: kept, but {verdict.reason}." if verdict.reason else ""


def _file(result: Result) -> dict[str, Any]:
    return {
        "path": result.file,
        "topic": result.task.slug,
        "export": result.task.export.name or None,
        "pages": result.pages,
        "bytes": len(result.data),
        "sha256": hashlib.sha256(result.data).hexdigest() if result.data else None,
        "note": result.note,
        "promises": [_promise(verdict) for verdict in result.verdicts],
        "problems": [{"rule": it.rule, "what": it.what, "help": it.help} for it in result.problems],
    }


def _promise(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.promise,
        "title": verdict.title,
        "outcome": verdict.outcome.value,
        "reason": verdict.reason or None,
        "findings": [_fields(finding) for finding in verdict.findings],
        "not_told": [{"where": it.where, "what": it.what} for it in verdict.not_told],
    }


def _parity(slug: str, parity: Parity) -> dict[str, Any]:
    return {
        "topic": slug,
        "same": parity.is_same,
        "rows": [
            {
                "kind": row.kind,
                "exports": [
                    {"export": name, "has": cell.text, "findings": [_fields(it) for it in cell.findings]}
                    for name, cell in zip(parity.exports, row.cells, strict=True)
                ],
            }
            for row in parity.rows
        ],
    }


def _fields(finding: Finding) -> dict[str, Any]:
    told = {"where": finding.where, "expected": finding.expected, "found": finding.found, "help": finding.help}
    place = finding.source
    return told if place is None else {**told, "source": {"file": place.file, "line": place.line or None}}


def _broken(fault: Fault) -> dict[str, Any]:
    finding = fault.finding
    location = _within(fault.files[0], finding.where)
    if finding.source is not None:
        location["physicalLocation"] = sarif_place(finding.source)
    others = [_within(file, finding.where) for file in fault.files[1:]]
    return {
        "ruleId": fault.verdict.promise,
        "level": SARIF_LEVELS[Severity.ERROR],
        "message": {"text": f"{', '.join(fault.files)}: {finding}"},
        "locations": [location],
        **({"relatedLocations": others} if others else {}),
    }


def _not_told(result: Result) -> Iterator[dict[str, Any]]:
    for verdict in result.verdicts:
        for unknown in verdict.not_told:
            yield {
                "ruleId": verdict.promise,
                "level": "note",
                "message": {"text": f"{result.file}: not told: {unknown.where}: {unknown.what}"},
                "locations": [_within(result.file, unknown.where)],
            }


def _within(file: str, where: str) -> dict[str, Any]:
    """A page or an element of a file, which has no line number: it goes where SARIF has names of places."""
    return {
        "physicalLocation": {"artifactLocation": {"uri": sarif_uri(file)}},
        "logicalLocations": [{"name": where, "kind": "element"}],
    }


def _other(problem: Problem) -> dict[str, Any]:
    location = {"physicalLocation": {"artifactLocation": {"uri": sarif_uri(problem.place.file)}}}
    return {
        "ruleId": problem.rule,
        "level": SARIF_LEVELS[problem.severity],
        "message": {"text": f"{problem.what}\nhelp: {problem.help}"},
        "locations": [location],
    }
