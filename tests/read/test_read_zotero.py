"""Bibliographies as Zotero, Better BibTeX, Crossref, DataCite, PubMed and Pandoc write them, quirks included."""

import json
from pathlib import Path
from typing import Any

import pytest

from atlas_print.atlas import Reference
from atlas_print.problems import Problem
from atlas_print.read.references.bibliography import Bibliography, is_citable, read_bibliography
from tests.read.laying import lay, problems_of

Item = dict[str, Any]


def item(**fields: Any) -> Item:
    """An article; a field that is given as None is left out."""
    given = {"id": "li-2022", "type": "article-journal", "title": "Slow crossing", "DOI": "10.5555/air.1"}
    return {key.replace("_", "-"): value for key, value in (given | fields).items() if value is not None}


def read_text(tmp_path: Path, text: str, name: str = "references.json") -> tuple[Bibliography, list[Problem]]:
    (tmp_path / name).write_text(text, "utf-8")
    problems: list[Problem] = []
    found = read_bibliography(tmp_path, problems)
    return found, sorted([*problems, *found.told(set(found.references))])


def read(tmp_path: Path, *items: Any) -> tuple[Bibliography, list[Problem]]:
    return read_text(tmp_path, json.dumps(items, indent="\t"))


def reference(tmp_path: Path, **fields: Any) -> Reference:
    found, problems = read(tmp_path, item(**fields))
    assert problems == []
    return next(iter(found.references.values()))


@pytest.mark.parametrize(
    "id_",
    [
        "li-2022",
        12,
        "http://zotero.org/users/1/items/ABCD",
        "Müller:2021a",
        "pmid:33378609",
        "https://doi.org/10.5281/zenodo.123",
        "10.1000/(SICI)1097;2-2",
        "ref[12]",
        "a{b}c",
        "li2022—a",
    ],
)
def test_an_id_may_be_a_number_or_an_address(tmp_path: Path, id_: str | int) -> None:
    assert reference(tmp_path, id=id_).id == str(id_)


@pytest.mark.parametrize("id_", ["li 2022", "li\t2022", "a{b", "a}b{"])
def test_an_id_that_pandoc_cannot_cite(tmp_path: Path, id_: str) -> None:
    found, problems = read(tmp_path, item(id=id_))

    assert not is_citable(id_)
    assert id_ in found.references
    assert [problem.rule for problem in problems] == ["malformed-id"]
    assert problems[0].severity == "advice"


def test_a_citation_key_is_no_id_but_leads_to_one(tmp_path: Path) -> None:
    project = lay(tmp_path)
    topic = project / "content/topics/slow-mornings.md"
    topic.write_text(topic.read_text("utf-8") + "\n\nA claim.[@li2022]\n", "utf-8")
    path = project / "content/references.json"
    record = item(id="http://zotero.org/users/1/items/ABCD", citation_key="li2022")
    path.write_text(json.dumps([*json.loads(path.read_text("utf-8")), record]), "utf-8")

    assert [problem.help for problem in problems_of(project)] == [
        "did you mean 'http://zotero.org/users/1/items/ABCD'?"
    ]


# --- where the list is -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrapped",
    [
        '{{"items": [{0}]}}',
        '{{"references": [{0}]}}',
        '{{"status": "ok", "message-type": "work-list", "message": {{"items": [{0}], "total-results": 1}}}}',
        '{{"status": "ok", "message-type": "work", "message": {0}}}',
        '[{{"key": "ABCD", "version": 3, "csljson": {0}}}]',
        "{0}",
    ],
)
def test_the_list_is_found_where_tools_keep_it(tmp_path: Path, wrapped: str) -> None:
    found, problems = read_text(tmp_path, wrapped.format(json.dumps(item())))

    assert (list(found.references), problems, found.whole) == (["li-2022"], [], True)


