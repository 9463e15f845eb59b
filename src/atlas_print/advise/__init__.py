"""What an editor would say of a topic that is correct: advice, which never stops a build."""

from collections.abc import Iterator

from atlas_print.advise.drafts import Adviser, Draft
from atlas_print.advise.handout import long_handout
from atlas_print.advise.plain_language import lengths, reading_level
from atlas_print.advise.references import references
from atlas_print.advise.sources import uncited_sections, unread_citations
from atlas_print.advise.unexplained import abbreviations, figures
from atlas_print.advise.urgent import nothing_urgent
from atlas_print.problems import Problem

__all__ = ["advise", "references"]

_ADVISERS: tuple[Adviser, ...] = (
    nothing_urgent,
    lengths,
    reading_level,
    abbreviations,
    figures,
    unread_citations,
    uncited_sections,
    long_handout,
)


def advise(draft: Draft) -> Iterator[Problem]:
    """All advice on one topic."""
    for adviser in _ADVISERS:
        yield from adviser(draft)
