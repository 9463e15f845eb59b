"""Exports of changed layouts: the dates and the form of references, which no change of the source can break."""

import pytest

from tests.prove.press import KINDS, assert_broken, assert_says, broken, relaid

DATES = {"large-print": "shared/topic.html", "epub": "shared/topic.html", "handout": "handout/topic.html"}
LAST = "{{ content.last_reviewed(topic) }}"
MADE = '{{ _("Made on %(day)s.", day=made_on|date) }}'


@pytest.mark.parametrize("kind", KINDS)
def test_dates_that_changed_places(kind: str) -> None:
    edits = {DATES[kind]: [("day=made_on", "day=topic.reviewed")]}
    edits["shared/content.html"] = [("day=topic.reviewed", "day=made_on")]
    found = broken(relaid(kind, edits), kind)
    assert_broken(found, "P7", "last reviewed: “1 October 2026”", "Last reviewed 22 November 2026")


@pytest.mark.parametrize("kind", ["large-print", "epub"])
def test_the_day_of_making_missing(kind: str) -> None:
    found = broken(relaid(kind, {DATES[kind]: [(MADE, "")]}), kind)
    assert_broken(found, "P7", "made on: “22 November 2026”", "Last reviewed 1 October")


@pytest.mark.parametrize("kind", ["large-print", "epub"])
def test_the_day_of_making_missing_where_the_review_was_that_day(kind: str) -> None:
    found = broken(relaid(kind, {DATES[kind]: [(MADE, "")]}, "deep-sleep"), kind, "deep-sleep")
    assert_broken(found, "P7", "made on: “22 November 2026”", "Last reviewed 22 November")


@pytest.mark.parametrize("kind", ["handout", "epub"])
def test_two_equal_dates_in_one_field(kind: str) -> None:
    one = '{{ _("Last reviewed and made on %(day)s.", day=topic.reviewed|date) }}'
    found = broken(relaid(kind, {DATES[kind]: [(MADE, ""), (LAST, one)]}, "deep-sleep"), kind, "deep-sleep")
    assert_broken(found, "P7", "made on: “22 November 2026”, in a field of its own")


def test_short_references_have_to_be_named_so() -> None:
    short = [("page.entries(form)", 'page.entries("short")')]
    found = broken(relaid("handout", {"handout/topic.html": short}), "handout")
    assert_broken(found, "P3", "a sentence beside the list", "short entries")
    named = [*short, ('{% if form == "short" %}', "{% if true %}")]
    assert broken(relaid("handout", {"handout/topic.html": named}), "handout") == {}


def test_short_references_are_for_handouts_only() -> None:
    short = [("page.entries()", 'page.entries("short")')]
    found = broken(relaid("epub", {"shared/content.html": short}), "epub")
    assert_broken(found, "P3", "reference 2", "title “Legs that stay tired”")


def test_pages_of_other_numbers() -> None:
    edits = {
        "large-print/topic.html": [
            ('<a href="#{{ use }}">{{ number }}</a>', '<a href="#{{ use }}">{{ number + 1 }}</a>')
        ],
        "large-print/style.css": [("target-counter(attr(data-target url), page)", '"99"')],
    }
    found = broken(relaid("large-print", edits), "large-print")
    assert_broken(found, "P4 P8", "a page that cites reference 2", "found page")
    assert_says(found, "P8", "page 2 behind “Start here", "page 99")


def test_a_column_of_grades_has_to_name_its_parts_in_their_order() -> None:
    """A stranger's words may stand above the labels, not for them."""
    label = "{% for name in column.names %}{{ part(atlas.grades[name].label, column) }}{% endfor %}"
    unnamed = [(label, "{% if not column.has_levels %}{{ atlas.grades[column.names[0]].label }}{% endif %}")]
    found = broken(relaid("handout", {"handout/topic.html": unnamed}), "handout")
    assert_broken(found, "P2", "no cell under a header “Strength of evidence”")
    turned = [(label, label.replace("column.names", "column.names|reverse"))]
    found = broken(relaid("handout", {"handout/topic.html": turned}), "handout")
    assert_broken(found, "P2", "under “Strength of evidence”")
    beside = [(label, f"{label} of evidence")]
    found = broken(relaid("handout", {"handout/topic.html": beside}), "handout")
    assert_broken(found, "P2", "no cell under a header")
