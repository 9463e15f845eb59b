"""Bibliographies: records of every CSL type, whole and sparse, each of them honest and accepted."""

import json
from typing import Any

from atlas_print.read.references.types import TYPES
from tests.generated.choices import Choices

_PEOPLE = (
    ("Mora", "Ada"), ("Berg", "Olaf"), ("Silva", "D'Arcy M."), ("O'Brien", "S."), ("Nguyễn", "Thị Hoa"),
    ("Müller-Lüdenscheidt", "Jean-Pierre"), ("Ångström", "Å"), ("Li", "JT"), ("de la Cruz", "María José"),
    ("Şahin", "İlker"), ("Ивано́в", "Пётр"), ("Παπαδόπουλος", "Γ."), ("Smith", "John Q. R."), ("Al-Aly", "Z"),
    ("St. John", "T’Pau"), ("Yi", "Xiao-ming"), ("Ó Briain", "Dáire"), ("Lopez", "A.-M."), ("X", "Y"),
)  # fmt: skip
_PARTICLES = ({"non-dropping-particle": "van der"}, {"dropping-particle": "d’"}, {"suffix": "Jr."}, {"suffix": "III"})
_GROUPS = (
    "World Health Organization", "RECOVER Consortium", "NICE", "Ministry of Health, Labour and Welfare",
    "Team 4", "Centers for Disease Control and Prevention (CDC)", "The “Breathe” Group", "3M",
)  # fmt: skip
_TITLES = (
    "A trial of a drug", "Fever", "Oxygen, and what it does: a review", "What is long COVID?",
    "Type 2 diabetes in 2020",
    "Effects of <i>Plasmodium falciparum</i> on the blood", "CO<sub>2</sub> and O<sub>2</sub> in the lung",
    "Doses of 10<sup>-3</sup> mol", "“Brain fog” and other words", "A trial. Part 2. The results",
    "Stop! Breathe...", "References", "In short", "Sildenafil 20 mg vs. placebo: 1:1", "Zur Atmung: eine Übersicht",
    "L’essoufflement à l’effort", "Дыхание и сон", "الأكسجين والدم", "ऑक्सीजन का मार्ग", "Ύπνος", "Hơi thở", "การนอนหลับ",
    "Rest & recovery", "The 6-minute walk test (6MWT)", "COVID-19", "α1-antitrypsin and β-blockers",
    "A title of an ordinary length that goes on for as long as titles of trials go on in the journals of our days",
    "A <em>title</em> &amp; its <jats:sub>marks</jats:sub>, cut <i>off",
    "Guideline NG188", "doi and PMID: how to cite", "1. The first", "[Editorial]", "Correction to: A trial of a drug",
)  # fmt: skip
_JOURNALS = (
    "Journal of Trials", "Lancet", "The New England Journal of Medicine", "J. Clin. Sleep Med.", "medRxiv", "Nature",
    "Proceedings of the 3rd Congress", "Zeitschrift für Atmung", "BMJ (Clinical research ed.)", "PLOS ONE", "eLife",
)  # fmt: skip
_TYPES = (*sorted(TYPES), "journal-article", "bookSection", "posted-content", "other")
_PAGES = (
    "10-19", "e12", "1", "101–9", "S12-S15", "123-130, 140", "00063-2023", "i-iv", "12", "1009-1010", "A12", "2104.e3",
)  # fmt: skip
_DATES: tuple[Any, ...] = (
    {"date-parts": [[2021]]}, {"date-parts": [[2022, 5]]}, {"date-parts": [["2020", "3", "17"]]},
    {"date-parts": [[2019, 12], [2020, 1]]}, {"raw": "2018-07"}, {"literal": "in press"}, {"date-parts": [[2021, 21]]},
    {"date-parts": [[None]]}, {"date-parts": [[1990]], "circa": True}, "2020-05-01", {"raw": "May 2020"}, "n.d.",
    {"raw": "Spring 2004"}, {"date-parts": [[1999, 2, 28]]},
)  # fmt: skip
_ADDRESSES = (
    "https://example.org/a", "http://www.example.org/en/", "https://example.org/search?q=a&b=c#top",
    "https://example.org/a%20b/%C3%A9", "https://example.org/~who/x_y-z.html", "https://xn--e1afmkfd.xn--p1ai/",
    "https://пример.рф/лечение", "https://bücher.example/straße?größe=1", "https://example.org/wiki/Lung_(organ)",
    "https://example.org:8080/a;b=1,2", "https://example.org", "https://example.org/10.1000/abc",
    "https://doi.org/10.1000/url.1", "https://pubmed.ncbi.nlm.nih.gov/31234567/", "https://example.org/it's",
    "https://example.org/a/very/long/address/that/goes/on/and/on/until/it/has/to/break/somewhere/in/the/line.html",
    "https://example.org/%D8%A7%D9%84%D8%AF%D9%85", "https://example.org/a+b=c&amp=1",
)  # fmt: skip
_DOIS = (
    "10.1000/abc.{}", "10.1016/S0140-6736(20)3{}-5",
    "10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM{}>3.0.CO;2-2",
    "10.1000/ABC_{}", "10.12345/a;b/{}", "10.1038/s41586-020-{}-x", "10.5281/zenodo.{}",
)  # fmt: skip
IDS = ("smith-2020-{}", "ref_{}", "who:{}", "müller{}", "a.b{}", "r{}", "http://zotero.org/users/1/items/AB{}")