@pytest.mark.parametrize(
    "text",
    [
        '[{"key": "A", "itemType": "journalArticle", "title": "T", "creators": []}]',
        '{"config": {"label": "BetterBibTeX JSON"}, "items": [{"itemType": "book", "title": "T"}]}',
        '[{"key": "A", "library": {}, "data": {"itemType": "book", "title": "T"}}]',
    ],
)
def test_zoteros_own_json_is_told_once_with_the_format_to_choose(tmp_path: Path, text: str) -> None:
    found, problems = read_text(tmp_path, text)

    assert [problem.what for problem in problems] == ["this is Zotero's own JSON"]
    assert "“CSL JSON” or “Better CSL JSON”" in problems[0].help
    assert not found.whole


def test_several_files_make_one_bibliography(tmp_path: Path) -> None:
    (tmp_path / "references.json").write_text(json.dumps([item()]), "utf-8")
    (tmp_path / "references.yaml").write_text("- id: b\n  title: B\n", "utf-8")
    found, problems = read_text(tmp_path, "@book{c, title = {C}}", "references.bib")

    assert list(found.references) == ["li-2022", "b", "c"]
    assert problems == []
    assert [found.references[id_].file for id_ in "bc"] == ["content/references.yaml", "content/references.bib"]


def test_a_bibliography_of_another_format_is_told(tmp_path: Path) -> None:
    (tmp_path / "references.ris").write_text("TY  - JOUR\n", "utf-8")
    _, problems = read(tmp_path, item())

    assert [str(problem.place) for problem in problems] == ["content/references.ris"]


def test_problems_of_a_record_that_nothing_lists_are_advice(tmp_path: Path) -> None:
    found, _ = read(tmp_path, item(DOI="air.1"), item(id="b", title=None))

    assert {problem.severity for problem in found.told(())} == {"advice"}
    assert [problem.severity for problem in found.told({"b"})] == ["advice", "error"]


def test_what_is_printed_of_a_record_is_looked_at_for_its_letters(tmp_path: Path) -> None:
    found, _ = read(
        tmp_path,
        item(DOI=None, URL="https://例え.example/", title="<i>A</i> &amp; B"),
        item(id="b", URL="https://例.example/"),
    )

    assert [scalar.text for scalar in found.printed("li-2022")] == ["A & B", "https://例え.example/"]
    assert [str(scalar.place) for scalar in found.printed("li-2022")][1].startswith("content/references.json:6")
    assert [scalar.text for scalar in found.printed("b")] == ["Slow crossing"]


# --- identifiers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("doi", "bare"),
    [
        ("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2", None),
        ("10.1016/S0140-6736(21)01755-4", None),
        ("10.1000/ABC[1]_x;y", None),
        ("10.1000/a%b", None),
        ("https://doi.org/10.1000/abc.1", "10.1000/abc.1"),
        ("http://dx.doi.org/10.1000/abc.1", "10.1000/abc.1"),
        ("https://www.doi.org/10.1000/abc.1", "10.1000/abc.1"),
        ("doi.org/10.1000/abc.1", "10.1000/abc.1"),
        ("doi:10.1000/abc.1", "10.1000/abc.1"),
        ("DOI: 10.1000/abc.1", "10.1000/abc.1"),
        ("doi 10.1000/abc.1", "10.1000/abc.1"),
        ("info:doi/10.1000/abc.1", "10.1000/abc.1"),
        ("DOI: https://doi.org/10.1000/abc.1", "10.1000/abc.1"),
        (" 10.1000/abc.1. ", "10.1000/abc.1"),
        ("10.1000/abc.1,", "10.1000/abc.1"),
        ("10.1000/a&lt;b", "10.1000/a<b"),
        ("https://doi.org/10.1000%2Fabc.1", "10.1000/abc.1"),
        ("https://doi.org/10.1002/(SICI)1%3C2::AID%3E3.0", "10.1002/(SICI)1<2::AID>3.0"),
        ("10.1000/\u200babc", "10.1000/abc"),
    ],
)
def test_a_doi_is_read_in_each_form(tmp_path: Path, doi: str, bare: str | None) -> None:
    assert reference(tmp_path, DOI=doi).doi == (bare or doi)


