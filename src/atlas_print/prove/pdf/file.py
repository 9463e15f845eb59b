"""A PDF's bytes -> its catalog and its pages, within limits that pypdf doesn't keep by itself."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from pypdf import PdfReader, apply_configuration
from pypdf.errors import LimitReachedError, PyPdfError
from pypdf.generic import IndirectObject, PdfObject

from atlas_print.prove.reading.limits import Part, UnreadableError, spend

_A_STREAM = 32 * 2**20
"""Bytes of one stream that are unpacked: the largest font of the world's scripts has 20 MB."""
_A_SLOW_STREAM = 4 * 2**20
"""Bytes of one that pypdf unpacks letter by letter, in ways that no one has packed text in for twenty years."""
_A_SMALL_READ = 64
"""What a read of a few bytes stands for: each may become an object."""
_LONGEST_ERROR = 200
"""Characters of what pypdf says: it may quote the whole file."""
_TAIL = re.compile(rb"startxref\s+\d+\s+%%EOF(?:\s.*)?", re.DOTALL)
"""The end of a file; programs take other numbers from one that ends in another way."""
_HELP_LOCKED = (
    "save it without a password and without restrictions: locked files shut out screen readers, and this proof"
)


@contextmanager
def opened(data: bytes) -> Iterator[PdfReader]:
    """A PDF; UnreadableError, also for what fails within the block.

    What pypdf has to mend on its way is such a failure: viewers mend it in other ways, or leave it out.
    """
    limits = apply_configuration(
        zlib_maximum_output_length=_A_STREAM,
        array_based_stream_maximum_output_length=_A_STREAM,
        lzw_maximum_output_length=_A_SLOW_STREAM,
        run_length_maximum_output_length=_A_SLOW_STREAM,
        brotli_maximum_output_length=_A_STREAM,
        stream_decoding_work_maximum_length=3 * _A_STREAM,
        jbig2dec_binary=None,  # text has no need of other people's programs
    )
    try:
        with limits, _unmended():
            reader = _Reader(_File(data))
            if not _TAIL.fullmatch(data, max(data.rfind(b"startxref"), 0)):
                raise UnreadableError("it is damaged: it doesn't end as a PDF does, with startxref, a number and %%EOF")
            spend(Part.PAGES, len(reader.pages))
            yield reader
    except LimitReachedError as error:
        raise UnreadableError(f"something in it is larger than in any file of an atlas: {error}") from error
    except PyPdfError as error:
        raise UnreadableError(f"not a PDF that can be read: {error}") from error


class _Mended(logging.Handler):
    """Keeps the first thing that pypdf mends."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.found = self.found or record.getMessage()[:_LONGEST_ERROR]


@contextmanager
def _unmended() -> Iterator[None]:
    """UnreadableError if anything is mended within the block, unless something worse is told of it."""
    logger, handler = logging.getLogger("pypdf"), _Mended()
    logger.addHandler(handler)
    failure: Exception | None = None
    try:
        yield
    except (UnreadableError, PyPdfError, RecursionError, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001  # raised again below
        failure = error
    finally:
        logger.removeHandler(handler)
    if handler.found:
        raise UnreadableError(f"it is damaged, and viewers mend it in different ways: {handler.found}") from failure
    if failure is not None:
        raise failure


class _File(BytesIO):
    """The bytes, with a count of what is read: pypdf looks through all of them for each object that it misses."""

    def read(self, size: int | None = -1, /) -> bytes:
        found = super().read(size)
        spend(Part.READS, len(found) + _A_SMALL_READ)
        return found

    def getbuffer(self) -> memoryview:
        found = super().getbuffer()
        spend(Part.READS, len(found))
        return found


class _Reader(PdfReader):
    """pypdf's, but for files that are locked or whose objects take no end of unpacking."""

    @property
    def is_encrypted(self) -> bool:
        """Never: what is raised instead comes before any of its keys is tried."""
        if super().is_encrypted:
            raise UnreadableError("it is encrypted", _HELP_LOCKED)
        return False

    def get_object(self, indirect_reference: int | IndirectObject) -> PdfObject | None:
        """The object; pypdf reads a whole stream of them anew for each that the stream fails to have."""
        number = indirect_reference if isinstance(indirect_reference, int) else indirect_reference.idnum
        if (0, number) not in self.resolved_objects and number in self.xref_objStm:
            get_data = getattr(super().get_object(self.xref_objStm[number][0]), "get_data", None)
            spend(Part.OBJECTS, 0 if get_data is None else len(get_data()))
        return super().get_object(indirect_reference)
