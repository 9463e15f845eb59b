"""The identifiers of a work as text and as links."""

import re
from dataclasses import dataclass
from urllib.parse import quote

from atlas_print.atlas import Reference


def _uri(address: str) -> str:
    """An address without the signs that browsers escape by themselves and EPUB refuses."""
    head, slash, tail = address.partition("://")
    host, at, path = tail.partition("/") if "/" in tail else tail.partition("?")
    path = re.sub(r"%(?![0-9A-Fa-f]{2})|[][|{}^`]", lambda sign: quote(sign[0], safe=""), path)
    return f"{head}{slash}{host}{at}{path}"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier as text, and the address that it leads to, if it does; `label` is what a voice says of the link."""

    scheme: str
    text: str
    url: str
    label: str


def identifiers(reference: Reference) -> list[Identifier]:
    """A reference's identifiers; its address or ISBN only where it has no identifier that outlives addresses."""
    found = []
    if reference.doi:
        # quote() escapes the few characters of a DOI that an address can't hold.
        url = "https://doi.org/" + quote(reference.doi, safe="/:;()._-,+=@!$&'*~")
        found.append(Identifier("DOI", reference.doi, url, f"DOI {reference.doi}"))
    if reference.pmid:
        url = f"https://pubmed.ncbi.nlm.nih.gov/{reference.pmid}/"
        found.append(Identifier("PMID", reference.pmid, url, f"PubMed {reference.pmid}"))
    if reference.pmcid:
        url = f"https://pmc.ncbi.nlm.nih.gov/articles/{reference.pmcid}/"
        found.append(Identifier("PMCID", reference.pmcid, url, f"PubMed Central {reference.pmcid}"))
    if reference.url and not found:
        found.append(Identifier("URL", reference.url, _uri(reference.url), reference.url))
    if reference.isbn and not found:
        found.append(Identifier("ISBN", reference.isbn, "", ""))
    return found
