"""P7: last reviewed, from the source, and made on, from the build: two dates, each in a field of its own."""

from collections.abc import Iterable, Iterator, Sequence

from atlas_print.problems import Place
from atlas_print.prove.case import Case
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.dates import Dated, dates_in, long_date
from atlas_print.prove.verdicts import Finding

_REVIEW = "review"
"""What an English field of the day of review says; in other languages the words of the fields are not known here."""

_UNKNOWN = "0101-01-01"
"""What Calibre writes for a day that it doesn't know."""

_HELP_METADATA = "write the days of review and of making into the package document, or none"
_HELP_REVIEWED = "print the topic's own `reviewed` date, its month in full, in a sentence or field of its own"
_HELP_MADE = "print the day of the build, its month in full, in a sentence or field of its own"


def judge_dates(case: Case) -> list[Finding]:
    """What is wrong with the two dates of a topic. In a book the day it was made may stand outside of the topic.

    A field is the sentence around a date. The same field never shows two dates, and the two dates never share one.
    """
    language = case.atlas.language
    reviewed, made = (None if day is None else long_date(day, language) for day in (case.topic.reviewed, case.made_on))
    known = list(filter(None, (reviewed, made)))
    dated = dates_in(case.reading, language, known, case.start, case.end)
    # What an author writes of a day is no field.
    inside = [it for it in dated if not case.is_of_source(it.start)]
    if reviewed is not None and not _fields(inside, reviewed):
        expected = f"last reviewed: “{reviewed}”"
        return [Finding(_where(inside), expected, _listed(inside), _HELP_REVIEWED, _source(case))]
    if not _tells_making(inside, inside, reviewed, made):
        everywhere = inside
        if case.is_book:
            everywhere = list(dates_in(case.reading, language, known, 0, len(case.reading.flat)))
        if not _tells_making(inside, everywhere, reviewed, made):
            expected = f"made on: “{made or 'a date'}”, in a field of its own"
            return [Finding(_where(everywhere), expected, _listed(everywhere), _HELP_MADE, _source(case))]
    return [*_mixed(case, inside, reviewed, made), *_metadata(case)]


def judge_dates_outside(reading: Reading, cases: Sequence[Case], start: int, end: int) -> Iterator[Finding]:
    """Dates that a book names outside of its topics, and that are none of theirs."""
    days = {day for case in cases for day in (case.topic.reviewed, case.made_on) if day is not None}
    if not cases or cases[0].made_on is None:
        return
    language = cases[0].atlas.language
    known = sorted(long_date(day, language) for day in days)
    for dated in dates_in(reading, language, known, start, end):
        if dated.text not in known:
            yield Finding(dated.place, "the days of review or of making", f"“{dated.text}”", _HELP_MADE)


def _metadata(case: Case) -> Iterator[Finding]:
    """Days that a library shows of a book, where it names any, and that are others."""
    book = case.reading.book
    if book is None:
        return
    reviewed = max((it.reviewed for it in case.book if it.reviewed), default=case.topic.reviewed)
    for name, values, day in (
        ("dc:date", book.entries("date"), case.made_on),
        ("schema:lastReviewed", book.meta("schema:lastReviewed"), reviewed),
    ):
        for value in values:
            if day is not None and not value.startswith((day.isoformat(), _UNKNOWN)):
                yield Finding(f"{book.package.path}, {name}", f"“{day.isoformat()}”", f"“{value}”", _HELP_METADATA)


def _tells_making(inside: Sequence[Dated], shown: Sequence[Dated], reviewed: str | None, made: str | None) -> bool:
    """Whether the dates that are shown name the day of making, in another field than that of the review."""
    of_review = _fields(inside, reviewed)
    of_making = {dated.field for dated in shown if made is None or dated.text == made}
    # Two equal dates are two fields all the same.
    fields = 1 if reviewed is None else 2
    return len(of_review | of_making) >= fields if made in (None, reviewed) else bool(of_making - of_review)


def _mixed(case: Case, inside: Sequence[Dated], reviewed: str | None, made: str | None) -> Iterator[Finding]:
    """Dates that stand in the field of another."""
    differ = made not in (None, reviewed)
    of_review, of_making = _fields(inside, reviewed), _fields(inside, made) if differ else set()
    # Where the words of the fields are known, dates that have changed places can be told.
    in_english = case.atlas.language.split("-")[0] == "en"
    for dated in inside:
        says_review = in_english and _REVIEW in "".join(dated.field).casefold()
        if dated.text != reviewed and (
            dated.field in of_review - of_making or (differ and dated.text == made and says_review)
        ):
            expected = f"last reviewed: “{reviewed}”"
            yield Finding(dated.place, expected, f"“{dated.sentence}”", _HELP_REVIEWED, _source(case))
        elif dated.text != made and dated.field in of_making:
            yield Finding(dated.place, f"made on: “{made}”", f"“{dated.sentence}”", _HELP_MADE, _source(case))


def _source(case: Case) -> Place:
    line = case.topic.lines.get("reviewed", 0)
    return Place(case.topic.file, line, int(line > 0))


def _fields(shown: Iterable[Dated], text: str | None) -> set[tuple[str, str]]:
    return {dated.field for dated in shown if dated.text == text}


def _where(shown: Sequence[Dated]) -> str:
    return shown[0].place if len(shown) == 1 else "the whole file"


def _listed(shown: Sequence[Dated]) -> str:
    """The dates that the file does show."""
    sentences = list(dict.fromkeys(f"“{dated.sentence}”" for dated in shown))
    return ", ".join(sentences[:4]) if sentences else "no date"
