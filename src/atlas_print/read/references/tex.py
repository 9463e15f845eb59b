"""Texts of BibTeX: TeX's accents, signs and marks as characters and as the marks of HTML."""

import re
from functools import cache
from typing import Any

from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db
from pylatexenc.latexwalker import LatexWalker
from pylatexenc.latexwalker import get_default_latex_context_db as get_walker_context_db
from pylatexenc.macrospec import MacroSpec

_MARKS = {
    **dict.fromkeys(("textit", "emph", "mathit", "mkbibemph", "textsl"), "<i>%s</i>"),
    **dict.fromkeys(("textbf", "mathbf", "mkbibbold"), "<b>%s</b>"),
    **dict.fromkeys(("textsubscript", "mkbibsubscript", "ce"), "<sub>%s</sub>"),
    **dict.fromkeys(("textsuperscript", "mkbibsuperscript"), "<sup>%s</sup>"),
    **dict.fromkeys(("enquote", "mkbibquote"), "“%s”"),
    # What changes no word: type faces, boxes, hyphenation.
    **dict.fromkeys(
        "textrm textsf texttt textup textmd textnormal textsc textsmaller mbox hbox text mathrm mathsf mathbb mathcal"
        " operatorname ensuremath url path uppercase lowercase MakeUppercase MakeLowercase nocase bibstring"
        " mkbibparens underline".split(),
        "%s",
    ),
    "ce": "%s",
    "noopsort": "",
}
"""Commands of one argument, and what stands for them."""
_SIGNS = {
    "textgreater": ">", "textless": "<", "textquotedbl": '"', "textbar": "|", "textbraceleft": "{", "slash": "/",
    "textbraceright": "}", "textminus": "−", "textprime": "′", "cprime": "ʹ", "textperiodcentered": "·", "pounds": "£",
    "copyright": "©", "degree": "°", "textcelsius": "°C", "micro": "µ", "angstrom": "Å", "ohm": "Ω", "euro": "€",
    "S": "§", "P": "¶", "glqq": "„", "grqq": "“", "mathsemicolon": ";", "thinspace": " ", "nobreakspace": " ",
    "TeX": "TeX", "LaTeX": "LaTeX", "-": "", "/": "", "space": " ", "textunderscore": "_", "textbackslash": "\\",
    "textalpha": "α", "textbeta": "β", "textgamma": "γ", "textdelta": "δ", "textmu": "µ", "textasciitilde": "~",
    "textasciicircum": "^", "lbrace": "{", "rbrace": "}", "hyphen": "-", "bibrangedash": "–", "textquoteleft": "‘",
}  # fmt: skip
_SILENT = (
    "relax newblock protect upshape itshape bfseries rmfamily sffamily ttfamily normalfont scshape em it bf rm sf tt sc"
    " par displaystyle left right big Big limits bgroup egroup allowbreak linebreak newline noindent sloppy"
).split()
_MATH = re.compile(
    r"(?<!\\)\$([^$]*)(?<!\\)\$|\\\(((?:(?!\\\)).)*)\\\)|\\ensuremath\{((?:[^{}]|\{[^{}]*\})*)\}", re.DOTALL
)
_URL = re.compile(r"\\(?:url|href|path|texttt|nolinkurl)\b|\\(?:textasciitilde|sim)\b(?:\{\})?|\$\\sim\$")
_RAISED = re.compile(r"(?<!\\)([_^])\s*(?:\{((?:[^{}]|\{[^{}]*\})*)\}|(\\[A-Za-z]+|[^\s{}\\]))")
_DEGREE = re.compile(r"\^\s*(?:\{\s*\\circ\s*\}|\\circ(?![A-Za-z]))")


def from_tex(value: str) -> tuple[str, list[str]]:
    """A value of BibTeX as text with the marks of HTML, and the commands in it that nobody knows."""
    if not re.search(r"[\\{}$~%&#`]|--|''", value):
        return value, []
    # In a bibliography these signs mean themselves, though TeX has a use for them.
    value = re.sub(r"(?<!\\)([%&#])", r"\\\1", value)
    if len(re.findall(r"(?<!\\)\$", value)) % 2:
        value = re.sub(r"(?<!\\)\$", r"\\$", value)
    value = _MATH.sub(_raised_in_math, value)
    unknown: list[str] = []
    walker = LatexWalker(value, latex_context=_contexts()[0], tolerant_parsing=True)
    text = str(_Words(unknown).nodelist_to_text(walker.get_latex_nodes()[0]))
    return text.replace("\xa0", " "), unknown


def verbatim(value: str) -> str:
    """An address or identifier: its signs stand for themselves, with or without TeX's escapes."""
    value = re.sub(
        r"\\(?:url|href|path|texttt|nolinkurl)\b|\\(?:textasciitilde|sim)\b(?:\{\})?|\$\\sim\$", _tilde, value
    )
    return re.sub(r"\\([%&#_$~{}^])", r"\1", value).translate({ord("{"): None, ord("}"): None}).strip()


def _tilde(found: re.Match[str]) -> str:
    return "~" if "tilde" in found[0] or "sim" in found[0] else ""


def _raised_in_math(found: re.Match[str]) -> str:
    """Math with its sub- and superscripts as commands of text."""
    inner = _DEGREE.sub("°", next(filter(None, found.groups()), ""))
    return f"${_RAISED.sub(_command, inner)}$" if inner else ""


def _command(found: re.Match[str]) -> str:
    name = "textsubscript" if found[1] == "_" else "textsuperscript"
    return rf"\{name}{{{found[2] or found[3]}}}"


class _Words(LatexNodes2Text):  # type: ignore[misc]  # pylatexenc has no types
    """Text of TeX that keeps account of the commands it doesn't know."""

    def __init__(self, unknown: list[str]) -> None:
        super().__init__(latex_context=_contexts()[1], math_mode="text", strict_latex_spaces=False)
        self.unknown = unknown

    def macro_node_to_text(self, node: Any) -> str:
        if self.latex_context.get_macro_spec(node.macroname) is self.latex_context.unknown_macro_spec:
            self.unknown.append(f"\\{node.macroname}")
            return f"\\{node.macroname}"
        return str(super().macro_node_to_text(node))


@cache
def _contexts() -> tuple[Any, Any]:
    """What the commands of TeX take, and what stands for them."""
    walker, text = get_walker_context_db(), get_default_latex_context_db()
    one, none = [*_MARKS], [*_SIGNS, *_SILENT]
    walker.add_context_category(
        "atlas", macros=[*(MacroSpec(name, "{") for name in one), *(MacroSpec(name, "") for name in none)], prepend=True
    )
    shown = _MARKS | _SIGNS | dict.fromkeys(_SILENT, "")
    macros = [MacroTextSpec(name, simplify_repl=repl) for name, repl in shown.items()]
    macros.append(MacroTextSpec("href", simplify_repl="%(2)s"))
    text.add_context_category("atlas", macros=macros, prepend=True)
    return walker, text
