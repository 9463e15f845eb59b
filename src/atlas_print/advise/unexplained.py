"""What a reader meets without a word on what it means, or on where it comes from."""

import re
from collections.abc import Iterable, Iterator

from atlas_print.advise.drafts import Draft, Kind, Passage, advice
from atlas_print.problems import Problem

_LETTER = r"[^\W\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc]"
"""A letter or digit; Chinese, Japanese and Korean ones stand right behind a word without being part of it."""
_TOKEN = re.compile(rf"{_LETTER}+(?:[-/:&.+]{_LETTER}+)*")
_PLAIN = re.compile(
    r"(?:Mc|Mac|O)?[A-Z][^\W\d_A-Z]+(?:[A-Z][^\W\d_A-Z]+)*|[IVXLCDM]+|UK|USA?|EU|UN|AND|OR|NOT|COVID"
    r"|H[2₂]O[2₂]?|CO[2₂]|NO[2₂]|N[2₂]O|SO[2₂]|HCO[3₃]"
)
"""Capitals that need no words: inside a name, a Roman number, what everybody knows, words of a search, formulas."""
_NOTATIONS = {
    "±": (re.compile(r"±(?=\s*\d)"), re.compile(r"±(?!\s*\d)")),
    "P": (re.compile(r"(?<!\w)[Pp]\s*[=<>≤≥≈]"), re.compile(r"(?<!\w)P(?!\w|\s*[=<>≤≥≈])")),
}
"""Notations of statistics: how each is used, and how a text speaks of it."""
_RESULT = re.compile(r"\d\s*%|±\s*\d|(?<!\w)[Pp]\s*[=<>≤≥≈]|(?<![\w.])(?<!§)(?<!§[ \xa0])\d+[.,]\d+(?![\w.,]*\w)")
"""A figure that somebody measured: a percentage, a spread, a P value, a decimal fraction."""


def abbreviations(draft: Draft) -> Iterator[Problem]:
    """Abbreviations that neither the glossary nor the text beside them writes out, each at its first use."""
    known = _names(draft.atlas.spellings)
    title = {part.casefold() for word in _TOKEN.findall(draft.atlas.title) for part in re.split(r"[-/]", word)}
    told: set[str] = set()
    for passage in draft.passages:
        text = known.sub(" ", passage.text) if known else passage.text
        for match in _TOKEN.finditer(text):
            word = match.group()
            if word in told or not any(part.casefold() not in title for part in _abbreviated(word)):
                continue
            told.add(word)
            if not _is_written_out(text, match):
                what = f"{word!r} is not written out"
                help_ = "add it to the glossary of atlas.yaml, or write it out beside its first use, in brackets"
                yield advice(passage.place, "undefined-abbreviation", what, help_)


def figures(draft: Draft) -> Iterator[Problem]:
    """Notations of statistics that the topic never explains, and results with no reference beside them."""
    everything = " ".join(passage.text for passage in draft.passages)
    for name, (use, mention) in _NOTATIONS.items():
        if name in draft.atlas.glossary or mention.search(everything):
            continue
        for passage in draft.passages:
            if use.search(passage.text):
                what = f"{name!r} stands beside a figure, and nothing says what it means"
                help_ = f"add {name!r} to the glossary of atlas.yaml, or say in the text what it tells"
                yield advice(passage.place, "unexplained-figure", what, help_)
                break
    for passage in draft.of(Kind.PROSE, Kind.CELL, Kind.CAPTION):
        match = _RESULT.search(passage.text)
        if match and not passage.cites:
            what = f"the figure {_figure(passage, match)!r} has no reference beside it"
            help_ = "cite where it comes from in the same paragraph or row: [@id]"
            yield advice(passage.place, "uncited-figure", what, help_)


def _names(glossary: Iterable[str]) -> re.Pattern[str] | None:
    names = sorted(glossary, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None


def _abbreviated(word: str) -> Iterator[str]:
    """The parts of a word that are abbreviations, as in "post-COVID"."""
    for part in re.split(r"[-/:&.+]", word):
        if sum(letter.isupper() for letter in part) > 1 and not _PLAIN.fullmatch(part):
            yield part


def _is_written_out(text: str, match: re.Match[str]) -> bool:
    """Whether the word stands in brackets behind its meaning, or its meaning in brackets or behind a = after it."""
    before, behind = text[: match.start()].rstrip("“‘\"'"), text[match.end() :].lstrip("”’\"'")
    return before.endswith("(") or re.match(r"\s*(?:\(|=\s*[^\W\d_])", behind) is not None


def _figure(passage: Passage, match: re.Match[str]) -> str:
    """The figure as it stands, with what it is joined to."""
    start = max(passage.text.rfind(" ", 0, match.start()) + 1, 0)
    end = passage.text.find(" ", match.end())
    return passage.text[start : end if end > 0 else None].strip(".,;()")
