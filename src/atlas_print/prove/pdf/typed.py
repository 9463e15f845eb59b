"""The glyphs that one operator shows, one after another (ISO 32000-1, 9.4.3 and 9.4.4)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from atlas_print.prove.pdf.runs import GAP, Key, Matrix, Run, moved, size_under, slants, stance_under
from atlas_print.prove.pdf.state import State
from atlas_print.prove.reading.drawn import Misprint, Stance

_CROWDED = 0.6
"""Of their widths; letters that take up less stand on each other."""

_FEW = 3
"""Fewer glyphs than these may be moved back on purpose, as marks are."""


@dataclass(slots=True)
class Typed:
    """What each glyph says, and where it ends in text space, under the matrix that takes that to the page.

    `advance` is where the next operator goes on, `natural` where it would without spacing and kerning, `inked` where
    the last letter ends; `low` and `high` are how far the glyphs reach from the baseline, in em. `misdrawn` has what
    glyphs say beside what they draw.
    """

    matrix: Matrix
    size: float
    rise: float
    pieces: list[str] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)
    advance: float = 0.0
    natural: float = 0.0
    inked: float = 0.0
    low: float = 0.0
    high: float = 0.0
    misdrawn: list[tuple[str, str]] = field(default_factory=list)

    def run(self, page: int, key: Key | None, state: State) -> Run:
        """The run of that page, counted from 0, and marked content."""
        matrix = self.matrix
        heights = (state.rise + self.low * state.size, state.rise + self.high * state.size)
        corners = [moved(matrix, x, y) for x in (0, self.inked) for y in heights]
        across, up = zip(*corners, strict=True)
        is_crowded = len(self.pieces) >= _FEW and abs(self.advance) < _CROWDED * abs(self.natural)
        return Run(
            page,
            *moved(matrix, 0, state.rise),
            *moved(matrix, self.advance, state.rise),
            size_under(matrix, state.size, state.stretch),
            "".join(self.pieces),
            (min(across), min(up), max(across), max(up)),
            slants(matrix) or (state.font is not None and state.font.is_slanted),
            Stance.CROWDED if is_crowded else stance_under(matrix, state.size, state.stretch),
            key,
        )

    def misprints(self, page: int, state: State) -> Iterator[Misprint]:
        """What the typeface gets wrong in it."""
        if state.font is not None:
            if not state.font.is_embedded:
                yield Misprint(page + 1, state.font.name, "", "")
            for told, drawn in self.misdrawn:
                yield Misprint(page + 1, state.font.name, told, drawn)


def typed(items: list[Any], state: State, matrix: Matrix) -> Typed:
    """The glyphs of strings, and the moves between them in thousandths of an em."""
    found = Typed(matrix, state.size, state.rise)
    pieces, ends = found.pieces, found.ends
    advance = natural = low = high = 0.0
    scale, spacing = state.size * state.stretch, state.spacing * state.stretch
    word_spacing = state.word_spacing * state.stretch
    # A file has a hundred thousand glyphs: what is done for each is done with names at hand.
    for item in items:
        if isinstance(item, bytes):
            for glyph in state.font.glyphs(item) if state.font else ():
                pieces.append(glyph.text)
                natural += glyph.width * scale
                advance += glyph.width * scale + spacing
                if glyph.is_space:
                    advance += word_spacing
                ends.append(advance)
                if glyph.low < low:
                    low = glyph.low
                if glyph.high > high:
                    high = glyph.high
                if glyph.drawn:
                    found.misdrawn.append((glyph.text, glyph.drawn))
        elif isinstance(item, float):
            advance -= item / 1000 * scale
            if -item / 1000 > GAP:
                pieces.append(" ")
                ends.append(advance)
    found.advance, found.natural, found.low, found.high = advance, natural, low, high
    found.inked = next(
        (end for piece, end in zip(reversed(pieces), reversed(ends), strict=True) if not piece.isspace()), 0.0
    )
    return found
