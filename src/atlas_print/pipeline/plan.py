"""What a build makes, and where it goes."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from atlas_print.atlas import Atlas, Export, Topic
from atlas_print.exports import BOOKS, SUFFIXES

_FORMATS = ("epub", "html", "text")
"""Export names that are formats: they leave no name part in the file name (content format)."""


@dataclass(frozen=True, slots=True)
class Task:
    """One file to make: its path below output/, its export, and its topic (None: the book of all its `topics`)."""

    path: str
    export: Export
    slug: str | None
    topics: tuple[str, ...] = ()


def plan(atlas: Atlas, slugs: Sequence[str] = (), exports: Sequence[str] = ()) -> list[Task]:
    """The files to make, topic by topic in the order of the atlas, then the books of all topics.

    `slugs` and `exports` (names) choose; empty means all. Whichever is chosen, the books are renewed.
    """
    chosen = [export for export in atlas.exports if not exports or export.name in exports]
    topics = [topic for topic in atlas.topics if not slugs or topic.slug in slugs]
    tasks = [_topic_task(topic, export) for topic in topics for export in chosen if export.name not in topic.without]
    books = (book(atlas, export, _book_name(export)) for export in chosen if export.kind in BOOKS)
    return [*tasks, *(task for task in books if task.topics)]


def book(atlas: Atlas, export: Export, path: str) -> Task:
    """The book of all topics under that path."""
    return Task(path, export, None, tuple(topic.slug for topic in atlas.made_of(export.name)))


def withheld(atlas: Atlas) -> list[Task]:
    """What is not made of a topic, though atlas.yaml has the export: those `without` it, and every draft's."""
    left_out = [_topic_task(topic, it) for topic in atlas.topics for it in atlas.exports if it.name in topic.without]
    return left_out + [_topic_task(topic, it) for topic in atlas.others for it in atlas.exports]


def paged_editions(atlas: Atlas, books: Sequence[Task]) -> dict[str, Task]:
    """By topic, the file whose pages these books name: the first large print in atlas.yaml that is made of it."""
    slugs = {slug for book in books for slug in (book.topics if book.slug is None else (book.slug,))}
    found: dict[str, Task] = {}
    for topic in (topic for topic in (*atlas.topics, *atlas.others) if topic.slug in slugs):
        large_prints = (it for it in atlas.exports if it.kind == "large-print" and it.name not in topic.without)
        edition = next(large_prints, None)
        if edition is not None:
            found[topic.slug] = _topic_task(topic, edition)
    return found


def made_on(atlas: Atlas, today: date, environment: Mapping[str, str] = os.environ) -> date:
    """The date of the build: SOURCE_DATE_EPOCH (seconds, UTC), else the newest review in the content.

    Never the clock's, so that the same content gives the same bytes; `today` is for drafts where nothing was reviewed
    yet. Raises ValueError for a malformed epoch.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return atlas.content_date or today
    return datetime.fromtimestamp(int(epoch), UTC).date()


def _topic_task(topic: Topic, export: Export) -> Task:
    return Task(f"{topic.slug}/{_file_name(topic, export)}", export, topic.slug)


def _file_name(topic: Topic, export: Export) -> str:
    name = "" if export.name in _FORMATS else f"-{export.name}"
    return f"{topic.slug}{name}.{SUFFIXES[export.kind]}"


def _book_name(export: Export) -> str:
    name = "" if export.name in _FORMATS else f"-{export.name}"
    return f"atlas{name}.{SUFFIXES[export.kind]}"
