"""P8 on a book: what it says of its own accessibility is true, and pictures have words that stand for them.

Which claims there must be, and how they are spelt, is for Ace to say.
"""

from collections.abc import Iterator

from atlas_print.prove.epub.package import PAGES, nav_entries
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.verdicts import Finding

_FEATURES = (
    *("alternativeText", "ARIA", "displayTransformability", "longDescription", "pageBreakMarkers", "pageNavigation"),
    *("readingOrder", "structuralNavigation", "tableOfContents", "unlocked"),
)
"""What a book of words and drawings can have."""

_HELP_CLAIM = "claim in the package document what the book has, and nothing else; a layout may have lost what it claims"
_HELP_PICTURE = "give each picture words that stand for it: `alt` on an image, `aria-label` on a drawing"


def judge_claims(reading: Reading, book: Book) -> Iterator[Finding]:
    """Claims that are not true, and pictures without words."""
    silent = [picture for picture in reading.of(Role.FIGURE) if not picture.alt.strip()]
    for picture in silent:
        yield Finding(picture.place, "words that stand for the picture", "none", _HELP_PICTURE)
    pictures = [picture for picture in reading.of(Role.FIGURE) if _is_of_text(reading, picture)]
    untold = next((picture for picture in pictures if not _is_told(reading, picture)), None)
    modes = set(book.meta("schema:accessMode"))
    needed = {"textual", "visual"} if pictures else {"textual"}
    # The one on a cover may be claimed, but need not.
    if modes and not needed <= modes <= {"textual", "visual"}:
        where = f"{book.package.path}, accessMode"
        yield Finding(where, " and ".join(sorted(needed)), ", ".join(sorted(modes)), _HELP_CLAIM)
    if untold is not None and "textual" in book.meta("schema:accessModeSufficient"):
        where, expected = (
            f"{book.package.path}, accessModeSufficient",
            "each picture described, if text alone is enough",
        )
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


def _is_of_text(reading: Reading, picture: Element) -> bool:
    """Whether a picture belongs to the text: the page of the one on a cover says nothing."""
    return bool(reading.text(picture.outermost))


def _is_told(reading: Reading, picture: Element) -> bool:
    """Whether what stands for a picture stands in the text of its file too."""
    file = picture.outermost
    return bool(picture.alt.strip()) and any(reading.words(squeeze(picture.alt), file.start, file.end))
