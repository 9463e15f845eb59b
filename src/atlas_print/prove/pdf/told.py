"""What a voice is told in place of glyphs, and whether these surely show something else."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from atlas_print.prove.reading.elements import Replaced
from atlas_print.prove.reading.text import heard, is_spelled

_NUMBER = re.compile(r"\d+(?!\d*\u20e3)|[⁰¹²³⁴-⁹₀-₉]")
"""A number, and a raised or lowered digit, which glyphs may show apart from it; the digit of a key's emoji is none."""


def differing(place: str, told: str, shown: str, *, is_mirrored: bool = False) -> Iterator[Replaced]:
    """What is told, if surely something else is shown.

    Glyphs may be in another order in lines from right to left (`is_mirrored`), and don't say which letters they are
    where letters join: of these the numbers (but for an emoji of a key) and the plain letters have to agree.
    """
    is_loose = is_mirrored or not is_spelled(told)
    # What divides a word at the end of a line is shown as a hyphen (ISO 32000-1, 14.8.2.2.3).
    told = f"{told[:-1]}-" if told.endswith("\N{SOFT HYPHEN}") else told
    one, other = _plain(told).split(), _plain(shown).split()
    # Between words on a line a space is shown, or none; an accent of its own may stand behind a gap.
    is_spaced = not (is_loose or "\n" in shown or any(map(unicodedata.combining, shown)))
    is_same = one == other if is_spaced else "".join(one) == "".join(other)
    if not is_same and not (is_loose and _may_be_same(told, shown)):
        yield Replaced(place, told, shown)


def _may_be_same(told: str, shown: str) -> bool:
    letters, more = (Counter(re.findall("[a-zA-Z]", text)) for text in (told, shown))
    # What is told as ³ may be drawn as a small 3, or as a ³ in another place.
    forms = (tuple(map(_plain, (told, shown))), tuple("".join(map(_apart, heard(text))) for text in (told, shown)))
    has_numbers = any(Counter(_NUMBER.findall(one)) == Counter(_NUMBER.findall(other)) for one, other in forms)
    return letters <= more and has_numbers


def _apart(sign: str) -> str:
    """A sign as those that it stands for, as ½ for 1⁄2; a raised or lowered digit as itself, a mark as nothing."""
    if unicodedata.category(sign) == "Mn":
        return ""
    return sign if _NUMBER.fullmatch(sign) else unicodedata.normalize("NFKD", sign)


def _plain(text: str) -> str:
    """A text without accents, which fonts may draw as marks, and signs that show nothing; a minus as a hyphen."""
    if text.isascii():
        return text
    apart = unicodedata.normalize("NFKD", heard(text))
    return "".join(sign for sign in apart if unicodedata.category(sign) not in ("Mn", "Mc", "Cf")).replace("−", "-")
