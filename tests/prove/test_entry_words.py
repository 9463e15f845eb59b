"""A reference entry says its record and labels alone, in every language that entries are set in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas_print.compose.bibliography import full_entries, short_entries, terms
from atlas_print.prove.promises.p3_entries import strange_word, words_of
from atlas_print.prove.source.labels import Labels
from tests.compose.test_bibliography import CASES, Item, reference
from tests.prove.press import assert_broken, broken, good, repacked

LANGUAGES = ("en", "de", "fr", "lv", "sr", "sr-Cyrl", "eu", "hu", "zh", "hi", "ar", "he", "tlh")


def beside(language: str) -> Labels:
    found = Labels()
    found.add(terms(language))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_styles_print_is_of_the_record_or_a_term(language: str) -> None:
    for name, item in CASES.items():
        it = reference(item)
        for entry in (*full_entries([it], language), *short_entries([it], language)):
            assert strange_word(entry.text, words_of(it), beside(language)) == "", (name, entry.text)


@settings(deadline=None)
@given(st.sampled_from(list(CASES.values())), st.data())
def test_any_other_word_is_strange(item: Item, data: st.DataObject) -> None:
    words = full_entries([reference(item)], "en")[0].text.split()
    at = data.draw(st.integers(0, len(words)))
    words.insert(at, "never")
    assert strange_word(" ".join(words), words_of(reference(item)), beside("en"))


@pytest.mark.parametrize(
    ("was", "shall", "said"),
    [
        (" trial. Journal", " trial (Retracted). Journal", "with “Retracted”"),
        ("Ames AB, Ś", "Ames BA, Ś", "with “BA”"),
        ("2021;12(3)", "2021;7777;12(3)", "with “7777”"),
        (", Świątkiewicz I.", ".", "second author “Świątkiewicz”"),
    ],
)
def test_a_word_in_an_entry(was: str, shall: str, said: str) -> None:
    assert_broken(broken(repacked(good("epub"), (was, shall)), "epub"), "P3", said)
