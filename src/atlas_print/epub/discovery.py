"""What a book may say of its accessibility (EPUB Accessibility 1.1, 2), each claim drawn from its own files."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import tinycss2
from lxml import etree

from atlas_print.epub.descriptions import description

_XHTML = "{http://www.w3.org/1999/xhtml}"
_TYPE = "{http://www.idpf.org/2007/ops}type"
_IMAGES = (f"{_XHTML}img", "{http://www.w3.org/2000/svg}svg")
_MEDIA = ("audio", "video", "script", "canvas", "iframe", "object", "embed")
_READERS_OWN = ("font", "color", "background", "line-height", "letter-spacing", "word-spacing")
_WHOLE = frozenset(("html", "body", "p", "*"))
_HEADINGS = ("h1", "h2", "h3")


@dataclass(frozen=True, slots=True)
class Discovery:
    """The values of each property, in the vocabulary of schema.org."""

    modes: tuple[str, ...]
    sufficient: tuple[str, ...]
    features: tuple[str, ...]
    hazards: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """The parsed XHTML files of a book (its cover's page left out), its navigation document and its style sheet."""

    documents: Sequence[etree._Element]
    nav: etree._Element
    style: str

    @cached_property
    def images(self) -> list[etree._Element]:
        """Every image in the text, drawings included."""
        return [node for node in self._all("*") if node.tag in _IMAGES]

    @cached_property
    def roles(self) -> frozenset[str]:
        """Every role of an element in the text."""
        return frozenset(word for node in self._all("*") for word in node.get("role", "").split())

    def has(self, *tags: str) -> bool:
        """Whether the text has one of these elements."""
        return any(True for tag in tags for _ in self._all(tag))

    def navigates(self, kind: str) -> bool:
        """Whether the navigation document has that kind of list."""
        return any(nav.get(_TYPE) == kind for nav in self.nav.iter(f"{_XHTML}nav"))

    def _all(self, tag: str) -> Iterator[etree._Element]:
        for document in self.documents:
            yield from document.iter(tag if tag == "*" else f"{_XHTML}{tag}")


_FEATURES: tuple[tuple[str, Callable[[Contents], bool]], ...] = (
    # A list of contents that leads to every part.
    ("tableOfContents", lambda book: book.navigates("toc")),
    # One column of text, in the order in which it is read: nothing floats, nothing is placed.
    ("readingOrder", lambda book: "float" not in book.style and "position:" not in book.style),
    # Headings in their levels, to jump by.
    ("structuralNavigation", lambda book: book.has(*_HEADINGS)),
    # The reader's own size, spacing and colours win: none is set on the text.
    ("displayTransformability", lambda book: not _forces(book.style)),
    # Roles that say what a link or a part is for.
    ("ARIA", lambda book: bool(book.roles)),
    # Every image has words for it ...
    ("alternativeText", lambda book: bool(book.images) and all(map(_name, book.images))),
    # ... and is described in the text, for everybody.
    ("longDescription", lambda book: bool(book.images) and all(map(_is_described, book.images))),
    # Marks where the pages of the paged edition begin, and a list of them.
    ("pageBreakMarkers", lambda book: "doc-pagebreak" in book.roles),
    ("pageNavigation", lambda book: book.navigates("page-list")),
)
"""Each feature that a book may claim, and what in the book is the reason."""


def discover(book: Contents) -> Discovery:
    """What that book may claim."""
    features = tuple(name for name, is_true in _FEATURES if is_true(book))
    by_text_alone = not book.images or {"alternativeText", "longDescription"} <= set(features)
    return Discovery(
        modes=("textual", "visual") if book.images else ("textual",),
        sufficient=("textual",) if by_text_alone else ("textual,visual",),
        features=features,
        # Nothing flashes, moves or sounds where nothing plays; of other files nothing is known.
        hazards=("unknown",) if book.has(*_MEDIA) else ("none",),
    )


def _forces(style: str) -> bool:
    """Whether the style sheet sets what is the reader's on the text as a whole."""
    return _any_forces(tinycss2.parse_stylesheet(style, skip_comments=True, skip_whitespace=True))


def _any_forces(rules: Sequence[Any]) -> bool:
    for rule in rules:
        if rule.type not in ("qualified-rule", "at-rule") or rule.content is None:
            continue
        inner = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        selectors = {part.strip() for part in tinycss2.serialize(rule.prelude).split(",")}
        if rule.type == "at-rule":
            forces = _any_forces(inner)
        else:
            names = (node.lower_name for node in inner if node.type == "declaration")
            forces = bool(selectors & _WHOLE) and any(name.startswith(_READERS_OWN) for name in names)
        if forces:
            return True
    return False


def _name(image: etree._Element) -> str:
    return (image.get("alt") or image.get("aria-label") or "").strip()


def _is_described(image: etree._Element) -> bool:
    """Whether the text says what the image shows, or has its name beside it, as a logo's."""
    figure = image.getparent()
    around = None if figure is None else figure.getparent()
    is_beside = around is not None and _name(image) in " ".join("".join(map(str, around.itertext())).split())
    return is_beside or bool(description(image))
