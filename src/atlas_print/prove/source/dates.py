"""Dates in a text, written with their month in full, and the fields that they stand in."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze

_SENTENCE_END = re.compile(r"[.!?。؟।·|;]")
_LONGEST_FIELD = 80
"""Characters of a sentence that count, on either side of its date."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as a file shows it; `field` is what its sentence says before and behind it, squeezed."""

    start: int
    place: str
    text: str
    field: tuple[str, str]
    sentence: str


def long_date(day: date, language: str) -> str:
    """The day with its month in full in that language: "1 October 2026". Plain "en" is the world's English."""
    return format_date(day, format="long", locale=_locale(language))


def dates_in(reading: Reading, language: str, known: Sequence[str], start: int, end: int) -> Iterator[Dated]:
    """Every date with its month in full in a stretch; where one of the known could be read, it is."""
    places: dict[int, tuple[int, str]] = {}
    for text in known:
        for at in reading.finds(squeeze(text), start, end):
            if _is_whole(reading, at, at + len(squeeze(text))):
                places[at] = (at + len(squeeze(text)), text)
    starts = sorted(places)
    for found in date_pattern(language).finditer(reading.flat, start, end):
        before = bisect_left(starts, found.end())
        if not before or places[starts[before - 1]][0] <= found.start():
            places[found.start()] = (found.end(), reading.excerpt(found.start(), found.end()))
    ordered = sorted(places.items())
    for index, (at, (stop, text)) in enumerate(ordered):
        after_last = ordered[index - 1][1][0] if index else start
        before_next = ordered[index + 1][0] if index + 1 < len(ordered) else end
        low, high = _sentence(reading, at, stop, after_last, before_next)
        field = (reading.flat[low:at], reading.flat[stop:high])
        yield Dated(at, reading.place(at), text, field, reading.excerpt(low, high))


def _sentence(reading: Reading, at: int, stop: int, low: int, high: int) -> tuple[int, int]:
    """From where to where the sentence around a date goes, within its block and between the dates beside it."""
    block = reading.innermost(at)
    outside = low
    if block is not None:
        low, high = max(low, block.start), min(high, block.end)
    low = _after_sentence(reading, max(low, at - _LONGEST_FIELD), at)
    behind = _SENTENCE_END.search(reading.flat, stop, min(high, stop + _LONGEST_FIELD))
    high = behind.start() if behind else min(high, stop + _LONGEST_FIELD)
    if low == at and high == stop:
        # A date alone in its block has its field in the block before, as a table or a list of terms does.
        furthest = max(outside, at - _LONGEST_FIELD)
        edge = next((edge for edge in range(at - 1, furthest, -1) if edge in reading.edges), furthest)
        low = _after_sentence(reading, edge, at)
    return low, high


def _after_sentence(reading: Reading, low: int, at: int) -> int:
    return max((found.end() for found in _SENTENCE_END.finditer(reading.flat, low, at)), default=low)


def _is_whole(reading: Reading, start: int, end: int) -> bool:
    """Whether no digit beside a date belongs to it."""
    before, after = reading.flat[start - 1 : start], reading.flat[end : end + 1]
    return (not before.isdigit() or reading.is_word_end(start)) and (not after.isdigit() or reading.is_word_end(end))


@cache
def date_pattern(language: str) -> re.Pattern[str]:
    """Any date with its month in full, squeezed."""
    months = (squeeze(long_date(date(2222, month, 28), language)) for month in range(1, 13))
    forms = (re.escape(text).replace("2222", r"\d{4}").replace("28", r"\d{1,2}") for text in months)
    return re.compile("|".join(forms))


@cache
def is_right_to_left(language: str) -> bool:
    """Whether a language is written from right to left."""
    return _locale(language).text_direction == "rtl"


def _locale(language: str) -> Locale:
    """The locale of a BCP 47 tag, or the nearest that there is data for."""
    parts = language.split("-")
    if parts != ["en"]:
        for length in range(len(parts), 0, -1):
            try:
                return Locale.parse("-".join(parts[:length]), sep="-")
            except (UnknownLocaleError, ValueError):
                continue
    return Locale.parse("en_001")
