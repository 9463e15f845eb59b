"""What a line end may not pull apart, nor a line from right to left turn round.

A number and its sign, spread, unit or noun, a word or name with hyphens, an address. WeasyPrint 70 lays out each
element of a line by itself and knows no `unicode-bidi`: what runs from left to right needs an element around all of it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from babel import Locale
from babel.units import format_unit
from markupsafe import Markup, escape

_NUMBER = r"[−+±]?\d(?:[\d.,]*\d)?[⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺]*"
_UNIT = (
    r"(?:%|‰|°C?|m[lL]/kg/min|m[lL]/kg|m[lL]/min|beats/min|[µm]?[sgmLlV]|min|h|d[lL]|mol|kg|cm|km|nm|k?Pa|mmHg|k?Hz|bpm"
    r"|kcal|SD|pt|px)(?!\w)"
)
# "SARS-CoV-2", "CT/PFT", "low-moderate", "24-hour": with a letter, since a range of numbers has its own rule.
_COMPOUND = r"(?<![\w/-])(?=[\w/-]{3,24}(?![\w/-]))(?=[\d/-]*[^\W\d_])[^\W_]+(?:[-/][^\W_]+)+"
# "5 mg", "95% CI 1.2–3.4", "+44 20 7946 0018", "2024-05-31", "45%": what a line from right to left turns round.
_LEFT = r"0-9A-Za-z\u00b5\u00c0-\u052f\u1e00-\u1fff⁰¹²³⁴-⁹₀-₉"
_BETWEEN = r"(?:[.,:;](?=\S)|\(\w+\)(?=[:;,.])|[\s/–—−+±×·=<>≤≥≈~%‰°'’&@#*_-])"
_LEFT_TO_RIGHT = re.compile(rf"(?:(?<!\w)[−+±-])?[{_LEFT}](?:(?:[{_LEFT}]|{_BETWEEN})*[{_LEFT}%‰°])?")
_RIGHT_TO_LEFT = ("R", "AL")
_NARROW = 12
"""Characters of a compound that a narrow column, such as that of a table, holds too."""
# A line may end before and behind a box of its own, which a long compound is in a book: marks stay inside.
_OPENING = "([“‘«„"
_CLOSING = ".,;:!?)]”’»"
_LABEL = r"(?:pp?|[Cc]h(?:ap)?|[Ff]igs?|[Nn]os?|[Vv]ols?|[Ss]ec|[Ss]s?|[Pp]ara|[Tt]ab|[Ee]q|[Aa]rt)\."
# "0.37 ± 0.10", "P = .04", "43.5 ms", "−45 %", "p. 12"; and "et al.", which follows its name.
_GROUP = re.compile(
    rf"(?P<compound>{_COMPOUND})|\bet al\b\.?|(?:\b{_LABEL}\s{_NUMBER}(?:[–-]{_NUMBER})?)"
    rf"|(?:\b[A-Za-z]{{1,3}}\s[=<>≤≥≈]\s(?:{_NUMBER}|\.\d+))|{_NUMBER}(?:–{_NUMBER})?(?:\s[±×–=]\s{_NUMBER})*(?:\s{_UNIT})?"
)
WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, whose words stand without spaces between them; as a range of a pattern."""
IDEOGRAPHIC = "\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Chinese, Japanese and Korean, where a line may end behind any sign; as a range of a pattern."""
_PIECE = re.compile(r"(?:https?://)?[^/]+/*|/+")
_DURATIONS = ("second", "minute", "hour", "day", "week", "month", "year")
_COUNTED = {"en": ("people", "beats", "adults", "women", "men", "children", "patients", "studies", "times")}
"""Other nouns that a number often stands before, by languages."""
_FORMS = (0, 1, 2, 3, 5, 11, 100, 1.5)
"""Numbers that bring out all plural forms of a language."""
_ENDING = 2
"""Letters by which a case may make a noun longer: "Monaten"."""


