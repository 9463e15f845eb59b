"""P8: the headings are those of the source, each once, one below another as there; by them a voice finds its way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case, heading_texts, section_name
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Furniture
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_HELP_LOST = "set the headings of the source as headings, and nothing else that is not the name of a part"
_HELP_LEVEL = "the title is the highest heading, below it the sections, below each its parts; keep to that order"


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A heading of the source: what it may say, how deep it stands below the title, and its name for a person."""

    texts: frozenset[str]
    depth: int
    name: str


def judge_headings(case: Case) -> Iterator[Finding]:
    """Headings of a topic that are lost, doubled, added, or of another level than their place in the source.

    Levels are compared with each other: a book of many topics may have all of them lower.
    """
    shown = [heading for heading in case.of(Role.HEADING) if heading.start < heading.end]
    wanted = list(_wanted(case))
    found: dict[Element, _Wanted] = {}
    said = {case.reading.text(heading) for heading in shown}
    at = 0
    for heading in wanted:
        index = next((i for i in range(at, len(shown)) if case.reading.text(shown[i]) in heading.texts), None)
        if index is not None:
            found[shown[index]] = heading
            at = index + 1
        elif (not case.is_handout or not heading.depth) and not said & heading.texts:
            # Of one that stands elsewhere, P2 and P5 tell.
            where = case.reading.words(min(heading.texts), case.start, case.end)
            place = next(map(case.reading.place, where), "the whole file")
            yield Finding(place, f"{heading.name} as a heading", "no such heading", _HELP_LOST)
    yield from _others(case, shown, wanted, found)
    yield from _levels(case, found)


def judge_headings_outside(
    reading: Reading, atlas: Atlas, cases: Sequence[Case], beside: Furniture
) -> Iterator[Finding]:
    """Headings outside of the topics of a book: its title, and labels."""
    labels = Furniture(beside.phrases)
    for heading in reading.of(Role.HEADING):
        text = reading.text(heading)
        if not text or any(case.start <= heading.start < case.end for case in cases):
            continue
        if text != squeeze(atlas.title) and not _is_label(text, atlas, labels):
            said = f"“{short(reading.excerpt(heading.start, heading.end))}” as a heading"
            yield Finding(heading.place, "the title of the atlas as a heading, and labels", said, _HELP_LOST)


def _is_label(text: str, atlas: Atlas, labels: Furniture) -> bool:
    """Whether a heading is a label of the layout, and not what the atlas says beside the text of its topics."""
    meanings = (meaning for scale in (atlas.strength, atlas.audit) for meaning in scale.levels.values())
    return labels.covers(text) and not any(squeeze(said) in text for said in (atlas.disclaimer, *meanings))


def _wanted(case: Case) -> Iterator[_Wanted]:
    topic = case.topic
    yield _Wanted(frozenset((squeeze(topic.title),)), 0, f"the title “{topic.title}”")
    for section in topic.sections:
        name = section_name(section)
        yield _Wanted(frozenset(heading_texts(section.heading, topic.numbers)), 1, name)
        for part in section.subsections:
            yield _Wanted(frozenset(heading_texts(part.heading, topic.numbers)), 2, f"each part of {name}")


def _others(
    case: Case, shown: Sequence[Element], wanted: Sequence[_Wanted], found: dict[Element, _Wanted]
) -> Iterator[Finding]:
    """Headings beside those of the source: labels of the layout, and no sentences of the atlas."""
    once = {text for heading in found.values() for text in heading.texts}
    labels = Furniture(case.beside.phrases)
    for heading in shown:
        text = case.reading.text(heading)
        if heading not in found and (text in once or not _is_label(text, case.atlas, labels)):
            said = f"“{short(case.reading.excerpt(heading.start, heading.end))}” as a heading"
            again = f"{said}, for the second time" if text in once else said
            yield Finding(heading.place, "the headings of the source, each once, and labels", again, _HELP_LOST)


def _levels(case: Case, found: dict[Element, _Wanted]) -> Iterator[Finding]:
    levels: dict[int, int] = {}
    for element, heading in found.items():
        if not element.level:
            continue  # a heading that says no level
        above = max((levels[depth] for depth in levels if depth < heading.depth), default=0)
        own = levels.setdefault(heading.depth, element.level)
        text = f"“{short(case.reading.excerpt(element.start, element.end))}”"
        if element.level <= above:
            expected = f"{text} below level {above}"
        elif element.level != own:
            expected = f"{text} at level {own}, as its like"
        else:
            continue
        yield Finding(element.place, expected, f"level {element.level}", _HELP_LEVEL)
