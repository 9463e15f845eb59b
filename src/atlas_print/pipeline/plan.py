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
    """One file to make: its path below output/, its export, and its topic (None: the book of all)."""

    path: str
    export: Export
    slug: str | None


def plan(atlas: Atlas, slugs: Sequence[str] = (), exports: Sequence[str] = ()) -> list[Task]:
    """The files to make, topic by topic in the order of the atlas, then the books of all topics.

    `slugs` and `exports` (names) choose; empty means all. A book of all topics holds each of them, so whichever is
    chosen renews it.
    """
    chosen = [export for export in atlas.exports if not exports or export.name in exports]
    tasks = [
        _topic_task(topic, export) for topic in atlas.topics if not slugs or topic.slug in slugs for export in chosen
    ]
    return [*tasks, *(Task(_book_name(export), export, None) for export in chosen if export.kind in BOOKS)]


def paged_editions(atlas: Atlas, books: Sequence[Task]) -> dict[str, Task]:
    """By topic, the file whose pages these books name: the first large print in atlas.yaml."""
    edition = next((export for export in atlas.exports if export.kind == "large-print"), None)
    if edition is None:
        return {}
    slugs = {book.slug for book in books}
    topics = atlas.topics if None in slugs else [topic for topic in atlas.topics if topic.slug in slugs]
    return {topic.slug: _topic_task(topic, edition) for topic in topics}


def made_on(atlas: Atlas, environment: Mapping[str, str] = os.environ) -> date:
    """The date of the build: SOURCE_DATE_EPOCH (seconds, UTC), else the newest review in the content.

    Never the clock's, so that the same content gives the same bytes. Raises ValueError for a malformed epoch.
    """
    epoch = environment.get("SOURCE_DATE_EPOCH")
    if epoch is None:
        return atlas.content_date
    return datetime.fromtimestamp(int(epoch), UTC).date()


def _topic_task(topic: Topic, export: Export) -> Task:
    return Task(f"{topic.slug}/{_file_name(topic, export)}", export, topic.slug)


def _file_name(topic: Topic, export: Export) -> str:
    name = "" if export.name in _FORMATS else f"-{export.name}"
    return f"{topic.slug}{name}.{SUFFIXES[export.kind]}"


def _book_name(export: Export) -> str:
    name = "" if export.name in _FORMATS else f"-{export.name}"
    return f"atlas{name}.{SUFFIXES[export.kind]}"
