"""Good EPUBs with a few signs of their XHTML changed: each change is caught by the promise it is about."""

import pytest

from tests.prove.press import assert_broken, broken, good, repacked

Edit = tuple[str, str]


def change(breaks: str, said: tuple[str, ...], *edits: Edit) -> tuple[str, tuple[str, ...], tuple[Edit, ...]]:
    """The promises that a change breaks, words of the first finding, and what stands there with what shall."""
    return breaks, said, edits


CHANGES = {
    "hidden": change(
        "P1",
        ("no part of it",),
        ('<p class="disclaimer">', '<p class="disclaimer" hidden="hidden">'),
    ),
    "not displayed": change(
        "P1",
        (),
        ('<p class="disclaimer">', '<p class="disclaimer" style="color: red; display : none">'),
    ),
    "in a comment": change(
        "P1",
        ("This atlas is made up;",),
        ("made up;", "<!-- made up; -->"),
    ),
    "around a picture": change(
        "P1 P8",
        ("no part of it",),
        ('<p class="disclaimer">', '<p><img src="x.png" alt="'),
        (" first.</p>", '"/></p>'),
    ),
    "another label": change(
        "P2",
        (
            "no “Audit”",
            "What was measured",
        ),
        ("<dt>Audit</dt>", "<dt>Check</dt>"),
    ),
    "a hidden level": change(
        "P2",
        (
            "moderate",
            "What was measured",
        ),
        ("<dd>moderate</dd>", "<dd hidden=''>moderate</dd>"),
    ),
    "a level with a but": change(
        "P2",
        (
            "“Audit: well-founded”",
            "or not",
        ),
        ("well-founded</dd>", "well-founded or not</dd>"),
    ),
    "a second grade": change(
        "P2",
        (
            "no other grade",
            "“Strength of evidence: low”",
        ),
        ("<p>In 24 people", "<p>Strength of evidence: low.</p><p>In 24 people"),
    ),
    "a grade where none is": change(
        "P2",
        (
            "no other grade",
            "What this means",
        ),
        ("<p>Rest before", "<p>Audit: contested</p><p>Rest before"),
    ),
    "values in another order": change(
        "P2",
        ("no “Strength of evidence” there",),
        ("<div><dt>Strength of evidence</dt> <dd>moderate</dd></div>", ""),
        (
            "<dd>one trial; normal scans</dd></div>",
            "<dd>one trial; normal scans</dd></div><div><dt>Strength of evidence</dt> <dd>moderate</dd></div>",
        ),
    ),
    "a heading that is none": change(
        "P8",
        ("“What may cause it” as a heading",),
        ('<h2 id="section-3">What may cause it</h2>', "<p>What may cause it</p>"),
    ),
    "a link to another PMID": change(
        "P3",
        (
            "https://pubmed.ncbi.nlm.nih.gov/34032513/",
            "/3403251/",
        ),
        ('href="https://pubmed.ncbi.nlm.nih.gov/34032513/"', 'href="https://pubmed.ncbi.nlm.nih.gov/3403251/"'),
    ),
    "a link to a stranger": change(
        "P3",
        (
            "https://doi.org/10.5555/joe.2021.12.101",
            "evil.example",
        ),
        ('href="https://doi.org/10.5555/joe.2021.12.101"', 'href="https://evil.example/10.5555/joe.2021.12.101"'),
    ),
    "a link to more than a DOI": change(
        "P3",
        ("https://doi.org/10.5555/joe.2021.12.101",),
        ('href="https://doi.org/10.5555/joe.2021.12.101"', 'href="https://doi.org/10.5555/joe.2021.12.101?x=1"'),
    ),
    "a link with a user": change(
        "P3",
        ("https://pubmed.ncbi.nlm.nih.gov/34032513/",),
        (
            'href="https://pubmed.ncbi.nlm.nih.gov/34032513/"',
            'href="https://pubmed.ncbi.nlm.nih.gov@evil.example/34032513/"',
        ),
    ),
    "another PMID in the text": change(
        "P3",
        ("PMID 34032513 as text",),
        (">34032513</a>", ">34032518</a>"),
    ),
    "a PMID with a digit behind its link": change(
        "P3",
        ("PMID 34032513 as text",),
        (">34032513</a>", ">34032513</a>4"),
    ),
    "a DOI cut by its link": change(
        "P3",
        ("DOI 10.5555/joe.2021.12.101 as text",),
        ("<wbr/>joe.2021.12.101</a>", "<wbr/>joe.2021.12.101</a>.7"),
    ),
    "a DOI behind a broken address": change(
        "P3", ("DOI 10.5555/joe.2021.12.101 as text",), (">https://doi.org/<", ">htps://doi.org/<")
    ),
    "a PMID without its name": change("P3", ("PMID 34032513 as text",), ("PMID: <a", "Number: <a")),
    "links exchanged": change(
        "P3",
        ("a link to https://pmc.ncbi.nlm.nih.gov/articles/PMC8475962/ on PMC8475962",),
        ('href="https://pubmed.ncbi.nlm.nih.gov/34032513/"', 'href="@"'),
        (
            'href="https://pmc.ncbi.nlm.nih.gov/articles/PMC8475962/"',
            'href="https://pubmed.ncbi.nlm.nih.gov/34032513/"',
        ),
        ('href="@"', 'href="https://pmc.ncbi.nlm.nih.gov/articles/PMC8475962/"'),
    ),
    "no link": change(
        "P3",
        (
            "a link to https://doi.org/10.5555/joe.2021.12.101",
            "no such link",
        ),
        ('<a href="https://doi.org/10.5555/joe.2021.12.101"', '<a data-href="https://doi.org/10.5555/joe.2021.12.101"'),
    ),
    "numbered from 2": change(
        "P3 P4",
        (
            "number 1 for",
            "number 2",
        ),
        ('<ol>\n<li id="reference-1">', '<ol start="2">\n<li id="reference-1">'),
    ),
    "a number of its own": change(
        "P3 P4",
        (
            "number 3 for",
            "number 13",
        ),
        ('<li id="reference-3">', '<li value="13" id="reference-3">'),
    ),
    "not numbered": change(
        "P3 P4",
        (
            "number 1 for",
            "no number",
        ),
        ('<ol>\n<li id="reference-1">', '<ul>\n<li id="reference-1">'),
        ('</li>\n</ol>\n<h3 id="further', '</li>\n</ul>\n<h3 id="further'),
    ),
    "a hidden entry": change(
        "P3 P4",
        (
            "reference 3",
            "no entry",
        ),
        ('<li id="reference-3">', '<li hidden="" id="reference-3">'),
    ),
    "to another entry": change(
        "P4",
        (
            "a link from 2 in [2] to reference 2",
            "a link to reference 3",
        ),
        ('href="#reference-2"', 'href="#reference-3"'),
    ),
    "to nowhere": change(
        "P4",
        (
            "a link from 2",
            "no place in this file",
        ),
        ('href="#reference-2"', 'href="#reference-22"'),
    ),
    "to a section": change(
        "P4",
        (
            "a link from 2",
            "h2#section-2",
        ),
        ('href="#reference-2"', 'href="#section-2"'),
    ),
    "to the list alone": change(
        "P4",
        ("a link from 2",),
        ('href="#reference-2"', 'href="#references"'),
    ),
    "no link there": change(
        "P4",
        (
            "a link from 2 in [2]",
            "no link",
        ),
        ('href="#reference-2"', 'data-href="#reference-2"'),
    ),
    "another number": change(
        "P4",
        (
            "[2] behind",
            "[4]",
        ),
        ('aria-label="reference 2">2</a>', 'aria-label="reference 2">4</a>'),
    ),
    "no brackets": change(
        "P4",
        ("[2] behind", "no citation there"),
        ('[<a class="cite" id="citation-2-1"', '(<a class="cite" id="citation-2-1"'),
    ),
    "back to another use": change(
        "P4",
        (
            "from reference 1 back to",
            "no link that leads there",
        ),
        ('href="#citation-1-2"', 'href="#citation-1-1"'),
    ),
    "back to nowhere": change(
        "P4",
        ("from reference 2 back to",),
        ('id="citation-2-1"', 'id="quotation-2-1"'),
    ),
    "back to the section": change(
        "P4",
        ("from reference 2 back to",),
        ('href="#citation-2-1"', 'href="#section-1"'),
    ),
    "made on gone": change(
        "P7",
        (
            "made on: “22 November 2026”",
            "Last reviewed 1 October 2026",
        ),
        (" Made on 22\u00a0November\u00a02026.", ""),
    ),
    "made on another day": change(
        "P7",
        ("made on: “22 November 2026”",),
        ("Made on 22\u00a0November", "Made on 2\u00a0November"),
    ),
    "made on in the field of the review": change(
        "P7",
        ("22 November 2026",),
        ("Made on 22", "Last reviewed 22"),
    ),
    "reviewed on two days": change(
        "P7",
        (
            "last reviewed: “1 October 2026”",
            "1 October 2025",
        ),
        (
            'class="dates">Last reviewed 1\u00a0October\u00a02026',
            'class="dates">Last reviewed 1\u00a0October\u00a02025',
        ),
    ),
    "a month in figures": change(
        "P7",
        ("made on",),
        ("22\u00a0November\u00a02026", "22.11.2026"),
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_epub(name: str) -> None:
    promises, said, edits = CHANGES[name]
    assert_broken(broken(repacked(good("epub"), *edits), "epub"), promises, *said)


def test_in_a_book_one_disclaimer_is_enough() -> None:
    once = repacked(good("epub", None), ("it is not medical advice", "it is medical advice"))
    # The other place says what the source doesn't.
    assert sorted(broken(once, "epub", None)) == ["P5"]


def test_a_book_without_one_of_its_topics() -> None:
    title = "<h1>Tired legs</h1>", '<h1 id="title">Tired legs</h1>'
    data = good("epub", None)
    for old in title:
        try:
            data = repacked(data, (old, "<p>Tired legs</p>"))
        except AssertionError:
            continue
    assert_broken(broken(data, "epub", None), "P2 P3 P4 P7 P8", "the topic “Tired legs”", "no heading")


def test_a_book_that_names_no_day_of_making() -> None:
    data = good("epub", None)
    for _ in range(3):
        data = repacked(data, ("Made on 22\u00a0November\u00a02026.", "Made with care."))
    assert_broken(broken(data, "epub", None), "P7", "made on")
