"""CSL-JSON items -> records that citeproc-py 0.11 prints without loss, and its print back to plain text."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from atlas_print.atlas import Reference

# Unicode noncharacters, which no text may hold: they carry through citeproc-py what it would change.
_END = "\ufdd0"  # behind a text that brings its own full stop or question mark
_GROUP = "\ufdd1"  # around a group author, which AMA sets off by semicolons
_DATE = "\ufdd7"  # behind a date, by the styles: some locales leave a space there when the day is not known
# citeproc-py rewrites dashes, commas and "&" in `page`.
_PAGE_MARKS = dict(zip(map(ord, "-–—,&"), "\ufdd2\ufdd3\ufdd4\ufdd5\ufdd6", strict=True))
_MARKS_BACK = {ord(hidden): chr(shown) for shown, hidden in _PAGE_MARKS.items()}
# The marks of rich text.
_SIGNS = dict(zip("<i> </i> <b> </b> <sub> </sub> <sup> </sup>".split(), map(chr, range(0xFDD8, 0xFDE0)), strict=True))
_HTML = "<em> </em> <strong> </strong> <sub> </sub> <sup> </sup>".split()
TAGS = dict(zip(_SIGNS.values(), _HTML, strict=True))
"""What `restored` leaves in a text for its marks -> HTML."""

# What the styles print. Nothing else goes in: citeproc-py warns about variables it does not know.
_TEXTS = ("title", "publisher", "volume", "issue", "number", "edition", "version", "genre")
_SERIES = ("collection-title", "collection-number")
_PARTS = frozenset(("chapter", "paper-conference", "entry", "entry-dictionary", "entry-encyclopedia"))
_WEB = frozenset(("webpage", "post", "post-weblog"))
_PERIODICALS = frozenset(("article-journal", "article-magazine", "review", "review-book"))
_DATED_TO_THE_DAY = _WEB | {"article", "article-newspaper"}
_PREPRINT_SERVER = re.compile(
    r"(medrxiv|biorxiv|arxiv|chemrxiv|psyarxiv|research square|ssrn|preprints|osf preprints)\b", re.IGNORECASE
)


def full_record(reference: Reference) -> dict[str, Any]:
    """The record for the style of full references."""
    item = reference.item
    record = _record(item, ("container-title", "container-title-short"))
    authors = _people(item.get("author", ()))
    persons = len(authors)
    while persons and _is_group(authors[persons - 1]):
        persons -= 1
    if 0 < persons < len(authors):
        # AMA keeps a group that follows persons, even behind et al: "Li J, et al; RECOVER Consortium".
        record["authority"] = "; ".join(group["literal"] for group in authors[persons:])
        authors = authors[:persons]
    _set_names(record, "author", [_set_off(name) if _is_group(name) else name for name in authors])
    _set_names(record, "editor", _people(item.get("editor", ())))
    _set_names(record, "translator", _people(item.get("translator", ())))
    if "page" in record:
        record["page"] = record["page"].translate(_PAGE_MARKS)
    _set_date(record, "issued", item, year_only=_is_dated_by_year(record))
    # A work with a DOI stays as it is, so AMA gives no date of access.
    if record["type"] in _WEB or not reference.doi:
        _set_date(record, "accessed", item, year_only=False)
    return record


def short_record(reference: Reference) -> dict[str, Any]:
    """The record for the style of short references."""
    item = reference.item
    record = _record(item, ("container-title-short", "container-title"))
    _set_names(record, "author", _people(item.get("author", ())))
    _set_names(record, "editor", _people(item.get("editor", ())))
    if "page" in record:
        record["page"] = _first_page(record["page"]).translate(_PAGE_MARKS)
    makers = record.get("author") or record.get("editor") or []
    names = [key for key in ("container-title", "publisher", "event") if key in record]
    if names or any(map(_is_group, makers)):
        del record["title"]
    if makers == [{"literal": record.get("publisher")}]:
        del record["publisher"]
    _set_date(record, "issued", item, year_only=True)
    return record


def restored(text: str) -> str:
    """What citeproc-py printed, with what its record hid turned back into punctuation; the signs of `TAGS` stay."""
    text = re.sub(rf"(\.?) *{_DATE}(\.?)", lambda found: found[1] or found[2], text)
    text = text.replace(f", {_GROUP}", "; ").replace(f"{_GROUP}, ", "; ").replace(_GROUP, "")
    text = text.replace(f"{_END}.", "").replace(_END, "")
    return text.translate(_MARKS_BACK)


def _record(item: Mapping[str, Any], containers: tuple[str, ...]) -> dict[str, Any]:
    """What both forms share: id, type and texts."""
    texts = {key: _text(item.get(key, "")) for key in _TEXTS + _SERIES}
    texts["container-title"] = next((_text(item[key]) for key in containers if key in item), "")
    texts["event"] = _text(item.get("event-title", ""))
    # A court, or the body that made a law, stands where others have their publisher.
    texts["publisher"] = texts["publisher"] or _text(item.get("authority", ""))
    type_ = _type(item["type"], texts)
    if type_ == "article":
        texts["genre"] = "Preprint"
    # citeproc-py folds the case of ids, so the record has one of its own.
    record: dict[str, Any] = {"id": "item", "type": type_}
    record.update({key: _ended(text) for key, text in texts.items() if text})
    if page := _text(item.get("page", "")):
        record["page"] = page
    return record


def _type(given: str, texts: Mapping[str, str]) -> str:
    """The type by which the styles choose: "article" for preprints only, "chapter" for any part of a book."""
    if given in ("article", "article-journal"):
        server = texts["container-title"] or texts["publisher"]
        if "preprint" in texts["genre"].lower() or _PREPRINT_SERVER.match(server):
            return "article"
        return "article-journal" if given == "article-journal" or texts["container-title"] else "report"
    if given in _PARTS:
        return "chapter" if texts["container-title"] else "book"
    return given


def _is_dated_by_year(record: Mapping[str, Any]) -> bool:
    """Whether AMA wants the year alone: a periodical's volume, issue or page stands for month and day."""
    if record["type"] not in _PERIODICALS:
        return record["type"] not in _DATED_TO_THE_DAY
    places = ["volume", "issue"]
    if record["type"] != "article-magazine":
        places += ["page", "number"]
    return any(place in record for place in places)


