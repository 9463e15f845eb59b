"""report.html: the account of an output folder, in one page that needs nothing beside it."""

import base64
import hashlib
import json
import re
import shutil
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result
from lxml import html
from PIL import Image

from atlas_print.cli import main
from atlas_print.pipeline.formats import PROMISES
from atlas_print.pipeline.pictures import WIDTH, picture
from tests.making import LABELS
from tests.pipeline.verifying import BOOK, spoilt, ungraded, verify
from tests.prove import press
from tests.prove.press import SAMPLE, repacked
from tests.validators import axe

# One worker builds for all of them.
pytestmark = pytest.mark.xdist_group("account")

SLEEP = "deep-sleep/deep-sleep.epub"
HANDOUT = "tired-legs/tired-legs-handout.pdf"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


@pytest.fixture
def bad(good: Path, tmp_path: Path) -> Path:
    """A folder with a broken file, a missing one, one that can't be read and one that is unknown."""
    output = spoilt(good, tmp_path, BOOK, lambda data: repacked(data, ("not medical advice", "medical advice")))
    (output / SLEEP).unlink()
    (output / HANDOUT).write_bytes(b"%PDF-1.7 and no more")
    (output / "a stray.pdf").write_text("no PDF")
    verify(output)
    return output


def page(output: Path) -> html.HtmlElement:
    return html.fromstring((output / "report.html").read_bytes())


def words(node: html.HtmlElement) -> str:
    return " ".join(node.text_content().split())


def told(output: Path, path: str) -> str:
    """What the page says of one file."""
    return words(page(output).get_element_by_id(path.replace("/", "-")).getparent())


def test_a_build_publishes_it_with_its_sum_in_the_manifest(built: Path) -> None:
    data = (built / "output" / "report.html").read_bytes()
    manifest = json.loads((built / "output" / "manifest.json").read_text("utf-8"))
    assert manifest["report"] == {
        "path": "report.html",
        "sha256": hashlib.sha256(data).hexdigest(),
        "bytes": len(data),
    }
    assert "report.html" not in manifest["files"]


def test_verify_of_the_same_files_leaves_the_same_bytes(built: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(built, tmp_path / "project"))
    names = ("report.html", "manifest.json")
    before = [(project / "output" / name).read_bytes() for name in names]
    done = run("verify", "--project", str(project))
    assert done.exit_code == 0, done.stderr
    assert [(project / "output" / name).read_bytes() for name in names] == before
    assert not list((project / "output").glob(".*"))


def test_it_needs_nothing_beside_it(built: Path) -> None:
    tree = page(built / "output")
    assert tree.xpath("//script|//link|//iframe|//object|//@onload|//@onclick") == []
    pictures = tree.xpath("//img")
    assert len(pictures) == 7
    assert all(it.get("src").startswith("data:image/png;base64,") and it.get("alt") for it in pictures)
    (style,) = tree.xpath("//style/text()")
    assert not re.search(r"@import|url\(", style)


def assert_linked(output: Path, count: int) -> None:
    """Every link of the page leads somewhere, and so many to files."""
    tree = page(output)
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    addresses = tree.xpath("//a/@href")
    inside = {address[1:] for address in addresses if address.startswith("#")}
    assert inside == set(ids)
    files = {address for address in addresses if not re.match("#|https:", address)}
    assert len(files) == count
    assert all((output / unquote(address)).is_file() for address in files)


def test_every_link_leads_somewhere(built: Path, bad: Path) -> None:
    assert_linked(built / "output", 7)
    assert_linked(bad, 6)


def test_it_tells_what_was_proven_of_each_file(built: Path) -> None:
    output = built / "output"
    tree = page(output)
    assert words(tree.find(".//section")).startswith("In short All 7 files keep every promise. The exports of each of")
    assert all(
        f"{id_} {title} {text}".replace(" ", "") in words(tree).replace(" ", "")
        for id_, (title, text) in PROMISES.items()
    )
    large = "tired-legs/tired-legs-large-print.pdf"
    said = told(output, large)
    assert hashlib.sha256((output / large).read_bytes()).hexdigest() in said
    assert "P1 disclaimer: kept. Read: the 27 words of the disclaimer." in said
    assert "P2 grades: kept. Read: 2 grades, and the 7 levels of the scale with their meanings." in said
    assert "P3 references: kept. Read: 8 references, and 11 links from there to the works." in said
    assert "P4 citations: kept. Read: 16 citations" in said
    assert "P7 dates: kept. Read: the last review (1 October 2026) and the day of making." in said
    assert "the smallest text 18 pt." in said
    (alt,) = tree.get_element_by_id(large.replace("/", "-")).getparent().xpath(".//img/@alt")
    assert re.fullmatch(r"The first of \d+ pages, with the heading “Tired legs”.", alt)
    assert "P8 access: kept. Read: navigation, page list" in told(output, BOOK)
    assert "Read: 3 grades" in told(output, "atlas.epub")


