"""Which export of which topic a file is, by what it says, and who reads it."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from atlas_print.atlas import Atlas, Topic
from atlas_print.inlines import plain_text
from atlas_print.prove.epub.reader import read_epub
from atlas_print.prove.pdf.reader import read_pdf
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.limits import UnreadableError
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze

__all__ = ["READERS", "UnreadableError"]

# A large print is read for itself, and again for each book that marks its pages.
_read_pdf = lru_cache(maxsize=16)(read_pdf)
READERS: dict[str, Callable[[bytes], Reading]] = {"large-print": _read_pdf, "handout": _read_pdf, "epub": read_epub}
"""Kind of export -> its reader, which raises UnreadableError for what it can't read."""


def identify(data: bytes, atlas: Atlas) -> tuple[str, Topic | None] | None:
    """The kind of export and its topic, None for that in a book of several topics; None where nothing tells.

    A PDF that has fewer than half of its topic's sections as headings is a handout. UnreadableError for what is neither
    a tagged PDF nor an EPUB.
    """
    is_pdf = b"%PDF-" in data[:1024]
    reading = READERS["large-print" if is_pdf else "epub"](data)
    topics = _titled(reading, atlas.topics) or _quoted(reading, atlas.topics)
    if not topics:
        return None
    if not is_pdf:
        return "epub", topics[0] if len(topics) == 1 else None
    headings = {reading.text(heading) for heading in reading.of(Role.HEADING)}
    sections = [squeeze(section.title) for section in topics[0].sections]
    return "large-print" if 2 * len(headings.intersection(sections)) > len(sections) else "handout", topics[0]


def _titled(reading: Reading, topics: Sequence[Topic]) -> list[Topic]:
    """The topics that have their title as a heading."""
    headings = {reading.text(heading) for heading in reading.of(Role.HEADING)}
    return [topic for topic in topics if squeeze(topic.title) in headings]


def _quoted(reading: Reading, topics: Sequence[Topic]) -> list[Topic]:
    """The topic whose key sentences a file without titles has the most of."""
    lines = {it.slug: [line for section in it.sections for line in section.key_passages()] for it in topics}
    counts = {slug: sum(squeeze(plain_text(line)) in reading.flat for line in of) for slug, of in lines.items()}
    best = max(topics, key=lambda topic: counts[topic.slug], default=None)
    return [best] if best is not None and counts[best.slug] else []
