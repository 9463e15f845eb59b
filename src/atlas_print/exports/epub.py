"""The EPUB: one book a topic, and the whole atlas as one book."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from atlas_print.atlas import Topic
from atlas_print.blocks import Figure, Image
from atlas_print.compose.cover import HEIGHT, MARGIN, WIDTH, cover
from atlas_print.compose.faces import faces, family_name
from atlas_print.compose.rendering import RenderingError, picture
from atlas_print.compose.tables import Room
from atlas_print.drawings.text import in_families
from atlas_print.epub.discovery import Contents, Discovery, discover
from atlas_print.epub.package import Book, Resource, pack
from atlas_print.epub.page_breaks import with_page_breaks
from atlas_print.exports.epub_contents import chapter_file, contents_of_atlas, contents_of_topic, page_list, page_name
from atlas_print.exports.values import ExportError, Job, Made
from atlas_print.profiles import THEMES

_XHTML = "application/xhtml+xml"
_FONT_TYPES = {".ttf": "font/ttf", ".otf": "font/otf", ".woff": "font/woff", ".woff2": "font/woff2"}
_LABEL = "{http://www.w3.org/2000/svg}text"
ROOM = Room(14.0, 0.75, 2.5, 24)
"""For a table on a screen of 320 px: 20 em at 16 px, 17.5 between the margins, a quarter off for faces wider than ours.
"""
_LISTED = 10
"""Topics that the cover of a book has room to name; of more it names the kinds."""
_PIXELS = {"image/png": ".png", "image/jpeg": ".jpg"}
_SUFFIXES = {**_PIXELS, "image/svg+xml": ".svg"}


def render_epub(job: Job, topic: Topic) -> Made:
    """The topic as a book of its own."""
    return _book(job, [topic], whole_atlas=False)


def render_epub_atlas(job: Job) -> Made:
    """Every topic in one book, a chapter each, grouped by kind in the order of atlas.yaml."""
    return _book(job, _in_order(job), whole_atlas=True)


def _in_order(job: Job) -> list[Topic]:
    """The topics as the book of all has them."""
    kinds = list(job.atlas.kinds)
    topics = job.atlas.made_of(job.export.name)
    return sorted(topics, key=lambda topic: (kinds.index(topic.kind), topic.title.casefold()))


def _book(job: Job, topics: Sequence[Topic], *, whole_atlas: bool) -> Made:
    atlas, composer = job.atlas, job.composer
    images = images_of(topics)
    names = {
        path: f"images/figure-{index}{_SUFFIXES[image.media_type]}"
        for index, (path, image) in enumerate(images.items(), 1)
    }
    logo = [Resource(f"images/logo{_SUFFIXES[it.media_type]}", it.media_type, it.data) for it in (atlas.logo,) if it]
    logo_file = logo[0].path if logo else ""
    address = atlas.url if whole_atlas else atlas.address(topics[0])
    title = atlas.title if whole_atlas else topics[0].title
    identifier = f"urn:uuid:{uuid5(NAMESPACE_URL, address)}"

    def document(template: str, **values: object) -> bytes:
        # A template may start with its macros; an XML declaration may have nothing before it.
        return composer.fill(f"epub/{template}", **values).lstrip().encode()

    files = {topic.slug: chapter_file(topic.slug) for topic in topics if whole_atlas}
    chapters = {}
    for topic in topics:
        page = composer.page(topic, ROOM, names, stack=job.stack, chapters=files if whole_atlas else {})
        data = document("topic.xhtml", topic=topic, page=page, chapters=files, logo="" if whole_atlas else logo_file)
        if topic.slug in job.paged:
            data = with_page_breaks(data, job.paged[topic.slug].passages, partial(page_name, job))
        properties = ("svg",) if page.drawings else ()
        chapters[topic.slug] = Resource(chapter_file(topic.slug), _XHTML, data, properties, in_spine=True)
    if whole_atlas:
        contents = contents_of_atlas(job.atlas, topics)
    else:
        contents = (contents_of_topic(topics[0], chapters[topics[0].slug].data),)
    pages = page_list(job, topics, whole_atlas=whole_atlas)
    start = next(iter(chapters.values())).path
    nav = document("nav.xhtml", contents=contents, start=start, pages=pages)
    ncx = document("toc.ncx", contents=contents, identifier=identifier, title=title, pages=pages)
    fonts = _fonts(job, [chapter.data for chapter in chapters.values()])
    style = composer.fill("epub/style.css", fonts=fonts)
    resources = [
        Resource("nav.xhtml", _XHTML, nav, ("nav",)),
        Resource("toc.ncx", "application/x-dtbncx+xml", ncx),
        Resource("style.css", "text/css", style.encode()),
        *(Resource(path, _FONT_TYPES[file.suffix], file.read_bytes()) for _, _, path, file in fonts),
    ]
    drawing = next(filter(None, map(_drawing, topics)), None)
    resources += _cover(job, topics, drawing, whole_atlas=whole_atlas)
    if whole_atlas:
        left_out = [topic for topic in atlas.topics if topic not in topics]
        front = document("title.xhtml", left_out=left_out, logo=logo_file)
        resources.append(Resource("title.xhtml", _XHTML, front, in_spine=True))
    resources += chapters.values()
    resources += [Resource(names[path], image.media_type, image.data) for path, image in images.items()]
    resources += logo
    discovery = discover(_contents(resources, nav))
    book = Book(
        identifier=identifier,
        title=title,
        language=atlas.language,
        direction=composer.words.direction,
        publisher=atlas.publisher,
        contact=atlas.contact,
        description=". ".join([title, *(topic.title for topic in topics)]) if whole_atlas else topics[0].lede,
        source=address,
        licence=atlas.licence,
        series=None if whole_atlas or topics[0].is_draft else (atlas.title, _in_order(job).index(topics[0]) + 1),
        modified=composer.made_on,
        reviewed=_reviewed(topics),
        page_sources=[job.paged[topic.slug].name for topic in topics if topic.slug in job.paged],
        discovery=discovery,
        summary=_summary(job, discovery),
        certified_by=atlas.certified_by,
        resources=resources,
    )
    return Made(pack(book))


def _contents(resources: Sequence[Resource], nav: bytes) -> Contents:
    """The files that the claims are drawn from; the picture on the cover shows nothing that the text lacks."""
    spine = [resource for resource in resources if resource.in_spine and resource.path != "cover.xhtml"]
    style = next(resource.data for resource in resources if resource.media_type == "text/css")
    return Contents([etree.fromstring(resource.data) for resource in spine], etree.fromstring(nav), style.decode())


def _reviewed(topics: Sequence[Topic]) -> date | None:
    """The day of the newest review."""
    return max((topic.reviewed for topic in topics if topic.reviewed), default=None)


def _cover(job: Job, topics: Sequence[Topic], drawing: Figure | None, *, whole_atlas: bool) -> list[Resource]:
    """The cover's page and its picture, drawn from the atlas and its topics."""
    composer, words = job.composer, job.composer.words
    reviewed = _reviewed(topics)
    title = job.atlas.title if whole_atlas else topics[0].title
    above, under = [], []
    if whole_atlas:
        kinds = {topic.kind for topic in topics}
        under = [topic.title for topic in topics]
        if len(under) > _LISTED:
            under = [label for kind, label in job.atlas.kinds.items() if kind in kinds]
    else:
        topic = topics[0]
        above = [job.atlas.title, f"{job.atlas.kinds[topic.kind]} · {job.atlas.systems[topic.system]}"]
        above += [words.text("Draft, not yet published")] * topic.is_draft
    last = words.text("Not yet reviewed.")
    if reviewed is not None:
        last = words.text("Last reviewed %(day)s.", day=words.date(reviewed))
    foot = [last]
    if job.atlas.publisher != job.atlas.title:
        foot.insert(0, job.atlas.publisher)
    placed = cover(above, title, under, foot, drawing.image if drawing else None, job.stack)
    told = [*above, title, *under, *foot]
    # The renderer sets a whole label in another family for one character that the first lacks, if that has them all.
    fonts = list(faces(job.stack, frozenset("".join(told) + placed.drawing), common=frozenset()))
    names = {name: family_name(file) for name, _, file in fonts}
    if placed.drawing:
        below = in_families(etree.fromstring(placed.drawing), job.stack, names)
        placed = replace(placed, drawing=etree.tostring(below, encoding="unicode"))
    svg = composer.fill(
        "epub/cover.svg",
        cover=placed,
        theme=THEMES["cream"],
        names=names,
        width=WIDTH,
        height=HEIGHT,
        margin=MARGIN,
    )
    try:
        image = picture(svg, [file for _, _, file in fonts])
    except RenderingError as error:
        raise ExportError(f"the cover can't be drawn: {error}", "export the topic's first drawing anew") from error
    alt = words.text("Cover: %(words)s", words=". ".join(told))
    if placed.drawing and drawing is not None:
        alt += " " + drawing.alt
    page = composer.fill("epub/cover.xhtml", alt=alt).lstrip().encode()
    return [
        Resource("cover.png", "image/png", image, ("cover-image",)),
        Resource("cover.xhtml", _XHTML, page, in_spine=True),
    ]


