"""Topics are published one by one, and the books that hold them with them."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html

from atlas_print.cli import main
from tests.making import ROOT

pytestmark = pytest.mark.xdist_group("publishing")

SENTENCE, CORRECTED = "The first paragraph stands for its section.", "The first paragraph speaks for its section."


def build(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "--project", str(project), *arguments])


def last(done: Result) -> str:
    return done.output.strip().splitlines()[-1]


def files(project: Path) -> dict[str, bytes]:
    output = project / "output"
    return {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}


def changed(before: dict[str, bytes], project: Path) -> set[str]:
    now = files(project)
    return {path for path in before.keys() | now.keys() if before.get(path) != now.get(path)}


def manifest(project: Path) -> dict[str, Any]:
    entries: dict[str, Any] = json.loads((project / "output" / "manifest.json").read_text("utf-8"))["files"]
    return entries


def told(project: Path) -> str:
    """The words of the report."""
    page: html.HtmlElement = html.fromstring((project / "output" / "report.html").read_bytes())
    return " ".join(page.text_content().split())


def correct(project: Path) -> None:
    topic = project / "content" / "topics" / "tired-legs.md"
    text = topic.read_text("utf-8")
    assert SENTENCE in text
    topic.write_text(text.replace(SENTENCE, CORRECTED), "utf-8")


def lose_lede(project: Path, layout: str, slug: str) -> None:
    """A layout of the project's own that loses a sentence of one topic."""
    text = (ROOT / "layouts" / layout).read_text("utf-8")
    whole = "{{ parts.lede(topic, page) }}"
    assert text.count(whole) == 1
    own = project / "layouts" / layout
    own.parent.mkdir(parents=True)
    own.write_text(text.replace(whole, f'{{% if topic.slug != "{slug}" %}}{whole}{{% endif %}}'), "utf-8")


def test_a_topic_that_fails_keeps_its_old_files_and_the_others_go_out(project: Path) -> None:
    before, entries = files(project), manifest(project)
    correct(project)
    lose_lede(project, "epub/topic.xhtml", "deep-sleep")
    done = build(project)
    assert done.exit_code == 1
    assert "deep-sleep/deep-sleep.epub and atlas.epub break the promise P5 (words)" in done.stderr
    assert "help: " in done.stderr
    assert last(done) == (
        "Published 1 of 2 topics; deep-sleep stays as it was: it fails; atlas.epub stays as it was: deep-sleep holds "
        "it back."
    )
    renewed = {path for path in before if path.startswith("tired-legs/")}
    assert changed(before, project) == renewed | {"manifest.json", "report.html"}
    now = manifest(project)
    for path, entry in now.items():
        assert (entry == entries[path]) is (path not in renewed), path
    assert now["atlas.epub"]["proven"]["source"] == entries["atlas.epub"]["proven"]["source"]
    said = told(project)
    assert "Not all could be renewed." in said
    assert "deep-sleep stays as it was: it fails. atlas.epub stays as it was: deep-sleep holds it back." in said
    assert "proven on 22 November 2026, not read this time: 8 of 8 kept against an earlier source" in said


def test_a_topic_alone_renews_the_book_that_holds_it(project: Path, tmp_path: Path) -> None:
    before, entries = files(project), manifest(project)
    correct(project)
    done = build(project, "tired-legs")
    assert done.exit_code == 0, done.stderr
    assert last(done) == "Published 1 of 1 topic. Every promise that was read is kept."
    renewed = {path for path in before if path.startswith("tired-legs/")} | {"atlas.epub"}
    assert changed(before, project) == renewed | {"manifest.json", "report.html"}
    assert {path for path, entry in manifest(project).items() if entry != entries[path]} == renewed
    assert "proven on 22 November 2026, not read this time: 8 of 8 kept against this source" in told(project)
    again = build(project, "--output", str(tmp_path / "again"))
    assert again.exit_code == 0, again.stderr
    assert (tmp_path / "again" / "atlas.epub").read_bytes() == files(project)["atlas.epub"], "as if all were made"


def test_a_book_waits_for_a_topic_that_nobody_asked_for(project: Path) -> None:
    before = files(project)
    correct(project)
    lose_lede(project, "large-print/topic.html", "deep-sleep")
    done = build(project, "tired-legs")
    assert done.exit_code == 1
    assert "deep-sleep/deep-sleep-large-print.pdf breaks the promise P5 (words)" in done.stderr
    assert last(done) == "Published 1 of 1 topic; atlas.epub stays as it was: deep-sleep holds it back."
    renewed = {path for path in before if path.startswith("tired-legs/")}
    assert changed(before, project) == renewed | {"manifest.json", "report.html"}


def test_nothing_that_is_damaged_stands_for_an_edition(project: Path) -> None:
    """The large print of the other topic was spoilt: the book is held against a new one."""
    (project / "output" / "deep-sleep" / "deep-sleep-large-print.pdf").write_bytes(b"%PDF-1.7")
    done = build(project, "tired-legs", "--export", "epub")
    assert done.exit_code == 0, done.stderr
    assert "not read this time, and changed since it was proven" in told(project)


def test_where_every_topic_fails_nothing_is_touched(project: Path) -> None:
    before = files(project)
    lose_lede(project, "epub/topic.xhtml", "deep-sleep")
    done = build(project, "deep-sleep", "--export", "epub", "--json")
    assert done.exit_code == 1
    assert changed(before, project) == set()
    assert last(done) == (
        "Nothing was published: 0 of 1 topic; deep-sleep stays as it was: it fails; atlas.epub stays as it was: "
        "deep-sleep holds it back; the output folder is as it was."
    )
    told = json.loads(done.stdout)
    assert (told["published"], told["topics"], told["failed"]) == ([], ["deep-sleep"], ["deep-sleep"])
    assert told["held_back"] == {"atlas.epub": ["deep-sleep"]}


def test_a_book_that_fails_itself_says_so(project: Path) -> None:
    before = files(project)
    correct(project)
    lose_lede(project, "epub/topic.xhtml", "deep-sleep")
    layout = project / "layouts" / "epub" / "topic.xhtml"
    text = layout.read_text("utf-8")
    layout.write_text(text.replace('topic.slug != "deep-sleep"', "not page.chapters"), "utf-8")
    done = build(project, "--export", "epub")
    assert done.exit_code == 1
    assert last(done).startswith("Published 2 of 2 topics; atlas.epub stays as it was: it fails itself.")
    assert files(project)["atlas.epub"] == before["atlas.epub"]
