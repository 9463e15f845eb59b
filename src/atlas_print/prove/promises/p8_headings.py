"""P8: the headings are those of the source, each once, one below another as there; by them a voice finds its way."""

from collections.abc import Iterator, Mapping, Sequence

from atlas_print.atlas import Atlas
from atlas_print.problems import Place
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.script import Kind, Passage
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_HELP_LOST = "set the headings of the source as headings, and nothing else that is not the name of a part"
_HELP_LEVEL = "the title is the highest heading, below it the sections, below each its parts; keep to that order"


def judge_headings(case: Case) -> Iterator[Finding]:
    """Headings of a topic that are no headings in the file, others that the file adds, and levels out of order.

    Of the words of a heading that are lost, P5 tells. Levels are compared with each other: a book of many topics may
    have all of them lower.
    """
    reading, aligned = case.reading, case.aligned
    told = set(aligned.headings.values())
    for passage, at in aligned.places.items():
        if passage.kind in (Kind.HEADING, Kind.TITLE) and passage not in told:
            expected = f"“{short(passage.text)}” as a heading"
            yield Finding(reading.place(at), expected, "no heading", _HELP_LOST, passage.source)
    for lost in aligned.lost:
        if lost.passage.kind in (Kind.HEADING, Kind.TITLE) and lost.passage not in told:
            expected = f"“{short(lost.passage.text)}” as a heading"
            yield Finding("the whole file", expected, "no such heading", _HELP_LOST, lost.passage.source)
    for heading in case.of(Role.HEADING):
        if heading.start == heading.end or heading in aligned.headings:
            continue
        if not is_label(reading.text(heading), case.atlas, case.labels):
            yield _added(case.reading, heading, "the headings of the source, each once, and labels", case.place)
    yield from _levels(reading, aligned.headings)


def judge_headings_outside(reading: Reading, atlas: Atlas, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """Headings outside of the topics of a book: its title, and labels."""
    for heading in reading.of(Role.HEADING):
        text = reading.text(heading)
        if not text or any(case.start <= heading.start < case.end for case in cases):
            continue
        if text != squeeze(atlas.title) and not is_label(text, atlas, labels):
            yield _added(reading, heading, "the title of the atlas as a heading, and labels", None)


def is_label(text: str, atlas: Atlas, labels: Labels) -> bool:
    """Whether a heading is a label of the layout or of the scale, and not what the atlas says beside its topics."""
    names = {squeeze(scale.label) for scale in (atlas.strength, atlas.audit, atlas.basis)}
    return text in names or labels.of_layout(text)


def _added(reading: Reading, heading: Element, expected: str, source: Place | None) -> Finding:
    said = f"“{short(reading.excerpt(heading.start, heading.end))}” as a heading"
    return Finding(heading.place, expected, said, _HELP_LOST, source)


def _levels(reading: Reading, headings: Mapping[Element, Passage]) -> Iterator[Finding]:
    levels: dict[int, int] = {}
    for element, passage in sorted(headings.items(), key=lambda pair: pair[0].start):
        if not element.level:
            continue  # a heading that says no level
        above = max((levels[depth] for depth in levels if depth < passage.depth), default=0)
        own = levels.setdefault(passage.depth, element.level)
        text = f"“{short(reading.excerpt(element.start, element.end))}”"
        if element.level <= above:
            expected = f"{text} below level {above}"
        elif element.level != own:
            expected = f"{text} at level {own}, as its like"
        else:
            continue
        yield Finding(element.place, expected, f"level {element.level}", _HELP_LEVEL, passage.source)
