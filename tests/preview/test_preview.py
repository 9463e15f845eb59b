"""A preview as a writer has it: a page in a browser, while its topic is saved."""

from pathlib import Path
from typing import Any

import pytest

from atlas_print.pipeline.new import new_project
from tests.preview.looking import looked

pytestmark = pytest.mark.xdist_group("preview")

SLUG = "what-long-covid-is"
FILE = f"content/topics/{SLUG}.md"
BEFORE = "Replace this text with your own."
AFTER = "Replace these words with your own."
WRONG = "Replace [this](nowhere) text.[@nobody]"
SIDES = ["side-large-print-age", "side-handout-age", "side-epub-age"]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project as `new` makes it."""
    folder = tmp_path_factory.mktemp("preview") / "atlas"
    new_project(folder)
    return folder


@pytest.fixture(scope="module")
def told(project: Path) -> dict[str, Any]:
    """What a reader saw and heard."""
    return looked(project, SLUG, BEFORE, AFTER, WRONG)


def test_it_can_be_read_by_anybody(told: dict[str, Any]) -> None:
    assert told["axe"] == []
    assert told["errors"] == []


def test_a_save_renews_what_it_changes_and_moves_nothing(told: dict[str, Any]) -> None:
    renewed = told["renewed"]
    assert told["first"] == "Rebuilt, no problems."
    assert AFTER in told["text"]
    # Marked until they were made anew, and said once.
    assert renewed["older"] == SIDES
    assert renewed["said"] == ["Rebuilt, no problems."]
    assert told["changed"] == ["side-large-print-2"]
    assert {"side-large-print-1", "side-large-print-3", "side-handout-1"} <= set(told["kept"])
    assert sorted(told["same"]) == sorted(told["changed"] + told["kept"])
    assert all(told["sizes"])


def test_by_keyboard(told: dict[str, Any]) -> None:
    assert told["stops"] == ["all", "to-text", "to-large-print", "side-large-print-file", "side-large-print-pages"]
    # After the save, the reader is where they were.
    assert told["focus"] == "side-large-print-pages"
    assert told["scrolled"] > 0


def test_problems_are_told_in_place(told: dict[str, Any]) -> None:
    assert told["wrong"]["said"][-1] == "2 problems. What you see is older than the source."
    assert told["wrong"]["older"] == ["text-age", *SIDES]
    for place, what in ((f"{FILE}:19:9", "a link leads to 'nowhere'"), (f"{FILE}:19:31", "there is no reference")):
        _, _, after = told["problems"].partition(f"Problem at {place}\n")
        assert after.strip().startswith(WRONG)
        assert what in after.split("Problem at")[0]
    assert told["mended"]["said"][-1] == "Rebuilt, no problems."


def test_the_terminal_and_the_end(told: dict[str, Any]) -> None:
    assert told["code"] == 0
    assert f"{FILE}:19:9: a link leads to 'nowhere'" in told["terminal"]
    assert told["terminal"].splitlines()[0] == "Read: no problems."


def test_nothing_is_published(told: dict[str, Any], project: Path) -> None:
    assert sorted(path.name for path in project.iterdir()) == [".gitignore", "content"]
