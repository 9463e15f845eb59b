"""What style sheets and elements hide, turn, strike out or add is no text of a book; what only looks like it is."""

import pytest

from tests.prove.press import assert_says, broken, good, repacked

REST = "<p>Rest before you are tired.</p>"
NUMBERED = "ol { list-style: none; counter-reset: n } ol > li { counter-increment: n }"


def in_sheet(css: str, *edits: tuple[str, str]) -> bytes:
    """The sample with rules in a sheet of its own document."""
    return repacked(good("epub"), *edits, ("<title>Tired legs</title>", f"<title>-</title><style>{css}</style>"))


@pytest.mark.parametrize(
    "style",
    [
        "font: 0/0 serif",
        "font-size: 1px",
        "opacity: 1%",
        "color: white; background: #fff",
        "color: rgb(250 250 250); background-color: white",
        "height: 0; overflow: hidden",
        "max-height: 1px; overflow: clip",
        "letter-spacing: -1em",
        "text-decoration: line-through",
    ],
)
def test_styles_that_hide(style: str) -> None:
    for data in (
        repacked(good("epub"), (REST, REST.replace("<p>", f'<p style="{style}">'))),
        in_sheet(f".away {{ {style} }}", (REST, REST.replace("<p>", '<p class="away">'))),
    ):
        assert_says(broken(data, "epub"), "P5", "Rest before you are tired", "no such words")


def test_styles_that_hide_together() -> None:
    data = in_sheet(".a { height: 0 } .b { overflow: hidden }", (REST, REST.replace("<p>", '<p class="a b">')))
    assert_says(broken(data, "epub"), "P5", "Rest before you are tired", "no such words")


def test_colours_that_are_taken_over() -> None:
    css = ".dark { background: black } .words { color: #111 }"
    words = REST.replace("<p>", '<p class="words">')
    data = in_sheet(css, (REST, f'<div class="dark">{words}</div>'))
    assert_says(broken(data, "epub"), "P5", "Rest before you are tired", "no such words")


@pytest.mark.parametrize(
    "css",
    [
        ".it { height: 0 }",
        ".it { line-height: 0.9; letter-spacing: -0.02em; text-indent: -2em; margin-left: 2em }",
        ".it { transform: scale(0.98) rotate(1deg); filter: none; mask: none }",
        ".it { clip-path: none; max-width: 40em; overflow: hidden }",
        ".it { font: italic 700 1.1em/1.4 serif; text-decoration: underline }",
        ".it { background: #fff; color: #000 }",
        "@media (prefers-color-scheme: dark) { .it { background: #000; color: #fff } }",
        "@media (prefers-color-scheme: dark) { .it { color: #fff } }",
        ".it { direction: ltr; unicode-bidi: embed }",
        ".it { background: white url(cover.png); color: white }",
    ],
)
def test_styles_that_show(css: str) -> None:
    assert broken(in_sheet(css, (REST, REST.replace("<p>", '<p class="it">'))), "epub") == {}


@pytest.mark.parametrize("tag", ["del", "s"])
def test_elements_that_strike_out(tag: str) -> None:
    struck = REST.replace("<p>", f"<p><{tag}>").replace("</p>", f"</{tag}></p>")
    found = broken(repacked(good("epub"), (REST, struck)), "epub")
    assert_says(found, "P5", "words that hold", "Rest before you are tired", "struck out")


@pytest.mark.parametrize(
    "html",
    [
        "<details><summary>More</summary><p>Rest before you are tired.</p></details>",
        "<details>Rest before you are tired.</details>",
        "<dialog><p>Rest before you are tired.</p></dialog>",
        "<p inert=''>Rest before you are tired.</p>",
    ],
)
def test_elements_that_hide(html: str) -> None:
    assert_says(
        broken(repacked(good("epub"), (REST, html)), "epub"), "P5", "Rest before you are tired", "no such words"
    )


@pytest.mark.parametrize(
    "html",
    [
        '<p><bdo dir="ltr">Rest before you are tired.</bdo></p>',
        '<details open="open"><p>Rest before you are tired.</p></details>',
        '<dialog open="open"><p>Rest before you are tired.</p></dialog>',
        "<p><ins>Rest</ins> before <u>you</u> are tired.</p>",
    ],
)
def test_elements_that_show(html: str) -> None:
    assert "P5" not in broken(repacked(good("epub"), (REST, html)), "epub")


def test_a_raised_digit_is_another_number() -> None:
    raised = broken(repacked(good("epub"), ("In 24 people", "In 2<sup>4</sup> people")), "epub")
    assert_says(raised, "P6", "In 24 people", "In 2⁴ people")
    lowered = broken(repacked(good("epub"), ("people, VO2 was", "people, VO<sub>2</sub> was")), "epub")
    assert not {"P5", "P6"} & set(lowered)


@pytest.mark.parametrize("subject", ["p::before", "p:after", "li::before", ".references li::after", "dd::before"])
def test_words_of_a_sheet(subject: str) -> None:
    found = broken(in_sheet(f"{subject} {{ content: 'It is not true: ' }}"), "epub")
    assert_says(found, "P5", "It is not true:", "nothing but signs")


@pytest.mark.parametrize("css", ["td::before { content: '−' }", "td::after { content: '%' }"])
def test_signs_of_a_sheet_at_numbers(css: str) -> None:
    assert_says(broken(in_sheet(css), "epub"), "P5", "beside the words", css.split("'")[1])


@pytest.mark.parametrize(
    "css",
    [
        "blockquote::before { content: open-quote } p::after { content: '' }",
        "ul > li::marker { content: '•' }",
        "dt::after { content: ':' } h2::before { content: '§ ' }",
        "dd.nowhere::before { content: 'Never: ' }",
        f"{NUMBERED} ol > li::before {{ content: counter(n) '. ' }}",
        f"{NUMBERED} ol > li::before {{ content: '[' counters(n, '.') '] ' }}",
    ],
)
def test_signs_of_a_sheet(css: str) -> None:
    assert broken(in_sheet(css), "epub") == {}


@pytest.mark.parametrize(
    "css",
    [
        f"{NUMBERED} ol > li::before {{ content: counter(m) '. ' }}",
        NUMBERED.replace("increment: n", "increment: n 5") + " li::before { content: counter(n) '. ' }",
        ".references ol { list-style: none }",
        ".references li { list-style-type: disc }",
    ],
)
def test_numbers_of_a_sheet(css: str) -> None:
    assert "P3" in broken(in_sheet(css), "epub")
