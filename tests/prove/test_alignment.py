"""Where a page of one reading begins in another: at the same words, however often these repeat."""

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas_print.alignment import Alignment
from atlas_print.prove.promises.book.pages import RunningText
from tests.prove.minimal import Pdf, line, read_book


def running(*paragraphs: str) -> RunningText:
    reading = read_book("".join(f"<p>{paragraph}</p>" for paragraph in paragraphs))
    return RunningText(reading, 0, len(reading.flat))


def found(ours: RunningText, theirs: RunningText, words: str) -> list[str]:
    """The words at the places that may stand for the last place of these words."""
    places = Alignment(ours, theirs).counterparts(ours.text.rindex("".join(words.split())))
    return [theirs.text[at : at + 8] for at in places]


@pytest.mark.parametrize(
    ("ours", "theirs", "words", "expected"),
    [
        # The same words stand twice and more.
        (["low", "low", "low", "high"], ["low", "low", "low", "high"], "lowhigh", ["lowhigh"]),
        (["a b a b a b c"], ["a b a b a b c"], "a b c", ["abc"]),
        # What only the first has belongs to the next words of both, where its letters are theirs too.
        (["One.", "Contents", "Legs, page 2", "Legs ache."], ["One.", "Legs ache."], "Contents", ["Legsache"]),
        (["One.", "Contents", "Can, page 2", "Can ache."], ["One.", "Can ache."], "Contents", ["Canache."]),
        (["One.", "Contents", "Can, page 2", "Can ache."], ["One.", "Can ache."], "Canache", ["Canache."]),
        (["One.", "Cited on page 3.", "Two."], ["One.", "Two."], "Cited", ["Two."]),
        (["One two", "more"], ["One two"], "more", [""]),
        # Either of two blocks of the same words may be what only the first has.
        (["A.", "Contents", "Dose, 2", "Contents", "Dose"], ["A.", "Contents", "Dose"], "e,2", ["Contents", "Dose"]),
        # What only the second has stands behind the words before it.
        (["One.", "Two."], ["One.", "Back: 1", "Two."], "Two", ["Two."]),
        (["One."], ["Cover", "One."], "One", ["One."]),
        # Words that only the first has, in the place of words that only the second has.
        (["One.", "6", "Two."], ["One.", "!?", "Two."], "6", ["!?Two.", "?Two.", "Two."]),
        (["One.", "PEM: x.org/pem", "CT: x.org", "Two."], ["One.", "PEM", "CT", "Two."], "CT", ["CTTwo."]),
        (["Nothing"], ["of it"], "Nothing", ["ofit", "fit", "it", "t", ""]),
    ],
)
def test_counterparts(ours: list[str], theirs: list[str], words: str, expected: list[str]) -> None:
    assert found(running(*ours), running(*theirs), words) == expected


def test_numbers_and_bullets_of_lists_are_left_out_and_terms_are_not() -> None:
    pdf = Pdf(
        b"".join(line(text, index, y=700 - 20 * index) for index, text in enumerate(["1.", "One", "PEM", "Words"]))
    )
    items = [("LI", [("Lbl", [0]), ("LBody", [1])]), ("LI", [("Lbl", [2]), ("LBody", [3])])]
    reading = pdf.reading(("L", items, {"/Pg": pdf.page(0)}))
    kept = RunningText(reading, 0, len(reading.flat))
    assert (reading.flat, kept.text) == ("1.OnePEMWords", "OnePEMWords")
    assert [kept.at(position) for position in (0, 2, 5)] == [0, 0, 3]
    assert kept.excerpt(0, 99) == "One PEM Words"


SHARED = st.lists(
    st.lists(st.sampled_from(["low", "high", "a", "moderate", "7.5"]), min_size=1, max_size=9), min_size=1
)
ALONE = st.lists(st.sampled_from(["Contents,", "PAGE", "9"]), min_size=1, max_size=30)


@given(SHARED, st.data())
def test_words_of_one_alone_move_no_others(shared: list[list[str]], data: st.DataObject) -> None:
    paragraphs = [" ".join(words) for words in shared]
    index = data.draw(st.integers(0, len(paragraphs)))
    alone = " ".join(data.draw(ALONE))
    longer = running(*paragraphs[:index], alone, *paragraphs[index:])
    shorter = running(*paragraphs)
    starts = [0, *accumulate(len("".join(words)) for words in shared)]
    added = len("".join(alone.split()))
    for number, start in enumerate(starts[:-1]):
        moved = start + added if number >= index else start
        assert Alignment(longer, shorter).counterparts(moved) == range(start, start + 1)
        assert Alignment(shorter, longer).counterparts(start) == range(moved, moved + 1)
    assert starts[index] in Alignment(longer, shorter).counterparts(starts[index])
