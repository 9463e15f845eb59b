"""Files changed as one set: made ready on the same disk, written down in a journal, renamed one by one.

Until the journal stands, a change that is cut off is undone by removing its folder; from then on it is completed.
"""

import errno
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows: there nothing keeps two builds apart.
    fcntl = None  # type: ignore[assignment]  # a module that may be missing has no type that says so

STAGING = ".staging"
"""The folder below output/ for what is not published yet; it is there only while files are changed."""
_JOURNAL = "journal.json"
_NEW = "new"


@contextmanager
def held(output: Path, say: Callable[[str], None]) -> Iterator[None]:
    """The folder for this process alone until the block ends; what a killed one left half done is settled first.

    It waits for another process that holds it. OSError if the folder can't be made, or what was left can't be settled.
    """
    missing = [folder for folder in (output, *output.parents) if not folder.exists()]
    output.mkdir(parents=True, exist_ok=True)
    # The folder itself is locked: no file for it is ever among those published, or left behind.
    handle = os.open(output, os.O_RDONLY) if fcntl else None
    try:
        if handle is not None:
            _lock(handle, output, say)
        if settle(output):
            say(f"{output}: an earlier command was ended while it published; what it began is completed.")
        yield
    finally:
        if handle is not None:
            os.close(handle)
        with suppress(OSError):
            # Only empty ones go.
            for folder in missing:
                folder.rmdir()


def change(output: Path, new: Mapping[str, bytes], gone: Sequence[str] = ()) -> None:
    """Puts the `new` files (path below `output` -> bytes) in their places in that order, and removes those `gone`.

    The last of the new ones comes last of all. OSError if there is no room or no right to write: then nothing has
    changed, or `settle` completes it.
    """
    staging = output / STAGING
    # A manifest may say anything: what is not below the folder was never ours.
    gone = [path for path in gone if _is_inside(output, path)]
    for path in new:
        _check_place(_inside(output, path))
    try:
        for path, data in new.items():
            write(staging / _NEW / path, data)
        for folder in {folder for path in new for folder in (staging / _NEW / path).parents if folder != output}:
            if folder.is_relative_to(output):
                _flush(folder)
        journal = json.dumps({"new": list(new), "gone": list(gone)}, ensure_ascii=False).encode()
        write(staging / f"{_JOURNAL}.part", journal)
        (staging / f"{_JOURNAL}.part").replace(staging / _JOURNAL)
    except BaseException:
        # With a journal the set is decided on; without one it never was.
        if not (staging / _JOURNAL).exists():
            shutil.rmtree(staging, ignore_errors=True)
        raise
    _flush(staging)
    _carry_out(output, list(new), gone)


def settle(output: Path) -> bool:
    """Completes or undoes a change that was cut off; whether there was one to complete. OSError if it can't."""
    staging = output / STAGING
    try:
        journal = json.loads((staging / _JOURNAL).read_text("utf-8"))
    except FileNotFoundError:
        if staging.is_dir():
            shutil.rmtree(staging)
        return False
    _carry_out(output, journal["new"], journal["gone"])
    return True


def write(path: Path, data: bytes) -> None:
    """A new file that is on the disk when this returns, but for its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _carry_out(output: Path, new: Sequence[str], gone: Sequence[str]) -> None:
    """What a journal says, as far as it is not done yet: each step may be taken twice."""
    *others, last = new
    for path in others:
        _put(output, path)
    for path in gone:
        _remove(output, path)
    for folder in {_inside(output, path).parent for path in (*others, *gone)}:
        _flush(folder)
    _put(output, last)
    _flush(output)
    # The journal goes first: a folder without one is only rubbish.
    (output / STAGING / _JOURNAL).unlink(missing_ok=True)
    shutil.rmtree(output / STAGING, ignore_errors=True)


def _put(output: Path, path: str) -> None:
    place = _inside(output, path)
    place.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        # It is missing where it was put before the cut.
        (output / STAGING / _NEW / path).replace(place)


def _remove(output: Path, path: str) -> None:
    stale = _inside(output, path)
    if stale.is_file():
        stale.unlink()
    if stale.parent != output and stale.parent.is_dir() and not any(stale.parent.iterdir()):
        stale.parent.rmdir()


def _inside(output: Path, path: str) -> Path:
    """The place of a file; PermissionError if that is not below the folder, whatever a journal says."""
    if not _is_inside(output, path):
        raise PermissionError(errno.EPERM, "it would stand outside the folder", str(output / path))
    return output / path


def _is_inside(output: Path, path: str) -> bool:
    return (output / path).resolve().is_relative_to(output.resolve())


def _check_place(place: Path) -> None:
    """OSError if a file can't be put there."""
    if place.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(place))
    folder = next(folder for folder in place.parents if folder.exists())
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def _flush(folder: Path) -> None:
    """Writes the names in a folder to the disk, where a system can; a folder that is gone has none."""
    with suppress(FileNotFoundError, PermissionError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(handle: int, output: Path, say: Callable[[str], None]) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"Another command is at work on {output}; this one goes on when that ends.")
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:
        # Some network disks know no locks: there nothing keeps two builds apart.
        return
