"""The engine leaves nothing behind on the machine that it ran on."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.prove.press import SAMPLE


@pytest.mark.parametrize("name", ["temporary", "too-long-for-a-socket" * 5])
def test_no_temporary_folder_is_left(tmp_path: Path, name: str) -> None:
    temporary = tmp_path / name
    temporary.mkdir()
    # Workers are processes of their own, which end in another way than this one does.
    command = [
        str(Path(sys.executable).with_name("atlas-print")),
        "build",
        "--project",
        str(SAMPLE),
        "--output",
        "made",
    ]
    subprocess.run(command, cwd=tmp_path, env=os.environ | {"TMPDIR": str(temporary)}, check=True, capture_output=True)
    assert list((tmp_path / "made").rglob("*.pdf"))
    assert list(temporary.iterdir()) == []
