"""A file that its reader dies on is unreadable, with the reason; those beside it are judged all the same."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from atlas_print.pipeline import workers as pool_of_workers
from atlas_print.pipeline.make import Order, Workshop, make_all
from atlas_print.pipeline.plan import plan
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.verify import verify
from atlas_print.pipeline.workers import Died, Limits, cores, workers
from atlas_print.problems import Place
from atlas_print.typefaces import families
from tests.making import LABELS, ROOT, TODAY
from tests.pipeline.readers import ENDLESS, FAULTY, GREEDY, KILLS, fragile, process, waits_for_its_end
from tests.prove.press import SAMPLE, atlas

LIMITS = Limits(seconds=2, memory=2 * 2**30)
BAD = "tired-legs-handout.pdf"


def examined(folder: Path, data: bytes) -> list[Result]:
    """A bad file between two good ones, one of them of the same topic."""
    files = [folder / "tired-legs.epub", folder / BAD, folder / "deep-sleep-handout.pdf"]
    for file in files:
        file.write_bytes(data if file.name == BAD else b"%PDF-1.7")
    return list(verify(atlas(), SAMPLE, folder, files, LIMITS, fragile))


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (KILLS, "the program that worked on it crashed (SIGABRT)"),
        (GREEDY, "it took more than 2 GiB of memory"),
        (FAULTY, "ZeroDivisionError: a fault in the reader"),
        (ENDLESS, "it took more than 2 seconds"),
    ],
    ids=["kills", "greedy", "faulty", "endless"],
)
def test_a_file_that_its_reader_dies_on(tmp_path: Path, data: bytes, why: str) -> None:
    first, bad, last = examined(tmp_path, data)
    (problem,) = bad.problems
    assert problem.rule == "unreadable"
    assert problem.place.file == str(tmp_path / BAD)
    assert why in problem.what
    assert problem.help
    assert [(result.is_broken, len(result.verdicts)) for result in (first, last)] == [(False, 1), (False, 1)]


class Clumsy(Workshop):
    """A workshop that falls down on one file."""

    def make(self, order: object) -> Result:
        task = order.task  # type: ignore[attr-defined]
        if task.path.endswith(BAD):
            os._exit(3)
        return super().make(order)  # type: ignore[arg-type]


def test_a_file_that_its_maker_dies_on_is_told_with_its_topic() -> None:
    workshop = Clumsy(atlas(), ROOT, TODAY, families(ROOT, "en", []), LABELS)
    tasks = [task for task in plan(atlas()) if task.export.kind == "handout"]
    made = {result.task.slug: result for result in make_all(workshop, tasks)}
    assert not made["deep-sleep"].is_broken
    (problem,) = made["tired-legs"].problems
    assert problem.place.file == "content/topics/tired-legs.md"
    assert "was not made: the program that worked on it ended with exit code 3" in problem.what


class Endless(Workshop):
    """A workshop that never ends with one file, and has the others at once."""

    def make(self, order: Order) -> Result:
        while order.task.path.endswith(BAD):
            pass
        return Result(order.task, order.task.path, Place("content/atlas.yaml"))


class Greedy(Endless):
    """A workshop that wants a tebibyte for one file."""

    def make(self, order: Order) -> Result:
        return Result(order.task, "", Place(""), b"x" * 2**40) if order.task.path.endswith(BAD) else super().make(order)


@pytest.mark.parametrize(
    ("kind", "why"), [(Endless, "more than 2 seconds"), (Greedy, "more than 2 GiB of memory")], ids=["time", "memory"]
)
def test_a_file_over_a_limit_is_told_with_its_topic_and_the_rest_goes_on(kind: type[Workshop], why: str) -> None:
    workshop = kind(atlas(), ROOT, TODAY, families(ROOT, "en", []), LABELS)
    tasks = [task for task in plan(atlas()) if task.export.kind == "handout"]
    limited = make_all(workshop, tasks, hire=lambda workshop, orders: workers(workshop.make, orders, limits=LIMITS))
    made = {result.task.slug: result for result in limited}
    assert not made["deep-sleep"].problems
    (problem,) = made["tired-legs"].problems
    assert problem.place.file == "content/topics/tired-legs.md"
    assert problem.what.endswith(f"tired-legs-handout.pdf was not made: it took {why}")


def test_a_dead_worker_is_replaced() -> None:
    with workers(process, 1) as pool:
        values = [value for _, value in pool.run([1, -1, 1, -1, 1])]
    assert [isinstance(value, Died) for value in values] == [False, True, False, True, False]
    assert os.getpid() not in values


def test_a_full_worker_is_replaced_before_its_next_item() -> None:
    """With one byte every worker is full, and no item is lost by it."""
    with workers(process, 5, jobs=1, limits=Limits(full=1)) as pool:
        values = [value for _, value in pool.run([1, 2, 3])]
    assert len({*values, os.getpid()}) == 4
    assert all(isinstance(value, int) for value in values)
    with workers(process, 5, jobs=1) as pool:
        assert len({value for _, value in pool.run([1, 2, 3])}) == 1


def test_where_there_is_no_server_to_fork_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    with workers(process, 1, jobs=1) as pool:
        ((_, value),) = pool.run([1])
    assert isinstance(value, int)
    assert value != os.getpid()


GROUPS = {
    "the second version": ("0::/job", {"job/cpu.max": "150000 100000"}, 1),
    "a group above": ("0::/batch/job", {"batch/job/cpu.max": "max 100000", "batch/cpu.max": "250000 100000"}, 2),
    "less than a core": ("0::/job", {"job/cpu.max": "20000 100000"}, 1),
    "the first version": (
        "4:memory:/m\n3:cpu,cpuacct:/job",
        {"cpu,cpuacct/job/cpu.cfs_quota_us": "300000", "cpu,cpuacct/job/cpu.cfs_period_us": "100000"},
        3,
    ),
    "a container": ("0::/job", {"cpu.max": "200000 100000"}, 2),
    "no limit": ("0::/job", {"job/cpu.max": "max 100000"}, 64),
    "the first version, no limit": (
        "3:cpu:/",
        {"cpu/cpu.cfs_quota_us": "-1", "cpu/cpu.cfs_period_us": "100000"},
        64,
    ),
    "no groups": ("", {}, 64),
}


@pytest.mark.parametrize(("own", "files", "expected"), GROUPS.values(), ids=GROUPS)
def test_the_cores_that_are_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str, files: dict[str, str], expected: int
) -> None:
    for path, text in files.items():
        (tmp_path / "groups" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "groups" / path).write_text(text, "ascii")
    (tmp_path / "own").write_text(own, "utf-8")
    monkeypatch.setattr(pool_of_workers, "_CGROUPS", tmp_path / "groups")
    monkeypatch.setattr(pool_of_workers, "_OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(64)), raising=False)
    assert cores() == expected
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0}, raising=False)
    assert cores() == 1


def test_it_is_told_what_is_at_work() -> None:
    """A moment's work is never told of; what waits is, with its seconds."""
    told = list[tuple[int, float]]()
    with workers(waits_for_its_end, 1, jobs=1, limits=Limits(seconds=3)) as pool:
        ((_, value),) = pool.run([1], told.extend)
    assert isinstance(value, Died)
    assert {item for item, _ in told} == {1}
    assert [seconds for _, seconds in told] == sorted(seconds for _, seconds in told)


WAITING = """
import os, sys, time
from atlas_print.pipeline.workers import workers

def work(item):
    print(os.getpid(), flush=True)
    time.sleep(600)

if __name__ == "__main__":
    with workers(work, 2) as pool:
        list(pool.run([1, 2]))
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
def test_a_signal_ends_all_of_them(tmp_path: Path, number: signal.Signals) -> None:
    script = tmp_path / "waiting.py"
    script.write_text(WAITING, "utf-8")
    with subprocess.Popen(
        [sys.executable, str(script)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as parent:
        assert parent.stdout is not None
        count = min(os.cpu_count() or 1, 2)
        pids = [int(parent.stdout.readline()) for _ in range(count)]
        parent.send_signal(number)
        parent.wait(30)
    deadline = time.monotonic() + 10
    while (alive := [it for it in pids if Path(f"/proc/{it}").exists()]) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert alive == []
    assert parent.returncode != 0
