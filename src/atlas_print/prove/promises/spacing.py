"""P5: a text of the source has its spaces, and no others, wherever it stands."""

from collections.abc import Iterator

from atlas_print.atlas import Figure
from atlas_print.prove.case import Case, grade_fields
from atlas_print.prove.normal import squeeze
from atlas_print.prove.reading import Reading
from atlas_print.prove.script import Unit
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import BRACKETS, window

_AROUND = 24
"""Characters shown on either side of a difference."""

_HELP = "print a space where the source has one, and none where it has none"


def judge_spacing(case: Case) -> Iterator[Finding]:
    """The spaces of what the atlas says in every topic, and of what the text says of drawings."""
    for name, text in dict.fromkeys(_repeated(case)):
        unit = Unit(name, text, squeeze(text))
        for at in case.reading.words(unit.flat, case.start, case.end):
            yield from judge_spaces(case.reading, unit, at)


def judge_spaces(reading: Reading, unit: Unit, at: int) -> Iterator[Finding]:
    """The first space that a text has lost, or has more than the source."""
    # Before a citation each layout has its own way.
    plain = BRACKETS.sub("", unit.flat)
    flat = squeeze(unit.text)
    if plain != flat:
        return
    starts = _word_starts(unit.text)
    skipped = 0
    brackets = {found.start(): found.end() - found.start() for found in BRACKETS.finditer(unit.flat)}
    for offset in range(1, len(flat)):
        while offset + skipped in brackets:
            skipped += brackets[offset + skipped]
        place = at + offset + skipped
        if place - skipped - at != offset or (skipped and unit.flat[offset + skipped - 1] == "]"):
            continue
        is_shown = place in reading.gaps or place in reading.edges
        if (offset in starts) == is_shown or (offset not in starts and not reading.gaps.get(place)):
            continue
        expected = f"“…{window(unit.text, offset)}…” in {unit.name}"
        found = f"“…{reading.excerpt(place - _AROUND, place + _AROUND)}…”"
        yield Finding(reading.place(place), expected, found, _HELP)
        return


def _word_starts(text: str) -> set[int]:
    """Where in its squeezed form each word of a text starts."""
    starts, at = set(), 0
    for word in text.split():
        starts.add(at)
        at += len(squeeze(word))
    return starts


def _repeated(case: Case) -> Iterator[tuple[str, str]]:
    """Texts that may stand in more places than one, with their names."""
    atlas = case.atlas
    yield "the disclaimer", atlas.disclaimer
    for scale in (atlas.strength, atlas.audit):
        yield from ((f"“{scale.label}”", text) for pair in scale.levels.items() for text in pair)
    for section in case.topic.sections:
        yield from ((f"“{label}”", value) for label, value in grade_fields(atlas, section.grade))
        blocks = section.all_blocks()
        yield from (("the text of a drawing", block.alt) for block in blocks if isinstance(block, Figure))
    yield from (("the glossary", f"{term.full}: {term.plain}") for term in atlas.glossary.values())
