"""P8: the language of the text, for the voice that reads it: that of the atlas, and of each passage in another."""

from collections.abc import Iterator

from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_LABELS = "en"
"""What a layout says in English where it has no words in the atlas's language."""

_HELP = "write the language of the source into the layout, on the file and on each passage in another"


def judge_document_language(reading: Reading, language: str) -> Iterator[Finding]:
    """A PDF that says another language than its atlas, or none."""
    if not is_alike(reading.language, language):
        yield Finding("the whole file", f"the language {language}", reading.language or "none", _HELP)


def judge_languages(case: Case) -> Iterator[Finding]:
    """Passages of a topic that a voice would read in the wrong language; labels of a layout may be in its own."""
    reading, around = case.reading, case.atlas.language
    marked = [
        (element, language)
        for element, language in reading.languages
        if not is_alike(language, around) and case.start <= element.start and element.end <= case.end
    ]
    wanted: list[tuple[int, int, str]] = []
    texts: set[tuple[str, str]] = set()
    for passage, at in case.aligned.places.items():
        for it in passage.line.languages:
            if not is_alike(it.mark, around):
                wanted.append((at + it.start, at + it.end, it.mark))
                texts.add((passage.flat[it.start : it.end], it.mark))
    for start, end, language in wanted:
        if not any(it.holds(start, end) and is_alike(said, language) for it, said in marked):
            expected = f"“{short(reading.excerpt(start, end))}” in {language}"
            told = case.aligned.at(start, end)
            source = told.source if told else case.place
            yield Finding(reading.place(start), expected, "no language of its own, or another", _HELP, source)
    for element, language in marked:
        if not _is_wanted(case, element, language, wanted, texts):
            found = f"“{short(reading.excerpt(element.start, element.end))}” in {language}"
            yield Finding(element.place, "the languages of the source", found, _HELP, case.place)


def _is_wanted(
    case: Case, element: Element, language: str, wanted: list[tuple[int, int, str]], texts: set[tuple[str, str]]
) -> bool:
    """Whether the source has that language there, or in a text that is told again, or the words are labels."""
    said = case.reading.text(element)
    if any(start <= element.start and element.end <= end and is_alike(language, told) for start, end, told in wanted):
        return True
    # Of a passage with a fault in it, P5 tells.
    if any(lost.near and lost.near.start <= element.start < lost.near.end for lost in case.aligned.lost):
        return True
    if not case.is_of_source(element.start) and any(t == said and is_alike(language, told) for t, told in texts):
        return True
    return not said or (is_alike(language, _LABELS) and case.labels.covers(said))


def is_alike(one: str, other: str) -> bool:
    """Whether a voice may read both: "en-GB" is English (RFC 4647, 3.3.1)."""
    some, more = sorted((one.lower().split("-"), other.lower().split("-")), key=len)
    return some == more[: len(some)]
