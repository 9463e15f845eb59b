"""P8: the layout's own floors, measured in the finished bytes."""

import pytest
from pypdf import PdfWriter

from tests.making import LABELS, TODAY, judged
from tests.prove.press import PDFS, assert_broken, atlas, broken, good, relaid, rewritten, topic

STYLE = {"large-print": "large-print/style.css", "handout": "handout/style.css"}


@pytest.mark.parametrize("kind", PDFS)
def test_good_files_keep_their_floors(kind: str) -> None:
    assert "P8" not in broken(good(kind), kind)


@pytest.mark.parametrize(
    ("rule", "smaller", "shown"),
    [
        (
            "vertical-align: top;\n    padding-top: {{ gap }}pt;\n    font: {{ profile.size }}pt",
            "vertical-align: top;\n    padding-top: {{ gap }}pt;\n    font: {{ profile.size - 0.5 }}pt",
            "“Page 1 of",
        ),
        (".citation, .call, .n, .counted,", ".citation { font-size: 17.5pt } .call, .n, .counted,", "“[1]”"),
        ("figcaption { font-weight: bold;", "figcaption { font-weight: bold; font-size: 17.5pt;", "at 17.5 pt"),
    ],
)
def test_one_thing_a_little_smaller(rule: str, smaller: str, shown: str) -> None:
    found = broken(relaid("large-print", {STYLE["large-print"]: [(rule, smaller)]}), "large-print")
    assert_broken(found, "P8", "text of at least 18 pt", shown, "at 17.5 pt")


def test_references_under_the_floor_of_the_handout() -> None:
    tiny = ("font-size: {{ step.references }}pt", "font-size: 7pt")
    found = broken(relaid("handout", {STYLE["handout"]: [tiny]}), "handout")
    assert_broken(found, "P8", "text of at least 7.5 pt", "at 7.0 pt")


def test_a_word_that_runs_off_the_sheet() -> None:
    wide = ("article { max-width: {{ measure }}pt }", "article { width: 3000pt } p { text-align: right }")
    found = broken(relaid("large-print", {STYLE["large-print"]: [wide]}), "large-print")
    assert_broken(found, "P8", "text inside the sheet", "runs off it, and")


def test_a_profile_is_held_to_its_own_size() -> None:
    settings = {"profile": "giant-24"}
    verdicts = judged(good("large-print"), "large-print", atlas(), topic(), TODAY, settings, labels=LABELS)
    findings = next(verdict.findings for verdict in verdicts if verdict.promise == "P8")
    expected = {finding.expected for finding in findings}
    assert {"text of at least 24 pt", "a heading of level 2 at 29 pt or more"} <= expected


def test_a_handout_of_two_pages() -> None:
    def append(writer: PdfWriter) -> None:
        writer.add_blank_page()

    assert_broken(broken(rewritten(good("handout"), append), "handout"), "P8", "one page", "2 pages")
