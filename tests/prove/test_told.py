"""P5 and P6: each way in which a file may tell other words or numbers than the source, and what is no difference."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from atlas_print.blocks import Paragraph
from atlas_print.inlines import Citation, Span, Text
from atlas_print.sections import Section
from tests.prove.press import assert_says, atlas, broken, changed, good, printed, repacked, told, topic

Edit = tuple[str, str]
ITEM = "<li>Whether rest helps.</li>"
FIRST, LAST = "<li>An item with a claim.", "<li>The last item.</li>"
HURT = "They can also hurt, and the words repeat.&#160;"

WORDS: dict[str, tuple[Sequence[Edit], tuple[str, ...]]] = {
    "a word gone": ([("Rest before you are tired", "Rest you are tired")], ("Rest before you are", "Rest you are")),
    "a word more": ([("Rest before you", "Do not rest before you")], ("“…Rest before", "Do not rest")),
    "two words exchanged": ([("Rest before you", "Rest you before")], ("Rest before you",)),
    "an accent gone": ([("à bout de", "a bout de")], ("à bout de souffle", "a bout de")),
    "a capital gone": ([("Whether rest", "whether rest")], ("Whether rest helps",)),
    "a space gone": ([("Whether rest helps", "Whether resthelps")], ("Whether rest helps", "resthelps")),
    "a space more": ([("Whether rest helps", "Whether re st helps")], ("Whether rest helps", "re st")),
    "an item gone": ([(ITEM, "")], ("Whether rest helps", "no such words")),
    "an item twice": ([(ITEM, ITEM * 2)], ("nothing but labels beside them", "Whether rest helps")),
    "items exchanged": ([(FIRST, "<li>The last item.MARK"), (LAST, ""), ("MARK", "</li>" + FIRST)], ("The last item",)),
    "a paragraph more": ([(ITEM, ITEM + "<li>It always passes.</li>")], ("It always passes",)),
    "a caption changed": ([("<figcaption>Two legs", "<figcaption>Two arms")], ("Two legs at rest", "Two arms")),
    "an alt changed": ([('aria-label="Described in words', 'aria-label="A red box')], ("A red box",)),
    "an alt told otherwise": (
        [('</strong> <span id="described-1">A plain box', '</strong> <span id="described-1">A red box')],
        ("figure in", "A plain box", "A red box"),
    ),
    "an alt gone": ([('aria-label="Described in words"', "")], ("A plain box", "no figure")),
    "a short version changed": ([("the cause is open", "the cause is known")], ("cause is open", "cause is known")),
    "a heading changed": ([(">What this means for you</h2", ">What this means</h2")], ("What this means for you",)),
    "a text hidden": ([("<p>Rest before", "<p hidden='hidden'>Rest before")], ("Rest before you", "no such words")),
    "a cell gone": ([("<td>Tired</td>", "<td></td>")], ("Tired", "no such words")),
}
NUMBERS: dict[str, tuple[Sequence[Edit], tuple[str, ...]]] = {
    "two numbers exchanged": (
        [("1.2 ± 0.3", "1.5 ± 0.3"), ("against 1.5", "against 1.2")],
        ("1.2 ± 0.3", "1.5 ± 0.3"),
    ),
    "a digit changed": ([("In 24 people", "In 42 people")], ("In 24 people", "In 42 people")),
    "a point gone": ([("1.2 ± 0.3", "12 ± 0.3")], ("1.2 ± 0.3", "12 ± 0.3")),
    "a sign gone": ([("1.2 ± 0.3", "1.2 0.3")], ("1.2 ± 0.3", "1.2 0.3")),
    "a sign changed": ([("1.2 ± 0.3", "1.2 − 0.3")], ("1.2 ± 0.3", "1.2 − 0.3")),
    "an alt with a number": ([("for two legs.</span>", "for 2 legs.</span>")], ("for two legs", "for 2 legs")),
    "a number in a cell": ([("<td>1.2</td>", "<td>1.3</td>")], ("1.2", "1.3")),
}  # fmt: skip


@pytest.mark.parametrize("name", WORDS)
def test_words(name: str) -> None:
    edits, said = WORDS[name]
    assert_says(broken(repacked(good("epub"), *edits), "epub"), "P5", *said)


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers(name: str) -> None:
    edits, said = NUMBERS[name]
    assert_says(broken(repacked(good("epub"), *edits), "epub"), "P6", *said)


@pytest.mark.parametrize("kind", ["large-print", "handout"])
def test_a_pdf(kind: str) -> None:
    key = Span((Text("In 42 people, VO2 was 1.2 ± 0.3 against 1.5 ± 0.2 litres."),), key=True)
    line = (key, Citation.of("ames-2021", "chen-2020"))
    section = topic().sections[1]
    first = replace(section, blocks=(Paragraph((*line, *_behind(section))), *section.blocks[1:]))
    meant = replace(topic(), short="Tired legs after rest are rare, and the cause is open.")
    new = replace(meant, sections=(topic().sections[0], first, *topic().sections[2:]))
    found = broken(printed(kind, changed(atlas(), new)), kind)
    assert sorted(found) == ["P5", "P6"], told(found)
    assert_says(found, "P5", "rest are common", "rest are rare")
    assert_says(found, "P6", "In 24 people", "In 42 people")


def _behind(section: Section) -> tuple[Text | Citation | Span, ...]:
    """What stands behind the key sentence of a section's first paragraph."""
    first = section.blocks[0]
    assert isinstance(first, Paragraph)
    return tuple(child for child in first.children[2:] if isinstance(child, Text | Citation | Span))


@pytest.mark.parametrize(
    "edits",
    [
        [("1.2 ± 0.3", "1.2\u00a0±\u202f0.3")],
        [("Whether rest helps", "Whether  rest\n helps")],
        [("à bout", "a\u0300 bout")],
        [("Whether rest helps", "Whe\u00adther rest helps")],
        [("<li>Whether rest helps.</li>", "<li><p>Whether <em>rest</em> helps.</p></li>")],
        [("<p>Rest before you are tired.</p>", "<div><p>Rest before you are tired.</p></div>")],
    ],
    ids=["no-break spaces", "white space", "combining accent", "soft hyphen", "marks", "boxes"],
)
def test_no_difference(edits: Sequence[Edit]) -> None:
    assert broken(repacked(good("epub"), *edits), "epub") == {}


def test_a_title_page_that_says_more() -> None:
    data = repacked(good("epub", None), ("Published by", "This cures everyone. Published by"))
    assert_says(broken(data, "epub", None), "P5", "This cures everyone")
