"""Whether there is anything to do at all: known without reading a topic or a finished file."""

from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from atlas_print.pipeline.store.manifest import REPORT, Proven, proven
from atlas_print.pipeline.store.memory import Memory
from atlas_print.pipeline.store.program import program, sum_of_folders

_INPUTS = ("content", "layouts", "fonts")
"""The folders of a project that files are made of."""


def inputs_of(project: Path) -> str:
    """The sum of all that every file of a project is made of."""
    return f"{program()}-{sum_of_folders(project, _INPUTS)}"


def nothing_to_do(memory: Memory, manifest: Mapping[str, Any], inputs: str) -> str:
    """The line that says so, where the last build made all of these `inputs` and every file is as it was; else ""."""
    files = manifest.get("files", {})
    if not files or not memory.is_whole(inputs) or not is_report_there(memory, manifest):
        return ""
    known = proven(manifest, memory.sum_of)
    if known.keys() != files.keys() or not all(proof.is_same for proof in known.values()):
        return ""
    return f"Nothing to do: {unchanged_line(known.values())}"


def is_report_there(memory: Memory, manifest: Mapping[str, Any]) -> bool:
    """Whether the report is the one that the manifest knows."""
    return bool(memory.sum_of(REPORT)) and manifest.get("report", {}).get("sha256") == memory.sum_of(REPORT)


def unchanged_line(proofs: Collection[Proven]) -> str:
    """How many files stand as they were proven, when that was, and of how many not all could be told."""
    days = sorted({proof.day for proof in proofs if proof.day is not None})
    said = [f"{day.day} {day:%B} {day.year}" for day in dict.fromkeys((days[0], days[-1]))] if days else []
    when = f"between {said[0]} and {said[1]}" if len(said) > 1 else f"on {said[0]}" if said else "before"
    many = "1 file is" if len(proofs) == 1 else f"{len(proofs)} files are"
    line = f"{many} unchanged, proven {when}, not read this time."
    untold = sum("not told" in proof.kept for proof in proofs)
    if untold:
        line += f" {untold} of them {'has' if untold == 1 else 'have'} promises that are not told: see {REPORT}."
    return line
