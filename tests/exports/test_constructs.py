"""Real validators on what only some authors write: no message of any severity, in any export."""

from pathlib import Path

import pytest

from atlas_print.pipeline.plan import plan
from tests.honest import projects
from tests.making import atlas_of, make, make_all
from tests.validators import ace, epubcheck, outloud, page, verapdf

pytestmark = pytest.mark.xdist_group("constructs")

KINDS = ("languages", "logo", "tasks", "wide-figures")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    found: list[Path] = []
    for kind in KINDS:
        project = tmp_path_factory.mktemp(kind)
        projects.write(kind, project)
        found += make_all(project, tmp_path_factory.mktemp("made")).values()
    return found


def test_pdfs(files: list[Path]) -> None:
    pdfs = [file for file in files if file.suffix == ".pdf"]
    told = [*verapdf.validate(pdfs, "ua1").items(), *verapdf.validate(pdfs, "2a").items()]
    told += [*page.validate(pdfs, "ua1").items(), *page.validate(pdfs, "2a").items(), *outloud.check(pdfs).items()]
    assert len(told) == 5 * len(pdfs)
    # Joined Arabic letters leave many glyphs to say nothing; their words are told by ActualText.
    left = [(file.name, message) for file, messages in told for message in messages if "TXT-004" not in message]
    assert left == []


def test_books(files: list[Path]) -> None:
    epubs = [file for file in files if file.suffix == ".epub"]
    # The book of all topics has what those of one have.
    books = [file for file in epubs if file.name == "atlas.epub"]
    told = [*epubcheck.check(epubs).items(), *ace.check(books).items()]
    assert len(told) == len(epubs) + len(KINDS)
    assert {file.name: messages for file, messages in told if messages} == {}


def test_sections_that_lend_their_first_sentence_are_named(tmp_path: Path) -> None:
    projects.write("lent-sentences", tmp_path)
    atlas = atlas_of(tmp_path)
    task = next(task for task in plan(atlas) if task.export.kind == "handout")
    assert "; first sentences stand for In a link; In strong words; " in (make(atlas, tmp_path, task).note or "")
