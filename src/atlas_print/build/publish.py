"""Publishing: all files of a build or none of them, and the manifest that says what was proven."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from atlas_print.build.make import Result

MANIFEST = "manifest.json"


def publish(output: Path, results: Sequence[Result], made_on: date, *, whole: bool) -> None:
    """Writes every result into `output`, then the manifest.

    Everything is written to a folder beside its place first, so that a full disk or a power cut leaves whole
    files. `whole`: the results are the whole atlas, so what an earlier build left over is removed.
    """
    output.mkdir(parents=True, exist_ok=True)
    before = read_manifest(output)
    files = {} if whole else dict(before.get("files", {}))
    files |= {result.task.path: _entry(result, made_on) for result in results}
    staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=output))
    try:
        for result in results:
            _write(staging / result.task.path, result.data)
        manifest = json.dumps({"files": dict(sorted(files.items()))}, ensure_ascii=False, indent=2)
        _write(staging / MANIFEST, f"{manifest}\n".encode())
        for path in (*(result.task.path for result in results), MANIFEST):
            target = output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            (staging / path).replace(target)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    for path in before.get("files", {}):
        # Only what a manifest of ours lists, and nothing outside the folder, whatever the manifest says.
        stale = (output / path).resolve()
        if path not in files and stale.is_relative_to(output.resolve()) and stale.is_file():
            stale.unlink()
            if stale.parent != output.resolve() and not any(stale.parent.iterdir()):
                stale.parent.rmdir()


def read_manifest(output: Path) -> dict[str, Any]:
    """The manifest of the last build; empty if there is none that can be read."""
    try:
        manifest = json.loads((output / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else {}


def _entry(result: Result, made_on: date) -> dict[str, Any]:
    return {
        "sha256": hashlib.sha256(result.data).hexdigest(),
        "bytes": len(result.data),
        "pages": result.pages,
        "topic": result.task.slug,
        "export": result.task.export.name,
        "made_on": made_on.isoformat(),
        "promises": {verdict.promise: verdict.outcome.value for verdict in result.verdicts},
    }


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
