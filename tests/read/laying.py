"""Broken projects: the base project with the files and the changes of one folder of broken/ laid over it.

A folder holds whole files under content/, or a change.txt such as

    In content/topics/thin-air.md
    - kind: mechanism
    + kind: mechanizm

    Delete content/references.json

Lines with "- " must stand in the file, one below the other and at one place only; those with "+ " take their place,
or go to the end of the file where no "- " stands before them.
"""

import re
import shutil
from datetime import date
from pathlib import Path

from atlas_print.problems import Problem
from atlas_print.read.project import load

HERE = Path(__file__).parent
BASE = HERE / "base"
BROKEN = HERE / "broken"
TODAY = date(2026, 11, 22)


def lay(target: Path, case: Path | None = None) -> Path:
    """A copy of the base project in `target`, with the case laid over it."""
    shutil.copytree(BASE, target, dirs_exist_ok=True)
    if case is not None:
        if (case / "content").is_dir():
            shutil.copytree(case / "content", target / "content", dirs_exist_ok=True)
        if (case / "fonts").is_dir():
            shutil.copytree(case / "fonts", target / "fonts")
        if (case / "change.txt").is_file():
            _change(target, (case / "change.txt").read_text("utf-8"))
    return target


def problems_of(project: Path) -> list[Problem]:
    """What reading the project finds; there is an atlas if none of it is an error."""
    atlas, problems = load(project, TODAY)
    assert (atlas is None) == any(problem.severity == "error" for problem in problems)
    return problems


def as_text(problems: list[Problem]) -> str:
    """The problems as `atlas-print check` prints them."""
    return "\n".join(f"{problem}\n" for problem in problems)


def _change(target: Path, text: str) -> None:
    for part in re.split(r"\n{2,}", text.strip("\n")):
        head, *lines = part.split("\n")
        verb, name = head.split(" ", 1)
        if verb == "Delete":
            file = target / name
            file.unlink() if file.is_file() else shutil.rmtree(file)
            continue
        assert verb == "In", part
        _replace(
            target / name,
            [line[2:] for line in lines if line[0] == "-"],
            [line[2:] for line in lines if line[0] == "+"],
        )


def _replace(file: Path, old: list[str], new: list[str]) -> None:
    lines = file.read_text("utf-8").split("\n")
    if not old:
        lines[-1:] = [*new, ""]
    else:
        places = [start for start in range(len(lines)) if lines[start : start + len(old)] == old]
        assert len(places) == 1, f"{len(places)} places in {file} hold {old}"
        lines[places[0] : places[0] + len(old)] = new
    file.write_text("\n".join(lines), "utf-8", newline="")
