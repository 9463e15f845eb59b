"""Making and proving the planned files, in worker processes: layout is bound to one core."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Protocol, TypeAlias

from atlas_print.atlas import Atlas
from atlas_print.compose.layout import Composer, LayoutError
from atlas_print.compose.passages import Paged, Passage
from atlas_print.exports.registry import ATLAS_EXPORTS, TOPIC_EXPORTS
from atlas_print.exports.values import ExportError, Job
from atlas_print.pdf.engine import TypesettingError
from atlas_print.pipeline.layouts import layout_problem
from atlas_print.pipeline.pictures import picture
from atlas_print.pipeline.plan import Task, paged_editions
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.workers import Died, Watch, unwatched, workers
from atlas_print.problems import Place, Problem
from atlas_print.prove import Edition, Proof, edition_of, prove
from atlas_print.typefaces import Family

_HELP_LOST = "tell the makers of Atlas Print, with what stands there; a smaller topic may be made all the same"


@dataclass(frozen=True, slots=True)
class Pages:
    """What a book has to know of a large print: its text by pages, and what was read back from it."""

    passages: tuple[Passage, ...]
    edition: Edition = field(repr=False)


@dataclass(frozen=True, slots=True)
class Published:
    """A large print that stands as it was published: its bytes, its day, and its `pages` where these are known."""

    data: bytes = field(repr=False)
    made_on: date
    pages: Pages | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Order:
    """A file to make. `paged` has the paged edition of each topic that a book names the pages of.

    `editions` has what was read of these, by the names of their files. `published` is the file of the same source that
    stands for it: then only its pages are wanted. `pages` are as in `Job`.
    """

    task: Task
    paged: Mapping[str, Paged] = field(default_factory=dict)
    editions: Mapping[str, Edition] = field(default_factory=dict, repr=False)
    published: Published | None = None
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Workshop:
    """What every order of a build shares; `labels` are the words that its layouts add to the source."""

    atlas: Atlas
    project: Path
    made_on: date
    stack: tuple[Family, ...]
    labels: tuple[str, ...]

    def make(self, order: Order) -> Result:
        """The file of one task, read back and judged; every error that an author can mend is a problem."""
        task = order.task
        atlas = self.atlas
        day = order.published.made_on if order.published else self.made_on
        job = Job(atlas, Composer(atlas, self.project, day), task.export, self.stack, order.paged, order.pages)
        topic = None if task.slug is None else atlas.topic(task.slug)
        place = place_of(atlas, task)
        try:
            if topic is None:
                made = ATLAS_EXPORTS[task.export.kind](job)
            else:
                made = TOPIC_EXPORTS[task.export.kind](job, topic)
        except ExportError as error:
            return Result(task, task.path, place, problems=(Problem(place, "export", error.what, error.help),))
        except LayoutError as error:
            return Result(task, task.path, place, problems=(layout_problem(error),))
        except TypesettingError as error:
            help_ = "mend what it names; a warning here would be a fault on the page"
            problems = [Problem(place, "typesetting", line, help_) for line in str(error).splitlines()]
            return Result(task, task.path, place, problems=tuple(problems))
        kind, settings = task.export.kind, task.export.settings
        if order.published is not None:
            proof, shown = Proof((), edition=edition_of(order.published.data)), ""
        else:
            name = task.export.name
            proof = prove(made.data, kind, atlas, topic, self.made_on, settings, order.editions, self.labels, name)
            shown = picture(made.data, kind)
        return Result(
            task, task.path, place, made.data, made.pages, made.note, proof, passages=made.passages, picture=shown
        )


class Crew(Protocol):
    """Whoever makes files: `run` gives each order with what became of it, in their order, and may be called again."""

    def run(self, orders: Sequence[Order], watch: Watch[Order]) -> Iterator[tuple[Order, Result | Died]]:
        """The orders, each with its result or why there is none."""


Hire: TypeAlias = Callable[[Workshop, int], AbstractContextManager[Crew]]
"""Who makes that many files in a workshop."""


def of_this_machine(jobs: int | None = None) -> Hire:
    """Worker processes of this machine, at most `jobs`."""
    return lambda workshop, orders: workers(workshop.make, orders, jobs)


def place_of(atlas: Atlas, task: Task) -> Place:
    """The file of content that a file is made of first of all."""
    return Place("content/atlas.yaml" if task.slug is None else atlas.topic(task.slug).file)


def make_all(
    workshop: Workshop,
    tasks: Sequence[Task],
    published: Callable[[Task], Published | None] = lambda task: None,
    learn: Callable[[Task, Pages], None] = lambda task, pages: None,
    hire: Hire | None = None,
    watch: Watch[Task] = unwatched,
) -> Iterator[Result]:
    """The results as they come: those with pages first, since a book names the pages of its paged edition.

    An edition that nobody asked for is made too, but only its problems are told. Where `published` has its file, of the
    same source, the book is held against that one, and the new one only says where its pages begin. `learn` is told
    what was found out of each. `hire` gives who makes them, by default a worker for each core. `watch` is as in
    `Workers`.
    """
    books = [task for task in tasks if task.export.kind == "epub"]
    others = [task for task in tasks if task.export.kind != "epub"]
    editions = paged_editions(workshop.atlas, books)
    unasked = [(task, published(task)) for task in editions.values() if task not in others]
    known = [(task, it.pages) for task, it in unasked if it is not None and it.pages is not None]
    unknown = [Order(task, published=it) for task, it in unasked if it is None or it.pages is None]
    orders = [*map(Order, others), *unknown]
    paged: dict[str, Paged] = {}
    read: dict[str, Edition] = {}

    def take(task: Task, pages: Pages) -> None:
        name = Path(task.path).name
        paged[str(task.slug)] = Paged(name, pages.passages)
        read[name] = pages.edition
        learn(task, pages)

    for task, pages in known:
        take(task, pages)
    with (hire or of_this_machine())(workshop, len(orders) + len(books)) as pool:

        def run(orders: Sequence[Order]) -> Iterator[Result]:
            for order, result in pool.run(orders, lambda at_work: watch([(it.task, for_) for it, for_ in at_work])):
                yield _lost(workshop.atlas, order.task, result) if isinstance(result, Died) else result

        for result in run(orders):
            task, edition = result.task, result.proof.edition
            is_edition = task.slug is not None and editions.get(task.slug) == task
            if is_edition and edition is not None and not result.is_broken:
                take(task, Pages(result.passages, edition))
            if task in others or result.is_broken:
                yield result
        yield from run([_book(task, paged, read) for task in books])


def _lost(atlas: Atlas, task: Task, died: Died) -> Result:
    place = place_of(atlas, task)
    problem = Problem(place, "worker-died", f"{task.path} was not made: {died.why}", _HELP_LOST)
    return Result(task, task.path, place, problems=(problem,))


def _book(task: Task, paged: Mapping[str, Paged], read: Mapping[str, Edition]) -> Order:
    slugs = task.topics if task.slug is None else (task.slug,)
    paged = {slug: edition for slug, edition in paged.items() if slug in slugs}
    names = {edition.name for edition in paged.values()}
    return Order(task, paged, {name: edition for name, edition in read.items() if name in names})
