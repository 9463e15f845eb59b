"""What a CSL-JSON record obliges a reference entry to say, and where its identifiers lead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

from atlas_print.atlas import Reference
from atlas_print.prove.normal import squeeze

_MARKUP = re.compile(r"</?(?:i|b|sc|sup|sub|span)(?:\s[^<>]*)?>")
_RAISED = re.compile(r"<(sup|sub)>([^<>]*)</\1>")
_PLAIN = "0123456789+-−=()"
_SIGNS = {"sup": dict(zip(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True)), "sub": dict(zip(_PLAIN, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True))}
_YEAR = re.compile(r"\d{4}")
_FIRST_PAGE = re.compile(r"[^-–—,;&]+")

_HOSTS = {"doi": "doi.org", "pmid": "pubmed.ncbi.nlm.nih.gov", "pmcid": "pmc.ncbi.nlm.nih.gov"}


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an entry says: its name, and the squeezed forms of which it shows one."""

    name: str
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier: its scheme ("doi", "pmid", "pmcid" or "url") and its bare text."""

    scheme: str
    text: str

    def is_address(self, address: str) -> bool:
        """Whether that address leads to this identifier and no other."""
        if self.scheme == "url":
            return address == self.text
        return self in identifiers_of_address(address)


@dataclass(frozen=True, slots=True)
class Work:
    """What an entry has to say of a work: `full` in a full entry, `short` in a short one."""

    titles: tuple[str, ...]
    full: tuple[Part, ...]
    short: tuple[Part, ...]
    identifiers: tuple[Identifier, ...]
