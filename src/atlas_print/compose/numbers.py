"""What a line end may not pull apart: a number and its sign, spread and unit; a short word or name with hyphens."""

import re

from markupsafe import Markup, escape

_NUMBER = r"[−+±]?\d(?:[\d.,]*\d)?"
_UNIT = (
    r"(?:%|‰|°C?|m[lL]/kg/min|m[lL]/kg|m[lL]/min|beats/min|[µm]?[sgmLlV]|min|h|d[lL]|mol|kg|cm|km|nm|k?Pa|mmHg|k?Hz|bpm"
    r"|kcal|SD|pt|px)(?!\w)"
)
# "SARS-CoV-2", "CT/PFT", "low-moderate", "24-hour": with a letter, since a range of numbers has its own rule, and of
# few characters, since the cell of a table may be narrow.
_COMPOUND = r"(?<![\w/-])(?=[\w/-]{3,12}(?![\w/-]))(?=[\d/-]*[^\W\d_])[^\W_]+(?:[-/][^\W_]+)+"
_LABEL = r"(?:pp?|[Cc]h(?:ap)?|[Ff]igs?|[Nn]os?|[Vv]ols?|[Ss]ec|[Ss]s?|[Pp]ara|[Tt]ab|[Ee]q|[Aa]rt)\."
# "0.37 ± 0.10", "P = .04", "43.5 ms", "−45 %", "p. 12".
_GROUP = re.compile(
    rf"(?P<compound>{_COMPOUND})|(?:\b{_LABEL}\s{_NUMBER}(?:[–-]{_NUMBER})?)"
    rf"|(?:\b[A-Za-z]{{1,3}}\s[=<>≤≥≈]\s(?:{_NUMBER}|\.\d+))|{_NUMBER}(?:–{_NUMBER})?(?:\s[±×–=]\s{_NUMBER})*(?:\s{_UNIT})?"
)
WITHOUT_SPACES = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
"""Thai, Lao, Burmese and Khmer, whose words stand without spaces between them; as a range of a pattern."""
IDEOGRAPHIC = "\u1100-\u11ff\u2e80-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
"""Chinese, Japanese and Korean, where a line may end behind any sign; as a range of a pattern."""
_PIECE = re.compile(r"(?:https?://)?[^/]+/*|/+")


def joined(text: str) -> Markup:
    """The text as HTML, each group of a number and each short compound in a span that the layouts keep on one line."""
    parts: list[str] = []
    end = 0
    for match in _GROUP.finditer(text):
        if match["compound"] or set(" –") & set(match.group()):
            parts += [escape(text[end : match.start()]), Markup('<span class="n">{}</span>').format(match.group())]
            end = match.end()
    return Markup("").join([*parts, escape(text[end:])])


def kept_together(text: str) -> str:
    """The text with no-break spaces and hyphens where `joined` keeps it on one line."""
    return _GROUP.sub(
        lambda match: match.group().replace(" ", "\N{NO-BREAK SPACE}").replace("-", "\N{NON-BREAKING HYPHEN}"), text
    )


def pieces(address: str) -> list[str]:
    """The pieces of an address, each with the slash that ends it: where a line may end."""
    return _PIECE.findall(address)
