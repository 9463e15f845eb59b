"""How many files of how many, and what takes long."""

from collections.abc import Iterator

import pytest
from rich.console import Console

from atlas_print.atlas import Export
from atlas_print.pipeline import tables
from atlas_print.pipeline.plan import Task
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.workers import Watch
from atlas_print.problems import Place

QUICK, SLOW, FAILS = (Task(path, Export("epub", "epub", {}), None) for path in ("a.epub", "b.epub", "c.epub"))


def start(watch: Watch[Task]) -> Iterator[Result]:
    """Two files that are made, the second in 65 seconds, and one that is not."""
    yield Result(QUICK, QUICK.path, Place(""), b"data")
    for seconds in (1.0, 9.5, 10.0, 15.0, 21.0, 39.0, 65.0):
        watch([(SLOW, seconds), (FAILS, 1.0)])
    yield Result(SLOW, SLOW.path, Place(""), b"data")
    yield Result(FAILS, FAILS.path, Place(""))


def test_in_a_log(capsys: pytest.CaptureFixture[str]) -> None:
    assert [result.task for result in tables.with_progress(start, 3)] == [QUICK, SLOW, FAILS]
    assert capsys.readouterr().err.splitlines() == [
        "made 1 of 3: a.epub",
        "still at work on b.epub, after 10 seconds",
        "still at work on b.epub, after 21 seconds",
        "still at work on b.epub, after 65 seconds",
        "made 2 of 3: b.epub",
        "failed 3 of 3: c.epub",
    ]


def test_on_a_terminal(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def console(**named: bool) -> Console:
        return Console(**named, force_terminal=True, width=100)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "Console", console)
    monkeypatch.setenv("TERM", "xterm")
    seen = [result.task for result in tables.with_progress(start, 3)]
    assert seen == [QUICK, SLOW, FAILS]
    said = capsys.readouterr().err
    assert "1/3" in said
    assert "b.epub, 65 s" in said
    assert "c.epub" not in said
