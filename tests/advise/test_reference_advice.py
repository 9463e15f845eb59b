"""Advice on bibliographies and pictures: each rule with what it speaks about, and with what it keeps silent on."""

import json
from pathlib import Path
from typing import Any

import pytest

from atlas_print.problems import Problem, Severity
from atlas_print.read.project import load
from tests.read.laying import TODAY, lay

ITEM = {"type": "article-journal", "title": "Slow air", "issued": {"date-parts": [[2020]]}}
CITED = {**ITEM, "id": "cited", "DOI": "10.5555/x"}


def advised(project: Path, *records: dict[str, Any]) -> list[Problem]:
    """The advice on a bibliography of which the first record is cited."""
    (project / "content/references.bib").write_text("", "utf-8")
    path = project / "content/references.json"
    path.write_text(json.dumps([*json.loads(path.read_text("utf-8")), *records]), "utf-8")
    topic = project / "content/topics/slow-mornings.md"
    topic.write_text(topic.read_text("utf-8") + f"\n\nA claim.[@{records[0]['id']}]\n", "utf-8")
    atlas, problems = load(project, TODAY, advised=True)
    assert atlas is not None, problems
    found = [problem for problem in problems if "topics" not in problem.place.file]
    assert all(problem.severity is Severity.ADVICE for problem in found)
    return found


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"DOI": None}, "no-identifier"),
        ({"DOI": None, "PMID": "1"}, None),
        ({"DOI": None, "URL": "https://x.example/"}, None),
        ({"DOI": None, "type": "book", "ISBN": "978-0-306-40615-7"}, None),
        ({"DOI": None, "note": "PMCID: PMC1"}, None),
        ({"issued": None}, "no-year"),
        ({"issued": {"literal": "n.d."}}, "no-year"),
        ({"issued": {"literal": "in press"}}, None),
        ({"issued": None, "type": "webpage", "accessed": {"date-parts": [[2024]]}}, None),
        ({"title": "RETRACTED: Slow air"}, "retracted"),
        ({"title": "RETRACTED ARTICLE: Slow air"}, "retracted"),
        ({"title": "<b>Retracted</b>: Slow air"}, "retracted"),
        ({"title": "[Retracted] Slow air"}, "retracted"),
        ({"title": "Slow air (Retracted article. See vol 3)"}, "retracted"),
        ({"title": "Retraction: Slow air"}, "retracted"),
        ({"title": "Retraction notice to “Slow air”"}, "retracted"),
        ({"title": "Notice of Retraction: Slow air"}, "retracted"),
        ({"title": "WITHDRAWN: Slow air"}, "retracted"),
        ({"title": "Expression of concern: Slow air"}, "retracted"),
        ({"title": "Retraction of the tongue in sleep"}, None),
        ({"title": "Withdrawal of drugs"}, None),
        ({"title": "Why papers are retracted: a review"}, None),
        ({"title": "Social concern: an expression"}, None),
    ],
)
def test_a_record_that_is_cited(tmp_path: Path, fields: dict[str, Any], rule: str | None) -> None:
    record = {key: value for key, value in {**CITED, **fields}.items() if value is not None}

    assert [problem.rule for problem in advised(lay(tmp_path), record)] == ([rule] if rule else [])


def test_two_records_of_one_doi(tmp_path: Path) -> None:
    found = advised(lay(tmp_path), CITED, {**CITED, "id": "again", "DOI": "https://doi.org/10.5555/X"})

    assert [problem.rule for problem in found] == ["never-cited", "same-doi"]
    assert "reference 'again' has the DOI of reference 'cited', 10.5555/X" in [problem.what for problem in found]


def test_records_never_cited_are_one_line(tmp_path: Path) -> None:
    others = [{**ITEM, "id": f"r{number}"} for number in range(8)]
    found = advised(lay(tmp_path), CITED, *others)

    assert [problem.what for problem in found] == ["8 references are never cited: 'r0', 'r1', 'r2', 'r3', 'r4', ..."]


def test_one_record_never_cited(tmp_path: Path) -> None:
    found = advised(lay(tmp_path), CITED, {**ITEM, "id": "r1"})

    assert [(problem.what, problem.help) for problem in found] == [
        ("the reference 'r1' is never cited", "nothing prints it; delete it, or list it with `nocite`")
    ]


def test_a_figure_that_no_topic_shows(tmp_path: Path) -> None:
    project = lay(tmp_path)
    (project / "content/figures/old.svg").write_text("<svg/>", "utf-8")
    (project / "content/figures/.hidden.svg").write_text("<svg/>", "utf-8")
    (project / "content/figures/data.csv").write_text("a,b", "utf-8")

    assert [str(problem.place) for problem in advised(project, CITED)] == ["content/figures/old.svg"]
