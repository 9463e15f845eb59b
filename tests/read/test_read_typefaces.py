"""Fonts: which families a project has, in which order, and which characters they lack."""

import shutil
from importlib import metadata
from pathlib import Path

import fontpkg
import pytest

from atlas_print import typefaces
from atlas_print.problems import Problem
from atlas_print.typefaces import Family, extra_for, families, missing_characters, stacks_of_languages
from tests.read.laying import lay, problems_of

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
        ("שלום, নমস্কার, ગુજરાતી, ਸਤਿ, ಕನ್ನಡ, മലയാളം, සිංහල, မြန်မာ, ລາວ, አማርኛ, ქართული, հայերեն", ""),
        ("← ↑ → ↓ ↔ ⇌ ⇒ ⩽ ⩾ ≅ ≡ ∶ ∆ ∈ ∝ ∴ ✓ ✔ ✗ ✘ ☐ ☑ ☒ ● ○ ◯ ■ □ ▲ ▼ ★ ☆ ① ⑳ ♀ ♂ ⚠ ℞ ‰ Å Ω", ""),
        ("😀 🩺 👩🏽\u200d⚕️ 1️⃣ 🇬🇧", ""),
        ("中文, 日本語、ひらがな。한국어", ""),
        ("𓀀 and 𓀀, 𓃠", "𓀀𓃠"),
        ("\u1112\u1161 and 하", ""),
        ("𓀀\ufe0f", "𓀀"),
    ],
)
def test_only_what_would_be_drawn_and_has_no_glyph_is_missing(text: str, missing: str) -> None:
    assert "".join(missing_characters(text, stack())) == missing


def test_a_character_that_only_the_regular_weight_has_is_missing() -> None:
    regular = Path(fontpkg.path("noto-sans", 400))
    khmer = Path(fontpkg.path("noto-sans-khmer", 400))

    assert missing_characters("aα", [Family("Mixed", ("Latn",), (regular, khmer))]) == ["α"]


def test_what_is_typed_as_it_stands_for_is_looked_for_as_it_is_typed() -> None:
    # An ideograph of compatibility, whose normal form a font may have without having the ideograph itself.
    chinese = [family for family in stack() if family.name == "Noto Sans SC"]
    assert missing_characters("\u4e32", chinese) == []
    assert missing_characters("\uf904", chinese) == ["\uf904"]
    assert missing_characters("\u212b\u2126", stack()) == []


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("zh", "Noto Sans SC"),
        ("zh-TW", "Noto Sans TC"),
        ("ja", "Noto Sans JP"),
        ("ko", "Noto Sans KR"),
        ("he", "Noto Sans Hebrew"),
    ],
)
def test_families_of_extras_and_other_packages(language: str, first: str) -> None:
    assert stack(language=language)[0].name == first


def test_passages_of_languages_that_share_characters_are_set_each_in_its_own_family() -> None:
    names = {
        tag: [family.name for family in order]
        for tag, order in stacks_of_languages(stack(), ["ja", "zh-Hant", "fr", "he", ""]).items()
    }
    assert set(names) == {"ja", "zh-Hant"}
    assert names["ja"].index("Noto Sans JP") < names["ja"].index("Noto Sans SC")
    assert names["ja"][:2] == ["Atkinson Hyperlegible", "Noto Sans"]
    assert stacks_of_languages(stack(language="ja"), ["ja"]) == {}
    assert next(iter(stacks_of_languages(stack(language="ja"), ["ko"])["ko"])).name == "Noto Sans KR"


def without_extras(monkeypatch: pytest.MonkeyPatch) -> None:
    def found(name: str) -> metadata.Distribution:
        if name == "justmytype-intl-cjk":
            raise metadata.PackageNotFoundError(name)
        return metadata.distribution(name)

    monkeypatch.setattr(typefaces, "distribution", found)


def test_an_extra_that_is_not_installed_is_named_for_its_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    assert extra_for("Hang") is None
    without_extras(monkeypatch)
    assert [extra_for(script) for script in ("Hani", "Hira", "Hang", "Bopo", "Hebr", "Egyp")] == ["cjk"] * 4 + [
        None
    ] * 2
    assert missing_characters("a→中", stack()) == ["中"]


def test_east_asian_letters_are_one_problem_with_the_way_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_extras(monkeypatch)
    project = lay(tmp_path)
    topic = project / "content" / "topics" / "slow-mornings.md"
    topic.write_text(topic.read_text("utf-8") + "\n麻黄（Ｍａ），とても、한국。 → ⩾\n", "utf-8")
    (problem,) = problems_of(project)
    assert problem.rule == "no-glyph"
    assert problem.what.startswith("no font has 14 Chinese, Japanese or Korean characters: '麻' (U+9EBB), ")
    assert problem.help == "pip install 'atlas-print[cjk]', which brings fonts for them"


def test_a_font_of_a_package_that_is_not_installed(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    text = "families:\n  - {name: Mine, scripts: [Latn], from: no-such-fonts, file: x.ttf}\n"
    (tmp_path / "fonts/fonts.yaml").write_text(text, "utf-8")
    problems: list[Problem] = []
    families(tmp_path, "en", problems)
    assert [problem.what for problem in problems] == [
        "the package 'no-such-fonts' of the fonts 'Mine' is not installed"
    ]
