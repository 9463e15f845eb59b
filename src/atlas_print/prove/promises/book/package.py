"""P8 on a book: its package document says what the source says, and claims nothing untrue.

Which claims there must be, and how they are spelt, is for Ace to say.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from lxml import etree

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case
from atlas_print.prove.epub.package import PAGES, nav_entries
from atlas_print.prove.reading.book import OPF, Book, place, words
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.dates import is_right_to_left
from atlas_print.prove.source.lines import short
from atlas_print.prove.verdicts import Finding

_MARKUP = re.compile(r"<[^<>]*>")
_CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_FEATURES = frozenset(
    "alternativeText ARIA displayTransformability longDescription pageBreakMarkers pageNavigation readingOrder"
    " structuralNavigation tableOfContents unlocked".split()
)
"""What a book of words and drawings can have."""
_RTL, _LTR = "rtl", "ltr"
_OF_LETTERS = {"R": _RTL, "AL": _RTL, "L": _LTR}

_HELP = "write title and description of the package document from the source"
_HELP_LAYOUT = "take it out of the package document: a reader sets the size of the type, and the pages follow"
_HELP_CERTIFIED = "name in `certified_by` of atlas.yaml who has checked the books, and nobody if nobody has"
_HELP_CLAIM = "claim in the package document what the book has, and nothing else; a layout may have lost what it claims"
_HELP_PICTURE = "give each picture words that stand for it: `alt` on an image, `aria-label` on a drawing"
_HELP_DIRECTION = "write the direction of the atlas's language into the layout: dir on html, and on other passages"


def judge_metadata(book: Book, atlas: Atlas, cases: Sequence[Case]) -> Iterator[Finding]:
    """Metadata that say something else than the source, pages that don't adapt, claims that nobody vouches for."""
    path = book.package.path
    topic = next((case.topic for case in cases if not case.is_book), None)
    title = atlas.title if topic is None else topic.title
    held = ". ".join([atlas.title, *(case.topic.title for case in cases)])
    descriptions = (held, atlas.title) if topic is None else (topic.lede, topic.short, topic.subtitle or "")
    ncx = () if book.ncx is None else book.ncx.root.iter("{*}docTitle")
    rows: list[tuple[str, list[str], Sequence[str]]] = [
        # A library may add a part to a title or a name, such as that of a series.
        ("dc:title", (book.entries("title") or [""])[:1], [title]),
        ("dc:creator", book.entries("creator"), [atlas.publisher]),
        ("dc:publisher", book.entries("publisher"), [atlas.publisher]),
        ("dc:description", [_MARKUP.sub(" ", said) for said in book.entries("description")], descriptions),
        ("docTitle of the NCX", list(map(words, ncx)), [title]),
    ]
    for name, found, wanted in rows:
        for said in found:
            if squeeze(said) not in map(squeeze, wanted):
                told = f"“{short(said)}”" if said else "none"
                yield Finding(f"{path}, {name}", f"“{short(wanted[0])}”", told, _HELP)
    if "pre-paginated" in book.meta("rendition:layout"):
        yield Finding(f"{path}, rendition:layout", "pages that adapt", "pre-paginated", _HELP_LAYOUT)
    certified_by = " ".join(atlas.certified_by.split())
    for name, claim in (("dcterms:conformsTo", _CLAIM), ("a11y:certifiedBy", certified_by)):
        links = book.package.root.iterfind(f"{OPF}metadata/{OPF}link[@rel='{name}']")
        claimed = [*book.meta(name), *(link.get("href", "") for link in links)]
        if claimed != [claim] * bool(certified_by):
            expected = f"“{claim}”" if certified_by else "none, since nobody vouches for it"
            told = ", ".join(f"“{value}”" for value in claimed) or "none"
            yield Finding(f"{path}, {name}", expected, told, _HELP_CERTIFIED)


def judge_claims(reading: Reading, book: Book) -> Iterator[Finding]:
    """Claims that are not true, and pictures without words."""
    silent = [picture for picture in reading.of(Role.FIGURE) if not picture.alt.strip()]
    for picture in silent:
        yield Finding(picture.place, "words that stand for the picture", "none", _HELP_PICTURE)
    # The page of the one on a cover says nothing.
    pictures = [picture for picture in reading.of(Role.FIGURE) if reading.text(picture.outermost)]
    untold = next((picture for picture in pictures if not _is_told(reading, picture)), None)
    modes = set(book.meta("schema:accessMode"))
    needed = {"textual", "visual"} if pictures else {"textual"}
    # The one on a cover may be claimed, but need not.
    if modes and not needed <= modes <= {"textual", "visual"}:
        where = f"{book.package.path}, accessMode"
        yield Finding(where, " and ".join(sorted(needed)), ", ".join(sorted(modes)), _HELP_CLAIM)
    if untold is not None and "textual" in book.meta("schema:accessModeSufficient"):
        where, expected = f"{book.package.path}, accessModeSufficient", "each picture told in the text too"
        yield Finding(where, expected, f"a picture that is not, at {untold.place}", _HELP_CLAIM)
    has_pages = any(entry.kind == PAGES for entry in nav_entries(book))
    lost = {
        "alternativeText": "a picture without words" if silent else "" if pictures else "no picture",
        "longDescription": f"no description of the picture at {untold.place}" if untold else "",
        "pageNavigation": "" if has_pages else "no page list",
    }
    for feature in book.meta("schema:accessibilityFeature"):
        found = "no such thing" if feature not in _FEATURES else lost.get(feature)
        if found:
            where = f"{book.package.path}, accessibilityFeature"
            yield Finding(where, f"“{feature}” to be true", found, _HELP_CLAIM)


def _is_told(reading: Reading, picture: Element) -> bool:
    """Whether what stands for a picture stands in the text of its file too."""
    file = picture.outermost
    return bool(picture.alt.strip()) and any(reading.words(squeeze(picture.alt), file.start, file.end))


def judge_directions(book: Book, language: str) -> Iterator[Finding]:
    """Pages that turn the wrong way, and texts whose signs and columns run against their letters."""
    right = _RTL if is_right_to_left(language) else _LTR
    for spine in book.package.root.iter(f"{OPF}spine"):
        turned = spine.get("page-progression-direction", "default")
        if turned not in (right, "default"):
            yield Finding(f"{book.package.path}, spine", f"pages that turn {right}", turned, _HELP_DIRECTION)
    for document in book.texts:
        given = [(node, node.get("dir", "").lower()) for node in document.root.iter("{*}*") if node.get("dir")]
        if right == _RTL and not any(node.tag.endswith(("}html", "}body")) for node, _ in given):
            given.append((document.root, "none"))
        for node, said in given:
            # Elsewhere than the language runs only what is in another script.
            if said not in (right, "auto") and _runs(_own_words(node)) == right:
                expected = f'dir="{right}", as its letters run'
                yield Finding(place(document.path, node), expected, f'dir="{said}"', _HELP_DIRECTION)


def _own_words(node: etree._Element) -> str:
    """The words of an element but for those that a direction of their own is stated for."""
    apart = [it for it in node.iterdescendants() if isinstance(it.tag, str) and it.get("dir")]
    text = words(node)
    for inner in apart:
        text = text.replace(words(inner), " ", 1)
    return text


def _runs(text: str) -> str:
    """How most of the letters of a text run; "" if it has none."""
    kinds = Counter(_OF_LETTERS.get(unicodedata.bidirectional(sign), "") for sign in text)
    del kinds[""]
    return kinds.most_common(1)[0][0] if kinds else ""
