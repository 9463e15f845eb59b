"""What `atlas-print verify` says of good files and broken ones, for people, scripts and code hosts."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from atlas_print.pipeline.formats import PROMISES
from tests.pipeline.verifying import BOOK, spoilt, ungraded, verified, verify
from tests.prove.press import repacked

IDS = [f"P{number}" for number in range(1, 9)]


@pytest.fixture
def bad(good: Path, tmp_path: Path) -> Path:
    """The output folder with a word of the disclaimer gone from one book."""
    return spoilt(good, tmp_path, BOOK, lambda data: repacked(data, ("not medical advice", "medical advice")))


def test_good_files_exit_with_0_and_nothing_to_mend(good: Path) -> None:
    done = verify(good)
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "Every promise that was read is kept." in done.stdout


def test_text_names_the_promise_on_stdout_and_the_fault_on_stderr(bad: Path) -> None:
    done = verify(bad)
    assert done.exit_code == 1
    assert f"{bad / BOOK}\n  P1 disclaimer: broken in 1 place. The promise: {PROMISES['P1'][1]}" in done.stdout
    assert "Promises kept" in done.stdout, "the table is there on failure too"
    assert "kept." not in done.stdout
    assert "breaks the promise P1" in done.stderr
    assert "expected" in done.stderr
    assert "help:" in done.stderr


def test_what_does_not_apply_says_why(tmp_path: Path) -> None:
    project = ungraded(tmp_path)
    book = project / "output" / "deep-sleep" / "deep-sleep.epub"
    done = verify(project / "output", project=project)
    assert done.exit_code == 0, done.stderr
    assert f"{book}\n  P2 grades: not applicable: no section is graded." in done.stdout
    files = {file["path"]: file for file in verified(project / "output", project=project)["files"]}
    outcomes = {promise["id"]: (promise["outcome"], promise["reason"]) for promise in files[str(book)]["promises"]}
    assert outcomes["P1"] == ("kept", None)
    assert outcomes["P2"] == ("not applicable", "no section is graded")


def test_json_has_each_promise_of_each_file_with_every_finding(bad: Path) -> None:
    files = {file["path"]: file for file in verified(bad)["files"]}
    assert len(files) == 7
    broken = files[str(bad / BOOK)]
    assert (broken["topic"], broken["export"], broken["problems"]) == ("tired-legs", "epub", [])
    assert broken["sha256"] == hashlib.sha256((bad / BOOK).read_bytes()).hexdigest()
    assert [promise["id"] for promise in broken["promises"]] == IDS
    (finding,) = broken["promises"][0]["findings"]
    assert set(finding) == {"where", "expected", "found", "help", "source"}
    assert "not medical advice" in finding["expected"]
    assert "not medical advice" not in finding["found"]


def test_json_lists_what_no_promise_tells(bad: Path) -> None:
    (bad / "stray.pdf").write_text("no PDF")
    (bad / "deep-sleep" / "deep-sleep.epub").unlink()
    rules = {file["path"]: [it["rule"] for it in file["problems"]] for file in verified(bad)["files"]}
    assert rules[str(bad / "stray.pdf")] == ["unknown-file"]
    assert rules[str(bad / "deep-sleep" / "deep-sleep.epub")] == ["missing-file"]


def test_sarif_has_a_rule_for_each_promise_and_a_result_for_each_finding(bad: Path) -> None:
    (bad / "a stray.pdf").write_text("no PDF")
    done = verify(bad, "--format", "sarif")
    assert done.exit_code == 1
    log = json.loads(done.stdout)
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"]["rules"]}
    assert set(IDS) < set(rules)
    assert all(rule["name"] and rule["fullDescription"]["text"] for rule in rules.values())
    assert {result["ruleId"] for result in run["results"]} <= set(rules)
    found = [_place(result) for result in run["results"]]
    count = sum(len(promise["findings"]) for file in verified(bad)["files"] for promise in file["promises"])
    assert len(found) == count + 1
    assert ("P1", "content/atlas.yaml") in found
    assert ("unknown-file", (bad / "a stray.pdf").as_uri()) in found
    assert "%20" in found[-1][1]


def _place(result: dict[str, Any]) -> tuple[str, str]:
    """The rule of a result and its file; a result that lacks a part of SARIF's shape fails."""
    assert result["level"] == "error"
    assert result["message"]["text"]
    (location,) = result["locations"]
    return result["ruleId"], location["physicalLocation"]["artifactLocation"]["uri"]


def test_sarif_of_good_files_has_no_results(good: Path) -> None:
    done = verify(good, "--format", "sarif")
    assert done.exit_code == 0
    assert json.loads(done.stdout)["runs"][0]["results"] == []


def test_every_promise_is_said_in_words(good: Path) -> None:
    titles = {promise["id"]: promise["title"] for file in verified(good)["files"] for promise in file["promises"]}
    assert titles == {id_: title for id_, (title, _) in PROMISES.items()}
