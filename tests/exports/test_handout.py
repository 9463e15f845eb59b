"""The handout's solver: one page or advice, the largest type that fits, never below a floor."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atlas_print.atlas import Atlas, Export
from atlas_print.exports import handout
from atlas_print.exports.handout_ladder import ladder
from atlas_print.exports.handout_limits import Overflow, advice
from atlas_print.exports.values import ExportError, Made
from atlas_print.handout_content import findings
from atlas_print.pdf.engine import typeset
from atlas_print.pipeline.plan import Task
from atlas_print.profiles import HANDOUT, HANDOUT_PAPERS
from atlas_print.prove.verdicts import Outcome
from tests.exports import stress
from tests.making import LABELS, ROOT, TODAY, atlas_of, judged, make
from tests.pdf.invariants import faults
from tests.prove.press import SAMPLE
from tests.validators import page, verapdf

pytestmark = pytest.mark.xdist_group("handout")

NOTE = re.compile(
    r"(?P<body>[\d.]+) pt, .* in (?P<form>full|short) form(?:, run in,)? at (?P<small>[\d.]+) pt in .*, "
    r"(?P<full>\d+)% full; \d+ words above the references, \d+ seconds at 240 words a minute"
)
LAYOUTS = 4
"""Pages laid out for one handout at most; one where everything fits at once."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose one topic each test writes anew."""
    folder = tmp_path_factory.mktemp("handout")
    stress.write(folder)
    for file in (folder / "content" / "topics").glob("*.md"):
        file.unlink()
    return folder


def atlas_with(project: Path, references: int, key_words: Sequence[int], title: str = "Tired legs") -> Atlas:
    """A topic with so many references, and a graded section for each number of words in its key sentence."""
    cited = "; ".join(f"@ref-{number}" for number in range(1, references + 1))
    sections = [
        f"## Finding {number} {{strength=low audit=emerging basis=trials}}\n\n[{stress.words(count)}]{{.key}}\n\nMore."
        for number, count in enumerate(key_words, start=1)
    ]
    body = "\n\n".join([*sections, "## What we don't know {.unknowns}\n\n- Who recovers, and when."])
    text = stress.topic(title, body)
    if cited:
        text = text.replace("\nlede:", "\nnocite: '" + cited.replace(";", ",") + "'\nlede:", 1)
    (project / "content" / "topics" / "legs.md").write_text(text, "utf-8")
    return atlas_of(project)


def made(atlas: Atlas, project: Path, paper: str = "A4", sides: str = "1") -> Made:
    return make(atlas, project, Task("", Export("handout", "handout", {"paper": paper, "sides": sides}), "legs"))


def made_or_advised(atlas: Atlas, project: Path, paper: str = "A4") -> Made | ExportError:
    try:
        return made(atlas, project, paper)
    except ExportError as error:
        return error


def body_size(result: Made) -> float:
    found = NOTE.fullmatch(result.note or "")
    assert found is not None, result.note
    return float(found["body"])


@given(st.integers(0, 60), st.floats(9.5, 11), st.floats(7.5, 9))
def test_the_ladder_goes_down_and_never_below_a_floor(references: int, body: float, small: float) -> None:
    floors = replace(HANDOUT, body_floor=body, references_floor=small)
    steps = [step for part in ladder(floors, references) for step in part]
    assert [step.body for step in steps] == sorted((step.body for step in steps), reverse=True)
    assert [step.references for step in steps] == sorted((step.references for step in steps), reverse=True)
    assert min(step.body for step in steps) == pytest.approx(body, abs=0.001)
    assert min(step.references for step in steps) == pytest.approx(small, abs=0.001)
    # 3 mm at 9 pt, in proportion.
    assert min(step.references_leading for step in steps) >= 3 / 25.4 * 72 / 9


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    references=st.integers(0, 60),
    key_words=st.lists(st.integers(5, 60), min_size=1, max_size=12),
    title=st.integers(4, 140).map(lambda length: ("Legs that stay tired after a walk " * 5)[:length].strip()),
    paper=st.sampled_from(list(HANDOUT_PAPERS)),
)
def test_a_handout_is_one_page_or_advice(
    project: Path, references: int, key_words: list[int], title: str, paper: str
) -> None:
    atlas = atlas_with(project, references, key_words, title)
    result = made_or_advised(atlas, project, paper)
    if isinstance(result, ExportError):
        assert "doesn't fit on one " in result.what
        assert re.search(r"one of these is enough: about \d+ |no cut in one place is enough", result.help)
        return
    verdicts = judged(result.data, "handout", atlas, atlas.topic("legs"), TODAY, {"paper": paper}, labels=LABELS)
    assert [verdict for verdict in verdicts if verdict.outcome is Outcome.BROKEN] == []
    found = NOTE.fullmatch(result.note or "")
    assert found is not None
    # Where a third of the page is left, the type is as large as it may be.
    assert float(found["full"]) > 66 or float(found["body"]) == HANDOUT.body_preferred


