"""Files that a folder of the corpus can't hold: too large, oddly named, behind links, unreadable."""

import os
from pathlib import Path

import pytest
from PIL import Image, ImageFile

from atlas_print.problems import Problem
from tests.read.laying import BROKEN, as_text, lay, problems_of

HOW_TO_PLACE = "put the file into content/figures and write ../figures/NAME"


def the_problem(project: Path) -> Problem:
    problems = problems_of(project)
    assert len(problems) == 1, as_text(problems)
    return problems[0]


def show(project: Path, target: str) -> None:
    """Names that figure in a topic, in the place of the first one."""
    topic = project / "content/topics/slow-mornings.md"
    topic.write_text(topic.read_text("utf-8").replace("../figures/dot.png", target), "utf-8")


@pytest.mark.parametrize(
    ("name", "size", "limit", "help_"),
    [
        ("topics/slow-mornings.md", 10_000_000, "10.0 MB; the limit is 1 MB", "split it into smaller files"),
        ("atlas.yaml", 1_100_000, "1.1 MB; the limit is 1 MB", "split it into smaller files"),
        ("references.json", 20_100_000, "20.1 MB; the limit is 20 MB", "split it into smaller files"),
        ("figures/crossing.svg", 2_100_000, "2.1 MB; the limit is 2 MB", "export it with less detail"),
        ("figures/dot.png", 20_100_000, "20.1 MB; the limit is 20 MB", "export it smaller"),
    ],
)
def test_a_file_far_too_large_is_not_even_read(tmp_path: Path, name: str, size: int, limit: str, help_: str) -> None:
    project = lay(tmp_path)
    os.truncate(project / "content" / name, size)

    assert str(the_problem(project)) == f"content/{name}: the file has {limit}\nhelp: {help_}"


@pytest.mark.parametrize("side", [8_000, 10_000, 20_000])
def test_a_photograph_of_too_many_pixels_is_not_decoded(tmp_path: Path, side: int) -> None:
    project = lay(tmp_path)
    Image.new("1", (side, side)).save(project / "content/figures/dot.png")

    assert str(the_problem(project)) == (
        "content/figures/dot.png: the image has more than 50 million pixels\nhelp: scale it down"
    )


def test_a_figure_behind_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    project = lay(tmp_path / "project")
    Image.new("L", (8, 8)).save(tmp_path / "secret.png")
    (project / "content/figures/linked.png").symlink_to(tmp_path / "secret.png")
    show(project, "../figures/linked.png")

    problem = the_problem(project)

    assert str(problem.place) == "content/topics/slow-mornings.md:14:1"
    assert problem.what == "the figure '../figures/linked.png' lies outside content/figures"
    assert problem.help == HOW_TO_PLACE


def test_a_figure_behind_a_link_inside_the_project_is_shown(tmp_path: Path) -> None:
    project = lay(tmp_path)
    (project / "content/figures/linked.png").symlink_to("dot.png")
    show(project, "../figures/linked.png")

    assert problems_of(project) == []


@pytest.mark.parametrize("name", ["loop.png", "folder.png", "nowhere.png"])
def test_a_figure_that_is_no_file_does_not_exist(tmp_path: Path, name: str) -> None:
    project = lay(tmp_path)
    figures = project / "content/figures"
    (figures / "loop.png").symlink_to("loop.png")
    (figures / "folder.png").mkdir()
    (figures / "nowhere.png").symlink_to("gone.png")
    show(project, f"../figures/{name}")

    assert the_problem(project).what == f"the figure '../figures/{name}' doesn't exist"


@pytest.mark.parametrize("name", ["a dot.png", "Größe.png", "50% dot.png", "sub/dot.png"])
def test_a_figure_may_be_named_freely(tmp_path: Path, name: str) -> None:
    project = lay(tmp_path)
    file = project / "content/figures" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes((project / "content/figures/dot.png").read_bytes())
    show(project, f"<../figures/{name}>")

    assert problems_of(project) == []


@pytest.mark.parametrize("name", ["topics/slow-mornings.md", "references.json", "atlas.yaml"])
def test_a_folder_in_the_place_of_a_file_is_told(tmp_path: Path, name: str) -> None:
    project = lay(tmp_path)
    (project / "content" / name).unlink()
    (project / "content" / name).mkdir()

    problem = the_problem(project)

    assert str(problem) == f"content/{name}: this is a folder, not a file\nhelp: put a file in its place, or rename it"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_without_permission_is_told(tmp_path: Path) -> None:
    project = lay(tmp_path)
    (project / "content/references.json").chmod(0)

    assert the_problem(project).what == "the file can't be read: Permission denied"


def test_a_pipe_in_the_place_of_a_topic_does_not_hang(tmp_path: Path) -> None:
    project = lay(tmp_path)
    (project / "content/topics/slow-mornings.md").unlink()
    os.mkfifo(project / "content/topics/slow-mornings.md")

    assert the_problem(project).rule == "unreadable"


def test_a_name_that_no_terminal_can_show_is_shown_in_part(tmp_path: Path) -> None:
    project = lay(tmp_path)
    topic = project / "content/topics/slow-mornings.md"
    topic.rename(os.fsdecode(os.fsencode(topic.parent) + b"/slow-\xff\n\x1b-mornings.md"))
    thin = project / "content/topics/thin-air.md"
    thin.write_text(thin.read_text("utf-8").replace("related: [slow-mornings]\n", ""), "utf-8")

    problem = the_problem(project)

    assert problem.rule == "malformed-slug"
    assert (
        str(problem)
        .encode("utf-8")
        .startswith(b"content/topics/slow-\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd-mornings.md: ")
    )


def test_every_folder_of_the_corpus_says_what_is_expected() -> None:
    folders = [path for path in BROKEN.iterdir() if path.is_dir()]

    assert all((folder / "expected.txt").read_text("utf-8").startswith(("content/", "fonts/")) for folder in folders)


def test_half_an_image_is_refused_even_where_pillow_was_told_to_make_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # WeasyPrint tells it so, in every process that imports it: a build must see what `check` sees.
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    problem = the_problem(lay(tmp_path, BROKEN / "figure-truncated"))
    assert problem.what == "the file is not a whole PNG or JPEG image"
    assert ImageFile.LOAD_TRUNCATED_IMAGES
