"""A promise with anything not told stops nothing and never counts as kept; one fault of several files is told once."""

import json
from pathlib import Path

import pytest
from lxml import html

from atlas_print.pipeline.account import account
from atlas_print.pipeline.faults import problems
from atlas_print.pipeline.formats import notes, results_json, results_sarif
from atlas_print.pipeline.plan import Task, plan
from atlas_print.pipeline.publish import publish
from atlas_print.pipeline.release import kept_line, last_line, release
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.sources import Origin, sources
from atlas_print.pipeline.tables import print_results
from atlas_print.problems import Place
from atlas_print.prove import Finding, Measure, Outcome, Proof, Verdict
from atlas_print.prove.reading.limits import NotTold
from tests.making import TODAY
from tests.prove.press import SAMPLE, atlas

LAYER = NotTold("page 3", "a layer that a reader may switch off", "P5")
SOURCE = Place("content/topics/tired-legs.md", 45, 1)


def told(task: Task, *verdicts: Verdict) -> Result:
    """A file of whose eight promises these fared in another way than kept."""
    others = {verdict.promise: verdict for verdict in verdicts}
    kept = [Verdict(f"P{number}", "promise", Outcome.KEPT) for number in range(1, 9)]
    proof = Proof(tuple(others.get(it.promise, it) for it in kept), Measure(None, 1, 1, 1, None))
    return Result(task, task.path, Place(f"content/topics/{task.slug}.md"), b"bytes", proof=proof)


@pytest.fixture
def tasks() -> list[Task]:
    return plan(atlas())


@pytest.fixture
def results(tasks: list[Task]) -> list[Result]:
    """Seven files, one of them with a promise that is not told."""
    unknown = Verdict("P5", "words", Outcome.NOT_TOLD, not_told=(LAYER,))
    return [told(task, *((unknown,) if task.path.endswith("legs-large-print.pdf") else ())) for task in tasks]


def test_it_stops_no_file(tasks: list[Task], results: list[Result]) -> None:
    out = release(tasks, results, {})
    assert out.is_whole
    assert len(out.results) == 7
    assert problems(results, {}) == []


def test_the_last_line_says_what_is_open(tasks: list[Task], results: list[Result]) -> None:
    line = last_line(release(tasks, results, {}))
    assert line.startswith("Published 2 of 2 topics. No promise is broken.")
    assert "tired-legs/tired-legs-large-print.pdf: 7 of 8, 1 not told: P5 words: page 3: a layer that" in line
    assert "Every promise" not in kept_line(results)
    broken = release(tasks, [told(tasks[0], lost("nothing")), *results[1:]], {})
    assert last_line(broken) == (
        "Published 1 of 2 topics; deep-sleep stays as it was: it fails; atlas.epub stays as it was: deep-sleep holds "
        "it back. Not told: tired-legs/tired-legs-large-print.pdf: 7 of 8, 1 not told: P5 words: page 3: a layer that "
        "a reader may switch off."
    )


def test_the_closing_table_counts_it_apart(results: list[Result], capsys: pytest.CaptureFixture[str]) -> None:
    print_results(results)
    lines = capsys.readouterr().out.splitlines()
    (row,) = (line for line in lines if "not told" in line)
    assert row.startswith("tired-legs  large-print")
    assert row.endswith("7 of 8, 1 not told")
    assert sum("8 of 8" in line for line in lines) == 6


def test_the_manifest_says_what_it_is(tasks: list[Task], results: list[Result], tmp_path: Path) -> None:
    sums = sources(atlas(), SAMPLE)
    publish(tmp_path, results, "report", TODAY, {path: Origin(source, "") for path, source in sums.items()})
    entries = json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]
    entry = entries["tired-legs/tired-legs-large-print.pdf"]
    assert entry["kept"] == "7 of 8, 1 not told"
    assert entry["promises"]["P5"] == "not told"
    assert entry["not_told"] == [{"promise": "P5", "where": LAYER.where, "what": LAYER.what}]
    assert entries["atlas.epub"]["kept"] == "8 of 8"
    assert "not_told" not in entries["atlas.epub"]


def test_the_report_sends_an_editor_there(results: list[Result]) -> None:
    page: html.HtmlElement = html.fromstring(account(atlas(), SAMPLE, results, {}, sources(atlas(), SAMPLE), {}))
    said = " ".join(page.text_content().split())
    assert "No promise is broken, but 1 file of 7 has promises that are not told" in said
    assert "large-print: 7 of 8, 1 not told" in said
    assert "P5 words: not told." in said
    assert "Not told: page 3: a layer that a reader may switch off" in said
    assert not page.findtext(".//title", "").startswith("Broken")


def test_json_sarif_and_notes_tell_it(results: list[Result]) -> None:
    files = {file["path"]: file for file in json.loads(results_json(results, {}))["files"]}
    promise = files["tired-legs/tired-legs-large-print.pdf"]["promises"][4]
    assert promise["outcome"] == "not told"
    assert promise["not_told"] == [{"where": LAYER.where, "what": LAYER.what}]
    (entry,) = json.loads(results_sarif(results, {}))["runs"][0]["results"]
    assert (entry["ruleId"], entry["level"]) == ("P5", "note")
    (note,) = notes(results)
    assert "P5 words: not told: page 3: a layer that a reader may switch off." in note


def lost(found: str, source: Place | None = SOURCE) -> Verdict:
    finding = Finding("where it should be", "“tired”", found, "write it anew", source)
    return Verdict("P5", "words", Outcome.BROKEN, (finding,))


def test_a_fault_at_one_place_of_the_source_is_told_once(tasks: list[Task]) -> None:
    """Also by the book of all topics, and though each export shows something else there."""
    about = [task for task in tasks if task.slug in ("tired-legs", None)]
    results = [told(task, lost(f"something else in {task.export.name}")) for task in about]
    (problem,) = problems(results, {})
    assert problem.place == SOURCE
    names = "tired-legs-large-print.pdf, tired-legs/tired-legs-handout.pdf, tired-legs/tired-legs.epub and atlas.epub"
    assert problem.what.startswith(f"tired-legs/{names} break the promise P5 (words): where it should be: expected")
    (entry,) = json.loads(results_sarif(results, {}))["runs"][0]["results"]
    location = entry["locations"][0]["physicalLocation"]
    assert location == {"artifactLocation": {"uri": SOURCE.file}, "region": {"startLine": 45, "startColumn": 1}}
    assert len(entry["relatedLocations"]) == 3


def test_faults_without_a_place_stay_with_their_topic(tasks: list[Task]) -> None:
    results = [told(task, lost("nothing", None)) for task in tasks if task.slug is not None]
    places = [problem.place.file for problem in problems(results, {})]
    assert places == ["content/topics/deep-sleep.md", "content/topics/tired-legs.md"]


def test_two_places_of_one_file_are_two_faults(tasks: list[Task]) -> None:
    twice = lost("nothing", None)
    other = Finding("elsewhere", "“tired”", "nothing", "write it anew")
    verdict = Verdict("P5", "words", Outcome.BROKEN, (*twice.findings, other))
    assert len(problems([told(tasks[0], verdict)], {})) == 2


def test_problems_stand_in_the_order_of_the_source(tasks: list[Task]) -> None:
    late, early = lost("nothing", Place(SOURCE.file, 90, 1)), lost("nothing", Place(SOURCE.file, 9, 1))
    verdict = Verdict("P5", "words", Outcome.BROKEN, (*late.findings, *early.findings))
    assert [problem.place.line for problem in problems([told(tasks[3], verdict)], {})] == [9, 90]
