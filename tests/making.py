"""Making exports in tests, as a build does, but without publishing."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

from atlas_print.atlas import Atlas
from atlas_print.compose.labels import labels
from atlas_print.compose.layout import Composer
from atlas_print.compose.passages import Paged
from atlas_print.exports.registry import ATLAS_EXPORTS, TOPIC_EXPORTS
from atlas_print.exports.values import Job, Made
from atlas_print.pipeline.plan import Task, paged_editions, plan
from atlas_print.problems import errors
from atlas_print.prove import Edition, Verdict, edition_of, prove
from atlas_print.read.project import load
from atlas_print.typefaces import families

ROOT = Path(__file__).resolve().parents[1]
TODAY = date(2026, 11, 22)
LABELS = labels(ROOT, "en")
"""The words of the layouts that ship with the tool."""
NO_EDITIONS: Mapping[str, Paged] = MappingProxyType({})


def atlas_of(project: Path) -> Atlas:
    """The atlas in that folder, which must have no errors."""
    atlas, problems = load(project, TODAY)
    assert atlas is not None, "\n".join(map(str, errors(problems)))
    return atlas


def make(atlas: Atlas, project: Path, task: Task, paged: Mapping[str, Paged] = NO_EDITIONS) -> Made:
    """The export of one task; a book names the pages of the editions in `paged`."""
    stack = families(project, atlas.language, [])
    job = Job(atlas, Composer(atlas, project, TODAY), task.export, stack, paged)
    if task.slug is None:
        return ATLAS_EXPORTS[task.export.kind](job)
    return TOPIC_EXPORTS[task.export.kind](job, atlas.topic(task.slug))


def editions_of(atlas: Atlas, project: Path) -> dict[str, tuple[Paged, bytes]]:
    """The paged edition of each topic and its file, where the atlas has a large print."""
    editions = {}
    for slug, task in paged_editions(atlas, plan(atlas)).items():
        made = make(atlas, project, task)
        editions[slug] = (Paged(Path(task.path).name, made.passages), made.data)
    return editions


def make_each(atlas: Atlas, project: Path) -> Iterator[tuple[Task, Made, Mapping[str, Edition]]]:
    """Every export of a project, books last, each with the editions whose pages it marks by their names."""
    pages = paged_editions(atlas, plan(atlas))
    editions: dict[str, Paged] = {}
    read: dict[str, Edition] = {}
    for task in sorted(plan(atlas), key=lambda task: task.export.kind == "epub"):
        slugs = task.topics if task.slug is None else (task.slug,)
        paged = {slug: editions[slug] for slug in slugs if task.export.kind == "epub" and slug in editions}
        made = make(atlas, project, task, paged)
        if task.slug is not None and pages.get(task.slug) == task:
            name = Path(task.path).name
            editions[task.slug] = Paged(name, made.passages)
            read[name] = edition_of(made.data)
        yield task, made, {edition.name: read[edition.name] for edition in paged.values()}


def judged(*given: Any, **named: Any) -> tuple[Verdict, ...]:
    """The verdicts of `prove` alone, which takes the same."""
    return prove(*given, **named).verdicts


def make_all(project: Path, folder: Path) -> dict[str, Path]:
    """Every export of the project, written below `folder`: path in output/ -> file."""
    files = {}
    for task, made, _ in make_each(atlas_of(project), project):
        file = folder / task.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(made.data)
        files[task.path] = file
    return files
