"""Changes the files of a folder, and kills itself at one moment of it: `python -m tests.pipeline.publishing_cut`.

FOLDER MOMENT: moments are counted before and after each call that changes names on the disk or waits for it; 0 for
none, and the number of moments is printed. FOLDER settle MOMENT: settles what was left instead.
"""

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from atlas_print.pipeline.store import journal

OLD = {
    "a/a.pdf": b"old a" * 99,
    "a/a.epub": b"old b",
    "gone/gone.pdf": b"gone",
    "gone/2.pdf": b"gone",
    "manifest.json": b"0",
}
NEW = {"a/a.pdf": b"new a", "a/a.epub": b"new b" * 99, "b/b.pdf": b"new", "manifest.json": b"1"}
GONE = ("gone/gone.pdf", "gone/2.pdf")
_CALLS = ("replace", "fsync", "unlink", "mkdir", "rmdir")

_moments = 0


def _counted(call: Callable[..., Any], moment: int) -> Callable[..., Any]:
    def counted(*given: Any, **named: Any) -> Any:
        _pass(moment)
        done = call(*given, **named)
        _pass(moment)
        return done

    return counted


def _pass(moment: int) -> None:
    global _moments
    _moments += 1
    if _moments == moment:
        os.kill(os.getpid(), signal.SIGKILL)


def main(folder: str, *arguments: str) -> None:
    """See the module."""
    moment = int(arguments[-1])
    for name in _CALLS:
        setattr(os, name, _counted(getattr(os, name), moment))
    if arguments[0] == "settle":
        journal.settle(Path(folder))
    else:
        journal.change(Path(folder), NEW, GONE)
    print(_moments)


if __name__ == "__main__":
    main(*sys.argv[1:])
