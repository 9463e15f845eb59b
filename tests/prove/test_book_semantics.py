"""What a book says its parts are, where its links lead and what a library shows of it: broken, and not."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest

from atlas_print.atlas import Atlas
from atlas_print.blocks import Paragraph
from atlas_print.inlines import Link, Text
from tests.prove.press import assert_says, atlas, broken, changed, good, printed, repacked, topic

REST = "<p>Rest before you are tired.</p>"
MEANING = '<h2 id="section-5">What this means for you</h2>'


def packed(
    data: bytes, edit: Callable[[str, bytes], bytes], last: str = "", compression: int = zipfile.ZIP_STORED
) -> bytes:
    """A book with each of its files edited; one of them may be packed last."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name == last, name != "mimetype")):
            new.writestr(name, edit(name, old.read(name)), compression)
    return target.getvalue()


def replaced(file: str, was: str, shall: str, slug: str | None = "tired-legs") -> bytes:
    """The sample with words of one of its files replaced."""
    data = good("epub", slug)

    def edit(name: str, content: bytes) -> bytes:
        if not name.endswith(file):
            return content
        assert was.encode() in content, f"{name} has no {was!r}"
        return content.replace(was.encode(), shall.encode(), 1)

    return packed(data, edit)


# --- headings ---------------------------------------------------------------------------------------------


SUB = '<h3 id="section-2-1">A closer look</h3>'


@pytest.mark.parametrize(
    ("was", "shall", "said"),
    [
        (MEANING, "<p>What this means for you</p>", "no heading"),
        (MEANING, MEANING.replace("h2", "h3"), "at level 2, as its like; found level 3"),
        (MEANING, f"{MEANING}<h2>What this means for you</h2>", "each once, and labels"),
        (SUB, SUB.replace("h3", "h2"), "below level 2; found level 2"),
        ('<h1 id="title">Tired legs</h1>', '<h2 id="title">Tired legs</h2>', "below level 2"),
        (REST, REST.replace("p>", "h3>"), "as a heading"),
        (MEANING, MEANING.replace("h2 ", 'h2 role="presentation" ', 1), "no heading"),
    ],
)
def test_headings(was: str, shall: str, said: str) -> None:
    assert_says(broken(repacked(good("epub"), (was, shall)), "epub"), "P8", said)


def test_headings_that_are_all_deeper() -> None:
    def edit(name: str, content: bytes) -> bytes:
        deeper = re.sub(rb"<(/?)h([1-3])", lambda it: b"<%sh%d" % (it[1], int(it[2]) + 1), content)
        return deeper if name.endswith("tired-legs.xhtml") else content

    assert broken(packed(good("epub"), edit), "epub") == {}


def test_a_role_that_is_its_own() -> None:
    assert broken(repacked(good("epub"), ("<ul>", '<ul role="list">')), "epub") == {}


# --- links ------------------------------------------------------------------------------------------------


def _linked(url: str) -> Atlas:
    section = topic().sections[4]
    words = (Text("Rest "), Link(url, (Text("before"),)), Text(" you are tired."))
    sections = list(topic().sections)
    sections[4] = replace(section, blocks=(Paragraph(words),))
    return changed(atlas(), replace(topic(), sections=tuple(sections)))


@pytest.mark.parametrize("kind", ["epub", "large-print"])
def test_links_of_the_author(kind: str) -> None:
    data = printed(kind, _linked("https://one.example/rest"))
    assert broken(data, kind, source=_linked("https://one.example/rest")) == {}
    assert broken(data, kind, source=_linked("HTTPS://One.example/rest/")) == {}
    found = broken(data, kind, source=_linked("https://two.example/"))
    assert_says(found, "P5", "a link on “before” to https://two.example/", "found https://one.example/rest")
    assert_says(found, "P5", "an address of the source", "found https://one.example/rest")
    assert_says(
        broken(good(kind), kind, source=_linked("https://one.example/")), "P5", "https://one.example/", "no link"
    )


# --- the contents -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", ["nav.xhtml", "toc.ncx"])
def test_the_contents(file: str) -> None:
    assert_says(broken(replaced(file, "What may cause it", "What cures it"), "epub"), "P8", "“What cures it”")
    led = broken(replaced(file, "#section-3", "#section-2"), "epub")
    assert_says(led, "P8", "expected “What was measured”; found “What may cause it”")
    line = {
        "nav.xhtml": '<li><a href="tired-legs.xhtml#section-3">What may cause it</a></li>',
        "toc.ncx": "<navPoint",
    }[file]
    if file == "nav.xhtml":
        assert_says(broken(replaced(file, line, ""), "epub"), "P8", "a line “What may cause it”", "no such line")
        assert_says(broken(replaced(file, line, line * 2), "epub"), "P8", "for the second time")


def test_the_contents_of_all_topics_may_name_kinds() -> None:
    found = broken(replaced("nav.xhtml", ">Symptom<", ">Cures<", None), "epub", None)
    assert_says(found, "P8", "“Cures”")


# --- what the atlas says ----------------------------------------------------------------------------------


def test_abbreviations() -> None:
    """A project's own layout may write an abbreviation out for a voice, in the words of the glossary."""

    def titled(words: str) -> bytes:
        return repacked(good("epub"), ("<dfn>VO2</dfn>", f'<dfn><abbr title="{words}">VO2</abbr></dfn>'))

    assert_says(broken(titled("volume of air"), "epub"), "P5", "“volume of oxygen”; found “volume of air”")
    assert broken(titled("volume of oxygen"), "epub") == {}


