"""Fonts: which families a project has, in which order, and which characters they lack."""

import shutil
from pathlib import Path

import fontpkg
import pytest

from atlas_print.problems import Problem
from atlas_print.typefaces import Family, families, missing_characters

OWN = "families:\n  - {name: Mine, scripts: [Khmr], files: {400: Mine.ttf, 700: Mine.ttf}}\n"


def stack(project: Path | None = None, language: str = "en") -> tuple[Family, ...]:
    problems: list[Problem] = []
    found = families(project, language, problems)
    assert problems == []
    return found


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "Atkinson Hyperlegible"),
        ("", "Atkinson Hyperlegible"),
        ("vi", "Atkinson Hyperlegible"),
        ("sr", "Noto Sans"),
        ("sr-Latn", "Atkinson Hyperlegible"),
        ("ur", "Noto Sans Arabic"),
        ("km", "Noto Sans Khmer"),
    ],
)
def test_the_families_of_the_languages_script_come_first(language: str, first: str) -> None:
    assert stack(language=language)[0].name == first


def test_a_projects_own_family_comes_before_the_built_in_ones_of_its_script(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/fonts.yaml").write_text(OWN, "utf-8")
    shutil.copy(fontpkg.path("noto-sans-khmer", 400), tmp_path / "fonts/Mine.ttf")

    assert [family.name for family in stack(tmp_path, "km")][:2] == ["Mine", "Noto Sans Khmer"]
    assert "Mine" in [family.name for family in stack(tmp_path, "en")]


def test_a_broken_list_leaves_the_built_in_families(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts/fonts.yaml").write_text(OWN, "utf-8")
    problems: list[Problem] = []

    found = families(tmp_path, "en", problems)

    assert found == stack()
    assert [problem.rule for problem in problems] == ["bad-fonts"]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Größe, ναι, да, ខ្មែរ, தமிழ், ไทย, عربي", ""),
        ("5 µm² ± 2 % ≥ 3 − 1 · ½ ₂ • “q” — …", ""),
        ("e\u0301 a\u0302\u0301 \u1ea5", ""),
        ("m\u0303", ""),
        ("a\u200bb\u200dc\u2060d\u00a0e\tf\ng", ""),
        ("猫と猫", "猫と"),
        ("\u1112\u1161", "하"),
        ("😀\ufe0f", "😀"),
    ],
)
def test_only_what_would_be_drawn_and_has_no_glyph_is_missing(text: str, missing: str) -> None:
    assert "".join(missing_characters(text, stack())) == missing


def test_a_character_that_only_the_regular_weight_has_is_missing() -> None:
    regular = Path(fontpkg.path("noto-sans", 400))
    khmer = Path(fontpkg.path("noto-sans-khmer", 400))

    assert missing_characters("aα", [Family("Mixed", ("Latn",), (regular, khmer))]) == ["α"]
