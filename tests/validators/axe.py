"""axe-core, the judge of an HTML page's accessibility, on wide and narrow windows, in light and dark colours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .chromium import BROWSER

TOOLS = BROWSER.parent
PATIENCE = 120  # seconds


def check(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Judge HTML pages; the findings are the violations of any impact, and a page that is wider than its window."""
    node = shutil.which("node")
    if node is None or not (TOOLS / "node_modules").is_dir():
        raise RuntimeError("axe-core is not installed: ./run test installs it")
    for path in paths:
        path.stat()  # a missing file is the test's fault, not a finding
    done = subprocess.run(
        [node, str(TOOLS / "axe.cjs"), *(str(path.absolute()) for path in paths)],
        env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(BROWSER)},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"axe did not run:\n{(done.stdout + done.stderr)[-2000:]}")
    found = json.loads(done.stdout)
    return {path: found[str(path.absolute())] for path in paths}
