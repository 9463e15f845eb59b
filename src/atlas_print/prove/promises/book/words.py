"""P5 on a book: words that style sheets show beside those of an element, and what abbreviations are said to mean."""

from collections.abc import Iterator

from atlas_print.atlas import Atlas
from atlas_print.prove.reading.book import XHTML, Book, place, words
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_OF_NUMBERS = frozenset("+-−±<>≤≥=≈~%‰")
"""Signs that make another number of the one that they stand at."""

_HELP = "take it out of the style sheet: words in `content` are words of the book, which no author wrote"
_HELP_TERM = "give the abbreviation the words of the glossary in atlas.yaml, or no title"


def judge_generated(reading: Reading) -> Iterator[Finding]:
    """Words that a style sheet adds, and signs that make another number of one."""
    for element, text in reading.generated:
        shown = reading.text(element)
        at_number = any(map(str.isdigit, shown[:1] + shown[-1:])) and _OF_NUMBERS.intersection(text)
        if at_number or any(map(str.isalnum, text)):
            yield Finding(element.place, "nothing but signs beside the words", f"“{short(text)}”", _HELP)


def judge_expansions(book: Book, atlas: Atlas) -> Iterator[Finding]:
    """Titles of abbreviations that are not those of the glossary: some readers say them in place of the letters."""
    for document in book.documents:
        for node in document.root.iter(f"{XHTML}abbr"):
            said, term = node.get("title"), atlas.glossary.get(words(node))
            if said is not None and (term is None or squeeze(said) != squeeze(term.full)):
                expected = "no other words for it" if term is None else f"“{short(term.full)}”"
                where = f"{place(document.path, node)}, “{words(node)}”"
                yield Finding(where, expected, f"“{short(said)}”", _HELP_TERM)
