"""P8 on paper: letters that can be read at all; on a large print upright ones, few capitals, headings at their size.

Spaced letters are not looked for: no source on large print says anything about them.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from itertools import groupby
from typing import Any

from atlas_print.atlas import Atlas
from atlas_print.profiles import Profile
from atlas_print.prove.promises.measures import ROUNDING, and_more, points
from atlas_print.prove.reading.drawn import Line, Stance
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_WORD = re.compile(r"[^\W_]+")
_BLOCK = 3
"""More words than these in capitals are a block of them, which UKAAF and RNIB ask not to set; the number is ours."""

_HELP_SLANTED = "set emphasis in bold; in a drawing, take `font-style` out, or the matrix that slants the label"
_HELP_CAPITALS = "print the words as the source has them, without `text-transform: uppercase` in the layout"

_HELP_STANCE = (
    "set it upright, from left to right, with the spacing of its typeface; only labels in a drawing may be turned"
)
_HELP_MISSING = (
    "make the PDF with its typefaces in it (“embed all fonts”): else each viewer shows letters of its own choice"
)
_HELP_MISDRAWN = "make the PDF again from its source, without merging or replacing typefaces"

_FINE = (Stance.UPRIGHT,)
_FINE_IN_DRAWINGS = (Stance.UPRIGHT, Stance.TURNED)


def odd_letters(reading: Reading) -> Iterator[Finding]:
    """Text that is turned, mirrored, or whose letters stand on each other: a finding for each page.

    A label of a drawing may be turned.
    """
    odd = [shown for shown in reading.shown if shown.stance not in (_FINE_IN_DRAWINGS if shown.is_label else _FINE)]
    for (page, stance), group in groupby(odd, key=lambda shown: (shown.page, shown.stance)):
        first, *rest = group
        found = f"“{short(first.text)}” {stance}{and_more(len(rest), ' on this page')}"
        yield Finding(f"page {page}", "letters that stand upright, one beside the other", found, _HELP_STANCE)


def misprints(reading: Reading) -> Iterator[Finding]:
    """Typefaces that are not in the file, and letters drawn as others: a finding for each, at its first page."""
    seen = set()
    for it in reading.misprints:
        if (it.typeface, it.told, it.drawn) in seen:
            continue
        seen.add((it.typeface, it.told, it.drawn))
        if it.drawn:
            expected, found = f"“{it.told}” drawn as such", f"“{it.drawn}”, in the typeface {it.typeface}"
            yield Finding(f"page {it.page}", expected, found, _HELP_MISDRAWN)
        else:
            expected = "text in typefaces that are in the file"
            yield Finding(
                f"page {it.page}", expected, f"{it.typeface or 'one without a name'}, which is not", _HELP_MISSING
            )


def slanted_letters(reading: Reading) -> Iterator[Finding]:
    """Text in italics or oblique, drawings included (UKAAF, APH, RNIB, NHS): a finding for each page."""
    slanted = (shown for shown in reading.shown if shown.is_slanted)
    for page, group in groupby(slanted, key=lambda shown: shown.page):
        first, *rest = group
        found = f"“{short(first.text)}” in slanted letters{and_more(len(rest), ' on this page')}"
        yield Finding(f"page {page}", "upright letters", found, _HELP_SLANTED)


def small_headings(reading: Reading, profile: Profile) -> Iterator[Finding]:
    """Headings of the first three levels below the sizes of the profile."""
    headings = (line for line in reading.lines if line.block.role is Role.HEADING)
    for heading, group in groupby(headings, key=lambda line: line.block):
        lines = list(group)
        size = min(line.smallest for line in lines)
        if not 1 <= heading.level <= len(profile.heading_sizes):
            continue
        least = profile.heading_sizes[heading.level - 1]
        if size < least - ROUNDING:
            found = f"“{_text(lines)}” at {points(size)}"
            help_ = f"set headings of this level at {least:g} pt in the layout, as the profile {profile.name} has them"
            yield Finding(lines[0].place, f"a heading of level {heading.level} at {least:g} pt or more", found, help_)


def capitals(reading: Reading, atlas: Atlas) -> Iterator[Finding]:
    """Blocks of capitals that no author wrote as such: abbreviations of the source don't count."""
    blocks = [list(lines) for _, lines in groupby(reading.lines, key=lambda line: line.block)]
    suspects = [lines for lines in blocks if _has_block(lines, frozenset())]
    if suspects:
        authors = frozenset(word for text in _strings(atlas) for word in _WORD.findall(text) if _is_capital(word))
        for lines in suspects:
            if _has_block(lines, authors):
                expected = f"at most {_BLOCK} words in a row in capitals"
                yield Finding(lines[0].place, expected, f"“{_text(lines)}”", _HELP_CAPITALS)


def _has_block(lines: Sequence[Line], known: frozenset[str]) -> bool:
    """Whether more than a few words in a row are in capitals; known ones and numbers don't count, or end a row."""
    row = 0
    for word in _WORD.findall(" ".join(line.text for line in lines)):
        if _is_capital(word) and word not in known:
            row += 1
            if row > _BLOCK:
                return True
        elif any(character.isalpha() for character in word) and word not in known:
            row = 0
    return False


def _is_capital(word: str) -> bool:
    return word.isupper() and sum(character.isalpha() for character in word) > 1


def _text(lines: Sequence[Line]) -> str:
    return short(" ".join(line.text for line in lines))


def _strings(value: Any) -> Iterator[str]:
    """Every text in a part of the model."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _strings(key)
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)
    elif is_dataclass(value):
        for field in fields(value):
            yield from _strings(getattr(value, field.name))
