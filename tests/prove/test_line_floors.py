"""P8: how far lines stand apart and how long they are, measured in the finished bytes."""

from dataclasses import replace

import pytest

from atlas_print.atlas import Atlas
from atlas_print.blocks import Paragraph, Table
from atlas_print.inlines import Text
from atlas_print.profiles import PROFILES, Profile
from atlas_print.prove.case import Case
from atlas_print.prove.promises.pages.lines import long_lines, tight_lines
from atlas_print.prove.source.labels import Labels
from tests.exports.stress import words
from tests.prove.minimal import Pdf, line
from tests.prove.press import assert_broken, atlas, broken, changed, printed, profiled, relaid, told, topic

KIND = "large-print"
STYLE = "large-print/style.css"
SPACING = "{{ profile.spacing }} {{ stack }};\n  hyphens"
MEASURE = "max-width: {{ measure }}pt"


def long(source: Atlas, old: str = "", new: str = "") -> Atlas:
    """The sample with many full lines in a section, and with lines in the cells of its table."""
    sections = list(topic().sections)
    sections[4] = replace(sections[4], blocks=(Paragraph((Text(words(300).replace(old, new)),)),))
    table = next(block for block in sections[1].blocks if isinstance(block, Table))
    cells = tuple((Text(words(30)),) if index == 0 else cell for index, cell in enumerate(table.rows[0]))
    longer = replace(table, rows=(cells, *table.rows[1:]))
    sections[1] = replace(sections[1], blocks=tuple(longer if it is table else it for it in sections[1].blocks))
    return changed(source, replace(topic(), sections=tuple(sections)))


@pytest.mark.parametrize("profile", PROFILES)
def test_good_files_of_every_profile(profile: str) -> None:
    source = long(profiled(profile))
    assert broken(printed(KIND, source), KIND, source=source) == {}


@pytest.mark.parametrize(("profile", "times"), [("clear-18", "1.5"), ("aph-18", "1.25")])
def test_lines_a_little_nearer(profile: str, times: str) -> None:
    source = profiled(profile)
    near = {STYLE: [(SPACING, SPACING.replace("profile.spacing", "profile.spacing - 0.02"))]}
    found = broken(relaid(KIND, near, source=source), KIND, source=source)
    size = f"{PROFILES[profile].size:.1f} pt"
    assert_broken(found, "P8", f"apart, {times} times their size of {size}", "more like it", "P:")


@pytest.mark.parametrize(
    ("rule", "near", "shown"),
    [
        ("th, td {", "line-height: 1.3;", ", TD: "),
        ("figcaption {", "line-height: 1.3; width: 90pt;", ", Caption: "),
        (".references li {", "line-height: 1.3;", "“Ames AB"),
        # The lines of a list are held together, though each of its items has but one.
        (".contents ul > li {", "line-height: 1.3; margin-bottom: 0 !important;", "“Start here"),
    ],
)
def test_one_kind_of_text_nearer(rule: str, near: str, shown: str) -> None:
    found = broken(relaid(KIND, {STYLE: [(rule, f"{rule} {near}")]}, source=long(atlas())), KIND, source=long(atlas()))
    assert_broken(found, "P8", "1.5 times", shown, "apart")


def test_lines_of_a_heading() -> None:
    source = profiled("giant-28")
    near = {STYLE: [("h2 { font-size: {{ h2 }}pt;", "h2 { font-size: {{ h2 }}pt; line-height: 1.1 !important;")]}
    found = broken(relaid(KIND, near, source=source), KIND, source=source)
    assert_broken(found, "P8", "H2", "37.9 pt apart, 1.15 times their size of 33.0 pt", "36.3 pt apart")


@pytest.mark.parametrize(("profile", "most"), [("clear-18", 63), ("acb-18", 63), ("aph-18", 43)])
def test_a_column_a_fifth_wider(profile: str, most: int) -> None:
    source = long(profiled(profile))
    wide = {STYLE: [(MEASURE, MEASURE.replace("measure", "measure * 1.2")), (" 25mm", " 8mm")]}
    found = broken(relaid(KIND, wide, source=source), KIND, source=source)
    assert_broken(found, "P8", f"lines of at most {most} characters", "full lines too long", f"the profile {profile}")


def test_a_few_full_lines_are_enough() -> None:
    source = profiled("aph-18")
    wide = {STYLE: [(MEASURE, MEASURE.replace("measure", "measure * 1.2"))]}
    found = broken(relaid(KIND, wide, "deep-sleep", source), KIND, "deep-sleep", source)
    assert_broken(found, "P8", "lines of at most 43 characters")


@pytest.mark.parametrize(("lines", "is_good"), [(1, True), (2, False)])
def test_one_line_of_narrow_letters(lines: int, is_good: bool) -> None:
    narrow = "It is still till it will tilt, lift it, fill it till it spills."
    sentences = " ".join([narrow[:60], words(24)] * lines)
    source = changed(profiled("aph-18"), replace(atlas().topic("deep-sleep"), lede=sentences))
    found = broken(printed(KIND, source, "deep-sleep"), KIND, "deep-sleep", source)
    assert found == {} if is_good else "2 of" in told(found), told(found)


