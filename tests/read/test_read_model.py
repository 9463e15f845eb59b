"""Good content: what the base project means, and what authors may write in more than one way.

base.golden.txt shows the base project as the model holds it. To renew it after a wanted change:
    python -m tests.read.test_read_model
"""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure, ListBlock, Paragraph
from atlas_print.inlines import Text
from atlas_print.problems import Severity
from atlas_print.read.find import find_project
from atlas_print.read.project import load
from atlas_print.sections import Role
from tests.read.describe import describe, inline_text
from tests.read.laying import BASE, HERE, TODAY, as_text, lay

GOLDEN = HERE / "base.golden.txt"
FRONT = (
    "title: Slow mornings\nkind: symptom\nsystem: whole-body\nreviewed: 2025-11-23\n"
    "lede: Some mornings start at noon.\nshort: You are tired.\n"
)


def atlas_of(project: Path, today: date = TODAY) -> Atlas:
    atlas, problems = load(project, today)
    assert atlas is not None, as_text(problems)
    return atlas


def topic_of(tmp_path: Path, body: str = "## Is it real?\n\nYes.", front: str = FRONT) -> Topic:
    """The second topic of the base project, written anew."""
    project = lay(tmp_path)
    (project / "content/topics/slow-mornings.md").write_text(f"---\n{front}---\n\n{body}\n", "utf-8")
    return atlas_of(project).topic("slow-mornings")


def ids(topic: Topic) -> list[str]:
    return [reference.id for reference in topic.references]


def test_the_base_project_means_what_its_golden_text_says() -> None:
    atlas, problems = load(BASE, TODAY)

    assert atlas is not None
    assert problems == []
    assert describe(atlas) == GOLDEN.read_text("utf-8")


def test_a_project_is_found_from_any_folder_inside_it(tmp_path: Path) -> None:
    project = lay(tmp_path / "project")

    assert find_project(project / "content/topics") == project
    assert find_project(project) == project
    assert find_project(tmp_path) is None


# --- references -------------------------------------------------------------------------------------------


def test_references_are_numbered_by_their_first_citation_wherever_it_stands(tmp_path: Path) -> None:
    body = (
        "## One\n\n"
        '![Seen.[@who-2023]](../figures/dot.png){alt="A dot."}\n\n'
        "- a\n  - b[@roe-2018]\n\n    > c[@okafor-2020]\n\n  d[@muller-2021]\n"
        "- e[@who-2023]\n\n"
        "### Two\n\n| A | B |\n|---|---|\n| f | [@li-2022; @roe-2018] |\n"
    )

    assert ids(topic_of(tmp_path, body)) == ["who-2023", "roe-2018", "okafor-2020", "muller-2021", "li-2022"]


@pytest.mark.parametrize(
    ("nocite", "expected"),
    [
        ("'@roe-2018, @li-2022'", ["who-2023", "roe-2018", "li-2022"]),
        ('"@roe-2018; @who-2023 @li-2022,"', ["who-2023", "roe-2018", "li-2022"]),
        (">-\n  @roe-2018,\n  @li-2022", ["who-2023", "roe-2018", "li-2022"]),
        ("|\n  @roe-2018\n  @{li-2022}", ["who-2023", "roe-2018", "li-2022"]),
        ("'@*'", ["who-2023", "li-2022", "muller-2021", "okafor-2020", "roe-2018"]),
        ("''", ["who-2023"]),
    ],
)
def test_what_only_nocite_lists_follows_in_its_own_order(tmp_path: Path, nocite: str, expected: list[str]) -> None:
    topic = topic_of(tmp_path, "## One\n\nText.[@who-2023]", f"{FRONT}nocite: {nocite}\n")

    assert ids(topic) == expected
    assert topic.numbers == {id_: number for number, id_ in enumerate(expected, start=1)}


