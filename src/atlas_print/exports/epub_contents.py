"""The lists that a reader finds their way in a book by: its contents and its pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from atlas_print.atlas import Atlas, Topic
from atlas_print.exports.values import Job

_HEADINGS = "{http://www.w3.org/1999/xhtml}h2"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: its words, the file and place that it leads to, the lines below it.

    `is_label` is whether it only names what is below it; the NCX knows no line that leads nowhere.
    """

    title: str
    href: str
    children: tuple["Entry", ...] = field(default=())
    is_label: bool = False


_OF_THE_BOOK = frozenset(("cover", "nav", "title"))


def chapter_file(slug: str) -> str:
    """The file of a topic in a book; no slug has the sign that sets it apart from the book's own files."""
    return f"{slug}_.xhtml" if slug in _OF_THE_BOOK else f"{slug}.xhtml"


def contents_of_topic(topic: Topic, document: bytes) -> Entry:
    """The contents of a book of one topic: every heading of level 2 that its finished document has."""
    file = chapter_file(topic.slug)
    headings = etree.fromstring(document).iter(_HEADINGS)
    # A citation in a heading is no part of its name: the model has the words of those that authors write.
    titles = {f"section-{index}": section.title for index, section in enumerate(topic.sections, 1) if section.heading}
    inner = [
        Entry(titles.get(heading.get("id", ""), "".join(map(str, heading.itertext()))), f"{file}#{heading.get('id')}")
        for heading in headings
    ]
    return Entry(topic.title, file, tuple(inner))


def contents_of_atlas(atlas: Atlas, topics: Sequence[Topic]) -> tuple[Entry, ...]:
    """The contents of the book of all topics: its title page, then a part for each kind that has topics."""
    parts = [Entry(atlas.title, "title.xhtml")]
    for kind, label in atlas.kinds.items():
        entries = tuple(Entry(topic.title, chapter_file(topic.slug)) for topic in topics if topic.kind == kind)
        if entries:
            parts.append(Entry(label, entries[0].href, entries, is_label=True))
    return tuple(parts)


def page_list(job: Job, topics: Sequence[Topic], *, whole_atlas: bool) -> list[Entry]:
    """The page list: each page of each topic's paged edition, which count from 1 in each topic."""
    pages = []
    for topic in topics:
        if topic.slug in job.paged:
            for number in sorted({passage.page for passage in job.paged[topic.slug].passages}):
                name = f"{topic.title}, {page_name(job, number)}" if whole_atlas else str(number)
                pages.append(Entry(name, f"{chapter_file(topic.slug)}#page-{number}"))
    return pages


def page_name(job: Job, number: int) -> str:
    """What a page is called in the language of the atlas."""
    return f"{job.composer.words.text('page')} {number}"
