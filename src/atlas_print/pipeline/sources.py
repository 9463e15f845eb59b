"""What each file was made from, as one sum: the same sum means the same content, layouts and fonts."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure
from atlas_print.pipeline.plan import Task, plan
from atlas_print.read.config import FILE

_OF_ALL = ("layouts", "fonts")
"""Folders by which a project changes how every topic is set."""


def sources(atlas: Atlas, project: Path) -> dict[str, str]:
    """By its path, the SHA-256 over all that each file of the atlas is made of; a book's over those of all topics."""
    shared = list(_shared(project))
    by_topic = {topic.slug: _sum([*shared, *_parts(atlas, project, topic)]) for topic in atlas.topics}
    return {task.path: _of_book(task, by_topic) if task.slug is None else by_topic[task.slug] for task in plan(atlas)}


def _of_book(book: Task, by_topic: Mapping[str, str]) -> str:
    return hashlib.sha256("".join(by_topic[slug] for slug in book.topics).encode()).hexdigest()


def _shared(project: Path) -> Iterator[tuple[str, bytes]]:
    files = [project / FILE]
    for name in _OF_ALL:
        found = sorted(path for path in (project / name).rglob("*") if path.is_file())
        files += [path for path in found if project / "layouts" / "report" not in path.parents]
    for path in files:
        yield path.relative_to(project).as_posix(), path.read_bytes()


def _parts(atlas: Atlas, project: Path, topic: Topic) -> Iterator[tuple[str, bytes]]:
    yield topic.file, (project / topic.file).read_bytes()
    for section in topic.sections:
        for block in section.all_blocks():
            if isinstance(block, Figure):
                yield block.image.path, block.image.data
    for reference in topic.references:
        yield reference.id, json.dumps(reference.item, sort_keys=True, default=str).encode()
    for slug in topic.related:
        # A topic names those that it is related to, and leads to those that are published.
        yield slug, f"{atlas.topic(slug).title}\0{not atlas.topic(slug).is_draft}".encode()


def _sum(parts: Sequence[tuple[str, bytes]]) -> str:
    whole = hashlib.sha256()
    for name, data in parts:
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()