@pytest.mark.parametrize("text", ["[@li-2022;@who-2023]", "[ @li-2022 ; @{who-2023} ]", "[@li-2022;\n@who-2023]"])
def test_a_citation_may_be_spaced_and_braced(tmp_path: Path, text: str) -> None:
    topic = topic_of(tmp_path, f"## One\n\nText.{text}")

    assert inline_text(next(topic.sections[0].lines())) == "Text.[li-2022; who-2023]"


def test_an_id_may_be_an_address_in_braces(tmp_path: Path) -> None:
    address = "http://zotero.org/users/1/items/ABCD"
    project = lay(tmp_path)
    references = project / "content/references.json"
    references.write_text(references.read_text("utf-8").replace('"li-2022"', f'"{address}"'), "utf-8")
    topic = project / "content/topics/thin-air.md"
    topic.write_text(topic.read_text("utf-8").replace("@li-2022", f"@{{{address}}}"), "utf-8")

    assert ids(atlas_of(project).topic("thin-air"))[1] == address


@pytest.mark.parametrize("form", ["list", "pandoc", "pandoc-closed"])
def test_a_bibliography_in_yaml_is_the_same_bibliography(tmp_path: Path, form: str) -> None:
    project = lay(tmp_path)
    file = project / "content/references.json"
    # JSON is YAML, so the same text does for both.
    listed = json.dumps(json.loads(file.read_text("utf-8")), ensure_ascii=False, indent=2)
    texts = {
        "list": listed,
        "pandoc": "references:\n  " + listed.replace("\n", "\n  "),
        "pandoc-closed": "---\nreferences:\n  " + listed.replace("\n", "\n  ") + "\n---",
    }
    (project / "content/references.yaml").write_text(texts[form] + "\n", "utf-8")
    file.unlink()

    assert describe(atlas_of(project)) == GOLDEN.read_text("utf-8")


# --- key passages -----------------------------------------------------------------------------------------

GRADED = '## One {strength=low audit=contested basis="surveys"}\n\n'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A. [B.]{.key}[@li-2022] C.[@who-2023]", ["{key: B.}[li-2022]"]),
        ("[A.]{.key}[@li-2022][@who-2023] [B.]{.key} [@roe-2018]", ["{key: A.}[li-2022][who-2023]", "{key: B.}"]),
        ("- a\n- [*B* in [vivo]{lang=la}.]{.key}", ["{key: *B* in {la: vivo}.}"]),
        ("[Un.]{.key lang=fr} **[Two.]{.key}**[@li-2022]", ["{key fr: Un.}", "{key: Two.}[li-2022]"]),
        ("| A |\n|---|\n| [B.]{.key}[@li-2022] |", ["{key: B.}[li-2022]"]),
        ("Text.\n\n### Two\n\n[Late.]{.key}", ["{key: Late.}"]),
        ("- First.[@li-2022]\n- Second.\n\nThird.", ["First.[li-2022]"]),
        ("> Quoted.\n\nText.", ["Quoted."]),
        ("It fell.[@li-2022] It rose.[@who-2023]", ["It fell.[li-2022]"]),
        ("It fell [@li-2022]. [@who-2023][^n] It rose.\n\n[^n]: A note.", ["It fell [li-2022].[who-2023][a]"]),
        ("**It fell. It rose.** And more.", ["**It fell.**"]),
        (
            "*It* fell, e.g. in approx. 5 of Dr. Li's 10.5 *cases*. It rose.",
            ["*It* fell, e.g. in approx. 5 of Dr. Li's 10.5 *cases*."],
        ),
        ("It fell. pH rose.", ["It fell."]),
        ("@li-2022 saw it fall. @who-2023 didn't.", ["Li and The Crossing Group [li-2022] saw it fall."]),
        ('![A dot.](../figures/dot.png){alt="A dot."}\n\n### Two\n\nText.', ["Text."]),
    ],
)
def test_a_graded_section_is_stood_for_by_its_key_sentences_or_its_first_one(
    tmp_path: Path, body: str, expected: list[str]
) -> None:
    section = topic_of(tmp_path, GRADED + body).sections[0]

    assert [inline_text(passage) for passage in section.key_passages()] == expected


