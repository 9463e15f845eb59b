import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from atlas_print.cli import main
from atlas_print.pipeline.workers import warm_up
from tests.making import make_all
from tests.prove.press import SAMPLE


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """Workers that have all they need from the start, as those of the command line have."""
    warm_up("atlas_print.pipeline.make")


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every export of the proofs' sample, as a build leaves them; tests may not change it."""
    folder = tmp_path_factory.mktemp("good")
    make_all(SAMPLE, folder)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with its output; tests may not change it."""
    folder = tmp_path_factory.mktemp("built") / "project"
    shutil.copytree(SAMPLE, folder)
    done = CliRunner().invoke(main, ["build", "--project", str(folder)])
    assert done.exit_code == 0, done.stderr
    assert done.output.strip().splitlines()[-1] == "Published 2 of 2 topics. Every promise that was read is kept."
    return folder


@pytest.fixture
def project(built: Path, tmp_path: Path) -> Path:
    """A project that was built."""
    return Path(shutil.copytree(built, tmp_path / "project"))
