"""P8 on a book: a reader gets to every place in it, sees and hears all of it, and is told the truth about it."""

from collections.abc import Mapping, Sequence

from atlas_print.atlas import Atlas, Topic
from atlas_print.prove.case import Case
from atlas_print.prove.promises.book.chapters import SOURCE, chapters
from atlas_print.prove.promises.book.claims import judge_claims
from atlas_print.prove.promises.book.conformance import judge_conformance
from atlas_print.prove.promises.book.directions import judge_directions
from atlas_print.prove.promises.book.drawings import judge_drawings
from atlas_print.prove.promises.book.figures import judge_figures, judge_labels
from atlas_print.prove.promises.book.languages import judge_languages
from atlas_print.prove.promises.book.metadata import judge_metadata
from atlas_print.prove.promises.book.navigation import judge_navigation
from atlas_print.prove.promises.book.page_breaks import judge_page_breaks, judge_sources
from atlas_print.prove.promises.book.page_list import judge_page_list
from atlas_print.prove.promises.book.reader_styles import judge_styles
from atlas_print.prove.promises.book.resources import judge_resources
from atlas_print.prove.promises.book.roles import judge_roles
from atlas_print.prove.promises.book.unproven import judge_unproven
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.verdicts import Finding


def judge_book(
    reading: Reading,
    book: Book,
    atlas: Atlas,
    topics: Sequence[Topic],
    cases: Sequence[Case],
    editions: Mapping[str, Reading],
    beside: Labels,
) -> list[Finding]:
    """What a book of `topics` breaks; `cases` are those that it tells, `editions` the paged ones at hand by name.

    `beside` is what may stand there though no author wrote it.
    """
    told = chapters(reading, book, cases, editions)
    findings = [
        *judge_navigation(reading, book, topics, cases, beside),
        *judge_metadata(book, atlas, cases),
        *judge_sources(book, told, editions),
        *judge_page_list(reading, book, told),
        *judge_claims(reading, book),
        *judge_styles(book),
        *judge_conformance(book, atlas.certified_by),
        *judge_drawings(book),
        *judge_resources(book),
        *judge_languages(reading, book, atlas.language, cases, beside),
        *judge_directions(book, atlas.language),
        *judge_roles(book),
        *judge_labels(book, told),
        *judge_unproven(book, beside),
    ]
    for chapter in told:
        findings += [*judge_page_breaks(chapter), *judge_figures(book, chapter)]
    return findings


def unjudged(book: Book, editions: Mapping[str, Reading]) -> str:
    """What could not be judged for want of a paged edition; "" if everything could."""
    missing = [name for name in book.meta(SOURCE) if name not in editions]
    if not missing:
        return ""
    return f"{', '.join(missing)} not at hand: page breaks judged by their numbers and order alone"
