"""Inline marks as Pandoc reads them, where CommonMark reads them otherwise or not at all.

https://pandoc.org/MANUAL.html#inline-formatting
"""

import re
from types import SimpleNamespace
from typing import Any

from markdown_it import MarkdownIt, helpers
from markdown_it.common.utils import unescapeAll
from markdown_it.helpers.parse_link_destination import parseLinkDestination
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.tree import SyntaxTreeNode

TAGS = frozenset("br sub sup i em b strong".split())
"""Elements of HTML that mean what they say."""
_ELEMENTS = TAGS | frozenset(
    "a abbr acronym address applet area article aside audio base bdi bdo big blink blockquote body button canvas"
    " caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt embed fieldset"
    " figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img"
    " input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes noscript"
    " object ol optgroup option output p param picture pre progress q rb rp rt rtc ruby s samp script search"
    " section select slot small source span strike style summary svg table tbody td template textarea tfoot th"
    " thead time title tr track tt u ul var video wbr".split()
)
"""Names that make a tag of what stands between < and >, where everything else is text: n<m and m>n."""
_BARE = frozenset("async autoplay checked controls defer disabled hidden loop multiple muted open".split())
"""Attributes of HTML that stand without a value."""
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*(?::[A-Za-z]+)?)(?P<rest>(?:\s[^<>]*)?)\s*/?>")
_ATTRIBUTE = re.compile(r"""([^\s"'=/]+)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=]+))?""")
_OTHER = re.compile(r"<\?.*?\?>|<![A-Za-z][^>]*>|<!\[CDATA\[.*?\]\]>", re.DOTALL)
# TeX beside the backslashes of escapes and of paths: \begin{x}, \textbf{x}, and the commands that stand alone.
_TEX = re.compile(
    r"\\(?:[A-Za-z]+(?=[{\[])|(?:alpha|beta|gamma|delta|epsilon|kappa|lambda|mu|sigma|omega|pm|times|cdot|leq?|geq?|neq|"
    r"approx|sim|rightarrow|leftarrow|to|degree|newpage|pagebreak|clearpage|noindent|hfill|vspace|smallskip|medskip|"
    r"bigskip|LaTeX|TeX)(?![A-Za-z]))"
)
_SPACED = re.compile(r"(?:[ ]+[^\s()<>\"']+)+(?=[ ]*\))")
_SCRIPTS = {"~": "sub", "^": "sup"}


def use_inline_rules(md: MarkdownIt) -> None:
    """Adds these rules to a parser of CommonMark, in place of its own."""
    # How the library is told; the type that it states is that of its own module.
    md.helpers = SimpleNamespace(**{**vars(helpers), "parseLinkDestination": _destination})  # type: ignore[assignment]
    md.inline.ruler.before("escape", "escaped_space", _escaped_space)
    md.inline.ruler.before("escape", "tex", _tex)
    md.inline.ruler.at("emphasis", _emphasis)
    md.inline.ruler.at("html_inline", _html)
    md.inline.ruler.after("strikethrough", "script", _script)


def _destination(text: str, start: int, end: int) -> Any:
    """Where a link leads; its address may hold spaces, though no title may stand behind those."""
    found = parseLinkDestination(text, start, end)
    more = _SPACED.match(text, found.pos, end) if found.ok and text[start : start + 1] != "<" else None
    if more is not None:
        found.str += unescapeAll(more.group())
        found.pos = more.end()
    return found


def _escaped_space(state: StateInline, silent: bool) -> bool:
    """A backslash and a space: a space that no line ends at; a backslash at the end: a break, as before a line end."""
    is_last = state.src[state.pos] == "\\" and state.pos + 1 == len(state.src)
    if not is_last and not state.src.startswith("\\ ", state.pos):
        return False
    if not silent and is_last:
        state.push("hardbreak", "br", 0)
    elif not silent:
        state.push("text_special", "", 0).content = "\u00a0"
    state.pos += 1 if is_last else 2
    return True


def _tex(state: StateInline, silent: bool) -> bool:
    match = _TEX.match(state.src, state.pos)
    if match is None:
        return False
    if not silent:
        state.push("tex", "", 0).content = match.group()
    state.pos = match.end()
    return True


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Marks of emphasis: * before any word, closed behind any; _ not within a word."""
    marker = state.src[state.pos]
    if silent or marker not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before, after = state.src[state.pos - 1 : state.pos], state.src[end : min(end + 1, state.posMax)]
    opens, closes = bool(after and not after.isspace()), bool(before and not before.isspace())
    if marker == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    length = end - state.pos
    for _ in range(length):
        state.push("text", "", 0).content = marker
        state.delimiters.append(Delimiter(ord(marker), length, len(state.tokens) - 1, -1, opens, closes))
    state.pos = end
    return True


def _script(state: StateInline, silent: bool) -> bool:
    """~sub~ and ^super^, with no space inside that no backslash stands before."""
    marker = state.src[state.pos]
    if marker not in _SCRIPTS:
        return False
    maximum, start = state.posMax, state.pos + 1
    # A note, ^[...], is none.
    match = re.compile(rf"(?!\[)(?:\\.|[^\s\\{marker}])+(?={re.escape(marker)})").match(state.src, start, maximum)
    if match is None or match.end() >= maximum:
        return False
    if not silent:
        state.pos, state.posMax = start, match.end()
        state.push(f"{_SCRIPTS[marker]}_open", _SCRIPTS[marker], 1)
        state.md.inline.tokenize(state)
        state.push(f"{_SCRIPTS[marker]}_close", _SCRIPTS[marker], -1)
    state.pos, state.posMax = match.end() + 1, maximum
    return True


def _html(state: StateInline, silent: bool) -> bool:
    """Comments and tags; what only looks like a tag is text."""
    if state.src[state.pos] != "<":
        return False
    if state.src.startswith("<!--", state.pos):
        end = state.src.find("-->", state.pos + 4, state.posMax)
        kind, end = ("comment", end + 3) if end >= 0 else ("open_comment", state.posMax)
    else:
        match = _TAG.match(state.src, state.pos) or _OTHER.match(state.src, state.pos)
        if match is None or match.end() > state.posMax or (match.re is _TAG and not _is_tag(match)):
            return False
        kind, end = "html_inline", match.end()
    if not silent:
        state.push(kind, "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _is_tag(match: re.Match[str]) -> bool:
    # Word leaves <o:p> behind.
    if match["name"].lower() not in _ELEMENTS and ":" not in match["name"]:
        return False
    attributes = (found.group() for found in _ATTRIBUTE.finditer(match["rest"].rstrip(" \t\n/")))
    return all("=" in attribute or attribute.lower() in _BARE for attribute in attributes)


def tag_of(node: SyntaxTreeNode) -> tuple[str, bool]:
    """The name of the tag that a node is, "" for none, and whether it ends an element."""
    match = _TAG.match(node.content) if node.type == "html_inline" else None
    return ("", False) if match is None else (match["name"].lower(), bool(match["end"]))
