"""P5 and P6: the words and the numbers of the source, each where the source has it, and nothing beside them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from atlas_print.prove.case import Case
from atlas_print.prove.placing import Lost, Stretch, nearest, place
from atlas_print.prove.promises.entries import reference_list
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze, word_starts
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Breaks, Furniture
from atlas_print.prove.source.script import Unit, alternatives, script
from atlas_print.prove.source.wording import BRACKETS, short, window
from atlas_print.prove.verdicts import Finding

_SIGNS = frozenset("+-−±×÷=<>≤≥≈~%‰°µμ′″/^")
"""Signs that a number may stand with; a full stop or a comma counts only between digits."""
_COUNTER = re.compile(r"[(\[]?\d{1,4}[.)\]]")
_TELLING = 12
"""Characters of a label that is not said twice by chance."""
_AROUND = 24
"""Characters shown on either side of a difference."""

_HELP_LOST = "print every text of the source, in its order and unchanged; a layout may have left it out or cut it"
_HELP_ADDED = "take it out of the file; what the layout says by itself belongs into its templates"
_HELP_NUMBER = "print the number as the source has it, with its sign, its decimal point and its unit"
_HELP_SPACE = "print a space where the source has one, and none where it has none"
_HELP_ALT = "give the figure its alternative text from the source"


@dataclass(frozen=True, slots=True)
class Told:
    """What is wrong with the words of a topic (P5), and with its numbers (P6); and what no text of it claims."""

    words: tuple[Finding, ...]
    numbers: tuple[Finding, ...]
    left: tuple[Stretch, ...]


def judge_told(case: Case) -> Told:
    """Both, in one look at the file."""
    listed = reference_list(case) if case.topic.references else None
    skipped = list(_counters(case))
    if listed:
        skipped.append((listed.start, listed.end))
    placed = place(case, list(script(case)), skipped)
    words: list[Finding] = []
    numbers: list[Finding] = []
    for lost in placed.lost:
        for is_number, finding in _lost(case, lost):
            (numbers if is_number else words).append(finding)
    for unit, at in placed.found:
        words += _spaces(case.reading, unit, at)
    for stretch in _strange(case.reading, placed.left, case.beside):
        for is_number, finding in _stray(case, stretch):
            (numbers if is_number else words).append(finding)
    words += _alternatives(case)
    return Told(tuple(words), tuple(numbers), placed.left)


def judge_outside(reading: Reading, beside: Furniture, start: int, end: int) -> Iterator[Finding]:
    """What a book says outside of its topics, such as on its title page."""
    bounds = sorted({start, end, *(edge for edge in reading.edges if start < edge < end)})
    for stretch in _strange(reading, [Stretch(low, high) for low, high in pairwise(bounds)], beside):
        yield _beside(reading, stretch)


def _counters(case: Case) -> Iterator[tuple[int, int]]:
    """What counts the items of a list, which is the layout's: a label without letters, or a number before the words."""
    reading = case.reading
    for element in case.of(Role.LABEL, Role.ITEM):
        if element.role is Role.ITEM:
            found = _COUNTER.match(reading.flat, element.start, element.end)
            if found and (found.end() in reading.edges or found.end() in reading.gaps):
                yield found.span()
        elif not any(map(str.isalpha, reading.text(element))):
            yield element.start, element.end


def _stray(case: Case, stretch: Stretch) -> Iterator[tuple[bool, Finding]]:
    """Findings on words that don't belong there: they may be meant for what a drawing shows, with a fault in it."""
    meant = (Unit(f"the text of a figure in {name}", alt, squeeze(alt)) for name, alt in alternatives(case))
    unit = next((unit for unit in meant if nearest(case.reading, unit, [stretch])), None)
    found = [] if unit is None else list(_lost(case, Lost(unit, stretch)))
    yield from found or [(False, _beside(case.reading, stretch))]


def _strange(reading: Reading, left: Sequence[Stretch], beside: Furniture) -> Iterator[Stretch]:
    """The stretches that are no furniture, alone or with those right beside them: a file may cut a text anywhere."""
    rows: list[list[Stretch]] = []
    for part in left:
        if rows and rows[-1][-1].end == part.start:
            rows[-1].append(part)
        else:
            rows.append([part])
    for row in rows:
        strange = [part for part in row if not _is_furniture(reading, part.start, part.end, beside)]
        if strange and not _is_furniture(reading, row[0].start, row[-1].end, beside):
            yield from strange
        for before, part in pairwise(row):
            text = reading.flat[part.start : part.end]
            if len(text) >= _TELLING and reading.flat[before.start : before.end] == text:
                yield Stretch(before.start, part.end)


