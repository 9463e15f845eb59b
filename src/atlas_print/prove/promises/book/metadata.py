"""P5, P7 and P8 on a book: what a library shows of it is what the source says, and its pages adapt to the reader."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from atlas_print.atlas import Atlas, Topic
from atlas_print.prove.book import DC, OPF, Book, words
from atlas_print.prove.normal import squeeze
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import short

_MARKUP = re.compile(r"<[^<>]*>")
_NEVER = "0101-01-01"
"""What Calibre writes for a day that it doesn't know."""

_HELP = "write title, description and dates of the package document from the source"
_HELP_LAYOUT = "take it out of the package document: a reader sets the size of the type, and the pages follow"
_HELP_VERSION = "pack the book as EPUB 3: a reader may skip the lists and the claims of an older one"


def judge_metadata(book: Book, atlas: Atlas, topics: Sequence[Topic], made_on: date | None) -> Iterator[Finding]:
    """Metadata that say something else than the source; `made_on` is None if any day will do."""
    package = book.package
    topic = topics[0] if len(topics) == 1 else None
    title = atlas.title if topic is None else topic.title
    titles = _values(book, "title")
    if title not in titles[:1] and squeeze(title) not in map(squeeze, titles[:1]):
        found = f"“{short(titles[0])}”" if titles else "none"
        yield Finding(f"{package.path}, dc:title", f"“{title}”", found, _HELP)
    texts = (atlas.title,) if topic is None else (topic.lede, topic.short, topic.subtitle or "")
    for said in _values(book, "description"):
        if squeeze(_MARKUP.sub(" ", said)) not in map(squeeze, texts):
            expected = f"“{short(texts[0])}”"
            yield Finding(f"{package.path}, dc:description", expected, f"“{short(said)}”", _HELP)
    reviewed = max(it.reviewed for it in topics) if topics else None
    for name, values, day in (
        ("dc:date", _values(book, "date"), made_on),
        ("schema:lastReviewed", book.meta("schema:lastReviewed"), reviewed),
    ):
        for value in values:
            if day is not None and not value.startswith((day.isoformat(), _NEVER)):
                yield Finding(f"{package.path}, {name}", day.isoformat(), value, _HELP)
    yield from _packing(book)


def _values(book: Book, name: str) -> list[str]:
    return [words(node) for node in book.package.root.iterfind(f"{OPF}metadata/{DC}{name}")]


def _packing(book: Book) -> Iterator[Finding]:
    package = book.package
    version = package.root.get("version", "none")
    if not version.startswith("3."):
        yield Finding(f"{package.path}, package", 'version="3.0"', version, _HELP_VERSION)
    refs = package.root.iterfind(f"{OPF}spine/{OPF}itemref")
    fixed = any("rendition:layout-pre-paginated" in ref.get("properties", "").split() for ref in refs)
    if fixed or "pre-paginated" in book.meta("rendition:layout"):
        yield Finding(f"{package.path}, rendition:layout", "pages that adapt", "pre-paginated", _HELP_LAYOUT)
