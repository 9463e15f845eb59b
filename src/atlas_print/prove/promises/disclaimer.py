"""P1: the disclaimer, word for word, in the reading order."""

from atlas_print.atlas import Atlas
from atlas_print.prove.normal import squeeze
from atlas_print.prove.reading import Reading
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import difference, short

_HELP = "print atlas.disclaimer in the layout as text of its own, unchanged, and not in a header or footer"


def judge_disclaimer(atlas: Atlas, reading: Reading) -> list[Finding]:
    """What is wrong with the disclaimer in a file; nothing if it stands there once at least."""
    wanted = squeeze(atlas.disclaimer)
    end = len(reading.flat)
    if any(reading.words(wanted, 0, end)):
        return []
    near = difference(reading, atlas.disclaimer, 0, end)
    if near is None:
        return [Finding("the whole file", f"the disclaimer “{short(atlas.disclaimer)}”", "no part of it", _HELP)]
    return [Finding(near.where, f"the disclaimer, {near.expected}", near.found, _HELP)]
