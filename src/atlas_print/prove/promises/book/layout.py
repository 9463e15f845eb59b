"""P5 and P8 on a book: its layout leaves the text to the reader, says what it is, and adds no words to it."""

import re
from collections.abc import Iterator

from atlas_print.atlas import Atlas
from atlas_print.prove.epub.cascade import all_rules
from atlas_print.prove.reading.book import XHTML, Book, place, words
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_READERS = re.compile(r"font|font-size|font-family|line-height|letter-spacing|word-spacing|color|background(-\w+)?")
"""What a reader sets for the text as a whole."""
_FORCES_NOTHING = re.compile(
    r"inherit|unset|revert|normal|currentcolor|transparent|none|initial|1(\.0*)?r?em|100%|medium|1\.[2-9]\d*|2(\.0*)?"
)
"""Numbers are distances of lines that grow with the reader's type, as converters of books write them."""
_WHOLE = re.compile(r"(?:\*|html|body|main|section|article|div|p|li|:root)(?::[\w-]+)*")
"""The last part of a selector that means all the text, or a part of it that is no more than running text."""
_KINDS = {"a heading": "h1 h2 h3 h4 h5 h6", "a list": "ul ol li dl dt dd", "a quotation": "blockquote"}
_KIND_OF_TAG = {f"{XHTML}{tag}": kind for kind, tags in _KINDS.items() for tag in tags.split()}
_OF_NUMBERS = frozenset("+-−±<>≤≥=≈~%‰")
"""Signs that make another number of the one that they stand at."""

_HELP_STYLE = "take it out of the layout: size, face, spacing and colours of running text are the reader's own"
_HELP_ROLE = "take the role out of the layout: with it, a voice says nothing of what the words are"
_HELP_WORDS = "take it out of the style sheet: words in `content` are words of the book, which no author wrote"
_HELP_TERM = "give the abbreviation the words of the glossary in atlas.yaml, or no title"


def judge_styles(book: Book) -> Iterator[Finding]:
    """Declarations that force on the text as a whole what is the reader's."""
    for rule in all_rules(book):
        subjects = [re.split(r"[\s>+~]+", selector.strip())[-1] for selector in rule.selectors]
        if not any(map(_WHOLE.fullmatch, subjects)):
            continue
        for name, value, _ in rule.declarations:
            if _READERS.fullmatch(name) and not _FORCES_NOTHING.fullmatch(value.lower()):
                found = f"{', '.join(rule.selectors)} {{ {name}: {value.lower()} }}"
                yield Finding(rule.place, f"the reader's own {name} on running text", found, _HELP_STYLE)


def judge_roles(book: Book) -> Iterator[Finding]:
    """Elements whose role takes from a voice what they are; a table may be there for the layout alone."""
    for document in book.texts:
        for node in document.root.iter(*_KIND_OF_TAG):
            role = node.get("role", "").partition(" ")[0]
            if role in ("none", "presentation"):
                yield Finding(place(document.path, node), _KIND_OF_TAG[str(node.tag)], f"the role “{role}”", _HELP_ROLE)


def judge_generated(reading: Reading) -> Iterator[Finding]:
    """Words that a style sheet adds, and signs that make another number of one."""
    for element, text in reading.generated:
        shown = reading.text(element)
        at_number = any(map(str.isdigit, shown[:1] + shown[-1:])) and _OF_NUMBERS.intersection(text)
        if at_number or any(map(str.isalnum, text)):
            yield Finding(element.place, "nothing but signs beside the words", f"“{short(text)}”", _HELP_WORDS)


def judge_expansions(book: Book, atlas: Atlas) -> Iterator[Finding]:
    """Titles of abbreviations that are not those of the glossary: some readers say them in place of the letters."""
    for document in book.documents:
        for node in document.root.iter(f"{XHTML}abbr"):
            said, term = node.get("title"), atlas.glossary.get(words(node))
            if said is not None and (term is None or squeeze(said) != squeeze(term.full)):
                expected = "no other words for it" if term is None else f"“{short(term.full)}”"
                where = f"{place(document.path, node)}, “{words(node)}”"
                yield Finding(where, expected, f"“{short(said)}”", _HELP_TERM)
