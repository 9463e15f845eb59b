"""Reading again: only what changed is read, and nothing is told otherwise than by reading all of it."""

import shutil
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from atlas_print.pipeline.checking import Checked, checked
from atlas_print.read.known import Known
from atlas_print.read.project import load
from atlas_print.read.topic import TopicReader
from tests.making import TODAY
from tests.prove.press import SAMPLE

SLUG = "tired-legs"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "atlas")
    return tmp_path / "atlas"


def add(project: Path, file: str, text: str) -> None:
    path = project / "content" / file
    path.write_text(path.read_text("utf-8") + text, "utf-8")


def topic(project: Path, text: str) -> None:
    add(project, f"topics/{SLUG}.md", text)


def same_title(project: Path) -> None:
    names = sorted((project / "content/topics").glob("*.md"))
    shutil.copy(names[-1], names[-1].with_name("another.md"))


def figure(project: Path, text: str) -> None:
    (project / "content/figures/new.svg").write_text(text, "utf-8")
    topic(project, '\n![Words.](../figures/new.svg){alt="Words."}\n')


CHANGES: dict[str, Callable[[Path], object]] = {
    "a sentence": lambda project: topic(project, "\nOne more sentence.\n"),
    "an unknown reference": lambda project: topic(project, "\nNobody says so.[@nobody]\n"),
    "a character without a font": lambda project: topic(project, "\nA sign: \U00013080.\n"),
    "a figure that is not there": lambda project: topic(project, '\n![Words.](../figures/none.svg){alt="Words."}\n'),
    "a drawing that is none": lambda project: figure(project, "<svg"),
    "a drawing that moves": lambda project: figure(
        project,
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 99 9"><rect width="9" height="9"><animate/></rect></svg>',
    ),
    "a topic more": same_title,
    "a topic less": lambda project: (project / f"content/topics/{SLUG}.md").unlink(),
    "a draft": lambda project: (project / f"content/topics/{SLUG}.md").write_text(
        (project / f"content/topics/{SLUG}.md").read_text("utf-8").replace("---\n", "---\ndraft: true\n", 1), "utf-8"
    ),
    "the atlas": lambda project: add(project, "atlas.yaml", "\nnobody_knows: this\n"),
    "the atlas, broken": lambda project: (project / "content/atlas.yaml").write_text("{", "utf-8"),
    "the bibliography": lambda project: (project / "content/references.json").unlink(),
    "a file that is no topic": lambda project: (project / "content/topics/notes.txt").write_text("", "utf-8"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_it_is_told_what_a_first_reading_tells(project: Path, change: Callable[[Path], object]) -> None:
    before = Checked()
    first = checked(project, TODAY, before)
    saved = {path: path.read_bytes() for path in (project / "content").rglob("*") if path.is_file()}
    change(project)
    assert checked(project, TODAY, before) == checked(project, TODAY) != first
    # And as it was again: nothing of it stays.
    for path in (project / "content").rglob("*"):
        if path.is_file() and path not in saved:
            path.unlink()
    for path, data in saved.items():
        path.write_bytes(data)
    assert checked(project, TODAY, before) == first


def test_only_what_changed_is_read(project: Path) -> None:
    known, read = Known(), []
    whole = TopicReader.read

    def counted(reader: TopicReader, path: Path) -> object:
        read.append(path.stem)
        return whole(reader, path)

    with patch.object(TopicReader, "read", counted):
        atlas, _ = load(project, TODAY, known=known)
        assert len(read) == len(list((project / "content/topics").glob("*.md")))
        read.clear()
        again, _ = load(project, TODAY, known=known)
        assert (again, read) == (atlas, [])
        topic(project, "\nOne more sentence.\n")
        load(project, TODAY, known=known)
        assert read == [SLUG]
        read.clear()
        add(project, "atlas.yaml", "\n# a comment\n")
        load(project, TODAY, known=known)
        assert len(read) > 1
