"""Whether a glyph draws another letter than its text says: what a typeface itself calls it is held against that."""

import unicodedata
from collections.abc import Collection

_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "DIGIT ")
_LAST = 0x04FF
"""Cyrillic ends there; small capitals and other forms that typefaces keep further on are letters in other shapes."""

_SIGNS = frozenset(code for code in range(0x20, 0x7F) if not chr(code).isalnum())
"""A space, and the signs of ASCII: no letter looks like one of them."""
_OF_NUMBERS = frozenset("±×÷=<>≤≥%.,")


def another(text: str, letters: Collection[str]) -> str:
    """The letter that is drawn in place of the text, of those that the glyph stands for; "" if that can't be said.

    A letter, a digit or a sign of numbers is none of ASCII's other signs. Beyond that only plain letters and digits of
    one script are told apart, without their case and accents: typefaces share glyphs between scripts, and set other
    forms of the same letter.
    """
    said = _plain(text)
    drawn = {letter: _plain(letter) for letter in letters}
    if letters and all(ord(letter) in _SIGNS for letter in letters) and (said is not None or text in _OF_NUMBERS):
        return "" if text in letters else min(letters)
    if not drawn or said is None or None in drawn.values() or said in drawn.values():
        return ""
    scripts = {_script(letter) for letter in (text, *drawn)} - {"DIGIT "}
    return min(drawn) if len(scripts) < 2 else ""


def _plain(text: str) -> str | None:
    """A letter or a digit without its case and its accents; None for anything else."""
    if len(text) != 1 or ord(text) > _LAST or not text.isalnum():
        return None
    return unicodedata.normalize("NFKD", text)[0].casefold().replace("\u0131", "i")


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), "")
