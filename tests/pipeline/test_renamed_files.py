"""A file under any name is known by what it says, and held to the export whose floors it was made for."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.making import make_all
from tests.mutants.pdf_printed import printed
from tests.pipeline.verifying import verify
from tests.prove.press import SAMPLE, repacked

pytestmark = pytest.mark.xdist_group("names")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with two large prints: a giant one, and the one that most files are."""
    folder = tmp_path_factory.mktemp("names") / "project"
    shutil.copytree(SAMPLE, folder)
    config = folder / "content" / "atlas.yaml"
    text = config.read_text("utf-8")
    giant = "exports:\n  giant: {kind: large-print, profile: giant-28}\n"
    assert "exports:\n" in text
    config.write_text(text.replace("exports:\n", giant), "utf-8")
    make_all(folder, folder / "output")
    return folder


@pytest.mark.parametrize("name", ["giant.pdf", "large-print.pdf", "handout.pdf", "epub"])
def test_a_file_under_another_name(project: Path, tmp_path: Path, name: str) -> None:
    found = next((project / "output" / "tired-legs").glob(f"*{name}"))
    file = shutil.copy(found, tmp_path / f"download (1){found.suffix}")
    result = verify(project / "output", str(file), project=project)
    assert result.exit_code == 0, result.output


def test_a_file_of_another_atlas(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.epub"
    book = (project / "output" / "tired-legs" / "tired-legs.epub").read_bytes()
    stranger = repacked(book, ("Tired legs</h1>", "Pots</h1>"), ("In 24 people", "In 24 pots"), ("The first", "A"))
    file.write_bytes(stranger)
    result = verify(project / "output", str(file), project=project)
    assert result.exit_code == 1
    assert f"{file}: neither its name nor its words are of this atlas" in result.stderr


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (lambda good: b"%PDF-1.7", "not a PDF that can be read"),
        (lambda good: printed("Ghostscript", good), "the PDF is not tagged"),
    ],
)
def test_a_file_that_says_nothing(project: Path, tmp_path: Path, data: Callable[[bytes], bytes], says: str) -> None:
    """It can't be told which export it was, but it can be told why."""
    good = (project / "output" / "tired-legs" / "tired-legs-handout.pdf").read_bytes()
    file = tmp_path / "scan.pdf"
    file.write_bytes(data(good))
    result = verify(project / "output", str(file), project=project)
    assert result.exit_code == 1
    assert f"{file}: {says}" in result.stderr
    assert "help: " in result.stderr
