"""The words as written beside the glyphs that show them, where the two differ (ISO 32000-1, 14.9.4)."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

import pydyf

from atlas_print.pdf.structure import Node

_FIRST_WITH_TWO_MARKS, _LAST_WITH_TWO_MARKS = "\u1e00", "\u1eff"
"""Latin Extended Additional."""
_VOWELS_OF_TWO = frozenset("\u0e33\u0eb3")
"""Sara am of Thai and Lao, whose ring stands over the consonant before it."""
_FONT = re.compile(rb"/(\S+) \S+ Tf")
_GLYPHS = re.compile(rb"<([0-9a-f]+)>")

_HYPHEN, _SOFT_HYPHEN = "-", "\N{SOFT HYPHEN}"


@dataclass(frozen=True, slots=True)
class Run:
    """The text of one marked-content sequence, what a voice says of it, and what may hold an ActualText for it.

    That is the property list that opens it, or the entries of a structure element of its own.
    """

    text: str
    told: str
    entries: Any


def keep_spaces(block: Any, runs: Sequence[Run]) -> None:
    """Gives each line that ends at a space of the source that space back, as ActualText (ISO 32000-1, 14.9.4).

    The typesetter drops it, and a voice or a copy would run the two words together. Where a line ends without
    one (behind a hyphen, in an address, in a script without spaces) nothing is added. A hyphen that divides a word
    of the source is told as a soft one (ISO 32000-1, 14.8.2.2.3).
    """
    source = _fold("".join(block.itertext()))
    position = 0
    for run, following in pairwise(runs):
        text = _fold(run.text)
        found = source.find(text, position)
        if found < 0 and text.endswith(_HYPHEN):
            found = source.find(text[:-1], position)
            if found >= 0:
                run.entries["ActualText"] = pydyf.String(run.text[:-1] + _SOFT_HYPHEN)
                position = found + len(text) - 1
            continue
        if found < 0:
            continue
        position = found + len(text)
        if source[position : position + 1] == " " and text[-1:] != " " and _fold(following.text)[:1] != " ":
            run.entries["ActualText"] = pydyf.String(run.told + " ")


class Glyphs:
    """What the glyphs of a painted page spell, each marked-content sequence by its MCID.

    WeasyPrint 70 gives a glyph the text for which it is drawn first in a document, all of a cluster to one of its
    glyphs and nothing to the rest: a glyph that serves two letters spells one of them.
    """

    def __init__(self, fonts: Iterable[Any], *, is_from_right: bool) -> None:
        # Fonts of one file share a name, and the last of them is what a page gets by it.
        self._fonts = {font.hash: font.to_unicode for font in fonts}
        self._is_from_right = is_from_right
        self._spelled: dict[int, str] = {}
        self._is_beside = False

    def read(self, stream: Iterable[Any]) -> None:
        """Reads another page."""
        found: dict[int, list[str]] = {}
        current: int | None = None
        glyphs: Mapping[int, str] = {}
        for part in stream:
            if isinstance(part, pydyf.Dictionary):
                current = part.get("MCID", current)
            elif part == b"EMC":
                current = None
            elif isinstance(part, bytes) and (named := _FONT.fullmatch(part)):
                glyphs = self._fonts.get(named[1].decode(), {})
            elif current is not None and isinstance(part, bytes) and part.endswith(b" TJ"):
                for digits in _GLYPHS.findall(part):
                    codes = (int(digits[at : at + 4], 16) for at in range(0, len(digits), 4))
                    found.setdefault(current, []).extend(glyphs.get(code) or "\ufffd" for code in codes)
        self._spelled = {mcid: "".join(parts) for mcid, parts in found.items()}
        self._is_beside = any(map(_is_from_right, self._spelled.values()))

    def spell(self, text: str, mcid: int) -> bool:
        """Whether they spell that text, so that it need not stand beside them; what shows nothing aside.

        Beside words from right to left, in the next cell or column too, even plain ones are copied in another order,
        and end with their full stop in front.
        """
        if self._is_from_right or self._is_beside or is_shaped(text):
            return False
        return _seen(text) == _seen(self._spelled.get(mcid, ""))

    def tell(self, run: Run, mcid: int, node: Node) -> tuple[Run, Node]:
        """Gives a sequence of `node` what a voice says of it where the glyphs don't spell that; who holds it then.

        It stands in the sequence's own property list. But where the glyphs spell letters from right to left one by
        one, a copy turns their order round by itself, and would turn the text round too: there it stands in a
        structure element, which voices read and copies don't.
        """
        if self._mirror(run.text, mcid):
            span = Node("Span", None, node)
            node.kids.append(span)
            run, node = replace(run, entries=span.entries), span
        # White space alone is a box of its own that draws nothing, not even a space.
        if run.text.isspace() or run.told != run.text or not self.spell(run.text, mcid):
            run.entries["ActualText"] = pydyf.String(run.told)
        return run, node

    def _mirror(self, text: str, mcid: int) -> bool:
        return _is_from_right(text) and _letters(text) == _letters(self._spelled.get(mcid, ""))


def is_shaped(text: str) -> bool:
    """Whether glyphs stand for the text in another order or number than its characters.

    So it is in scripts written from right to left, and in those whose vowels stand around their consonants: there
    the characters themselves are given beside the glyphs. Latin, Greek and Cyrillic have a glyph a character.
    Letters of Vietnamese may share the glyph of their mark, which can stand for one of them only.
    """
    return any(
        unicodedata.bidirectional(character) in ("R", "AL", "AN")
        or unicodedata.category(character) in ("Mn", "Mc")
        or character in _VOWELS_OF_TWO
        or _FIRST_WITH_TWO_MARKS <= character <= _LAST_WITH_TWO_MARKS
        for character in text
    )


def _is_from_right(text: str) -> bool:
    return any(unicodedata.bidirectional(character) in ("R", "AL") for character in text)


def _seen(text: str) -> str:
    return "".join(character for character in text if unicodedata.category(character) != "Cf").rstrip()


def _letters(text: str) -> list[str]:
    return sorted("".join(_seen(text).split()))


def _fold(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)