def joined(text: str, locale: Locale | None = None) -> Markup:
    """The text as HTML, with spans for what the layouts keep on one line.

    Of the class "n" are groups of a number and short compounds. The columns of a table may divide what is of the
    classes "counted", a number with a noun of the locale's language ("3 months"), and "compound", a long one. In a
    language from right to left, what is to be read from left to right is isolated.
    """
    if not runs_from_right(locale):
        return _kept(text, locale)
    parts: list[Markup] = []
    end = 0
    for match in _LEFT_TO_RIGHT.finditer(text):
        # One word or number is right as it is.
        if not match.group().isalnum():
            parts += (_kept(text[end : match.start()], locale), isolated(_kept(match.group(), locale)))
            end = match.end()
    return Markup("").join([*parts, _kept(text[end:], locale)])


def _kept(text: str, locale: Locale | None) -> Markup:
    parts: list[str] = []
    end = 0
    for match in _group(locale).finditer(text):
        if match["compound"] or set(" –") & set(match.group()):
            is_long = len(match["compound"] or "") > _NARROW
            kind = "counted" if match["noun"] else "compound" if is_long else "n"
            start, stop = _marked(text, end, match) if kind == "compound" else match.span()
            parts.append(escape(text[end:start]))
            parts.append(Markup('<span class="{}">{}</span>').format(kind, text[start:stop]))
            end = stop
    return Markup("").join([*parts, escape(text[end:])])


def _marked(text: str, end: int, match: re.Match[str]) -> tuple[int, int]:
    """Where a match with the marks around it starts and stops; what stands before it begins at `end`."""
    start = end + len(text[end : match.start()].rstrip(_OPENING))
    return start, len(text) - len(text[match.end() :].lstrip(_CLOSING))


def is_left_to_right(text: str) -> bool:
    """Whether no letter of a text belongs to a script from right to left."""
    return all(unicodedata.bidirectional(character) not in _RIGHT_TO_LEFT for character in text)


def isolated(text: Markup) -> Markup:
    """What reads from left to right, such as an address, as HTML that stays so where lines run from right to left."""
    return Markup('<bdi dir="ltr">{}</bdi>').format(text)


def addressed(text: str, locale: Locale | None, fits: Callable[[str], bool] | None) -> Markup:
    """An address as HTML that breaks behind its slashes; `fits` tells whether a line holds a piece, None in a book."""
    if fits is None:
        found = Markup("<wbr/>").join(pieces(text))
    else:
        piece = Markup('<span class="piece{}">{}</span>')
        found = Markup("").join(piece.format("" if fits(part) else " cut", part) for part in pieces(text))
    return isolated(found) if runs_from_right(locale) else found


def runs_from_right(locale: Locale | None) -> bool:
    """Whether a language runs from right to left."""
    return locale is not None and locale.text_direction == "rtl"


@cache
def _group(locale: Locale | None) -> re.Pattern[str]:
    """What is kept on one line."""
    nouns = "" if locale is None else "|".join(map(re.escape, sorted(_nouns(locale), key=len, reverse=True)))
    counted = rf"{_NUMBER}(?:–{_NUMBER})?\s(?:{nouns})\w{{,{_ENDING}}}(?![\w/])" if nouns else "(?!)"
    return re.compile(rf"(?P<noun>(?<![\w.,]){counted})|{_GROUP.pattern}")


def _nouns(locale: Locale) -> Iterator[str]:
    """Nouns of durations in Unicode's data, as they stand behind a number; none where they stand before it."""
    yield from _COUNTED.get(locale.language, ())
    for unit in _DURATIONS:
        for number in _FORMS:
            written = format_unit(number, f"duration-{unit}", length="long", locale=locale)
            noun = re.sub(r"^[\d.,٫]+\s", "", written)
            if noun != written and len(noun) > 1:
                yield noun


def kept_together(text: str) -> str:
    """The text with no-break spaces and hyphens where `joined` keeps it on one line in any column."""

    def kept(match: re.Match[str]) -> str:
        if len(match["compound"] or "") > _NARROW:
            return match.group()
        return match.group().replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}")

    return _GROUP.sub(kept, text)


def pieces(address: str) -> list[str]:
    """The pieces of an address, each with the slash that ends it: where a line may end."""
    return _PIECE.findall(address)
