"""The manifest of an output folder: what was proven of each file, when, and of what it was made."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"
REPORT = "report.html"
DRAFTS = "drafts"
"""The folder below output/ that drafts are made into: what else is there of a build stands beside it."""


@dataclass(frozen=True, slots=True)
class Proven:
    """What the manifest says of a file that is there: the day of its making and proof, and the source that was proven.

    `kept` says how many promises were, `fingerprint` is over all that the file was made of; unknown is "". `is_same` is
    whether the file is the one that was proven, which has the sum `sha256`.
    """

    on: str
    source: str
    fingerprint: str
    kept: str
    sha256: str
    is_same: bool

    @property
    def day(self) -> date | None:
        """The day as a date; None for none that can be read."""
        try:
            return date.fromisoformat(self.on)
        except ValueError:
            return None


def read_manifest(output: Path) -> dict[str, Any]:
    """The manifest of the last build; empty if there is none that can be read."""
    try:
        manifest = json.loads((output / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return manifest if isinstance(manifest, dict) and isinstance(manifest.get("files"), dict) else {}


def proven(manifest: Mapping[str, Any], sum_of: Callable[[str], str]) -> dict[str, Proven]:
    """By path, what is known of each file of earlier builds that is there; `sum_of` gives "" for one that isn't."""
    found = {}
    for path, entry in manifest.get("files", {}).items():
        sum_ = sum_of(path)
        if isinstance(entry, dict) and sum_:
            proof = entry.get("proven")
            proof = proof if isinstance(proof, dict) else {}
            on, source, fingerprint = (str(proof.get(key, "")) for key in ("on", "source", "fingerprint"))
            same = sum_ == entry.get("sha256")
            found[path] = Proven(on, source, fingerprint, str(entry.get("kept", "")), sum_, same)
    return found


def sha256_of(file: Path) -> str:
    """The sum of a file, "" if it can't be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError:
        return ""


def manifest_of(files: Mapping[str, Any], report: Mapping[str, Any]) -> bytes:
    """A manifest of these entries, by path, and of what it says of the report."""
    return (json.dumps({"files": files, "report": report}, ensure_ascii=False, indent=2) + "\n").encode()
