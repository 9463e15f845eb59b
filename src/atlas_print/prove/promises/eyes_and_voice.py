"""P5: what eyes and voices get of a file is the same."""

from collections.abc import Iterator, Sequence

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case
from atlas_print.prove.promises.book.layout import judge_expansions, judge_generated
from atlas_print.prove.promises.pages.page_and_voice import judge_shown
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.verdicts import Finding


def judge_eyes_and_voice(reading: Reading, atlas: Atlas, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """Where a page or a book shows something else than it tells."""
    if reading.pages is not None:
        yield from judge_shown(reading, atlas, cases, labels)
    yield from judge_generated(reading)
    if reading.book is not None:
        yield from judge_expansions(reading.book, atlas)
