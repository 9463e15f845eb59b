"""What reads from left to right keeps its order among lines from right to left."""

import pytest
from babel import Locale

from atlas_print.compose.bibliography import Entry
from atlas_print.compose.numbers import joined
from atlas_print.compose.words import Words
from atlas_print.shipped import folder

ARABIC = Locale.parse("ar")


@pytest.mark.parametrize(
    "text",
    [
        "5 mg", "−5", "-5", "+44 20 7946 0018", "2024-05-31", "10–20", "45%", "95% CI 1.2–3.4", "P = 0.03", "6 × 10³",
        "2011;150(3):212–5", "SARS-CoV-2", "3.5 °C",
    ],
)  # fmt: skip
def test_it_is_isolated_as_a_whole(text: str) -> None:
    written = joined(f"قال ({text}) ثم {text}.", ARABIC)
    assert written.count('<bdi dir="ltr">') == 2
    assert written.striptags() == f"قال ({text}) ثم {text}."
    outside = written.replace("<bdi", "\0<bdi").split("\0")
    assert all(part.partition("</bdi>")[0].count(">") >= 1 for part in outside[1:])


@pytest.mark.parametrize("text", ["5 ملم", "CT", "12", "۱.۲–۳.۴", "كلمة (WHO) كلمة"])
def test_what_is_right_as_it_is_stays(text: str) -> None:
    assert "<bdi" not in joined(text, ARABIC)


def test_nothing_is_isolated_where_lines_run_from_left_to_right() -> None:
    assert "<bdi" not in joined("5 mg and −5", Locale.parse("en"))


def test_an_entry_runs_as_most_of_its_letters_do() -> None:
    assert Entry(("حسن ع. Title in English. Journal.",)).is_left_to_right
    assert not Entry(("حسن ع. الحمى والراحة. مجلة.",)).is_left_to_right


def test_a_value_inside_an_english_label_runs_as_its_letters_do() -> None:
    words = Words("ps", [folder("layouts")])
    written = words.markup("Last reviewed %(day)s.", day="1 اکتوبر")
    assert written == '<span lang="en" dir="ltr">Last reviewed <bdi lang="ps" dir="rtl">1 اکتوبر</bdi>.</span>'
