"""What a CSL-JSON record obliges a reference entry to say, and where its identifiers lead."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from atlas_print.atlas import Reference
from atlas_print.inlines import lowered, raised
from atlas_print.prove.reading.text import squeeze

_MARKS = re.compile(r"</?(?:i|b|sub|sup)>")
_RAISED = re.compile(r"(?<=\d)<(sup|sub)>([^<>]*)</\1>")
_YEAR = re.compile(r"\d{4}")
_FIRST_PAGE = re.compile(r"[^-–—,;&]+")
_CONTAINERS = ("container-title", "container-title-short")
_NAMED_AUTHORS = ("first", "second", "third")
"""AMA and Vancouver both name three or more."""
_INSTEAD_OF_TITLE = ("author", "editor", *_CONTAINERS, "publisher", "authority", "event-title")
"""A short entry may leave out the title of a work that one of these tells."""
_RESOLVERS = {
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "pmcid": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    "url": "{}",
}
_ADDRESSES = {
    "doi": re.compile(r"https://doi\.org/(.+)"),
    "pmid": re.compile(r"https://pubmed\.ncbi\.nlm\.nih\.gov/(\d+)/?"),
    "pmcid": re.compile(r"https://pmc\.ncbi\.nlm\.nih\.gov/articles/(PMC\d+)/?"),
    "url": re.compile(r"(.+)"),
}
NAMES_BEFORE = {
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
_HOSTS = frozenset(("doi.org", "dx.doi.org", "pubmed.ncbi.nlm.nih.gov", "pmc.ncbi.nlm.nih.gov", "www.ncbi.nlm.nih.gov"))


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that an entry says: its name and text for a person, its squeezed forms, of which one has to stand."""

    name: str
    text: str
    forms: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.name} “{self.text}”"


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier: "doi", "pmid", "pmcid" or "url", and its bare text."""

    scheme: str
    text: str

    def __str__(self) -> str:
        return self.text if self.scheme in ("url", "pmcid") else f"{self.scheme.upper()} {self.text}"

    @property
    def address(self) -> str:
        """Where a link to it leads."""
        return _RESOLVERS[self.scheme].format(self.text)

    def is_at(self, address: str) -> bool:
        """Whether an address leads to this identifier, and to it alone."""
        found = _ADDRESSES[self.scheme].fullmatch(address)
        # An address has to escape some of the signs that an identifier may hold.
        return found is not None and (unquote(self.text) == unquote(found[1]) or is_same_address(address, self.address))


@dataclass(frozen=True, slots=True)
class Work:
    """What an entry has to say of a work: `full` in a full entry, `short` in a short one, and its identifiers."""

    title: Part
    full: tuple[Part, ...]
    short: tuple[Part, ...]
    identifiers: tuple[Identifier, ...]

    @property
    def may_be_short(self) -> bool:
        """Whether an entry in short form may leave out its title."""
        return self.title not in self.short


@lru_cache(maxsize=4096)
def work(reference: Reference) -> Work:
    """What the entry of a reference has to say; a part that the record lacks is not asked for."""
    item = reference.item
    title = _part("title", _text(item, "title"))
    authors = list(_authors(item))
    container = _part("journal or book", *(_text(item, key) for key in _CONTAINERS))
    year = _part("year", _year(item.get("issued", {})))
    volume, issue = (_part(key, _text(item, key)) for key in ("volume", "issue"))
    pages = _text(item, "page")
    page = _part("page", pages, pages.replace("-", "–"))
    first_page = _part("first page", *_FIRST_PAGE.findall(pages)[:1], pages)
    identifiers = _identifiers(reference)
    # A book by its number, where nothing else leads to it.
    isbn = _part("ISBN", (reference.isbn or "") if not identifiers else "")
    short = [*authors[:1], container, year, volume, first_page, isbn]
    if not any(item.get(key) for key in _INSTEAD_OF_TITLE):
        short.append(title)
    return Work(
        title,
        tuple(part for part in (title, *authors, container, year, volume, issue, page, isbn) if part.forms),
        tuple(part for part in short if part.forms),
        identifiers,
    )


def iri(address: str) -> str:
    """An address as readers know it: its host in its own letters and in lower case, nothing escaped (RFC 3987)."""
    try:
        scheme, host, path, query, fragment = urlsplit(address.strip())
    except ValueError:
        return address.strip()
    user, at, name = host.rpartition("@")
    shown = ".".join(map(_host_label, unquote(name).split(".")))
    found = f"{scheme.lower()}://{user}{at}{shown}" if host else f"{scheme.lower()}:" if scheme else ""
    found += (
        unquote(path).rstrip("/")
        + (f"?{unquote(query)}" if query else "")
        + (f"#{unquote(fragment)}" if fragment else "")
    )
    return normalize("NFC", found)


def is_same_address(one: str, other: str) -> bool:
    """Whether two addresses lead to one place, however a program has written them."""
    return iri(one) == iri(other)


def _host_label(label: str) -> str:
    """One part of a host's name in its own letters (IDNA)."""
    try:
        return label.encode("ascii").decode("idna").lower() if label.lower().startswith("xn--") else label.lower()
    except UnicodeError:
        return label.lower()


