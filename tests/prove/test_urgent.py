"""What tells when to get help at once stands where it is written, and again where nobody can miss it."""

from dataclasses import replace
from functools import cache

import pytest

from atlas_print.atlas import Atlas
from atlas_print.blocks import Division, ListBlock, Paragraph
from atlas_print.inlines import Citation, Span, Text
from tests.prove.press import KINDS, assert_broken, atlas, broken, changed, relaid

SLUG = "deep-sleep"
CALL = "Call for help if you fall asleep at the wheel."
SHARED, HANDOUT = "shared/topic.html", "handout/topic.html"
AGAIN = '{{ content.labelled("urgent", topic.urgent, page.repeating()) }}'
BAR = '{{ content.labelled("urgent", topic.urgent, page) }}'
SCALE = "{% macro scale(topic, page) %}"
LATE = "{% for block in topic.urgent %}{{ content.block(block, page.repeating()) }}{% endfor %}"


@cache
def urgent() -> Atlas:
    """The sample with what is urgent in one of its topics: a sentence with its source, and a block."""
    topic = atlas().topic(SLUG)
    first, *rest = topic.sections
    sentence = Paragraph((Span((Text(CALL),), urgent=True), Citation.of("diaz-2024")))
    items = ((Paragraph((Text("by 9 o’clock,"),)),), (Paragraph((Text("on 2 days."),)),))
    block = Division((Paragraph((Text("Call for help if nobody can wake you:"),)), ListBlock(items)), "urgent")
    section = replace(first, blocks=(*first.blocks, sentence, block))
    return changed(atlas(), replace(topic, sections=(section, *rest)))


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_again(kind: str) -> None:
    assert broken(relaid(kind, {}, SLUG, urgent()), kind, SLUG, urgent()) == {}


@pytest.mark.parametrize(
    ("kind", "name", "edits"),
    [
        ("large-print", SHARED, [(AGAIN, "")]),
        ("epub", SHARED, [(AGAIN, "")]),
        ("handout", HANDOUT, [(BAR, "")]),
        (
            "epub",
            SHARED,
            [
                (AGAIN, ""),
                (
                    SCALE,
                    SCALE + "{% for block in topic.urgent %}{{ content.block(block, page.repeating()) }}{% endfor %}",
                ),
            ],
        ),
    ],
    ids=["large print without", "book without", "handout without", "behind the sections"],
)
def test_it_is_lost_or_late(kind: str, name: str, edits: list[tuple[str, str]]) -> None:
    found = broken(relaid(kind, {name: edits}, SLUG, urgent()), kind, SLUG, urgent())
    assert_broken(found, "P4 P5 P6", CALL)