def _author(choices: Choices) -> dict[str, str]:
    family, given = choices.one(_PEOPLE)
    match choices.number(0, 5):
        case 3:
            return {choices.one(("literal", "name")): choices.one(_GROUPS)}
        case 4:
            return {"family": family}
        case 5:
            return {"family": family, "given": given} | choices.one(_PARTICLES)
        case _:
            return {"family": family, "given": given}


def _authors(choices: Choices, most: int) -> list[dict[str, str]]:
    people = [_author(choices) for _ in range(choices.number(1, most))]
    return [person for index, person in enumerate(people) if person not in people[:index]]


def record(choices: Choices, number: int) -> dict[str, Any]:
    """One record; `number` keeps its id and identifiers apart from those of others."""
    one = choices.one
    type_ = "article-journal" if choices.seldom(2) else one(_TYPES)
    title = [one(_TITLES)] if choices.seldom(6) else one(_TITLES)
    found: dict[str, Any] = {"id": one(IDS).format(number), "type": type_, "title": title}
    if choices.number(0, 2):
        found["author"] = _authors(choices, 8)
    if choices.number(0, 2):
        found["container-title"] = one(_JOURNALS)
    if choices.number(0, 2):
        found["issued"] = one(_DATES)
    fields = {
        "volume": str(choices.number(1, 400)), "issue": one(("1", "3-4", "Suppl 1")), "page": one(_PAGES),
        "publisher": one(("Oak Press", "WHO", "Verlag & Söhne")), "publisher-place": "Geneva", "number": "NG188",
        "edition": one(("2", "3rd")), "editor": _authors(choices, 3), "accessed": {"date-parts": [[2026, 1, 5]]},
        "container-title-short": "J Trials", "genre": one(("Preprint", "PhD thesis")), "version": "1.2",
        "event-title": "Congress of Breath 2020", "collection-title": "Reports", "collection-number": "12",
    }  # fmt: skip
    found |= {name: fields[name] for name in choices.some(sorted(fields), 0, 6)}
    return found | _identifiers(choices, number)


def _identifiers(choices: Choices, number: int) -> dict[str, str]:
    doi = choices.one(_DOIS).format(1000 + number)
    pmid, pmcid = str(30000000 + number), f"PMC{7000000 + number}"
    given = {"DOI": doi, "PMID": pmid, "PMCID": pmcid, "URL": choices.one(_ADDRESSES)}
    found = {name: given[name] for name in choices.some(sorted(given), 0, 4)}
    if not found and choices.seldom(2):
        found["ISBN"] = "978-0-306-40615-7"
    if choices.seldom(6):
        # As Zotero keeps them, and as some addresses repeat them.
        found |= {"note": f"PMID: {pmid}\nPMCID: {pmcid}"}
    if "DOI" in found and "<" not in doi and choices.seldom(6):
        found["URL"] = f"https://doi.org/{doi}"
    return found


def as_json(records: list[dict[str, Any]]) -> str:
    """The file that holds them."""
    return json.dumps(records, ensure_ascii=False, indent=1)
