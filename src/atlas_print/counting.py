"""How lists count: numbers, letters and Roman numbers. How many there are of a thing, and of words in a text."""

_UNSPACED = frozenset("th lo km my zh ja yue wuu bo dz".split())
"""Languages that don't write a space between words, whose words can't be counted so."""
_ROMAN = (("m", 1000), ("cm", 900), ("d", 500), ("cd", 400), ("c", 100), ("xc", 90), ("l", 50), ("xl", 40), ("x", 10))
_ROMAN_ONES = (("ix", 9), ("v", 5), ("iv", 4), ("i", 1))


def counted(number: int, first: str) -> str:
    """A number as a list shows it whose first is "1", "a", "A", "i" or "I"."""
    if first == "1" or number < 1:
        return str(number)
    shown = _letters(number) if first.lower() == "a" else _roman(number)
    return shown if first.islower() else shown.upper()


def many(number: int, noun: str) -> str:
    """How many there are of what an English noun in the singular names: "1 word", "2 words"."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def is_spaced(language: str) -> bool:
    """Whether a language (BCP 47) writes spaces between its words."""
    return language.partition("-")[0].lower() not in _UNSPACED


def _letters(number: int) -> str:
    shown = ""
    while number:
        number, letter = divmod(number - 1, 26)
        shown = chr(ord("a") + letter) + shown
    return shown


def _roman(number: int) -> str:
    shown = ""
    for sign, value in (*_ROMAN, *_ROMAN_ONES):
        shown += sign * (number // value)
        number %= value
    return shown