def test_letters_of_other_languages_may_be_narrower() -> None:
    source = long(profiled("aph-18"))
    wider = {STYLE: [(MEASURE, MEASURE.replace("measure", "measure * 1.1"))]}
    assert_broken(broken(relaid(KIND, wider, source=source), KIND, source=source), "P8", "43 characters")
    italian = replace(source, language="it")
    assert "P8" not in broken(relaid(KIND, wider, source=italian), KIND, source=italian)


def test_an_accent_is_no_character_of_its_own() -> None:
    source = long(profiled("aph-18"), "e", "e\u0301")
    assert broken(printed(KIND, source), KIND, source=source) == {}


def test_a_profile_of_the_project() -> None:
    own = Profile("own", 9, 1.5, (12, 11, 10), 95, "a test")
    source = replace(long(profiled("own")), profiles={**PROFILES, "own": own})
    found = broken(printed(KIND, source), KIND, source=source)
    # WCAG allows no more than 80 characters, whatever a profile says.
    assert_broken(found, "P8", "lines of at most 80 characters")
    assert all("characters" in finding.expected for finding in found["P8"]), told(found)
    twice = replace(source, profiles={"own": replace(own, spacing=1.6, line_length=10, heading_sizes=(12, 12, 10))})
    said = told({"P8": broken(printed(KIND, source), KIND, source=twice)["P8"]})
    assert all(word in said for word in ("1.6 times", "10 characters", "a heading of level 2 at 12 pt")), said


def test_references_have_lines_as_they_come() -> None:
    source = long(profiled("aph-18"))
    narrow = "p, ul, dl { max-width: {{ measure }}pt }"
    wide = {STYLE: [(MEASURE, "max-width: none"), ("body, p,", f"{narrow} body, p,")]}
    assert broken(relaid(KIND, wide, source=source), KIND, source=source) == {}


@pytest.mark.parametrize(
    ("tag", "is_meant"),
    [
        ("P", True),
        ("LBody", True),
        ("BlockQuote", True),
        ("TD", False),
        ("TH", False),
        ("Caption", False),
        ("H2", False),
    ],
)
def test_lines_of_running_text_count(tag: str, is_meant: bool) -> None:
    pdf = Pdf(line("x", 0))
    reading = pdf.reading((tag, [0], {"/Pg": pdf.page(0)}))
    reading = replace(reading, lines=(replace(reading.lines[0], text="letters " * 9),) * 4)
    case = Case(atlas(), topic(), reading, Labels(), KIND, None, 0, len(reading.flat))
    assert bool(list(long_lines(case, PROFILES["clear-18"]))) is is_meant
    assert list(long_lines(replace(case, start=1), PROFILES["clear-18"])) == []


@pytest.mark.parametrize(
    ("second", "places"),
    [
        (line("two", 1, y=690), ["page 1, P"]),
        # The next column, and another paragraph.
        (line("two", 1, x=300, y=702), []),
        (line("two", 1, x=300, y=700), []),
        (line("other", 2, y=690), []),
    ],
)
def test_lines_below_each_other(second: bytes, places: list[str]) -> None:
    pdf = Pdf(line("one", 0) + second)
    reading = pdf.reading(("P", [0, 1], {"/Pg": pdf.page(0)}), ("P", [2], {"/Pg": pdf.page(0)}))
    assert [finding.where for finding in tight_lines(reading, lambda line: 1.5, "help")] == places


def test_a_line_has_the_page_that_it_stands_on() -> None:
    pdf = Pdf(line("one", 0), line("two", 0) + line("three", 1, y=690))
    there = [{"/Type": "/MCR", "/Pg": pdf.page(1), "/MCID": mcid} for mcid in (0, 1)]
    reading = pdf.reading(("P", [0, *there], {"/Pg": pdf.page(0)}))
    assert [finding.where for finding in tight_lines(reading, lambda line: 1.5, "help")] == ["page 2, P"]


def test_lines_on_two_pages() -> None:
    pdf = Pdf(line("one", 0), line("two", 0, y=690))
    there = {"/Type": "/MCR", "/Pg": pdf.page(1), "/MCID": 0}
    reading = pdf.reading(("P", [0, there], {"/Pg": pdf.page(0)}))
    assert list(tight_lines(reading, lambda line: 1.5, "help")) == []


def test_a_heading_that_ends_its_page() -> None:
    apart = {
        STYLE: [
            ("font-weight: bold; break-after: avoid; margin: 0 }", "font-weight: bold; break-after: page; margin: 0 }")
        ]
    }
    found = broken(relaid(KIND, apart), KIND)
    assert_broken(found, "P8", "above what it is about", "it ends its page")
