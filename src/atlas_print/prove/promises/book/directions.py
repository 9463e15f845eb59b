"""P8 on a book: its pages and its text run as its language is written."""

import unicodedata
from collections.abc import Iterator

from atlas_print.prove.reading.book import OPF, Book, place, words
from atlas_print.prove.source.dates import is_right_to_left
from atlas_print.prove.verdicts import Finding

_RTL, _LTR = "rtl", "ltr"
_OF_LETTERS = {"R": _RTL, "AL": _RTL, "L": _LTR}

_HELP = "write the direction of the atlas's language into the layout: dir on html, and on a passage in another script"


def judge_directions(book: Book, language: str) -> Iterator[Finding]:
    """Pages that turn the wrong way, and texts whose signs and columns run against their letters."""
    right = _RTL if is_right_to_left(language) else _LTR
    spine = book.package.root.find(f"{OPF}spine")
    turned = "" if spine is None else spine.get("page-progression-direction", "default")
    if turned not in (right, "default", ""):
        yield Finding(f"{book.package.path}, spine", f"pages that turn {right}", turned, _HELP)
    for document in book.texts:
        body = next(iter(document.root.iter("{*}body")), document.root)
        said = body.get("dir") or document.root.get("dir") or _LTR
        if said.lower() not in (right, "auto"):
            yield Finding(f"{document.path}, html", f'dir="{right}"', f'dir="{said}"', _HELP)
        for node in body.iter("{*}*"):
            given = node.get("dir", "").lower()
            # Elsewhere than the language runs only what is in another script.
            if node is not body and given in (_RTL, _LTR) and given != right and _runs(words(node)) == right:
                yield Finding(place(document.path, node), f'dir="{right}", as its letters run', f'dir="{given}"', _HELP)


def _runs(text: str) -> str:
    """How most of the letters of a text run; "" if it has none."""
    found = [_OF_LETTERS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _OF_LETTERS]
    return max((_LTR, _RTL), key=found.count) if found else ""