def leads_to_identifier(address: str) -> bool:
    """Whether an address is one of the resolvers of DOIs, PMIDs and PMCIDs."""
    try:
        return urlsplit(address).hostname in _HOSTS
    except ValueError:
        return False


def record_texts(reference: Reference) -> Iterator[str]:
    """Every text that an entry may take from a record: its values, names by their initials too, its identifiers."""
    yield from _values({key: value for key, value in reference.item.items() if key != "id"})
    if reference.isbn:
        yield f"ISBN {reference.isbn}"
    yield from (text for text in (reference.doi, reference.pmid, reference.pmcid, reference.url) if text)


def _values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield _MARKS.sub("", _RAISED.sub(_spelled, value))
    elif isinstance(value, int | float):
        yield str(value)
    elif isinstance(value, Mapping):
        # Initials stand alone or together, a bracket between them.
        given = _text(value, "given")
        for words in (re.findall(r"[^\W\d_]+", given), re.findall(r"[^\W\d_](?:[^\W\d_]|['’])*", given)):
            initials = "".join(word[0] for word in words)
            yield " ".join(initials[a:b] for a in range(len(initials)) for b in range(a + 1, len(initials) + 1))
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _values(inner)


def _identifiers(reference: Reference) -> tuple[Identifier, ...]:
    """The identifiers of a reference; its plain address counts only where there is no other."""
    given = (("doi", reference.doi), ("pmid", reference.pmid), ("pmcid", reference.pmcid))
    found = tuple(Identifier(scheme, text) for scheme, text in given if text)
    return found or ((Identifier("url", reference.url),) if reference.url else ())


def _part(name: str, *texts: str) -> Part:
    """A part with any of these texts, without the marks of CSL."""
    plain = [_MARKS.sub("", _RAISED.sub(_spelled, text)) for text in texts if text.strip()]
    return Part(name, "".join(plain[:1]), tuple(dict.fromkeys(map(squeeze, plain))))


def _spelled(found: re.Match[str]) -> str:
    """Digits that are raised or lowered behind others are another number."""
    return raised(found[2]) if found[1] == "sup" else lowered(found[2])


def _text(item: Mapping[str, Any], key: str) -> str:
    return str(item.get(key, ""))


def _authors(item: Mapping[str, Any]) -> Iterator[Part]:
    """The authors that a full entry names before "et al"."""
    for which, name in zip(_NAMED_AUTHORS, item.get("author", ()), strict=False):
        yield _part(f"{which} author", _text(name, "family") or _text(name, "literal") or _text(name, "given"))


def _year(issued: Mapping[str, Any]) -> str:
    """The year of a date; "" if it names none."""
    if "date-parts" in issued:
        return str(issued["date-parts"][0][0])
    found = _YEAR.search(_text(issued, "literal"))
    return found[0] if found else ""
