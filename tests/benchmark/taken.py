"""What a command takes: seconds by the clock, seconds of CPU of it and all that it starts, memory of the largest."""

import ctypes
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
"""prctl(2)."""
_AS_ERROR = (os.POSIX_SPAWN_DUP2, 2, 1)
"""Its standard output goes where its errors go."""
_KB = 1024
"""Bytes in the unit of ru_maxrss on Linux."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock and of CPU, bytes of memory of the largest process, bytes made."""

    wall: float
    cpu: float
    memory: int
    size: int = 0

    def __add__(self, other: "Taken") -> "Taken":
        """Both, one after the other."""
        memory = max(self.memory, other.memory)
        return Taken(self.wall + other.wall, self.cpu + other.cpu, memory, self.size + other.size)


def taken(command: Sequence[str | Path], checkout: Path) -> Taken:
    """Runs a command in a checkout, with its modules; RuntimeError with what it said if it fails."""
    # Whoever imported the typesetter shut out the fonts of the machine, which others set their text in.
    kept = {name: value for name, value in os.environ.items() if name != "FONTCONFIG_FILE"}
    environment = {**kept, "PYTHONPATH": os.pathsep.join((str(checkout / "src"), str(checkout)))}
    # A program starts with the memory of whoever started it, so that has to be a small one.
    starter = [sys.executable, "-I", "-S", __file__, *map(str, command)]
    done = subprocess.run(starter, cwd=checkout, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{command} failed:\n{done.stderr[-2000:]}")
    return Taken(*json.loads(done.stdout))


def size_of(folder: Path, *endings: str) -> int:
    """Bytes of the files in a folder that end so."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.name.endswith(endings))


def _main(command: Sequence[str]) -> int:
    """Runs a command and prints what it took, as a list."""
    # Only who waits for a process is told what it took: what outlives the program becomes a child of this one.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    start = time.perf_counter()
    program = os.posix_spawnp(command[0], list(command), os.environ, file_actions=[_AS_ERROR])
    _, status, used = os.wait4(program, 0)
    wall = time.perf_counter() - start
    cpu, memory = used.ru_utime + used.ru_stime, used.ru_maxrss
    while True:
        try:
            _, _, used = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += used.ru_utime + used.ru_stime
        memory = max(memory, used.ru_maxrss)
    print(json.dumps([wall, cpu, memory * _KB]))
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    sys.exit(_main(sys.argv[1:]))
