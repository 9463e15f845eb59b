"""Ace by DAISY, the judge of an EPUB's accessibility. It reads the pages in Chromium."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .chromium import BROWSER

TOOLS = BROWSER.parent
PATIENCE_TO_START = 60  # seconds
PATIENCE_PER_BOOK = 60


def check(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Judge EPUBs, all in one browser; the findings are the violations of any impact."""
    node = shutil.which("node")
    if node is None or not (TOOLS / "node_modules").is_dir():
        raise RuntimeError("Ace is not installed: ./run test installs it")
    for path in paths:
        path.stat()  # a missing file is the test's fault, not a finding
    with tempfile.TemporaryDirectory(prefix="ace-", ignore_cleanup_errors=True) as folder:
        done = subprocess.run(
            [node, str(TOOLS / "ace-batch.cjs"), folder, *(str(path.absolute()) for path in paths)],
            env=_environment(Path(folder) / "home"),
            capture_output=True,
            text=True,
            timeout=PATIENCE_TO_START + PATIENCE_PER_BOOK * len(paths),
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"Ace did not run:\n{(done.stdout + done.stderr)[-2000:]}")
        return {path: _findings(Path(folder) / str(number)) for number, path in enumerate(paths)}


def _environment(home: Path) -> dict[str, str]:
    """Return the environment of a run that leaves nothing in the user's own folders."""
    home.mkdir()
    folders = {f"XDG_{kind}_HOME": str(home) for kind in ("CACHE", "CONFIG", "DATA", "STATE")}
    browser = {
        "PUPPETEER_EXECUTABLE_PATH": str(BROWSER),
        "ACE_TIMEOUT_INITIAL": str(PATIENCE_TO_START * 1000),
    }
    return {**os.environ, **folders, **browser, "TMPDIR": str(home)}


def _findings(folder: Path) -> list[str]:
    error = folder / "error.txt"
    if error.exists():
        return [f"not checked to its end: {error.read_text(encoding='utf-8')}"]
    report = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    findings = [
        _finding(document["earl:testSubject"]["url"], violation)
        for document in report["assertions"]
        for violation in document["assertions"]
        if violation["earl:result"]["earl:outcome"] != "pass"
    ]
    if not findings and report["earl:result"]["earl:outcome"] != "pass":
        findings.append("failed with no violation")
    return findings


def _finding(document: str, violation: dict[str, Any]) -> str:
    test, result = violation["earl:test"], violation["earl:result"]
    place = ", ".join(result.get("earl:pointer", {}).get("css", []))
    reason = " ".join(result.get("dct:description", test["dct:description"]).split())
    return f"{test['earl:impact']} {test['dct:title']} {document} {place}: {reason}"
