"""The good files, made once for all workers of a test run, and every mutant of them."""

from collections.abc import Callable, Iterator
from functools import cache
from itertools import chain, islice
from pathlib import Path

from tests.making import ROOT
from tests.mutants import (
    epub_file,
    epub_harmless,
    epub_hiding,
    epub_marks,
    epub_package,
    epub_saved,
    epub_texts,
    pdf_beside,
    pdf_file,
    pdf_fonts,
    pdf_harmless,
    pdf_hiding,
    pdf_letters,
    pdf_marks,
    pdf_objects,
    pdf_printed,
    pdf_rewritten,
    pdf_structure,
    pdf_texts,
)
from tests.mutants.mutant import Good, Mutant

SLUGS = tuple(sorted(file.stem for file in (ROOT / "content" / "topics").glob("*.md")))
PATHS = (
    "atlas.epub",
    *(f"{slug}/{slug}{end}" for slug in SLUGS for end in ("-large-print.pdf", "-handout.pdf", ".epub")),
)
"""Long ones first, so that no worker is left with one at the end."""


@cache
def good(folder: Path, path: str) -> Good:
    """One of the good files."""
    kind = "epub" if path.endswith("epub") else "handout" if "-handout" in path else "large-print"
    slug = None if "/" not in path else path.partition("/")[0]
    return Good(path, kind, slug, (folder / path).read_bytes())


@cache
def _book(folder: Path, path: str) -> epub_file.Book:
    return epub_file.take_apart(good(folder, path))


@cache
def _sheets(folder: Path, path: str) -> pdf_file.Sheets:
    return pdf_file.take_apart(good(folder, path))


_OF_BOOKS: dict[str, Callable[[epub_file.Book], Iterator[Mutant]]] = {
    "texts": lambda book: epub_texts.text_mutants(book, (2, 2)),
    "marks": lambda book: epub_marks.mark_mutants(book, 2),
    "hiding": epub_hiding.hiding_mutants,
    "package": epub_package.package_mutants,
    "harmless": lambda book: chain(epub_saved.saved(book), epub_harmless.harmless(book)),
}
_OF_SHEETS: dict[str, Callable[[pdf_file.Sheets], Iterator[Mutant]]] = {
    "texts": lambda sheets: pdf_texts.text_mutants(sheets, 1),
    "hiding": lambda sheets: chain(pdf_hiding.hiding_mutants(sheets), pdf_letters.letter_mutants(sheets)),
    "structure": lambda sheets: chain(
        pdf_printed.printed_mutants(sheets),
        pdf_structure.structure_mutants(sheets, 2),
        pdf_marks.mark_mutants(sheets, 2),
    ),
    "objects": lambda sheets: chain(
        pdf_objects.object_mutants(sheets, 1), pdf_fonts.font_mutants(sheets), pdf_beside.beside_mutants(sheets)
    ),
    "harmless": lambda sheets: chain(pdf_harmless.harmless(sheets), pdf_rewritten.rewritten(sheets)),
}
_EACH = {"handout": 2, "large-print": 4, "epub": 2}
_EACH_OF_ALL = 5
"""Of so many mutants of a file, or of the book of all topics, one is taken, in the next file another: long files take
long to prove.
"""


def families(path: str) -> tuple[str, ...]:
    """What the mutants of a file may be about."""
    return tuple(_OF_BOOKS if path.endswith(".epub") else _OF_SHEETS)


def mutants_of(folder: Path, path: str, family: str) -> Iterator[Mutant]:
    """Those of a file that are about one thing."""
    held = good(folder, path)
    is_book = held.kind == "epub"
    found = _OF_BOOKS[family](_book(folder, path)) if is_book else _OF_SHEETS[family](_sheets(folder, path))
    each = 3 if family == "harmless" else _EACH_OF_ALL if held.slug is None else _EACH[held.kind]
    start = (-1 if held.slug is None else SLUGS.index(held.slug)) % each
    return islice(found, start, None, each)
