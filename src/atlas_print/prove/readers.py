"""One reader a format: bytes -> Reading."""

from collections.abc import Callable
from functools import lru_cache

from atlas_print.prove.epub.reader import read_epub
from atlas_print.prove.pdf.reader import read_pdf
from atlas_print.prove.reading.limits import UnreadableError
from atlas_print.prove.reading.reading import Reading

__all__ = ["READERS", "UnreadableError"]

# A large print is read for itself, and again for each book that marks its pages.
_read_pdf = lru_cache(maxsize=16)(read_pdf)
READERS: dict[str, Callable[[bytes], Reading]] = {"large-print": _read_pdf, "handout": _read_pdf, "epub": read_epub}
"""Kind of export -> its reader, which raises UnreadableError for what it can't read."""
