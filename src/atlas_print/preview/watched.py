"""A topic that is kept up to date: its composed text, and what was made of it, each with the source that it is of."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.compose.labels import labels
from atlas_print.compose.layout import Composer, LayoutError
from atlas_print.compose.passages import Paged, pages_of
from atlas_print.exports.text import render_text
from atlas_print.exports.values import Job
from atlas_print.pipeline.comparison import parities
from atlas_print.pipeline.faults import problems as faults
from atlas_print.pipeline.layouts import layout_problem
from atlas_print.pipeline.make import Order, Workshop, place_of
from atlas_print.pipeline.plan import Task, made_on, paged_editions, plan
from atlas_print.pipeline.sources import sources
from atlas_print.pipeline.store.program import sum_of_folders
from atlas_print.pipeline.workers import Died
from atlas_print.preview.making import AT_ONCE, Drawn, Errand, alone
from atlas_print.problems import Problem
from atlas_print.typefaces import families


@dataclass(frozen=True, slots=True)
class Text:
    """The composed text of a topic, a document, of a source with that sum."""

    source: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Panel:
    """An export of a topic: what was made last, of which source, and what was `tried` last without anything to show.

    `problems` are those of that try.
    """

    task: Task
    drawn: Drawn | None = None
    source: str = ""
    tried: str = ""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Watched:
    """A topic that is kept up to date: the sum of its source as it was read last, its text, its exports by name."""

    topic: Topic
    atlas: Atlas
    project: Path
    made_on: date
    source: str
    tasks: tuple[Task, ...]
    text: Text | None = None
    panels: Mapping[str, Panel] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def panel(self, task: Task) -> Panel:
        """What is known of an export."""
        return self.panels.get(task.path) or Panel(task)

    @property
    def due(self) -> list[Task]:
        """The exports that are older than the source."""
        return [task for task in self.tasks if self.panel(task).tried != self.source]

    def next(self) -> list[Errand]:
        """What is to be made next, the quickest first: a book is made when the pages that it names are there."""
        rank = {"handout": 0, "large-print": 1}
        due = sorted(self.due, key=lambda task: rank.get(task.export.kind, 2))
        paged = [task for task in due if task.export.kind != "epub"]
        stack = families(self.project, self.atlas.language, [])
        said = _labels(self.project, self.atlas.language, sum_of_folders(self.project, ("layouts",)))
        workshop = Workshop(self.atlas, self.project, self.made_on, stack, said)
        return [Errand(workshop, self._order(task), self.source) for task in (paged or due)[:AT_ONCE]]

    def all_problems(self) -> list[Problem]:
        """What is wrong with the text, and with the exports that are of this source."""
        panels = [self.panel(task) for task in self.tasks]
        tried = [panel for panel in panels if panel.tried == self.source]
        results = [panel.drawn.result for panel in tried if panel.drawn and panel.source == self.source]
        alike = parities(self.atlas, results) if len(results) == len(self.tasks) else {}
        found = [problem for panel in tried for problem in panel.problems]
        return sorted({*self.problems, *found, *faults(results, alike)})

    def with_made(self, errand: Errand, made: Drawn | Died) -> "Watched":
        """The same, with what became of an export."""
        task = errand.order.task
        panel = replace(self.panel(task), tried=errand.source, problems=())
        if isinstance(made, Died):
            what, help_ = (
                f"{task.path} was not made: {made.why}",
                "save it again, or stop the preview and start it anew",
            )
            panel = replace(panel, problems=(Problem(place_of(self.atlas, task), "worker-died", what, help_),))
        elif not made.result.data:
            panel = replace(panel, problems=made.result.problems)
        else:
            panel = replace(panel, drawn=made, source=errand.source)
        return replace(self, panels={**self.panels, task.path: panel})

    def _order(self, task: Task) -> Order:
        last = self.panel(task).drawn
        if task.export.kind == "large-print" and last is not None:
            return Order(task, pages=pages_of(last.result.passages))
        edition = paged_editions(self.atlas, [task]).get(self.topic.slug)
        panel = self.panels.get(edition.path) if task.export.kind == "epub" and edition else None
        if panel is None or panel.drawn is None or panel.source != self.source:
            return Order(task)
        name, result = Path(panel.task.path).name, panel.drawn.result
        read = {name: result.proof.edition} if result.proof.edition is not None else {}
        return Order(task, {self.topic.slug: Paged(name, result.passages)}, read)


def renewed(atlas: Atlas, project: Path, topic: Topic, before: Watched | None, today: date) -> Watched:
    """The topic as it was read last, with its text; what was made of it `before` stays, and may be older now."""
    own = alone(atlas, topic)
    only = replace(own, topics=(topic,), others=tuple(it for it in (*own.topics, *own.others) if it is not topic))
    tasks = tuple(task for task in plan(only) if task.slug == topic.slug)
    source = next(iter(sources(only, project).values()), "")
    if before is not None and before.source == source:
        return before
    day, stack = made_on(atlas, today, {}), families(project, atlas.language, [])
    text = before.text if before else None
    problems: tuple[Problem, ...] = ()
    try:
        text = Text(source, render_text(Job(own, Composer(own, project, day), atlas.exports[0], stack), topic))
    except LayoutError as error:
        problems = (layout_problem(error),)
    return Watched(topic, own, project, day, source, tasks, text, before.panels if before else {}, problems)


@lru_cache(maxsize=2)
def _labels(project: Path, language: str, layouts: str) -> tuple[str, ...]:
    """The words that layouts with that sum add to the source: to read them takes as long as to compose a text."""
    del layouts
    return labels(project, language)
