"""Reference lists: every kind of record against the golden text, and random records against their own words.

Read bibliography.golden.txt to judge the wording. To renew it after a wanted change:
    python tests/compose/test_bibliography.py
"""

import copy
import itertools
import json
import re
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from citeproc import CitationStylesStyle
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas_print.atlas import Reference
from atlas_print.compose.bibliography import full_entries, short_entries
from atlas_print.problems import Problem, errors
from atlas_print.read.references.records import RecordReader
from atlas_print.read.references.types import TYPES
from atlas_print.read.source import Source
from atlas_print.read.values.json_nodes import parse_json
from atlas_print.read.values.nodes import Mapping as Node
from atlas_print.shipped import folder

RECORDS = Path(__file__).parents[2] / "content" / "references.json"
GOLDEN = Path(__file__).with_name("bibliography.golden.txt")

Item = dict[str, Any]


def reference(item: Mapping[str, Any]) -> Reference:
    """The record as it is read."""
    problems: list[Problem] = []
    node = parse_json(Source("content/references.json", json.dumps(item)), problems)
    assert isinstance(node, Node)
    found = RecordReader(str(item["id"]), node, problems, is_yaml=False).read()
    assert errors(problems) == []
    return found


def full(item: Mapping[str, Any], language: str = "en") -> str:
    return "".join(full_entries([reference(item)], language)[0].pieces)


def short(item: Mapping[str, Any], language: str = "en") -> str:
    return "".join(short_entries([reference(item)], language)[0].pieces)


def _people(*names: str) -> list[dict[str, str]]:
    """ "Family, Given" as CSL names, and a name without a comma as a group."""
    split = [name.split(", ") for name in names]
    return [{"family": name[0], "given": name[1]} if len(name) == 2 else {"literal": name[0]} for name in split]


def _item(type_: str, title: str, *, year: int | None = 2021, **fields: Any) -> Item:
    issued = {} if year is None else {"issued": {"date-parts": [[year]]}}
    named = {key.replace("_", "-"): value for key, value in fields.items()}
    return {"id": "Made-Up_1", "type": type_, "title": title} | issued | named


def _article(title: str = "A made-up title", **fields: Any) -> Item:
    # A field set to None is taken away.
    usual: Item = {"author": _people("Ames, Ann B."), "container_title": "Journal of Examples", "volume": "12"}
    item = _item("article-journal", title, **usual | fields)
    return {key: value for key, value in item.items() if value is not None}


_SEVEN = _people(
    "Al-Aly, Ziyad",
    "Bowe, Benjamin",
    "Xie, Yan",
    "Świątkiewicz, Iwona",
    "Ni Cheallaigh, Cliona",
    "Ho, Ling-Pei",
    "Li, J",
)

