"""Ways to alter a text so that it says something else: each takes a text and gives one like it, None if it can't."""

import itertools
import re
import unicodedata
from collections.abc import Callable
from random import Random
from typing import TypeAlias

Alteration: TypeAlias = Callable[[str, Random], str | None]

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NUMBER = re.compile(r"(?<![\w.-])[−-]?\d+(?:[.,]\d+)*(?![\w-])")
_NEGATIONS = re.compile(r"\b(?:not|no|never|nobody|nothing|without|none|cannot) ?", re.IGNORECASE)
_OTHERS = {
    "higher": "lower", "lower": "higher", "more": "less", "less": "more", "before": "after", "after": "before",
    "better": "worse", "worse": "better", "often": "rarely", "rarely": "often", "all": "some", "some": "all",
    "can": "cannot", "may": "must", "is": "was", "are": "were", "and": "or", "or": "and", "with": "without",
    "normal": "abnormal", "abnormal": "normal", "start": "stop", "stop": "start", "low": "high", "high": "low",
    "most": "few", "few": "most", "small": "large", "large": "small", "women": "men", "men": "women",
}  # fmt: skip
_UNITS = {
    "mL": "L", "L": "mL", "mg": "g", "g": "mg", "kg": "g", "months": "weeks", "weeks": "months", "days": "weeks",
    "years": "months", "hours": "minutes", "minutes": "hours", "seconds": "minutes", "beats": "breaths",
    "month": "week", "week": "month", "day": "week", "year": "month", "mmHg": "kPa", "cm": "mm", "mm": "cm",
    "people": "patients", "patients": "people",
}  # fmt: skip
_GREEK = str.maketrans("αβγδμΔ²³₂₃¹⁻", "aBydmA23231-")


def _pick(found: list[re.Match[str]], random: Random) -> re.Match[str] | None:
    return random.choice(found) if found else None


def _cut(text: str, start: int, end: int, instead: str = "") -> str:
    return text[:start] + instead + text[end:]


def drop_word(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?:(?<=\s)|^)[^\W\d_]{2,} ", text)), random)
    return found and _cut(text, *found.span())


def drop_negation(text: str, random: Random) -> str | None:
    found = _pick(list(_NEGATIONS.finditer(text)), random)
    return found and _cut(text, *found.span())


def swap_words(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"\b([^\W\d_]{2,}) ([^\W\d_]{2,})\b", text)), random)
    return found and _cut(text, *found.span(), f"{found[2]} {found[1]}")


def double_word(text: str, random: Random) -> str | None:
    found = _pick(list(_WORD.finditer(text)), random)
    return found and _cut(text, *found.span(), f"{found[0]} {found[0]}")


def change_word(text: str, random: Random) -> str | None:
    found = _pick([it for it in _WORD.finditer(text) if it[0].lower() in _OTHERS], random)
    if found is None:
        return None
    return _cut(text, *found.span(), _OTHERS[found[0].lower()])


def add_word(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)), random)
    return found and _cut(text, *found.span(), f" {random.choice(('surely', 'not', 'safe', 'more', 'also'))} ")


def drop_letter(text: str, random: Random) -> str | None:
    found = _pick([it for it in _WORD.finditer(text) if len(it[0]) > 3], random)
    if found is None:
        return None
    at = random.randrange(found.start() + 1, found.end() - 1)
    return _cut(text, at, at + 1)


def change_letter(text: str, random: Random) -> str | None:
    found = _pick([it for it in _WORD.finditer(text) if len(it[0]) > 3], random)
    if found is None:
        return None
    at = random.randrange(found.start() + 1, found.end() - 1)
    return _cut(text, at, at + 1, random.choice([letter for letter in "aeinrst" if letter != text[at].lower()]))


def join_words(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?<=[^\W\d_]) (?=[^\W\d_])", text)), random)
    return found and _cut(text, *found.span())


def split_word(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"[^\W\d_]{6,}", text)), random)
    return found and _cut(text, found.start() + 3, found.start() + 3, " ")


def drop_hyphen(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?<=\w)[-–](?=\w)", text)), random)
    return found and _cut(text, *found.span(), " ")


def drop_ending(text: str, random: Random) -> str | None:
    """The last words are gone, as behind an edge."""
    del random
    words = text.rstrip().split(" ")
    return " ".join(words[:-2]) + " " if len(words) > 4 else None


def drop_stop(text: str, random: Random) -> str | None:
    """Two sentences run into one."""
    found = _pick(list(re.finditer(r"(?<=[^\W\d_])[.?;:](?= )", text)), random)
    return found and _cut(text, *found.span())


