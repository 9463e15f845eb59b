"""Drawings in finished files: drawn as they are meant, said as they say it; small labels are told beforehand."""

import base64
import shutil
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from atlas_print.atlas import Atlas, Export
from atlas_print.pipeline.figures import small_labels
from atlas_print.pipeline.plan import Task
from atlas_print.prove.verdicts import Outcome
from atlas_print.read.project import load
from tests.drawings.plots import saved
from tests.making import LABELS, ROOT, TODAY, atlas_of, judged, make
from tests.pdf.invariants import faults
from tests.validators import epubcheck, page, verapdf

STARTER = ROOT / "src" / "atlas_print" / "starter"


def pixels() -> str:
    data = BytesIO()
    Image.radial_gradient("L").convert("RGB").save(data, "PNG")
    return base64.b64encode(data.getvalue()).decode()


KINDS = {
    "halo": '<text x="40" y="60" style="stroke: #fff; stroke-width: 5px; paint-order: stroke">76 against 86</text>',
    "gradients": '<linearGradient id="a"><stop stop-color="#1b5e9e"/><stop offset="1" stop-color="#c0392b"/>'
    '</linearGradient><rect width="100" height="40" fill="url(#a)"/><rect y="120" width="300" height="60"'
    ' stroke="url(#a)" fill="none" stroke-width="9"/><text x="40" y="90" fill="url(#a)">Again</text>',
    "letters": '<text x="40" y="60">CO₂ 10<tspan baseline-shift="super">−3</tspan> 76\u202f%</text>'
    '<text x="20" y="190" transform="rotate(-90 20 190)">Blood flow</text>'
    '<text><tspan x="60" y="100">Left</tspan><tspan x="60" y="140">heart</tspan></text>'
    '<text x="200" y="120" letter-spacing="6">Lungs</text>',
    "patterns": '<defs><pattern id="p" width="8" height="8" patternUnits="userSpaceOnUse"><path d="M0 0L8 8"'
    ' stroke="#000"/></pattern><filter id="b"><feGaussianBlur stdDeviation="4"/></filter></defs>'
    '<rect width="200" height="90" fill="url(#p)" stroke="#000"/><circle cx="300" cy="60" r="40" filter="url(#b)"/>'
    '<text x="20" y="150">Two</text>',
    "image": f'<image width="90" height="90" href="data:image/png;base64,{pixels()}"/><text x="120" y="60">Lit</text>',
    "parts": '<defs><text id="t">Lungs</text></defs><use href="#t" x="40" y="60"/><use href="#t" x="40" y="120"/>'
    '<svg x="200" y="20" width="200" height="100" viewBox="0 0 200 100"><text x="10" y="50">Heart</text></svg>'
    '<g style="display: none"><text>draft</text></g>',
    "blend": '<rect width="120" height="90" fill="#1b5e9e"/><g style="mix-blend-mode: multiply; isolation: isolate">'
    '<circle cx="120" cy="60" r="50" fill="#c0392b" opacity="0.7"/></g><text x="190" y="60">Both</text>',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STARTER, tmp_path / "project"))


def draw(project: Path, svg: str) -> Atlas:
    (project / "content" / "figures" / "timeline.svg").write_text(svg, "utf-8")
    return atlas_of(project)


