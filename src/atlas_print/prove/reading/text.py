"""Texts made comparable, and a Reading collected from them, element by element."""

import re
import unicodedata

from atlas_print.prove.reading.elements import RUNNING, Element, Role
from atlas_print.prove.reading.limits import Part, spend
from atlas_print.prove.reading.reading import Reading

_SILENT = (*map(ord, "\u00ad\u061c\u200b\u200e\u200f\ufeff"), *range(0x202A, 0x202D), *range(0x2060, 0x206A))
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"})
_SHOWN = {**dict.fromkeys(_SILENT), **_LIGATURES}
_FIRST_OF_TWO, _LAST_OF_TWO = "\u1e00", "\u1eff"
"""Letters that fonts may draw as two glyphs, and share the one for their mark: Latin Extended Additional."""
_VOWELS_OF_TWO = frozenset("\u0e33\u0eb3")
"""Sara am of Thai and Lao, which fonts draw as two glyphs, one of them over the consonant before it."""
_BLANK = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """The text as proofs compare it: in NFC, without white space, all else as it is.

    White space goes because a PDF has no space where a line ends, so that "does not" and "doesnot" can't be told
    apart there. With it go the signs that show nothing and only say where a line may end (soft hyphen, zero width
    space, word joiner, byte order mark) or which way text runs (but for overrides, which turn it). A ligature is its
    letters, as every engine copies it. Case, punctuation, digits, accents and every other sign stay.
    """
    return unicodedata.normalize("NFC", "".join(heard(text).split()))


def heard(text: str) -> str:
    """The text without the signs that show nothing, ligatures as their letters."""
    return text if text.isascii() else text.translate(_SHOWN)


def pieces(text: str) -> list[str]:
    """The text cut at its white space; an empty piece at either end stands for white space there."""
    return _BLANK.split(heard(text))


def word_starts(text: str) -> frozenset[int]:
    """Where in its squeezed form each word of a text starts."""
    starts, at = set(), 0
    for word in text.split():
        starts.add(at)
        at += len(squeeze(word))
    return frozenset(starts)


def is_spelled(text: str) -> bool:
    """Whether glyphs stand for the text letter by letter, as in Latin, Greek, Cyrillic or Chinese.

    They don't in scripts from right to left, in those whose vowels stand around their consonants, and for letters of
    Vietnamese, which fonts draw in two parts.
    """
    return text.isascii() or not any(
        unicodedata.bidirectional(sign) in ("R", "AL", "AN")
        or unicodedata.category(sign) in ("Mn", "Mc")
        or sign in _VOWELS_OF_TWO
        or _FIRST_OF_TWO <= sign <= _LAST_OF_TWO
        for sign in unicodedata.normalize("NFC", text)
    )


_COMBINING = 0x300
"""No character below it joins with the one before it."""
_LONGEST_JOIN = 32
"""Characters that are looked at again when a text starts with a mark that may join with what stands before it."""


class Builder:
    """A Reading in the making: open an element, add its text, close it."""

    def __init__(self) -> None:
        self.length = 0
        self.open_elements: list[Element] = []
        self._parts: list[str] = []
        self._elements: list[Element] = []
        self._gaps: dict[int, bool] = {}

    def open(self, role: Role, place: str) -> Element:
        """A new element inside those that are open."""
        spend(Part.ELEMENTS)
        parent = self.open_elements[-1] if self.open_elements else None
        element = Element(role, place, self.length, self.length, parent=parent)
        self._elements.append(element)
        self.open_elements.append(element)
        return element

    def close(self) -> None:
        """The innermost open element ends here."""
        self.open_elements.pop().end = self.length

    @property
    def last(self) -> str:
        """The last character of the text so far, if nothing sets apart what comes next; else ""."""
        return self._parts[-1][-1] if self._parts and self.length not in self._gaps else ""

    def add(self, text: str) -> None:
        """Text of the innermost open element, right behind what was added before."""
        spend(Part.CHARACTERS, len(text))
        for index, piece in enumerate(pieces(text)):
            if index:
                self._gaps[self.length] = True
            if piece.isascii():
                self._put(piece)
            else:
                self._join(piece)

    def new_line(self) -> None:
        """The next text stands in another line than the last."""
        self._gaps.setdefault(self.length, False)

    def space(self) -> None:
        """White space is shown before the next text."""
        self._gaps[self.length] = True

    def result(self) -> Reading:
        """What was collected."""
        edges: set[int] = set()
        seams: set[int] = set()
        for element in self._elements:
            (seams if element.role in RUNNING else edges).update((element.start, element.end))
        return Reading("".join(self._parts), tuple(self._elements), self._gaps, frozenset(edges), frozenset(seams))

    def _join(self, piece: str) -> None:
        if ord(piece[0]) >= _COMBINING and self._parts:
            last = self._parts.pop()
            self.length -= len(last)
            self._put(last[:-_LONGEST_JOIN])
            piece = last[-_LONGEST_JOIN:] + piece
        self._put(unicodedata.normalize("NFC", piece))

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self.length += len(text)
