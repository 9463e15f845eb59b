"""The Markdown that topics are written in: CommonMark, tables, spans with attributes, citations, positions.

What Pandoc knows and the content format does not (footnotes, definition lists, strikethrough, sub- and
superscripts, raw HTML) is parsed all the same, so that it can be refused where it stands and never reaches a
page as stray marks.
"""

import re
from collections.abc import Callable
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.attrs.parse import ParseError, parse
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.subscript import sub_plugin
from mdit_py_plugins.superscript import superscript_plugin

# Pandoc's citation keys: https://pandoc.org/MANUAL.html#citation-syntax
KEY = r"@(?:\{[^{}\s]+\}|\w(?:\w|[:.#$%&\-+?<>~/](?=\w))*)"
_CITATION = re.compile(rf"\[\s*({KEY}(?:\s*;\s*{KEY})*)\s*\]")
_CITATION_LIKE = re.compile(rf"\[[^\[\]]*?(?<!\w)-?{KEY}[^\[\]]*\]")
_BARE = re.compile(KEY)
_HEADING_ATTRS = re.compile(r"[ \t]*(\{[^{}]*\})[ \t]*$")
_STRAY = {
    "bad_attributes": re.compile(r"(?<=[\])])\{[^{}]*\}?|\{\s*(?:[.#][\w-]|[\w-]+=)[^{}]*\}?"),
    "bad_link": re.compile(r"\](?=\()"),
    "footnote_ref": re.compile(r"\[\^[^\]\s]+\]"),
}
_IN_BRACES = re.compile(r"\{[^{}]*\}")


def parser() -> MarkdownIt:
    """A parser whose inline tokens carry meta["pos"], the offset at which they start in their line's content."""
    md = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    md.use(attrs_plugin, after=("image", "span_close", "link_close"), spans=True)
    md.use(footnote_plugin).use(deflist_plugin).use(sub_plugin).use(superscript_plugin)
    md.inline.ruler.before("link", "citation", _citation_rule)
    md.inline.ruler.push("bare_citation", _bare_citation_rule)
    md.inline.ruler.push("stray_marks", _stray_marks_rule)
    md.core.ruler.before("inline", "attributes", _attributes_rule)
    # Every address is kept, so that a refused one can be named in the problem.
    md.validateLink = lambda url: True  # type: ignore[method-assign]
    for name, rule in zip(md.inline.ruler.get_active_rules(), md.inline.ruler.getRules(""), strict=True):
        md.inline.ruler.at(name, _positioned(rule))
    return md


def keys_of(text: str) -> list[str]:
    """The citation keys in a text, without their @ and braces."""
    return [key[1:].strip("{}") for key in _BARE.findall(text)]


def attributes_of(attrs: dict[str, Any]) -> dict[str, str]:
    """Attributes with their quotes' backslashes resolved and white space folded."""
    return {key: " ".join(re.sub(r"\\([\\\"])", r"\1", str(value)).split(" ")) for key, value in attrs.items()}


def _positioned(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def positioned(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("pos", start)
        return done

    return positioned


def _push(state: StateInline, kind: str, end: int, content: str) -> None:
    token = state.push(kind, "", 0)
    token.content = content
    state.pos = end


def _citation_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[":
        return False
    match = _CITATION.match(state.src, state.pos)
    kind = "citation"
    if match is None:
        match, kind = _CITATION_LIKE.match(state.src, state.pos), "bad_citation"
        # "[text @key]{.key}" or "[text @key](url)" is a span or a link that holds a bare key.
        if match is None or state.src[match.end() : match.end() + 1] in ("{", "("):
            return False
    if silent:
        state.pos = match.end()
    else:
        _push(state, kind, match.end(), match.group(1) if kind == "citation" else match.group())
    return True


def _bare_citation_rule(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or (state.pos and state.src[state.pos - 1].isalnum()):
        return False
    match = _BARE.match(state.src, state.pos)
    if match is None:
        return False
    if silent:
        state.pos = match.end()
    else:
        _push(state, "bad_citation", match.end(), match.group())
    return True


def _stray_marks_rule(state: StateInline, silent: bool) -> bool:
    """Marks that could not be read as what they look like: attributes, a link's address, a footnote."""
    for kind, pattern in _STRAY.items():
        match = pattern.match(state.src, state.pos)
        if match is None:
            continue
        if silent:
            state.pos = match.end()
        else:
            _push(state, kind, match.end(), match.group())
        return True
    return False


def _attributes_rule(state: StateCore) -> None:
    """Takes the attributes off the end of headings, and lets those of spans and figures run over lines."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        token.meta["source"] = token.content
        # The attribute parser of the plugin ends a quoted value at a line's end and loses the rest.
        token.content = _IN_BRACES.sub(lambda match: match.group().replace("\n", " "), token.content)
        opening = state.tokens[index - 1] if index else token
        match = _HEADING_ATTRS.search(token.content) if opening.type == "heading_open" else None
        if match is None:
            continue
        try:
            length, attrs = parse(match.group(1))
        except ParseError:
            length, attrs = -1, {}
        if length + 1 == len(match.group(1)):
            opening.attrs.update(attrs)
            token.content = token.content[: match.start()]
        else:
            opening.meta["bad_attributes"] = match.start(1)
