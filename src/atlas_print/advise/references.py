"""What an editor would say of a bibliography that is correct."""

import re
from collections.abc import Collection, Iterator, Mapping

from atlas_print.advise.drafts import advice, shortened
from atlas_print.atlas import Reference
from atlas_print.problems import Place, Problem

_FEW = 5
"""Ids that one line names."""
_RETRACTED = re.compile(
    r"^\W*(?:RETRACTED|WITHDRAWN|RETRACTION|TEMPORARY REMOVAL)\b|"
    r"(?i:^\W*(?:retracted|withdrawn|retraction(?: note| notice)?|(?:notice|statement) of retraction"
    r"|(?:editorial )?expression of concern)\s*(?:(?:to|of|for)?\s*[:“\"]|article\b|paper\b)"
    r"|[\[(](?:retracted|withdrawn|retraction)\b[^\])]*[\])]|\bretraction (?:note|notice) (?:to|of|for)\b)"
)
_UNDATED = frozenset(("webpage", "post", "post-weblog", "software", "dataset"))
"""Types of works that change: the day of access stands for their date."""


def references(works: Mapping[str, Reference], listed: Collection[str]) -> Iterator[Problem]:
    """Records without identifier or year, of one DOI, retracted, or never cited; `listed` are the ids in topics."""
    by_doi: dict[str, Reference] = {}
    for work in works.values():
        place = Place(work.file, work.line, int(work.line > 0))
        name = f"reference {work.id!r}"
        if work.doi:
            first = by_doi.setdefault(work.doi.casefold(), work)
            if first is not work and {first.id, work.id} & set(listed):
                what = f"{name} has the DOI of reference {first.id!r}, {work.doi}"
                yield advice(place, "same-doi", what, f"cite {first.id!r} everywhere, and delete this one")
        if work.id not in listed:
            continue
        if not (work.doi or work.pmid or work.pmcid or work.url or work.isbn):
            what = f"{name} has no DOI, PMID, PMCID, ISBN or address"
            yield advice(place, "no-identifier", what, "add one, so that a reader can find the work")
        if not _has_year(work):
            what, help_ = f"{name} has no year", "add its date (issued), so that a reader sees how old it is"
            yield advice(place, "no-year", what, help_)
        if _RETRACTED.search(work.title):
            what = f"the title of {name} speaks of a retraction: {shortened(work.title)}"
            yield advice(place, "retracted", what, "look it up; rest no claim on a work that was withdrawn")
    yield from _never_cited(works, listed)


def _has_year(work: Reference) -> bool:
    issued = work.item.get("issued", {})
    return bool(issued) or (work.item["type"] in _UNDATED and "accessed" in work.item)


def _never_cited(works: Mapping[str, Reference], listed: Collection[str]) -> Iterator[Problem]:
    """One line a file: a bibliography may be that of a whole library."""
    files: dict[str, list[str]] = {}
    for work in works.values():
        if work.id not in listed:
            files.setdefault(work.file, []).append(work.id)
    for file, ids in files.items():
        names = ", ".join(map(repr, ids[:_FEW])) + (", ..." if len(ids) > _FEW else "")
        what = f"{len(ids)} references are never cited: {names}" if ids[1:] else f"the reference {names} is never cited"
        help_ = "nothing prints them; delete them, or list them with `nocite`"
        yield advice(Place(file), "never-cited", what, help_ if ids[1:] else help_.replace("them", "it"))
