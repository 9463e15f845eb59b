"""All that can be said of the content before anything is made."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure, Image
from atlas_print.pipeline.figures import small_labels, unread_labels
from atlas_print.pipeline.layouts import english_words
from atlas_print.problems import Problem, errors
from atlas_print.read.known import Known, Shared
from atlas_print.read.project import load


@dataclass
class _Labels:
    """What is wrong with the labels of a topic: those too small in it, and those of its images that nobody reads."""

    shared: Shared | None
    topic: Topic
    small: list[Problem]
    images: tuple[Image, ...]
    unread: list[Problem]


@dataclass
class Checked:
    """What was checked before, for whoever checks again: the content, and the labels of drawings by topic."""

    known: Known = field(default_factory=Known)
    labels: dict[str, _Labels] = field(default_factory=dict)


def checked(project: Path, today: date, before: Checked | None = None) -> tuple[Atlas | None, list[Problem]]:
    """The atlas, with every problem and advice in the order of the source; with an error among them there is none.

    `today` is the day that review dates are held against. Of what was checked `before` only what changed is read.
    """
    before = before or Checked()
    atlas, problems = load(project, today, advised=True, known=before.known)
    if atlas is None:
        return None, problems
    found = sorted({*problems, *english_words(atlas, project), *_of_labels(atlas, project, before)})
    return None if errors(found) else atlas, found


def _of_labels(atlas: Atlas, project: Path, before: Checked) -> Iterator[Problem]:
    """What is wrong with the labels of drawings; one thing in several topics is told for the first."""
    told: set[tuple[object, ...]] = set()
    for topic in (*atlas.topics, *atlas.others):
        labels = _labels(atlas, project, topic, before)
        # How small a label comes out depends on the topic.
        found = {(it.place, it.rule): it for it in labels.small} | {(it,): it for it in labels.unread}
        yield from (problem for key, problem in found.items() if key not in told)
        told.update(found)


def _labels(atlas: Atlas, project: Path, topic: Topic, before: Checked) -> _Labels:
    """What is wrong in one topic; pixels are looked at where its images are others than before."""
    shared, last = before.known.shared, before.labels.get(topic.slug)
    if last is not None and last.shared is shared and last.topic is topic:
        return last
    only = replace(atlas, topics=(topic,), others=())
    blocks = (block for section in topic.sections for block in section.all_blocks())
    images = tuple(block.image for block in blocks if isinstance(block, Figure))
    is_same = last is not None and last.shared is shared and last.images == images
    unread = last.unread if last is not None and is_same else unread_labels(only, project)
    found = _Labels(shared, topic, small_labels(only, project), images, unread)
    before.labels[topic.slug] = found
    return found
