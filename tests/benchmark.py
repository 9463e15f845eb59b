"""How fast it is, in seconds and as ratios of one run: `python -m tests.benchmark`. No test asks for any of it.

`python -m tests.benchmark verify --against CHECKOUT` holds the CPU time of `verify` against that of another checkout,
each on files that it has built itself, in turns: whatever else the machine does falls on both.

A minute on two cores. What is asked of `verify`: a topic's files in less than a second after start-up, and those of the
whole sample atlas in less time than it takes to build them.
"""

import contextlib
import ctypes
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.making import ROOT

_PROGRAM = Path(sys.executable).with_name("atlas-print")
_PR_SET_CHILD_SUBREAPER = 36
"""prctl(2)."""
_TIMES = 3
"""Each is measured so often, and the fastest counts: other programs only make it slower."""


def _seconds(*arguments: str | Path, code: int = 0) -> float:
    taken = []
    for _ in range(_TIMES):
        start = time.perf_counter()
        done = subprocess.run([str(_PROGRAM), *map(str, arguments)], cwd=ROOT, check=False, capture_output=True)
        taken.append(time.perf_counter() - start)
        assert done.returncode == code, done.stderr
    return min(taken)


def _cpu(checkout: Path, *arguments: str | Path) -> float:
    """Seconds of CPU, those of child processes included, that the program of a checkout takes on the sample atlas."""
    before = os.times()
    done = subprocess.run(
        [sys.executable, "-c", "from atlas_print.cli import main; main()", *map(str, arguments)],
        cwd=checkout,
        env={**os.environ, "PYTHONPATH": str(checkout / "src")},
        check=False,
        capture_output=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def verify_against(other: Path) -> None:
    """Prints the CPU time of `verify` of this checkout, of the other, and their ratio."""
    # Only who waits for a process is told what it took: what outlives the program becomes a child of this one.
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1)
    checkouts = (ROOT, other.resolve())
    with TemporaryDirectory() as name:
        outputs = [Path(name) / str(index) for index in range(len(checkouts))]
        for checkout, output in zip(checkouts, outputs, strict=True):
            _cpu(checkout, "build", "--output", output)
        taken: list[list[float]] = [[], []]
        for _ in range(_TIMES):
            for checkout, output, found in zip(checkouts, outputs, taken, strict=True):
                found.append(_cpu(checkout, "verify", "--output", output))
    here, there = map(min, taken)
    print(f"verify, the sample atlas    {here:6.2f} s of CPU here, {there:.2f} s there: {here / there:.2f}")


def main() -> None:
    """Prints a line each."""
    with TemporaryDirectory() as name:
        output = Path(name) / "output"
        build = _seconds("build", "--force", "--output", output)
        # To read the content and to find that there is nothing to prove.
        start = _seconds("verify", "--output", output, ROOT / "README.md", code=1)
        verify = _seconds("verify", "--output", output)
        topics = {folder.name: _seconds("verify", "--output", output, *_files(folder)) for folder in _folders(output)}
    print(f"build, the sample atlas     {build:6.2f} s")
    print(f"verify, the sample atlas    {verify:6.2f} s, {verify / build:.2f} of building it")
    for slug, seconds in topics.items():
        print(f"verify, {slug:30} {seconds - start:6.2f} s after a start-up of {start:.2f} s")


def _folders(output: Path) -> list[Path]:
    return sorted(folder for folder in output.iterdir() if folder.is_dir())


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix in (".pdf", ".epub"))


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["verify", "--against", checkout]:
            verify_against(Path(checkout))
        case []:
            main()
        case _:
            sys.exit(__doc__)