def _drawing(topic: Topic) -> Figure | None:
    """The topic's first figure."""
    blocks = (block for section in topic.sections for block in section.all_blocks())
    return next((block for block in blocks if isinstance(block, Figure)), None)


def _fonts(job: Job, documents: Sequence[bytes]) -> list[tuple[str, int, str, Path]]:
    """Family, weight, path in the book and file of each font that labels of drawings need; all else is the reader's."""
    labels = ["".join(map(str, node.itertext())) for data in documents for node in etree.fromstring(data).iter(_LABEL)]
    if not labels:
        return []
    cut = faces(job.stack, frozenset("".join(labels)))
    return [
        (name, weight, f"fonts/font-{index}{file.suffix}", file) for index, (name, weight, file) in enumerate(cut, 1)
    ]


def images_of(topics: Sequence[Topic]) -> dict[str, Image]:
    """The photographs of the topics by path, in reading order; drawings are part of their document."""
    return {
        block.image.path: block.image
        for topic in topics
        for section in topic.sections
        for block in section.all_blocks()
        if isinstance(block, Figure) and block.image.media_type in _PIXELS
    }


def _summary(job: Job, discovery: Discovery) -> str:
    """What the book offers, in sentences that a shop or a library may show."""
    words = job.composer.words
    said = [words.text("Evidence grades are given in words. Citations lead to the numbered references and back.")]
    if "longDescription" in discovery.features:
        said.insert(0, words.text("Every drawing is described in words."))
    if "pageNavigation" in discovery.features:
        said.append(words.text("The page numbers are those of the large-print PDF."))
    return " ".join(said)
