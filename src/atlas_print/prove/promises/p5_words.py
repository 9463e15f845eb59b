"""P5: the words of the source, each where the source has it, and nothing beside them but labels of the layout."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import islice, pairwise

from atlas_print.prove.aligned import Lost, Stretch, nearest
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.lines import BRACKETS, Cited, plain, short
from atlas_print.prove.source.script import Kind, Passage, figures, section_name
from atlas_print.prove.verdicts import Finding

_SIGNS = frozenset("+-−±×÷=<>≤≥≈~%‰°µμ′″/^")
"""Signs that a number may stand with; a full stop or a comma counts only between digits."""
_ANY_BRACKETS = re.compile(r"\[[^\[\]]*\d[^\[\]]*\]")
"""What may be a citation with words, squeezed."""
_AROUND = 24
"""Characters shown on either side of a difference."""


class Concern(StrEnum):
    """What a difference is about, and so which promise it breaks."""

    WORDS = "words"
    NUMBER = "number"
    CITATION = "citation"


def differences(case: Case, lost: Lost, concern: Concern, help_: str) -> Iterator[Finding]:
    """Findings of one concern on a passage that is missing or has a fault in it: the first, or each citation.

    A passage of which nothing is there has lost its words, and its numbers and citations if it has any.
    """
    passage = lost.passage
    if lost.near is None:
        expected = f"“{short(passage.text)}” in {passage.name}, behind what stands before it"
        if concern in _concerns(passage):
            yield Finding("the whole file", expected, "no such words there", help_, passage.source)
        return
    reading, near = case.reading, lost.near
    if lost.moved:
        expected = f"“{short(passage.text)}” in {passage.name}, behind what stands before it"
        yield Finding(reading.place(near.start), expected, "it, but not in this order", help_, passage.source)
        return
    shown = reading.flat[near.start : near.end]
    for op, i, i_end, j, j_end in SequenceMatcher(None, passage.flat, shown, autojunk=False).get_opcodes():
        # A label may stand before or behind a text.
        is_label = i == i_end and i in (0, len(passage.flat)) and case.labels.covers(shown[j:j_end])
        if op == "equal" or is_label or concern not in _concern(passage, shown, i, i_end, j, j_end):
            continue
        at = near.start + j
        if concern is Concern.CITATION:
            yield Finding(reading.place(at), *_citation(reading, near, passage, i, at, op), help_, passage.source)
            continue
        expected = f"“…{passage.line.around(i)}…” in {passage.name}"
        found = f"“…{reading.excerpt(max(at - _AROUND, near.start), min(at + _AROUND, near.end))}…”"
        yield Finding(reading.place(at), expected, found, help_, passage.source)
        return


def missing(case: Case, concern: Concern) -> list[Lost]:
    """The passages with that concern that a file lost.

    Without grades, of which P2 tells, what a handout may leave out, and all but the first of a section elsewhere and of
    a table that are not there.
    """
    found: list[Lost] = []
    for lost in case.aligned.lost:
        passage = lost.passage
        if passage.kind in (Kind.LABEL, Kind.VALUE) or (lost.moved and concern not in _concerns(passage)):
            continue
        if lost.moved and any(it.moved and it.passage.section is passage.section for it in found):
            continue
        # One table that is cut is told once.
        cut = [it.passage for it in found if it.near is None and passage.table is not None]
        if lost.near is None and any(it.table is passage.table and concern in _concerns(it) for it in cut):
            continue
        optional = [it for it in case.body if it.section is passage.section and not it.required]
        kept = [it for it in optional if it in case.aligned.places]
        if passage.required:
            # A layout that prints a section whole has its key sentences within their paragraphs.
            found += [] if any(passage.flat in it.flat for it in kept) else [lost]
        elif _is_printed_whole(case, passage, optional):
            found.append(lost)
    return found


def _is_printed_whole(case: Case, passage: Passage, optional: list[Passage]) -> bool:
    """Whether most is there of what a section says beside its key sentences."""
    keys = [it.flat for it in case.body if it.section is passage.section and it.required and not it.depth]
    others = [it for it in optional if not any(key in it.flat for key in keys)]
    kept = sum(len(it.flat) for it in others if it in case.aligned.places)
    return 2 * kept > sum(len(it.flat) for it in others)


def is_number(text: str, start: int, end: int) -> bool:
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


def _concerns(passage: Passage) -> set[Concern]:
    concerns = {Concern.WORDS}
    if any(map(str.isdigit, passage.text)):
        concerns.add(Concern.NUMBER)
    if passage.line.citations:
        concerns.add(Concern.CITATION)
    return concerns


def _concern(passage: Passage, shown: str, i: int, i_end: int, j: int, j_end: int) -> set[Concern]:
    """What a difference is about: one in the brackets of a citation is about their words too, where it is in these."""
    is_of_number = is_number(passage.flat, i, i_end) or is_number(shown, j, j_end)
    words = {Concern.NUMBER if is_of_number else Concern.WORDS}
    citations = passage.line.citations
    cited = [it for it in citations if it.start <= i and i_end <= it.end and (i < i_end or it.start < i < it.end)]
    is_added = i == i_end and any(found.start() <= j and j_end <= found.end() for found in BRACKETS.finditer(shown))
    if not cited:
        return {Concern.CITATION} if is_added else words
    numbers = {at for it in cited for _, start, end in it.places for at in range(start, end)}
    is_worded = any(passage.flat[at].isalnum() for at in range(i, i_end) if at not in numbers)
    is_worded |= i == i_end and any(map(str.isalpha, shown[j:j_end]))
    return {Concern.CITATION, *(words if is_worded else ())}


def _citation(reading: Reading, near: Stretch, passage: Passage, i: int, at: int, op: str) -> tuple[str, str]:
    """What a passage cites at a position, with the words before it, and what the file has at its own."""
    cited: Cited | None = next((it for it in passage.line.citations if it.start <= i < it.end), None)
    start = i if cited is None else cited.start
    before = BRACKETS.sub("", passage.line.excerpt(max(start - _AROUND, 0), start))
    shown = (it.span() for it in _ANY_BRACKETS.finditer(reading.flat, near.start, near.end))
    brackets = next((it for it in shown if it[0] <= at <= it[1]), None)
    found = "no citation there"
    if brackets is not None and (op != "delete" or at not in brackets):
        found = reading.excerpt(*brackets)
    told = "no citation" if cited is None else passage.line.excerpt(cited.start, cited.end)
    return f"{told} behind “…{before}” in {passage.name}", found


_TELLING = 12
"""Characters of a label that is not said twice by chance."""

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
        if lost_alt is None:
            yield _added(case.reading, stretch, case)
        else:
            yield from differences(case, lost_alt, Concern.WORDS, _HELP_LOST)
            for at in case.reading.finds(lost_alt.passage.flat, stretch.start, stretch.end):
                yield from _spaces(case.reading, lost_alt.passage, at)
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
            is_again = len(text) >= _TELLING and reading.flat[before.start : before.end] == text
            # Two headings may have the same words, and each has a line of the contents.
            if is_again and _led(reading, before) == _led(reading, part):
                yield Stretch(before.start, part.end)


def _led(reading: Reading, part: Stretch) -> list[Element | None]:
    """Where the links of a stretch lead in its file."""
    return [link.target for link in reading.of(Role.LINK, start=part.start, end=part.end)]


def _block(reading: Reading, part: Stretch) -> tuple[int, int]:
    """Where the block around a stretch starts and ends."""
    around = reading.innermost(part.start)
    return (part.start, part.end) if around is None else (around.start, around.end)


def _is_label(reading: Reading, start: int, end: int, labels: Labels) -> bool:
    return labels.covers(reading.flat[start:end], reading, start)


def _added(reading: Reading, stretch: Stretch, case: Case | None = None) -> Finding:
    expected = "the words of the source once, in its order, and nothing but labels beside them"
    found = f"“{short(reading.excerpt(stretch.start, stretch.end))}”"
    return Finding(reading.place(stretch.start), expected, found, _HELP_ADDED, case.place if case else None)


def _spaces(reading: Reading, passage: Passage, at: int) -> Iterator[Finding]:
    """The first space that a passage has lost, or has more than the source."""
    line = passage.line
    own = {offset for cited in line.citations for offset in cited.loose} | {call.start for call in line.calls}
    wrong = (it for it in reading.misspaced(at, len(line.flat), line.spaces) if it not in own)
    for offset in islice(wrong, 1):
        place = at + offset
        expected = f"“…{line.around(offset)}…” in {passage.name}"
        found = f"“…{reading.excerpt(place - _AROUND, place + _AROUND)}…”"
        yield Finding(reading.place(place), expected, found, _HELP_SPACE, passage.source)


# --- alternative texts ---------------------------------------------------------------------------------------


def _wanted(case: Case) -> list[Passage]:
    """The alternative texts of the figures that a file shows, in their order."""
    if case.is_handout:
        return []
    return [
        Passage(f"the text of a figure in {section_name(section)}", plain(figure.alt), source=case.place)
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
