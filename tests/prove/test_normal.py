"""What makes texts comparable: white space and signs without a look go, everything else stays."""

import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.text import Builder, squeeze

# Marks that stack up without end are no text; what is tested is where pieces meet.
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cn", "Co"]), max_size=12)
SILENT = " \t\n\r\u00a0\u202f\u2009\u3000\u00ad\u200b\u2060\ufeff"
LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ſt", "ﬆ": "st"}


@settings(deadline=None)
@given(WORDS)
def test_squeezing_twice_changes_nothing(text: str) -> None:
    assert squeeze(squeeze(text)) == squeeze(text)


@settings(deadline=None)
@given(WORDS, st.lists(st.tuples(st.integers(0, 12), st.sampled_from(SILENT)), max_size=4))
def test_silent_signs_make_no_difference(text: str, extra: list[tuple[int, str]]) -> None:
    spaced = text
    for at, sign in extra:
        spaced = spaced[:at] + sign + spaced[at:]
    assert squeeze(spaced) == squeeze(text)


@settings(deadline=None)
@given(WORDS)
@example("ﬁnd")
def test_all_other_signs_stay(text: str) -> None:
    # A ligature is the letters that it stands for.
    kept = [LIGATURES.get(sign, sign) for sign in text if not sign.isspace() and sign not in SILENT]
    assert unicodedata.normalize("NFD", squeeze(text)) == unicodedata.normalize("NFD", "".join(kept))


@settings(deadline=None)
@given(st.lists(WORDS, max_size=6))
def test_a_text_in_pieces_is_the_same_text(pieces: list[str]) -> None:
    builder = Builder()
    builder.open(Role.PARAGRAPH, "p")
    for piece in pieces:
        builder.add(piece)
    builder.close()
    reading = builder.result()
    assert reading.flat == squeeze("".join(pieces))
    assert reading.elements[0].end == len(reading.flat)
    assert squeeze(reading.excerpt(0, len(reading.flat))) == reading.flat


def test_what_counts_as_different() -> None:
    pairs = ["P = .03", "P = 0.03"], ["1 – 2", "1 - 2"], ["µm", "μm"], ["Fälle", "Falle"], ["It", "it"], ["x²", "x2"]
    assert all(squeeze(one) != squeeze(other) for one, other in pairs)
    assert squeeze("e\u0301 t\u00ade\u200bs t") == "\u00e9test"


def test_ends_of_words() -> None:
    builder = Builder()
    builder.open(Role.PARAGRAPH, "p")
    builder.add("low-")
    builder.new_line()
    builder.add("moderate or")
    builder.new_line()
    builder.add("low. ")
    builder.open(Role.INLINE, "span")
    builder.add("high")
    builder.close()
    builder.add("er")
    builder.close()
    reading = builder.result()
    assert reading.flat == "low-moderateorlow.higher"
    found = {word: list(reading.words(word, 0, 24)) for word in ("low", "moderate", "low-moderate", "or", "high")}
    assert found == {"low": [14], "moderate": [], "low-moderate": [0], "or": [12], "high": []}
    assert reading.excerpt(0, 24) == "low-moderate or low. higher"
