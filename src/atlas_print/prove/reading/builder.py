"""Collects a Reading, element by element."""

import unicodedata

from atlas_print.prove.reading.elements import RUNNING, Element, Role
from atlas_print.prove.reading.limits import Part, spend
from atlas_print.prove.reading.normal import pieces
from atlas_print.prove.reading.reading import Reading

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
        first, *rest = pieces(text)
        self._join(first)
        for piece in rest:
            self._gaps[self.length] = True
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
        if piece and ord(piece[0]) >= _COMBINING and self._parts:
            last = self._parts.pop()
            self.length -= len(last)
            self._put(last[:-_LONGEST_JOIN])
            piece = last[-_LONGEST_JOIN:] + piece
        self._put(unicodedata.normalize("NFC", piece))

    def _put(self, text: str) -> None:
        if text:
            self._parts.append(text)
            self.length += len(text)