@pytest.mark.parametrize(
    ("doi", "sign"),
    [("10.1000/abc–1", "–"), ("10.1000/abс", "с"), ("10.1000/abc‐1", "‐"), ("10.1000/é", "é")],
)
def test_a_sign_that_no_doi_has_is_named(tmp_path: Path, doi: str, sign: str) -> None:
    _, problems = read(tmp_path, item(DOI=doi))

    assert [problem.rule for problem in problems] == ["malformed-doi"]
    assert f"a DOI with {sign!r}" in problems[0].what
    assert "10.1000" not in problems[0].help


@pytest.mark.parametrize("doi", ["air.1", "10.1/x y", "10.1000/", "978-0-306-40615-7", "https://example.org/x", "n/a"])
def test_what_is_no_doi_is_refused(tmp_path: Path, doi: str) -> None:
    _, problems = read(tmp_path, item(DOI=doi))

    assert [(problem.rule, problem.severity) for problem in problems] == [("malformed-doi", "error")]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"PMID": 34032513}, ("34032513", None)),
        ({"PMID": "34032513", "PMCID": "PMC8475962"}, ("34032513", "PMC8475962")),
        ({"PMID": "PMID: 34032513", "PMCID": "PMCID: PMC8475962"}, ("34032513", "PMC8475962")),
        ({"PMID": "PMID 34032513", "PMCID": "pmc8475962"}, ("34032513", "PMC8475962")),
        ({"PMID": "https://pubmed.ncbi.nlm.nih.gov/34032513/"}, ("34032513", None)),
        ({"PMID": "34032513 [pmid]"}, ("34032513", None)),
        ({"PMCID": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC8475962/"}, (None, "PMC8475962")),
        ({"pmid": "34032513", "pmcid": "PMC8475962"}, ("34032513", "PMC8475962")),
        ({"PMID": "", "PMCID": None}, (None, None)),
        ({"URL": "http://www.ncbi.nlm.nih.gov/pubmed/34032513"}, ("34032513", None)),
        ({"URL": "https://pmc.ncbi.nlm.nih.gov/articles/PMC8475962/"}, (None, "PMC8475962")),
        ({"URL": "https://europepmc.org/article/MED/1"}, (None, None)),
        ({"PMID": 1, "note": "PMID: 2"}, ("1", None)),
    ],
)
def test_pmids_and_pmcids_are_read_in_each_form(tmp_path: Path, fields: Item, expected: tuple[str | None, ...]) -> None:
    found = reference(tmp_path, **fields)

    assert (found.pmid, found.pmcid) == expected


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("PMID: 123\nPMCID: PMC1", (None, "123", "PMC1")),
        ("PMID: 123\r\nPMCID: PMC1", (None, "123", "PMC1")),
        ("PMID: 123\rPMCID: PMC1", (None, "123", "PMC1")),
        ("PMID: 123; PMCID: PMC1", (None, "123", "PMC1")),
        ("PMID: 123 PMCID: PMC1", (None, "123", "PMC1")),
        ("PMID: 123, PMCID: PMC1.", (None, "123", "PMC1")),
        ("Read this!\n pmid:123 \n\nDOI: 10.5555/x\n", ("10.5555/x", "123", None)),
        ("doi: 10.1001/jama.2020.1. Epub 2020 Sep 2. PMID: 123; PMCID: PMC1.", ("10.1001/jama.2020.1", "123", "PMC1")),
        ("PMID: 123\nPMCID: PMC1\nCitation Key: li2022\ntex.ids: x", (None, "123", "PMC1")),
        ("tex.pmid: 123\ntex.pmcid: PMC1", (None, "123", "PMC1")),
        ("PubMed PMID: 123; PubMed Central PMCID: PMC1.", (None, "123", "PMC1")),
        ("{:PMID: 123}\n{:PMCID: PMC1}", (None, "123", "PMC1")),
        ("bibtex[pmid=123;pmcid=PMC1]", (None, "123", "PMC1")),
        ("PMID- 123\nPMC - PMC1", (None, "123", None)),
        ("DOI: https://doi.org/10.5555/x", ("10.5555/x", None, None)),
        (
            "DOI: 10.1002/(SICI)1<1661::AID-SIM968>3.0.CO;2-2",
            ("10.1002/(SICI)1<1661::AID-SIM968>3.0.CO;2-2", None, None),
        ),
        ("PMID: 123 \nPublisher: Nature Publishing Group", (None, "123", None)),
        ("Publisher: Oak; PMID: 123", (None, "123", None)),
        ("PMID: 123 Free PMC article.", (None, "123", None)),
        ("arXiv: 2001.00001\nPMID: 123", (None, "123", None)),
        ("PMID: 123<br>PMCID: PMC1", (None, "123", "PMC1")),
    ],
)
def test_identifiers_are_found_in_notes(tmp_path: Path, note: str, expected: tuple[str | None, ...]) -> None:
    found = reference(tmp_path, DOI=None, note=note)

    assert (found.doi, found.pmid, found.pmcid) == expected


