"""P3 and P5: a reference entry says nothing that is not in its record, but what any entry may say."""

import re
import unicodedata
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from atlas_print.atlas import Reference
from atlas_print.prove.case import Case
from atlas_print.prove.promises.entries import Entry
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.source.labels import Furniture
from atlas_print.prove.source.records import record_texts
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST_LABEL = 8
"""Words."""

_HELP = "print the record of the bibliography as it is; what the layout says by itself belongs into its templates"


def strange_words(
    case: Case, name: str, entry: Entry, reference: Reference, claimed: Sequence[tuple[int, int]]
) -> Iterator[Finding]:
    """What an entry says beside its parts, which are `claimed`, that neither its record nor a label has."""
    reading = case.reading
    # Where a link back leads is for P4 to ask.
    links = [link for link in reading.of(Role.LINK, start=entry.start, end=entry.end) if "://" not in link.address]
    taken = [*claimed, *((link.start, link.end) for link in links)]
    known = words_of(reference)
    for start, end in _left(entry, taken, reading.edges):
        text = reading.excerpt(start, end)
        strange = strange_word(text, known, case.beside)
        if strange and not case.beside.covers(reading.flat[start:end]):
            expected = f"{name} as in the bibliography"
            yield Finding(reading.place(start), expected, f"“{short(text)}”, with “{strange}”", _HELP)


def words_of(reference: Reference) -> frozenset[str]:
    """Every word of a record, folded."""
    record = unicodedata.normalize("NFKC", " ".join(record_texts(reference)))
    return frozenset(map(_folded, _TOKEN.findall(record)))


def strange_word(text: str, known: Set[str], beside: Furniture) -> str:
    """The first word of a text that is neither known nor of a label; "" if there is none."""
    text = unicodedata.normalize("NFKC", text)
    words = list(_TOKEN.finditer(text))
    starts = [*(word.start() for word in words), len(text)]
    reached = {0}
    for first, word in enumerate(words):
        if first in reached:
            if _folded(word[0]) in known:
                reached.add(first + 1)
            for last in range(first + 1, min(first + _LONGEST_LABEL, len(words)) + 1):
                label = text[starts[first] : starts[last]]
                letters = "".join(sign for sign in label if sign.isalnum())
                if beside.covers(squeeze(label)) or beside.covers(letters):
                    reached.add(last)
    return "" if len(words) in reached else words[max(reached)][0]


def _folded(word: str) -> str:
    """A word whatever its case, a number without leading noughts."""
    return str(int(word)) if word.isdecimal() else word.casefold()


def _left(entry: Entry, taken: Sequence[tuple[int, int]], edges: frozenset[int]) -> Iterator[tuple[int, int]]:
    """The stretches of an entry that nothing claims, cut where blocks start and end."""
    at = entry.start
    for low, high in [*sorted(taken), (entry.end, entry.end)]:
        cuts = [edge for edge in range(at + 1, min(low, entry.end)) if edge in edges]
        bounds = [at, *cuts, min(low, entry.end)]
        yield from ((a, b) for a, b in pairwise(bounds) if a < b)
        at = max(at, high)
