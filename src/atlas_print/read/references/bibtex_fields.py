"""The fields of BibTeX and BibLaTeX -> those of CSL."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from atlas_print.problems import Place
from atlas_print.read.references.tex import verbatim


class Value(NamedTuple):
    """What a field says, and where."""

    text: Any
    place: Place


# CSL -> the fields that say it; the first that is there counts.
_TEXTS = {
    "title": "title",
    "title-short": "shorttitle",
    "container-title": "journaltitle journal booktitle maintitle eventtitle",
    "container-title-short": "shortjournal",
    "collection-title": "series",
    "volume": "volume",
    "page": "pages",
    "chapter-number": "chapter",
    "edition": "edition",
    "version": "version",
    "genre": "type",
    "publisher-place": "location address",
    "note": "note",
    "event-title": "eventtitle",
}
_SUBTITLES = {"title": ("subtitle", "titleaddon"), "journaltitle": ("journalsubtitle",), "booktitle": ("booksubtitle",)}
_PUBLISHERS = ("publisher", "institution", "school", "organization", "howpublished")
_NAMES = {"author": "author", "editor": "editor", "translator": "translator", "container-author": "bookauthor"}
_VERBATIM = {"DOI": "doi", "PMID": "pmid", "PMCID": "pmcid", "URL": "url", "ISBN": "isbn"}
_DATES = {"accessed": "urldate", "original-date": "origdate", "event-date": "eventdate"}
_WITH_ISSUES = ("article", "periodical", "suppperiodical", "review")
_IN_SERIES = ("book", "mvbook", "incollection", "inbook", "proceedings", "inproceedings", "conference", "collection")
_GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master’s thesis", "mathesis": "Master’s thesis"}
_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_ARCHIVES = {
    "arxiv": "https://arxiv.org/abs/{}",
    "hdl": "https://hdl.handle.net/{}",
    "jstor": "https://www.jstor.org/stable/{}",
}

_ACCESSED = re.compile(r"accessed:?\s*(?:on\s*)?([^\]{}]*\d{4}[\d-]*)", re.IGNORECASE)
Put = Callable[[str, Any, str], None]

CONVERTED = frozenset(
    (
        *" ".join(_TEXTS.values()).split(), *_PUBLISHERS, *_NAMES.values(), *_VERBATIM.values(), *_DATES.values(),
        *"number issue eid date year month day eprint eprinttype archiveprefix".split(),
        *(name for names in _SUBTITLES.values() for name in names),
    )
)  # fmt: skip
"""The fields that are read."""


def converted(
    type_: str,
    fields: Mapping[str, Value],
    text: Callable[[Value], str],
    names: Callable[[Value, Callable[[Value], str]], list[dict[str, str]]],
) -> dict[str, Value]:
    """The record of CSL that an entry of BibTeX is; `text` reads its TeX, `names` its names."""
    found: dict[str, Value] = {}

    def put(key: str, value: Any, name: str) -> None:
        if value and name in fields:
            found.setdefault(key, Value(value, fields[name].place))

    for key, sources in _TEXTS.items():
        for name in (name for name in sources.split() if name in fields):
            parts = [text(fields[part]) for part in (name, *_SUBTITLES.get(name, ())) if part in fields]
            put(key, ": ".join(parts), name)
    made_by = [name for name in _PUBLISHERS if name in fields and not _address(fields, name)]
    if made_by:
        put("publisher", "; ".join(dict.fromkeys(text(fields[name]) for name in made_by)), made_by[0])
    for key, name in _NAMES.items():
        if name in fields:
            put(key, names(fields[name], text), name)
    for key, name in (*_VERBATIM.items(), *_DATES.items()):
        if name in fields:
            put(key, verbatim(fields[name].text), name)
    for name in ("howpublished", "note"):
        put("URL", _address(fields, name), name)
    if read := re.search(
        r"accessed:?\s*(?:on\s*)?([^\]{}]*\d{4}[\d-]*)", fields["note"].text if "note" in fields else "", re.I
    ):
        put("accessed", text(Value(read[1].strip(), fields["note"].place)), "note")
    _put_issued(fields, put, text)
    # In a journal a number is that of the issue; elsewhere, that of the work itself.
    number = "number" if type_.lower() not in _WITH_ISSUES else "issue"
    for key, name in ((number, "number"), ("issue", "issue"), ("number", "eid")):
        if name in fields:
            put(key, text(fields[name]), name)
    if "series" in fields and type_.lower() in _IN_SERIES and "number" in found:
        found["collection-number"] = found.pop("number")
    if "edition" in found and str(found["edition"].text).lower() in _ORDINALS:
        put_edition = _ORDINALS.index(str(found["edition"].text).lower()) + 1
        found["edition"] = Value(str(put_edition), found["edition"].place)
    archive = _put_eprint(fields, put)
    place = next(iter(fields.values())).place if fields else Place("")
    is_preprint = (
        archive == "arxiv"
        and type_.lower() in ("misc", "online", "unpublished", "article")
        and ("journal" not in fields and "journaltitle" not in fields)
    )
    if is_preprint:
        found.setdefault("genre", Value("preprint", place))
        found.setdefault("container-title", Value("arXiv", place))
    subtype = fields["entrysubtype"].text.lower() if "entrysubtype" in fields else ""
    is_periodical = type_.lower() == "article" and subtype in ("magazine", "newspaper")
    kind = f"article-{subtype}" if is_periodical else "article-journal" if type_.lower() == "article" else type_
    found["type"] = Value("article" if is_preprint else kind, place)
    if genre := _GENRES.get(type_.lower()):
        found.setdefault("genre", Value(genre, place))
    return found


def _put_issued(fields: Mapping[str, Value], put: Put, text: Callable[[Value], str]) -> None:
    """The date: BibLaTeX's, or BibTeX's year, month and day; what is no number stays a text."""
    if "date" in fields:
        put("issued", verbatim(fields["date"].text), "date")
    if "year" not in fields:
        return
    parts = [text(fields[name]) for name in ("year", "month", "day") if name in fields]
    if all(part.isdigit() for part in parts):
        put("issued", {"date-parts": [parts]}, "year")
    put("issued", " ".join([parts[0], *(part[:1].upper() + part[1:] for part in parts[1:])]), "year")


def _put_eprint(fields: Mapping[str, Value], put: Put) -> str:
    """The identifier or address that an archive gives a work, and the archive's name."""
    archive = next((fields[name].text.lower() for name in ("eprinttype", "archiveprefix") if name in fields), "")
    if "eprint" in fields:
        number = verbatim(fields["eprint"].text)
        if archive in ("pubmed", "pmid"):
            put("PMID", number, "eprint")
        elif archive in ("pmc", "pmcid", "pubmedcentral"):
            put("PMCID", f"PMC{number}" if number.isdigit() else number, "eprint")
        elif archive in _ARCHIVES:
            put("URL", _ARCHIVES[archive].format(re.sub("^arxiv:", "", number, flags=re.IGNORECASE)), "eprint")
    return archive


def _address(fields: Mapping[str, Value], name: str) -> str:
    """The address that is all of a field, or that is marked in it as one."""
    value = verbatim(fields[name].text) if name in fields else ""
    marked = re.search(r"\\url\s*\{([^{}]*)\}", fields[name].text) if name in fields else None
    if marked:
        return verbatim(marked[1])
    return value if re.fullmatch(r"https?://\S+", value) else ""
