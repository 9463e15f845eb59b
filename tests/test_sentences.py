"""The first sentence of a paragraph, in languages that end theirs in ways of their own."""

import pytest

from atlas_print.inlines import Citation, Inlines, NoteCall, Strong, Text
from atlas_print.sentences import first_sentence, sentences


@pytest.mark.parametrize(
    ("language", "first"),
    [
        ("en", "It fell by 3.5 mg vs. 4.2 mg (p = 0.03)."),
        ("en", "Give approx. 5 of these, i.e. all, as Prof. Li did (Fig. 2)."),
        ("en", "“It fell,” she said."),
        ("de", "Es sank z. B. bei Älteren um ca. 5 mg."),
        ("fr", "Le Dr. Roux a dit : « Oui »."),
        ("ar", "هل هذا صحيح؟"),
        ("ur", "یہ ایک ہے۔"),
        ("hi", "यह एक है।"),
        ("zh", "这是一个。"),
        ("ja", "これは一つです。"),
    ],
)
def test_a_sentence_ends_where_its_language_ends_it(language: str, first: str) -> None:
    between = "" if language in ("zh", "ja") else " "
    assert sentences(f"{first}{between}{first}", language) == [first, first]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ((Text("One. Two."),), (Text("One."),)),
        ((Text("One."), Citation.of("a"), Text(" Two.")), (Text("One."), Citation.of("a"))),
        ((Text("One. "), NoteCall("a"), Text(" Two.")), (Text("One."), NoteCall("a"))),
        ((Text("One. "), Strong((Text("Two."),))), (Text("One."),)),
        ((Strong((Text("One. Two."), Citation.of("a"))), Text("More.")), (Strong((Text("One."),)),)),
        ((Text("One "), Citation.of("a"), Text(". Two.")), (Text("One "), Citation.of("a"), Text("."))),
        ((Citation.of("a"),), (Citation.of("a"),)),
        ((Text("No stop at all"),), (Text("No stop at all"),)),
    ],
)
def test_what_is_cited_right_behind_its_full_stop_belongs_to_it(text: Inlines, first: Inlines) -> None:
    assert first_sentence(text, "en") == first