@pytest.mark.parametrize(
    ("note", "told"),
    [
        ("Comment on: Lancet 2020; PMID: 12345", "a PMID"),
        ("Erratum in: PMID: 12345", "a PMID"),
        ("PMID: 12345 or 12346; see DOI: 10.1000/x", "a PMID and DOI"),
        ("Peer-reviewed version: PMID 36965765 (journal not seen).", "a PMID"),
        ("1: Mora A. Title. J Test. 2020. doi: 10.1000/x. PMID: 12345; PMCID: PMC1.", "a DOI and PMID and PMCID"),
        ("Ask for the PMID later.", None),
        ("See doi.org.", None),
    ],
)
def test_what_a_note_says_in_a_sentence_is_told(tmp_path: Path, note: str, told: str | None) -> None:
    found, problems = read(tmp_path, item(DOI=None, note=note))

    assert [problem.what for problem in problems] == (
        [f"the note of reference 'li-2022' speaks of {told} in a sentence, which is not read"] if told else []
    )
    assert all(problem.severity == "advice" for problem in problems)
    assert found.references["li-2022"].pmid is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://doi.org/10.1000/abc.1", ("10.1000/abc.1", "https://doi.org/10.1000/abc.1")),
        ("https://doi.org/10.1000/a%3Cb", ("10.1000/a<b", "https://doi.org/10.1000/a%3Cb")),
        ("https://example.org/doi/10.1000/abc.1", (None, "https://example.org/doi/10.1000/abc.1")),
        ("https://doi.org/", (None, "https://doi.org/")),
        ("www.example.org/fever", (None, "https://www.example.org/fever")),
        ("https://example.org/?a=1&amp;b=2", (None, "https://example.org/?a=1&b=2")),
        ("https://example.org/a?x=[1]", (None, "https://example.org/a?x=[1]")),
        ("https://example.org/straße", (None, "https://example.org/straße")),
        (" https://example.org/a ", (None, "https://example.org/a")),
        ("", (None, None)),
    ],
)
def test_addresses(tmp_path: Path, url: str, expected: tuple[str | None, ...]) -> None:
    found = reference(tmp_path, DOI=None, URL=url)

    assert (found.doi, found.url) == expected


@pytest.mark.parametrize(
    ("isbn", "printed"),
    [
        ("978-0-306-40615-7", "978-0-306-40615-7"),
        (["9780306406157", "0306406152"], "9780306406157"),
        ("0-306-40615-2 978-0-306-40615-7", "978-0-306-40615-7"),
        ("0-8044-2957-X", "0-8044-2957-X"),
        ("http://id.crossref.org/isbn/9780306406157", "9780306406157"),
        ("ISBN 978 0 306 40615 7 (pbk.)", "978 0 306 40615 7"),
        (9780306406157, "9780306406157"),
        (["1234-5678"], None),
        ("", None),
    ],
)
def test_isbns(tmp_path: Path, isbn: Any, printed: str | None) -> None:
    assert reference(tmp_path, type="book", DOI=None, ISBN=isbn).isbn == printed


