"""A build on the machines of a Dask scheduler: the same bytes, though one of them is lost half way."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from atlas_print.cli import main
from tests.making import ROOT
from tests.prove.press import SAMPLE

pytestmark = pytest.mark.xdist_group("dask")

HERE = "127.0.0.1"
NOT_HERE = f"tcp://{HERE}:1"


def started(*command: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, *command], stderr=subprocess.PIPE, text=True)


def line_with(process: "subprocess.Popen[str]", words: str) -> str:
    """The next line of what a process says that has these words."""
    assert process.stderr is not None
    said = []
    for line in process.stderr:
        said.append(line)
        if words in line:
            return line
    raise AssertionError("".join(said))


@pytest.fixture
def scheduler() -> Iterator[str]:
    process = started("-m", "distributed.cli.dask_scheduler", "--host", HERE, "--port", "0", "--no-dashboard")
    try:
        yield line_with(process, "Scheduler at:").split()[-1]
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def machines(scheduler: str) -> Iterator[list["subprocess.Popen[str]"]]:
    """Two workers that the scheduler knows."""
    options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--host", HERE)
    processes = [started("-m", "distributed.cli.dask_worker", scheduler, *options) for _ in range(2)]
    try:
        for process in processes:
            line_with(process, "Registered to:")
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def files(output: Path) -> dict[str, bytes]:
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def test_one_of_two_machines_is_lost_half_way(
    tmp_path: Path, scheduler: str, machines: list["subprocess.Popen[str]"]
) -> None:
    project = Path(shutil.copytree(SAMPLE, tmp_path / "project"))
    # A layout of the project's own is on no other machine.
    own = project / "layouts" / "epub" / "style.css"
    own.parent.mkdir(parents=True)
    own.write_text((ROOT / "layouts" / "epub" / "style.css").read_text("utf-8") + ".own { hyphens: none }\n", "utf-8")
    build = ("-c", "from atlas_print.cli import main; main()", "build", "--project", str(project))
    far = started(*build, "--output", str(tmp_path / "far"), "--scheduler", scheduler)
    try:
        line_with(far, "made 2 of ")
        machines[0].kill()
        _, said = far.communicate()
    finally:
        far.kill()
    assert far.returncode == 0, said
    assert "made 7 of 7: atlas.epub" in said
    here = CliRunner().invoke(main, ["build", "--project", str(project), "--output", str(tmp_path / "here")])
    assert here.exit_code == 0, here.stderr
    assert files(tmp_path / "far") == files(tmp_path / "here")


def test_a_scheduler_without_workers(tmp_path: Path, scheduler: str) -> None:
    done = CliRunner().invoke(
        main, ["build", "--project", str(SAMPLE), "--output", str(tmp_path / "output"), "--scheduler", scheduler]
    )
    assert done.exit_code == 1
    assert done.stderr == (
        f"the Dask scheduler at {scheduler} has no workers\nhelp: on each machine: dask worker {scheduler} --no-nanny\n"
    )


def test_dask_is_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    done = CliRunner().invoke(
        main, ["build", "--project", str(SAMPLE), "--output", str(tmp_path / "output"), "--scheduler", NOT_HERE]
    )
    assert done.exit_code == 1
    assert done.stderr == (
        '--scheduler needs Dask, which isn\'t installed\nhelp: pip install "atlas-print[distributed]"\n'
    )


@pytest.mark.parametrize("address", [NOT_HERE, "nonsense://x"])
def test_nobody_answers(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("atlas_print.pipeline.machines.by_dask._PATIENCE", 0.1)
    done = CliRunner().invoke(
        main, ["build", "--project", str(SAMPLE), "--output", str(tmp_path / "output"), "--scheduler", address]
    )
    assert done.exit_code == 1
    assert done.stderr.startswith(f"no Dask scheduler answers at {address}: ")
    assert "\nhelp: name the address" in done.stderr


def test_jobs_are_of_this_machine(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main, ["build", "--project", str(SAMPLE), "--scheduler", NOT_HERE, "--jobs", "2", "--output", str(tmp_path)]
    )
    assert done.exit_code == 2
    assert "--jobs is for this machine." in done.stderr


def test_a_machine_with_another_program(
    tmp_path: Path, scheduler: str, machines: list["subprocess.Popen[str]"], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(machines) == 2
    monkeypatch.setattr("atlas_print.pipeline.machines.by_dask.program", lambda: "another")
    one = ("tired-legs", "--export", "handout", "--scheduler", scheduler)
    done = CliRunner().invoke(main, ["build", "--project", str(SAMPLE), "--output", str(tmp_path / "output"), *one])
    assert done.exit_code == 1
    assert "tired-legs/tired-legs-handout.pdf was not made: its Dask worker has another Atlas Print" in done.stderr
    assert not (tmp_path / "output" / "tired-legs").exists()
