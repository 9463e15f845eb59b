"""Bibliographies as Zotero, Better BibTeX and Crossref write them, quirks included."""

import json
from pathlib import Path
from typing import Any

import pytest

from atlas_print.atlas import Reference
from atlas_print.problems import Problem
from atlas_print.read.bibliography import Bibliography, read_bibliography

Item = dict[str, Any]


def item(**fields: Any) -> Item:
    """An article; a field that is given as None is left out."""
    given = {"id": "li-2022", "type": "article-journal", "title": "Slow crossing", "DOI": "10.5555/air.1"}
    return {key.replace("_", "-"): value for key, value in (given | fields).items() if value is not None}


def read(tmp_path: Path, *items: Item) -> tuple[Bibliography, list[Problem]]:
    (tmp_path / "references.json").write_text(json.dumps(items, indent="\t"), "utf-8")
    problems: list[Problem] = []
    return read_bibliography(tmp_path, problems), problems


def reference(tmp_path: Path, **fields: Any) -> Reference:
    found, problems = read(tmp_path, item(**fields))
    assert problems == []
    return next(iter(found.references.values()))


@pytest.mark.parametrize("id_", ["li-2022", 12, "http://zotero.org/users/1/items/ABCD", "Müller:2021a"])
def test_an_id_may_be_a_number_or_an_address(tmp_path: Path, id_: str | int) -> None:
    assert reference(tmp_path, id=id_).id == str(id_)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"PMID": 34032513}, ("10.5555/air.1", "34032513", None)),
        ({"PMID": "34032513", "PMCID": "PMC8475962"}, ("10.5555/air.1", "34032513", "PMC8475962")),
        ({"DOI": None, "note": "PMID: 123\nPMCID: PMC1"}, (None, "123", "PMC1")),
        ({"DOI": None, "note": "Read this!\n pmid:123 \n\nDOI: 10.5555/x\n"}, ("10.5555/x", "123", None)),
        ({"PMID": 1, "note": "PMID: 2"}, ("10.5555/air.1", "1", None)),
        ({"note": "PMID: 12 or 13; see DOI: 10.1/x"}, ("10.5555/air.1", None, None)),
        ({"DOI": "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"}, None),
        ({"DOI": "10.1016/S0140-6736(21)01755-4"}, None),
        ({"DOI": "10.1000/ABC[1]_x;y"}, None),
    ],
)
def test_identifiers_are_found_in_their_fields_and_in_the_note(
    tmp_path: Path, fields: Item, expected: tuple[str | None, ...] | None
) -> None:
    found = reference(tmp_path, **fields)

    assert (found.doi, found.pmid, found.pmcid) == (expected or (fields["DOI"], None, None))


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("The <i>in vivo</i> case", "The in vivo case"),
        ("CO<sub>2</sub> and <b>air</b>", "CO2 and air"),
        ('The <span class="nocase">BOLD</span> <span style="font-variant:small-caps;">trial</span>', "The BOLD trial"),
        ("P < 0.05 and\n two   lines", "P < 0.05 and two lines"),
        ("Über 肺".replace("肺", "Luft"), "Über Luft"),
    ],
)
def test_a_title_is_its_words_without_the_marks_of_rich_text(tmp_path: Path, title: str, words: str) -> None:
    found = reference(tmp_path, title=title)

    assert found.title == words
    assert found.item["title"] == title


@pytest.mark.parametrize(
    "author",
    [
        [{"literal": "World Air Office"}],
        [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, {"family": "Li"}],
        [{"given": "Plato"}],
        [{"family": "Roe", "given": "Jane", "suffix": "Jr.", "ORCID": "https://orcid.org/0"}],
    ],
)
def test_names_may_be_whole_or_in_parts(tmp_path: Path, author: list[Item]) -> None:
    assert reference(tmp_path, author=author).item["author"] == author


@pytest.mark.parametrize(
    "issued",
    [
        None,
        {"date-parts": [[2022]]},
        {"date-parts": [["2022", "5", "1"]]},
        {"date-parts": [[2022, 5], [2022, 6]]},
        {"date-parts": [[2022, 21]]},
        {"date-parts": [[2022]], "season": "2"},
        {"date-parts": [[2022]], "circa": True},
        {"literal": "in press"},
        {"raw": "2022-05"},
        "2022-05-01",
        "2021/2022",
        {"date-parts": [[-400]]},
    ],
)
def test_dates_may_be_as_vague_as_csl_allows(tmp_path: Path, issued: Any) -> None:
    assert reference(tmp_path, issued=issued).item.get("issued") == issued


def test_numbers_stay_as_they_were_written(tmp_path: Path) -> None:
    numbers = '"id": 7, "volume": 12, "version": 1.10, "x": 1e400'
    text = f'[{{{numbers}, "type": "book", "title": "Air", "URL": "https://x.example"}}]'
    (tmp_path / "references.json").write_text(text, "utf-8")
    problems: list[Problem] = []

    found = read_bibliography(tmp_path, problems).references["7"].item

    assert problems == []
    assert (found["id"], found["volume"], found["version"], found["x"]) == (7, 12, "1.10", "1e400")


def test_fields_that_no_one_prints_are_let_through(tmp_path: Path) -> None:
    extras = {
        "custom": {"a": [1]},
        "categories": ["x"],
        "keyword": "a, b",
        "citation_key": "li2022",
        "ISSN": ["1", "2"],
    }

    assert reference(tmp_path, **extras).item["custom"] == {"a": [1]}


def test_all_in_one_line_and_deeply_indented_files_have_places(tmp_path: Path) -> None:
    (tmp_path / "references.json").write_text('[{"id": "a", "type": "book", "title": "A", "DOI": "1"}]', "utf-8")
    problems: list[Problem] = []
    read_bibliography(tmp_path, problems)
    _, indented = read(tmp_path, item(), item(id="b", DOI="1"))

    assert [str(problem.place) for problem in problems] == ["content/references.json:1:51"]
    assert [str(problem.place) for problem in indented] == ["content/references.json:12:10"]