# --- texts -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "rich"),
    [
        ("The <i>in vivo</i> case", "The <i>in vivo</i> case"),
        ("The <em>in vivo</em> case", "The <i>in vivo</i> case"),
        ("The <jats:italic>in vivo</jats:italic> case", "The <i>in vivo</i> case"),
        ("The &lt;i&gt;in vivo&lt;/i&gt; case", "The <i>in vivo</i> case"),
        ("The &amp;lt;i&amp;gt;in vivo&amp;lt;/i&amp;gt; case", "The <i>in vivo</i> case"),
        ('The <i class="other">in vivo</i> case', "The <i>in vivo</i> case"),
        ("CO<sub>2</sub> and <b>air</b>", "CO<sub>2</sub> and <b>air</b>"),
        ("CO<jats:sub>2</jats:sub>, 10<SUP>-3</SUP>", "CO<sub>2</sub>, 10<sup>-3</sup>"),
        ("<scp>ATP</scp>, <sc>d</sc> and <jats:sc>l</jats:sc>", "ATP, d and l"),
        ('<span class="nocase">BOLD</span> <span style="font-variant:small-caps;">trial</span>', "BOLD trial"),
        ("<b>Bold, <i>both</b> and cut</i>", "<b>Bold, both</b> and cut"),
        ("Cut <i>in the middle", "Cut in the middle"),
        ("<i></i>Nothing <b> </b>in it", "Nothing in it"),
        ("Rest &amp; recovery &#8211; Q&A; &copy; &nosuch;", "Rest & recovery – Q&A; © &nosuch;"),
        ("P < 0.05 and\n two   lines", "P < 0.05 and two lines"),
        ("n<m and m>n, a <b and c> d", "n<m and m>n, a <b and c> d"),
        ("&#x3b2;-blockers, &beta;", "β-blockers, β"),
        ("<mml:math><mml:mi>β</mml:mi><mml:sub>2</mml:sub></mml:math> agonists", "β2 agonists"),
        ("Two<br/>lines<br>here", "Two lines here"),
        ("<title>A title</title>", "A title"),
        (["A title", "A title"], "A title"),
        (["A title", "Un titre"], "A title. Un titre"),
        ("Über Luft", "Über Luft"),
    ],
)
def test_the_marks_of_a_title_mean_what_they_mean(tmp_path: Path, title: Any, rich: str) -> None:
    found = reference(tmp_path, title=title)

    assert found.item["title"] == rich
    assert found.title == rich if "<" not in rich.replace("<0", "") else "<i>" not in found.title


@pytest.mark.parametrize(
    ("fields", "key", "expected"),
    [
        ({"container_title": ["Journal of Trials"]}, "container-title", "Journal of Trials"),
        ({"container_title": ["Methods", "Lecture Notes"]}, "container-title", "Methods. Lecture Notes"),
        ({"short_container_title": ["J Trials"]}, "container-title-short", "J Trials"),
        ({"journalAbbreviation": "J Trials"}, "container-title-short", "J Trials"),
        ({"subtitle": ["A review"]}, "title", "Slow crossing: A review"),
        ({"subtitle": ["crossing"]}, "title", "Slow crossing"),
        ({"article_number": "e123"}, "number", "e123"),
        ({"event": {"name": "Congress 2020", "location": "Oslo"}}, "event-title", "Congress 2020"),
        ({"institution": [{"name": "bioRxiv"}], "publisher": None}, "publisher", "bioRxiv"),
        ({"publisher_location": "Oslo"}, "publisher-place", "Oslo"),
        ({"shortTitle": "Slow"}, "title-short", "Slow"),
        ({"volume": 12}, "volume", "12"),
        ({"page": "e102-e107"}, "page", "e102-e107"),
        ({"version": "1.10"}, "version", "1.10"),
        ({"publisher": "", "issue": None}, "publisher", None),
    ],
)
def test_fields_are_read_under_the_names_and_in_the_shapes_of_tools(
    tmp_path: Path, fields: Item, key: str, expected: str | None
) -> None:
    assert reference(tmp_path, **fields).item.get(key) == expected


