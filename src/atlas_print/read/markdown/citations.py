"""Pandoc's citations as inline tokens: [see @a, p. 12; @b], @a [p. 5], -@a.

A `citation` holds a `citation_item` for each reference, with meta["id"], and that its `citation_prefix` and
`citation_suffix`; meta["named"] is whether the sentence names the first. What looks like one and is none is a
`bad_citation` or a `linked_citation`.
https://pandoc.org/MANUAL.html#citation-syntax
"""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from atlas_print.read.attributes import parse_attributes

KEY = r"@(?:\{(?:[^{}\s]|\{[^{}\s]*\})+\}|\w(?:\w|[:.#$%&\-+?<>~/](?=\w)|[:/](?=/))*)"
_KEY = re.compile(KEY)
LINK = re.compile(r"""\(\s*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'))?\s*\)""")
"""The address and title of a link, behind its words."""
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|mailto:|www\.|[\w-]+(?:\.[\w-]+)+/)[^\s<>\[\]\"]*$")
_LONGEST_ADDRESS = 2000
_LOCATOR = re.compile(r"\s*,?\s*\{([^{}]*)\}")
_LOOSE = re.compile(r"\[\s*-?@")
_BLANK = " \t\n"
_HOLDING = frozenset("[`<\\&!^")
"""What starts an element that may hold a semicolon or an @ of its own."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A reference in its brackets: its id, and from where to where its words and braced locator stand."""

    id: str
    prefix: tuple[int, int]
    locator: tuple[int, int] | None
    suffix: tuple[int, int]


def citation_plugin(md: MarkdownIt) -> None:
    """Adds the rules."""
    # Plain text ends where a stretch between semicolons does.
    md.inline.add_terminator_char(";")
    md.inline.ruler.before("link", "citation", _bracketed)
    md.inline.ruler.push("named_citation", _named)


def keys_of(text: str) -> list[str]:
    """The citation keys in a text, without their @ and braces."""
    return [_bare(match) for match in _KEY.finditer(text)]


def _bare(match: re.Match[str]) -> str:
    key = match.group()[1:]
    return key[1:-1] if key.startswith("{") else key


def _key_at(state: StateInline, at: int) -> re.Match[str] | None:
    """The key at that place; an @ within a word, an e-mail or an address starts none."""
    text = state.src
    if text[at] != "@" or (at and text[at - 1].isalnum()):
        return None
    is_within = at and text[at - 1] not in _BLANK and _ADDRESS.search(text[max(at - _LONGEST_ADDRESS, 0) : at])
    return None if is_within else _KEY.match(text, at)


# --- in brackets ------------------------------------------------------------------------------------------


