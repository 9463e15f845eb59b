"""A new project folder that builds at once."""

import shutil
from pathlib import Path

_STARTER = Path(__file__).resolve().parents[1] / "starter"


def new_project(folder: Path) -> None:
    """Copies the starter project into `folder`, which may exist but must be empty; OSError if it can't be written."""
    shutil.copytree(_STARTER, folder, dirs_exist_ok=True)
    (folder / ".gitignore").write_text("output/\n", "utf-8")