def test_it_holds_the_exports_side_by_side(built: Path) -> None:
    (table,) = page(built / "output").get_element_by_id("tired-legs").getparent().xpath(".//table")
    rows = [[words(cell) for cell in row] for row in table.iter("tr")]
    assert rows[0] == ["What each has", "large-print", "handout", "epub", "epub, all topics"]
    assert rows[3] == ["references", *["8 of 8, same order"] * 4]
    assert rows[4][2].endswith("of 16, by design")


def test_it_shows_what_is_wrong(bad: Path) -> None:
    tree = page(bad)
    assert tree.findtext(".//title") == "Broken: What was proven: Rest Atlas"
    summary = words(tree.find(".//section"))
    assert "3 files of 7 are not as promised." in summary
    assert f"{BOOK}: broken: P1, P5" in summary
    assert f"{SLEEP}: missing" in summary
    assert f"{HANDOUT}: can’t be read" in summary
    assert "a stray.pdf: no topic and export of this atlas makes it." in summary
    assert str(bad) not in words(tree), "a report says the same wherever the folder lies"
    said = told(bad, BOOK)
    assert "P1 disclaimer: broken in 1 place." in said
    assert re.search(r"Where: EPUB/.*Expected: the disclaimer.*not medical advice.*Found: .*To do: print", said)
    assert "P3 references: kept." in said
    assert "To do: run `atlas-print build`." in told(bad, SLEEP)
    assert told(bad, HANDOUT).count("no promise could be judged:") == 1


def test_it_shows_where_exports_disagree(good: Path, tmp_path: Path) -> None:
    link = '<a href="https://rest.example/topics/deep-sleep/">Deep sleep</a>'
    output = spoilt(good, tmp_path, BOOK, lambda data: repacked(data, (link, "Deep sleep")))
    verify(output)
    assert "The exports of 1 topic do not say the same: Tired legs" in words(page(output).find(".//section"))
    section = words(page(output).get_element_by_id("tired-legs").getparent())
    assert "the exports of tired-legs differ in links:" in section
    assert "13 of 14, differs" in section


def test_it_says_why_a_promise_does_not_apply(tmp_path: Path) -> None:
    project = ungraded(tmp_path)
    verify(project / "output", project=project)
    said = told(project / "output", SLEEP)
    assert "P2 grades: not applicable: no section is graded." in said
    assert said.startswith("epub: all 7 kept")


def test_a_build_of_one_topic_says_what_it_did_not_read(tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(SAMPLE, project)
    assert run("build", "deep-sleep", "--export", "epub", "--project", str(project)).exit_code == 0
    summary = words(page(project / "output").find(".//section"))
    assert "All 2 files keep every promise." in summary
    assert "5 files were not read this time; the table says when each was proven. atlas-print verify reads" in summary
    assert_linked(project / "output", 2)
    assert sorted(json.loads((project / "output" / "manifest.json").read_text("utf-8"))["files"]) == [
        "atlas.epub",
        SLEEP,
    ]


def test_files_given_by_hand_change_no_report(bad: Path) -> None:
    before = (bad / "report.html").read_bytes()
    assert verify(bad, str(bad / BOOK)).exit_code == 1
    assert (bad / "report.html").read_bytes() == before


def test_a_broken_layout_of_the_report_is_a_problem(good: Path, tmp_path: Path) -> None:
    project = tmp_path / "project"
    shutil.copytree(SAMPLE, project)
    shutil.copytree(good, project / "output")
    (project / "layouts" / "report").mkdir(parents=True)
    (project / "layouts" / "report" / "report.html").write_text("{% if %}")
    done = run("verify", "--project", str(project))
    assert done.exit_code == 1
    assert done.stderr.startswith("layouts/report/report.html:1: ")


def test_axe_finds_nothing(built: Path, bad: Path) -> None:
    pages = [built / "output" / "report.html", bad / "report.html"]
    assert axe.check(pages) == {file: [] for file in pages}


@pytest.mark.parametrize("kind", press.KINDS)
def test_a_picture_of_each_kind_of_file(kind: str) -> None:
    head, _, data = picture(press.good(kind), kind).partition(",")
    assert head == "data:image/png;base64"
    drawn = Image.open(BytesIO(base64.b64decode(data)))
    assert drawn.width == WIDTH
    assert len(drawn.convert("RGB").getcolors() or ()) > 2, "a blank page shows nothing"


def test_no_picture_where_none_can_be_drawn() -> None:
    assert picture(b"%PDF-1.7 and no more", "large-print") == ""
    assert picture(b"PK and no more", "epub") == ""
    uncovered = repacked(press.good("epub"))
    assert picture(uncovered.replace(b"META-INF/container.xml", b"META-INF/container.xxx"), "epub") == ""


def test_words_of_the_report_are_none_that_an_export_may_say() -> None:
    assert not any("What was proven" in label or "promise" in label for label in LABELS)
