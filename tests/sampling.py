"""The part that a run of ten minutes tries: another one at each revision, and all of it under --long."""

import subprocess
from functools import cache
from zlib import crc32

from tests.making import ROOT


@cache
def revision() -> str:
    """The commit that is checked out, which changes still to be committed leave as it is; "" outside of git."""
    asked = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def turn(name: str, turns: int) -> int:
    """Which of so many parts of what is called so this revision tries, counted from 0."""
    return crc32(f"{revision()} {name}".encode()) % turns
