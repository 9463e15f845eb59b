"""P8: a reader gets to every place of a file, in sizes and by names that serve them."""

from collections.abc import Mapping, Sequence

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case
from atlas_print.prove.promises import book
from atlas_print.prove.promises.book.pages import Edition
from atlas_print.prove.promises.p5_links import judge_leads, judge_pages
from atlas_print.prove.promises.p8_structure import (
    judge_document_language,
    judge_headings,
    judge_headings_outside,
    judge_languages,
    judge_tables,
)
from atlas_print.prove.promises.pages import judge_document
from atlas_print.prove.promises.pages.floors import judge_floors
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.verdicts import Finding

_OF_TOPICS = (judge_languages, judge_headings, judge_leads, judge_pages, judge_tables)


def judge_access(
    reading: Reading,
    kind: str,
    settings: Mapping[str, str],
    atlas: Atlas,
    cases: Sequence[Case],
    labels: Labels,
    editions: Mapping[str, Edition],
) -> list[Finding]:
    """What a file of these topics breaks."""
    common = [finding for case in cases for judge in _OF_TOPICS for finding in judge(case)]
    if reading.book is None:
        findings = [*judge_document_language(reading, atlas.language), *common]
        if reading.paper is not None:
            findings += (found for case in cases for found in judge_document(reading, reading.paper, case))
        return [*findings, *judge_floors(reading, kind, settings, atlas, cases)]
    common += judge_headings_outside(reading, atlas, cases, labels)
    return [*common, *book.judge_book(reading, reading.book, atlas, cases, editions, labels)]


def unjudged(reading: Reading, editions: Mapping[str, Edition]) -> str:
    """What could not be judged for want of a paged edition; "" if everything could."""
    return "" if reading.book is None else book.unjudged(reading.book, editions)
