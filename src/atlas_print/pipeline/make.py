"""Making and proving the planned files, in worker processes: layout is bound to one core."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas
from atlas_print.compose.layout import Composer, LayoutError
from atlas_print.compose.passages import Paged
from atlas_print.exports.registry import ATLAS_EXPORTS, TOPIC_EXPORTS
from atlas_print.exports.values import ExportError, Job
from atlas_print.pdf.engine import TypesettingError
from atlas_print.pipeline.layouts import layout_problem
from atlas_print.pipeline.pictures import picture
from atlas_print.pipeline.plan import Task, paged_editions
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.workers import Died, workers
from atlas_print.problems import Place, Problem
from atlas_print.prove import Proof, prove
from atlas_print.typefaces import Family

_HELP_LOST = "tell the makers of Atlas Print, with what stands there; a smaller topic may be made all the same"


@dataclass(frozen=True, slots=True)
class Order:
    """A file to make. `paged` has the paged edition of each topic that a book names the pages of.

    `is_proven` is whether a published file of the same source stands for it: then only its passages are wanted.
    """

    task: Task
    paged: Mapping[str, Paged] = field(default_factory=dict)
    is_proven: bool = False


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
        job = Job(atlas, Composer(atlas, self.project, self.made_on), task.export, self.stack, order.paged)
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
        proof, shown = Proof(()), ""
        if not order.is_proven:
            editions = {edition.name: edition.data for edition in order.paged.values()}
            proof = prove(made.data, kind, atlas, topic, self.made_on, settings, editions, self.labels)
            shown = picture(made.data, kind)
        return Result(
            task, task.path, place, made.data, made.pages, made.note, proof, passages=made.passages, picture=shown
        )


def place_of(atlas: Atlas, task: Task) -> Place:
    """The file of content that a file is made of first of all."""
    return Place("content/atlas.yaml" if task.slug is None else atlas.topic(task.slug).file)


def make_all(
    workshop: Workshop, tasks: Sequence[Task], published: Callable[[Task], bytes | None] = lambda task: None
) -> Iterator[Result]:
    """The results as they come: those with pages first, since a book names the pages of its paged edition.

    An edition that nobody asked for is made too, but only its problems are told. Where `published` has its file, of the
    same source, the book is held against that one, and the new one only says where its pages begin.
    """
    books = [task for task in tasks if task.export.kind == "epub"]
    others = [task for task in tasks if task.export.kind != "epub"]
    editions = paged_editions(workshop.atlas, books)
    unasked = [task for task in editions.values() if task not in others]
    at_hand = {task.path: data for task in unasked if (data := published(task)) is not None}
    orders = [Order(task, is_proven=task.path in at_hand) for task in (*others, *unasked)]
    paged: dict[str, Paged] = {}
    with workers(workshop.make, len(orders) + len(books)) as pool:

        def run(orders: Sequence[Order]) -> Iterator[Result]:
            for order, result in pool.run(orders):
                yield _lost(workshop.atlas, order.task, result) if isinstance(result, Died) else result

        for result in run(orders):
            task = result.task
            if task.slug is not None and editions.get(task.slug) == task and not result.is_broken:
                data = at_hand.get(task.path, result.data)
                paged[task.slug] = Paged(Path(task.path).name, data, result.passages)
            if task in others or result.is_broken:
                yield result
        yield from run([Order(book, paged if book.slug is None else _of(book.slug, paged)) for book in books])


def _lost(atlas: Atlas, task: Task, died: Died) -> Result:
    place = place_of(atlas, task)
    problem = Problem(place, "worker-died", f"{task.path} was not made: {died.why}", _HELP_LOST)
    return Result(task, task.path, place, problems=(problem,))


def _of(slug: str, paged: Mapping[str, Paged]) -> Mapping[str, Paged]:
    return {slug: paged[slug]} if slug in paged else {}
