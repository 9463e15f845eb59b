"""The one way in which texts are made comparable."""

import re
import unicodedata

_SILENT = dict.fromkeys(map(ord, "\u00ad\u200b\u2060\ufeff"))
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"})
_FIRST_OF_TWO, _LAST_OF_TWO = "\u1e00", "\u1eff"
"""Letters that fonts may draw as two glyphs, and share the one for their mark: Latin Extended Additional."""
_VOWELS_OF_TWO = frozenset("\u0e33\u0eb3")
"""Sara am of Thai and Lao, which fonts draw as two glyphs, one of them over the consonant before it."""
_BLANK = re.compile(r"\s+")


def squeeze(text: str) -> str:
    """The text as proofs compare it: in NFC, without white space, all else as it is.

    White space goes because a PDF has no space where a line ends, so that "does not" and "doesnot" can't be told
    apart there. With it go the four signs that show nothing and only say where a line may end: soft hyphen, zero
    width space, word joiner, byte order mark. A ligature is its letters, as every engine copies it. Case, punctuation,
    digits, accents and every other sign stay.
    """
    return unicodedata.normalize("NFC", "".join(heard(text).split()))


def heard(text: str) -> str:
    """The text without the signs that show nothing, ligatures as their letters."""
    return text.translate(_SILENT).translate(_LIGATURES)


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
