"""ToUnicode CMaps: character codes -> text (ISO 32000-1, 9.10.3; Adobe Technical Note 5014)."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from atlas_print.prove.pdf.lexer import MALFORMED, operations
from atlas_print.prove.reading.limits import Part, UnreadableError, spend

_DAMAGED = "a typeface in it has a damaged map from codes to letters"

_SIZES = {b"endcodespacerange": 2, b"endbfchar": 2, b"endbfrange": 3}
"""Operands of an entry."""
_MOST_SPACES = 256
"""Ranges of codes of one length: the largest maps for Japanese have a dozen."""


@dataclass(slots=True)
class CMap:
    """What each code of a font means, and how long codes are, in bytes."""

    characters: dict[int, str] = field(default_factory=dict)
    ranges: list[tuple[int, int, str]] = field(default_factory=list)
    spaces: list[tuple[int, bytes, bytes]] = field(default_factory=list)

    def text(self, code: int) -> str | None:
        """The text of a code; None if the map has none."""
        if code not in self.characters:
            spend(Part.STEPS, len(self.ranges))
            for low, high, text in self.ranges:
                if low <= code <= high:
                    # Only the last character counts up.
                    last = ord(text[-1]) + code - low
                    return text[:-1] + chr(last) if last <= 0x10FFFF else None
            return None
        return self.characters[code]

    def codes(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The codes in a string that is shown, each with its length in bytes."""
        at = 0
        spend(Part.STEPS, len(data) * len(self.spaces))
        shortest = min((length for length, _, _ in self.spaces), default=1)
        while at < len(data):
            length = next(
                (size for size, low, high in self.spaces if _within(data[at : at + size], low, high)), shortest
            )
            yield int.from_bytes(data[at : at + length], "big"), length
            at += length


def read_cmap(data: bytes) -> CMap:
    """The map that a CMap stream holds; entries of other types are passed over.

    Raises UnreadableError where it has more or fewer entries than it says, or what is no operator: some viewers then
    use none of them.
    """
    cmap = CMap()
    said: list[Any] = []
    for operator, operands in operations(data):
        if (operator, operands) == MALFORMED:
            raise UnreadableError(_DAMAGED)
        if operator in _SIZES and said and said[-1] * _SIZES[operator] != len(operands):
            raise UnreadableError(_DAMAGED)
        said = operands if operator.startswith(b"begin") else []
        if operator == b"endcodespacerange":
            for low, high in _groups(operands, 2):
                if isinstance(low, bytes) and isinstance(high, bytes) and 0 < len(low) == len(high) <= 4:
                    cmap.spaces.append((len(low), low, high))
                    if len(cmap.spaces) > _MOST_SPACES:
                        raise UnreadableError(f"a font of it has more than {_MOST_SPACES} ranges of codes")
        elif operator == b"endbfchar":
            for code, text in _groups(operands, 2):
                if isinstance(code, bytes) and isinstance(text, bytes):
                    number, told = int.from_bytes(code, "big"), _utf_16(text)
                    if cmap.characters.setdefault(number, told) != told:
                        raise UnreadableError(_DAMAGED)
        elif operator == b"endbfrange":
            for low, high, target in _groups(operands, 3):
                if isinstance(low, bytes) and isinstance(high, bytes):
                    _add_range(cmap, int.from_bytes(low, "big"), int.from_bytes(high, "big"), target)
    cmap.spaces.sort()
    if _is_told_twice(cmap):
        raise UnreadableError(_DAMAGED)
    return cmap


def _is_told_twice(cmap: CMap) -> bool:
    """Whether a code has two texts: of these, programs take one or the other."""
    ranges = sorted(cmap.ranges)
    if any(before[1] >= after[0] and before != after for before, after in pairwise(ranges)):
        return True
    starts = [low for low, _, _ in ranges]
    for code, text in cmap.characters.items():
        at = bisect_right(starts, code) - 1
        if at >= 0 and code <= ranges[at][1]:
            low, _, first = ranges[at]
            if text != first[:-1] + chr(min(ord(first[-1]) + code - low, 0x10FFFF)):
                return True
    return False


def _add_range(cmap: CMap, low: int, high: int, target: Any) -> None:
    if isinstance(target, list):
        texts = zip(range(low, high + 1), target, strict=False)
        cmap.characters.update((code, _utf_16(text)) for code, text in texts if isinstance(text, bytes))
    elif isinstance(target, bytes) and (text := _utf_16(target)):
        cmap.ranges.append((low, high, text))


def _groups(operands: list[Any], size: int) -> Iterator[tuple[Any, ...]]:
    return zip(*(operands[start::size] for start in range(size)), strict=False)


def _utf_16(data: bytes) -> str:
    return data.decode("utf-16-be", "replace")


def _within(code: bytes, low: bytes, high: bytes) -> bool:
    return len(code) == len(low) and all(a <= b <= c for a, b, c in zip(low, code, high, strict=True))
