"""Marks that tell words apart, wrong one by one: struck out, numbers of lists, languages, boxes, where links lead."""

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from atlas_print.atlas import Atlas
from tests.honest import projects
from tests.making import atlas_of
from tests.prove.press import KINDS, assert_says, broken, relaid

SLUG = "apart"
CONTENT = "shared/content.html"
STRUCK = ("<s>{{ inlines(child.children, page, first) }}</s>", "{{ inlines(child.children, page, first) }}")
LANGUAGE = ("{%- if item.language %} lang=", "{%- if false %} lang=")
SPAN = ("{%- if child.language %}<span", "{%- if false %}<span")
LEADS = ("{% for lead in found %}", "{% for lead in [] %}")
START = (' start="{{ item.start }}"', ' start="7"')
BOX = ("{{ entry[0].children[0].text }}</span>", "☐ </span>")
SAME_PAGE = ('<a href="#{{ target }}">{{ inlines', '<a href="#title">{{ inlines')
OTHER_TOPIC = ('<a href="{{ address }}">{{ inlines', '<a href="https://example.org/">{{ inlines')
PAGED = ("large-print", "handout")


@cache
def apart(project: str = "told-apart") -> Atlas:
    with TemporaryDirectory() as folder:
        projects.write(project, Path(folder))
        return atlas_of(Path(folder))


@pytest.mark.parametrize("kind", KINDS)
def test_all_as_it_should_be(kind: str) -> None:
    assert broken(relaid(kind, {}, SLUG, apart()), kind, SLUG, apart()) == {}


@pytest.mark.parametrize(
    ("kind", "edit", "promise", "said"),
    [
        *((kind, STRUCK, "P5", ("“not 50 mg” struck out", "words that hold")) for kind in KINDS),
        ("large-print", LANGUAGE, "P8", ("Elle a baissé de 5 mg", "in fr")),
        ("epub", LANGUAGE, "P8", ("Elle a baissé de 5 mg", "in fr")),
        ("large-print", SPAN, "P8", ("À bout de souffle", "in fr")),
        ("epub", SPAN, "P8", ("À bout de souffle", "in fr")),
        *((kind, LEADS, "P5", ("where “the guidance” leads", "a link alone")) for kind in PAGED),
        ("large-print", LEADS, "P5", ("where “the steps” leads", "a link alone")),
        *((kind, LEADS, "P5", ("where “a fever” leads", "a link alone")) for kind in PAGED),
        ("large-print", SAME_PAGE, "P5", ("a link on “the steps” to #steps",)),
        ("epub", SAME_PAGE, "P5", ("a link on “the steps” to #steps",)),
        *((kind, OTHER_TOPIC, "P5", ("a link on “a fever” to fever", "https://example.org/")) for kind in KINDS),
        ("epub", START, "P6", ("3 before “Third.”", "7")),
        ("large-print", BOX, "P5", ("☒ Write it down", "☐ Write it down")),
        ("epub", BOX, "P5", ("☒ Write it down", "☐ Write it down")),
    ],
)
def test_a_mark_is_wrong(kind: str, edit: tuple[str, str], promise: str, said: tuple[str, ...]) -> None:
    found = broken(relaid(kind, {CONTENT: [edit]}, SLUG, apart()), kind, SLUG, apart())
    assert_says(found, promise, *said)


@pytest.mark.parametrize("kind", KINDS)
def test_words_that_hold_are_struck_out(kind: str) -> None:
    edit = (
        ">{{ inlines(item.children, page) }}</p>\n{% elif kind == ",
        "><s>{{ inlines(item.children, page) }}</s></p>\n{% elif kind == ",
    )
    name = "handout/topic.html" if kind == "handout" else CONTENT
    if kind == "handout":
        edit = ("{{ content.inlines(passage, page) }}", "<s>{{ content.inlines(passage, page) }}</s>")
    found = broken(relaid(kind, {name: [edit]}, SLUG, apart()), kind, SLUG, apart())
    assert_says(found, "P5", "words that hold", "struck out", "Give 5 mg")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            '}} > li::before { content: counter(item, {{ name }}) "." }',
            "}} > li::before { content: none }",
            "3 before “Third.”",
        ),
        ('counter(item, {{ name }}) ")"', 'counter(item) ")"', "a before “Part.”"),
    ],
    ids=["no numbers", "numbers for letters"],
)
def test_a_list_counts_otherwise_on_paper(old: str, new: str, said: str) -> None:
    data = relaid("large-print", {"large-print/style.css": [(old, new)]}, SLUG, apart())
    assert_says(broken(data, "large-print", SLUG, apart()), "P6", said)


@pytest.mark.parametrize(
    ("kind", "name"),
    [("large-print", "large-print/topic.html"), ("handout", "handout/topic.html"), ("epub", "epub/topic.xhtml")],
)
def test_a_picture_in_place_of_the_logo(kind: str, name: str) -> None:
    edits = {name: [('alt="{{ atlas.publisher }}"', 'alt="Buy our pills"')]}
    found = broken(relaid(kind, edits, "fever", apart("logo")), kind, "fever", apart("logo"))
    assert_says(found, "P5", "the figures of the source and no others", "Buy our pills")


def test_a_wide_figure_that_is_small_on_its_page() -> None:
    small = {"large-print/style.css": [(".wide img { max-height: none }", ".wide img { max-height: 40pt }")]}
    source = apart("wide-figures")
    found = broken(relaid("large-print", small, "wide", source), "large-print", "wide", source)
    assert_says(found, "P8", "the drawing figures/dot.svg", "text of at least 18 pt")
