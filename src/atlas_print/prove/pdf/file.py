"""A PDF's bytes -> its catalog and pages, and how its objects are looked into, references followed."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import create_string_object

from atlas_print.prove.reading.limits import Part, UnreadableError, spend

_LONGEST_ERROR = 200
"""Characters of what pypdf says: it may quote the whole file."""
_HELP_LOCKED = (
    "save it without a password and without restrictions: locked files shut out screen readers, and this proof"
)


@contextmanager
def opened(data: bytes) -> Iterator[tuple[PdfReader, list[str]]]:
    """A PDF, and a list that grows by what pypdf has to mend in it; UnreadableError, also for what fails within."""
    logger, mended = logging.getLogger("pypdf"), _Mended()
    logger.addHandler(mended)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted:
            raise UnreadableError("it is encrypted", _HELP_LOCKED)
        spend(Part.PAGES, len(reader.pages))
        yield reader, mended.found
    except NotImplementedError as error:  # another lock than that of the standard
        raise UnreadableError("it is encrypted", _HELP_LOCKED) from error
    except PyPdfError as error:
        raise UnreadableError(f"not a PDF that can be read: {str(error)[:_LONGEST_ERROR]}") from error
    finally:
        logger.removeHandler(mended)


class _Mended(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage()[:_LONGEST_ERROR])


def follow(value: Any) -> Any:
    """What a reference leads to; anything else as it is."""
    get_object = getattr(value, "get_object", None)
    return value if get_object is None else get_object()


def entry(dictionary: Any, key: str) -> Any:
    """The value of a key; None where there is none or no dictionary."""
    dictionary = follow(dictionary)
    return follow(dictionary.get(key)) if isinstance(dictionary, Mapping) else None


def object_number(dictionary: Any, key: str) -> int | None:
    """The object number that a key refers to; None where its value stands there directly."""
    raw_get = getattr(dictionary, "raw_get", None)
    value = raw_get(key) if raw_get is not None and key in dictionary else None
    return getattr(value, "idnum", None)


def as_list(value: Any) -> list[Any]:
    """An array's items as they are, references and all; another value is a list of itself, None of nothing."""
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def rectangle(value: Any) -> tuple[float, float, float, float]:
    """The left, bottom, right and top of a rectangle; zeros for what is none."""
    numbers = [float(number) for number in map(follow, as_list(value)) if isinstance(number, int | float)]
    if len(numbers) != 4:
        return 0.0, 0.0, 0.0, 0.0
    x, y, other_x, other_y = numbers
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def as_text(value: Any) -> str:
    """A text string; "" for nothing."""
    return str(create_string_object(value) if isinstance(value, bytes) else value or "")
