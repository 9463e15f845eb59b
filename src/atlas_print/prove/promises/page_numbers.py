"""P5 and P8 on paper: pages stand in the order of their text, and tell their own number."""

from collections.abc import Iterator
from itertools import pairwise

from atlas_print.prove.furniture import Furniture
from atlas_print.prove.normal import squeeze
from atlas_print.prove.reading import Element, Reading, Role
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import short

_ASIDE = frozenset((Role.TABLE, Role.CAPTION, Role.FIGURE, Role.LABEL))
"""What may go on, on another page, beside what is read next."""

_HELP_ORDER = "put the pages in the order in which they are read"
_HELP_NUMBER = "number the pages as they follow each other, from 1 to the last"


def pages_in_order(reading: Reading) -> Iterator[Finding]:
    """Paragraphs that stand on a page before that of what is read before them."""
    lines = [line for line in reading.lines if _is_in_turn(line.block)]
    for before, line in pairwise(lines):
        if line.page < before.page:
            found = f"“{short(before.text)}” on page {before.page}, which is read before it"
            yield Finding(line.place, f"“{short(line.text)}” behind what is read before it", found, _HELP_ORDER)


def page_numbers(reading: Reading, beside: Furniture) -> Iterator[Finding]:
    """Running lines with another number than that of their page, or of all pages."""
    patterns = [pattern for pattern in beside.patterns if {"page", "pages"} <= pattern.groupindex.keys()]
    for shown in reading.shown if patterns else ():
        matches = (pattern.fullmatch(squeeze(shown.text)) for pattern in patterns if shown.element is None)
        match = next(filter(None, matches), None)
        if match is not None and (int(match["page"]), int(match["pages"])) != (shown.page, reading.pages):
            expected = f"a running line with its number, {shown.page}, and that of all pages, {reading.pages}"
            yield Finding(f"page {shown.page}", expected, f"“{short(shown.text)}”", _HELP_NUMBER)


def _is_in_turn(block: Element) -> bool:
    return not any(it.role in _ASIDE for it in (block, *block.ancestors()))
