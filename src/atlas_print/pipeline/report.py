"""Problems as text, JSON and SARIF; where the numbers of a build come from."""

import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from atlas_print.atlas import Atlas
from atlas_print.problems import Place, Problem, Severity
from atlas_print.profiles import DEFAULT_PROFILE

if TYPE_CHECKING:
    # `check` reports too, and has no need to wait for the typesetter to start.
    from atlas_print.pipeline.result import Result

_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
SARIF_LEVELS = {Severity.ERROR: "error", Severity.ADVICE: "note"}


def problems_text(problems: Sequence[Problem]) -> str:
    """Each problem with its help, and a closing count."""
    lines = [f"{problem}\n" for problem in problems]
    count = sum(problem.severity is Severity.ERROR for problem in problems)
    if count:
        lines.append(f"{count} problem{'s' if count != 1 else ''}.")
    return "\n".join(lines)


def problems_json(problems: Sequence[Problem]) -> str:
    """The problems as a JSON list, fields as in `Problem`; line and column are null for a whole file."""
    return json.dumps([_fields(problem) for problem in problems], ensure_ascii=False, indent=2)


def problems_sarif(problems: Sequence[Problem]) -> str:
    """The problems as a SARIF 2.1.0 log, which code hosts and editors show in place."""
    rules = sorted({problem.rule for problem in problems})
    return sarif_log([{"id": rule} for rule in rules], [_sarif(problem) for problem in problems])


def sarif_log(rules: Sequence[Mapping[str, Any]], results: Sequence[Mapping[str, Any]]) -> str:
    """A SARIF log of one run of ours."""
    driver = {"name": "atlas-print", "version": version("atlas-print"), "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def sarif_uri(file: str) -> str:
    """A file as SARIF names it: an absolute path as a file address, any other as a relative one."""
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def sarif_place(place: Place) -> dict[str, Any]:
    """A place of the source as SARIF's physical location."""
    location: dict[str, Any] = {"artifactLocation": {"uri": sarif_uri(place.file)}}
    if place.line:
        location["region"] = {"startLine": place.line, "startColumn": max(place.column, 1)}
    return location


def profile_sources(atlas: Atlas, results: "Sequence[Result]") -> list[str]:
    """A line for each large-print profile in use: where its numbers come from."""
    exports = [result.task.export for result in results if result.task.export.kind == "large-print"]
    used = dict.fromkeys(export.settings.get("profile", DEFAULT_PROFILE) for export in exports)
    return [f"{name}: {atlas.profiles[name].source}" for name in used]


def unmade(atlas: Atlas) -> list[str]:
    """A line for each topic that is made without an export, and one for the drafts, which are not made."""
    said = [f"{topic.slug} is made without {', '.join(topic.without)}." for topic in atlas.topics if topic.without]
    drafts = [topic.slug for topic in atlas.others if topic.is_draft]
    if drafts:
        them = "it" if len(drafts) == 1 else "them"
        said.append(f"Not published, as a draft: {', '.join(drafts)}. `atlas-print build --drafts` makes {them}.")
    return said


def _fields(problem: Problem) -> dict[str, Any]:
    return {
        "file": problem.place.file,
        "line": problem.place.line or None,
        "column": problem.place.column or None,
        "severity": problem.severity.value,
        "rule": problem.rule,
        "what": problem.what,
        "help": problem.help,
    }


def _sarif(problem: Problem) -> dict[str, Any]:
    return {
        "ruleId": problem.rule,
        "level": SARIF_LEVELS[problem.severity],
        "message": {"text": f"{problem.what}\nhelp: {problem.help}"},
        "locations": [{"physicalLocation": sarif_place(problem.place)}],
    }