def _is_furniture(reading: Reading, start: int, end: int, beside: Furniture) -> bool:
    inside = range(start + 1, end)
    certain = frozenset(at - start for at in inside if reading.gaps.get(at))
    possible = frozenset(at - start for at in inside if at in reading.gaps or at in reading.edges)
    return beside.covers(reading.flat[start:end], Breaks(certain, possible))


def _beside(reading: Reading, stretch: Stretch) -> Finding:
    expected = "the words of the source once, in its order, and nothing but labels beside them"
    found = f"“{short(reading.excerpt(stretch.start, stretch.end))}”"
    return Finding(reading.place(stretch.start), expected, found, _HELP_ADDED)


def _lost(case: Case, lost: Lost) -> Iterator[tuple[bool, Finding]]:
    """Findings on a text that is missing or has a fault in it; True with those about a number."""
    unit = lost.unit
    if lost.near is None:
        expected = f"“{short(unit.text)}” in {unit.name}, behind what stands before it"
        finding = Finding("the whole file", expected, "no such words there", _HELP_LOST)
        yield False, finding
        if any(map(str.isdigit, unit.text)):
            yield True, finding
        return
    reading = case.reading
    shown = reading.flat[lost.near.start : lost.near.end]
    told: set[bool] = set()
    for op, i, i_end, j, j_end in SequenceMatcher(None, unit.flat, shown, autojunk=False).get_opcodes():
        # P4 asks for the numbers of citations.
        if op == "equal" or (_in_brackets(unit.flat, i, i_end) and _in_brackets(shown, j, j_end)):
            continue
        # A label may stand before or behind a text.
        if i == i_end and i in (0, len(unit.flat)) and case.beside.covers(shown[j:j_end]):
            continue
        is_number = _is_number(unit.flat, i, i_end) or _is_number(shown, j, j_end)
        if is_number in told:
            continue
        told.add(is_number)
        at = lost.near.start + j
        expected = f"“…{window(unit.text, min(i, len(squeeze(unit.text))))}…” in {unit.name}"
        found = f"“…{reading.excerpt(max(at - _AROUND, lost.near.start), min(at + _AROUND, lost.near.end))}…”"
        yield is_number, Finding(reading.place(at), expected, found, _HELP_NUMBER if is_number else _HELP_LOST)


def _in_brackets(text: str, start: int, end: int) -> bool:
    return any(found.start() <= start and end <= found.end() for found in BRACKETS.finditer(text))


def _is_number(text: str, start: int, end: int) -> bool:
    """Whether a stretch is part of a number, of its sign or of its unit."""
    if any(character.isnumeric() or character in _SIGNS for character in text[start:end]):
        return True
    before, behind = text[:start], text[end:]
    if re.fullmatch(r"[.,]", text[start:end]) and re.match(r"\d", behind):
        return True
    # A unit goes on to the next sign that is no letter.
    if re.search(r"\d[^\W\d_]{0,3}$", before) and re.match(r"[^\W\d_]", text[start : end + 1]):
        return True
    return bool(re.search(r"\d$", before) and re.match(r"\d", behind))


def _spaces(reading: Reading, unit: Unit, at: int) -> Iterator[Finding]:
    """The first space that a text has lost, or has more than the source."""
    # Before a citation each layout has its own way.
    plain = BRACKETS.sub("", unit.flat)
    flat = squeeze(unit.text)
    if plain != flat:
        return
    starts = word_starts(unit.text)
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
        yield Finding(reading.place(place), expected, found, _HELP_SPACE)
        return


def _alternatives(case: Case) -> Iterator[Finding]:
    """Figures without their own text, and figures that the source doesn't have."""
    shown = [figure for figure in case.of(Role.FIGURE) if figure.alt]
    at = 0
    for name, alt in alternatives(case):
        index = next((i for i in range(at, len(shown)) if squeeze(shown[i].alt) == squeeze(alt)), None)
        if index is None:
            other = next((it for it in shown[at:] if not case.beside.covers(squeeze(it.alt))), None)
            found = "no figure with such a text" if other is None else f"“{short(other.alt)}”"
            where = "the whole file" if other is None else other.place
            yield Finding(where, f"a figure in {name} with the text “{short(alt)}”", found, _HELP_ALT)
        else:
            yield from _other_figures(shown[at:index], case.beside)
            at = index + 1
    yield from _other_figures(shown[at:], case.beside)
    if case.reading.pages is not None:
        for figure in case.of(Role.FIGURE):
            if not figure.alt and figure.start == figure.end:
                yield Finding(figure.place, "a text that stands for the figure", "none", _HELP_ALT)


def _other_figures(figures: list[Element], beside: Furniture) -> Iterator[Finding]:
    for figure in figures:
        if not beside.covers(squeeze(figure.alt)):
            found = f"a figure with the text “{short(figure.alt)}”"
            yield Finding(figure.place, "the figures of the source and no others", found, _HELP_ADDED)