def _bracketed(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "[" or "@" not in state.src[state.pos : state.posMax]:
        return False
    start = state.pos
    end = state.md.helpers.parseLinkLabel(state, start, False)
    if end < 0:
        return False
    segments = _segments(state, start + 1, end)
    is_citing = any(keys for _, _, keys in segments)
    if state.src.startswith("{", end + 1) and parse_attributes(state.src, end + 1) is not None:
        return False  # "[text @key]{.key}" is a span that holds a key
    link = LINK.match(state.src, end + 1)
    if link is not None and (is_citing or _holds_citation(state, start + 1, end)):
        return _refuse(state, silent, "linked_citation", link.end())
    if not is_citing:
        return bool(_LOOSE.match(state.src, start)) and _refuse(state, silent, "bad_citation", end + 1)
    if any(len(keys) != 1 for _, _, keys in segments):
        return _refuse(state, silent, "bad_citation", end + 1)
    if not silent:
        _push(state, [_item(state, *segment) for segment in segments], named=False)
    state.pos = end + 1
    return True


def _holds_citation(state: StateInline, start: int, end: int) -> bool:
    """Whether a citation in brackets of its own stands there."""
    return any(
        state.src[at] == "[" and (inner := state.src.find("]", at, end)) > 0 and _segments_cite(state, at + 1, inner)
        for at in range(start, end)
    )


def _segments_cite(state: StateInline, start: int, end: int) -> bool:
    return any(_key_at(state, at) for at in range(start, end))


def _segments(state: StateInline, start: int, end: int) -> list[tuple[int, int, list[re.Match[str]]]]:
    """What stands between semicolons, each with its keys; what stands in code, links and other brackets is no key."""
    found: list[tuple[int, int, list[re.Match[str]]]] = []
    keys: list[re.Match[str]] = []
    outside = state.pos, state.posMax
    at, state.posMax = start, end
    while at < end:
        key = _key_at(state, at)
        if key is not None and key.end() <= end:
            keys.append(key)
            at = key.end()
        elif state.src[at] == ";":
            found.append((start, at, keys))
            at, keys = at + 1, []
            start = at
        elif state.src[at] in _HOLDING:
            state.pos = at
            state.md.inline.skipToken(state)
            at = state.pos
        else:
            at += 1
    state.pos, state.posMax = outside
    return [*found, (start, end, keys)]


def _item(state: StateInline, start: int, end: int, keys: list[re.Match[str]]) -> _Item:
    key = keys[0]
    before = key.start() - (state.src[key.start() - 1] == "-" and key.start() > start)
    locator = _LOCATOR.match(state.src, key.end(), end)
    behind = key.end() if locator is None else locator.end()
    return _Item(_bare(key), (start, before), None if locator is None else locator.span(1), (behind, end))


# --- in the text ------------------------------------------------------------------------------------------


def _named(state: StateInline, silent: bool) -> bool:
    """The key, and the brackets behind it that go on with its locator and with other references."""
    start = state.pos
    is_number = state.src.startswith("-@", start) and not (start and state.src[start - 1].isalnum())
    at = start + is_number
    key = _key_at(state, at) if at < state.posMax else None
    if key is None or key.end() > state.posMax:
        return False
    end, suffix = key.end(), (key.end(), key.end())
    others: list[tuple[int, int, list[re.Match[str]]]] = []
    brackets = _brackets_behind(state, end)
    if brackets is not None:
        end = brackets[1] + 1
        others = _segments(state, brackets[0] + 1, brackets[1])
        if not others[0][2]:
            suffix = others.pop(0)[:2]
    if any(len(keys) != 1 for _, _, keys in others):
        return _refuse(state, silent, "bad_citation", end)
    if not silent:
        first = _Item(_bare(key), (at, at), None, suffix)
        _push(state, [first, *(_item(state, *segment) for segment in others)], named=not is_number)
    state.pos = end
    return True


def _brackets_behind(state: StateInline, at: int) -> tuple[int, int] | None:
    """The brackets right behind a key in the text, unless they are a link, a span, a footnote or other brackets."""
    while at < state.posMax and state.src[at] in _BLANK:
        at += 1
    if not state.src.startswith("[", at) or state.src.startswith("[^", at) or at >= state.posMax:
        return None
    end = state.md.helpers.parseLinkLabel(state, at, False)
    return None if end < 0 or state.src.startswith(("(", "[", "{"), end + 1) else (at, end)


# --- tokens -----------------------------------------------------------------------------------------------


def _refuse(state: StateInline, silent: bool, kind: str, end: int) -> bool:
    if not silent:
        state.push(kind, "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def _push(state: StateInline, items: list[_Item], *, named: bool) -> None:
    state.push("citation_open", "", 1).meta["named"] = named
    for item in items:
        state.push("citation_item_open", "", 1).meta.update(id=item.id, pos=item.prefix[1])
        _stretches(state, "citation_prefix", [item.prefix])
        stretches = [item.suffix] if item.locator is None else [item.locator, item.suffix]
        has_locator = item.locator is not None and item.locator[0] < item.locator[1]
        _stretches(state, "citation_suffix", stretches, opens_with=", " if has_locator else "")
        state.push("citation_item_close", "", -1)
    state.push("citation_close", "", -1)


def _stretches(state: StateInline, kind: str, stretches: list[tuple[int, int]], opens_with: str = "") -> None:
    """An element with the inline content of these stretches."""
    state.push(f"{kind}_open", "", 1)
    if opens_with:
        state.push("text", "", 0).content = opens_with
    outside = state.pos, state.posMax
    for state.pos, state.posMax in stretches:
        state.md.inline.tokenize(state)
    state.pos, state.posMax = outside
    state.push(f"{kind}_close", "", -1)
