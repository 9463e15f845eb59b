"""How much of a file is read: what no honest file comes near, so that a hostile one ends soon and in little memory.

By size and number, never by the clock: a file gets the same verdict on every machine.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import TypeVar

_MIB = 2**20
_READING = TypeVar("_READING")


class UnreadableError(Exception):
    """Why a file can't be read as what it should be, and what an editor can do about it, "" for building it again."""

    def __init__(self, why: str, help_: str = "") -> None:
        super().__init__(why)
        self.help = help_


@dataclass(frozen=True, slots=True)
class NotTold:
    """Something of which no program can know what a reader gets; `where` is for a person.

    `promise` is the id of the promise that can't be judged for it.
    """

    where: str
    what: str
    promise: str = "P5"


class Part(StrEnum):
    """What there may be too much of in a file, in words for its editor."""

    FILE = "bytes"
    PAGES = "pages"
    ENTRIES = "files packed into it"
    TEXTS = "bytes of text when unpacked"
    MARKUP = "tags and attributes"
    STYLES = "bytes of style sheets"
    CHARACTERS = "characters"
    ELEMENTS = "elements"


# The largest files of the sample atlas: a large print of 36 pages, and a book of 7 topics. A large print of 1,000 pages
# has 28 times as much, and a book of 200 topics 29 times: both are to be read.
_MOST = {
    Part.FILE: 256 * _MIB,  # 0.2 MB; photographs may make it many times larger
    Part.PAGES: 10_000,  # 36
    Part.ENTRIES: 20_000,  # 18
    Part.TEXTS: 32 * _MIB,  # 0.3 MB
    Part.MARKUP: 2_000_000,  # 14,000
    Part.STYLES: 4 * _MIB,  # 0.006 MB
    Part.CHARACTERS: 10_000_000,  # 120,000
    Part.ELEMENTS: 400_000,  # 3,400
}
MOST_BYTES = _MOST[Part.FILE]
"""Bytes of a file that is read at all."""
_LONGEST_ERROR = 200
"""Characters of what a parser says: it may quote the whole file."""
_HELP_HUGE = "no file that an atlas makes comes near that: build the file again, or look for who made this one"
_HELP_DEEP = "build the file again: what an atlas makes is never nested like that"

_left: ContextVar[dict[Part, int] | None] = ContextVar("left", default=None)


def spend(part: Part, amount: int = 1) -> None:
    """Takes that much from what the file being read may have; UnreadableError if it has more."""
    left = _left.get()
    if left is not None:
        left[part] -= amount
        if left[part] < 0:
            raise UnreadableError(f"it has more than {_MOST[part]:,} {part}", _HELP_HUGE)


def bounded(read: Callable[[bytes], _READING]) -> Callable[[bytes], _READING]:
    """A reader of one file that stops at the limits, and has UnreadableError for all that is wrong with a file."""

    @wraps(read)
    def reader(data: bytes) -> _READING:
        token = _left.set(dict(_MOST))
        try:
            spend(Part.FILE, len(data))
            return read(data)
        except UnreadableError:
            raise
        except RecursionError as error:
            raise UnreadableError("its parts stand too deep within each other", _HELP_DEEP) from error
        except MemoryError as error:
            raise UnreadableError("it takes more memory than there is", _HELP_HUGE) from error
        except Exception as error:  # a damaged file may fail in any way, deep inside a parser
            what = f"it is damaged: {type(error).__name__}: {str(error)[:_LONGEST_ERROR]}"
            raise UnreadableError(what) from error
        finally:
            _left.reset(token)

    return reader
