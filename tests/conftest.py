"""What every test run has: --long for those that take hours in all, and the sample atlas, made once."""

import signal
from pathlib import Path

import pytest
from hypothesis import settings

from tests.making import ROOT, make_all
from tests.mutants.summary import pytest_terminal_summary
from tests.sampling import turn
from tests.sharing import made_once

__all__ = ["pytest_terminal_summary"]

# How long an example takes says how busy the machine is.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option for all that a run of ten minutes has no time for."""
    parser.addoption("--long", action="store_true", help="make every mutant and every combination, not one in several")


def pytest_configure(config: pytest.Config) -> None:
    """The mark of those of which a short run tries a part."""
    config.addinivalue_line("markers", "one_in(parts): one in so many is tried in a short run, all under --long")
    # A run in the background ignores Ctrl-C, and so would every program that it starts.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves to --long what a short run has no time for."""
    marks = {item: item.get_closest_marker("one_in") for item in items if not config.getoption("--long")}
    left = [item for item, mark in marks.items() if mark and turn(item.nodeid.partition("@")[0], *mark.args)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.fixture(scope="session")
def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether all is to be tried, not a part of it."""
    return bool(request.config.getoption("--long"))


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every export of the sample atlas, made once in a run."""
    return made_once(tmp_path_factory, "sample", lambda folder: make_all(ROOT, folder))
