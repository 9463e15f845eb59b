"""P8 on a book: what it says of its own accessibility is there, in the words of the vocabulary, and true."""

from collections.abc import Callable, Iterator, Mapping

from atlas_print.prove.epub.cascade import all_rules
from atlas_print.prove.epub.package import PAGES, TOC, nav_entries
from atlas_print.prove.promises.book.layout import judge_styles, moving
from atlas_print.prove.reading.book import Book
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.verdicts import Finding

_PROPERTIES = (
    *("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard"),
    "accessibilitySummary",
)
_LIFTED = ("row-reverse", "column-reverse")
"""Values of `flex-direction` that show a text in another order than it is read."""

_HELP_CLAIM = "claim in the package document what the book has, and nothing else; a layout may have lost what it claims"
_HELP_PICTURE = "give each picture words that stand for it: `alt` on an image, `aria-label` on a drawing"


def judge_claims(reading: Reading, book: Book) -> Iterator[Finding]:
    """Claims that are missing, misspelt or not true, and pictures without words."""
    for picture in reading.of(Role.FIGURE):
        if not picture.alt.strip():
            yield Finding(picture.place, "words that stand for the picture", "none", _HELP_PICTURE)
    for name in _PROPERTIES:
        if not any(book.meta(f"schema:{name}")):
            yield Finding(_where(book, name), f"schema:{name}", "none", _HELP_CLAIM)
    yield from _modes(reading, book)
    said, where = book.meta("schema:accessibilityHazard"), _where(book, "accessibilityHazard")
    plays = next(moving(book), None)
    if plays is not None and any(hazard.startswith("no") for hazard in said):
        yield Finding(where, "“unknown”, since something may move or sound", f"{', '.join(said)}; {plays}", _HELP_CLAIM)
    for feature in book.meta("schema:accessibilityFeature"):
        where = _where(book, "accessibilityFeature")
        if feature not in _FEATURES:
            expected = f"features that can be seen in the book: {', '.join(_FEATURES)}"
            yield Finding(where, expected, f"“{feature}”", _HELP_CLAIM)
        elif missing := _FEATURES[feature](reading, book):
            yield Finding(where, f"“{feature}” to be true", missing, _HELP_CLAIM)


def _where(book: Book, name: str) -> str:
    return f"{book.package.path}, {name}"


def _modes(reading: Reading, book: Book) -> Iterator[Finding]:
    modes = book.meta("schema:accessMode")
    needed = {"textual", *(["visual"] if _pictures(reading) else [])}
    possible = {"textual", *(["visual"] if reading.of(Role.FIGURE) else [])}
    if modes and not needed <= set(modes) <= possible:
        yield Finding(_where(book, "accessMode"), " and ".join(sorted(needed)), ", ".join(modes), _HELP_CLAIM)
    is_all_told = all(_is_told(reading, picture) for picture in _pictures(reading))
    for sufficient in filter(None, book.meta("schema:accessModeSufficient")):
        parts = {part.strip() for part in sufficient.split(",")}
        where = _where(book, "accessModeSufficient")
        if not parts <= set(modes) or "textual" not in parts:
            yield Finding(where, f"“textual”, alone or with other modes of {', '.join(modes)}", sufficient, _HELP_CLAIM)
        elif parts == {"textual"} and not is_all_told:
            expected = "each picture described in the text, if that alone is enough"
            yield Finding(where, expected, "a picture that is not", _HELP_CLAIM)


def _pictures(reading: Reading) -> list[Element]:
    """The pictures that belong to the text: not the one on a cover, whose page says nothing."""
    return [picture for picture in reading.of(Role.FIGURE) if reading.text(picture.outermost)]


def _is_told(reading: Reading, picture: Element) -> bool:
    """Whether what stands for a picture stands in the text of its file too."""
    file = picture.outermost
    return bool(picture.alt.strip()) and any(reading.words(squeeze(picture.alt), file.start, file.end))


# --- features: what says why one is not in a book, or "" if it is -----------------------------------------


def _alternative_text(reading: Reading, book: Book) -> str:
    del book
    silent = next((it for it in reading.of(Role.FIGURE) if not it.alt.strip()), None)
    if silent is not None:
        return f"no words for the picture at {silent.place}"
    return "" if _pictures(reading) else "no picture"


def _long_description(reading: Reading, book: Book) -> str:
    del book
    untold = next((it for it in _pictures(reading) if not _is_told(reading, it)), None)
    if untold is not None:
        return f"no description in the text of the picture at {untold.place}"
    return "" if _pictures(reading) else "no picture"


def _structural_navigation(reading: Reading, book: Book) -> str:
    del book
    above = 0
    for heading in reading.of(Role.HEADING):
        if heading.level > above + 1:
            return f"a heading of level {heading.level} at {heading.place}, behind one of level {above or 'none'}"
        above = heading.level
    return "" if above else "no heading"


def _reading_order(reading: Reading, book: Book) -> str:
    del reading
    for rule in all_rules(book):
        for name, value, _ in rule.declarations:
            if name == "order" or (name in ("flex-direction", "flex-flow") and value.lower().startswith(_LIFTED)):
                return f"{', '.join(rule.selectors)} {{ {name}: {value} }} at {rule.place}"
    return ""


def _display_transformability(reading: Reading, book: Book) -> str:
    del reading
    return next((f"{finding.found} at {finding.where}" for finding in judge_styles(book)), "")


def _aria(reading: Reading, book: Book) -> str:
    del reading
    named = (name for document in book.documents for node in document.root.iter("{*}*") for name in node.attrib)
    return "" if any(str(name) == "role" or str(name).startswith("aria-") for name in named) else "no role in the text"


def _table_of_contents(reading: Reading, book: Book) -> str:
    del reading
    return "" if any(entry.kind == TOC for entry in nav_entries(book)) else "no list of contents"


def _page_navigation(reading: Reading, book: Book) -> str:
    del reading
    return "" if any(entry.kind == PAGES for entry in nav_entries(book)) else "no page list"


def _page_break_markers(reading: Reading, book: Book) -> str:
    del book
    return "" if reading.of(Role.PAGE_BREAK) else "no page break"


def _unlocked(reading: Reading, book: Book) -> str:
    del reading
    return "META-INF/encryption.xml" if "META-INF/encryption.xml" in book.files else ""


_FEATURES: Mapping[str, Callable[[Reading, Book], str]] = {
    "alternativeText": _alternative_text,
    "ARIA": _aria,
    "displayTransformability": _display_transformability,
    "longDescription": _long_description,
    "pageBreakMarkers": _page_break_markers,
    "pageNavigation": _page_navigation,
    "readingOrder": _reading_order,
    "structuralNavigation": _structural_navigation,
    "tableOfContents": _table_of_contents,
    "unlocked": _unlocked,
}
