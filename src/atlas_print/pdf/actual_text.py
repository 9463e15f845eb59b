"""The words as written beside the glyphs that show them, where the two differ (ISO 32000-1, 14.9.4)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pydyf

_FIRST_WITH_TWO_MARKS, _LAST_WITH_TWO_MARKS = "\u1e00", "\u1eff"
"""Latin Extended Additional."""


_VOWELS_OF_TWO = frozenset("\u0e33\u0eb3")
"""Sara am of Thai and Lao, whose ring stands over the consonant before it."""

_HYPHEN, _SOFT_HYPHEN = "-", "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Run:
    """The text of one marked-content sequence, what a voice says of it, and the property list that opens it."""

    text: str
    told: str
    properties: Any


def keep_spaces(block: Any, runs: Sequence[Run]) -> None:
    """Gives each line that ends at a space of the source that space back, as ActualText (ISO 32000-1, 14.9.4).

    The typesetter drops it, and a voice or a copy would run the two words together. Where a line ends without
    one (behind a hyphen, in an address, in a script without spaces) nothing is added. A hyphen that divides a word
    of the source is told as a soft one (ISO 32000-1, 14.8.2.2.3).
    """
    source = _fold("".join(block.itertext()))
    position = 0
    for run, following in pairwise(runs):
        text = _fold(run.text)
        found = source.find(text, position)
        if found < 0 and text.endswith(_HYPHEN):
            found = source.find(text[:-1], position)
            if found >= 0:
                run.properties["ActualText"] = pydyf.String(run.text[:-1] + _SOFT_HYPHEN)
                position = found + len(text) - 1
            continue
        if found < 0:
            continue
        position = found + len(text)
        if source[position : position + 1] == " " and text[-1:] != " " and _fold(following.text)[:1] != " ":
            run.properties["ActualText"] = pydyf.String(run.told + " ")


def is_shaped(text: str) -> bool:
    """Whether glyphs stand for the text in another order or number than its characters.

    So it is in scripts written from right to left, and in those whose vowels stand around their consonants: there
    the characters themselves are given beside the glyphs. Latin, Greek and Cyrillic have a glyph a character.
    Letters of Vietnamese may share the glyph of their mark, which can stand for one of them only.
    """
    return any(
        unicodedata.bidirectional(character) in ("R", "AL", "AN")
        or unicodedata.category(character) in ("Mn", "Mc")
        or character in _VOWELS_OF_TWO
        or _FIRST_WITH_TWO_MARKS <= character <= _LAST_WITH_TWO_MARKS
        for character in text
    )


def _fold(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)
