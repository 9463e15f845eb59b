"""Drafts are made for themselves and published nowhere; a topic may be made without an export."""

import shutil
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pytest

from tests.pipeline.test_publishing import build, files, last, manifest, told
from tests.pipeline.verifying import verified
from tests.prove.press import SAMPLE

pytestmark = pytest.mark.xdist_group("publishing")


def edit(project: Path, slug: str, old: str, new: str) -> None:
    topic = project / "content" / "topics" / f"{slug}.md"
    text = topic.read_text("utf-8")
    assert old in text
    topic.write_text(text.replace(old, new, 1), "utf-8")


@pytest.fixture(scope="module")
def withdrawn(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, built, then one topic made a draft and the other without its handout, and built again."""
    project = Path(shutil.copytree(built, tmp_path_factory.mktemp("withdrawn") / "project"))
    edit(project, "deep-sleep", "reviewed:", "draft: true\nreviewed:")
    edit(project, "tired-legs", "reviewed:", "without: [handout]\nreviewed:")
    done = build(project, "tired-legs")
    assert done.exit_code == 0, done.stderr
    assert "tired-legs is made without handout." in done.output
    assert "Not published, as a draft: deep-sleep. `atlas-print build --drafts` makes it." in done.output
    return project


def test_what_is_no_longer_made_is_no_longer_there(withdrawn: Path) -> None:
    left = {"atlas.epub", "tired-legs/tired-legs-large-print.pdf", "tired-legs/tired-legs.epub"}
    assert set(files(withdrawn)) == left | {"manifest.json", "report.html"}
    assert set(manifest(withdrawn)) == left
    with ZipFile(withdrawn / "output" / "atlas.epub") as book:
        assert not any("deep-sleep" in name for name in book.namelist())
    assert "1 draft, not published:" in told(withdrawn)


def test_a_draft_says_so_on_each_page_and_in_no_book(withdrawn: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(withdrawn, tmp_path / "project"))
    edit(project, "deep-sleep", "reviewed:", "review_every: 12 months\n# reviewed:")
    before = files(project)
    done = build(project, "--drafts")
    assert done.exit_code == 0, done.stderr
    assert last(done) == "Made 1 of 1 draft. Every promise that was read is kept."
    made = {path for path in files(project) if path not in before}
    assert {path: data for path, data in files(project).items() if path in before} == before
    names = {f"deep-sleep/deep-sleep{end}" for end in ("-large-print.pdf", "-handout.pdf", ".epub")}
    assert made == {f"drafts/{name}" for name in names | {"manifest.json", "report.html"}}
    for name in ("large-print", "handout"):
        pdf = pypdfium2.PdfDocument(project / "output" / "drafts" / "deep-sleep" / f"deep-sleep-{name}.pdf")
        assert all("Draft" in page.get_textpage().get_text_range() for page in pdf)
    output = project / "output"
    assert not any(file["problems"] for file in verified(output, project=project)["files"])
    draft = output / "drafts" / "deep-sleep" / "deep-sleep-handout.pdf"
    (one,) = verified(output, str(draft), project=project)["files"]
    assert one["topic"] == "deep-sleep"
    assert {promise["outcome"] for promise in one["promises"]} <= {"kept", "not applicable"}


def test_a_book_that_can_not_be_renewed_goes_with_its_draft(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(SAMPLE, project)
    assert build(project, "--export", "epub").exit_code == 0
    edit(project, "deep-sleep", "reviewed:", "draft: true\nreviewed:")
    assert build(project, "--export", "handout").exit_code == 0
    assert set(manifest(project)) == {"tired-legs/tired-legs-handout.pdf", "tired-legs/tired-legs.epub"}
    assert not (project / "output" / "atlas.epub").exists()


def test_where_all_are_drafts_there_is_nothing_to_make(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(SAMPLE, project)
    for slug in ("deep-sleep", "tired-legs"):
        edit(project, slug, "reviewed:", "draft: true\nreviewed:")
    done = build(project)
    assert done.exit_code == 0
    assert done.output.startswith("There is nothing to make.\nNot published, as a draft: deep-sleep, tired-legs.")
