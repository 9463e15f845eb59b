"""The font files that one document is set in: a static cut for each weight of every family that it needs."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from atlas_print.typefaces import WEIGHTS, Family

# What stands between words of any script: a run of text keeps its own family over them.
_COMMON = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u200c\u200d\u200e\u200f–")


def faces(stack: Sequence[Family], characters: frozenset[str]) -> Iterator[tuple[str, int, Path]]:
    """Name, weight and file of each face that those characters need, in the order of the stack.

    The first family is always there. A variable font is cut to a static one, since the glyph widths that
    WeasyPrint 70 writes for other weights than its default disagree with the embedded program (veraPDF 7.21.5).
    """
    left = characters
    for index, family in enumerate(stack):
        served = frozenset(character for character in left if family.covers(character))
        left -= served
        # Shaping may take a character apart, such as Thai sara am.
        parts = frozenset("".join(normalize("NFKD", character) for character in served))
        if index == 0 or served - _COMMON:
            for weight, file in zip(WEIGHTS, family.files, strict=True):
                yield family.name, weight, _static(file, weight, served | parts | _COMMON)


def family_name(file: Path) -> str:
    """The family that a font file says it is of, by which a renderer without CSS faces finds it."""
    with TTFont(file, lazy=True) as font:
        return str(font["name"].getBestFamilyName())


@lru_cache(maxsize=64)
def _static(file: Path, weight: int, characters: frozenset[str]) -> Path:
    """The font at that weight with what those characters need; the file itself if it is static already."""
    font = TTFont(file, recalcTimestamp=False)
    if "fvar" not in font:
        return file
    # Cutting 3,000 glyphs at a weight takes ten seconds, those of a topic a tenth of one.
    options = Options(layout_features=["*"], notdef_outline=True, name_IDs=["*"], hinting=False)
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)
    axes = {axis.axisTag: axis.defaultValue for axis in font["fvar"].axes} | {"wght": weight}
    instantiateVariableFont(font, axes, inplace=True)
    key = hashlib.sha256(f"{file.name} {weight} {''.join(sorted(characters))}".encode()).hexdigest()[:16]
    cut = _folder() / f"{key}.ttf"
    font.save(cut)
    return cut


@lru_cache(maxsize=1)
def _folder() -> Path:
    """A folder for this process alone."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-print-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
