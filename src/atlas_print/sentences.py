"""Where the sentences of a text end, and the first of a paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from atlas_print.inlines import Citation, Code, Inline, Inlines, LineBreak, NoteCall, Text, plain_text

_TITLES = frozenset("dr mr mrs ms mx prof st".split())
_BEFORE_NUMBERS = frozenset("approx ca ch eq fig figs max min no nos nr p pp ref refs sec tab vol".split())
"""Abbreviations, beside those that sentencex knows of each language: no sentence ends with these before a number."""


def sentences(text: str, language: str) -> list[str]:
    """The sentences of a text by the rules of its language (BCP 47)."""
    return [found for part in _parts(text, language) if (found := part.strip())]


def _parts(text: str, language: str) -> Iterator[str]:
    """The sentences with the white space behind them."""
    # Late, as few builds have a use for it.
    import sentencex

    held = ""
    for part in sentencex.segment(language.partition("-")[0], text):
        if held and not _goes_on(held, part):
            yield held
            held = ""
        held += part
    if held:
        yield held


def _goes_on(before: str, after: str) -> bool:
    """Whether what follows a full stop is the same sentence: "Dr. Li", "approx. 5", "e.g. in children", not "pH"."""
    ended = re.search(r"(\w+)\.\s*$", before)
    word = ended[1].lower() if ended else ""
    if word in _TITLES or (word in _BEFORE_NUMBERS and after[:1].isdigit()):
        return True
    return bool(ended) and after[:1].islower() and not after[1:2].isupper()


def first_sentence(children: Inlines, language: str) -> Inlines:
    """The first sentence of a paragraph with its citations and notes, those right behind its full stop too."""
    text = plain_text(children, is_spelled=False)
    first = next((part for part in _parts(text, language) if part.strip()), text)
    kept, _, _ = _cut(children, text.index(first) + len(first.rstrip()))
    return kept


def _cut(children: Sequence[Inline], left: int) -> tuple[Inlines, int, bool]:
    """The content up to that many characters, how many of them are left, and whether words stand behind them."""
    kept: list[Inline] = []
    for child in children:
        match child:
            case Text(text) | Code(text) if left and len(text) > left:
                kept.append(replace(child, text=text[:left]))
                if text[left:].strip():
                    return tuple(kept), 0, True
                left = 0
            case Text(text) | Code(text):
                if not left and text.strip():
                    return tuple(kept), 0, True
                kept += [child] if left else []
                left -= min(len(text), left)
            case LineBreak():
                kept += [child] if left else []
                left -= left > 0
            case NoteCall() | Citation(name=""):
                kept.append(child)
            case Citation(name=name):
                if not left:
                    return tuple(kept), 0, True
                kept.append(child)
                left -= len(name)
            case _:
                if not left:
                    return tuple(kept), 0, True
                inner, left, is_done = _cut(child.children, left)
                kept.append(child if inner == child.children else replace(child, children=inner))
                if is_done:
                    return tuple(kept), 0, True
    return tuple(kept), left, False