def whole(inner: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 200" font-size="26">{inner}</svg>'


def made(project: Path, atlas: Atlas, folder: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    for theme, standard in (("light", "ua-1"), ("dark", "ua-1"), ("cream", "ua-2")):
        settings = {"theme": theme, "standard": standard}
        task = Task("", Export("x", "large-print", settings), atlas.topics[0].slug)
        file = folder / f"{theme}-{standard}.pdf"
        file.write_bytes(make(atlas, project, task).data)
        yield file, settings


@pytest.mark.one_in(2)
@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_drawing_conforms_and_says_what_it_shows(kind: str, project: Path, tmp_path: Path) -> None:
    atlas = draw(project, whole(KINDS[kind]))
    for file, settings in made(project, atlas, tmp_path):
        verdicts = judged(file.read_bytes(), "large-print", atlas, atlas.topics[0], TODAY, settings, labels=LABELS)
        assert [it for it in verdicts if it.outcome is Outcome.BROKEN] == []
        assert faults(file) == []
        for flavour in ("ua1", "2a") if settings["standard"] == "ua-1" else ("ua2", "wt1a"):
            assert verapdf.validate([file], flavour)[file] == []
        for flavour in ("ua1", "2a") if settings["standard"] == "ua-1" else ():
            assert page.validate([file], flavour)[file] == []
    book = tmp_path / "x.epub"
    book.write_bytes(make(atlas, project, Task("", Export("x", "epub", {}), atlas.topics[0].slug)).data)
    verdicts = judged(book.read_bytes(), "epub", atlas, atlas.topics[0], TODAY, {}, labels=LABELS)
    assert [it for it in verdicts if it.outcome is Outcome.BROKEN] == []
    assert epubcheck.check([book])[book] == []


def test_a_drawing_is_a_form_and_the_same_twice(project: Path) -> None:
    atlas = draw(project, whole(KINDS["gradients"]))
    task = Task("", Export("x", "large-print", {}), atlas.topics[0].slug)
    one, two = (make(atlas, project, task) for _ in range(2))
    assert one.data == two.data
    with pikepdf.open(BytesIO(one.data)) as pdf:
        held = [it for sheet in pdf.pages for it in sheet.obj.Resources.get("/XObject", {}).values()]
        assert "/Form" in {str(it.Subtype) for it in held}


@pytest.mark.filterwarnings("ignore")
def test_shapes_that_renderers_draw_in_ways_of_their_own_are_told(project: Path) -> None:
    atlas = draw(project, saved("matplotlib none hatch", 26))
    task = Task("", Export("x", "large-print", {}), atlas.topics[0].slug)
    note = make(atlas, project, task).note or ""
    assert "shapes as pixels" in note
    assert "timeline.svg" in note


@pytest.mark.filterwarnings("ignore")
def test_labels_that_come_out_too_small_are_told_and_the_advice_holds(project: Path) -> None:
    atlas = draw(project, saved("matplotlib none bars"))
    (problem,) = small_labels(atlas, project)
    assert problem.place.file == "content/figures/timeline.svg"
    assert problem.place.line > 1
    size = float(problem.help.partition("`font.size: ")[2].partition("`")[0])
    assert small_labels(draw(project, saved("matplotlib none bars", size)), project) == []
    assert small_labels(draw(project, saved("matplotlib none bars", size - 1)), project) != []


def test_a_tall_drawing_is_told_by_its_labels(project: Path) -> None:
    tall = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 {}" font-size="{}"><text y="99">Heart</text></svg>'
    assert small_labels(draw(project, tall.format(300, 18)), project) == []
    (problem,) = small_labels(draw(project, tall.format(600, 18)), project)
    size = float(problem.help.partition("at least ")[2].partition(" ")[0])
    assert small_labels(draw(project, tall.format(600, size)), project) == []


@pytest.mark.parametrize(
    ("rule", "svg"),
    [
        ("svg-script", whole("<script>x()</script><text y='60'>a</text>")),
        ("svg-moves", whole("<circle r='9'><animate/></circle><text y='60'>a</text>")),
        ("outlined-labels", (ROOT / "tests/drawings/saved/graphviz-cairo.svg").read_text("utf-8")),
    ],
)
def test_check_advises_on_what_an_author_would_not_see(rule: str, svg: str, project: Path) -> None:
    draw(project, svg)
    atlas, problems = load(project, TODAY, advised=True)
    assert atlas is not None
    assert rule in {problem.rule for problem in problems}
    assert rule not in {problem.rule for problem in load(project, TODAY)[1]}
