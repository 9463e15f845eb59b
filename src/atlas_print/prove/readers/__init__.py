"""One reader a format: bytes -> Reading."""

from collections.abc import Callable

from atlas_print.prove.limits import UnreadableError
from atlas_print.prove.readers.epub import read_epub
from atlas_print.prove.readers.pdf import read_pdf
from atlas_print.prove.reading import Reading

__all__ = ["READERS", "UnreadableError"]

READERS: dict[str, Callable[[bytes], Reading]] = {"large-print": read_pdf, "handout": read_pdf, "epub": read_epub}
"""Kind of export -> its reader, which raises UnreadableError for what it can't read."""
