"""A handout on both sides of a sheet: never below the preferred sizes, and what matters on the front."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from atlas_print.atlas import Atlas, Export
from atlas_print.exports.values import ExportError, Made
from atlas_print.pipeline.plan import Task
from atlas_print.prove.verdicts import Finding, Outcome
from tests.exports import stress
from tests.making import LABELS, ROOT, TODAY, atlas_of, judged, make
from tests.pdf.invariants import faults
from tests.prove.press import SAMPLE, SLUG, assert_broken, relaid, rewritten
from tests.prove.press import atlas as sample
from tests.validators import page, verapdf

pytestmark = pytest.mark.xdist_group("handout")


def set_to(atlas: Atlas, sides: str) -> Atlas:
    """The atlas with nothing but a handout of so many sides."""
    return replace(atlas, exports=(Export("handout", "handout", {"sides": sides}), *atlas.exports))


def made(atlas: Atlas, project: Path, slug: str, sides: str) -> Made:
    return make(atlas, project, Task("", set_to(atlas, sides).exports[0], slug))


def broken(data: bytes, atlas: Atlas, slug: str, sides: str) -> dict[str, list[Finding]]:
    verdicts = judged(data, "handout", atlas, atlas.topic(slug), TODAY, {"sides": sides}, labels=LABELS)
    return {verdict.promise: list(verdict.findings) for verdict in verdicts if verdict.outcome is Outcome.BROKEN}


def texts(data: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(data)).pages]


@pytest.fixture(scope="module")
def stressed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sides")
    stress.write(folder)
    for file in (folder / "content" / "topics").glob("*.md"):
        file.unlink()
    return folder


def with_findings(project: Path, *words: int, references: int = 40) -> Atlas:
    """An atlas of one topic with so many references, and words in each key sentence."""
    cited = ", ".join(f"@ref-{number}" for number in range(1, references + 1))
    sections = [
        f"## Finding {number} {{strength=low audit=emerging basis=trials}}\n\n[{stress.words(count)}]{{.key}}"
        for number, count in enumerate(words, start=1)
    ]
    text = stress.topic("Tired legs", "\n\n".join(sections)).replace("\nlede:", f"\nnocite: '{cited}'\nlede:", 1)
    (project / "content" / "topics" / "legs.md").write_text(text, "utf-8")
    return atlas_of(project)


def test_both_sides_conform_and_keep_all_promises(tmp_path: Path, is_long: bool) -> None:
    atlas = atlas_of(ROOT)
    files = []
    for topic in atlas.topics if is_long else atlas.topics[2:4]:
        done = made(atlas, ROOT, topic.slug, "as-needed")
        assert done.pages == 2
        assert "front" in (done.note or "")
        assert broken(done.data, atlas, topic.slug, "as-needed") == {}
        file = tmp_path / f"{topic.slug}.pdf"
        file.write_bytes(done.data)
        assert faults(file) == []
        front, back = texts(done.data)
        assert "References overleaf, and the scale of evidence" in front
        assert atlas.disclaimer.split(".")[0] in front
        assert "Page 2 of 2" in back
        assert (topic.short_title or topic.title) in back
        files.append(file)
    for flavour in ("ua1", "2a"):
        for validate in (verapdf.validate, page.validate):
            assert {file.name: told for file, told in validate(files, flavour).items() if told} == {}


def test_as_needed_is_one_page_where_that_is_enough() -> None:
    done = made(sample(), SAMPLE, SLUG, "as-needed")
    assert done.pages == 1
    assert (done.note or "").startswith("11 pt, ")
    two = made(sample(), SAMPLE, SLUG, "2")
    assert two.pages == 2
    assert broken(two.data, sample(), SLUG, "2") == {}
    # Beside the words of the source the front has those of its layout: labels, disclaimer, imprint.
    count = int((two.note or "").split("full; ")[1].split()[0])
    assert count < len(texts(two.data)[0].split()) < count + 100


def test_a_back_that_would_be_empty_is_not_made() -> None:
    topic = sample().topic(SLUG)
    bare = replace(topic, references=(), sections=(replace(topic.sections[0], grade=None, blocks=()),), notes=())
    atlas = replace(sample(), topics=(bare,))
    done = made(atlas, SAMPLE, SLUG, "2")
    assert done.pages == 1
    assert "overleaf" not in texts(done.data)[0]


@pytest.mark.one_in(2)
def test_the_help_of_a_full_page_names_both_sides_and_is_right(stressed: Path) -> None:
    atlas = with_findings(stressed, *[30] * 8, references=80)
    with pytest.raises(ExportError) as error:
        made(atlas, stressed, "legs", "1")
    assert error.value.help.startswith("write `sides: as-needed` at `handout` in the exports of atlas.yaml")
    assert error.value.help.endswith(
        "or write `without: [handout]` in the front matter: the topic is made without it then"
    )
    done = made(atlas, stressed, "legs", "as-needed")
    assert done.pages == 2
    assert broken(done.data, atlas, "legs", "as-needed") == {}


@pytest.mark.one_in(3)
def test_the_help_of_a_full_sheet_names_what_is_left(stressed: Path) -> None:
    atlas = with_findings(stressed, *[30] * 20)
    with pytest.raises(ExportError) as error:
        made(atlas, stressed, "legs", "1")
    assert "sides" not in error.value.help
    with pytest.raises(ExportError) as error:
        made(atlas, stressed, "legs", "as-needed")
    assert "doesn't fit on the front of its A4 sheet even at 11 pt" in error.value.what
    assert error.value.help.startswith("one of these is enough: about ")
    alone = replace(atlas, exports=set_to(atlas, "1").exports[:1])
    with pytest.raises(ExportError) as error:
        make(alone, stressed, Task("", alone.exports[0], "legs"))
    assert "without" not in error.value.help


def test_two_pages_where_one_is_promised_and_three_where_two_are() -> None:
    two = made(sample(), SAMPLE, SLUG, "2").data
    assert_broken(broken(two, sample(), SLUG, "1"), "P8", "expected one page; found 2 pages")
    three = rewritten(two, _with_blank_page)
    assert_broken(broken(three, sample(), SLUG, "2"), "P8", "at most two pages, one sheet", "found 3 pages")


def _with_blank_page(writer: PdfWriter) -> None:
    writer.add_blank_page()


@pytest.mark.parametrize(
    ("name", "edit", "shown"),
    [
        ("style.css", (".foot { ", ".foot { break-before: page; "), "“This atlas is made up"),
        ("style.css", (".whole { columns", ".whole { break-before: page; columns"), "“What we don"),
    ],
)
def test_what_matters_is_on_the_front(name: str, edit: tuple[str, str], shown: str) -> None:
    flat = {f"handout/{name}": [edit, ("break-before: page }", "}"), (".back { page: back;", ".back {")]}
    data = relaid("handout", flat, source=set_to(sample(), "2"))
    assert_broken(broken(data, sample(), SLUG, "2"), "P8", "nothing overleaf but references and the scale", shown)


@pytest.mark.parametrize(
    ("rule", "shown"),
    [(".disclaimer { font-size: 10.5pt }", "at least 11 pt"), (".scale { font-size: 8.5pt }", "9 pt")],
)
def test_sizes_below_the_preferred_ones(rule: str, shown: str) -> None:
    end = "img, svg { overflow: visible; max-width: 100% }"
    data = relaid("handout", {"handout/style.css": [(end, f"{end} {rule}")]}, source=set_to(sample(), "2"))
    assert_broken(broken(data, sample(), SLUG, "2"), "P8", shown)