def _first_page(pages: str) -> str:
    first = re.split(r"[,;&]", pages)[0].strip()
    # "00063-2023" is an article number: no page starts with a nought.
    is_range = re.fullmatch(r"([A-Za-z]*[1-9][\w.]*)\s*[-–—]+\s*[A-Za-z]*\d[\w.]*", first)
    return is_range[1] if is_range else first


# --- names ------------------------------------------------------------------------------------------------

_ET_AL = {"literal": "et al"}


def _is_group(name: Mapping[str, str]) -> bool:
    return "literal" in name and name != _ET_AL


def _set_off(group: Mapping[str, str]) -> dict[str, str]:
    return {"literal": _GROUP + group["literal"] + _GROUP}


def _set_names(record: dict[str, Any], role: str, names: list[dict[str, str]]) -> None:
    if names:
        record[role] = names


def _people(names: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    return [_name(name) for name in names]


def _name(part: Mapping[str, str]) -> dict[str, str]:
    """One name as citeproc-py prints it whole, with particles before the family name as AMA has them."""
    family = part.get("family", "")
    if not family:
        if literal := part.get("literal"):
            return {"literal": _ended(literal)}
        # citeproc-py would cut a lone given name to an initial.
        return {"family": part["given"]}
    for key in ("non-dropping-particle", "dropping-particle"):
        if particle := part.get(key):
            # "d'Alembert" and "al-Aly" are one word, "van der Berg" is not.
            family = particle + ("" if particle[-1] in "'’-‐" else " ") + family
    full = {"family": family}
    if given := part.get("given"):
        full["given"] = _spelled(given)
    if suffix := part.get("suffix"):
        full["suffix"] = suffix.removesuffix(".")
    return full


def _spelled(given: str) -> str:
    """A given name that citeproc-py cuts to all its initials: "JT" to J and T, "Xiao-ming" to X and M."""
    if re.fullmatch(r"[^\W\d_]{2,3}", given) and given.isupper():
        return " ".join(given)
    return re.sub(r"[-‐‑]+(\w)", lambda found: f" {found[1].upper()}", given)


# --- dates ------------------------------------------------------------------------------------------------


def _set_date(record: dict[str, Any], key: str, item: Mapping[str, Any], *, year_only: bool) -> None:
    """Set a date in one of the two shapes that citeproc-py prints without loss: parts, or a literal."""
    date = item.get(key)
    if not date:
        return
    if "literal" in date:
        record[key] = {"literal": _ended(_text(date["literal"]))}
        return
    # Months from 13 on are seasons: citeproc-py fails on them where a locale writes months as figures.
    dates = [parts[:1] if parts[1:] and parts[1] > 12 else parts for parts in date["date-parts"]]
    if year_only or len(dates) > 1 or len(dates[0]) == 1:
        record[key] = {"literal": "–".join(dict.fromkeys(str(parts[0]) for parts in dates))}
    else:
        record[key] = {"date-parts": dates}


# --- texts ------------------------------------------------------------------------------------------------

# Ends of a sentence in any script, with or without the quotation marks that close behind them.
_SENTENCE_END = re.compile(r"[.?!…。？！؟۔।‽][\"'”’»›」』\ufdd8-\ufddf]*$")


def _text(value: str) -> str:
    """A text of a record with noncharacters for its marks."""
    for mark, sign in _SIGNS.items():
        value = value.replace(mark, sign)
    return value


def _ended(text: str) -> str:
    return text + _END if _SENTENCE_END.search(text) else text
