"""What each file was made from, as one sum: the same sum means the same content, layouts and fonts."""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure
from atlas_print.pipeline.plan import Task, paged_editions, plan
from atlas_print.pipeline.store.program import program
from atlas_print.read.find import FILE

_OF_ALL = ("layouts", "fonts")
"""Folders by which a project changes how every topic is set."""
_SLUG = re.compile(rb"[a-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """What a file was made of: the sum of its `source`, and the `fingerprint` of that with all else that goes in."""

    source: str
    fingerprint: str


def origins(
    atlas: Atlas, tasks: Sequence[Task], sources: Mapping[str, str], sum_of: Callable[[str], str]
) -> dict[str, Origin]:
    """What each file is made of, by its path: the source, this program, and of a book the PDFs whose pages it names.

    `sum_of` gives the SHA-256 of such a PDF by its path, "" where there is none.
    """
    books = [task for task in tasks if task.export.kind == "epub"]
    editions = paged_editions(atlas, books)
    found = {}
    for task in tasks:
        slugs = (task.topics if task.slug is None else (task.slug,)) if task.export.kind == "epub" else ()
        parts = (program(), sources[task.path], *(sum_of(editions[slug].path) for slug in slugs if slug in editions))
        found[task.path] = Origin(sources[task.path], hashlib.sha256("\0".join(parts).encode()).hexdigest())
    return found


def sources(atlas: Atlas, project: Path) -> dict[str, str]:
    """By its path, the SHA-256 over all that each file of the atlas is made of; a book's over those of all topics."""
    shared = list(_shared(atlas, project))
    by_topic = {topic.slug: _sum([*shared, *_parts(atlas, project, topic)]) for topic in atlas.topics}
    return {
        task.path: sum_of_book(task, by_topic) if task.slug is None else by_topic[task.slug] for task in plan(atlas)
    }


def sum_of_book(book: Task, by_topic: Mapping[str, str]) -> str:
    """The sum of all that a book of all topics is made of, by the sums of its topics."""
    return hashlib.sha256("".join(by_topic[slug] for slug in book.topics).encode()).hexdigest()


def _shared(atlas: Atlas, project: Path) -> Iterator[tuple[str, bytes]]:
    if atlas.logo is not None:
        yield atlas.logo.path, atlas.logo.data
    files = [project / FILE]
    for name in _OF_ALL:
        found = sorted(path for path in (project / name).rglob("*") if path.is_file())
        files += [path for path in found if project / "layouts" / "report" not in path.parents]
    for path in files:
        yield path.relative_to(project).as_posix(), path.read_bytes()


def _parts(atlas: Atlas, project: Path, topic: Topic) -> Iterator[tuple[str, bytes]]:
    text = (project / topic.file).read_bytes()
    yield topic.file, text
    for section in topic.sections:
        for block in section.all_blocks():
            if isinstance(block, Figure):
                yield block.image.path, block.image.data
    for reference in topic.references:
        yield reference.id, json.dumps(reference.item, sort_keys=True, default=str).encode()
    # A topic may name others, related or in its text, and leads to those that are published.
    named = {word.decode() for word in _SLUG.findall(text)}
    for other in sorted((*atlas.topics, *atlas.others), key=lambda other: other.slug):
        if other.slug in named:
            yield other.slug, "\0".join((other.title, atlas.address(other), str(other.is_draft))).encode()


def _sum(parts: Sequence[tuple[str, bytes]]) -> str:
    whole = hashlib.sha256()
    for name, data in parts:
        whole.update(f"{name}\0{len(data)}\0".encode())
        whole.update(data)
    return whole.hexdigest()
