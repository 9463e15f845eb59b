"""What every test run has: --long for those that take hours in all, and the sample atlas, made once."""

from pathlib import Path

import pytest

from tests.making import ROOT, make_all
from tests.mutants.summary import pytest_terminal_summary
from tests.sampling import revision, turn
from tests.sharing import made_once

__all__ = ["pytest_terminal_summary"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option for all that a run of ten minutes has no time for."""
    parser.addoption("--long", action="store_true", help="make every mutant and every combination, not one in several")


def pytest_configure(config: pytest.Config) -> None:
    """The mark of those of which a short run tries a part."""
    config.addinivalue_line("markers", "in_turn(turns): tried at one revision in so many, and always under --long")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves tests whose turn it isn't to other revisions."""
    for item in items:
        mark = item.get_closest_marker("in_turn")
        if mark is not None and not config.getoption("--long") and turn(item.nodeid.partition("@")[0], *mark.args):
            item.add_marker(pytest.mark.skip(reason="its turn is at another revision, and under --long"))


def pytest_report_header(config: pytest.Config) -> str | None:
    """What a short run leaves to others."""
    if config.getoption("--long"):
        return None
    return f"a part of what --long tries: the one of revision {revision()[:12] or 'none'}"


@pytest.fixture(scope="session")
def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether all is to be tried, not a part of it."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every export of the sample atlas, made once in a run."""
    return made_once(tmp_path_factory, "sample", lambda folder: make_all(ROOT, folder))
