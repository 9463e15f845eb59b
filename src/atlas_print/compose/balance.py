"""Headings of several lines in lines of about one length, since CSS that balances text is unknown to WeasyPrint 70."""

from collections.abc import Sequence

from atlas_print.typefaces import Family, advance

_SLACK = 1.02
"""The letters are measured one by one; kerning may set them a hair wider."""


def balanced_width(text: str, column: float, stack: Sequence[Family]) -> float | None:
    """The narrowest width that takes no more lines of bold text than the column does; None if one line is enough.

    All widths in em.
    """
    words = [sum(advance(character, stack, bold=True) for character in word) for word in text.split()]
    space = advance(" ", stack, bold=True)
    lines = _lines(words, space, column)
    if lines == 1:
        return None
    runs = (
        sum(words[start:end]) + space * (end - start - 1)
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    enough = (run * _SLACK for run in runs if run * _SLACK <= column and _lines(words, space, run) == lines)
    return min(enough, default=None)


def _lines(words: Sequence[float], space: float, width: float) -> int:
    """How many lines the words take; one too long for a line is taken for a line."""
    lines, used = 1, 0.0
    for word in words:
        longer = used + space + word if used else word
        if used and longer > width:
            lines, used = lines + 1, word
        else:
            used = longer
    return lines
