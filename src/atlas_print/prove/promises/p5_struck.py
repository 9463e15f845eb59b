"""P5 on what is struck out: a dose that no longer holds, and one that does, are told apart by that alone."""

from collections.abc import Iterator

from atlas_print.prove.case import Case
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_HELP = "strike out what the source strikes out (<s>), and nothing else"


def judge_struck(case: Case) -> Iterator[Finding]:
    """Words that the source strikes out and the file doesn't, and others that the file strikes out."""
    reading = case.reading
    struck = [it for it in reading.struck if case.start <= it.start < it.end <= case.end]
    wanted = [
        (at + it.start, at + it.end, passage.source)
        for passage, at in case.aligned.places.items()
        for it in passage.line.struck
    ]
    for start, end, source in wanted:
        if not any(it.holds(start, end) for it in struck):
            expected = f"“{short(reading.excerpt(start, end))}” struck out"
            yield Finding(reading.place(start), expected, "words that hold", _HELP, source)
    for it in struck:
        if not any(start <= it.start and it.end <= end for start, end, _ in wanted):
            found = f"“{short(reading.excerpt(it.start, it.end))}”, struck out"
            yield Finding(it.place, "words that hold", found, _HELP, case.place)
