"""Dates in every shape that tools write -> `{"date-parts": [[2024, 5, 31]]}` or `{"literal": "in press"}`."""

import re
from typing import Any

from atlas_print.read.references.texts import rich, word

Date = dict[str, Any]

_ISO = re.compile(r"(-?\d{4})(?:[-/.](\d\d?)(?:[-/.](\d\d?))?)?(?:[T ]\d\d.*)?")
_COMPACT = re.compile(r"(1[5-9]\d\d|20\d\d)(\d\d)(\d\d)")
_YEARS = re.compile(r"(\d{4})\s*(?:[-–—]+|/)\s*(\d{4})")
_NO_DATE = re.compile(r"\[?(?:n\.? ?d\.?|no date|undated|s\.? ?d\.?|null|none|unknown|0[-/0]*)\]?", re.IGNORECASE)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|" + (
    r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY, _YEAR = r"(?P<day>\d\d?)(?:st|nd|rd|th)?", r"(?P<year>\d{4})"
_IN_WORDS = [
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:{_DAY} )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY},? {_YEAR}",
        rf"{_YEAR},? {_MONTH}(?: {_DAY})?",
    )
]


class NoDateError(Exception):
    """A value that is no date of any shape."""


def read_date(value: Any) -> Date | None:
    """The date that a value says, None if it says none; NoDateError if it can't be one.

    A range has two dates. What is vague, or in words that are not English months, stays a literal text.
    """
    if value is None or (isinstance(value, str | int) and not isinstance(value, bool)):
        return _from_text(word(value))
    if isinstance(value, list):
        return _from_list(value)
    if not isinstance(value, dict):
        raise NoDateError
    found = next(filter(None, (_part(value, key) for key in ("date-parts", "raw", "literal", "date-time"))), None)
    if found is None and "year" in value:
        found = _from_parts([[value.get(key) for key in ("year", "month", "day")]])
    if found is None and (season := word(value.get("season"))) and not season.isdigit():
        found = {"literal": rich(season)}
    is_vague = value.get("circa") is True or word(value.get("circa")) not in ("", "0", "false")
    if found and "date-parts" in found and is_vague:
        return {"literal": f"ca {'–'.join(str(part[0]) for part in found['date-parts'])}"}
    return found


def _part(value: Date, key: str) -> Date | None:
    given = value.get(key)
    if key == "date-parts" and isinstance(given, list):
        return _from_parts(given)
    return read_date(given) if not isinstance(given, dict) else None


def _from_list(value: list[Any]) -> Date | None:
    """Pandoc's older form, a list of records with a year each, or date-parts without their name."""
    if all(isinstance(one, dict) for one in value):
        found = [one for one in map(read_date, value) if one]
        parts = [part for one in found for part in one.get("date-parts", ())]
        return {"date-parts": parts} if parts else next(iter(found), None)
    return _from_parts(value)


def _from_parts(value: list[Any]) -> Date | None:
    lists = value if any(isinstance(part, list) for part in value) else [value]
    if len(lists) > 2:
        raise NoDateError
    numbers = [_numbers(part if isinstance(part, list) else [part]) for part in lists]
    if any(isinstance(part, str) for part in numbers):
        return _from_text(" ".join(map(str, filter(None, numbers))))
    found = [part for part in numbers if part]
    return {"date-parts": found} if found else None


def _numbers(part: list[Any]) -> list[int] | str:
    """Year, month and day up to the first that is missing, or a text that was put in their place."""
    texts = [word(number) for number in part]
    if any(number is not None and not isinstance(number, str | int) for number in part) or len(texts) > 3:
        raise NoDateError
    if any(text and not re.fullmatch(r"-?\d+", text) for text in texts):
        return " ".join(texts)
    numbers: list[int] = []
    for text in texts:
        if not text.strip("0"):
            break
        numbers.append(int(text))
    _check(numbers)
    return numbers


def _check(numbers: list[int]) -> None:
    year, month, day = (*numbers, 1, 1, 1)[:3] if numbers else (1, 1, 1)
    # Months 13 to 24 are the seasons of CSL and EDTF.
    if not (-9999 <= year <= 9999 and 1 <= month <= (24 if len(numbers) == 2 else 12) and 1 <= day <= 31):
        raise NoDateError


def _from_text(text: str) -> Date | None:
    text = rich(text)
    if not text or _NO_DATE.fullmatch(text):
        return None
    if years := _YEARS.fullmatch(text):
        return {"date-parts": [[int(years[1])], [int(years[2])]]}
    iso = _ISO.fullmatch(text) or _COMPACT.fullmatch(text)
    ends = [iso] if iso else [_ISO.fullmatch(end) for end in text.split("/") if end.strip(". ")]
    if ends and all(ends) and len(ends) <= 2:
        found = [_numbers(list(end.groups())) for end in ends if end]
        return {"date-parts": found}
    if found_in_words := next(filter(None, (pattern.fullmatch(text) for pattern in _IN_WORDS)), None):
        return {"date-parts": [_from_words(found_in_words)]}
    if re.fullmatch(r"\d{4}~|(?:ca?\.?|circa|about) ?\d{4}", text, re.IGNORECASE):
        return {"literal": f"ca {text.strip('~')[-4:]}"}
    return {"literal": text}


def _from_words(found: re.Match[str]) -> list[int]:
    month = 1 + _MONTHS.index(found["month"][:3].lower())
    numbers = [int(found["year"]), month, *([int(found["day"])] if found.groupdict().get("day") else [])]
    _check(numbers)
    return numbers
