"""WeasyPrint behind one door: no network, no fonts of the machine, no warning unheard."""

import atexit
import logging
import os
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

# Read by fontconfig when Pango starts, so it has to be set before WeasyPrint is imported: the fonts of the
# machine must not leak into a document (a missing glyph is an error, not a surprise in another face).
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("fontconfig.xml"))

with warnings.catch_warnings():
    # It misses the machine's fonts.
    warnings.filterwarnings("ignore", message="No fonts configured")
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import URLFetcher

    from atlas_print.pdf import columns, destinations, line_breaks, tags

from atlas_print.compose.faces import faces
from atlas_print.compose.rendering import RenderingError
from atlas_print.pdf.drawings import Drawings
from atlas_print.pdf.finish import finish
from atlas_print.typefaces import Family, family_list, stacks_of_languages

columns.install()
line_breaks.install()
tags.install()

_LANGUAGE = re.compile(r'(?<!\S)lang="([^"]+)"')
_MM = 25.4 / 96
"""Millimetres in a CSS px."""
_LOGGERS = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]


class TypesettingError(Exception):
    """What the typesetter had to complain about, a line each."""


class _DataOnly(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Only data: addresses: everything that a document shows is in it already."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collects log records at warning or above, and keeps them off the screen."""
    found: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            found.append(record.getMessage())

    collector = Collector(logging.WARNING)
    before = [(logger.handlers[:], logger.propagate) for logger in _LOGGERS]
    for logger in _LOGGERS:
        logger.handlers, logger.propagate = [collector], False
    try:
        yield found
    finally:
        for logger, (handlers, propagate) in zip(_LOGGERS, before, strict=True):
            logger.handlers, logger.propagate = handlers, propagate


@lru_cache(maxsize=8)
def _fonts(
    stack: tuple[Family, ...], characters: frozenset[str], languages: frozenset[str]
) -> tuple[FontConfiguration, CSS]:
    """The faces that the characters need; the same for every try at a page, since reading them takes longer than it."""
    configuration = FontConfiguration()
    rules = [
        f'@font-face {{ font-family: "{name}"; font-weight: {weight}; src: url("{file.as_uri()}") }}'
        for name, weight, file in faces(stack, characters, languages)
    ]
    rules += [
        f":lang({language}) {{ font-family: {family_list(order)} }}"
        for language, order in stacks_of_languages(stack, languages).items()
    ]
    fetcher = URLFetcher(allowed_protocols={"file"}, fail_on_errors=True)
    return configuration, CSS(string="\n".join(rules), font_config=configuration, url_fetcher=fetcher)


# A configuration keeps its fonts in a temporary folder, which one that outlives the interpreter leaves behind.
atexit.register(_fonts.cache_clear)


def typeset(html: str, css: str, stack: tuple[Family, ...]) -> Any:
    """The laid-out document (weasyprint.Document; its `pages` are the pages).

    Raises TypesettingError for every warning of the engine: a missing glyph, font or image, unknown CSS.
    """
    languages = frozenset(_LANGUAGE.findall(html))
    configuration, sheet_of_faces = _fonts(stack, frozenset(html + css), languages)
    with _complaints() as complaints:
        sheet = CSS(string=css, font_config=configuration, url_fetcher=_DataOnly())
        try:
            document = HTML(string=html, url_fetcher=_DataOnly()).render(
                font_config=configuration, stylesheets=[sheet_of_faces, sheet], cache=Drawings(stack)
            )
        except RenderingError as error:
            raise TypesettingError(f"a drawing can't be drawn: {error}") from error
    if complaints:
        raise TypesettingError("\n".join(dict.fromkeys(complaints)))
    destinations.move_to_words(document)
    return document


def pages_of_anchors(document: Any) -> dict[str, int]:
    """The page that each anchor of a laid-out document starts on, counted from 1."""
    pages: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        # What goes on over a page, or the header row of a table, has its anchor on each.
        for anchor in page.anchors:
            pages.setdefault(anchor, number)
    return pages


def heights(document: Any, number: int = 0) -> dict[str, float]:
    """The height in mm that the boxes of a page take which have an id, by that id, and of the whole as "".

    The first page has the number 0.
    """
    found: dict[str, float] = {}
    page = document.pages[number]._page_box
    for box in page.descendants():
        name = box.element.get("id") if box.element is not None else None
        if name and name not in found:
            found[name] = box.margin_height() * _MM
    root = next(child for child in page.children if child.element is not None)
    while len(root.children) == 1 and root.element.tag != "article":
        root = root.children[0]
    # A box that is cut by a forced break reaches to the foot of its page.
    last = [child for child in root.children if child.is_in_normal_flow()][-1]
    return {**found, "": (last.position_y + last.margin_height() - root.position_y) * _MM}


def write(document: Any, standard: str = "ua-1") -> bytes:
    """The document as a tagged file; raises TypesettingError as `typeset` does.

    `standard`: "ua-1" claims PDF/UA-1 and PDF/A-2a in one file, "ua-2" claims PDF/UA-2 (a PDF 2.0 file).
    """
    variant = {"ua-1": "pdf/a-2a", "ua-2": "pdf/ua-2"}[standard]
    with _complaints() as complaints:
        data: bytes = document.write_pdf(pdf_variant=variant, finisher=finish)
    if complaints:
        raise TypesettingError("\n".join(dict.fromkeys(complaints)))
    return data
