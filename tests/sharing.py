"""What several tests need, made once in a run: whichever worker needs it first makes it, others wait for it."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """The folder of that name, which `make` fills; tests may not change it."""
    base = tmp_path_factory.getbasetemp()
    # Workers have a folder each, within that of the run.
    shared = base.parent if base.name.startswith("popen-") else base
    folder, whole = shared / name, shared / f"{name}.whole"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            make(folder)
            whole.touch()
    return folder
