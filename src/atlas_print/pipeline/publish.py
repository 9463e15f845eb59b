"""Publishing: the files of a build that may go out, the report, and the manifest that says what was proven when."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from atlas_print.atlas import Atlas
from atlas_print.pipeline.plan import Task, plan, withheld
from atlas_print.pipeline.result import Result, outcomes, tally

MANIFEST = "manifest.json"
REPORT = "report.html"
DRAFTS = "drafts"
"""The folder below output/ that drafts are made into: what else is there of a build stands beside it."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What the manifest says of a file that is there: the day of its making and proof, and the source that was proven.

    `is_same` is whether the file is the one that was proven; `kept` says how many promises were. Unknown is "".
    """

    on: str
    source: str
    kept: str
    version: str
    is_same: bool


def publish(
    output: Path, results: Sequence[Result], report: str, made_on: date, sources: Mapping[str, str], *, whole: bool
) -> None:
    """Writes every result and the report into `output`, then the manifest; `sources` has the sum of each by its path.

    Everything is written to a folder beside its place first, so that a full disk or a power cut leaves whole
    files. `whole`: the results are the whole atlas, so what an earlier build left over is removed.
    """
    output.mkdir(parents=True, exist_ok=True)
    before = read_manifest(output)
    files = {} if whole else dict(before.get("files", {}))
    files |= {result.task.path: _entry(result, made_on, sources[result.task.path]) for result in results}
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=output))
    try:
        for result in results:
            _write(staging / result.task.path, result.data)
        _write(staging / REPORT, report.encode())
        _write(staging / MANIFEST, _manifest(dict(sorted(files.items())), report))
        for path in (*(result.task.path for result in results), REPORT, MANIFEST):
            target = output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    _remove(output, [path for path in before.get("files", {}) if path not in files])


def withdraw(output: Path, atlas: Atlas) -> None:
    """Removes what earlier builds published of topics that are drafts now, or that are made without that export.

    A book that holds one of them goes too, until it can be made without it.
    """
    before = read_manifest(output)
    files = before.get("files", {})
    gone = {task.path for task in withheld(atlas)} & files.keys()
    slugs = {topic.slug for topic in (*atlas.topics, *atlas.others)}
    for task in plan(atlas):
        held = files.get(task.path, {}).get("topics", ()) if task.slug is None else ()
        if slugs.intersection(held).difference(task.topics):
            gone.add(task.path)
    if gone:
        kept = {path: entry for path, entry in files.items() if path not in gone}
        _write(output / MANIFEST, json.dumps({**before, "files": kept}, ensure_ascii=False, indent=2).encode() + b"\n")
        _remove(output, gone)


def _remove(output: Path, paths: Iterable[str]) -> None:
    """Removes files that a manifest of ours lists, and nothing outside the folder, whatever the manifest says."""
    for path in paths:
        stale = (output / path).resolve()
        if stale.is_relative_to(output.resolve()) and stale.is_file():
            stale.unlink()
            if stale.parent != output.resolve() and not any(stale.parent.iterdir()):
                stale.parent.rmdir()


def renew_report(output: Path, report: str) -> None:
    """Writes the report of an output folder whose files stay as they are, and its sum in the manifest if there is one.

    OSError if it can't be written.
    """
    before = read_manifest(output)
    new = {REPORT: report.encode()} | ({MANIFEST: _manifest(before["files"], report)} if before else {})
    for name, data in new.items():
        staged = output / f".{name}.new"
        try:
            _write(staged, data)
            staged.replace(output / name)
        finally:
            staged.unlink(missing_ok=True)


def read_manifest(output: Path) -> dict[str, Any]:
    """The manifest of the last build; empty if there is none that can be read."""
    try:
        manifest = json.loads((output / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else {}


def proven(output: Path) -> dict[str, Proven]:
    """By path, what is known of each file of the last builds that is still there."""
    found = {}
    for path, entry in read_manifest(output).get("files", {}).items():
        sum_ = sha256_of(output / path)
        if isinstance(entry, dict) and sum_:
            proof = entry.get("proven")
            proof = proof if isinstance(proof, dict) else {}
            on, source, version_ = (str(proof.get(key, "")) for key in ("on", "source", "atlas_print"))
            found[path] = Proven(on, source, str(entry.get("kept", "")), version_, sum_ == entry.get("sha256"))
    return found


def published(output: Path, task: Task, source: str, known: Mapping[str, Proven]) -> bytes | None:
    """The file of a task as it was published, if it was proven against that source by this version and is unchanged."""
    proof = known.get(task.path)
    if proof is None or not proof.is_same or (proof.source, proof.version) != (source, version("atlas-print")):
        return None
    return (output / task.path).read_bytes()


def sha256_of(file: Path) -> str:
    """The sum of a file, "" if it can't be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def _manifest(files: Mapping[str, Any], report: str) -> bytes:
    data = report.encode()
    about = {"path": REPORT, "sha256": hashlib.sha256(data).hexdigest(), "bytes": len(data)}
    return (json.dumps({"files": files, "report": about}, ensure_ascii=False, indent=2) + "\n").encode()


def _entry(result: Result, made_on: date, source: str) -> dict[str, Any]:
    unknown = [
        {"promise": verdict.promise, "where": it.where, "what": it.what}
        for verdict in result.verdicts
        for it in verdict.not_told
    ]
    return {
        "sha256": hashlib.sha256(result.data).hexdigest(),
        "bytes": len(result.data),
        "pages": result.pages,
        "topic": result.task.slug,
        **({"topics": list(result.task.topics)} if result.task.slug is None else {}),
        "export": result.task.export.name,
        "made_on": made_on.isoformat(),
        "proven": {"on": made_on.isoformat(), "source": source, "atlas_print": version("atlas-print")},
        "kept": tally(outcomes(result)),
        "promises": {verdict.promise: verdict.outcome.value for verdict in result.verdicts},
        **({"not_told": unknown} if unknown else {}),
    }


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
