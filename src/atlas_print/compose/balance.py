"""Headings of several lines in lines of about one length, since CSS that balances text is unknown to WeasyPrint 70."""

from collections.abc import Sequence

from atlas_print.typefaces import Family, advance

_SLACK = 1.02
"""The letters are measured one by one; kerning may set them a hair wider."""


def balanced_width(text: str, column: float, stack: Sequence[Family], *, bold: bool = True) -> float | None:
    """The narrowest width that takes no more lines of the text than the column does; None if one line is enough.

    No word is broken that the column holds. All widths in em.
    """
    words = [text_width(word, stack, bold=bold) for word in text.split()]
    space = text_width(" ", stack, bold=bold)
    lines = _lines(words, space, column)
    if lines == 1:
        return None
    runs = (
        sum(words[start:end]) + space * (end - start - 1)
        for start in range(len(words))
        for end in range(start + 1, len(words) + 1)
    )
    wide = (run for run in runs if max(words) <= run <= column / _SLACK)
    return min((run * _SLACK for run in wide if _lines(words, space, run) == lines), default=None)


def line_count(text: str, column: float, stack: Sequence[Family], *, bold: bool = False) -> int:
    """How many lines a column of that width in em takes for the text, at least."""
    words = [text_width(word, stack, bold=bold) for word in text.split()]
    return _lines(words, text_width(" ", stack, bold=bold), column / _SLACK)


def text_width(text: str, stack: Sequence[Family], *, bold: bool) -> float:
    """The width of the text on one line in em, unshaped: joined scripts come out narrower."""
    return sum(advance(character, stack, bold=bold) for character in text)


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
