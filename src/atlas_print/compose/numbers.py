"""Numbers that stay together on a line: with their sign, their spread and their unit."""

import re

from markupsafe import Markup, escape

_NUMBER = r"[−+±]?\d(?:[\d.,]*\d)?"
_UNIT = (
    r"(?:%|‰|°C?|m[lL]/kg/min|m[lL]/kg|m[lL]/min|beats/min|[µm]?[sgmLlV]|min|h|d[lL]|mol|kg|cm|km|nm|k?Pa|mmHg|k?Hz|bpm"
    r"|kcal|SD|pt|px)(?!\w)"
)
# "0.37 ± 0.10", "P = .04", "43.5 ms", "−45 %": what a line end may not pull apart.
_GROUP = re.compile(
    rf"(?:\b[A-Za-z]{{1,3}}\s[=<>≤≥≈]\s(?:{_NUMBER}|\.\d+))|{_NUMBER}(?:\s[±×–=]\s{_NUMBER})*(?:\s{_UNIT})?"
)


def joined(text: str) -> Markup:
    """The text as HTML, each group of a number with spaces in it in a span that the layouts keep on one line."""
    parts: list[str] = []
    end = 0
    for match in _GROUP.finditer(text):
        if " " in match.group():
            parts += [escape(text[end : match.start()]), Markup('<span class="n">{}</span>').format(match.group())]
            end = match.end()
    return Markup("").join([*parts, escape(text[end:])])
