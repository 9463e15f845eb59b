"""`verify` and `build` fail where the exports of a topic disagree, though each keeps its promises."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from atlas_print.atlas import Atlas
from atlas_print.cli import main
from atlas_print.inlines import Text
from atlas_print.pipeline.comparison import differences, parities
from atlas_print.pipeline.plan import Task
from atlas_print.pipeline.result import Result
from atlas_print.problems import Place
from atlas_print.prove import prove
from tests.making import LABELS, ROOT, TODAY
from tests.pipeline.verifying import BOOK, spoilt, verified, verify
from tests.prove import press
from tests.prove.press import SAMPLE, SLUG, atlas, changed, repacked, topic


def less(data: bytes) -> bytes:
    """A book without one of its links."""
    return repacked(data, ('<a href="https://rest.example/topics/deep-sleep/">Deep sleep</a>', "Deep sleep"))


@pytest.fixture
def bad(good: Path, tmp_path: Path) -> Path:
    return spoilt(good, tmp_path, BOOK, less)


def test_text_has_a_table_for_each_topic(good: Path) -> None:
    lines = [line.split() for line in verify(good).stdout.splitlines()]
    assert ["tired-legs", "large-print", "handout", "epub", "epub,", "all", "topics"] in lines
    assert sum(line[:1] == ["references"] for line in lines) == 2
    assert "The exports of each topic have the same, in the same order." in verify(good).stdout


def test_a_difference_exits_with_1_and_says_where(bad: Path) -> None:
    done = verify(bad)
    assert done.exit_code == 1
    assert f"{bad / BOOK}: the exports of tired-legs differ in links:" in done.stderr
    assert "topics/deep-sleep/" in done.stderr
    assert "13 of 14, differs" in done.stdout
    assert "have the same" not in done.stdout


def test_json_and_sarif_tell_it(bad: Path) -> None:
    sleep, legs = verified(bad)["parity"]
    assert (sleep["topic"], sleep["same"], legs["same"]) == ("deep-sleep", True, False)
    (links,) = (row for row in legs["rows"] if row["kind"] == "links")
    has = {cell["export"]: (cell["has"], len(cell["findings"])) for cell in links["exports"]}
    assert has["epub"] == ("13 of 14, differs", 1)
    assert has["large-print"] == ("14 of 14, same order", 0)
    results = json.loads(verify(bad, "--format", "sarif").stdout)["runs"][0]["results"]
    assert "parity" in [result["ruleId"] for result in results]


def proven(file: str, source: Atlas) -> Result:
    """A large print of a source, held against that very source."""
    data = press.printed("large-print", source)
    export = next(export for export in source.exports if export.kind == "large-print")
    proof = prove(data, export.kind, source, source.topic(SLUG), TODAY, labels=LABELS)
    return Result(Task(file, export, SLUG), file, Place(file), data, proof=proof)


def test_two_large_prints_that_disagree_though_each_keeps_its_promises() -> None:
    first, *others = topic().sections
    other = changed(atlas(), replace(topic(), sections=(replace(first, heading=(Text("Start"),)), *others)))
    results = [proven("a.pdf", atlas()), proven("b.pdf", other)]
    assert not any(verdict.findings for result in results for verdict in result.verdicts)
    (problem,) = differences(parities(atlas(), results), results)
    assert "“Start” (level 2)" in problem.what
    assert parities(atlas(), results)[SLUG].exports == ("a.pdf", "b.pdf")


def test_a_build_publishes_no_topic_whose_exports_disagree(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(SAMPLE, project)
    layout = (ROOT / "layouts" / "epub" / "topic.xhtml").read_text("utf-8")
    assert layout.count("{{ parts.lede(topic, page) }}") == 1
    link = '<p><a href="{{ atlas.address(topic) }}">{{ topic.title }}</a></p>'
    own = layout.replace("{{ parts.lede(topic, page) }}", "{{ parts.lede(topic, page) }}" + link)
    (project / "layouts" / "epub").mkdir(parents=True)
    (project / "layouts" / "epub" / "topic.xhtml").write_text(own, "utf-8")
    done = CliRunner().invoke(main, ["build", "deep-sleep", "--project", str(project)])
    assert done.exit_code == 1
    assert "the exports of deep-sleep differ in links:" in done.stderr
    assert "Nothing was published" in done.stderr
    assert not (project / "output").exists()