def test_nothing_stands_for_a_section_without_a_grade_and_without_a_key_sentence(tmp_path: Path) -> None:
    assert topic_of(tmp_path, "## One\n\nText.").sections[0].key_passages() == ()


# --- grades -----------------------------------------------------------------------------------------------


def test_a_grade_has_parts_of_any_name_in_the_order_of_the_scale(tmp_path: Path) -> None:
    project = lay(tmp_path)
    file = project / "content/atlas.yaml"
    start, end = (file.read_text("utf-8").index(name) for name in ("grades:", "glossary:"))
    grades = (
        "about_grades: Groß & Söhne's own scale.\n"
        "grades:\n"
        "  for-whom:\n    label: For whom\n"
        "  certainty:\n    label: Certainty\n    levels:\n"
        "      high: We are sure.\n      low-moderate: {label: low to moderate, meaning: We think so.}\n"
    )
    file.write_text(file.read_text("utf-8")[:start] + grades + file.read_text("utf-8")[end:], "utf-8")
    for topic in (project / "content/topics").iterdir():
        text = re.sub(
            r" \{strength.*\}", ' {certainty=low-moderate for-whom="adults, low risk"}', topic.read_text("utf-8")
        )
        topic.write_text(text, "utf-8")

    atlas = atlas_of(project)
    grade = atlas.topic("thin-air").sections[1].grade

    assert atlas.about_grades == "Groß & Söhne's own scale."
    assert grade is not None
    assert list(atlas.stated(grade).items()) == [("for-whom", "adults, low risk"), ("certainty", "low to moderate")]


# --- texts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "title", ["no", "yes", "1.10", "0x1F", "12:30", "2026-10-01", "~", "null", "true", "1e3", "007", "=", "HLA-B*27"]
)
def test_yaml_guesses_nothing(tmp_path: Path, title: str) -> None:
    assert topic_of(tmp_path, front=FRONT.replace("Slow mornings", title)).title == title


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("'Thin: air'", "Thin: air"),
        ('"Caf\\u00e9 \\"A\\""', 'Café "A"'),
        (">-\n  Thick\n  air", "Thick air"),
        ("|\n  Thick\n\n  air", "Thick air"),
        ("Thick\n  air", "Thick air"),
        ("Thin\u00a0air, ខ្យល់", "Thin\u00a0air, ខ្យល់"),
    ],
)
def test_a_title_may_be_written_as_yaml_allows(tmp_path: Path, written: str, title: str) -> None:
    assert topic_of(tmp_path, front=FRONT.replace("Slow mornings", written)).title == title


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("One\nline   and\tone", "One line and one"),
        ("5 &lt; 6 &amp; 7&nbsp;% \\*not\\* \\@this \\$5", "5 < 6 & 7\u00a0% *not* @this $5"),
        ("me@example.org costs $5 and $6 [sic] (~5) 2^10", "me@example.org costs $5 and $6 [sic] (~5) 2^10"),
        ("*a **b** c* and _d_ in HLA-B\\*27", "*a **b** c* and *d* in HLA-B*27"),
        ("[a *b*](https://example.org/ü?x=1&y=2#z)", "<https://example.org/%C3%BC?x=1&y=2#z: a *b*>"),
        ("[a][x] and [X]\n\n[x]: https://example.org", "<https://example.org: a> and <https://example.org: X>"),
        ("<https://example.org> [b](mailto:a@b.org)", "<https://example.org: https://example.org> <mailto:a@b.org: b>"),
        ("[[a](https://example.org)]{lang=pt-BR}", "{pt-BR: <https://example.org: a>}"),
    ],
)
def test_a_paragraph_holds_the_words_and_marks_that_were_written(tmp_path: Path, written: str, expected: str) -> None:
    assert inline_text(next(topic_of(tmp_path, f"## One\n\n{written}").sections[0].lines())) == expected


