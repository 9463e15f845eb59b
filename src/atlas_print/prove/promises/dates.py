"""P7: last reviewed, from the source, and made on, from the build: two dates, each in a field of its own."""

from collections.abc import Iterable, Iterator

from atlas_print.prove.case import Case
from atlas_print.prove.promises.dated import Dated, dates_in, long_date
from atlas_print.prove.verdicts import Finding

_REVIEW = "review"
"""What an English field of the day of review says; in other languages the words of the fields are not known here."""

_HELP_REVIEWED = "print the topic's own `reviewed` date, its month in full, in a sentence or field of its own"
_HELP_MADE = "print the day of the build, its month in full, in a sentence or field of its own"


def judge_dates(case: Case) -> list[Finding]:
    """What is wrong with the two dates of a topic. In a book the day it was made may stand outside of the topic.

    A field is the sentence around a date. The same field never shows two dates, and the two dates never share one.
    """
    language = case.atlas.language
    reviewed = long_date(case.topic.reviewed, language)
    made = None if case.made_on is None else long_date(case.made_on, language)
    known = [reviewed] if made is None else [reviewed, made]
    inside = list(dates_in(case.reading, language, known, case.start, case.end))
    everywhere = inside
    if case.is_book:
        everywhere = list(dates_in(case.reading, language, known, 0, len(case.reading.flat)))
    of_review = _fields(inside, reviewed)
    if not of_review:
        return [Finding(_where(inside), f"last reviewed: “{reviewed}”", _listed(case, inside), _HELP_REVIEWED)]
    others = {dated.field for dated in everywhere if made is None or dated.text == made}
    if not others - of_review and not (made in (None, reviewed) and len(others | of_review) > 1):
        expected = f"made on: “{made or 'a date'}”, in a field of its own"
        return [Finding(_where(everywhere), expected, _listed(case, everywhere), _HELP_MADE)]
    return list(_mixed(case, inside, reviewed, made, others))


def _mixed(
    case: Case, inside: Iterable[Dated], reviewed: str, made: str | None, others: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Dates that stand in the field of another."""
    own = _fields(inside, reviewed)
    if made not in (None, reviewed):
        own -= others
    for dated in inside:
        is_wrong = dated.field in own and dated.text != reviewed
        # Where the fields' words are known, dates that have changed places can be told.
        is_swapped = (
            made not in (None, reviewed)
            and dated.text == made
            and case.atlas.language.split("-")[0] == "en"
            and _REVIEW in "".join(dated.field).casefold()
        )
        if is_wrong or is_swapped:
            where = case.reading.place(dated.start)
            yield Finding(where, f"last reviewed: “{reviewed}”", f"“{dated.sentence}”", _HELP_REVIEWED)
    for dated in inside:
        if made not in (None, reviewed) and dated.field in others and dated.text != made:
            where = case.reading.place(dated.start)
            yield Finding(where, f"made on: “{made}”", f"“{dated.sentence}”", _HELP_MADE)


def _fields(shown: Iterable[Dated], text: str) -> set[tuple[str, str]]:
    return {dated.field for dated in shown if dated.text == text}


def _where(shown: list[Dated]) -> str:
    return shown[0].place if len(shown) == 1 else "the whole file"


def _listed(case: Case, shown: list[Dated]) -> str:
    """All the dates that the file does show."""
    sentences = list(dict.fromkeys(f"“{dated.sentence}”" for dated in shown))
    return ", ".join(sentences[:4]) if sentences else "no date"
