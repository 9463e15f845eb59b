"""What makes the files is part of their fingerprint: our own files, and the packages that have a part in it."""

import shutil
from pathlib import Path

import pytest

from atlas_print import shipped
from atlas_print.pipeline.store import program as programs


def names() -> set[str]:
    return {line.split()[0] for line in programs._versions()}


def test_the_packages_that_make_files_and_no_others() -> None:
    """With those that a package needs for an extra that is asked for, such as fonttools[woff]."""
    assert {"weasyprint", "pydyf", "fonttools", "brotli", "ebooklib", "fontpkg-noto-sans", "jinja2"} <= names()
    assert names().isdisjoint({"pytest", "mypy", "ruff", "hypothesis"})


def test_each_file_of_ours_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("layouts", "fonts"):
        shutil.copytree(shipped.folder(name), tmp_path / name)
    monkeypatch.setattr(programs, "folder", lambda name: tmp_path / name)
    sums = {programs.program.__wrapped__()}
    for path in ("layouts/locale/en.po", "layouts/shared/topic.html", "fonts/fonts.yaml"):
        (tmp_path / path).write_text((tmp_path / path).read_text("utf-8") + "\n", "utf-8")
        sums.add(programs.program.__wrapped__())
    (tmp_path / "layouts/shared/topic.html").rename(tmp_path / "layouts/shared/other.html")
    sums.add(programs.program.__wrapped__())
    monkeypatch.setattr(programs, "_versions", lambda: ["weasyprint 71.0"])
    sums.add(programs.program.__wrapped__())
    assert len(sums) == 6


def test_the_code_counts() -> None:
    assert {"atlas_print/cli.py", "atlas_print/pdf/engine.py"} <= {name for name, _ in programs._own_files()}


def test_each_file_of_a_project_counts(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    file = tmp_path / "content" / "a.md"
    sums = []
    for text in ("a", "b", "a"):
        file.write_text(text, "utf-8")
        sums.append(programs.sum_of_folders(tmp_path, ("content", "layouts")))
    file.rename(tmp_path / "content" / "b.md")
    sums.append(programs.sum_of_folders(tmp_path, ("content", "layouts")))
    assert sums[0] == sums[2]
    assert len(set(sums)) == 3