def drop_ligature(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"ffi|ffl|ff|fi|fl|tt|th", text)), random)
    return found and _cut(text, *found.span(), found[0][-1])


def drop_accent(text: str, random: Random) -> str | None:
    found = _pick([it for it in re.finditer(r"[^\W\d_]", text) if len(unicodedata.normalize("NFD", it[0])) > 1], random)
    return found and _cut(text, *found.span(), unicodedata.normalize("NFD", found[0])[0])


def flatten_sign(text: str, random: Random) -> str | None:
    """A Greek letter, or a raised or lowered digit, becomes a plain one."""
    found = _pick([it for it in re.finditer(".", text) if it[0].translate(_GREEK) != it[0]], random)
    return found and _cut(text, *found.span(), found[0].translate(_GREEK))


# --- numbers ----------------------------------------------------------------------------------------------


def change_digit(text: str, random: Random) -> str | None:
    found = _pick(list(_NUMBER.finditer(text)), random)
    if found is None:
        return None
    at = random.choice([i for i in range(*found.span()) if text[i].isdigit()])
    return _cut(text, at, at + 1, random.choice([digit for digit in "1234567890" if digit != text[at]]))


def swap_digits(text: str, random: Random) -> str | None:
    found = _pick([it for it in re.finditer(r"(?=(\d)(\d))", text) if it[1] != it[2]], random)
    return found and _cut(text, found.start(), found.start() + 2, found[2] + found[1])


def drop_digit(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?<=\d)\d", text)), random)
    return found and _cut(text, *found.span())


def drop_number(text: str, random: Random) -> str | None:
    found = _pick(list(_NUMBER.finditer(text)), random)
    return found and _cut(text, *found.span())


def drop_point(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?<=\d)\.(?=\d)|(?<![\w.])\.(?=\d)", text)), random)
    return found and _cut(text, *found.span())


def move_point(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(\d)\.(\d)", text)), random)
    return found and _cut(text, *found.span(), f".{found[1]}{found[2]}")


def drop_minus(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?<![\w.])[−-](?=\d)", text)), random)
    return found and _cut(text, *found.span())


def add_minus(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"(?<= )(?=\d)", text)), random)
    return found and _cut(text, *found.span(), "-")


def drop_range(text: str, random: Random) -> str | None:
    """The dash between two numbers."""
    found = _pick(list(re.finditer(r"(?<=\d)[–-](?=\d)", text)), random)
    return found and _cut(text, *found.span())


def drop_sign(text: str, random: Random) -> str | None:
    found = _pick(list(re.finditer(r"[±×≥≤%‰°÷+=<>]", text)), random)
    return found and _cut(text, *found.span())


def turn_sign(text: str, random: Random) -> str | None:
    signs = {"±": "+", "<": ">", ">": "<", "≥": "<", "≤": ">", "=": "<", "×": "+", "÷": "+", "%": "°"}
    found = _pick(list(re.finditer(f"[{''.join(signs)}]", text)), random)
    return found and _cut(text, *found.span(), signs[found[0]])


def change_unit(text: str, random: Random) -> str | None:
    found = _pick([it for it in re.finditer(r"(?<=\d )[^\W\d_]+", text) if it[0] in _UNITS], random)
    return found and _cut(text, *found.span(), _UNITS[found[0]])


def join_unit(text: str, random: Random) -> str | None:
    """The space between a number and its unit or its sign."""
    found = _pick(list(re.finditer(r"(?<=\d)[ \xa0](?=[^\W\d_]|[±×÷=<>≥≤])", text)), random)
    return found and _cut(text, *found.span())


def exchange_numbers(text: str, random: Random) -> str | None:
    """Two numbers of one text change places."""
    found = list(_NUMBER.finditer(text))
    pairs = [(one, two) for one, two in itertools.pairwise(found) if one[0] != two[0]]
    if not pairs:
        return None
    one, two = random.choice(pairs)
    return text[: one.start()] + two[0] + text[one.end() : two.start()] + one[0] + text[two.end() :]


OF_WORDS: dict[str, Alteration] = {
    function.__name__.replace("_", " "): function
    for function in (
        drop_word, drop_negation, swap_words, double_word, change_word, add_word, drop_letter, change_letter,
        join_words, split_word, drop_hyphen, drop_ending, drop_stop, drop_ligature, drop_accent, flatten_sign,
    )
}  # fmt: skip
OF_NUMBERS: dict[str, Alteration] = {
    function.__name__.replace("_", " "): function
    for function in (
        change_digit, swap_digits, drop_digit, drop_number, drop_point, move_point, drop_minus, add_minus, drop_range,
        drop_sign, turn_sign, change_unit, join_unit, exchange_numbers,
    )
}  # fmt: skip
