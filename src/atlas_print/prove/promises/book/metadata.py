"""P8 on a book: a library shows it by the words of the source, and its pages adapt to the reader."""

import re
from collections.abc import Iterator, Sequence

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case
from atlas_print.prove.reading.book import OPF, Book
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_MARKUP = re.compile(r"<[^<>]*>")

_HELP = "write title and description of the package document from the source"
_HELP_LAYOUT = "take it out of the package document: a reader sets the size of the type, and the pages follow"
_HELP_VERSION = "pack the book as EPUB 3: a reader may skip the lists and the claims of an older one"


def judge_metadata(book: Book, atlas: Atlas, cases: Sequence[Case]) -> Iterator[Finding]:
    """Metadata that say something else than the source."""
    package = book.package
    topic = next((case.topic for case in cases if not case.is_book), None)
    title = atlas.title if topic is None else topic.title
    titles = book.entries("title")
    if title not in titles[:1] and squeeze(title) not in map(squeeze, titles[:1]):
        found = f"“{short(titles[0])}”" if titles else "none"
        yield Finding(f"{package.path}, dc:title", f"“{title}”", found, _HELP)
    for name in ("creator", "publisher"):
        for said in book.entries(name):
            if squeeze(said) != squeeze(atlas.publisher):
                yield Finding(f"{package.path}, dc:{name}", f"“{atlas.publisher}”", f"“{short(said)}”", _HELP)
    for said in titles[1:]:
        yield Finding(f"{package.path}, dc:title", "one title", f"“{short(said)}” too", _HELP)
    if book.ncx is not None:
        named = " ".join("".join(map(str, node.itertext())) for node in book.ncx.root.iter("{*}docTitle"))
        if squeeze(named) != squeeze(title):
            yield Finding(f"{book.ncx.path}, docTitle", f"“{title}”", f"“{short(named)}”", _HELP)
    texts = (atlas.title,) if topic is None else (topic.lede, topic.short, topic.subtitle or "")
    for said in book.entries("description"):
        if squeeze(_MARKUP.sub(" ", said)) not in map(squeeze, texts):
            expected = f"“{short(texts[0])}”"
            yield Finding(f"{package.path}, dc:description", expected, f"“{short(said)}”", _HELP)
    yield from _packing(book)


def _packing(book: Book) -> Iterator[Finding]:
    package = book.package
    version = package.root.get("version", "none")
    if not version.startswith("3."):
        yield Finding(f"{package.path}, package", 'version="3.0"', version, _HELP_VERSION)
    refs = package.root.iterfind(f"{OPF}spine/{OPF}itemref")
    fixed = any("rendition:layout-pre-paginated" in ref.get("properties", "").split() for ref in refs)
    if fixed or "pre-paginated" in book.meta("rendition:layout"):
        yield Finding(f"{package.path}, rendition:layout", "pages that adapt", "pre-paginated", _HELP_LAYOUT)
