"""A build: what is not as its sources would have it is made, proven and published; the rest stands."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from atlas_print.atlas import Atlas, Topic
from atlas_print.compose.labels import labels
from atlas_print.exports import BOOKS
from atlas_print.pipeline.account import account
from atlas_print.pipeline.books.last_published import Shelf, with_last_published
from atlas_print.pipeline.comparison import parities
from atlas_print.pipeline.make import Hire, Pages, Published, Workshop, make_all, of_this_machine
from atlas_print.pipeline.plan import Task, plan
from atlas_print.pipeline.publish import publish
from atlas_print.pipeline.release import Release, release, staying, with_books
from atlas_print.pipeline.report import unmade
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.sources import Origin, origins, sources
from atlas_print.pipeline.store.manifest import REPORT, Proven, proven, read_manifest
from atlas_print.pipeline.store.memory import Memory
from atlas_print.pipeline.store.program import sum_of_folders
from atlas_print.pipeline.store.unchanged import is_report_there, unchanged_line
from atlas_print.pipeline.workers import Watch
from atlas_print.prove.parity import Parity
from atlas_print.typefaces import families

Progress: TypeAlias = Callable[[Callable[[Watch[Task]], Iterator[Result]], int], Iterator[Result]]
"""Starts results with a watch over what is at work, and passes them on; how many there will be."""
_LATE = ("layouts", "fonts")
"""The folders of a project that are read while files are made, not before."""


@dataclass(frozen=True)
class Site:
    """Where a build works: the atlas as it was read, its project and output folders, and what is remembered of these.

    `inputs` is the sum of the project's files when the atlas was read.
    """

    atlas: Atlas
    project: Path
    output: Path
    memory: Memory
    inputs: str


@dataclass(frozen=True)
class Wanted:
    """What a build is asked for: topics and exports by their names (none: all), its day.

    `is_forced`: what stands is made again. `hire` gives who makes the files.
    """

    slugs: tuple[str, ...]
    exports: tuple[str, ...]
    made_on: date
    is_forced: bool = False
    hire: Hire = field(default_factory=of_this_machine)

    @property
    def is_all(self) -> bool:
        """Whether it is the whole atlas."""
        return not self.slugs and not self.exports


@dataclass(frozen=True)
class Plan:
    """The tasks of a build: all `tasks`, those `due`, and what is known of the files that `stand`, by their paths.

    `known` is what is known of every file, `sums` its source, `made_of` what it would be made of now; `late` is the sum
    of what is read while files are made.
    """

    tasks: tuple[Task, ...]
    due: tuple[Task, ...]
    stand: Mapping[str, Proven]
    known: Mapping[str, Proven]
    sums: Mapping[str, str]
    made_of: Mapping[str, Origin]
    late: str

    def is_current(self, path: str) -> bool:
        """Whether a file is there, as it was proven, and would be made of the same again."""
        proof = self.known.get(path)
        return proof is not None and proof.is_same and proof.fingerprint == self.made_of[path].fingerprint


@dataclass(frozen=True)
class Built:
    """What was made, what of it may go out, and what was learnt of large prints, by their paths.

    `sums` has the source of every file, by its path; of a book with older topics that of these.
    """

    made: tuple[Result, ...]
    alike: Mapping[str, Parity]
    release: Release
    learnt: Mapping[str, Pages]
    sums: Mapping[str, str]


def unchanged(planned: Plan) -> str:
    """The line that says what stands and was not read; "" for nothing."""
    return unchanged_line(planned.stand.values()) if planned.stand else ""


def planned(site: Site, wanted: Wanted) -> Plan:
    """What is to be made of all that is wanted. The files of a topic are made together, as they are compared.

    A book of all is made with any topic in it: it names the pages of its large print.
    """
    atlas, memory = site.atlas, site.memory
    tasks = plan(atlas, wanted.slugs, wanted.exports)
    sums = sources(atlas, site.project)
    known = proven(read_manifest(site.output), memory.sum_of)
    made_of = origins(atlas, plan(atlas), sums, lambda path: known[path].sha256 if path in known else "")
    found = Plan(tuple(tasks), (), {}, known, sums, made_of, sum_of_folders(site.project, _LATE))
    stale = {task.path for task in tasks if wanted.is_forced or not found.is_current(task.path)}
    slugs = {task.slug for task in tasks if task.slug is not None and task.path in stale}
    due = tuple(task for task in tasks if task.path in stale or task.slug in slugs or slugs.intersection(task.topics))
    return replace(found, due=due, stand={task.path: known[task.path] for task in tasks if task not in due})


def make(site: Site, wanted: Wanted, planned: Plan, progress: Progress) -> Built:
    """Makes what is due, and reads it back."""
    atlas, project = site.atlas, site.project
    workshop = Workshop(
        atlas, project, wanted.made_on, families(project, atlas.language, []), labels(project, atlas.language)
    )
    learnt: dict[str, Pages] = {}
    shelf = Shelf(site.output, planned.known, site.memory, planned.sums)

    def published(task: Task) -> Published | None:
        return shelf.large_print(task, wanted.made_on) if planned.is_current(task.path) else None

    def start(watch: Watch[Task]) -> Iterator[Result]:
        return make_all(
            workshop,
            planned.due,
            published,
            lambda task, pages: learnt.__setitem__(task.path, pages),
            wanted.hire,
            watch,
        )

    order = {task.path: number for number, task in enumerate(planned.due)}
    results = progress(start, len(planned.due)) if planned.due else iter(())
    made = tuple(sorted(results, key=lambda result: order.get(result.task.path, len(order))))
    alike = parities(atlas, made)
    out = release(planned.due, made, alike)

    def stands(task: Task) -> Published | None:
        # What was made now is known by its pages.
        pages = learnt.get(task.path)
        return Published(b"", wanted.made_on, pages) if pages is not None else published(task)

    shelved = with_last_published(workshop, shelf, out.held, stands, wanted.hire)
    older = {it.result.task.path: it for it in shelved}
    books = {path: it.result for path, it in older.items()}
    made = tuple(books.get(result.task.path, result) for result in made)
    sums = {**planned.sums, **{path: it.source for path, it in older.items()}}
    return Built(made, alike, with_books(out, list(books.values())), learnt, sums)


def put_out(site: Site, wanted: Wanted, planned: Plan, built: Built) -> None:
    """Publishes what may go out, and remembers it. LayoutError if the report can't be made, OSError for a folder."""
    atlas, output, memory, out = site.atlas, site.output, site.memory, built.release
    is_whole = wanted.is_all and out.is_whole
    every = {task.path for task in plan(atlas)}
    before = read_manifest(output)
    is_left_over = is_whole and bool(before.get("files", {}).keys() - every)
    is_report_lost = bool(before) and not is_report_there(memory, before)
    is_changed = bool(out.results) or is_left_over or is_report_lost
    is_steady = sum_of_folders(site.project, _LATE) == planned.late
    if is_changed:
        report = account(
            atlas,
            site.project,
            out.results,
            parities(atlas, out.results),
            built.sums,
            planned.known,
            staying(out),
        )
        made_of = _origins(site, planned, built)
        if not is_steady:
            # Who knows which of them a layout was read for that changed meanwhile: they are made again next time.
            made_of = {path: replace(origin, fingerprint="") for path, origin in made_of.items()}
        publish(output, out.results, report, wanted.made_on, made_of, every if is_whole else None)
    files = read_manifest(output).get("files", {})
    if is_whole and is_steady:
        memory.keep([*files, REPORT], site.inputs, unmade(atlas))
    elif is_changed:
        memory.keep([*files, REPORT])
    sums = {path: str(entry.get("sha256", "")) for path, entry in files.items()}
    current = {path for path in built.learnt if path in out.paths or planned.is_current(path)}
    learnt = {sums[path]: (built.learnt[path].passages, built.learnt[path].edition) for path in current & sums.keys()}
    memory.keep_read({**learnt, **_topics(atlas, planned, out, sums)}, set(sums.values()))


def _topics(atlas: Atlas, planned: Plan, out: Release, sums: Mapping[str, str]) -> dict[str, Topic]:
    """What each published book of a topic was made of, by the sum of that file."""
    books = (task for task in plan(atlas) if task.slug is not None and task.export.kind in BOOKS)
    current = (task for task in books if task.path in out.paths or planned.is_current(task.path))
    return {sums[task.path]: atlas.topic(str(task.slug)) for task in current if task.path in sums}


def _origins(site: Site, planned: Plan, built: Built) -> Mapping[str, Origin]:
    """What the published files are made of, books of the large prints that are published with them."""
    new = {result.task.path: hashlib.sha256(result.data).hexdigest() for result in built.release.results}
    old = {path: proof.sha256 for path, proof in planned.known.items()}
    tasks = [result.task for result in built.release.results]
    return origins(site.atlas, tasks, built.sums, lambda path: {**old, **new}.get(path, ""))
