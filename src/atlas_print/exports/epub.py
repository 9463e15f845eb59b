"""The EPUB: one book a topic, and the whole atlas as one book."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from atlas_print.atlas import Figure, Image, Topic
from atlas_print.epub.package import Accessibility, Book, Resource, pack
from atlas_print.exports.values import Job, Made

_XHTML = "application/xhtml+xml"


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    title: str
    href: str
    children: tuple["Entry", ...] = field(default=())


def render_epub(job: Job, topic: Topic) -> Made:
    """The topic as a book of its own."""
    return _book(job, [topic], whole_atlas=False)


def render_epub_atlas(job: Job) -> Made:
    """Every topic in one book, a chapter each, grouped by kind in the order of atlas.yaml."""
    kinds = list(job.atlas.kinds)
    topics = sorted(job.atlas.topics, key=lambda topic: (kinds.index(topic.kind), topic.title.casefold()))
    return _book(job, topics, whole_atlas=True)


def _book(job: Job, topics: Sequence[Topic], *, whole_atlas: bool) -> Made:
    atlas, composer = job.atlas, job.composer
    images = _images(topics)
    names = {path: f"images/figure-{index}{_suffix(image)}" for index, (path, image) in enumerate(images.items(), 1)}
    address = atlas.url if whole_atlas else atlas.address(topics[0])
    title = atlas.title if whole_atlas else topics[0].title
    identifier = f"urn:uuid:{uuid5(NAMESPACE_URL, address)}"
    contents = tuple(_entry(job, topic, sections=not whole_atlas) for topic in topics)
    if whole_atlas:
        contents = (Entry(atlas.title, "title.xhtml"), *_parts(job, topics))
    start = f"{topics[0].slug}.xhtml"

    def document(path: str, template: str, **values: object) -> bytes:
        # A template may start with its macros; an XML declaration may have nothing before it.
        return composer.fill(f"epub/{template}", **values).lstrip().encode()

    resources = [
        Resource("nav.xhtml", _XHTML, document("nav.xhtml", "nav.xhtml", contents=contents, start=start), ("nav",)),
        Resource(
            "toc.ncx",
            "application/x-dtbncx+xml",
            document("toc.ncx", "toc.ncx", contents=contents, identifier=identifier, title=title),
        ),
        Resource("style.css", "text/css", composer.fill("epub/style.css").encode()),
    ]
    if whole_atlas:
        resources.append(Resource("title.xhtml", _XHTML, document("title.xhtml", "title.xhtml"), in_spine=True))
    for topic in topics:
        page = composer.page(topic, names)
        data = document(f"{topic.slug}.xhtml", "topic.xhtml", topic=topic, page=page, whole_atlas=whole_atlas)
        resources.append(Resource(f"{topic.slug}.xhtml", _XHTML, data, in_spine=True))
    resources += [Resource(names[path], image.media_type, image.data) for path, image in images.items()]
    book = Book(
        identifier=identifier,
        title=title,
        language=atlas.language,
        direction=composer.words.direction,
        publisher=atlas.publisher,
        description=atlas.title if whole_atlas else topics[0].lede,
        source=address,
        modified=composer.made_on,
        accessibility=_accessibility(job, bool(images)),
        resources=resources,
    )
    return Made(pack(book))


def _entry(job: Job, topic: Topic, *, sections: bool) -> Entry:
    file = f"{topic.slug}.xhtml"
    if not sections:
        return Entry(topic.title, file)
    page, words = job.composer.page(topic), job.composer.words
    inner = [Entry(words.text("In short"), f"{file}#short")]
    inner += [Entry(section.title, f"{file}#{page.section_anchor(section)}") for section in topic.sections]
    inner.append(Entry(words.text("How sure the evidence is"), f"{file}#grades"))
    if topic.references:
        inner.append(Entry(words.text("References"), f"{file}#references"))
    return Entry(topic.title, file, tuple(inner))


def _parts(job: Job, topics: Sequence[Topic]) -> list[Entry]:
    """A part for each kind that has topics, leading to its first."""
    parts = []
    for kind, label in job.atlas.kinds.items():
        entries = tuple(_entry(job, topic, sections=False) for topic in topics if topic.kind == kind)
        if entries:
            parts.append(Entry(label, entries[0].href, entries))
    return parts


def _images(topics: Sequence[Topic]) -> dict[str, Image]:
    """The images of the topics by path, in reading order."""
    return {
        block.image.path: block.image
        for topic in topics
        for section in topic.sections
        for block in section.all_blocks()
        if isinstance(block, Figure)
    }


def _suffix(image: Image) -> str:
    return {"image/svg+xml": ".svg", "image/png": ".png", "image/jpeg": ".jpg"}[image.media_type]


def _accessibility(job: Job, has_images: bool) -> Accessibility:
    """What the book offers; every image has its alternative text, since a figure without one is refused."""
    features = ["tableOfContents", "readingOrder", "structuralNavigation", "displayTransformability", "ARIA"]
    if has_images:
        features += ["alternativeText", "longDescription"]
    summary = job.composer.words.text(
        "Every drawing is described in words. Evidence grades are given in words. "
        "Citations lead to the numbered references and back."
    )
    return Accessibility(
        modes=("textual", "visual") if has_images else ("textual",),
        sufficient=("textual",),
        features=tuple(features),
        hazards=("none",),
        summary=summary,
    )
