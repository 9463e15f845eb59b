"""P1: the disclaimer, word for word, in the reading order."""

from atlas_print.atlas import Atlas
from atlas_print.problems import Place
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze, word_starts
from atlas_print.prove.source.wording import difference, short
from atlas_print.prove.verdicts import Finding

_AROUND = 24
"""Characters shown on either side of a fault."""

_HELP = "print atlas.disclaimer in the layout as text of its own, unchanged, and not in a header or footer"
_SOURCE = Place("content/atlas.yaml")


def judge_disclaimer(atlas: Atlas, reading: Reading) -> list[Finding]:
    """What is wrong with the disclaimer in a file; nothing if it stands there once at least."""
    wanted = squeeze(atlas.disclaimer)
    end = len(reading.flat)
    faults = [_misspaced(reading, atlas.disclaimer, at) for at in reading.words(wanted, 0, end)]
    if None in faults:
        return []
    expected = f"the disclaimer, “{short(atlas.disclaimer)}”"
    for fault in filter(None, faults[:1]):
        shown = f"“…{reading.excerpt(fault - _AROUND, fault + _AROUND)}…”"
        return [Finding(reading.place(fault), expected, shown, _HELP, _SOURCE)]
    near = difference(reading, atlas.disclaimer, 0, end)
    if near is None:
        return [Finding("the whole file", expected, "no part of it", _HELP, _SOURCE)]
    return [Finding(near.where, f"the disclaimer, {near.expected}", near.found, _HELP, _SOURCE)]


def _misspaced(reading: Reading, text: str, start: int) -> int | None:
    """Where a text first lacks a space or has one too many; None if it has its own."""
    starts = word_starts(text)
    for offset in range(1, len(squeeze(text))):
        at = start + offset
        is_shown = at in reading.gaps or at in reading.edges
        if (offset in starts and not is_shown) or (offset not in starts and reading.gaps.get(at)):
            return at
    return None
