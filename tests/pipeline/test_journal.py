"""What stood before stands, or the new stands whole: whenever a build is killed, and whatever the disk says."""

import os
import random
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from atlas_print.pipeline.store import journal
from tests.making import ROOT
from tests.pipeline.publishing_cut import GONE, NEW, OLD

STRANGER = {"a/notes.txt": b"put there by hand"}
SEED = 20261127


def folder_of(files: dict[str, bytes], folder: Path) -> Path:
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    return folder


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def cut(folder: Path, *arguments: str, code: int = -9) -> str:
    script = [sys.executable, "-m", "tests.pipeline.publishing_cut", str(folder), *arguments]
    done = subprocess.run(script, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == code, done.stderr
    return done.stdout


def settled(folder: Path) -> dict[str, bytes]:
    with journal.held(folder, lambda line: None):
        return files_of(folder)


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory) -> int:
    """How many moments there are at which publishing may be cut."""
    folder = folder_of(OLD | STRANGER, tmp_path_factory.mktemp("whole"))
    count = int(cut(folder, "0", code=0))
    assert files_of(folder) == NEW | STRANGER
    return count


def test_killed_at_any_moment(moments: int, tmp_path: Path, is_long: bool) -> None:
    chosen = random.Random(SEED).sample(range(1, moments + 1), 10)
    ends = []
    for moment in range(1, moments + 1) if is_long else sorted({1, moments, *chosen}):
        folder = folder_of(OLD | STRANGER, tmp_path / str(moment))
        cut(folder, str(moment))
        decided = (folder / journal.STAGING / "journal.json").exists()
        for path, data in files_of(folder).items():
            if not path.startswith(journal.STAGING):
                assert data in (OLD.get(path), NEW.get(path), STRANGER.get(path)), "a file is never there in part"
        now = settled(folder)
        assert now in (OLD | STRANGER, NEW | STRANGER)
        assert not decided or now == NEW | STRANGER
        ends.append(now == NEW | STRANGER)
    assert ends == sorted(ends), "once it is decided on, it stays so"
    assert set(ends) == {True, False}


STATES = {
    "nothing": 0,
    "some are renamed": 1,
    "all but the manifest are": len(NEW) - 1,
    "all are": len(NEW),
}


@pytest.mark.parametrize("done", STATES.values(), ids=STATES)
def test_each_state_of_publishing(tmp_path: Path, done: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut by an error that nobody catches, with so many files in their places."""
    folder = folder_of(OLD, tmp_path / "output")
    put, count = journal._put, 0

    def put_some(output: Path, path: str) -> None:
        nonlocal count
        if count == done:
            raise KeyboardInterrupt
        count += 1
        put(output, path)

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_put", put_some)
        if done == len(NEW):
            patch.setattr(shutil, "rmtree", lambda *given, **named: None)
            journal.change(folder, NEW, GONE)
        else:
            with pytest.raises(KeyboardInterrupt):
                journal.change(folder, NEW, GONE)
    assert sum(files_of(folder).get(path) == data for path, data in NEW.items()) == done
    assert ((folder / "gone").exists()) is (done < len(NEW) - 1)
    assert settled(folder) == NEW
    assert settled(folder) == NEW


def test_killed_while_it_settles(tmp_path: Path, moments: int, is_long: bool) -> None:
    """The next command is killed too, and the one after it."""
    chosen = random.Random(SEED)
    for number in range(200 if is_long else 3):
        folder = folder_of(OLD, tmp_path / str(number))
        cut(folder, str(chosen.randint(1, moments)))
        before = (folder / journal.STAGING / "journal.json").exists()
        for _ in range(2):
            subprocess.run(
                [sys.executable, "-m", "tests.pipeline.publishing_cut", folder, "settle", str(chosen.randint(1, 12))],
                cwd=ROOT,
                check=False,
                capture_output=True,
            )
        now = settled(folder)
        assert now in (OLD, NEW)
        assert not before or now == NEW


FULL = """
import resource, sys
from pathlib import Path
from atlas_print.pipeline.store import journal
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
new = {f"topic/{number:03}.pdf": b"x" * number for number in range(300)} | {"manifest.json": b"1"}
try:
    journal.change(Path(sys.argv[1]), new, ["gone/gone.pdf"])
except OSError as error:
    print(error.strerror)
"""


@pytest.mark.parametrize("limit", [0, 100, 1000], ids=["at once", "half way", "at the journal"])
def test_a_full_disk(tmp_path: Path, limit: int) -> None:
    folder = folder_of(OLD, tmp_path / "output")
    script = [sys.executable, "-c", FULL, str(folder), str(limit)]
    done = subprocess.run(script, check=True, capture_output=True, text=True)
    assert done.stdout == "File too large\n"
    assert files_of(folder) == OLD
    assert not (folder / journal.STAGING).exists()


def test_a_place_that_is_taken(tmp_path: Path) -> None:
    folder = folder_of(OLD, tmp_path / "output")
    (folder / "b" / "b.pdf").mkdir(parents=True)
    with pytest.raises(IsADirectoryError):
        journal.change(folder, NEW, GONE)
    assert files_of(folder) == OLD


def test_a_folder_without_the_right_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root may write anywhere, so the system is asked in its place."""
    folder = folder_of(OLD, tmp_path / "output")
    monkeypatch.setattr(os, "access", lambda place, mode: place != folder / "a")
    with pytest.raises(PermissionError):
        journal.change(folder, NEW, GONE)
    assert files_of(folder) == OLD


@pytest.mark.parametrize("is_absolute", [False, True])
def test_nothing_outside_the_folder_is_touched(tmp_path: Path, is_absolute: bool) -> None:
    """Whatever a manifest says is ours."""
    folder = folder_of(OLD, tmp_path / "output")
    outside = tmp_path / "outside.pdf"
    outside.write_bytes(b"not ours")
    path = str(outside) if is_absolute else "../outside.pdf"
    journal.change(folder, NEW, [*GONE, path])
    assert files_of(folder) == NEW
    with pytest.raises(PermissionError):
        journal.change(folder, {path: b"ours", "manifest.json": b"2"})
    assert files_of(folder) == NEW
    assert outside.read_bytes() == b"not ours"


def test_two_at_once(tmp_path: Path) -> None:
    """The second one waits, says so, and goes on when the first one ends."""
    said, waits, entered = list[str](), threading.Event(), threading.Event()

    def say(line: str) -> None:
        said.append(line)
        waits.set()

    def second() -> None:
        with journal.held(tmp_path / "output", say):
            entered.set()

    other = threading.Thread(target=second)
    with journal.held(tmp_path / "output", said.append):
        other.start()
        assert waits.wait(60)
        assert not entered.is_set()
    other.join(60)
    assert entered.is_set()
    assert said == [f"Another command is at work on {tmp_path / 'output'}; this one goes on when that ends."]
    assert not (tmp_path / "output").exists(), "an empty folder that it made itself does not stay"


def test_an_empty_folder_of_someone_stays(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path)
    tmp_path.mkdir()
    with journal.held(tmp_path, lambda line: None):
        pass
    assert tmp_path.is_dir()
