"""A table that a file tells in pairs of header and value: each pair whole, in its row, with the words of its header."""

from dataclasses import replace

import pytest

from atlas_print.atlas import Atlas
from atlas_print.blocks import Table
from atlas_print.inlines import Inlines, Text
from atlas_print.prove.source.lines import flattened
from atlas_print.prove.source.script import Kind, Passage, in_pairs
from tests.prove.press import assert_says, atlas, broken, changed, relaid, told, topic

PAIRS = "shared/content.html"
HEADER = "{{ inlines(header, page) if first else words(header) }}"
VALUE = '{{ inlines(cell, page) if cell else "–" }}'


def source() -> Atlas:
    """The sample with a table of doses that is too wide for every export of it."""
    rows = [
        ["Medicine", "Children of 1–5 years", "Children of 6–12 years", "Grown-up people", "Maximum"],
        ["Paracetamolum", "120–240 mg every 4–6 hours", "250–500 mg every 4–6 hours", "1,000 mg", "4 doses"],
        ["Ibuprofenum", "50 mg three times", "200 mg three times", "", "3 doses"],
    ]
    header, *others = (tuple(map(_cell, row)) for row in rows)
    table = Table(header, tuple(others), (None,) * len(header), _cell("Doses of two medicines"), line=9)
    first, *sections = topic().sections
    return changed(atlas(), replace(topic(), sections=(replace(first, blocks=(*first.blocks, table)), *sections)))


def _cell(text: str) -> Inlines:
    return (Text(text),) if text else ()


KINDS = ("large-print", "epub")


@pytest.mark.parametrize("kind", KINDS)
def test_as_it_should_be(kind: str) -> None:
    data = relaid(kind, {PAIRS: []}, source=source())
    found = broken(data, kind, source=source())
    assert found == {}, told(found)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("edit", "promise", "said"),
    [
        ((HEADER, "{{ inlines(header, page) if first }}"), "P5", ("Medicine", "no such words")),
        ((HEADER, "{{ words(header if first else item.header[1]) }}"), "P6", ("…Children of 6–12", "…Children of 1–5")),
        ((HEADER, HEADER + "{% if not first %} 7{% endif %}"), "P6", ("…Grown-up people…", "Grown-up people 7")),
        ((VALUE, "{{ inlines(cell, page) if cell and first else '–' }}"), "P6", ("50 mg three times",)),
        ((VALUE, "{{ inlines(row[(loop.index0 + 1) % 5], page) }}"), "P6", ("120–240 mg",)),
        (("{{ caption(item, page) }}", ""), "P5", ("Doses of two medicines", "no such words")),
    ],
)  # fmt: skip
def test_pairs_that_are_not_whole(kind: str, edit: tuple[str, str], promise: str, said: tuple[str, ...]) -> None:
    found = broken(relaid(kind, {PAIRS: [edit]}, source=source()), kind, source=source())
    assert_says(found, promise, *said)


@pytest.mark.parametrize("kind", KINDS)
def test_a_table_that_is_not_there_is_told_once(kind: str) -> None:
    data = relaid(kind, {PAIRS: [("{% for row in item.rows %}", "{% for row in () %}")]}, source=source())
    found = broken(data, kind, source=source())
    of_it = {id_: [it for it in held if it.source is not None and it.source.line == 9] for id_, held in found.items()}
    assert [len(of_it[id_]) for id_ in ("P5", "P6")] == [1, 1], told(found)
    assert_says(of_it, "P5", "Medicine", "no such words")


ANSWERS = [["Yes", "No"], ["Yes", "No"], ["No", "Yes"], ["Yes", "Yes"]]


@pytest.mark.parametrize(
    ("flat", "words"),
    [
        ("YesNo" + "YesNo" + "NoYes" + "YesYes", "Yes No Yes No No Yes Yes Yes"),
        ("Yes:YesNo:No" + "Yes:NoNo:Yes" + "Yes:YesNo:Yes", "Yes Yes No No Yes No No Yes Yes Yes No Yes"),
    ],
)
def test_a_table_of_few_words_is_taken_as_it_stands(flat: str, words: str) -> None:
    header, *rows = (tuple(map(_cell, row)) for row in ANSWERS)
    table = Table(header, tuple(rows), (None, None))
    cells = [Passage("", flattened(topic(), cell), Kind.CELL, table=table) for row in (header, *rows) for cell in row]
    assert [it.text for it in in_pairs(topic(), cells, flat)] == words.split()
