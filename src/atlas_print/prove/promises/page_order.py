"""P5 on paper: pages stand in the order of their text."""

from collections.abc import Iterator
from itertools import pairwise

from atlas_print.prove.reading import Element, Reading, Role
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import short

_ASIDE = frozenset((Role.TABLE, Role.CAPTION, Role.FIGURE, Role.LABEL))
"""What may go on, on another page, beside what is read next."""

_HELP_ORDER = "put the pages in the order in which they are read"


def pages_in_order(reading: Reading) -> Iterator[Finding]:
    """Paragraphs that stand on a page before that of what is read before them."""
    lines = [line for line in reading.lines if _is_in_turn(line.block)]
    for before, line in pairwise(lines):
        if line.page < before.page:
            found = f"“{short(before.text)}” on page {before.page}, which is read before it"
            yield Finding(line.place, f"“{short(line.text)}” behind what is read before it", found, _HELP_ORDER)


def _is_in_turn(block: Element) -> bool:
    return not any(it.role in _ASIDE for it in (block, *block.ancestors()))
