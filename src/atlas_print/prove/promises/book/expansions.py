"""P5 on a book: what an abbreviation is said to be short for is what the glossary says."""

from collections.abc import Iterator

from atlas_print.atlas import Atlas
from atlas_print.prove.reading.book import XHTML, Book, place, words
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_HELP = "give the abbreviation the words of the glossary in atlas.yaml, or no title"


def judge_expansions(book: Book, atlas: Atlas) -> Iterator[Finding]:
    """Titles of abbreviations that are not those of the glossary: some readers say them in place of the letters."""
    for document in book.documents:
        for node in document.root.iter(f"{XHTML}abbr"):
            said, term = node.get("title"), atlas.glossary.get(words(node))
            if said is not None and (term is None or squeeze(said) != squeeze(term.full)):
                expected = "no other words for it" if term is None else f"“{short(term.full)}”"
                where = f"{place(document.path, node)}, “{words(node)}”"
                yield Finding(where, expected, f"“{short(said)}”", _HELP)
