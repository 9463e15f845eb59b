"""Publishing: the files of a build that may go out, the report, and the manifest that says what was proven when."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from atlas_print.atlas import Atlas
from atlas_print.pipeline.plan import plan, withheld
from atlas_print.pipeline.result import Result, outcomes, tally
from atlas_print.pipeline.sources import Origin
from atlas_print.pipeline.store.journal import change
from atlas_print.pipeline.store.manifest import MANIFEST, REPORT, manifest_of, read_manifest


def publish(
    output: Path,
    results: Sequence[Result],
    report: str,
    made_on: date,
    origins: Mapping[str, Origin],
    planned: Collection[str] | None = None,
) -> None:
    """Puts every result, the report and the manifest into `output`, all or none; OSError if that can't be.

    `origins` says of each by its path what it was made of. `planned` are the paths of the whole atlas: what else
    earlier builds left is removed. Without it nothing is.
    """
    before = read_manifest(output).get("files", {})
    files = {path: entry for path, entry in before.items() if planned is None or path in planned}
    files |= {result.task.path: _entry(result, made_on, origins[result.task.path]) for result in results}
    new = {result.task.path: result.data for result in results} | _last(files, report.encode())
    change(output, new, [path for path in before if path not in files])


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
        change(output, {MANIFEST: manifest_of(kept, before.get("report", {}))}, sorted(gone))


def renew_report(output: Path, report: str) -> None:
    """Writes the report of an output folder whose files stay as they are, and its sum in the manifest if there is one.

    OSError if it can't be written.
    """
    before = read_manifest(output)
    data = report.encode()
    change(output, _last(before["files"], data) if before else {REPORT: data})


def _last(files: Mapping[str, Any], report: bytes) -> dict[str, bytes]:
    """The report and the manifest."""
    about = {"path": REPORT, "sha256": hashlib.sha256(report).hexdigest(), "bytes": len(report)}
    return {REPORT: report, MANIFEST: manifest_of(dict(sorted(files.items())), about)}


def _entry(result: Result, made_on: date, origin: Origin) -> dict[str, Any]:
    unknown = [
        {"promise": verdict.promise, "where": it.where, "what": it.what}
        for verdict in result.verdicts
        for it in verdict.not_told
    ]
    proof = {"on": made_on.isoformat(), "source": origin.source, "fingerprint": origin.fingerprint}
    return {
        "sha256": hashlib.sha256(result.data).hexdigest(),
        "bytes": len(result.data),
        "pages": result.pages,
        "topic": result.task.slug,
        **({"topics": list(result.task.topics)} if result.task.slug is None else {}),
        "export": result.task.export.name,
        "made_on": made_on.isoformat(),
        "proven": {**proof, "atlas_print": version("atlas-print")},
        "kept": tally(outcomes(result)),
        "promises": {verdict.promise: verdict.outcome.value for verdict in result.verdicts},
        **({"not_told": unknown} if unknown else {}),
    }
