"""Advice on the writing: each rule with a text that it speaks about, and with the text that it asks for."""

import re
from pathlib import Path

import pytest

from atlas_print.advise.plain_language import lix
from atlas_print.problems import Problem, Severity
from atlas_print.read.project import load
from atlas_print.sentences import sentences
from tests.making import ROOT
from tests.read.laying import TODAY, lay

FRONT = (
    "title: Slow mornings\nkind: symptom\nsystem: whole-body\nreviewed: 2025-11-23\n"
    "lede: Some mornings start at noon.\nshort: {short}\n"
)
SECTION = "## Is it real?\n\n{body}"
HEAVY = (
    "Epidemiological investigations consistently demonstrate heterogeneous manifestations affecting multiple "
    "physiological systems simultaneously. Pathophysiological mechanisms underlying persistent symptomatology remain "
    "incompletely characterised. "
)
GRADED = "Yes.\n\n## Graded {strength=high audit=well-founded basis=trials}"
WORDS = "one two three four five six seven eight nine ten"


def advised(
    tmp_path: Path, body: str = "Yes.", short: str = "You are tired.", language: str = "en", glossary: str = ""
) -> list[Problem]:
    project = lay(tmp_path)
    front = FRONT.format(short=short)
    (project / "content/topics/slow-mornings.md").write_text(
        f"---\n{front}---\n\n{SECTION.format(body=body)}\n", "utf-8"
    )
    config = project / "content/atlas.yaml"
    text = config.read_text("utf-8").replace("language: en", f"language: {language}")
    config.write_text(text.replace("glossary:\n", f"glossary:\n{glossary}"), "utf-8")
    atlas, problems = load(project, TODAY, advised=True)
    assert atlas is not None, "\n".join(map(str, problems))
    return [problem for problem in problems if problem.place.file.endswith("slow-mornings.md")]


def rules(problems: list[Problem]) -> list[str]:
    assert all(problem.severity is Severity.ADVICE for problem in problems)
    return [problem.rule for problem in problems]


@pytest.mark.parametrize(
    ("rule", "bad", "good"),
    [
        ("nothing-urgent", "Yes.", "Yes. [Call for help if nobody can wake you.]{.urgent}"),
        ("long-sentence", f"{WORDS} {WORDS} {WORDS} eleven.", f"{WORDS} {WORDS} {WORDS}."),
        ("long-sentences", f"{WORDS} {WORDS} {WORDS}.\n\n" * 9, f"{WORDS} {WORDS}.\n\n" * 9),
        ("long-paragraph", f"{WORDS}. " * 9, f"{WORDS}. " * 8),
        ("long-paragraphs", (f"{WORDS}. " * 6 + "\n\n") * 3, (f"{WORDS}. " * 5 + "\n\n") * 3),
        ("hard-to-read", HEAVY * 6, "You are ill. You rest a lot. It can help. " * 12),
        ("undefined-abbreviation", "A CPET was done.", "A CPET (an exercise test) was done. The CPET hurt."),
        ("undefined-abbreviation", "A CPET was done.", "An exercise test (CPET) was done."),
        (
            "undefined-abbreviation",
            "A CPETと a VO2.",
            "COVID-19와 COVID-19と COVID-19。H~2~O, CO~2~, CO₂, N₂O and HCO₃.",
        ),
        ("undefined-abbreviation", "BID = 2.", "BID = twice a day; fever AND cough; H₂O."),
        ("undefined-abbreviation", "The VE/VCO₂ rose.", "McGregor and Epstein-Barr, type III, in the UK."),
        (
            "unexplained-figure",
            "It was 4 ± 2.[@li-2022]",
            "It was 4 ± 2.[@li-2022] The figure after ± is the spread.",
        ),
        (
            "unexplained-figure",
            "It fell (P = .03).[@li-2022]",
            "“P” tells what chance does. It fell (P = .03).[@li-2022]",
        ),
        ("uncited-figure", "It fell by 12.5%.", "It fell by 12.5%.[@li-2022]"),
        ("uncited-figure", "It fell by 12.5%.", "It fell by 12.5%.^[As Li measured.]"),
        ("unread-citation", "It fell [1].", "It fell [@li-2022, p. 1] (CI [1, 3]) [sic] [0.5, 2]."),
        ("unread-citation", "It fell [1, 3–5].", "It fell [in 2020] [see March 2020]."),
        ("unread-citation", "It fell [li2022].", "It fell [@li-2022]."),
        ("unread-citation", "It fell [li-2022; who_2023a].", "It fell [COVID-19] [SARS-CoV-2]."),
        ("unread-citation", "It fell [Li et al., 2022].", "As @li-2022 say, it fell [12 people]."),
        ("unread-citation", "Ours@li-2022 fell [@li-2022].", "Ours [@li-2022] @li-2022, me@li-2022.org."),
        ("uncited-section", f"{GRADED}\n\nIt fell.", f"{GRADED}\n\n- It fell.[@li-2022]"),
        ("uncited-section", f"{GRADED}\n\nIt fell.^[No.]", f"{GRADED}\n\nIt fell.^[As @li-2022 say.]"),
        ("uncited-section", f"{GRADED}\n\n[It fell.]{{.key}}", "Yes.\n\n## Not graded\n\nIt fell."),
        ("uncited-figure", "It was 0.37.", "See § 9.2 of the law."),
        ("uncited-figure", "It was 0.37.", "There were 12 people in 2020, on 3 May, in version 1.2.3."),
        (
            "uncited-figure",
            "| Who | Share |\n|---|---|\n| All | 5% |",
            "| Who | Share |\n|---|---|\n| All[@li-2022] | 5% |",
        ),
    ],
)
def test_a_rule_speaks_of_what_it_is_for_and_of_nothing_else(tmp_path: Path, rule: str, bad: str, good: str) -> None:
    assert rule in rules(advised(tmp_path / "bad", bad))
    assert rule not in rules(advised(tmp_path / "good", good))


