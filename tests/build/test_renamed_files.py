"""A file under any name is known by what it says, and held to the export whose floors it was made for."""

import shutil
from pathlib import Path

import pytest

from tests.build.verifying import verify
from tests.making import make_all
from tests.prove.press import SAMPLE


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


def test_a_file_of_nobody(project: Path, tmp_path: Path) -> None:
    file = tmp_path / "x.pdf"
    file.write_bytes(b"%PDF-1.7")
    result = verify(project / "output", str(file), project=project)
    assert result.exit_code == 1
    assert "nothing to hold it against" in result.output
