"""Making exports in tests, as a build does, but without publishing."""

from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas
from atlas_print.build.plan import Task, plan
from atlas_print.compose.layout import Composer
from atlas_print.exports import ATLAS_EXPORTS, TOPIC_EXPORTS, Job, Made
from atlas_print.problems import errors
from atlas_print.read.project import load
from atlas_print.typefaces import families

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 22)


def atlas_of(project: Path) -> Atlas:
    """The atlas in that folder, which must have no errors."""
    atlas, problems = load(project, TODAY)
    assert atlas is not None, "\n".join(map(str, errors(problems)))
    return atlas


def make(atlas: Atlas, project: Path, task: Task) -> Made:
    """The export of one task."""
    job = Job(atlas, Composer(atlas, project, TODAY), task.export, families(project, atlas.language, []))
    if task.slug is None:
        return ATLAS_EXPORTS[task.export.kind](job)
    return TOPIC_EXPORTS[task.export.kind](job, atlas.topic(task.slug))


def make_all(project: Path, folder: Path) -> dict[str, Path]:
    """Every export of the project, written below `folder`: path in output/ -> file."""
    atlas = atlas_of(project)
    files = {}
    for task in plan(atlas):
        file = folder / task.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make(atlas, project, task).data)
        files[task.path] = file
    return files
