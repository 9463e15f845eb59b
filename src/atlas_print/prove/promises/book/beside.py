"""P5 on a book: what its style sheets show beside the words of an element is a label, as in the text itself."""

from collections.abc import Iterator

from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_HELP = "take it out of the style sheet: words in `content` are words of the book, which no author wrote"
_HELP_UNREAD = "take it out: what is hidden, struck out or in a style sheet alone may reach one reader and not another"


_OF_NUMBERS = frozenset("+-−±<>≤≥=≈~%‰")
"""Signs that make another number of the one that they stand at."""


def judge_beside(reading: Reading) -> Iterator[Finding]:
    """Words that a style sheet adds, and words that only some readers get."""
    for element, text in reading.generated:
        if _turns(reading.text(element), text) or any(map(str.isalnum, text)):
            yield Finding(element.place, "nothing but labels and signs beside the words", f"“{short(text)}”", _HELP)
    for where, text in reading.unread:
        yield Finding(where, "words that eyes and voices get alike", f"“{short(text)}”", _HELP_UNREAD)


def _turns(shown: str, text: str) -> bool:
    """Whether signs make another number of one at an end of the words that are shown."""
    return any(map(str.isdigit, shown[:1] + shown[-1:])) and bool(_OF_NUMBERS.intersection(text))
