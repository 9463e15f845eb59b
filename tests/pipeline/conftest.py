from pathlib import Path

import pytest

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
