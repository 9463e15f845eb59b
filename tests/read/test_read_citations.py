"""Citations as Pandoc reads them: with words in their brackets, in the text, and by ids of any form."""

import json
from pathlib import Path

import pytest

from atlas_print.read.project import load
from tests.read.describe import inline_text
from tests.read.laying import TODAY, as_text, lay

_FRONT = (
    "title: Slow mornings\nkind: symptom\nsystem: whole-body\nreviewed: 2025-11-23\n"
    "lede: Some mornings start at noon.\nshort: You are tired.\n"
)
_MORE: list[dict[str, object]] = [
    {"id": "three", "title": "T", "author": [{"family": "Abe"}, {"family": "Bell"}, {"family": "Cole"}]},
    {"id": "van", "title": "T", "author": [{"family": "Berg", "non-dropping-particle": "van den", "given": "Olga"}]},
    {"id": "more", "title": "T", "author": [{"family": "Fox"}, {"literal": "others"}]},
    {"id": "short", "title": "A very long title", "title-short": "Short one"},
    {"id": "subtitled", "title": "Breath: how it is counted"},
    {"id": "http://zotero.org/users/1/items/AB12", "title": "T", "author": [{"family": "Dole"}]},
    {"id": "10.1000/a.b-c", "title": "T", "author": [{"family": "Egan"}]},
]


def _line(tmp_path: Path, text: str, language: str = "en") -> str:
    """The first line of a section that says this."""
    project = lay(tmp_path)
    records = project / "content/references.json"
    more = [{"type": "report", "URL": "https://example.org/x", **record} for record in _MORE]
    records.write_text(json.dumps([*json.loads(records.read_text("utf-8")), *more]), "utf-8")
    topic = project / "content/topics/slow-mornings.md"
    topic.write_text(f"---\n{_FRONT}---\n\n## One\n\n{text}\n", "utf-8")
    config = project / "content/atlas.yaml"
    config.write_text(config.read_text("utf-8").replace("language: en", f"language: {language}"), "utf-8")
    atlas, problems = load(project, TODAY)
    assert atlas is not None, as_text(problems)
    return inline_text(next(atlas.topic("slow-mornings").sections[0].lines()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Yes [see @three, p. 12; @van].", "Yes [see three, p. 12; van]."),
        (
            "Yes [*see also* @three, **passim**; and @van, ch. 3, e.g. fig. 2].",
            "Yes [*see also* three, **passim**; and van, ch. 3, e.g. fig. 2].",
        ),
        ("Yes [@three, [here](https://example.org/a;b)].", "Yes [three, <https://example.org/a;b: here>]."),
        ("Yes [@three,\np. 3].", "Yes [three, p. 3]."),
        ("Yes [-@three; see -@van, p. 3].", "Yes [three; see van, p. 3]."),
        ("Twice [@three, p. 3; @three, p. 9].", "Twice [three, p. 3; three, p. 9]."),
        ("Twice [@three; @van; @three].", "Twice [three; van]."),
        (
            "Braced [@three{p. 12}], [@three, {pp. iv, vi} and on].",
            "Braced [three, p. 12], [three, pp. iv, vi and on].",
        ),
    ],
)
def test_words_in_the_brackets_are_kept(tmp_path: Path, text: str, expected: str) -> None:
    assert _line(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "[@three, 33]", "[three, p. 33]"),
        ("en", "[@three 33-35, 38; @van, 5]", "[three, pp. 33-35, 38; van, p. 5]"),
        ("en", "[@three, 5, 6 and more]", "[three, pp. 5, 6 and more]"),
        ("en", "[@three p. 5]", "[three, p. 5]"),
        ("en", "[@three{33}]", "[three, p. 33]"),
        ("en", "[@three, 99 years later]", "[three, 99 years later]"),
        ("en", "[@three{}, 99 years later]", "[three, 99 years later]"),
        ("en", "[@three and elsewhere]", "[three and elsewhere]"),
        ("de", "[@three, 33]", "[three, S. 33]"),
    ],
)
def test_a_number_behind_that_of_a_reference_is_never_taken_for_another(
    tmp_path: Path, language: str, text: str, expected: str
) -> None:
    assert _line(tmp_path, f"So {text}.", language) == f"So {expected}."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("As @three says", "As Abe et al. [three] says"),
        ("As @li-2022 and\n@van say", "As Li and The Crossing Group [li-2022] and van den Berg [van] say"),
        ("@more", "Fox et al. [more]"),
        ("@short, @subtitled.", "Short one [short], Breath [subtitled]."),
        ("As @three [p. 3] says", "As Abe et al. [three, p. 3] says"),
        ("As @three [and *passim*] says, [*passim*]", "As Abe et al. [three, and *passim*] says, [*passim*]"),
        ("As @three [*passim*] says", "As Abe et al. [three, *passim*] says"),
        ("As @three [33] says", "As Abe et al. [three, p. 33] says"),
        ("As @three [p. 3; see @van] says", "As Abe et al. [three, p. 3; see van] says"),
        ("As @three [@van; @short] says", "As Abe et al. [three; van; short] says"),
        ("As -@three says (-@van [p. 3]).", "As [three] says ([van, p. 3])."),
        ("@three's study, @three.", "Abe et al. [three]'s study, Abe et al. [three]."),
        ("*@three* (@van)", "*Abe et al. [three]* (van den Berg [van])"),
        ("@three [it says](https://example.org)", "Abe et al. [three] <https://example.org: it says>"),
        ("@three [it]{lang=fr} says", "Abe et al. [three] {fr: it} says"),
    ],
)
def test_a_citation_in_the_text_names_its_work(tmp_path: Path, text: str, expected: str) -> None:
    assert _line(tmp_path, text) == expected


def test_names_are_joined_in_the_language_of_the_text(tmp_path: Path) -> None:
    expected = "Abe u.\u00a0a. [three] und Li und The Crossing Group [li-2022]"

    assert _line(tmp_path, "@three und @li-2022", "de") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("So [@{http://zotero.org/users/1/items/AB12}].", "So [http://zotero.org/users/1/items/AB12]."),
        ("So [@http://zotero.org/users/1/items/AB12, p. 3].", "So [http://zotero.org/users/1/items/AB12, p. 3]."),
        ("So @http://zotero.org/users/1/items/AB12, and", "So Dole [http://zotero.org/users/1/items/AB12], and"),
        ("So [@10.1000/a.b-c].", "So [10.1000/a.b-c]."),
    ],
)
def test_an_id_may_be_an_address(tmp_path: Path, text: str, expected: str) -> None:
    assert _line(tmp_path, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "See https://example.org/@three/post, www.example.org/@three and example.org/a/@three.",
        "Write to me@example.org, (first.last@example.org) or mailto:me@three.",
        "Ours is [sic] and [me@example.org]",
    ],
)
def test_an_address_cites_nothing(tmp_path: Path, text: str) -> None:
    assert _line(tmp_path, text) == text
