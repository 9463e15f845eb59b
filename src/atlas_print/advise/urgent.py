"""Whether a topic says when to get help at once."""

from collections.abc import Iterator

from atlas_print.advise.drafts import Draft, advice
from atlas_print.problems import Problem


def nothing_urgent(draft: Draft) -> Iterator[Problem]:
    """A topic that marks nothing: what may save a life has to stand on its first page and on its handout."""
    if not draft.topic.urgent:
        help_ = "mark what does: [Get help at once for ...]{.urgent}; leave it if there is nothing of the kind"
        yield advice(draft.place, "nothing-urgent", "nothing says when to get help at once", help_)
