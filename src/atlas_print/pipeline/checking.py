"""All that can be said of the content before anything is made."""

from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas
from atlas_print.pipeline.figures import small_labels, unread_labels
from atlas_print.pipeline.layouts import english_words
from atlas_print.problems import Problem, errors
from atlas_print.read.project import load


def checked(project: Path, today: date) -> tuple[Atlas | None, list[Problem]]:
    """The atlas, with every problem and advice in the order of the source; with an error among them there is none.

    `today` is the day that review dates are held against.
    """
    atlas, problems = load(project, today, advised=True)
    if atlas is None:
        return None, problems
    of_labels = [*small_labels(atlas, project), *unread_labels(atlas, project)]
    return None if errors(of_labels) else atlas, sorted([*problems, *english_words(atlas, project), *of_labels])
