"""Faces cut to what a document needs, and the pieces of a line by the family that sets them."""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from atlas_print.compose.faces import faces, family_name
from atlas_print.typefaces import WEIGHTS, Family, families, families_of

STACK = families(None, "en", [])


def cut(text: str, languages: tuple[str, ...] = ()) -> dict[str, Path]:
    """The regular face of each family that the text needs."""
    return {name: file for name, weight, file in faces(STACK, frozenset(text), languages) if weight == 400}


def characters(file: Path) -> set[str]:
    with TTFont(file) as font:
        return set(map(chr, font.getBestCmap()))


def test_a_book_carries_what_it_needs_of_a_family() -> None:
    found = cut("Fever ↓ ⩾ 中")
    assert list(found) == ["Atkinson Hyperlegible", "DejaVu Sans", "Noto Sans SC"]
    assert {"↓", "⩾"} <= characters(found["DejaVu Sans"])
    assert "↑" not in characters(found["DejaVu Sans"])
    assert all(file.stat().st_size < 40_000 for file in found.values())


def test_a_character_has_a_glyph_of_its_own() -> None:
    # The bullet and the middle dot share one in this family, as spaces do in many.
    for name, file in cut("中·•\u00a0 Åµμ").items():
        with TTFont(file) as font:
            glyphs = list(font.getBestCmap().values())
        assert len(glyphs) == len(set(glyphs)), name


def test_an_emoji_of_several_characters_is_drawn_by_one_family() -> None:
    found = cut("👩\u200d⚕\ufe0f 1\ufe0f\u20e3")
    assert {"👩", "⚕", "1", "\u20e3"} <= characters(found["Noto Emoji"])
    assert "Noto Emoji" not in cut("⚕ ♀ 1")
    assert "Noto Emoji" in cut("♀\ufe0f")


@pytest.mark.parametrize("weight", WEIGHTS)
def test_a_cut_is_static_at_its_weight_and_as_wide_as_the_font_there(weight: int) -> None:
    family = next(family for family in STACK if family.name == "Noto Sans")
    found = {(name, at): file for name, at, file in faces(STACK, frozenset("Λθж"), ())}
    with TTFont(found["Noto Sans", weight]) as cut, TTFont(family.files[0]) as whole:
        at_weight = whole.getGlyphSet(location={"wght": weight, "wdth": 100})
        glyphs = cut.getBestCmap()
        widths = {character: cut["hmtx"][glyphs[ord(character)]][0] for character in "Λθж"}
        expected = {character: round(at_weight[whole.getBestCmap()[ord(character)]].width) for character in "Λθж"}
        assert (widths, "fvar" in cut) == (expected, False)


def test_a_font_packed_as_woff_is_cut_as_any_other(tmp_path: Path) -> None:
    with TTFont(STACK[0].files[0]) as font:
        font.flavor = "woff"
        font.save(tmp_path / "own.woff")
    stack = (Family("Own", ("Latn",), (tmp_path / "own.woff",) * 2), *STACK)
    (_, _, regular), *_ = faces(stack, frozenset("Fever"))
    assert {"F", "e", "v", "r"} <= characters(regular)


def test_a_cut_keeps_the_names_of_its_font() -> None:
    with TTFont(cut("Fever")["Atkinson Hyperlegible"]) as font, TTFont(STACK[0].files[0]) as whole:
        # Of the copyright and the licence.
        held, wanted = ([names.getDebugName(told) for told in (0, 13)] for names in (font["name"], whole["name"]))
    assert held == wanted
    assert all(wanted)


def test_a_passage_in_another_language_has_the_family_of_that() -> None:
    assert "Noto Sans JP" not in cut("直角")
    assert "Noto Sans JP" in cut("直角", ("ja",))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a → b", ["Atkinson Hyperlegible"] * 2 + ["DejaVu Sans"] + ["Atkinson Hyperlegible"] * 2),
        ("e\u0301中", ["Atkinson Hyperlegible"] * 2 + ["Noto Sans SC"]),
        ("1\ufe0f\u20e3 ", ["Noto Emoji"] * 3 + ["Atkinson Hyperlegible"]),
        ("👩\u200d⚕\ufe0f", ["Noto Emoji"] * 4),
        ("", []),
    ],
)
def test_each_character_of_a_line_has_its_family(text: str, names: list[str]) -> None:
    assert [family.name for family in families_of(text, STACK)] == names


def test_a_face_is_found_by_the_name_in_its_file() -> None:
    assert {name: family_name(file) for name, file in cut("→中😀א").items()} == {
        name: name
        for name in ("Atkinson Hyperlegible", "Noto Sans Hebrew", "DejaVu Sans", "Noto Sans SC", "Noto Emoji")
    }
