"""P5: the words of the source, each where the source has it, and nothing beside them but labels of the layout."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from atlas_print.prove.aligned import Lost, Stretch, nearest
from atlas_print.prove.case import Case
from atlas_print.prove.promises.differences import Concern, differences, missing
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Breaks, Labels
from atlas_print.prove.source.script import Passage, figures, plain, section_name
from atlas_print.prove.source.wording import short, window
from atlas_print.prove.verdicts import Finding

_TELLING = 12
"""Characters of a label that is not said twice by chance."""
_AROUND = 24
"""Characters shown on either side of a difference."""

_HELP_LOST = "print every text of the source, in its order and unchanged; a layout may have left it out or cut it"
_HELP_ADDED = "take it out of the file; what the layout says by itself belongs into its templates"
_HELP_SPACE = "print a space where the source has one, and none where it has none"
_HELP_ALT = "give the figure its alternative text from the source"


def judge_words(case: Case) -> Iterator[Finding]:
    """Words of a topic that a file lost, changed or added, spaces too, and figures without their own text."""
    for lost in missing(case, Concern.WORDS):
        yield from differences(case, lost, Concern.WORDS, _HELP_LOST)
    for passage, at in case.aligned.places.items():
        yield from _spaces(case.reading, passage, at)
    for stretch in strange(case.reading, case.aligned.rest, case.labels):
        lost_alt = _alternative_like(case, stretch)
        found = [] if lost_alt is None else list(differences(case, lost_alt, Concern.WORDS, _HELP_LOST))
        yield from found or ([] if lost_alt else [_added(case.reading, stretch, case)])
    yield from _alternatives(case)


def judge_outside(reading: Reading, labels: Labels, start: int, end: int) -> Iterator[Finding]:
    """What a book says outside of its topics, such as on its title page."""
    bounds = sorted({start, end, *(edge for edge in reading.edges if start < edge < end)})
    for stretch in strange(reading, [Stretch(low, high) for low, high in pairwise(bounds)], labels):
        yield _added(reading, stretch)


def strange(reading: Reading, rest: Sequence[Stretch], labels: Labels) -> Iterator[Stretch]:
    """The stretches that are no labels, alone or with those right beside them: a file may cut a text anywhere."""
    rows: list[list[Stretch]] = []
    for part in rest:
        if rows and rows[-1][-1].end == part.start:
            rows[-1].append(part)
        else:
            rows.append([part])
    for row in rows:
        odd = [part for part in row if not _is_label(reading, part.start, part.end, labels)]
        # A passage may have been found within a label that says the same, such as the disclaimer.
        odd = [part for part in odd if not _is_label(reading, *_block(reading, part), labels)]
        if odd and not _is_label(reading, row[0].start, row[-1].end, labels):
            yield from odd
        for before, part in pairwise(row):
            text = reading.flat[part.start : part.end]
            if len(text) >= _TELLING and reading.flat[before.start : before.end] == text:
                yield Stretch(before.start, part.end)


def _block(reading: Reading, part: Stretch) -> tuple[int, int]:
    """Where the block around a stretch starts and ends."""
    around = reading.innermost(part.start)
    return (part.start, part.end) if around is None else (around.start, around.end)


def _is_label(reading: Reading, start: int, end: int, labels: Labels) -> bool:
    inside = range(start + 1, end)
    certain = frozenset(at - start for at in inside if reading.gaps.get(at))
    possible = frozenset(at - start for at in inside if at in reading.gaps or at in reading.edges)
    return labels.covers(reading.flat[start:end], Breaks(certain, possible))


def _added(reading: Reading, stretch: Stretch, case: Case | None = None) -> Finding:
    expected = "the words of the source once, in its order, and nothing but labels beside them"
    found = f"“{short(reading.excerpt(stretch.start, stretch.end))}”"
    return Finding(reading.place(stretch.start), expected, found, _HELP_ADDED, case.place if case else None)


def _spaces(reading: Reading, passage: Passage, at: int) -> Iterator[Finding]:
    """The first space that a passage has lost, or has more than the source."""
    line = passage.line
    # Before a citation each layout has its own way, and within its brackets.
    own = {offset for cited in line.citations for offset in range(cited.start, cited.end)}
    for offset in range(1, len(line.flat)):
        if offset in own:
            continue
        place = at + offset
        is_shown = place in reading.gaps or place in reading.edges
        if (offset in line.spaces) == is_shown or (offset not in line.spaces and not reading.gaps.get(place)):
            continue
        expected = f"“…{window(passage.text, offset)}…” in {passage.name}"
        found = f"“…{reading.excerpt(place - _AROUND, place + _AROUND)}…”"
        yield Finding(reading.place(place), expected, found, _HELP_SPACE, passage.source)
        return


# --- alternative texts ---------------------------------------------------------------------------------------


def _wanted(case: Case) -> list[Passage]:
    """The alternative texts of the figures that a file shows, in their order."""
    if case.is_handout:
        return []
    return [
        Passage(f"the text of a figure in {section_name(section)}", plain(case.topic, figure.alt), source=case.place)
        for section, figure in figures(case.topic)
    ]


def _alternative_like(case: Case, stretch: Stretch) -> Lost | None:
    """The alternative text that words were meant for, with a fault in them: what a figure shows may be told in text."""
    meant = (alt for alt in _wanted(case) if nearest(case.reading, alt.flat, [stretch]))
    return next((Lost(alt, stretch) for alt in meant), None)


def _alternatives(case: Case) -> Iterator[Finding]:
    """Figures without their own text, and figures that the source doesn't have."""
    shown = [figure for figure in case.of(Role.FIGURE) if figure.alt]
    at = 0
    for alt in _wanted(case):
        index = next((i for i in range(at, len(shown)) if squeeze(shown[i].alt) == alt.flat), None)
        if index is None:
            other = next((it for it in shown[at:] if not case.labels.covers(squeeze(it.alt))), None)
            found = "no figure with such a text" if other is None else f"“{short(other.alt)}”"
            where = "the whole file" if other is None else other.place
            yield Finding(where, f"{alt.name}, “{short(alt.text)}”", found, _HELP_ALT, alt.source)
        else:
            yield from _other_figures(case, shown[at:index])
            at = index + 1
    yield from _other_figures(case, shown[at:])
    if case.reading.pages is not None:
        for figure in case.of(Role.FIGURE):
            if not figure.alt and figure.start == figure.end:
                yield Finding(figure.place, "a text that stands for the figure", "none", _HELP_ALT, case.place)


def _other_figures(case: Case, found: Sequence[Element]) -> Iterator[Finding]:
    for figure in found:
        if not case.labels.covers(squeeze(figure.alt)):
            said = f"a figure with the text “{short(figure.alt)}”"
            yield Finding(figure.place, "the figures of the source and no others", said, _HELP_ADDED, case.place)
