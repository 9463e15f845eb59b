"""Marks where pages begin: at the very word, once each, in order, and nothing else of the document changes."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from atlas_print.compose.passages import Passage
from atlas_print.epub.page_breaks import squeezed, with_page_breaks

HEAD = (
    '<?xml version="1.0"?><!DOCTYPE html>'
    '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>T</title></head>'
)


def marked(body: str, *passages: tuple[int, str, str]) -> str:
    """The body with its marks, each as {N} or, between blocks, as {{N}}."""
    document = f"{HEAD}<body><article>{body}</article></body></html>".encode()
    found = with_page_breaks(document, [Passage(*passage) for passage in passages], "page {}".format).decode()
    assert found.startswith("<?xml")
    inner = found[found.index("<article>") + 9 : found.index("</article>")]
    inner = re.sub(r'<div id="page-(\d+)"[^>]*/>', r"{{\1}}", inner)
    return re.sub(r'<span id="page-(\d+)"[^>]*/>', r"{\1}", inner)


@pytest.mark.parametrize(
    ("body", "passages", "expected"),
    [
        ("<p>One two</p>", [(1, "", "One "), (2, "", "two")], "{{1}}<p>One {2}two</p>"),
        ("<p>One</p><p>Two</p>", [(1, "", "One"), (2, "", "Two")], "{{1}}<p>One</p>{{2}}<p>Two</p>"),
        (
            "<p>One <strong>two</strong> three</p>",
            [(1, "", "One"), (2, "", "two"), (3, "", "three")],
            "{{1}}<p>One {2}<strong>two</strong> {3}three</p>",
        ),
        (
            "<ul><li>One</li><li>Two</li></ul>",
            [(1, "", "One"), (2, "", "Two")],
            "{{1}}<ul><li>One</li><li>{2}Two</li></ul>",
        ),
        (
            '<p>One</p><div><img src="x" alt="A leg." aria-details="a"/><p id="a">A leg.</p></div>',
            [(1, "", "One"), (2, "", "A leg. A leg.")],
            '{{1}}<p>One</p>{{2}}<div><img src="x" alt="A leg." aria-details="a"/><p id="a">A leg.</p></div>',
        ),
        # What only the paged edition has belongs to the next words that both have.
        (
            '<p>One</p><h2 id="b">Two</h2>',
            [(1, "", "One"), (2, "contents", "Contents Two, page 3"), (3, "b", "Two")],
            '{{1}}<p>One</p>{{2}}{{3}}<h2 id="b">Two</h2>',
        ),
        (
            '<p>See <a href="#x">seven</a> there</p>',
            [(1, "", "See"), (2, "", "seven"), (3, "", "there")],
            '{{1}}<p>See {2}<a href="#x">seven</a> {3}there</p>',
        ),
        ("<p>One</p>", [(1, "", "One"), (2, "", "an address on paper")], "{{1}}<p>One</p>{{2}}"),
        # The same words stand twice; the anchor tells which.
        (
            '<h2 id="a">A</h2><p>low</p><h2 id="b">B</h2><p>low</p>',
            [(1, "a", "A low"), (1, "b", "B"), (2, "b", "low")],
            '{{1}}<h2 id="a">A</h2><p>low</p><h2 id="b">B</h2>{{2}}<p>low</p>',
        ),
        (
            "<p>soft\u00adhyphen and\u00a0more</p>",
            [(1, "", "soft"), (2, "", "hyphen and more")],
            "{{1}}<p>soft\u00ad{2}hyphen and\u00a0more</p>",
        ),
    ],
)
def test_marks(body: str, passages: list[tuple[int, str, str]], expected: str) -> None:
    assert marked(body, *passages) == expected


WORDS = st.lists(
    st.sampled_from(["low", "moderate", "high", "7.5", "mm", "a", "the", "α-β", "no"]), min_size=1, max_size=9
)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_every_page_begins_at_its_words(paragraphs: list[list[str]], data: st.DataObject) -> None:
    words = [word for paragraph in paragraphs for word in paragraph]
    cuts = data.draw(st.sets(st.integers(1, len(words)), max_size=5).map(sorted))
    bounds = [0, *(cut for cut in cuts if cut < len(words)), len(words)]
    pages = [words[start:end] for start, end in pairwise(bounds)]
    body = "".join(f"<p>{' '.join(paragraph)}</p>" for paragraph in paragraphs)
    found = marked(body, *((number, "", " ".join(page)) for number, page in enumerate(pages, start=1)))
    assert re.sub(r"\{+\d+\}+", "", found) == body
    texts = re.split(r"\{+(\d+)\}+", re.sub(r"<[^>]*>", "", found))
    assert texts[1::2] == [str(number) for number in range(1, len(pages) + 1)]
    assert [squeezed(text) for text in texts[2::2]] == ["".join(page) for page in pages]


def test_the_rest_of_the_document_stays() -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
    document = f'{HEAD}<body><p lang="fr">x &amp; y</p>{drawing}</body></html>'
    root = etree.fromstring(with_page_breaks(document.encode(), [Passage(1, "", "x & y")], str))
    mark = root.find(".//{*}div")
    assert mark is not None
    assert {str(name): value for name, value in mark.items()} == {
        "id": "page-1",
        "role": "doc-pagebreak",
        "aria-label": "1",
        "{http://www.idpf.org/2007/ops}type": "pagebreak",
    }
    around = mark.getparent()
    assert around is not None
    around.remove(mark)
    assert etree.tostring(root) == etree.tostring(etree.fromstring(document.encode()))
