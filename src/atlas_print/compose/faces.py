"""The font files that one document is set in: a cut for each weight of every family that it needs."""

import atexit
import hashlib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from copy import deepcopy
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from atlas_print.typefaces import AS_EMOJI, EMOJI, WEIGHTS, Family, serves, stacks_of_languages

# What stands between words of any script: a run of text keeps its own family over them.
_COMMON = frozenset(map(chr, range(0x20, 0x7F))) | frozenset("\u00a0\u200c\u200d\u200e\u200f–")


def faces(
    stack: tuple[Family, ...],
    characters: frozenset[str],
    languages: Iterable[str] = (),
    *,
    common: frozenset[str] = _COMMON,
) -> Iterator[tuple[str, int, Path]]:
    """Name, weight and file of each face that those characters need, in the order of the stack.

    The first family is always there. `languages` are those of passages (BCP 47), which may need other families;
    `common` is what each face has besides what it is needed for. Each face is cut to that: a book carries the file,
    and the glyph widths that WeasyPrint 70 writes for weights of a variable font other than its default disagree with
    the embedded program (veraPDF 7.21.5).
    """
    needed: dict[Family, frozenset[str]] = {}
    for order in (stack, *stacks_of_languages(stack, languages).values()):
        left = characters
        for family in order:
            served = frozenset(character for character in left if serves(family, character, stack))
            left -= served
            if EMOJI in family.scripts and (served or AS_EMOJI in characters):
                # A key is a digit in a box, a nurse a person with a sign: such are drawn by one family as a whole.
                served = frozenset(filter(family.covers, characters))
            needed[family] = needed.get(family, frozenset()) | served
    for index, family in enumerate(stack):
        # Shaping may take a character apart, such as Thai sara am.
        parts = frozenset("".join(normalize("NFKD", character) for character in needed[family]))
        if index == 0 or needed[family] - common:
            for weight, file in zip(WEIGHTS, family.files, strict=True):
                yield family.name, weight, _cut(file, weight, needed[family] | parts | common)


def family_name(file: Path) -> str:
    """The family that a font file says it is of, by which a renderer without CSS faces finds it."""
    with TTFont(file, lazy=True) as font:
        return str(font["name"].getBestFamilyName())


@lru_cache(maxsize=64)
def _cut(file: Path, weight: int, characters: frozenset[str]) -> Path:
    """A static font at that weight with what those characters need."""
    face = hb.Face(_unpacked(file))
    wanted = hb.SubsetInput()
    wanted.unicode_set.set(set(map(ord, characters)))
    # All of its names: who made it, and under which licence.
    wanted.name_id_set.clear()
    wanted.name_id_set.invert()
    wanted.drop_table_tag_set.update(map(_tag, ("FFTM", "vhea", "vmtx")))
    wanted.flags = hb.SubsetFlags.NOTDEF_OUTLINE | hb.SubsetFlags.NO_HINTING
    for axis in face.axis_infos:
        wanted.pin_axis_location(face, axis.tag, weight if axis.tag == "wght" else axis.default_value)
    # HarfBuzz takes a thousandth of a second for it, fontTools a half.
    cut_data = BytesIO(hb.subset(face, wanted).blob.data)
    with TTFont(cut_data, recalcTimestamp=False, recalcBBoxes=False) as font:
        _part(font)
        key = hashlib.sha256(f"{file.name} {weight} {''.join(sorted(characters))}".encode()).hexdigest()[:16]
        cut = _folder() / f"{key}{'.otf' if font.sfntVersion == 'OTTO' else '.ttf'}"
        font.save(cut)
    return cut


def _tag(name: str) -> int:
    """A table's name as the number that HarfBuzz knows it by."""
    return int.from_bytes(name.encode(), "big")


def _unpacked(file: Path) -> bytes:
    """The bytes of a font, which HarfBuzz can't read as they are packed in WOFF."""
    with TTFont(file, lazy=True, recalcTimestamp=False) as font:
        if font.flavor is None:
            return file.read_bytes()
        font.flavor = None
        unpacked = BytesIO()
        font.save(unpacked)
        return unpacked.getvalue()


def _part(font: TTFont) -> None:
    """Gives each character a glyph of its own: one that serves several would be copied as the first of them.

    So the bullet and the middle dot, or a space and one that doesn't break, share a glyph in some fonts.
    """
    if "glyf" not in font:
        return
    served: set[str] = set()
    for code, glyph in sorted((font.getBestCmap() or {}).items()):
        if glyph in served:
            own = f"{glyph}.u{code:04X}"
            font["glyf"][own], font["hmtx"][own] = deepcopy(font["glyf"][glyph]), font["hmtx"][glyph]
            for table in font["cmap"].tables:
                if table.isUnicode() and code in table.cmap:
                    table.cmap[code] = own
        served.add(glyph)


@lru_cache(maxsize=1)
def _folder() -> Path:
    """A folder for this process alone."""
    folder = Path(tempfile.mkdtemp(prefix="atlas-print-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
