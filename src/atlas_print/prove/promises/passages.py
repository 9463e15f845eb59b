"""P8: the language of the text, for the voice that reads it: that of the atlas, and of each passage in another."""

from collections import Counter
from collections.abc import Iterator, Sequence

from atlas_print.blocks import Citation, Inlines, Span, Text
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import cited_text, section_lines, short
from atlas_print.prove.verdicts import Finding

_LABELS = "en"
"""What a layout says in English where it has no words in the atlas's language."""

_HELP = "write the language of the source into the layout, on the file and on each passage in another"


def judge_document_language(reading: Reading, language: str) -> Iterator[Finding]:
    """A PDF that says another language than its atlas, or none."""
    if not _is_alike(reading.language, language):
        yield Finding("the whole file", f"the language {language}", reading.language or "none", _HELP)


def judge_passages(case: Case) -> Iterator[Finding]:
    """Passages of a topic that a voice would read in the wrong language; labels of a layout may be in its own."""
    reading, around = case.reading, case.atlas.language
    lines = [line for section in case.topic.sections for line in section_lines(section)]
    source = "\n".join(cited_text(line, case.topic.numbers) for line in lines)
    spans = [span for line in lines for span in _foreign(line, around)]
    # The passages with their languages, and how often the source has each.
    wanted = Counter((cited_text(span.children, case.topic.numbers), str(span.language)) for span in spans)
    marked = [
        (element, language)
        for element, language in reading.languages
        if not _is_alike(language, around) and case.start <= element.start and element.end <= case.end
    ]
    for element, language in marked:
        said = reading.text(element)
        is_wanted = any(text == said and _is_alike(language, told) for text, told in wanted)
        is_label = _is_alike(language, _LABELS) and case.beside.covers(said)
        if not is_wanted and not is_label:
            found = f"“{short(reading.excerpt(element.start, element.end))}” in {language}"
            yield Finding(element.place, "the languages of the source", found, _HELP)
    for (text, language), times in wanted.items():
        # A word that the author has in both languages may be either.
        if source.count(text) == times:
            yield from _unmarked(case, text, language, marked)


def _unmarked(case: Case, text: str, language: str, marked: Sequence[tuple[Element, str]]) -> Iterator[Finding]:
    for at in case.reading.words(text, case.start, case.end):
        if not any(it.holds(at, at + len(text)) and _is_alike(told, language) for it, told in marked):
            name = short(case.reading.excerpt(at, at + len(text)))
            found = "no language of its own, or another"
            yield Finding(case.reading.place(at), f"“{name}” in {language}", found, _HELP)


def _foreign(line: Inlines, around: str) -> Iterator[Span]:
    """The outermost passages in another language."""
    for inline in line:
        if isinstance(inline, Span) and inline.language and not _is_alike(inline.language, around):
            yield inline
        elif not isinstance(inline, Text | Citation):
            yield from _foreign(inline.children, around)


def _is_alike(one: str, other: str) -> bool:
    """Whether a voice may read both: "en-GB" is English (RFC 4647, 3.3.1)."""
    some, more = sorted((one.lower().split("-"), other.lower().split("-")), key=len)
    return some == more[: len(some)]
