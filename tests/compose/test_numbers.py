"""Numbers keep what belongs to them on one line, short compounds and pieces of addresses too; no character changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from atlas_print.compose.numbers import joined, pieces


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("RBC:TP 0.37 ± 0.10 against 0.45 ± 0.07", ["0.37 ± 0.10", "0.45 ± 0.07"]),
        ("low (P = .04); high", ["P = .04"]),
        ("Walters H, et al. Lung", ["et al."]),
        ("43.5 ms against 32.5 ms", ["43.5 ms", "32.5 ms"]),
        ("fewer (−45 %) of 5 µm", ["−45 %", "5 µm"]),
        ("4.9 mL/kg/min lower", ["4.9 mL/kg/min"]),
        ("12 people and 3 mice", []),
        ("1,944,580 matched", []),
        ("low-moderate, well-founded", ["low-moderate", "well-founded"]),
        ("SARS-CoV-2 on CT/PFT, a 24-hour cut-off", ["SARS-CoV-2", "CT/PFT", "24-hour", "cut-off"]),
        ("post-exertional, no-gold-standard", []),
        ("from 12-15 to 2021-2022, -a and b-", []),
        ("in 2020–21, 5–10 mL, 2020 – 21, not a–b", ["2020–21", "5–10 mL", "2020 – 21"]),
    ],
)
def test_groups(text: str, groups: list[str]) -> None:
    assert re.findall(r'<span class="n">(.*?)</span>', joined(text)) == groups


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("was (never-hospitalised), and “post-exertional”; not", ["(never-hospitalised),", "“post-exertional”;"]),
        ("a post-exertional crash", ["post-exertional"]),
        ("low-moderate, 12 people", []),
        ("never-hospitalised/post-exertional-malaise", []),
    ],
)
def test_a_long_compound_has_its_marks_with_it(text: str, groups: list[str]) -> None:
    assert re.findall(r'<span class="compound">(.*?)</span>', joined(text)) == groups


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://doi.org/10.1002/jmv.28373", ["https://doi.org/", "10.1002/", "jmv.28373"]),
        ("doi:10.1016/S2213-2600(22)00125-4", ["doi:10.1016/", "S2213-2600(22)00125-4"]),
        ("https://a.example//x/", ["https://a.example//", "x/"]),
    ],
)
def test_pieces_of_an_address_end_behind_a_slash(address: str, expected: list[str]) -> None:
    assert pieces(address) == expected


@given(st.text(alphabet="abcdefg()“”0123456789 .,±−–-=<>&%msLPx:/°µ\u00a0", max_size=60))
def test_the_characters_stay(text: str) -> None:
    assert Markup(re.sub(r"</?span[^>]*>", "", joined(text))).unescape() == text
    assert "".join(pieces(text)) == text
