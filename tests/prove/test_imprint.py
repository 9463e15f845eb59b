"""P5: what the atlas says of itself and of a topic beside its text stands in every file."""

import pytest

from tests.prove.press import SLUG, assert_says, broken, good, relaid, repacked

GONE = {
    "title": (">Rest Atlas<", "><", "“Rest Atlas”, the title of the atlas"),
    "kind": (">Symptom · Energy<", ">Energy<", "“Symptom”, the kind of “Tired legs”"),
    "system": (">Symptom · Energy<", ">Symptom<", "“Energy”, the system of “Tired legs”"),
    "publisher": ("Published by The Rest Atlas group.", "Published.", "“The Rest Atlas group”, the publisher"),
    "contact": (">hello@rest.example<", ">Write to us<", "“hello@rest.example”, the contact"),
}


@pytest.mark.parametrize("name", GONE)
def test_a_book_of_one_topic(name: str) -> None:
    was, shall, says = GONE[name]
    assert_says(broken(repacked(good("epub"), (was, shall)), "epub"), "P5", says, "no such words")


def test_a_book_of_all_topics() -> None:
    heading = '<h1 id="title">Rest Atlas</h1>'
    book = good("epub", None)
    found = broken(repacked(book, (heading, "<p>Rest Atlas</p>")), "epub", None)
    assert_says(found, "P5", "“Rest Atlas”, the title of the atlas", "no heading")
    found = broken(repacked(book, (">Symptom · Energy<", ">Symptom<")), "epub", None)
    assert_says(found, "P5", "“Energy”, the system of", "1 of 2")


@pytest.mark.parametrize(
    ("kind", "file", "was", "says"),
    [
        ("large-print", "shared/topic.html", 'atlas.kinds[topic.kind] ~ " · " ~ ', "“Symptom”, the kind"),
        ("handout", "handout/topic.html", "{{ atlas.kinds[topic.kind] }} · ", "“Symptom”, the kind"),
        ("large-print", "shared/topic.html", "{{ name }} · ", "“Rest Atlas”, the title"),
    ],
)
def test_a_pdf(kind: str, file: str, was: str, says: str) -> None:
    data = relaid(kind, {file: [(was, "")]}, SLUG)
    assert_says(broken(data, kind), "P5", says)