@pytest.mark.one_in(2)
def test_one_reference_more_never_makes_the_type_larger(project: Path) -> None:
    sizes = []
    for references in (0, 2, 3, 16, 26, 34, 44):
        sizes.append(body_size(made(atlas_with(project, references, [20] * 5), project)))
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == HANDOUT.body_preferred
    assert sizes[-1] == HANDOUT.body_floor


@pytest.mark.parametrize(("references", "key_words"), [(0, [10]), (12, [30] * 6), (40, [30] * 6)])
def test_few_layouts_are_enough(
    project: Path, references: int, key_words: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    count = 0

    def counted(*arguments: Any) -> Any:
        nonlocal count
        count += 1
        return typeset(*arguments)

    monkeypatch.setattr(handout, "typeset", counted)
    made(atlas_with(project, references, key_words), project)
    assert count <= (1 if references == 0 else LAYOUTS)


@pytest.mark.one_in(2)
def test_advice_is_enough(project: Path) -> None:
    with pytest.raises(ExportError) as error:
        made(atlas_with(project, 60, [30] * 9), project)
    found = re.search(r"about (\d+) references fewer \((\d+) fit\)", error.value.help)
    assert found is not None
    fewer, fit = map(int, found.groups())
    assert fewer + fit == 60
    # Entries differ in length, so a few more or less may fit.
    made(atlas_with(project, fit - 3, [30] * 9), project)
    with pytest.raises(ExportError):
        made(atlas_with(project, fit + 6, [30] * 9), project)


def test_the_longest_key_sentences_are_named(project: Path) -> None:
    with pytest.raises(ExportError) as error:
        made(atlas_with(project, 50, [30, 60, 30, 50, 40, 30, 55, 20, 20, 20, 20, 20]), project)
    assert "'Finding 2' has 60, 'Finding 7' has 55, 'Finding 4' has 50" in error.value.help


@pytest.mark.one_in(3)
def test_footnotes_are_a_part_that_can_be_cut(project: Path) -> None:
    def noted(words: int) -> Atlas:
        atlas_with(project, 40, [30] * 5)
        file = project / "content" / "topics" / "legs.md"
        text = file.read_text("utf-8").replace("{.key}", f"{{.key}}^[{stress.words(words)}]", 1)
        file.write_text(text.replace("- Who recovers,", f"- Who recovers^[{stress.words(words)}],"), "utf-8")
        return atlas_of(project)

    with pytest.raises(ExportError) as error:
        made(noted(400), project)
    found = re.search(r"about (\d+) words fewer in footnotes", error.value.help)
    assert found is not None, error.value.help
    made(noted(400 - int(found[1]) // 2 - 40), project)


@pytest.mark.one_in(2)
def test_floors_that_a_project_raised_are_kept(project: Path) -> None:
    atlas = atlas_with(project, 44, [20] * 5)
    assert body_size(made(atlas, project)) == HANDOUT.body_floor
    raised = replace(atlas, handout=replace(HANDOUT, body_floor=10.5))
    result = made_or_advised(raised, project)
    assert "even at 10.5 pt" in result.what if isinstance(result, ExportError) else body_size(result) >= 10.5


def test_a_page_for_either_paper_conforms(tmp_path: Path, is_long: bool) -> None:
    atlas = atlas_of(ROOT)
    files = []
    settings = {"paper": "both"}
    for topic in atlas.topics if is_long else atlas.topics[:2]:
        file = tmp_path / f"{topic.slug}.pdf"
        file.write_bytes(make(atlas, ROOT, Task("", Export("x", "handout", settings), topic.slug)).data)
        verdicts = judged(file.read_bytes(), "handout", atlas, topic, TODAY, settings, labels=LABELS)
        assert [verdict for verdict in verdicts if verdict.outcome is Outcome.BROKEN] == []
        assert faults(file) == []
        files.append(file)
    for flavour in ("ua1", "2a"):
        for validate in (verapdf.validate, page.validate):
            found = validate(files, flavour)
            assert {file.name: messages for file, messages in found.items() if messages} == {}


def test_counts_in_advice_are_plural_or_not_and_never_less_than_nothing() -> None:
    topic = atlas_of(SAMPLE).topic("tired-legs")
    one, three = (replace(topic, references=topic.references[:1] * count) for count in (1, 3))
    page = Overflow("one A4 page", "9.5 pt", 1.0, findings=100.0, whole=0.0, notes=0.0, references=1.5, export="x")

    what, help_ = advice(one, "en", findings(topic), [], [], page)
    assert what.endswith(" and 1 reference")
    # To cut the only reference would be no list.
    assert "reference" not in help_

    _, help_ = advice(three, "en", findings(topic), [], [], replace(page, over=0.5))
    assert "about 1 reference fewer (2 fit)" in help_


def test_words_of_languages_without_spaces_are_counted_in_characters() -> None:
    topic = atlas_of(SAMPLE).topic("tired-legs")
    page = Overflow("one A4 page", "9.5 pt", 50.0, findings=100.0, whole=0.0, notes=0.0, references=0.0, export="x")
    counts = [advice(topic, language, findings(topic), [], [], page)[1] for language in ("en", "ja", "zh-Hant")]
    assert [re.findall(r"\d+ (\w+) fewer", help_) for help_ in counts] == [["words"], ["characters"], ["characters"]]
