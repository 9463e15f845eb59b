"""Words longer than a line: only these are divided in large print, by the patterns of their language."""

import re
from collections.abc import Mapping, Sequence

from atlas_print.compose.balance import text_width
from atlas_print.compose.numbers import IDEOGRAPHIC, WITHOUT_SPACES
from atlas_print.typefaces import Family

_TOKEN = re.compile(
    # A piece of an address breaks without a hyphen, which would be taken for its own.
    r"<!--.*?-->|<span class=\"piece[^>]*>[^<]*</span>|<(?P<end>/?)(?P<tag>[a-z]+[1-6]?)\b[^>]*>"
    rf"|(?P<word>(?:[^\W\d_{WITHOUT_SPACES}{IDEOGRAPHIC}]|[\u0300-\u036f]){{12,}})(?P<glue>&#160;|\u00a0)?",
    re.DOTALL,
)
_HEADING = re.compile(r"h[1-6]")
_INDENTING = ("li", "blockquote", "tr")
_INDENT = 1.4
"""em that a list or a pair takes from the column, at most."""


def with_long_words(html: str, columns: Mapping[int, float], stack: Sequence[Family]) -> tuple[str, list[str]]:
    """The document with each word that its line doesn't hold in a span of the class "long-word"; and these words.

    `columns` has the width of the column in em of each level of heading, and of the text as level 0.
    """
    found: list[str] = []
    level = depth = 0

    def marked(match: re.Match[str]) -> str:
        nonlocal level, depth
        tag, word = match["tag"], match["word"]
        if tag and _HEADING.fullmatch(tag):
            level = 0 if match["end"] else int(tag[1])
        elif tag in _INDENTING:
            depth += -1 if match["end"] else 1
        if not word:
            return match.group()
        room = columns.get(level, min(columns.values())) - depth * _INDENT
        # A full stop or a colon behind it may not stand alone either.
        if text_width(f"{word}.", stack, bold=True) <= room:
            return match.group()
        found.append(word)
        # The number of a reference behind it would pull its end over the edge.
        return f'<span class="long-word">{word}</span>{" " if match["glue"] else ""}'

    head, body, rest = html.partition("<body")
    return head + body + _TOKEN.sub(marked, rest), list(dict.fromkeys(found))