def test_a_handout_is_read_in_about_a_minute(tmp_path: Path) -> None:
    def said(count: int, language: str = "en") -> list[Problem]:
        project = tmp_path / f"{count}{language}"
        long = " ".join(["word"] * count) + "."
        body = f"{GRADED}\n\n[{long}]{{.key}}[@li-2022]\n\n[It is short.]{{.key}}"
        return [it for it in advised(project, body, language=language) if it.rule == "long-handout"]

    (found,) = said(400)
    count = re.search(r"its handout has (\d+) words above the references, (\d+) seconds of reading", found.what)
    assert count is not None
    around = int(count[1]) - 400
    assert int(count[2]) == round(int(count[1]) / 4)
    assert found.help.endswith(
        "the longest key sentences: “word word word word word word word word …” has 400; “It is short.” has 3"
    )
    assert said(250 - around) == []
    assert "has 251 words" in said(251 - around)[0].what
    assert said(400, "ja") == []


def test_a_short_version_is_short(tmp_path: Path) -> None:
    sixty = ". ".join([WORDS] * 6)
    assert "long-short-version" not in rules(advised(tmp_path / "good", short=sixty))
    found = next(it for it in advised(tmp_path / "bad", short=f"{sixty} more") if it.rule == "long-short-version")
    assert str(found) == (
        "content/topics/slow-mornings.md:7:8: advice: the short version has 61 words\n"
        "help: keep it to 60: it is for a reader who can't manage more"
    )


def test_the_glossary_explains(tmp_path: Path) -> None:
    body = "A CPET showed 4 ± 2 (P = .03).[@li-2022]"
    terms = "".join(f"  {name}: {{full: f, plain: p}}\n" for name in ("CPET", "±", "P"))
    assert rules(advised(tmp_path / "bad", body)) == [
        "nothing-urgent",
        "undefined-abbreviation",
        "unexplained-figure",
        "unexplained-figure",
    ]
    assert rules(advised(tmp_path / "good", body, glossary=terms)) == ["nothing-urgent"]


def test_words_of_the_title_need_no_writing_out(tmp_path: Path) -> None:
    project = lay(tmp_path)
    config = project / "content/atlas.yaml"
    title = next(line for line in config.read_text("utf-8").splitlines() if line.startswith("title:"))
    config.write_text(config.read_text("utf-8").replace(title, "title: Long COVID Atlas"), "utf-8")
    topic = project / "content/topics/slow-mornings.md"
    topic.write_text(
        f"---\n{FRONT.format(short='Tired.')}---\n\n{SECTION.format(body='A post-COVID year.')}\n", "utf-8"
    )
    _, problems = load(project, TODAY, advised=True)
    assert not [problem for problem in problems if problem.rule == "undefined-abbreviation"]


def test_languages_without_spaces_get_no_counts(tmp_path: Path) -> None:
    assert "long-sentence" not in rules(advised(tmp_path, "ไทย " * 90, language="th"))


def test_short_sentences_are_sentences_in_every_script(tmp_path: Path) -> None:
    assert lix(["Rest. Drink. Sleep well."] * 9, "en") == pytest.approx(4 / 3)
    assert "hard-to-read" not in rules(advised(tmp_path / "ar", "نص طويل. " * 90, language="ar"))
    # Where vowels aren't written, words have fewer letters, and the level says nothing.
    assert "hard-to-read" not in rules(advised(tmp_path / "he", "אלקטרואנצפלוגרפיה. " * 120, language="he"))


def test_a_decimal_point_ends_no_sentence() -> None:
    text = "It was 0.37 ± 0.10 (P = .03). Dr. Able, e.g., agreed."
    assert len(sentences(text, "en")) == 2
    # 11 words in 2 sentences, none of more than six letters.
    assert lix([text], "en") == pytest.approx(5.5, abs=1)


def test_the_sample_gets_no_advice() -> None:
    _, problems = load(ROOT, TODAY, advised=True)
    # Its handouts have what a clinician can ask for, in a minute and a half to two.
    assert [problem for problem in problems if problem.rule != "long-handout"] == []


def test_a_draft_that_a_topic_is_related_to(tmp_path: Path) -> None:
    project = lay(tmp_path)
    topic = project / "content/topics/slow-mornings.md"
    topic.write_text(topic.read_text("utf-8").replace("reviewed: 2025-11-23", "draft: true"), "utf-8")
    atlas, problems = load(project, TODAY, advised=True)
    assert atlas is not None
    assert [topic.slug for topic in atlas.topics] == ["thin-air"]
    (told,) = (problem for problem in problems if problem.rule == "unpublished-topic")
    assert (told.place.file, told.place.line, told.severity) == ("content/topics/thin-air.md", 17, Severity.ADVICE)
