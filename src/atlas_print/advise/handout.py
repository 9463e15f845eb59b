"""Whether a handout can be read in about a minute."""

from collections.abc import Iterator

from atlas_print.advise.drafts import Draft, advice, shortened
from atlas_print.counting import is_spaced, many
from atlas_print.handout_content import findings, seconds, words
from atlas_print.inlines import plain_text
from atlas_print.problems import Problem

WORDS = 250
"""Words above the references: a minute, and a little more."""
_NAMED = 3
"""Key sentences that are named, the longest first."""


def long_handout(draft: Draft) -> Iterator[Problem]:
    """A topic whose handout says more than somebody between two patients reads."""
    atlas, topic = draft.atlas, draft.topic
    is_made = any(export.kind == "handout" and export.name not in topic.without for export in atlas.exports)
    count = words(atlas, topic)
    if not is_made or count <= WORDS or not is_spaced(atlas.language):
        return
    texts = [plain_text(line).strip() for section in findings(topic) for line in section.row_passages()]
    longest = sorted(texts, key=lambda text: -len(text.split()))[:_NAMED]
    named = "; ".join(f"{shortened(text)} has {len(text.split())}" for text in longest)
    what = f"its handout has {count} words above the references, {many(seconds(count), 'second')} of reading"
    help_ = f"{WORDS} take a minute: shorten what is marked .key or .urgent, open questions or the short version"
    yield advice(draft.place, "long-handout", what, f"{help_}; the longest key sentences: {named}" if named else help_)
