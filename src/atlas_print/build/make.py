"""Making and proving the planned files, in worker processes: layout is bound to one core."""

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas
from atlas_print.build.plan import Task
from atlas_print.compose.layout import Composer, LayoutError
from atlas_print.exports import ATLAS_EXPORTS, TOPIC_EXPORTS, Job
from atlas_print.exports.values import ExportError
from atlas_print.pdf.engine import TypesettingError
from atlas_print.problems import Place, Problem
from atlas_print.prove import prove
from atlas_print.prove.verdicts import Outcome, Verdict
from atlas_print.typefaces import Family

_TASKS_A_WORKER = 50
"""After this many files a worker is replaced: WeasyPrint gives memory back late."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task: bytes with their verdicts, or the problems that stopped it."""

    task: Task
    data: bytes = b""
    pages: int | None = None
    note: str | None = None
    verdicts: tuple[Verdict, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Workshop:
    """What every task of a build shares."""

    atlas: Atlas
    project: Path
    made_on: date
    stack: tuple[Family, ...]

    def make(self, task: Task) -> Result:
        """The file of one task, read back and judged; every error that an author can mend is a problem."""
        atlas = self.atlas
        job = Job(atlas, Composer(atlas, self.project, self.made_on), task.export, self.stack)
        topic = None if task.slug is None else atlas.topic(task.slug)
        place = Place(f"content/topics/{task.slug}.md" if task.slug else "content/atlas.yaml")
        try:
            if topic is None:
                made = ATLAS_EXPORTS[task.export.kind](job)
            else:
                made = TOPIC_EXPORTS[task.export.kind](job, topic)
        except ExportError as error:
            return Result(task, problems=(Problem(place, "export", error.what, error.help),))
        except LayoutError as error:
            where, _, what = str(error).partition(": ")
            return Result(task, problems=(Problem(Place(where), "layout", what, "mend the layout file"),))
        except TypesettingError as error:
            help_ = "mend what it names; a warning here would be a fault on the page"
            problems = [Problem(place, "typesetting", line, help_) for line in str(error).splitlines()]
            return Result(task, problems=tuple(problems))
        verdicts = prove(made.data, task.export.kind, atlas, topic, self.made_on, task.export.settings)
        return Result(task, made.data, made.pages, made.note, verdicts, tuple(broken(place, task, verdicts)))


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
    """The results in the order of the tasks, as they come."""
    workers = min(os.cpu_count() or 1, len(tasks))
    if workers < 2:
        yield from map(workshop.make, tasks)
        return
    with ProcessPoolExecutor(
        workers,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_start,
        initargs=(workshop,),
        max_tasks_per_child=_TASKS_A_WORKER,
    ) as pool:
        yield from pool.map(_work, tasks)


_workshop: Workshop


def _start(workshop: Workshop) -> None:
    """Hands a worker process what all its tasks share, once."""
    global _workshop
    _workshop = workshop


def _work(task: Task) -> Result:
    return _workshop.make(task)