CASES: dict[str, Item] = {
    # --- real records -----------------------------------------------------------------------------------
    "Real: electronic pages, eleven authors": _item(
        "article-journal",
        "Hyperpolarized 129Xe MRI Abnormalities in Dyspneic Patients 3 Months after COVID-19 Pneumonia:"
        " Preliminary Results",
        author=_people("Grist, James T.", "Chen, Mitchell", "Collier, Guilhem J.", *["Raman, Betty"] * 8),
        container_title="Radiology",
        volume="301",
        issue="1",
        page="E353-E360",
        issued={"date-parts": [[2021, 10]]},
        DOI="10.1148/radiol.2021210033",
        PMID="34032513",
        URL="https://pubmed.ncbi.nlm.nih.gov/34032513/",
        keyword="impaired-gas-transfer, xenon-mri",
    ),
    "Real: an article number that looks like a range": _item(
        "article-journal",
        "The Nijmegen Questionnaire and dysfunctional breathing",
        author=_people("van Dixhoorn, Jan", "Folgering, Hans"),
        container_title="ERJ Open Research",
        volume="1",
        issue="1",
        page="00001-2015",
        year=2015,
    ),
    "Real: a supplement's page number": _item(
        "article-journal",
        "Serotonin reduction in post-acute sequelae of viral infection",
        author=_people("Wong, Andrea C.", "Devason, Ashwarya S.", "Umana, Iboro C."),
        container_title="Cell",
        volume="186",
        issue="22",
        page="4851-4867.e20",
        year=2023,
    ),
    "Real: a preprint": _item(
        "article",
        "Longitudinal lung function assessment of patients hospitalised with COVID-19 using 1H and 129Xe lung MRI",
        author=_people("Saunders, L. C.", "Collier, G. J.", "Chan, H. F.", "Hughes, P. J. C.", *["Rodgers, O."] * 3),
        container_title="medRxiv",
        genre="preprint",
        issued={"date-parts": [[2022, 4, 7]]},
        note="Peer-reviewed version: PMID 36965765 (journal not seen in the stored pages).",
    ),
    "Real: a book by a group": _item(
        "book",
        "A Long COVID Definition: A Chronic, Systemic Disease State with Profound Consequences",
        author=[{"literal": "National Academies of Sciences, Engineering, and Medicine"}],
        publisher="National Academies Press",
        publisher_place="Washington, DC",
        ISBN="978-0-309-71908-7",
        issued={"date-parts": [[2024, 6]]},
    ),
    "Real: an author list that its source cut short": _item(
        "article-journal",
        "Persistent capillary rarefication in long COVID syndrome",
        author=_people("Osiaevi, Irina", "et al."),
        container_title="Angiogenesis",
        volume="26",
        issue="1",
        page="53-61",
        year=2023,
    ),
    "Real: persons and then a group, more than six": _item(
        "article-journal",
        "Development of a Definition of Postacute Sequelae of SARS-CoV-2 Infection",
        author=[
            *_people("Thaweethai, Tanayott", "Jolley, Sarah E.", "Karlson, Elizabeth W.", *["Levitan, Emily B."] * 5),
            {"literal": "RECOVER Consortium"},
        ],
        container_title="JAMA",
        volume="329",
        issue="22",
        page="1934-1946",
        year=2023,
    ),
    "Real: a group and then persons, cut short": _item(
        "article-journal",
        "Estimated Global Proportions of Individuals With Persistent Fatigue",
        author=_people(
            "Global Burden of Disease Long COVID Collaborators", "Wulf Hanson, Sarah", "Abbafati, Cristiana", "et al."
        ),
        container_title="JAMA",
        volume="328",
        issue="16",
        page="1604-1615",
        year=2022,
    ),
    "Real: a journal's name with an ampersand": _item(
        "article-journal",
        "Multidisciplinary collaborative guidance: A compendium statement",
        author=_people("Cheng, Alan L.", "Herman, Eric"),
        container_title="PM&R",
        volume="17",
        issue="6",
        page="684-708",
        year=2025,
    ),
    "Real: initials with a name in brackets": _item(
        "article-journal",
        "Orthostatic Symptoms and Reductions in Cerebral Blood Flow in Long-Haul COVID-19 Patients",
        author=_people("van Campen, C. (Linda) M. C.", "Rowe, Peter C."),
        container_title="Medicina",
        volume="58",
        page="28",
        year=2021,
    ),
    # --- where in the journal ---------------------------------------------------------------------------
    "Article without issue": _article(page="1-11"),
    "Article without volume": _article(volume=None, issue="11", page="2398-2405"),
    "Article without volume, issue and pages, dated to the month": _article(
        volume=None, issued={"date-parts": [["2021", "10"]]}
    ),
    "Article without volume, issue and pages, dated to the day": _article(
        volume=None, issued={"date-parts": [[2021, 6, 11]]}
    ),
    "Article with only a page": _article(volume=None, page="3233-3248", issued={"date-parts": [[2022, 11, 16]]}),
    "Article without pages": _article(issue="1"),
    "Article with numbers instead of text": _article(volume=95, issue=1, page=17),
    "Article with an article number": _article(number="e2236057"),
    "Article with Crossref's article number": {**_article(), "article-number": "2239"},
    "Article with an en dash and several page ranges": _article(page="12–15, 18, 20–3 & 40"),
    "Article in a supplement": _article(volume="12 Suppl 1", page="S1-S5"),
    "Article with a short journal name too": {
        **_article(issue="2", page="3-4"),
        "container-title-short": "J. Examples",
    },
    "Newspaper": _item(
        "article-newspaper",
        "Breathless for months",
        author=_people("Ames, Ann"),
        container_title="The Example Times",
        page="A1",
        issued={"date-parts": [[2021, 3, 4]]},
    ),
    "Magazine without volume": _item(
        "article-magazine",
        "Breathless for months",
        container_title="The Monthly",
        page="12-20",
        issued={"date-parts": [[2021, 3]]},
    ),
    # --- authors ----------------------------------------------------------------------------------------
    "No author": _article(author=None),
    "Two authors": _article(author=_SEVEN[:2]),
    "Six authors": _article(author=_SEVEN[:6]),
    "Seven authors": _article(author=_SEVEN),
    "Thirty authors": _article(author=_SEVEN * 4 + _SEVEN[:2]),
    "One group": _article(author=[{"literal": "GRADE Working Group"}]),
    "Two groups": _article(author=[{"literal": "World Health Organization"}, {"literal": "Acme Inc."}]),
    "A group between persons": _article(author=[*_SEVEN[:1], {"literal": "Acme Inc."}, *_SEVEN[1:2]]),
    "Two persons and then a group": _article(author=[*_SEVEN[:2], {"literal": "GRADE Working Group"}]),
    "Particles": _article(
        author=[
            {"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"},
            {"family": "Humboldt", "given": "Alexander", "dropping-particle": "von"},
            {"family": "Alembert", "given": "Jean", "dropping-particle": "d’"},
            {"family": "Fontaine", "given": "Jean", "dropping-particle": "de", "non-dropping-particle": "La"},
            {"family": "van Vugt", "given": "Michèle"},
        ]
    ),
    "Suffixes": _article(
        author=[
            {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            {"family": "Gates", "given": "W. H.", "suffix": "III"},
        ]
    ),
    "Given names of all kinds": _article(
        author=_people(
            "Ames, JT", "Bell, J.-P.", "Chen, Xiao-ming", "Diaz, María José", "Eaton, P. J. C.", "Li, Ka‐Wai"
        )
    ),
    "One name only": _article(author=[{"given": "Plato"}, {"family": "Suharto"}]),
    "Names in Chinese and Arabic": _article(
        author=[
            {"family": "王", "given": "小明"},
            {"family": "الخوارزمي", "given": "محمد"},
            {"literal": "世界卫生组织"},
        ],
        title="新冠后综合征 متلازمة ما بعد كوفيد",
        container_title="中华医学杂志",
    ),
    # --- dates ------------------------------------------------------------------------------------------
    "No date": _article(year=None, page="3-4"),
    "No date, volume or pages": _article(year=None, volume=None),
    "Raw ISO date": _article(volume=None, issued={"raw": "2021-10-05"}),
    "ISO date as bare text": _article(volume=None, issued="2021-10"),
    "Raw date in words": _article(volume=None, issued={"raw": "late May 2021"}),
    "Literal date": _article(issued={"literal": "in press"}),
    "Range within a year": _article(issued={"date-parts": [[2021, 3], [2021, 5]]}),
    "Range over two years": _article(issued={"date-parts": [[2020], [2021]]}),
    "Range without volume, of which only the year is printed": _article(
        volume=None, issued={"date-parts": [[2021, 3], [2021]]}
    ),
    "Date with noughts for month and day": _article(volume=None, issued={"date-parts": [[2021, 0, 0]]}),
    "Raw range over two years": _article(issued={"raw": "2020-12/2021-01"}),
    "Season, of which only the year is printed": _article(volume=None, issued={"date-parts": [[2021]], "season": 2}),
    "Season as a month of EDTF, of which only the year is printed": _article(
        volume=None, issued={"date-parts": [[2021, 24]]}
    ),
    # --- titles -----------------------------------------------------------------------------------------
    "Title that asks": _article("Is it long COVID?"),
    "Title that calls": _article("Breathe!"),
    "Title with its own full stop": _article("A short note."),
    "Title that ends in three dots": _article("And then ..."),
    "Title that ends in a quoted question": _article("They asked “why me?”"),
    "Title that ends in a bracket": _article("A note (is it?)"),
    "Title in italics that asks": _article("Is it <i>long COVID?</i>"),
    "Title whose last word is raised": _article("Doses of 10<sup>3</sup>"),
    "Title in italics with its own full stop": _article("<i>A short note.</i>"),
    "Title in Chinese with its own mark": _article("是长新冠吗？"),
    "Journal that ends in a mark": _article("A note", container_title="Eureka!", author=None),
    "Title with raised and lowered digits": _article(
        "<sup>129</sup>Xe, VO<sub>2</sub>, Ca<sup>2+</sup>, 10<sup>−5</sup> and p<sub>50</sub>"
    ),
    "Title with raised and lowered letters": _article(
        "VO<sub>2max</sub> on the 4<sup>th</sup> day, Apoe<sup>-/-</sup>"
    ),
    "Title with other markup": _article(
        '<i>In vivo</i> and <b>bold</b> <span class="nocase">iPS</span>'
        ' <span style="font-variant:small-caps;">bc</span> <sc>d</sc> <sup><i>3</i></sup>He'
    ),
    "Title with signs that markup knows": _article("Rest & pacing: \"p < 0.05\" > 'none' [sic] {x} *y* `z`"),
    "Title whose letter case must stay": _article("iPS cells OF the mRNA-lab: a STUDY in von Willebrand's eGFR"),
    "Title with folded white space": _article("  A title\n   in two\tlines "),
    # --- other kinds ------------------------------------------------------------------------------------
    "Preprint as a journal article": _article(
        container_title="medRxiv : the preprint server for health sciences", volume=None
    ),
    "Preprint as Zotero exports it": _item(
        "article", "A preprint", author=_SEVEN[:1], publisher="arXiv", number="arXiv:2001.01234", genre="preprint"
    ),
    "Preprint without date": _item("article", "A preprint", year=None, author=_SEVEN[:1], publisher="bioRxiv"),
    "Working paper": _item(
        "article", "A paper", author=_SEVEN[:1], publisher="NBER", number="28000", genre="Working paper"
    ),
    "Report with a number": _item(
        "report",
        "a guideline on Rest",
        author=[{"literal": "World Health Organization"}],
        publisher="World Health Organization",
        number="WHO/2019-nCoV/1",
        page="1-60",
        accessed={"date-parts": [[2024, 3, 3]]},
        URL="https://example.org/",
    ),
    "Report of a kind": _item("report", "A report", publisher="NICE", number="NG188", genre="Guideline", year=None),
    "Report with a DOI shows no date of access": _item(
        "report", "A report", publisher="NICE", accessed={"date-parts": [[2024, 3, 3]]}, DOI="10.1234/5678"
    ),
    "Web page": _item(
        "webpage",
        "Long-term effects of coronavirus",
        author=[{"literal": "National Health Service"}],
        container_title="NHS website",
        issued={"date-parts": [[2023, 1, 26]]},
        accessed={"date-parts": [[2024, 12, 3]]},
        URL="https://www.nhs.uk/",
    ),
    "Web page without author and date": _item(
        "webpage", "What is long COVID?", year=None, publisher="NHS", accessed={"raw": "2024-03-03"}
    ),
    "Web page with a title only": _item("webpage", "What is long COVID?", year=None, accessed="2024-03"),
    "Chapter": _item(
        "chapter",
        "Breathing pattern disorders",
        author=_SEVEN[:2],
        editor=_SEVEN[2:4],
        container_title="the Handbook of Breathing",
        edition="2",
        volume="3",
        publisher="Example Press",
        page="15-40",
    ),
    "Chapter in a series, one editor, no author": _item(
        "chapter",
        "Breathing",
        editor=_SEVEN[:1],
        container_title="Handbook",
        collection_title="Lecture Notes",
        collection_number=7,
        publisher="Acme Inc.",
    ),
    "Conference paper": _item(
        "paper-conference",
        "A talk in print",
        author=_SEVEN[:1],
        container_title="Proceedings of the 3rd Meeting",
        publisher="Example Press",
        page="7",
    ),
    "Conference talk": _item(
        "speech", "A talk", author=_SEVEN[:1], event_title="Third Meeting", issued={"date-parts": [[2021, 5, 6]]}
    ),
    "Conference paper that is not in print": _item(
        "paper-conference", "A talk", author=_SEVEN[:1], event_title="Third Meeting", publisher="Example Society"
    ),
    "Book": _item("book", "Rest", author=_SEVEN[:1], edition="Rev. ed.", publisher="Example Press", page="9"),
    "Book with editors only": _item("book", "Rest", editor=_SEVEN[:2], publisher="Example Press", volume=2, issue=1),
    "Book with editors that are groups": _item(
        "book", "Rest", editor=[{"literal": "Acme Inc."}], publisher="Acme Inc."
    ),
    "Book with author, editor and translator": _item(
        "book", "Rest", author=_SEVEN[:1], editor=_SEVEN[1:2], translator=_SEVEN[2:3], publisher="Example Press"
    ),
    "Book without publisher and date": _item("book", "Rest", year=None, author=_SEVEN[:1]),
    "Thesis": _item("thesis", "Rest", author=_SEVEN[:1], genre="Dissertation", publisher="University of Example"),
    "Dataset": _item("dataset", "Numbers", author=_SEVEN[:1], version="2.1", publisher="Zenodo"),
    "Title and nothing else": _item("document", "Rest", year=None),
}

# The same records in other languages: only the words and dates that the style brings change.
LANGUAGES = {
    "Web page": (
        "en-GB",
        "de",
        "de-DE-1996",
        "fr-CA",
        "es",
        "ar",
        "zh-Hans",
        "zh-Hant",
        "zh-Hant-TW",
        "hu",
        "lt",
        "xx",
    ),
    "Seven authors": ("en-AU", "de", "zh"),
    "Chapter": ("de", "fr-FR", "lv", "he"),
    "Article without volume, issue and pages, dated to the month": ("hi", "hu", "eu", "lv"),
    "Season as a month of EDTF, of which only the year is printed": ("zh",),
    "Date with noughts for month and day": ("zh",),
    "Preprint as Zotero exports it": ("eu", "zh"),
    "Real: a preprint": ("de", "no", "pt", "pt-BR-abl1943", "sr", "sr-Cyrl"),
}


def _golden_text() -> str:
    blocks = [
        "Golden reference texts: what stands under each heading is what the exports print, letter for letter.",
        "DOI, PMID, PMCID and address are missing on purpose: the layout prints them behind the text.",
    ]
    for name, item in CASES.items():
        blocks.append(f"# {name}\nFull:  {full(item)}")
        blocks[-1] += f"\nShort: {short(item)}"
    for name, languages in LANGUAGES.items():
        lines = [f"{tag + ':':15}{full(CASES[name], tag)}" for tag in languages]
        blocks.append("\n".join([f"# {name}, in other languages", *lines]))
    return "\n\n".join(blocks) + "\n"


def _blocks(text: str) -> dict[str, str]:
    return {block.split("\n")[0].removeprefix("# "): block for block in text.strip().split("\n\n")}


WANTED = _blocks(GOLDEN.read_text("utf-8")) if GOLDEN.exists() else {}


@pytest.fixture(scope="module")
def printed() -> dict[str, str]:
    return _blocks(_golden_text())


def test_the_golden_file_holds_every_case_and_no_other(printed: dict[str, str]) -> None:
    assert list(WANTED) == list(printed)


@pytest.mark.parametrize("heading", WANTED)
def test_prints_the_golden_text(heading: str, printed: dict[str, str]) -> None:
    assert printed.get(heading) == WANTED[heading]


# --- random records -----------------------------------------------------------------------------------------

_TYPES = (
    "article article-journal article-magazine article-newspaper book chapter dataset document entry-encyclopedia"
    " legislation paper-conference post-weblog report review software thesis webpage"
).split()
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZäéøßŁşЖбñ王明محمدकα"
_DIGITS = "0123456789"
_WORD = st.text(_LETTERS, min_size=1, max_size=9)
# Signs that stand within words and at their ends in real titles, but no stop before which a space would be wrong.
# What reads like a mark, such as "<B>", is none by the time a record is set (Reference.item).
_TITLE_WORD = st.builds(
    str.__add__, st.text(_LETTERS + "&<>\"'“’/*_`$%#-" + _DIGITS, min_size=1, max_size=9), _WORD
).filter(lambda word: not re.search("<[A-Za-z/]", word))
_NUMBER = st.from_regex(r"[A-Za-z]?[1-9][0-9]{0,4}", fullmatch=True)
_YEAR = st.integers(1000, 2099)


@st.composite
def _phrases(draw: st.DrawFn) -> str:
    words = draw(st.lists(_TITLE_WORD, min_size=1, max_size=6))
    return " ".join(words) + draw(st.sampled_from(["", "", ".", "?", "!", "...", '?"', "…"]))


@st.composite
def _dates(draw: st.DrawFn) -> tuple[int, Any]:
    year, month, day = draw(_YEAR), draw(st.integers(1, 24)), draw(st.integers(1, 28))
    parts: list[list[int | str]] = [[year], [year, month], [str(year), str(month % 12 + 1), str(day)]]
    shapes = [*({"date-parts": [part]} for part in parts), {"raw": f"{year}-{month % 12 + 1:02}"}, str(year)]
    shapes += [{"date-parts": [[year], [year + 1]]}, {"date-parts": [[year]], "season": month % 4 + 1}]
    return year, draw(st.sampled_from(shapes))


_PERSON = st.fixed_dictionaries(
    {"family": _WORD},
    optional={
        "given": st.lists(_WORD, min_size=1, max_size=3).map(" ".join),
        "suffix": st.sampled_from(["Jr", "Jr.", "III"]),
        "non-dropping-particle": st.sampled_from(["van der", "al-", "d’"]),
        "dropping-particle": st.sampled_from(["von", "de"]),
    },
)
_GROUP = st.fixed_dictionaries({"literal": _phrases()})
_FIELDS = {
    "container-title": _phrases(),
    "publisher": _phrases(),
    "volume": _NUMBER | st.integers(1, 999),
    "issue": _NUMBER | st.integers(1, 99),
    "page": st.builds("{}{}{}".format, _NUMBER, st.sampled_from(["-", "–"]), _NUMBER) | _NUMBER,
    "edition": _NUMBER | _WORD,
    "genre": _WORD,
    "accessed": _dates().map(lambda date: date[1]),
    "keyword": _WORD,
    "PMCID": st.just("PMC1"),
    "abstract": st.just("Never. Printed!"),
}


@st.composite
def _records(draw: st.DrawFn) -> tuple[Item, int]:
    year, issued = draw(_dates())
    item: Item = {"id": draw(_WORD), "type": draw(st.sampled_from(_TYPES)), "title": draw(_phrases())}
    item |= draw(st.fixed_dictionaries({}, optional=_FIELDS)) | {"issued": issued}
    item["author"] = draw(st.lists(_PERSON, max_size=9)) + draw(st.lists(_GROUP, max_size=2))
    return item, year


_LANGUAGE = st.sampled_from(["en", "en-GB", "de", "fr", "ar", "zh-Hant", "hi", "hu", "eu", "tlh"])


def _assert_clean(text: str) -> None:
    assert text == text.strip()
    assert "  " not in text
    # Three dots are the only run of full stops that a source brings.
    assert ".." not in text.replace("...", "")
    assert not re.search(r" [.,;:?!)]", text)
    assert not re.search(r"[?!…]\.|\.{4}|[,;:(]\.|\(\)|[,;:]{2}|[\ufdd0-\ufdef]", text)
    assert re.search(r"[.?!…][\"”]?$", text)


def _printed_families(item: Mapping[str, Any]) -> list[str]:
    persons = [name["family"] for name in item["author"] if "family" in name]
    return persons if len(persons) <= 6 else persons[:3]


@settings(deadline=None, max_examples=150)
@given(_records(), _LANGUAGE)
def test_a_full_reference_loses_nothing_and_is_clean(record: tuple[Item, int], language: str) -> None:
    item, year = record
    text = full(item, language)
    _assert_clean(text)
    assert item["title"] in text
    for family in _printed_families(item):
        assert family in text
    if any("family" in name for name in item["author"]) or len(item["author"]) <= 6:
        for group in item["author"]:
            assert group.get("literal", "") in text
    for key in ("container-title", "volume", "issue", "page"):
        assert str(item.get(key, "")) in text
    assert str(year) in text


@settings(deadline=None, max_examples=150)
@given(_records(), _LANGUAGE)
def test_a_short_reference_names_the_work_and_is_clean(record: tuple[Item, int], language: str) -> None:
    item, year = record
    text = short(item, language)
    _assert_clean(text)
    if item["author"]:
        first = item["author"][0]
        assert (first.get("family") or first["literal"]) in text
    assert item.get("container-title", "") in text
    assert str(item.get("volume", "")) in text
    assert re.split("[-–]", str(item.get("page", "")))[0] in text
    assert str(year) in text
    if "container-title" not in item and "publisher" not in item and not any("literal" in n for n in item["author"]):
        assert item["title"] in text


# --- every type, with every field missing ----------------------------------------------------------------------

_ALL: Item = _item(
    "document",
    "A title of it",
    author=_people("Mora, Ada", "Berg, Olaf"),
    editor=_people("Silva, Eva"),
    translator=_people("Kim, Jo"),
    container_title="Journal of Trials",
    collection_title="Lecture Notes",
    collection_number="7",
    publisher="Oak Press",
    authority="High Court",
    volume="12",
    issue="3",
    page="10-19",
    number="NG188",
    edition="2",
    version="1.2",
    genre="Guideline",
    event_title="Congress 2020",
    accessed={"date-parts": [[2024, 1, 2]]},
)
_SAID = [key for key in _ALL if key not in ("id", "type", "title")]
_STRAY = re.compile(r"^[^\w“]|\.\.|[,;:(]\.|\(\)|[,;:]{2}|;\(|\s[.,;:]|\. [.,;:]|  |[,;:]$|[^.]$|[\ufdd0-\ufdef]")


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_no_missing_field_leaves_its_punctuation(type_: str) -> None:
    sparse = [_SAID, *([key for key in _SAID if key != gone] for gone in _SAID), *([key] for key in _SAID)]
    sparse += map(list, itertools.combinations(("volume", "issue", "page", "issued", "publisher", "author"), 2))
    for keys in sparse:
        item = {key: _ALL[key] for key in ("id", "title", *keys)} | {"type": type_}
        for text in (full(item), short(item)):
            assert not _STRAY.search(text), (keys, text)


@pytest.mark.parametrize("others", [{"literal": "others"}, {"family": "others"}, {"literal": "et al."}, "and others"])
def test_a_list_of_authors_that_goes_on(others: object) -> None:
    item = _article(author=[*_people("Mora, Ada"), others])

    assert full(item).startswith("Mora A, et al. A made-up title.")
    assert short(item).startswith("Mora A, et al. Journal of Examples.")


# --- our own bibliography -----------------------------------------------------------------------------------


def test_the_references_of_the_atlas_lose_nothing() -> None:
    items = json.loads(RECORDS.read_text("utf-8"))
    assert items
    for item in items:
        _assert_clean(full(item))
        _assert_clean(short(item))
        for part in ("title", "container-title", "volume", "issue", "page"):
            assert item.get(part, "") in full(item)
        for part in ("container-title", "volume"):
            assert item.get(part, "") in short(item)
        for text in (full(item), short(item)):
            assert str(item["issued"]["date-parts"][0][0]) in text
            assert item["author"][0].get("family", item["author"][0].get("literal")) in text


# --- what holds for every list ------------------------------------------------------------------------------


def test_keeps_the_order_and_the_number_of_the_items() -> None:
    items = [
        reference(CASES[name])
        for name in ("Two authors", "Title and nothing else", "Chapter", "Two authors", "Web page")
    ]
    for format_all in (full_entries, short_entries):
        assert format_all(items, "en") == tuple(format_all([item], "en")[0] for item in items)


def test_an_empty_list_stays_empty() -> None:
    assert full_entries([], "en") == short_entries([], "en") == ()


def test_ids_that_differ_in_case_only_are_two_works() -> None:
    items = [reference(_article(title) | {"id": id_}) for title, id_ in (("First", "a"), ("Second", "A"))]
    assert [entry.text[9:15] for entry in full_entries(items, "en")] == ["First.", "Second"]


def test_leaves_the_items_as_they_were() -> None:
    items = list(map(reference, CASES.values()))
    before = copy.deepcopy(items)
    full_entries(items, "en")
    short_entries(items, "en")
    assert items == before


def test_the_case_of_a_language_tag_is_no_matter() -> None:
    item = CASES["Web page"]
    assert full(item, "DE-de") == full(item, "de")
    assert full(item, "de") != full(item, "en")


def test_identifiers_are_left_to_the_layout() -> None:
    item = CASES["Real: electronic pages, eleven authors"]
    for text in (full(item), short(item)):
        assert not re.search(r"10\.1148|34032513|http|xenon-mri", text)


def test_nothing_warns_about_fields_that_are_not_printed() -> None:
    odd = _article(custom={"a": 1}, categories=["x"], license="CC0", composer=[{"family": "B", "comma-suffix": True}])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        full(odd)
        short(odd)


@pytest.mark.parametrize("name", ["ama", "ama-short"])
def test_our_styles_are_valid_csl(name: str) -> None:
    # citeproc-py reports a style that breaks the schema as a warning.
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        CitationStylesStyle(str(folder("layouts") / "styles" / f"{name}.csl"), validate=True)


if __name__ == "__main__":
    GOLDEN.write_text(_golden_text(), "utf-8")
