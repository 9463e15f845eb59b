import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from atlas_print.cli import main
from atlas_print.pipeline.workers import warm_up
from tests.making import make_all
from tests.prove.press import SAMPLE
from tests.sharing import made_once


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """Workers that have all they need from the start, as those of the command line have."""
    warm_up("atlas_print.pipeline.make")


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every export of the proofs' sample, as a build leaves them; tests may not change it."""
    return made_once(tmp_path_factory, "good", lambda folder: make_all(SAMPLE, folder))


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The proofs' sample with its output, as `atlas-print build` leaves it; tests may not change it."""
    return made_once(tmp_path_factory, "built", _build)


def _build(project: Path) -> None:
    shutil.copytree(SAMPLE, project)
    done = CliRunner().invoke(main, ["build", "--project", str(project)])
    assert done.exit_code == 0, done.stderr
    assert done.output.strip().endswith("Published 2 of 2 topics. Every promise that was read is kept.")


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A project that was built."""
    return Path(shutil.copytree(built, tmp_path / "project"))
