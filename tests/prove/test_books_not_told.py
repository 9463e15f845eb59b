"""What no program can know of a book is not told, and breaks nothing; what is known to hide words loses them."""

import pytest

from atlas_print.prove import Outcome
from tests.prove.bindery import rewritten
from tests.prove.press import assert_says, broken, good, repacked, verdicts

TEXT, CSS, NAV = "tired-legs.xhtml", "style.css", "nav.xhtml"
REST = "<p>Rest before you are tired.</p>"
SAID = "Stop all treatment."


def styled(css: str, data: bytes | None = None) -> bytes:
    """The sample with a rule before those of its sheet."""
    return rewritten(
        data or good("epub"),
        (
            CSS,
            "h1, h2, h3,",
            f"{css}\nh1, h2, h3,",
        ),
    )


def not_told(data: bytes) -> str:
    """What can't be told of its words, where nothing of them is broken."""
    verdict = verdicts(data, "epub")["P5"]
    assert verdict.outcome is not Outcome.BROKEN, "\n".join(map(str, verdict.findings))
    return "\n".join(f"{it.where}: {it.what}" for it in verdict.not_told)


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("@layer x { h2 { display: none } }", "@layer"),
        ("h2 { & em { display: none } }", "rules within rules"),
        ("@import url(https://x.example/x.css);", "https://x.example/x.css"),
        ("h2:made-up { display: none }", "h2:made-up"),
        ("article:has(p) h2 { display: none }", ":has(p)"),
        ("x|h2 { display: none }", "x|h2"),
        ("h2 { filter: blur(4px) }", "filter: blur(4px)"),
        ("h2 { mask-image: url(cover.png) }", "mask-image"),
        ("h2 { transform: rotateY(90deg) }", "rotatey(90deg)"),
        ("h2 { clip-path: polygon(0 0, 0 0, 0 0) }", "polygon"),
        ("h2 { animation: fade 1s }", "animation: fade"),
        ("h2 { transform: matrix(1, 0, 0, 1, 0, 0) }", "matrix"),
        ("h2 { height: 1em; overflow: hidden }", "height: 1em"),
        ("h2 { clip-path: path('M 0 0 H 9') }", "clip-path"),
        ("h2 { display: var(--x) }", "var(--x)"),
        ("h2 { mix-blend-mode: difference }", "mix-blend-mode"),
        ("h2 { color: white; background: url(cover.png) }", "background-image"),
        ("h2 { position: absolute }", "position: absolute"),
        ("h2 { -webkit-text-fill-color: transparent }", "text-fill-color"),
        ("h2 { -webkit-text-security: disc }", "text-security"),
        ("h2 { transform: translateX(-9999px) }", "translatex"),
        ("h2 { clip-path: circle(1px) }", "circle(1px)"),
        ("h2 { unicode-bidi: bidi-override; direction: rtl }", "bidi-override"),
        ("h2 { order: 2 }", "order: 2"),
        ("h2 { position: absolute; clip: rect(0, 0, 0, 0) }", "clip: rect"),
        ("h2 { -webkit-clip-path: inset(50%) }", "clip-path: inset(50%)"),
        ("h2 { content-visibility: hidden }", "content-visibility: hidden"),
        ("h2 { filter: opacity(0%) }", "filter: opacity(0%)"),
        ("h2 { transform: scale(0) }", "transform: scale(0)"),
        ("h2 { flex-flow: column-reverse }", "column-reverse"),
    ],
)
def test_styles_that_are_not_told(css: str, said: str) -> None:
    assert said in not_told(styled(css))


@pytest.mark.parametrize(
    "css",
    [
        "h2 { color: white }",
        "h2 { background: black }",
        "h2 { display: none !important } h2 { display: block }",
        "@media print { h2 { display: none } }",
        "@media (prefers-color-scheme: dark) { h2 { color: #222 } }",
        "@supports (color: red) { h2 { visibility: hidden } }",
        "article:not(.x) h2 { opacity: 0.02 }",
        "h2:not(.x)::first-line { font-size: 0 }",
    ],
)
def test_styles_that_hide_for_some(css: str) -> None:
    assert_says(broken(styled(css), "epub"), "P5", "What this means for you")


@pytest.mark.parametrize(
    "css",
    [
        "sup, .x sub { vertical-align: super; line-height: 0 }",
        "p.x { text-indent: -1.5em; margin-left: 1.5em; text-transform: uppercase }",
        "@media (prefers-color-scheme: dark) { h2 { color: #eee } }",
        "@media amzn-mobi { h2 { display: none } }",
        "@media print { h2 { break-after: avoid } }",
        "@page { margin: 5pt } @font-face { font-family: x; src: url(fonts/font-1.ttf) }",
        "h2 { color: #036; background: white; -webkit-hyphens: none; -epub-hyphens: none; adobe-hyphenate: none }",
        "ul.x { list-style: none } li.x::marker { content: '• ' }",
        "a:link { text-decoration: underline; color: rgb(0, 0, 200) } a:hover { display: none }",
        "figure { float: right; width: calc(50% - 1em) } h2 { position: relative; top: -0.2em; overflow: hidden }",
        ".nowhere { filter: blur(4px); position: fixed } h2 { display: none } h2 { display: block }",
        "h2 { transition: color 1s; transform: none; animation: none; made-up: 1; white-space: pre-wrap }",
        "[epub|type~='toc'] ol { list-style: none } nav#x:lang(de) { margin: 0 }",
    ],
)
def test_styles_of_other_programs(css: str) -> None:
    data = styled(css)
    assert (broken(data, "epub"), not_told(data)) == ({}, "")


@pytest.mark.parametrize(
    "html",
    [
        f'<p aria-hidden="true">{SAID}</p>',
        f"<details><p>{SAID}</p></details>",
        f'<div role="doc-pagebreak" aria-label="1">{SAID}</div>',
        f'<p style="display: none">{SAID}</p>',
        f'<p style="visibility: hidden">{SAID}</p>',
    ],
)
def test_words_for_some_readers(html: str) -> None:
    assert SAID in not_told(repacked(good("epub"), (REST, REST + html)))


@pytest.mark.parametrize(
    "css",
    [
        f"h2::before {{ content: '{SAID}' }}",
        f"@media print {{ h2::before {{ content: '{SAID}' }} }}",
        "dt::before { content: 'high' }",
    ],
)
def test_words_of_a_sheet(css: str) -> None:
    assert_says(broken(styled(css), "epub"), "P5", SAID if SAID in css else "“high”")


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


def test_a_drawing_of_no_topic() -> None:
    label = 'role="img" aria-label="A plain box stands for two legs."'
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" {label}><text>{SAID}</text></svg>'
    assert_says(broken(repacked(good("epub"), (REST, REST + drawing)), "epub"), "P8", "no drawings with words", SAID)


@pytest.mark.parametrize(
    ("doctype", "word"),
    [
        ('html [<!ENTITY n "not ">]', "&n;"),
        ('html SYSTEM "x.dtd"', "&n;"),
    ],
)
def test_a_document_with_its_own_dtd(doctype: str, word: str) -> None:
    data = repacked(good("epub"), (REST, REST.replace("Rest", f"{word}Rest")))
    found = broken(rewritten(data, (TEXT, "<!DOCTYPE html>", f"<!DOCTYPE {doctype}>")), "epub")
    assert any("entities" in str(finding) for findings in found.values() for finding in findings)


@pytest.mark.parametrize("style", ["display: block", "list-style: upper-alpha", "list-style-type: none"])
def test_references_that_show_no_number(style: str) -> None:
    assert "P3" in broken(styled(f".references li {{ {style} }}"), "epub")