def test_a_preprint_of_crossref(tmp_path: Path) -> None:
    found = reference(
        tmp_path,
        type="posted-content",
        subtype="preprint",
        title=["A preprint"],
        publisher="Cold Harbor",
        institution=[{"name": "bioRxiv"}],
        posted={"date-parts": [[2021, 5, 1]]},
    ).item

    assert (found["type"], found["genre"], found["container-title"]) == ("article", "preprint", "bioRxiv")
    assert found["issued"] == {"date-parts": [[2021, 5, 1]]}


@pytest.mark.parametrize(
    ("given", "type_"),
    [
        ("article-journal", "article-journal"),
        ("journal-article", "article-journal"),
        ("journalArticle", "article-journal"),
        ("JournalArticle", "article-journal"),
        ("proceedings-article", "paper-conference"),
        ("book-chapter", "chapter"),
        ("bookSection", "chapter"),
        ("monograph", "book"),
        ("edited-book", "book"),
        ("dissertation", "thesis"),
        ("posted-content", "article"),
        ("preprint", "article"),
        ("peer-review", "review"),
        ("blogPost", "post-weblog"),
        ("computerProgram", "software"),
        ("legal-case", "legal_case"),
        ("statute", "legislation"),
        ("other", "document"),
        ("article-jurnal", "document"),
        ("", "document"),
        (None, "document"),
        (["book"], "document"),
    ],
)
def test_types_of_every_tool(tmp_path: Path, given: Any, type_: str) -> None:
    assert reference(tmp_path, type=given).item["type"] == type_


# --- names -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ([{"literal": "World Air Office"}], [{"literal": "World Air Office"}]),
        ([{"name": "World Air Office", "sequence": "first", "affiliation": []}], [{"literal": "World Air Office"}]),
        (
            [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, {"family": "Li"}],
            [{"family": "Berg", "given": "Jan", "non-dropping-particle": "van der"}, {"family": "Li"}],
        ),
        ([{"given": "Plato"}], [{"given": "Plato"}]),
        (
            [{"family": "Roe", "given": "Jane", "suffix": "Jr.", "ORCID": "https://orcid.org/0", "affiliation": []}],
            [{"family": "Roe", "given": "Jane", "suffix": "Jr."}],
        ),
        ({"family": "Roe", "given": "J."}, [{"family": "Roe", "given": "J."}]),
        ("Roe, Jane", [{"family": "Roe", "given": "Jane"}]),
        ("Ministry of Health, Labour and Welfare", [{"literal": "Ministry of Health, Labour and Welfare"}]),
        (["Roe, Jane", "WHO"], [{"family": "Roe", "given": "Jane"}, {"literal": "WHO"}]),
        ([{"family": "Roe"}, {"literal": "others"}], [{"family": "Roe"}, {"literal": "et al"}]),
        ([{"family": "Roe"}, {"family": "others", "given": ""}], [{"family": "Roe"}, {"literal": "et al"}]),
        ([{"family": "Roe"}, {"family": "et al."}], [{"family": "Roe"}, {"literal": "et al"}]),
        ([{"family": "O&#39;Brien", "given": "S&aacute;ra"}], [{"family": "O'Brien", "given": "Sára"}]),
        ([{"family": "{World Air Office}"}], [{"literal": "World Air Office"}]),
        ([{"family": "", "given": ""}, {}, None], None),
        ([], None),
        ("", None),
    ],
)
def test_names_may_be_whole_or_in_parts(tmp_path: Path, author: Any, names: list[Item] | None) -> None:
    assert reference(tmp_path, author=author).item.get("author") == names


def test_who_made_a_work_that_has_no_author(tmp_path: Path) -> None:
    film = reference(tmp_path, type="motion_picture", director=[{"family": "Roe"}], producer=[{"family": "Li"}])
    edited = reference(tmp_path, type="book", editor=[{"family": "Roe"}], contributor=[{"family": "Li"}])

    assert film.item["author"] == [{"family": "Roe"}]
    assert "author" not in edited.item


# --- dates -----------------------------------------------------------------------------------------------------


