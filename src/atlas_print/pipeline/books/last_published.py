"""A book of all topics has one that fails as it was last published: from what was read of it then."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.pipeline.make import Hire, Pages, Published, Workshop, make_all
from atlas_print.pipeline.plan import Task, plan
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.sources import sum_of_book
from atlas_print.pipeline.store.manifest import Proven
from atlas_print.pipeline.store.memory import Memory
from atlas_print.pipeline.verify import verify


@dataclass(frozen=True)
class Shelf:
    """What stands in an output folder: `known` of its files by their paths, and what is remembered of these.

    `sums` has the source of every planned file as it is now.
    """

    output: Path
    known: Mapping[str, Proven]
    memory: Memory
    sums: Mapping[str, str]

    def large_print(self, task: Task, day: date) -> Published | None:
        """A large print as it was proven, with its pages where these are remembered; `day` is for one without its own.

        None where it is not there as it was.
        """
        proof = self.known.get(task.path)
        if proof is None or not proof.is_same:
            return None
        pages = self.memory.read_of(proof.sha256)
        known = Pages(*pages) if pages is not None else None
        data = b"" if known else (self.output / task.path).read_bytes()
        return Published(data, proof.day or day, known)


@dataclass(frozen=True, slots=True)
class Older:
    """A book with topics as they were last published; `source` is the sum of what it was made of."""

    result: Result
    source: str


def with_last_published(
    workshop: Workshop,
    shelf: Shelf,
    held: Mapping[str, Sequence[str]],
    stands: Callable[[Task], Published | None],
    hire: Hire,
) -> list[Older]:
    """The books of `held` that can be made, each with its topics that fail as they were last published.

    None of a book that breaks a promise with them, or of whose topics no last state is known. `stands` gives the large
    print of a topic that doesn't fail.
    """
    found = []
    for book in (task for task in plan(workshop.atlas) if held.get(task.path)):
        before = {slug: _last_published(workshop, shelf, book, slug) for slug in held[book.path]}
        known = {slug: topic for slug, topic in before.items() if topic is not None}
        if known.keys() == before.keys():
            atlas = _with(workshop.atlas, known)

            def published(task: Task, known: Mapping[str, Topic] = known) -> Published | None:
                return shelf.large_print(task, workshop.made_on) if task.slug in known else stands(task)

            results = list(make_all(replace(workshop, atlas=atlas), [book], published, hire=hire))
            # Beside the book there is only what is wrong with an edition.
            if len(results) == 1 and results[0].task == book and not results[0].is_broken:
                found.append(Older(results[0], _source(workshop.atlas, shelf, book, known)))
    return found


def _with(atlas: Atlas, topics: Mapping[str, Topic]) -> Atlas:
    return replace(atlas, topics=tuple(topics.get(topic.slug, topic) for topic in atlas.topics))


def _last_published(workshop: Workshop, shelf: Shelf, book: Task, slug: str) -> Topic | None:
    """The topic that its published file was made of: what is remembered counts if that file, read now, keeps it."""
    path = _path(workshop.atlas, book, slug)
    proof = shelf.known.get(path)
    if proof is None or not proof.is_same:
        return None
    topic = shelf.memory.read_of(proof.sha256)
    if not isinstance(topic, Topic) or topic.slug != slug:
        return None
    atlas = _with(workshop.atlas, {slug: topic})
    (result,) = verify(atlas, workshop.project, shelf.output, [shelf.output / path])
    return None if result.is_broken else topic


def _source(atlas: Atlas, shelf: Shelf, book: Task, before: Mapping[str, Topic]) -> str:
    paths = {slug: _path(atlas, book, slug) for slug in book.topics}
    return sum_of_book(
        book, {slug: shelf.known[path].source if slug in before else shelf.sums[path] for slug, path in paths.items()}
    )


def _path(atlas: Atlas, book: Task, slug: str) -> str:
    """Where the topic's own file of the same export is."""
    return next(task.path for task in plan(atlas, [slug], [book.export.name]) if task.slug == slug)