def test_an_alt_text_may_run_over_lines_and_hold_quotes_and_braces(tmp_path: Path) -> None:
    written = '- ![A dot.](../figures/dot.png){alt="A \\"dark\\"\n  dot, {round} &amp; small."}'
    block = list(topic_of(tmp_path, f"## One\n\n{written}").sections[0].all_blocks())[1]

    assert getattr(block, "alt", None) == 'A "dark" dot, {round} & small.'


def test_line_ends_of_windows_change_nothing(tmp_path: Path) -> None:
    project = lay(tmp_path)
    for file in (*project.rglob("*.md"), *project.rglob("*.yaml"), *project.rglob("*.json"), *project.rglob("*.svg")):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))

    assert describe(atlas_of(project)) == GOLDEN.read_text("utf-8")


# --- dates ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reviewed", "every", "due"),
    [
        ("2026-10-01", "12 months", date(2027, 10, 1)),
        ("2026-01-31", "1 month", date(2026, 2, 28)),
        ("2024-02-29", "1 year", date(2025, 2, 28)),
        ("2026-10-31", "2 months", date(2026, 12, 31)),
        ("2026-10-01", "3 weeks", date(2026, 10, 22)),
        ("2026-10-01", "90 days", date(2026, 12, 30)),
        ("2026-11-22", "999 years", date(3025, 11, 22)),
    ],
)
def test_a_review_is_due_that_much_later(tmp_path: Path, reviewed: str, every: str, due: date) -> None:
    front = FRONT.replace("2025-11-23", reviewed) + f"review_every: {every}\n"

    assert topic_of(tmp_path, front=front).review_due == due


def test_a_stale_review_is_advice_from_the_day_after_it_was_due() -> None:
    _, on_the_day = load(BASE, date(2027, 10, 1))
    atlas, the_day_after = load(BASE, date(2027, 10, 2))

    assert on_the_day == []
    assert [(problem.rule, problem.severity) for problem in the_day_after] == [("stale-review", Severity.ADVICE)]
    assert atlas is not None


def test_the_newest_review_dates_the_content() -> None:
    assert atlas_of(BASE).content_date == date(2026, 10, 1)


if __name__ == "__main__":
    GOLDEN.write_text(describe(atlas_of(BASE)), "utf-8")


def test_a_figure_may_be_wide(tmp_path: Path) -> None:
    figures = '![A dot.](../figures/dot.png){.wide alt="A dot."}\n\n![A dot.](../figures/dot.png){alt="A dot."}'
    blocks = topic_of(tmp_path, f"## One\n\n{figures}").sections[0].blocks
    assert [isinstance(block, Figure) and block.is_wide for block in blocks] == [True, False]


# --- no-break spaces --------------------------------------------------------------------------------------


def test_no_break_spaces_behind_marks_are_taken_as_spaces(tmp_path: Path) -> None:
    body = "##~One {.unknowns}\n\nText of~5 mg.\n\n-~first\n-~second\n  -~~part\n\n### ~Two\n\n5.~Mai.\n\n1.~A\n2.~B."
    body = body.replace("~", "\u00a0")
    section = topic_of(tmp_path, body).sections[0]
    assert (section.title, section.role) == ("One", Role.UNKNOWNS)
    assert section.subsections[0].heading == (Text("Two"),)
    date, numbered = section.subsections[0].blocks
    assert date == Paragraph((Text("5.\u00a0Mai."),))
    assert isinstance(numbered, ListBlock)
    assert [numbered.label(index) for index in range(2)] == ["1.", "2."]
    text, items = section.blocks
    assert text == Paragraph((Text("Text of\u00a05 mg."),))
    part = ListBlock(((Paragraph((Text("part"),)),),))
    assert items == ListBlock(((Paragraph((Text("first"),)),), (Paragraph((Text("second"),)), part)))
