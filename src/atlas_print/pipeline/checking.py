"""All that can be said of the content before anything is made."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.pipeline.figures import small_labels, unread_labels
from atlas_print.pipeline.layouts import english_words
from atlas_print.problems import Problem, errors
from atlas_print.read.known import Known, Shared
from atlas_print.read.project import load


@dataclass
class Checked:
    """What was checked before, for whoever checks again: the content, and by topic what is wrong with its drawings."""

    known: Known = field(default_factory=Known)
    drawings: dict[str, tuple[Shared | None, Topic, list[Problem]]] = field(default_factory=dict)


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
    shared = before.known.shared
    told: set[tuple[object, ...]] = set()
    for topic in (*atlas.topics, *atlas.others):
        of, same, found = before.drawings.get(topic.slug, (None, None, []))
        if of is not shared or same is not topic:
            only = replace(atlas, topics=(topic,), others=())
            found = [*small_labels(only, project), *unread_labels(only, project)]
            before.drawings[topic.slug] = shared, topic, found
        # How small a label comes out depends on the topic.
        named = {(it.place, it.rule) if it.rule == "small-label" else (it,): it for it in found}
        yield from (problem for key, problem in named.items() if key not in told)
        told.update(named)
