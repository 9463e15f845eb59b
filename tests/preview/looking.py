"""A preview as a browser shows it, while a topic is saved."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.validators.axe import TOOLS
from tests.validators.chromium import BROWSER

_PATIENCE = 300
"""Seconds."""


def looked(project: Path, slug: str, before: str, after: str, wrong: str) -> dict[str, Any]:
    """What a reader saw and heard of a topic in whose file `before` was replaced: see tests/tools/preview.cjs.

    And what the command printed in the `terminal`, with its exit `code`, after Ctrl-C.
    """
    node = shutil.which("node")
    assert node, "node is not installed: ./run test installs it"
    file = project / "content" / "topics" / f"{slug}.md"
    command = [sys.executable, "-c", "from atlas_print.cli import main; main()"]
    arguments = ["preview", "--project", str(project), "--port", "0"]
    with subprocess.Popen([*command, *arguments], stdout=subprocess.PIPE, text=True) as shown:
        try:
            assert shown.stdout
            found = re.search(r"http://127\.0\.0\.1:\d+/", shown.stdout.readline())
            assert found
            done = subprocess.run(
                [node, str(TOOLS / "preview.cjs"), f"{found[0]}topic/{slug}", str(file), before, after, wrong],
                env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(BROWSER)},
                capture_output=True,
                text=True,
                timeout=_PATIENCE,
                check=False,
            )
            assert done.returncode == 0, done.stderr
        finally:
            shown.send_signal(signal.SIGINT)
            said, _ = shown.communicate(timeout=_PATIENCE)
    told: dict[str, Any] = json.loads(done.stdout)
    return {**told, "code": shown.returncode, "terminal": said}
