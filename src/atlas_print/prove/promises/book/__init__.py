"""P8 on a book: a reader gets to every place in it, sees and hears all of it, and is told the truth about it.

What EPUBCheck and Ace judge is theirs. Here is what they can't see: the source, and the paged edition.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case
from atlas_print.prove.promises.book.layout import judge_figures, judge_roles, judge_styles
from atlas_print.prove.promises.book.navigation import judge_navigation
from atlas_print.prove.promises.book.package import judge_claims, judge_directions, judge_languages, judge_metadata
from atlas_print.prove.promises.book.pages import (
    SOURCE,
    Edition,
    chapters,
    judge_page_breaks,
    judge_page_list,
    judge_sources,
)
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.verdicts import Finding


def judge_book(
    reading: Reading,
    book: Book,
    atlas: Atlas,
    cases: Sequence[Case],
    editions: Mapping[str, Edition],
    labels: Labels,
) -> list[Finding]:
    """What a book breaks; `cases` are the topics that it tells, `editions` the paged ones at hand by name."""
    told = list(chapters(reading, book, cases, editions))
    return [
        *judge_navigation(reading, book, cases, labels),
        *judge_metadata(book, atlas, cases),
        *judge_sources(book, told, editions),
        *judge_page_list(reading, book, told),
        *judge_claims(reading, book),
        *judge_styles(book),
        *judge_roles(book),
        *judge_languages(reading, book, atlas.language, cases, labels),
        *judge_directions(book, atlas.language),
        *judge_figures(book, told, labels),
        *chain.from_iterable(map(judge_page_breaks, told)),
    ]


def unjudged(book: Book, editions: Mapping[str, Edition]) -> str:
    """What could not be judged for want of a paged edition; "" if everything could."""
    missing = [name for name in book.meta(SOURCE) if name not in editions]
    if not missing:
        return ""
    return f"{', '.join(missing)} not at hand: page breaks judged by their numbers and order alone"
