"""Lengths and reading level: what makes a text heavy for somebody who is ill and tired."""

import re
from collections.abc import Iterator
from statistics import mean

import langcodes

from atlas_print.advise.drafts import Draft, Kind, advice, shortened
from atlas_print.counting import is_spaced
from atlas_print.problems import Problem
from atlas_print.sentences import sentences

SHORT = 60
"""Words of the short version: what fits the first page of the large print beside the disclaimer."""
SENTENCE, SENTENCE_MEAN = 30, 20
"""Words of one sentence, and of a topic's sentences on average (plain-language practice: 15 to 20, gov.uk: 25)."""
PARAGRAPH, PARAGRAPH_MEAN = 80, 50
"""Words of one paragraph, and of a topic's paragraphs on average."""
LEVEL = 50
"""LIX above which a text is harder than a newspaper (Björnsson 1968: 40 to 50 is of middling difficulty)."""
_ENOUGH = 100
"""Words below which a reading level says nothing."""
_LONG_WORD = 6
"""Letters above which a word counts as long for LIX."""
_MEASURED = frozenset(("Latn", "Cyrl", "Grek"))
"""Scripts in whose languages LIX has been tried; where vowels aren't written, words have fewer letters."""
_WORD = re.compile(r"\w+(?:[’'.,:/-]\w+)*%?")


def words(text: str) -> list[str]:
    """The words and numbers of a text."""
    return _WORD.findall(text)


def lengths(draft: Draft) -> Iterator[Problem]:
    """Long sentences and paragraphs, one by one and on average, and a long short version."""
    if not is_spaced(draft.atlas.language):
        return
    counts: list[int] = []
    for passage in draft.of(Kind.SHORT, Kind.FRONT, Kind.PROSE, Kind.CAPTION):
        for sentence in sentences(passage.text, draft.atlas.language):
            count = len(words(sentence))
            counts.append(count)
            if count > SENTENCE:
                what = f"a sentence of {count} words: {shortened(sentence)}"
                yield advice(
                    passage.place, "long-sentence", what, f"make two of it; {SENTENCE} words are a lot to hold"
                )
    if counts and mean(counts) > SENTENCE_MEAN:
        what = f"its sentences have {mean(counts):.0f} words on average"
        yield advice(draft.place, "long-sentences", what, f"shorten some until they have {SENTENCE_MEAN}")
    paragraphs = [(passage, len(words(passage.text))) for passage in draft.of(Kind.PROSE)]
    for passage, count in paragraphs:
        if count > PARAGRAPH:
            what = f"a paragraph of {count} words: {shortened(passage.text)}"
            yield advice(passage.place, "long-paragraph", what, "start a new one with each idea")
    if paragraphs and mean(count for _, count in paragraphs) > PARAGRAPH_MEAN:
        what = f"its paragraphs have {mean(count for _, count in paragraphs):.0f} words on average"
        yield advice(draft.place, "long-paragraphs", what, f"split some until they have {PARAGRAPH_MEAN}")
    for passage in draft.of(Kind.SHORT):
        count = len(words(passage.text))
        if count > SHORT:
            what = f"the short version has {count} words"
            help_ = f"keep it to {SHORT}: it is for a reader who can't manage more"
            yield advice(passage.place, "long-short-version", what, help_)


def reading_level(draft: Draft) -> Iterator[Problem]:
    """A topic whose text is harder to read than a newspaper, by LIX, in the scripts that it was made for."""
    if langcodes.Language.get(draft.atlas.language).maximize().script not in _MEASURED:
        return
    texts = [passage.text for passage in draft.of(Kind.SHORT, Kind.FRONT, Kind.PROSE)]
    if sum(len(words(text)) for text in texts) < _ENOUGH:
        return
    level = lix(texts, draft.atlas.language)
    if level > LEVEL:
        what = f"its reading level is {level:.0f} by LIX; a newspaper has 40 to 50"
        help_ = "write shorter sentences, and a short word for each long one that has one"
        yield advice(draft.place, "hard-to-read", what, help_)


def lix(texts: list[str], language: str) -> float:
    """The LIX of texts: words a sentence, plus the percentage of words of more than six letters."""
    found = [spoken for text in texts for sentence in sentences(text, language) if (spoken := words(sentence))]
    letters = [sum(map(str.isalpha, word)) for spoken in found for word in spoken]
    return len(letters) / len(found) + 100 * sum(count > _LONG_WORD for count in letters) / len(letters)
