"""Text for a voice beside glyphs that stand in another order: their numbers and plain letters have to agree."""

import pytest

from atlas_print.prove.pdf.told import differing


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("(10⁹/L) م", ")/10 L⁹( م"),  # PDFium turns a row of signs round
        ("½ م", "م 1/2"),  # and takes a fraction apart
        ("CO₂ م", "م CO₂"),
        ("⁻³", "3-"),  # small digits stand for raised ones
        ("1\ufe0f\u20e3 م", "م"),  # an emoji of a key, which spells no digit
    ],
)
def test_the_same_in_another_order(told: str, shown: str) -> None:
    assert list(differing("page 1", told, shown, is_mirrored=True)) == []


@pytest.mark.parametrize(
    ("told", "shown"),
    [("10⁹/L م", "/10 L⁸ م"), ("10⁹/L م", "/10 L م"), ("½ م", "م 1/3"), ("12 م", "م 21"), ("CO₂ م", "م CO")],
)
def test_other_numbers(told: str, shown: str) -> None:
    assert [it.shown for it in differing("page 1", told, shown, is_mirrored=True)] == [shown]
