"""DOI, PMID, PMCID and ISBN of a work, from the fields, addresses and notes of its record."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from atlas_print.read import identifiers
from atlas_print.read.references.texts import unescaped

_DOI_BEFORE = re.compile(
    r"(?:(?:doi|digital object identifier)(?!\.org))?[:=\s]*"
    r"(?:(?:https?:)?(?://)?(?:dx\.|www\.)?doi\.org/|info:doi/|doi:)?[\s/]*",
    re.IGNORECASE,
)
_PMID_BEFORE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?|"
    r"(?:pubmed )?pmid\s*[:=#-]?\s*|pubmed\s*[:=]\s*)",
    re.IGNORECASE,
)
_PMCID_BEFORE = re.compile(
    r"(?:https?://)?(?:www\.)?(?:pmc\.ncbi\.nlm\.nih\.gov/articles/|ncbi\.nlm\.nih\.gov/pmc/articles/|"
    r"europepmc\.org/articles?/|(?:pubmed central )?pmcid\s*[:=#-]?\s*)",
    re.IGNORECASE,
)
_ID_BEHIND = re.compile(r"(?:\.0|\s*\[(?:pmid|pubmed|pmcid)\]|\s+Free (?:PMC )?article)?[.,;/\s]*$", re.IGNORECASE)
_ISBN_13 = re.compile(r"(?<!\d)97[89](?:[ ‐–-]?\d){10}(?!\d)")
_ISBN_10 = re.compile(r"(?<!\d)\d(?:[ ‐–-]?\d){8}[ ‐–-]?[\dXx](?![\dXx])")
_HOSTS = {
    "DOI": frozenset(("doi.org", "dx.doi.org", "www.doi.org")),
    "PMID": frozenset(("pubmed.ncbi.nlm.nih.gov",)),
    "PMCID": frozenset(("pmc.ncbi.nlm.nih.gov",)),
}
_NCBI = frozenset(("www.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov"))
# One statement of a note: "PMID: 123", "{:PMCID: PMC1}", "tex.pmid: 123", "PubMed PMID: 123", "PMID- 123".
_BEFORE, _SET = r"(?:tex\.|pubmed central |pubmed )?", r"\s*(?:[:=]|-\s)\s*"
_STATED = re.compile(
    rf"\{{?:?\b{_BEFORE}(?:(?P<name>PMC?ID){_SET}(?P<value>\w+)|DOI{_SET}(?P<doi>[^\s|]+))", re.IGNORECASE
)
# What else a line of statements may hold: the other fields of Zotero and Better BibTeX, PubMed's remarks.
_BESIDE = re.compile(
    r"(?:tex\.)?(?:ISBN|ISSN|arXiv|NIHMSID|MID|OCLC|Citation Key|_?eprint|ADS Bibcode|Place|Publisher|Type)"
    r"\s*[:=][^;|]*|Epub \d{4}[^;|.]*|(?:Free )?(?:PMC )?article|In process|bib(?:la)?tex\*?|PMC|AID|\[doi\]",
    re.IGNORECASE,
)
_BETWEEN = " \t;,.|[]{}"
_SAID = re.compile(
    rf"(?<![\w.]){_BEFORE}(?P<name>DOI|PMC?ID)\s*[:=]?\s*(?:10\.\d{{4,9}}/|PMC\d|\d{{4,9}})", re.IGNORECASE
)


def noted(note: str) -> dict[str, str]:
    """The identifiers that a note states, by "DOI", "PMID" and "PMCID": in lines that hold nothing else.

    A line that speaks of them in a sentence may mean another work ("Comment on: PMID: 12").
    """
    found: dict[str, str] = {}
    for line in _lines(note):
        for name, value in _statements(line):
            found.setdefault(name, value)
    return found


def spoken_of(note: str) -> list[str]:
    """The names of the identifiers that a note speaks of in sentences."""
    lines = (line for line in _lines(note) if not any(_statements(line)))
    return list(dict.fromkeys(found["name"].upper() for line in lines for found in _SAID.finditer(line)))


def bare(name: str, text: str) -> str:
    """A DOI, PMID or PMCID without what tools write around it; what can't be one comes as it is."""
    text = "".join(sign for sign in unescaped(text) if unicodedata.category(sign) != "Cf").strip()
    if name == "DOI":
        before = _DOI_BEFORE.match(text)
        doi = text[before.end() :] if before else text
        # Only an address escapes signs.
        if doi != text or "/" not in doi:
            doi = unquote(doi)
        doi = doi.rstrip(".,; ")
        return doi if identifiers.is_doi(doi) else text
    before = (_PMID_BEFORE if name == "PMID" else _PMCID_BEFORE).match(text)
    rest = _ID_BEHIND.sub("", text[before.end() :] if before else text)
    return re.sub(r"^pmc\s?", "PMC", rest, flags=re.IGNORECASE) if name == "PMCID" else rest


def in_address(url: str) -> tuple[str, str] | None:
    """The identifier that an address leads to, if it is one of a resolver: its name and its bare text."""
    try:
        parts = urlsplit(unescaped(url).strip())
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    path = unquote(parts.path).strip("/")
    if host in _NCBI:
        found = re.fullmatch(r"(pubmed|pmc/articles)/((?:PMC)?\d+)", path, re.IGNORECASE)
        name, text = ("PMID" if found and found[1].lower() == "pubmed" else "PMCID"), found[2] if found else ""
    else:
        name = next((name for name, hosts in _HOSTS.items() if host in hosts), "")
        query, fragment = unquote(parts.query), unquote(parts.fragment)
        text = path + (f"?{query}" if query else "") + (f"#{fragment}" if fragment else "")
        text = text.removeprefix("articles/") if name == "PMCID" else text
    if name == "DOI":
        doi = text.rstrip(".")
        return (name, doi) if identifiers.is_doi(doi) else None
    is_one = {"PMID": identifiers.is_pmid, "PMCID": identifiers.is_pmcid}.get(name)
    return (name, text.upper()) if is_one and is_one(text.upper()) else None


def isbn(value: Any) -> str | None:
    """The first ISBN of a field, as it is written there; one of thirteen digits before one of ten."""
    text = " ; ".join(map(str, value if isinstance(value, list) else [value]))
    found = _ISBN_13.search(text) or _ISBN_10.search(text)
    return found[0] if found else None


def _lines(note: str) -> list[str]:
    return re.split(r"[\r\n\v\f\x85\u2028\u2029]+|<br\s*/?>|</?p>", note)


def _statements(line: str) -> Iterator[tuple[str, str]]:
    """The identifiers of a line that holds nothing but statements."""
    found = list(_STATED.finditer(line))
    rest = line
    for one in reversed(found):
        rest = f"{rest[: one.start()]} ; {rest[one.end() :]}"
    if _BESIDE.sub(" ", rest).strip(_BETWEEN):
        return
    for one in found:
        # A DOI may hold these signs, but ends in none of them.
        yield ("DOI", one["doi"].rstrip(";,.|}]")) if one["doi"] else (one["name"].upper(), one["value"])
