"""What becomes of lines' ends in large print: words longer than a line, and last lines of a few letters.

CSS that balances text or keeps stubs away is unknown to WeasyPrint 70.
"""

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
STUB = 8
"""A last line of so many characters or less is a stub."""
_LONG = 16
_NARROWEST = 12.0
"""em; a narrower column has too few words in its lines to give one away."""
# Nothing but text and the tags of stretches within a line from the last space on.
_END = re.compile(
    r"(?<=[^\s>]) (?P<stub>(?:</?(?:a|abbr|b|code|em|i|s|span|strong|sub|sup)\b[^<>]*>|&#?\w+;|[^\s<>&])+)"
    r"(?P<end></(?:p|li|dd)>)"
)
_TAG, _ENTITY = re.compile(r"<[^>]*>"), re.compile(r"&#?\w+;")


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


def without_stubs(html: str, column: float) -> str:
    """The document with the last words of a paragraph or item on one line, as many as are no stub together.

    `column` is the width of the text in em.
    """
    for _ in range(STUB // 2 if column >= _NARROWEST else 0):
        html = _END.sub(_bound, html)
    return html


def _bound(match: re.Match[str]) -> str:
    shown = _ENTITY.sub("?", _TAG.sub("", match["stub"]))
    # A line may hold a long word, and not what would hang on it.
    word = re.split(r"[\s>]", match.string[max(match.start() - _LONG, 0) : match.start()])[-1]
    is_bound = len(shown) <= STUB and len(word) < _LONG
    return f"{'&#160;' if is_bound else ' '}{match['stub']}{match['end']}"
