"""Pandoc's footnotes as tokens: [^name] with its definition, and ^[words] where they are called."""

import re
from functools import partial

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.footnote.index import footnote_def, footnote_ref

from atlas_print.read.markdown.citations import LINK

DEFINITION = "footnote_reference"
"""The node of a note's definition, a block."""
_CALL = re.compile(r"\^\[|\[\^[^\s\]]+\]")


def note_plugin(md: MarkdownIt) -> None:
    """Adds the rules: `footnote_ref` with meta["label"], `footnote` with its content, and definitions as blocks.

    A link that holds one is a `linked_note`.
    """
    ended = ["paragraph", "reference", "blockquote", "list"]
    md.block.ruler.before("reference", "footnote_def", footnote_def, {"alt": ended})
    md.inline.ruler.before("link", "footnote_ref", partial(footnote_ref, always_match=True))
    md.inline.ruler.before("link", "footnote", _written_in_place)
    md.inline.ruler.before("link", "linked_note", _linked)


def _linked(state: StateInline, silent: bool) -> bool:
    start = state.pos
    if state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start, False)
    link = None if end < 0 else LINK.match(state.src, end + 1)
    if link is None or not _CALL.search(state.src, start, end):
        return False
    if not silent:
        state.push("linked_note", "", 0).content = state.src[start : link.end()]
    state.pos = link.end()
    return True


def _written_in_place(state: StateInline, silent: bool) -> bool:
    """^[words]."""
    start, maximum = state.pos, state.posMax
    if not state.src.startswith("^[", start):
        return False
    end = state.md.helpers.parseLinkLabel(state, start + 1, False)
    if end < 0:
        return False
    if not silent:
        state.pos, state.posMax = start + 2, end
        state.push("footnote_open", "", 1)
        state.md.inline.tokenize(state)
        state.push("footnote_close", "", -1)
    state.pos, state.posMax = end + 1, maximum
    return True
