"""P8 on a book: its style sheets leave the size, face, spacing and colours of the text to the reader."""

import re
from collections.abc import Iterator

from atlas_print.prove.epub.styles import Declaration, declarations
from atlas_print.prove.reading.book import XHTML, Book
from atlas_print.prove.verdicts import Finding

_READERS = re.compile(r"font|font-size|font-family|line-height|letter-spacing|word-spacing|color|background(-\w+)?")
"""What a reader sets for the text as a whole."""
_FORCES_NOTHING = frozenset(("inherit", "unset", "revert", "normal", "currentcolor", "transparent", "none"))
_WHOLE = frozenset("* html body main article section div p li".split())
"""Elements that mean the text as a whole, if a selector asks for nothing else."""
_SUBJECT = re.compile(r"([\w*-]*)((?:\.[\w-]+)*)((?::[\w-]+)*)")
"""What a selector is about, if it is simple enough to mean the text as a whole: element, classes, states."""

_HELP = "take it out of the layout: size, face, spacing and colours of running text are the reader's own"


def judge_styles(book: Book) -> Iterator[Finding]:
    """Declarations that force on the text as a whole what is the reader's."""
    for found in declarations(book):
        if _forces(book, found):
            expected = f"the reader's own {found.name} on running text"
            yield Finding(found.place, expected, str(found), _HELP)


def _forces(book: Book, found: Declaration) -> bool:
    if not _READERS.fullmatch(found.name) or found.value in _FORCES_NOTHING:
        return False
    return any(_is_whole(book, selector) for selector in found.selectors)


def _is_whole(book: Book, selector: str) -> bool:
    """Whether a selector means all the text, or a part of it that is no more than running text."""
    last = re.split(r"[\s>+~]+", selector.strip())[-1]
    subject = _SUBJECT.fullmatch(last)
    if subject is None:
        return False
    element, classes, states = subject.groups()
    if not classes:
        return element in _WHOLE or (not element and states.startswith(":root"))
    roots = (node for document in book.documents for node in document.root.iter(f"{XHTML}html", f"{XHTML}body"))
    return any(set(classes.strip(".").split(".")) <= set(node.get("class", "").split()) for node in roots)
