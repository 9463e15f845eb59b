"""EPUB -> Reading: the spine's text as a reading system shows it, and where links lead."""

import pytest

from atlas_print.prove.reading.elements import Role
from tests.prove.minimal import read_book


def test_the_order_is_that_of_the_spine() -> None:
    spine = '<itemref idref="c2"/><itemref idref="c3" linear="no"/><itemref idref="c1" linear="yes"/>'
    assert read_book("<p>one</p>", "<p>two</p>", "<p>three</p>", spine=spine).flat == "twoone"


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden=''>x</p>",
        "<div hidden='until-found'><p>x</p></div>",
        "<p style='DISPLAY : none; color: red'>x</p>",
        "<p style='color: red;visibility:hidden'>x</p>",
        "<script>x</script><style>x</style><template>x</template>",
        "<!-- x --><?pi x?>",
        "<span role='doc-pagebreak' aria-label='7'>x</span>",
        "<span epub:type='pagebreak' title='7'>x</span>",
        "<img alt='x' src='y'/>",
        "<svg xmlns='http://www.w3.org/2000/svg'><title>x</title><text>x</text></svg>",
        "<ruby>a<rp>x</rp></ruby>".replace("a", ""),
    ],
)
def test_what_is_no_text(hidden: str) -> None:
    assert read_book(f"<p>be{hidden if 'ruby' in hidden else ''}fore</p>{hidden}<p>after</p>").flat == "beforeafter"


def test_alternatives_are_kept_apart() -> None:
    svg = "<svg xmlns='http://www.w3.org/2000/svg'><title>A  box</title><desc>with a lid.</desc></svg>"
    reading = read_book(f"<figure><img src='x' alt='A dog.'/><figcaption>One</figcaption>{svg}</figure>")
    assert [element.alt for element in reading.of(Role.FIGURE)] == ["A dog.", "A box with a lid."]
    assert reading.flat == "One"


def test_roles() -> None:
    reading = read_book(
        "<h3>a</h3><p role='heading' aria-level='4'>b</p><div role='list'><div role='listitem'>c</div></div>"
        "<dl><div><dt>d</dt><dd>e</dd></div></dl><table><tr><th>f</th><td>g</td></tr></table><blockquote>h</blockquote>"
        "<p><a>i</a><a href='#x'>j</a></p>"
    )
    shown = [(element.role, reading.text(element)) for element in reading.elements if element.role is not Role.GROUP]
    assert shown == [
        (Role.HEADING, "a"), (Role.HEADING, "b"), (Role.LIST, "c"), (Role.ITEM, "c"), (Role.LIST, "de"),
        (Role.TERM, "d"), (Role.DEFINITION, "e"), (Role.TABLE, "fg"), (Role.ROW, "fg"), (Role.HEADER_CELL, "f"),
        (Role.CELL, "g"), (Role.QUOTE, "h"), (Role.PARAGRAPH, "ij"), (Role.INLINE, "i"), (Role.LINK, "j"),
    ]  # fmt: skip
    assert [heading.level for heading in reading.of(Role.HEADING)] == [3, 4]


def test_numbers_of_list_items() -> None:
    items = "<li>a</li><li value='7'>b</li><li>c</li>"
    for attribute, expected in (
        ("", "1 7 8"),
        ("start='0'", "0 7 8"),
        ("reversed=''", "3 7 6"),
        ("start='x'", "1 7 8"),
    ):
        reading = read_book(f"<ol {attribute}>{items}</ol><ul><li>d</li></ul>")
        assert " ".join(item.number for item in reading.of(Role.ITEM)).strip() == expected


def test_links_lead_over_files() -> None:
    reading = read_book(
        "<p><a href='c2.xhtml#b'>1</a><a href='c2.xhtml'>2</a><a href='#a'>3</a><a href='../EPUB/c2.xhtml#%62'>4</a>"
        "<a href='#none'>5</a><a href='mailto:x@y.example'>6</a><a href='https://x.example/'>7</a></p><p id='a'>A</p>",
        "<p id='b'>B</p>",
    )
    links = reading.of(Role.LINK)
    assert [link.target and link.target.place for link in links] == [
        "EPUB/c2.xhtml, p#b", "EPUB/c2.xhtml, body", "EPUB/c1.xhtml, p#a", "EPUB/c2.xhtml, p#b", None, None, None,
    ]  # fmt: skip
    assert [link.address for link in links][-2:] == ["mailto:x@y.example", "https://x.example/"]


def test_breaks_and_blocks_part_words_and_spans_do_not() -> None:
    reading = read_book("<p>one<br/>two<b>three</b></p><p>four</p>")
    assert reading.excerpt(0, 99) == "one twothree four"
    assert list(reading.words("two", 0, 99)) == []


def test_places_for_a_person() -> None:
    reading = read_book("<section id='s'><p>a</p><p id='q'>b</p></section>")
    assert [reading.place(at) for at in (0, 1)] == ["EPUB/c1.xhtml, p in #s", "EPUB/c1.xhtml, p#q"]


def test_page_breaks_have_names_and_part_no_words() -> None:
    reading = read_book(
        "<div id='a' role='doc-pagebreak' title='1'/>"
        "<p>be<span id='b' role='doc-pagebreak' aria-label='page 2'/>fore</p>"
        "<span id='c' epub:type='pagebreak' title='3'/>"
    )
    assert [(it.alt, it.start, it.place) for it in reading.of(Role.PAGE_BREAK)] == [
        ("1", 0, "EPUB/c1.xhtml, div#a"), ("page 2", 2, "EPUB/c1.xhtml, span#b")
    ]  # fmt: skip
    assert list(reading.words("before", 0, 99)) == [0]


def test_anchors_are_those_of_the_text() -> None:
    reading = read_book("<p id='a'>one</p><p id='b' hidden=''>two</p>", "<p id='a'>three</p>")
    found = {spot: reading.text(element) for spot, element in reading.anchors.items()}
    assert found == {
        ("EPUB/c1.xhtml", ""): "one", ("EPUB/c1.xhtml", "a"): "one",
        ("EPUB/c2.xhtml", ""): "three", ("EPUB/c2.xhtml", "a"): "three",
    }  # fmt: skip
