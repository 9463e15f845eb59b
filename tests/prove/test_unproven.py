"""What may reach one reader of a book and not another is found: one small change for each rule."""

import pytest

from tests.prove.bindery import rewritten, with_file
from tests.prove.press import assert_says, broken, good, repacked

TEXT, CSS, OPF, NAV = "tired-legs.xhtml", "style.css", "content.opf", "nav.xhtml"
REST = "<p>Rest before you are tired.</p>"
RECT = '<rect x="2"'
SAID = "Stop all treatment."


@pytest.mark.parametrize(
    ("was", "shall", "said"),
    [
        (REST, f"{REST}<p><ruby>·<rp>(</rp></ruby></p>", "<ruby>"),
        (REST, f'{REST}<math xmlns="http://www.w3.org/1998/Math/MathML"/>', "<math>"),
        (REST, f'{REST}<p xmlns="urn:x">{SAID}</p>', "<p>"),
        (REST, f"{REST}<select><option>{SAID}</option></select>", "<option>"),
        (RECT, f"<foreignObject/>{RECT}", "<foreignObject>"),
        (RECT, f"<style/>{RECT}", "<style>"),
        ("</body>", f"</body><div>{SAID}</div>", "<div>"),
        ("</head>", '<base href="x.xhtml"/></head>', "<base>"),
        ("</head>", '<meta http-equiv="refresh" content="0;url=x"/></head>', "http-equiv"),
        ("</head>", '<link rel="stylesheet" href="data:text/css,p%7B%7D"/></head>', "href"),
        ("</head>", '<link rel="pronunciation" href="style.css"/></head>', "rel"),
        ("</head>", '<style media="screen">p { margin: 0 }</style></head>', "media"),
        ("</head>", "<style><!-- -->p { margin: 0 }</style></head>", "more than text"),
        ("<!DOCTYPE", '<?xml-stylesheet href="style.css"?><!DOCTYPE', "xml-stylesheet"),
        (REST, REST.replace("<p>", f'<p title="{SAID}">'), "title"),
        ("<html ", '<html hidden="" ', "hidden"),
        (REST, REST.replace("<p>", f'<p aria-description="{SAID}">'), "aria-description"),
        (REST, REST.replace("<p>", '<p aria-labelledby="short">'), "aria-labelledby"),
        (REST, REST.replace("<p>", '<p xmlns:s="http://www.w3.org/2001/10/synthesis" s:ph="x">'), "ph="),
        (REST, REST.replace("<p>", '<p role="separator">'), "role"),
        (REST, REST.replace("<p>", '<p id="short">'), "the id short for the second time"),
        ("<table>", f'<table summary="{SAID}">', "summary"),
        ("<td>1.2</td>", '<td dir="rtl">1.2</td>', "dir"),
        ('<ol>\n<li id="reference-1">', '<ol type="a">\n<li id="reference-1">', "type"),
        ('role="img" aria-label', f'role="img" alt="{SAID}" aria-label', "alt"),
    ],
)
def test_elements_and_attributes(was: str, shall: str, said: str) -> None:
    data = rewritten(good("epub"), (TEXT, was, shall))
    assert_says(broken(data, "epub"), "P8", "shows and says alike" if said != "more than text" else "styles", said)


@pytest.mark.parametrize(
    "css",
    [
        "@import 'x.css';",
        "@media all { p { orphans: 2 } }",
        "@media print { p { margin: 0 } }",
        "@supports (display: block) { p { margin: 0 } }",
        "@layer x { p { margin: 0 } }",
        "@counter-style x { system: cyclic; symbols: 'x' }",
        "h2 { & em { margin: 0 } }",
        "h2 { --x: none }",
        "h2 { quotes: '“' '”' }",
        "h2 { margin: calc(0px) }",
        "h2 { margin: 0 !important }",
        "h2 { content: 'x' }",
        "h2::after { content: 12 }",
        "h2::after { content: attr(class) }",
        "li::before { content: counter(n, x) }",
        "h2:hover { margin: 0 }",
        "h2::first-line { font-weight: bold }",
        "h2:made-up { margin: 0 }",
        "h2 { color: white }",
        "h2 { background: black }",
        "h2 { background: linear-gradient(red, red) }",
        "h2 { position: absolute }",
        "h2 { top: 1em }",
        "h2 { transform: none }",
        "h2 { order: 1 }",
        "h2 { float: right }",
        "h2 { visibility: hidden }",
        "h2 { overflow: hidden }",
        "h2 { opacity: 0.2 }",
        "h2 { margin-top: -6em }",
        "h2 { padding-left: 100em }",
        "h2 { text-indent: -20em }",
        "h2 { letter-spacing: -0.9em }",
        "h2 { font-size: 0.3em }",
        "h2 { line-height: 0.3 }",
        "h2 { direction: ltr }",
        "span { vertical-align: super }",
        "ul { list-style-type: '-' }",
        "title { display: block }",
        "h2 { counter-set: n 4 }",
        "li { counter-increment: list-item 2 }",
        "} h2 { margin: 0 }",
    ],
)
def test_styles(css: str) -> None:
    data = rewritten(good("epub"), (CSS, "h1, h2, h3, svg {", f"{css}\nh1, h2, h3, svg {{"))
    assert_says(broken(data, "epub"), "P8", "styles that every reader follows alike")


@pytest.mark.parametrize(
    "css",
    [
        "sup, .x sub { vertical-align: super; line-height: 1 }",
        "p.x { text-indent: -1.5em; margin-left: 1.5em; text-transform: uppercase }",
        "@media (prefers-color-scheme: dark) { h2 { color: #eee } }",
        "@media print { h2 { break-after: avoid } }",
        "@page { margin: 5pt }",
        "h2 { color: #036; background: white; -webkit-hyphens: none }",
        "ul.x { list-style: none } li.x::marker { content: '• ' }",
        "a:link { text-decoration: underline; color: rgb(0, 0, 200) }",
    ],
)
def test_styles_of_other_programs(css: str) -> None:
    assert broken(rewritten(good("epub"), (CSS, "h1, h2, h3, svg {", f"{css}\nh1, h2, h3, svg {{")), "epub") == {}


