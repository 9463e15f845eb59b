"""Making and proving the planned files, in worker processes: layout is bound to one core."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from atlas_print.atlas import Atlas
from atlas_print.compose.layout import Composer, LayoutError
from atlas_print.compose.passages import Paged, Passage
from atlas_print.exports import ATLAS_EXPORTS, TOPIC_EXPORTS, Job
from atlas_print.exports.values import ExportError
from atlas_print.pdf.engine import TypesettingError
from atlas_print.pipeline.plan import Task, paged_editions
from atlas_print.problems import Place, Problem
from atlas_print.prove import Outcome, Proof, Verdict, prove
from atlas_print.typefaces import Family

_TASKS_A_WORKER = 50
"""After this many files a worker is replaced: WeasyPrint gives memory back late."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task: bytes with their verdicts, or the problems that stopped it.

    `file` is where a person finds it: below the output folder for what is made, the path given for what is verified.
    """

    task: Task
    file: str
    data: bytes = b""
    pages: int | None = None
    note: str | None = None
    proof: Proof = field(default_factory=lambda: Proof(()))
    problems: tuple[Problem, ...] = ()
    passages: tuple[Passage, ...] = ()

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdict on each promise; none where the file could not be made or found."""
        return self.proof.verdicts


@dataclass(frozen=True)
class Workshop:
    """What every task of a build shares; `labels` are the words that its layouts add to the source."""

    atlas: Atlas
    project: Path
    made_on: date
    stack: tuple[Family, ...]
    labels: tuple[str, ...]

    def make(self, task: Task, paged: Mapping[str, Paged]) -> Result:
        """The file of one task, read back and judged; every error that an author can mend is a problem.

        `paged` has the paged edition of each topic that a book names the pages of.
        """
        atlas = self.atlas
        job = Job(atlas, Composer(atlas, self.project, self.made_on), task.export, self.stack, paged)
        topic = None if task.slug is None else atlas.topic(task.slug)
        place = Place(f"content/topics/{task.slug}.md" if task.slug else "content/atlas.yaml")
        try:
            if topic is None:
                made = ATLAS_EXPORTS[task.export.kind](job)
            else:
                made = TOPIC_EXPORTS[task.export.kind](job, topic)
        except ExportError as error:
            return Result(task, task.path, problems=(Problem(place, "export", error.what, error.help),))
        except LayoutError as error:
            return Result(task, task.path, problems=(layout_problem(error),))
        except TypesettingError as error:
            help_ = "mend what it names; a warning here would be a fault on the page"
            problems = [Problem(place, "typesetting", line, help_) for line in str(error).splitlines()]
            return Result(task, task.path, problems=tuple(problems))
        editions = {edition.name: edition.data for edition in paged.values()}
        kind, settings = task.export.kind, task.export.settings
        proof = prove(made.data, kind, atlas, topic, self.made_on, settings, editions, self.labels)
        findings = tuple(broken(place, task, proof.verdicts))
        return Result(task, task.path, made.data, made.pages, made.note, proof, findings, made.passages)


def layout_problem(error: LayoutError) -> Problem:
    """What is wrong with a template, where it is."""
    where, _, what = str(error).partition(": ")
    return Problem(Place(where), "layout", what, "mend the layout file")


def broken(place: Place, task: Task, verdicts: Sequence[Verdict]) -> Iterator[Problem]:
    """A problem for each finding of each broken promise."""
    for verdict in verdicts:
        if verdict.outcome is Outcome.BROKEN:
            for finding in verdict.findings:
                what = (
                    f"{task.path} breaks the promise {verdict.promise} ({verdict.title}): {finding.where}: "
                    f"expected {finding.expected}; found {finding.found}"
                )
                yield Problem(place, f"broken-{verdict.promise}", what, finding.help)


def make_all(workshop: Workshop, tasks: Sequence[Task]) -> Iterator[Result]:
    """The results as they come: those with pages first, since a book names the pages of its paged edition.

    An edition that nobody asked for is made too, but only its problems are told.
    """
    books = [task for task in tasks if task.export.kind == "epub"]
    others = [task for task in tasks if task.export.kind != "epub"]
    editions = paged_editions(workshop.atlas, books)
    unasked = [task for task in editions.values() if task not in others]
    paged: dict[str, Paged] = {}
    with _workers(workshop, len(tasks) + len(unasked)) as run:
        for result in run([(task, {}) for task in (*others, *unasked)]):
            slug = result.task.slug
            if slug is not None and editions.get(slug) == result.task and not result.problems:
                paged[slug] = Paged(Path(result.task.path).name, result.data, result.passages)
            if result.task in others or result.problems:
                yield result
        yield from run([(book, paged if book.slug is None else _of(book.slug, paged)) for book in books])


def _of(slug: str, paged: Mapping[str, Paged]) -> Mapping[str, Paged]:
    return {slug: paged[slug]} if slug in paged else {}


_Run: TypeAlias = Callable[[Sequence[tuple[Task, Mapping[str, Paged]]]], Iterator[Result]]


@contextmanager
def _workers(workshop: Workshop, tasks: int) -> Iterator[_Run]:
    """What makes tasks, each with the paged editions it needs: in worker processes where there are cores for them."""
    workers = min(os.cpu_count() or 1, tasks)
    if workers < 2:
        yield lambda work: (workshop.make(*item) for item in work)
        return
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(workshop,),
        max_tasks_per_child=_TASKS_A_WORKER,
    ) as pool:
        yield lambda work: pool.map(_work, work)


_workshop: Workshop


def _start(workshop: Workshop) -> None:
    """Hands a worker process what all its tasks share, once."""
    global _workshop
    _workshop = workshop


def _work(item: tuple[Task, Mapping[str, Paged]]) -> Result:
    return _workshop.make(*item)
