"""Identifiers in a text: whole, and told apart from longer ones that start or end alike."""

import re
from collections.abc import Iterator, Sequence

from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.records import Identifier

_BEFORE = {
    "doi": (
        "https://doi.org/",
        "https://dx.doi.org/",
        "http://doi.org/",
        "http://dx.doi.org/",
        "doi.org/",
        "doi:",
        "doi",
    ),
    "pmid": ("https://pubmed.ncbi.nlm.nih.gov/", "pubmed.ncbi.nlm.nih.gov/", "pmid:", "pmid"),
    "pmcid": ("https://pmc.ncbi.nlm.nih.gov/articles/", "pmc.ncbi.nlm.nih.gov/articles/", "pmcid:", "pmcid"),
    "url": (),
}
"""What may stand right before an identifier, in lower case. The digits of a PMID need it: they could be anything."""
_LONGEST_BEFORE = 64
_BEHIND = frozenset(".,;)]/")
_NAMED = {
    "pmid": re.compile(r"PMID:?(\d+)", re.IGNORECASE),
    "pmcid": re.compile(r"(PMC\d+)"),
    "doi": re.compile(r"(?:doi\.org/|doi:)(10\.\d{4,9}/)", re.IGNORECASE),
}


def find_identifier(reading: Reading, identifier: Identifier, start: int, end: int) -> tuple[int, int] | None:
    """From where to where an identifier first stands in a stretch; None if it doesn't."""
    text = squeeze(identifier.text)
    for at in reading.finds(text, start, end):
        if _starts(reading, identifier.scheme, at) and _ends(reading, at + len(text)):
            return at, at + len(text)
    return None


def with_name(reading: Reading, identifier: Identifier, at: tuple[int, int]) -> tuple[int, int]:
    """From where to where an identifier stands together with what names it, such as "doi:"."""
    before = reading.flat[max(at[0] - _LONGEST_BEFORE, 0) : at[0]].lower()
    named = next((len(name) for name in _BEFORE[identifier.scheme] if before.endswith(name)), 0)
    return at[0] - named, at[1]


def other_identifiers(reading: Reading, own: Sequence[Identifier], start: int, end: int) -> Iterator[tuple[int, str]]:
    """Where a stretch names an identifier that is not among these, and which."""
    for scheme, pattern in _NAMED.items():
        mine = [squeeze(identifier.text) for identifier in own if identifier.scheme == scheme]
        for found in pattern.finditer(reading.flat, start, end):
            at = found.start(1)
            if not any(reading.flat.startswith(text, at) and _ends(reading, at + len(text)) for text in mine):
                yield at, f"“{reading.excerpt(found.start(), min(found.end() + 24, end))}”"


def _starts(reading: Reading, scheme: str, at: int) -> bool:
    before = reading.flat[max(at - _LONGEST_BEFORE, 0) : at].casefold()
    prefix = next((prefix for prefix in _BEFORE[scheme] if before.endswith(prefix)), "")
    if prefix:
        start = at - len(prefix)
        # An address with a broken start is none that can be typed.
        is_broken = start > 0 and start not in reading.gaps and reading.flat[start - 1] in "/."
        return reading.is_word_end(start) and (reading.is_code_end(start) or not is_broken)
    return scheme != "pmid" and (reading.is_code_end(at) or before[-1:] in ("(", "["))


def _ends(reading: Reading, at: int) -> bool:
    if reading.is_code_end(at):
        return True
    return reading.flat[at] in _BEHIND and reading.is_code_end(at + 1)
