"""Lines of a heading: as few as before, about as long as each other, none too long."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas_print.compose.balance import balanced_width
from atlas_print.typefaces import advance, families

STACK = families(None, "en", [])


def broken(text: str, width: float) -> list[str]:
    """The lines of bold text in that width."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and sum(advance(character, STACK, bold=True) for character in longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Impaired alveolar-capillary gas transfer", ["Impaired alveolar-capillary", "gas transfer"]),
        ("Long COVID can be one illness, months long", ["Long COVID can be one", "illness, months long"]),
    ],
)
def test_no_word_is_left_alone(text: str, expected: list[str]) -> None:
    width = balanced_width(text, 16.5, STACK)
    assert width is not None
    assert broken(text, width) == expected


def test_no_line_is_narrower_than_the_longest_word() -> None:
    width = balanced_width("A small pneumonoultramicroscopic", 15, STACK)
    assert width is not None
    assert width >= sum(advance(character, STACK, bold=True) for character in "pneumonoultramicroscopic")


def test_a_word_too_long_for_the_column_has_all_of_it() -> None:
    assert balanced_width("A small pneumonoultramicroscopic", 8, STACK) is None


def test_one_line_stays_as_it_is() -> None:
    assert balanced_width("Legs", 16, STACK) is None


@given(st.lists(st.text("abcmil", min_size=1, max_size=12), min_size=1, max_size=14), st.floats(8, 40))
def test_balancing_never_takes_a_line_more(words: list[str], column: float) -> None:
    text = " ".join(words)
    width = balanced_width(text, column, STACK)
    if width is not None:
        assert width <= column
        assert len(broken(text, width)) == len(broken(text, column))
