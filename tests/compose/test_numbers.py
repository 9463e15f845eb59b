"""Numbers keep their sign, spread and unit on one line, and no character changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from atlas_print.compose.numbers import joined


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("RBC:TP 0.37 ± 0.10 against 0.45 ± 0.07", ["0.37 ± 0.10", "0.45 ± 0.07"]),
        ("low (P = .04); high", ["P = .04"]),
        ("43.5 ms against 32.5 ms", ["43.5 ms", "32.5 ms"]),
        ("fewer (−45 %) of 5 µm", ["−45 %", "5 µm"]),
        ("4.9 mL/kg/min lower", ["4.9 mL/kg/min"]),
        ("12 people and 3 mice", []),
        ("1,944,580 matched", []),
    ],
)
def test_groups(text: str, groups: list[str]) -> None:
    assert re.findall(r'<span class="n">(.*?)</span>', joined(text)) == groups


@given(st.text(alphabet="0123456789 .,±−–=<>&%msLPx/°µ\u00a0", max_size=60))
def test_the_characters_stay(text: str) -> None:
    assert Markup(re.sub(r"</?span[^>]*>", "", joined(text))).unescape() == text
