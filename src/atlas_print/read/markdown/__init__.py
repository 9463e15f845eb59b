"""The Markdown that topics are written in: CommonMark with what Pandoc adds to it, and positions.

What Pandoc knows and the content format does not (formulas, raw blocks) is parsed all the same, so that it can be
refused where it stands and never reaches a page as stray marks.
"""

import re
from collections.abc import Callable
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.deflist import deflist_plugin

from atlas_print.read.attributes import parse_attributes
from atlas_print.read.markdown.block_rules import use_block_rules
from atlas_print.read.markdown.citations import citation_plugin
from atlas_print.read.markdown.inline_rules import use_inline_rules
from atlas_print.read.markdown.notes import note_plugin
from atlas_print.read.tables import table_plugin

_MARK = re.compile(r"^((?:[ \t]*>)*[ \t]*(?:#{1,6}|[-*:]))([ \u00a0]{1,4})(?=\S)", re.MULTILINE)
_NUMBER = re.compile(r"^((?:[ \t]*>)*[ \t]*(\d{1,9})[.)])([ \u00a0]{1,4})(?=\S)")
_RAW = re.compile(r"\{=[\w-]+\}")
_STRAY = {
    "bad_attributes": re.compile(r"(?<=[\])])\{[^{}]*\}?|\{\s*(?:[.#][\w-]|[\w-]+=)[^{}]*\}?"),
    # "[text](an address)" with a space in it, and "[text][name]" of a name that no line defines.
    "bad_link": re.compile(r"\]\([^()\n]*\)(?:\{[^{}]*\})?|\](?=\(|\[[^\]@^\s])"),
    "bad_note": re.compile(r"\[\^[^\[\]]*\]"),
    "formula": re.compile(r"\$\$|\$(?=\S)[^$]*(?<![\s\\$])\$(?!\d)"),
}


def parser() -> MarkdownIt:
    """A parser whose inline tokens carry meta["pos"], the offset at which they start in their line's content.

    Headings, spans, links and images carry meta["attributes"] if they have any.
    """
    md = MarkdownIt("commonmark", {"html": True, "store_labels": True}).enable(["table", "strikethrough"])
    md.use(note_plugin)
    md.use(deflist_plugin).use(table_plugin)
    use_block_rules(md)
    use_inline_rules(md)
    md.use(citation_plugin)
    md.inline.ruler.after("link", "span", _span_rule)
    md.inline.ruler.push("attributes", _attributes_rule)
    md.inline.ruler.push("stray_marks", _stray_marks_rule)
    md.core.ruler.after("normalize", "no_break_spaces", _no_break_spaces_rule)
    md.core.ruler.before("inline", "heading_attributes", _heading_attributes_rule)
    # Joined texts would lose the places of what stands behind an entity.
    md.core.ruler.disable("text_join")
    # Every address is kept, so that a refused one can be named in the problem.
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # how the library is told
    for name, rule in zip(md.inline.ruler.get_active_rules(), md.inline.ruler.getRules(""), strict=True):
        md.inline.ruler.at(name, _positioned(rule))
    return md


def _positioned(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    def positioned(state: StateInline, silent: bool) -> bool:
        start, count = state.pos, len(state.tokens)
        done = rule(state, silent)
        if done and not silent:
            for token in state.tokens[count:]:
                token.meta.setdefault("pos", start)
        return done

    return positioned


def _push(state: StateInline, silent: bool, kind: str, match: re.Match[str], group: int = 0) -> bool:
    if not silent:
        state.push(kind, "", 0).content = match.group(group)
    state.pos = match.end()
    return True


def _span_rule(state: StateInline, silent: bool) -> bool:
    """[text]{attributes}."""
    if state.src[state.pos] != "[":
        return False
    start, maximum = state.pos, state.posMax
    end = state.md.helpers.parseLinkLabel(state, start, False)
    if end < 0 or not state.src.startswith("{", end + 1):
        return False
    parsed = parse_attributes(state.src, end + 1)
    if parsed is None or parsed[1] > maximum:
        return False
    if not silent:
        state.pos, state.posMax = start + 1, end
        token = state.push("span_open", "span", 1)
        token.meta["attributes"] = parsed[0]
        state.md.inline.tokenize(state)
        state.push("span_close", "span", -1)
    state.pos, state.posMax = parsed[1], maximum
    return True


def _attributes_rule(state: StateInline, silent: bool) -> bool:
    """Attributes right behind an image, a link or code."""
    if state.src[state.pos] != "{" or state.pending or not state.tokens:
        return False
    last = state.tokens[-1]
    if last.type == "code_inline" and (match := _RAW.match(state.src, state.pos)):
        last.type = "raw"
        state.pos = match.end()
        return True
    parsed = parse_attributes(state.src, state.pos)
    if last.type not in ("image", "link_close", "code_inline") or parsed is None or parsed[1] > state.posMax:
        return False
    if not silent:
        opening = last
        if last.type == "link_close":
            opening = next(token for token in reversed(state.tokens) if token.type == "link_open")
        if "attributes" in opening.meta:
            return False
        opening.meta["attributes"] = parsed[0]
    state.pos = parsed[1]
    return True


def _stray_marks_rule(state: StateInline, silent: bool) -> bool:
    """Marks that could not be read as what they look like: attributes, a link's address, a formula."""
    for kind, pattern in _STRAY.items():
        match = pattern.match(state.src, state.pos)
        if match is not None:
            return _push(state, silent, kind, match)
    return False


def _no_break_spaces_rule(state: StateCore) -> None:
    """No-break spaces behind the marks of headings and items, as editors type them, count as spaces.

    Behind a number that no other counts on from they keep it with what it counts: 5. Mai.
    """
    lines = _MARK.sub(lambda found: found[1] + " " * len(found[2]), state.src).split("\n")
    numbered = [(index, found) for index, line in enumerate(lines) if (found := _NUMBER.match(line))]
    for (index, one), (behind, other) in pairwise(numbered):
        if int(other[2]) == int(one[2]) + 1:
            for at, found in ((index, one), (behind, other)):
                lines[at] = found[1] + " " * len(found[3]) + lines[at][found.end() :]
    state.src = "\n".join(lines)


def _heading_attributes_rule(state: StateCore) -> None:
    """Takes the attributes off the end of headings."""
    for opening, token in zip(state.tokens, state.tokens[1:], strict=False):
        if opening.type != "heading_open" or not token.content.endswith("}"):
            continue
        braces = [index for index, character in enumerate(token.content) if character == "{"]
        # Braces behind a bracket belong to the span or link that ends there.
        braces = [start for start in braces if not token.content[:start].endswith(("]", ")"))]
        for start in braces:
            parsed = parse_attributes(token.content, start)
            if parsed is not None and parsed[1] == len(token.content):
                opening.meta["attributes"] = parsed[0]
                token.content = token.content[:start].rstrip()
                break
        else:
            if braces:
                opening.meta["bad_attributes"] = braces[-1]
                token.content = token.content[: braces[-1]].rstrip()