def parts(*dates: list[int]) -> Item:
    return {"date-parts": list(dates)}


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        (None, None),
        ("", None),
        ({}, None),
        ([], None),
        ({"date-parts": []}, None),
        ({"date-parts": [[]]}, None),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": [[""]]}, None),
        ({"date-parts": [[0]]}, None),
        ({"date-parts": None}, None),
        ({"raw": ""}, None),
        ({"literal": "n.d."}, None),
        ("[n.d.]", None),
        ("0000-00-00", None),
        ({"date-parts": [[2022]]}, parts([2022])),
        ({"date-parts": [["2022", "05", "1"]]}, parts([2022, 5, 1])),
        ({"date-parts": [[2022, 5, None]]}, parts([2022, 5])),
        ({"date-parts": [[2022, 5, 0]]}, parts([2022, 5])),
        ({"date-parts": [2022, 5, 1]}, parts([2022, 5, 1])),
        ({"date-parts": [["2022-05-01"]]}, parts([2022, 5, 1])),
        ({"date-parts": [[2022, 5], [2022, 6]]}, parts([2022, 5], [2022, 6])),
        ({"date-parts": [[2022, 5], []]}, parts([2022, 5])),
        ({"date-parts": [[2022, 21]]}, parts([2022, 21])),
        ({"date-parts": [[2022]], "season": "2"}, parts([2022])),
        ({"season": "Spring 2022"}, {"literal": "Spring 2022"}),
        ({"date-parts": [[2022, 5, 1]], "date-time": "2022-05-01T00:00:00Z", "timestamp": 1}, parts([2022, 5, 1])),
        ({"date-time": "2022-05-01T00:00:00Z"}, parts([2022, 5, 1])),
        ({"date-parts": [[1990]], "circa": True}, {"literal": "ca 1990"}),
        ({"date-parts": [[1990]], "circa": 1}, {"literal": "ca 1990"}),
        ({"date-parts": [[1990]], "circa": False}, parts([1990])),
        ("1990~", {"literal": "ca 1990"}),
        ("ca. 1990", {"literal": "ca 1990"}),
        ({"literal": "in press"}, {"literal": "in press"}),
        ({"raw": "2022-05"}, parts([2022, 5])),
        ({"literal": "2022-05-01"}, parts([2022, 5, 1])),
        ({"year": 2022, "month": "5"}, parts([2022, 5])),
        ([{"year": 2022, "month": 5}], parts([2022, 5])),
        ([{"year": 2021}, {"year": 2022}], parts([2021], [2022])),
        (2022, parts([2022])),
        ("2022", parts([2022])),
        ("2022-05-01", parts([2022, 5, 1])),
        ("2022-05-01T12:00:00Z", parts([2022, 5, 1])),
        ("2022-05-01 12:00", parts([2022, 5, 1])),
        ("2022/05/01", parts([2022, 5, 1])),
        ("20220501", parts([2022, 5, 1])),
        ("2021/2022", parts([2021], [2022])),
        ("2021–2022", parts([2021], [2022])),
        ("2021-12/2022-01", parts([2021, 12], [2022, 1])),
        ("2022-05/..", parts([2022, 5])),
        ("May 2022", parts([2022, 5])),
        ("1 May 2022", parts([2022, 5, 1])),
        ("May 1st, 2022", parts([2022, 5, 1])),
        ("2022 May 1", parts([2022, 5, 1])),
        ("2022 Sept", parts([2022, 9])),
        ("2022 Jan-Feb", {"literal": "2022 Jan-Feb"}),
        ("01.05.2022", {"literal": "01.05.2022"}),
        ("Frühjahr 2022", {"literal": "Frühjahr 2022"}),
        ({"date-parts": [[-400]]}, parts([-400])),
    ],
)
def test_dates_of_every_tool(tmp_path: Path, issued: Any, date: Item | None) -> None:
    assert reference(tmp_path, issued=issued).item.get("issued") == date


