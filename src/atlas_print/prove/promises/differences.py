"""How a stretch of a file differs from the passage that it comes nearest to: in words, in numbers, in citations."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

from atlas_print.prove.aligned import Lost
from atlas_print.prove.case import Case
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.script import Cited, Kind, Passage
from atlas_print.prove.source.wording import BRACKETS, short, window
from atlas_print.prove.verdicts import Finding

_SIGNS = frozenset("+-−±×÷=<>≤≥≈~%‰°µμ′″/^")
"""Signs that a number may stand with; a full stop or a comma counts only between digits."""
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
        if op == "equal" or is_label or _concern(passage, shown, i, i_end, j, j_end) is not concern:
            continue
        at = near.start + j
        if concern is Concern.CITATION:
            yield Finding(reading.place(at), *_citation(passage, shown, i, j, op), help_, passage.source)
            continue
        expected = f"“…{window(passage.text, min(i, len(squeeze(passage.text))))}…” in {passage.name}"
        found = f"“…{reading.excerpt(max(at - _AROUND, near.start), min(at + _AROUND, near.end))}…”"
        yield Finding(reading.place(at), expected, found, help_, passage.source)
        return


def missing(case: Case, concern: Concern) -> list[Lost]:
    """The passages with that concern that a file lost.

    Without grades, of which P2 tells, what a handout may leave out, and all but the first of a section elsewhere.
    """
    found: list[Lost] = []
    for lost in case.aligned.lost:
        passage = lost.passage
        if passage.kind in (Kind.LABEL, Kind.VALUE) or (lost.moved and concern not in _concerns(passage)):
            continue
        if lost.moved and any(it.moved and it.passage.section is passage.section for it in found):
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


def _concern(passage: Passage, shown: str, i: int, i_end: int, j: int, j_end: int) -> Concern:
    citations = passage.line.citations
    is_lost = any(it.start <= i and i_end <= it.end and i < i_end for it in citations)
    is_added = i == i_end and any(found.start() <= j and j_end <= found.end() for found in BRACKETS.finditer(shown))
    is_within = i == i_end and any(it.start < i < it.end for it in citations)
    if is_lost or is_added or is_within:
        return Concern.CITATION
    return Concern.NUMBER if is_number(passage.flat, i, i_end) or is_number(shown, j, j_end) else Concern.WORDS


def _citation(passage: Passage, shown: str, i: int, j: int, op: str) -> tuple[str, str]:
    """What a passage cites at a position, with the words before it, and what the file has there."""
    cited: Cited | None = next((it for it in passage.line.citations if it.start <= i < it.end), None)
    at = i if cited is None else cited.start
    before = BRACKETS.sub("", passage.line.excerpt(max(at - _AROUND, 0), at))
    brackets = next((it for it in BRACKETS.finditer(shown) if it.start() <= j <= it.end()), None)
    found = "no citation there"
    if brackets is not None and (op != "delete" or j not in (brackets.start(), brackets.end())):
        found = f"[{', '.join(brackets[1].split(','))}]"
    return f"{cited or 'no citation'} behind “…{before}” in {passage.name}", found