def test_the_glossary() -> None:
    meaning = "<dd>how much oxygen the body uses.</dd>"
    found = broken(repacked(good("epub"), (meaning, "<dd></dd>")), "epub")
    assert_says(found, "P5", "“VO2 (volume of oxygen):” explained as", "nothing")
    sentence = '<p class="term"><dfn>VO2</dfn> (volume of oxygen) means how much oxygen'
    gone = repacked(good("epub"), (sentence, "<p>volume of oxygen"), (meaning, "<dd>volume</dd>"))
    assert_says(broken(gone, "epub"), "P5", "“VO2” explained as", "no such words")


def test_the_scale_in_one_topic_of_a_book() -> None:
    meaning = "<dd>Those who checked the claim disagree.</dd>"
    data = good("epub", None)
    assert_says(broken(repacked(data, (meaning, "<dd></dd>")), "epub", None), "P2", "“contested” explained as")
    scale = re.compile(rb'<dl class="scale">.*?</dl>', re.DOTALL)

    def without(name: str, content: bytes) -> bytes:
        return scale.sub(b"", content) if name.endswith("deep-sleep.xhtml") else content

    # Explained once, for all topics.
    assert "P2" not in broken(packed(data, without), "epub", None)


def test_the_disclaimer_has_its_spaces() -> None:
    found = broken(repacked(good("epub"), ("it is not medical", "it isnot medical")), "epub")
    assert_says(found, "P1", "is not medical", "isnot")


# --- drawings ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "shall", "is_same"),
    [
        ('viewBox="0 0 40 20"', 'viewBox="0 0 4 2"', False),
        ('viewBox="0 0 40 20"', 'viewBox="0,0 40.0 20"', True),
        ('<rect x="2"', '<rect x="900"', False),
        ('<rect x="2"', '<rect transform="translate(9000 0)" x="2"', False),
        ('<rect x="2"', '<rect class="box" x="2.0"', True),
        ("<svg ", '<svg style="width: 0" ', False),
        ("<svg ", '<svg style="width: 20em; height: auto" ', True),
    ],
)
def test_drawings(was: str, shall: str, is_same: bool) -> None:
    found = broken(repacked(good("epub"), (was, shall)), "epub")
    assert found == {} if is_same else "P8" in found


# --- languages and directions -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("file", "was", "shall", "said"),
    [
        ("tired-legs.xhtml", 'dir="ltr"', 'dir="rtl"', 'dir="ltr"'),
        ("nav.xhtml", 'dir="ltr"', 'dir="rtl"', 'dir="ltr"'),
        ("tired-legs.xhtml", REST, REST.replace("<p>", '<p dir="rtl">'), "as its letters run"),
        ("content.opf", 'progression-direction="ltr"', 'progression-direction="rtl"', "pages that turn ltr"),
    ],
)
def test_directions_and_languages(file: str, was: str, shall: str, said: str) -> None:
    assert_says(broken(replaced(file, was, shall), "epub"), "P8", said)


def test_directions_that_say_nothing_new() -> None:
    assert broken(replaced("tired-legs.xhtml", REST, REST.replace("<p>", '<p dir="ltr">')), "epub") == {}
    assert broken(replaced("tired-legs.xhtml", ' dir="ltr"', ""), "epub") == {}
    assert broken(replaced("content.opf", ' page-progression-direction="ltr"', ""), "epub") == {}


# --- the package ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("was", "shall", "promise", "said"),
    [
        ("<dc:title>Tired legs<", "<dc:title>Cured legs<", "P8", "“Tired legs”; found “Cured legs”"),
        ("<dc:title>Tired legs</dc:title>", "", "P8", "“Tired legs”; found none"),
        ("<dc:description>Legs can", "<dc:description>Legs can't", "P8", "dc:description"),
        ("<dc:date>2026", "<dc:date>2020", "P7", "“2026-11-22”; found “2020-11-22”"),
        ('lastReviewed">2026', 'lastReviewed">2020', "P7", "“2026-10-01”; found “2020-10-01”"),
        ("</metadata>", '<meta property="rendition:layout">pre-paginated</meta></metadata>', "P8", "pages that adapt"),
    ],
)
def test_the_package(was: str, shall: str, promise: str, said: str) -> None:
    assert_says(broken(replaced("content.opf", was, shall), "epub"), promise, said)


@pytest.mark.parametrize(
    ("was", "shall"),
    [
        ("<dc:description>Legs can", "<dc:description>&lt;p&gt;Legs can"),
        ("<dc:date>2026-11-22", "<dc:date>2026-11-22T00:00:00+00:00"),
        ("<dc:date>2026-11-22", "<dc:date>0101-01-01T00:00:00+00:00"),
        ("<dc:date>2026-11-22</dc:date>", ""),
        ('version="3.0"', 'version="3.3"'),
        ("</metadata>", '<meta property="rendition:layout">reflowable</meta></metadata>'),
    ],
)
def test_a_package_that_another_program_wrote(was: str, shall: str) -> None:
    assert broken(replaced("content.opf", was, shall), "epub") == {}