@pytest.mark.parametrize(
    "issued",
    [
        {"date-parts": [[2022, 31, 12]]},
        {"date-parts": [[2022, 13, 1]]},
        {"date-parts": [[2022, 5, 32]]},
        {"date-parts": [[20220501]]},
        {"date-parts": [[1, 2, 3, 4]]},
        "2022-13-01",
        True,
        {"raw": True},
    ],
)
def test_what_can_be_no_date_is_refused(tmp_path: Path, issued: Any) -> None:
    _, problems = read(tmp_path, item(issued=issued))

    assert [problem.rule for problem in problems] == ["malformed-date"]


def test_a_date_that_says_nothing_leaves_the_word_to_others(tmp_path: Path) -> None:
    fields = {"issued": {"date-parts": [[None]]}, "published_print": {"date-parts": [[2022, 5]]}}

    assert reference(tmp_path, **fields).item["issued"] == parts([2022, 5])


# --- CSL-YAML --------------------------------------------------------------------------------------------------

_YAML = """
- id: li-2022
  type: article-journal
  author:
  - family: de la Cruz
    given: María
  title: "*In vivo* CO~2~ at 10^-3^: the [BOLD]{.nocase} trial of HLA-B\\\\*27"
  container-title: Journal of Air
  issued: 2022-05-01
  accessed:
  - year: 2023
    month: 1
  volume: 012
  issue: null
  DOI: 10.5555/air_1_
  note: |
    PMID: 123
    PMCID: PMC1
"""


@pytest.mark.parametrize(
    "text",
    [
        _YAML,
        f"---\nreferences:{_YAML}...\n",
        f"---\nreferences:{_YAML}---\n",
        "references:" + _YAML.replace("\n", "\n  "),
    ],
)
def test_csl_yaml_in_each_of_its_forms(tmp_path: Path, text: str) -> None:
    found, problems = read_text(tmp_path, text, "references.yaml")
    one = found.references["li-2022"]

    assert problems == []
    assert one.title == "In vivo CO2 at 10⁻³: the BOLD trial of HLA-B*27"
    assert one.item["title"].startswith("<i>In vivo</i> CO<sub>2</sub> at 10<sup>-3</sup>")
    assert (one.item["issued"], one.item["accessed"]) == (parts([2022, 5, 1]), parts([2023, 1]))
    assert (one.item["volume"], one.item.get("issue")) == ("012", None)
    assert (one.doi, one.pmid, one.pmcid) == ("10.5555/air_1_", "123", "PMC1")


# --- the rest --------------------------------------------------------------------------------------------------


def test_numbers_stay_as_they_were_written(tmp_path: Path) -> None:
    numbers = '"id": 7, "volume": 12, "version": 1.10, "x": 1e400'
    found, problems = read_text(tmp_path, f'[{{{numbers}, "type": "book", "title": "Air"}}]')

    assert problems == []
    one = found.references["7"].item
    assert (one["id"], one["volume"], one["version"]) == ("7", "12", "1.10")


def test_fields_that_no_one_prints_are_let_through(tmp_path: Path) -> None:
    extras = {
        "custom": {"a": [1]},
        "categories": ["x"],
        "keyword": "a, b",
        "citation_key": "li2022",
        "ISSN": ["1", "2"],
    }

    assert set(reference(tmp_path, **extras).item) == {"id", "type", "title"}


def test_places_in_one_line_and_deeply_indented(tmp_path: Path) -> None:
    _, one_line = read_text(tmp_path, '[{"id": "a", "type": "book", "title": "A", "DOI": "1"}]')
    _, indented = read(tmp_path, item(), item(id="b", DOI="1"))

    assert [str(problem.place) for problem in one_line] == ["content/references.json:1:51"]
    assert [str(problem.place) for problem in indented] == ["content/references.json:12:10"]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_of_other_systems(tmp_path: Path, ends: str) -> None:
    text = json.dumps([item(note="PMID: 123\r\nPMCID: PMC1")], indent=1).replace("\n", ends)
    (tmp_path / "references.json").write_bytes(text.encode())
    problems: list[Problem] = []
    found = read_bibliography(tmp_path, problems).references["li-2022"]

    assert (problems, found.pmid, found.pmcid) == ([], "123", "PMC1")