@pytest.mark.parametrize(
    ("was", "shall", "said"),
    [
        ('id="item-8"', 'id="item-8" fallback="item-7"', "fallback"),
        ('id="item-8"', 'id="item-8" media-overlay="item-7"', "media-overlay"),
        ('<itemref idref="item-7"/>', '<itemref idref="item-7" linear="no"/>', "item-7 in the spine"),
        ('<itemref idref="item-7"/>', '<itemref idref="item-7"/><itemref idref="item-6"/>', "item-6 in the spine"),
        ('<itemref idref="item-7"/>', "", "cover.xhtml"),
        ('id="item-3"', 'id="item-4"', "item-4 2 times"),
        ('"text/css"', '"text/CSS"', "text/CSS"),
        ('"font/ttf"', '"application/pls+xml"', "font-1.ttf"),
        ("<dc:publisher>", "<dc:publisher>Not ", "“Not The Rest"),
        ("<dc:language>", "<dc:title>More</dc:title><dc:language>", "“More” too"),
    ],
)
def test_the_package(was: str, shall: str, said: str) -> None:
    assert_says(broken(rewritten(good("epub"), (OPF, was, shall)), "epub"), "P8", said)


@pytest.mark.parametrize(
    ("was", "shall"),
    [
        ("<h1>Contents</h1>", f"<h1>{SAID}</h1>"),
        ("<body>", f"<body><p>{SAID}</p>"),
        ('<a href="tired-legs.xhtml#short">', f'<a aria-label="{SAID}" href="tired-legs.xhtml#short">'),
    ],
)
def test_the_contents(was: str, shall: str) -> None:
    assert_says(broken(rewritten(good("epub"), (NAV, was, shall)), "epub"), "P8", SAID)


@pytest.mark.parametrize(
    "html",
    [
        f'<p aria-hidden="true">{SAID}</p>',
        f'<p hidden="" style="display: block">{SAID}</p>',
        f"<p><del>{SAID}</del></p>",
        f"<details><summary> </summary><p>{SAID}</p></details>",
        f'<div role="doc-pagebreak" aria-label="1">{SAID}</div>',
        f'<p><span role="img" aria-label="A plain box stands for two legs.">{SAID}</span></p>',
        f'<p style="display: none">{SAID}</p>',
    ],
)
def test_words_for_some_readers(html: str) -> None:
    found = broken(repacked(good("epub"), (REST, REST + html)), "epub")
    assert_says(found, "P5", "words that eyes and voices get alike", SAID)


@pytest.mark.parametrize(
    "css",
    [
        f"html::before {{ content: '{SAID}' }}",
        f"hr::before {{ content: '{SAID}' }}",
        f"h2::before {{ content: '{SAID}' }} h2::before {{ content: '' }}",
        f"@media print {{ h2::before {{ content: '{SAID}' }} }}",
        "dt::before { content: 'high' }",
    ],
)
def test_words_of_a_sheet(css: str) -> None:
    data = repacked(good("epub"), (REST, f"{REST}<hr/>"))
    found = broken(rewritten(data, (CSS, "h1, h2, h3, svg {", f"{css}\nh1, h2, h3, svg {{")), "epub")
    assert_says(found, "P5", SAID if SAID in css else "“high”")


@pytest.mark.parametrize(
    ("was", "shall"),
    [
        ('<h2 id="section-4">', '<h2 id="section-4" aria-label="know">'),
        ("<td>1.2</td>", '<td aria-label="2">1.2</td>'),
        ("<dd>moderate</dd>", '<dd aria-label="high">moderate</dd>'),
    ],
)
def test_names_in_place_of_words(was: str, shall: str) -> None:
    assert_says(broken(repacked(good("epub"), (was, shall)), "epub"), "P5", "a name that says")


def test_a_drawing_of_no_topic() -> None:
    label = 'role="img" aria-label="A plain box stands for two legs."'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {label}><text>{SAID}</text></svg>'
    assert_says(broken(repacked(good("epub"), (REST, REST + drawing)), "epub"), "P8", "no drawings with words", SAID)


@pytest.mark.parametrize(
    ("doctype", "word"),
    [
        ('html [<!ENTITY n "not ">]', "&n;"),
        ('html SYSTEM "x.dtd"', "&n;"),
        ('html [<!ATTLIST p title CDATA "Never">]', ""),
    ],
)
def test_a_document_with_its_own_dtd(doctype: str, word: str) -> None:
    data = repacked(good("epub"), (REST, REST.replace("Rest", f"{word}Rest")))
    found = broken(rewritten(data, (TEXT, "<!DOCTYPE html>", f"<!DOCTYPE {doctype}>")), "epub")
    assert any("entities" in str(finding) for findings in found.values() for finding in findings)


def test_several_package_documents() -> None:
    root = '<rootfile media-type="application/oebps-package+xml" full-path="EPUB/{}.opf"/>'
    container = (
        '<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        f"{root.format('content')}{root.format('other')}</rootfiles></container>"
    )
    found = broken(with_file(good("epub"), "META-INF/container.xml", container), "epub")
    assert any("several package documents" in str(it) for findings in found.values() for it in findings)


def test_items_that_show_no_number() -> None:
    data = rewritten(good("epub"), (CSS, ".references li,", ".references li { display: block } .references li,"))
    assert "P3" in broken(data, "epub")
