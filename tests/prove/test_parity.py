"""The exports of a topic side by side: good ones have the same, and each loss shows in its own row."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache

import pytest

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure, Paragraph
from atlas_print.inlines import Citation, Inlines, Text
from atlas_print.prove import Inventory, prove
from atlas_print.prove.inventory import Kind
from atlas_print.prove.parity import Cell, Copy, Parity, compare
from atlas_print.sections import Grade, Section
from tests.making import LABELS, TODAY
from tests.prove.press import KINDS, SLUG, atlas, changed, good, printed, relaid, topic


def inventory(data: bytes, kind: str, slug: str | None = SLUG, source: Atlas | None = None) -> Inventory:
    of = source or atlas()
    about = None if slug is None else of.topic(slug)
    return prove(data, kind, of, about, TODAY, labels=LABELS).inventories[SLUG]


@cache
def copy(kind: str, slug: str | None = SLUG) -> Copy:
    return Copy(kind if slug else "book", kind == "handout", inventory(good(kind, slug), kind, slug))


def beside_good(data: bytes, kind: str) -> Parity:
    """The file, last, beside a good large print and a good book, which agree."""
    return compare([copy("large-print"), copy("epub"), Copy("odd", kind == "handout", inventory(data, kind))])


def cells(parity: Parity, export: str) -> dict[str, Cell]:
    at = parity.exports.index(export)
    return {row.kind: row.cells[at] for row in parity.rows}


def test_good_exports_have_the_same() -> None:
    parity = compare([*map(copy, KINDS), copy("epub", None)])
    assert parity.is_same
    assert parity.exports == ("large-print", "handout", "epub", "book")
    # Words that lead to headings alone, as the contents on paper, are no heading of the topic.
    assert cells(parity, "large-print") == cells(parity, "epub") == cells(parity, "book")
    told = {kind: cell.text for kind, cell in cells(parity, "epub").items()}
    numbers = {"headings": 8, "grades": 2, "references": 8, "citations": 16, "links": 14, "alternative texts": 1}
    assert told == {kind: f"{n} of {n}, same order" for kind, n in numbers.items()}


def test_a_handout_says_less_and_keeps_grades_and_references() -> None:
    handout = cells(compare([*map(copy, KINDS)]), "handout")
    assert handout["grades"].text == "2 of 2, same order"
    assert handout["references"].text == "8 of 8, same order"
    for kind in (Kind.HEADINGS, Kind.CITATIONS, Kind.LINKS, Kind.ALTERNATIVES):
        assert handout[kind.value].text.endswith("by design")


def lines(section: Section, change: Callable[[Inlines], Inlines]) -> Section:
    blocks = (replace(b, children=change(b.children)) if isinstance(b, Paragraph) else b for b in section.blocks)
    return replace(section, blocks=tuple(blocks))


def with_section(number: int, change: Callable[[Section], Section]) -> Callable[[Topic], Topic]:
    def apply(source: Topic) -> Topic:
        sections = list(source.sections)
        sections[number] = change(sections[number])
        return replace(source, sections=tuple(sections))

    return apply


def no_citations(line: Inlines) -> Inlines:
    return tuple(child for child in line if not isinstance(child, Citation))


def no_subsections(section: Section) -> Section:
    return replace(section, subsections=())


def another_grade(section: Section) -> Section:
    assert section.grade is not None
    return replace(section, grade=Grade({**section.grade.values, "audit": "contested"}))


def another_alt(section: Section) -> Section:
    first, *rest = section.blocks
    assert isinstance(first, Figure)
    return replace(section, blocks=(replace(first, alt="Something else."), *rest))


def swapped(source: Topic) -> Topic:
    first, second, *rest = source.sections
    return replace(source, sections=(second, first, *rest))


LOSSES: dict[str, tuple[Callable[[Topic], Topic], str, str]] = {
    "another heading": (
        with_section(4, lambda s: replace(s, heading=(Text("Other"),))),
        "headings",
        "“Other” (level 2)",
    ),
    "no subsection": (with_section(1, no_subsections), "headings", "“A closer look” (level 3)"),
    "sections swapped": (swapped, "headings", "“Start here: what tired legs are”"),
    "another grade": (with_section(1, another_grade), "grades", "“What was measured”: moderate, contested,"),
    "no grade": (with_section(2, lambda s: replace(s, grade=None)), "grades", "“What may cause it”: low-moderate"),
    "a reference less": (lambda t: replace(t, references=t.references[:-1]), "references", "reference 8"),
    "another identifier": (
        lambda t: replace(t, references=(replace(t.references[0], doi="10.5555/other"), *t.references[1:])),
        "references",
        "reference 1",
    ),
    "other words in one": (
        lambda t: replace(
            t, references=(replace(t.references[0], item={**t.references[0].item, "volume": "999"}), *t.references[1:])
        ),
        "references",
        "in other words",
    ),
    "citations lost": (with_section(0, lambda s: lines(s, no_citations)), "citations", "the citation [1] behind"),
    "a link lost": (lambda t: replace(t, related=()), "links", "topics/deep-sleep/"),
    "another alternative text": (with_section(0, another_alt), "alternative texts", "“Something else.”"),
}


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("kind", ["large-print", "epub"])
def test_each_loss_shows_in_its_row(loss: str, kind: str) -> None:
    change, row, said = LOSSES[loss]
    parity = beside_good(printed(kind, changed(atlas(), change(topic()))), kind)
    assert not parity.is_same
    cell = cells(parity, "odd")[row]
    assert "differs" in cell.text
    assert any(said in str(finding) for finding in cell.findings), list(map(str, cell.findings))
    assert all(it.where and it.expected and it.found and it.help for it in cell.findings)
    # What most have is the measure: the others are as they should be.
    others = (cell for name in ("large-print", "epub") for cell in cells(parity, name).values())
    assert not any(other.findings for other in others)


def test_of_two_that_differ_the_one_that_lacks_something_is_told() -> None:
    shorter = printed("large-print", changed(atlas(), with_section(1, no_subsections)(topic())))
    lacking = Copy("second", False, inventory(shorter, "large-print"))
    for copies in ([copy("large-print"), lacking], [lacking, copy("large-print")]):
        parity = compare(copies)
        assert cells(parity, "second")["headings"].text == "7 of 8, differs"
        assert cells(parity, "large-print")["headings"].text == "8 of 8, same order"


def test_a_handout_may_have_nothing_that_the_others_lack() -> None:
    odd = printed("handout", changed(atlas(), with_section(5, lambda s: replace(s, heading=(Text("Other"),)))(topic())))
    heading = cells(beside_good(odd, "handout"), "odd")["headings"]
    assert "the heading “Other” (level 2)" in heading.findings[0].found
    graded = printed("handout", changed(atlas(), with_section(1, another_grade)(topic())))
    assert cells(beside_good(graded, "handout"), "odd")["grades"].findings


def test_a_layout_may_set_a_heading_of_its_own_on_a_handout() -> None:
    own = relaid("handout", {"handout/topic.html": [("<table", "<h2>{{ _('What was found') }}</h2><table")]})
    assert beside_good(own, "handout").is_same


def test_a_grade_may_hold_the_words_of_the_scale() -> None:
    def named(section: Section) -> Section:
        assert section.grade is not None
        return replace(section, grade=Grade({**section.grade.values, "basis": "a national Audit, Based on diaries"}))

    source = changed(atlas(), with_section(1, named)(topic()))
    parity = compare(
        [Copy(kind, kind == "handout", inventory(printed(kind, source), kind, SLUG, source)) for kind in KINDS]
    )
    assert parity.is_same
    (first, _) = inventory(printed("epub", source), "epub", SLUG, source).things[Kind.GRADES]
    assert first.name.endswith("moderate, well-founded, a national Audit, Based on diaries")


def test_what_could_not_be_read_is_said_and_compared_with_nothing() -> None:
    parity = compare([copy("large-print"), Copy("lost", False, None), copy("epub")])
    assert parity.is_same
    assert {cell.text for cell in cells(parity, "lost").values()} == {"not read"}
