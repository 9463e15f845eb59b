"""What the source says, in the form in which readings are searched, and where a reading differs from it."""

import re
from dataclasses import dataclass

from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze

BRACKETS = re.compile(r"\[(\d{1,4}(?:,\d{1,4})*)\]")
"""Numbers in brackets, squeezed, as a citation shows them."""
_CHUNK = 16
"""Characters that must agree for a stretch to count as the same text with a fault in it."""
_WINDOW = 30
"""Characters shown on either side of a fault."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a reading starts to differ from a text: the place, and both sides around the fault."""

    where: str
    expected: str
    found: str


def difference(reading: Reading, text: str, start: int, end: int) -> Difference | None:
    """The first fault in the stretch that comes nearest to a text; None if no part of it stands there."""
    wanted = squeeze(text)
    for offset in range(0, max(len(wanted) - _CHUNK, 0) + 1, _CHUNK // 2):
        at = reading.flat.find(wanted[offset : offset + _CHUNK], start, end)
        if at < 0:
            continue
        if offset == 0:
            while offset < len(wanted) and at < end and reading.flat[at] == wanted[offset]:
                offset, at = offset + 1, at + 1
        else:
            while offset > 0 and at > start and reading.flat[at - 1] == wanted[offset - 1]:
                offset, at = offset - 1, at - 1
        shown = reading.excerpt(max(at - _WINDOW, start), min(at + _WINDOW, end))
        return Difference(reading.place(min(at, end - 1)), f"“…{window(text, offset)}…”", f"“…{shown}…”")
    return None


def window(text: str, at: int) -> str:
    """The words of a text around a position in its squeezed form."""
    words = text.split()
    kept, passed = [], 0
    for word in words:
        length = len(squeeze(word))
        if passed + length > at - _WINDOW and passed < at + _WINDOW:
            kept.append(word)
        passed += length
    return " ".join(kept)


def short(text: str, length: int = 80) -> str:
    """The text's beginning, for a message."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
