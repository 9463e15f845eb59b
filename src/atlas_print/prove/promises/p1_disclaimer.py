"""P1: the disclaimer, word for word, in the reading order."""

from collections.abc import Iterator
from itertools import pairwise

from atlas_print.atlas import Atlas
from atlas_print.problems import Place
from atlas_print.prove.aligned import Stretch, nearest
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.lines import plain, short
from atlas_print.prove.verdicts import Finding

_AROUND = 24
"""Characters shown on either side of a fault."""

_HELP = "print atlas.disclaimer in the layout as text of its own, unchanged, and not in a header or footer"


def judge_disclaimer(atlas: Atlas, reading: Reading) -> Iterator[Finding]:
    """What is wrong with the disclaimer in a file; nothing if it stands there once at least."""
    line = plain(atlas.disclaimer)
    places = list(reading.words(line.flat, 0, len(reading.flat)))
    faults = [next(reading.misspaced(at, len(line.flat), line.spaces), 0) for at in places]
    if not all(faults):
        return
    blocks = [Stretch(*pair) for pair in pairwise(sorted({0, *reading.edges, len(reading.flat)}))]
    near = Stretch(places[0], places[0] + len(line.flat)) if places else nearest(reading, line.flat, blocks)
    where, expected, found = "the whole file", f"“{short(line.text)}”", "no part of it"
    if near is not None:
        wrong, at = (faults[0], places[0] + faults[0]) if places else _fault(line.flat, reading.flat, near)
        where, expected = reading.place(at), f"“…{line.around(wrong)}…”"
        found = f"“…{reading.excerpt(max(at - _AROUND, near.start), min(at + _AROUND, near.end))}…”"
    yield Finding(where, f"the disclaimer, {expected}", found, _HELP, Place("content/atlas.yaml"))


def _fault(wanted: str, flat: str, near: Stretch) -> tuple[int, int]:
    """Where in a text, and where in a file, the stretch that is nearest to it begins to differ from it."""
    offset = 0
    while offset < min(len(wanted), near.end - near.start) and wanted[offset] == flat[near.start + offset]:
        offset += 1
    return offset, min(near.start + offset, near.end - 1)
