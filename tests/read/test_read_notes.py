"""Footnotes as Pandoc reads them: marked in the order of their calls, a note for each call."""

from pathlib import Path

import pytest

from atlas_print.atlas import Topic
from atlas_print.blocks import block_lines, walk_blocks
from atlas_print.counting import counted
from atlas_print.read.project import load
from tests.read.describe import inline_text
from tests.read.laying import TODAY, as_text, lay

_FRONT = (
    "title: Slow mornings\nkind: symptom\nsystem: whole-body\nreviewed: 2025-11-23\n"
    "lede: Some mornings start at noon.\nshort: You are tired.\n"
)


def _topic(tmp_path: Path, body: str) -> Topic:
    project = lay(tmp_path)
    (project / "content/topics/slow-mornings.md").write_text(f"---\n{_FRONT}---\n\n## One\n\n{body}\n", "utf-8")
    atlas, problems = load(project, TODAY)
    assert atlas is not None, as_text(problems)
    return atlas.topic("slow-mornings")


def _told(topic: Topic) -> list[str]:
    """Each note with its mark and its paragraphs."""
    return [
        f"{note.identifier}: "
        + " / ".join(inline_text(line) for block in walk_blocks(note.blocks) for line in block_lines(block))
        for note in topic.notes
    ]


@pytest.mark.parametrize(
    ("body", "line", "notes"),
    [
        ("One[^x] and^[two *here*].\n\n[^x]: It is.", "One[a] and[b].", ["a: It is.", "b: two *here*"]),
        ("Twice[^x][^x].\n\n[^x]: It is.", "Twice[a][b].", ["a: It is.", "b: It is."]),
        (
            "Long[^x].\n\n[^x]: First\n    goes on\nlazily.\n\n    Second.\n\n    - item\n\nMore.",
            "Long[a].",
            ["a: First goes on lazily. / Second. / item"],
        ),
        ("Below[^x].\n\n[^x]:\n    Its words.", "Below[a].", ["a: Its words."]),
        ("In[^b], out[^a].\n\n[^a]: A.\n[^b]: B.", "In[a], out[b].", ["a: B.", "b: A."]),
        (
            "Behind quotes[^a] and lists[^b].\n\n[^a]: > Q.\n[^b]: - L.",
            "Behind quotes[a] and lists[b].",
            ["a: Q.", "b: L."],
        ),
        ("Where^[bold **[see @li-2022]**].", "Where[a].", ["a: bold **[see li-2022]**"]),
    ],
)
def test_notes(tmp_path: Path, body: str, line: str, notes: list[str]) -> None:
    topic = _topic(tmp_path, body)

    assert inline_text(next(topic.sections[0].lines())) == line
    assert _told(topic) == notes


def test_notes_are_called_from_anywhere(tmp_path: Path) -> None:
    body = (
        "- item[^1]\n  1. inner[^2]\n\n> quote[^3]\n>\n> [^3]: three\n\n"
        "| A[^4] | B |\n|---|---|\n| [^5] | b |\n\n"
        '![Caption[^6]](../figures/dot.png){alt="A dot."}\n\n### Part[^7]\n\nText.\n\n## Section[^8]\n\nText.\n\n'
        "[^1]: one\n[^2]: two\n[^4]: four\n[^5]: five\n[^6]: six\n[^7]: seven\n[^8]: eight\n"
    )
    numbers = "one two three four five six seven eight".split()

    expected = [f"{letter}: {number}" for letter, number in zip("abcdefgh", numbers, strict=True)]
    assert _told(_topic(tmp_path, body)) == expected


def test_what_a_note_cites_counts_where_it_is_called(tmp_path: Path) -> None:
    topic = _topic(tmp_path, "[^x]: [@roe-2018; @who-2023]\n\nA[@li-2022] b[^x] c[@okafor-2020] d[^x] e[@who-2023].")

    assert [reference.id for reference in topic.references] == ["li-2022", "roe-2018", "who-2023", "okafor-2020"]


def test_a_note_behind_a_key_sentence_belongs_to_it(tmp_path: Path) -> None:
    topic = _topic(tmp_path, "[Yes[^in].]{.key}[^x][@li-2022] But^[z] no.\n\n[^x]: It is.\n\n[^in]: Within.")

    assert [inline_text(passage) for passage in topic.sections[0].key_passages()] == ["{key: Yes[a].}[b][li-2022]"]


def test_marks_go_on_behind_z() -> None:
    assert [counted(number, "a") for number in (1, 26, 27, 28, 52, 53, 702, 703)] == "a z aa ab az ba zz aaa".split()
