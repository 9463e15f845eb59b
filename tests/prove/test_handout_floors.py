"""P8 on a handout: margins, and sizes and line spacing by what a text is."""

import pytest

from tests.prove.press import assert_broken, broken, relaid

KIND = "handout"
STYLE = "handout/style.css"
PAGE = "margin: {{ margin }}mm"
END = "img, svg { overflow: visible; max-width: 100% }"


@pytest.mark.parametrize(
    ("side", "rules", "shown"),
    [
        ("left", "{{ margin }}mm {{ margin }}mm {{ margin }}mm {{ margin - 0.5 }}mm", "12.2 mm from it"),
        ("right", "{{ margin }}mm {{ margin - 0.5 }}mm {{ margin }}mm {{ margin }}mm", "12.2 mm from it"),
        # Between the top of the first line and the top of its letters there is half of what it is led by.
        ("top", "{{ margin - 1.6 }}mm {{ margin }}mm {{ margin }}mm", "“Rest Atlas · for clinicians · Symptom"),
        ("bottom", "{{ margin }}mm", "“hello@rest.example. This topic online:"),
    ],
)
def test_a_margin_a_little_narrower(side: str, rules: str, shown: str) -> None:
    last = ".foot { position: fixed; bottom: -1mm }" if side == "bottom" else ".disclaimer { text-align: right }"
    narrow = {STYLE: [(PAGE, f"margin: {rules}"), (END, f"{END} {last}")]}
    found = broken(relaid(KIND, narrow), KIND)
    assert_broken(found, "P8", f"page 1: expected 12.7 mm without text at the {side} edge", shown)


@pytest.mark.parametrize(
    ("rule", "shown"),
    [
        ("table { font-size: 9.4pt }", "page 1, TH: expected text of at least 9.5 pt"),
        (".foot { font-size: 9.4pt }", "“This atlas is made up; it is not medical advice."),
        ("h1 { font-size: 9.4pt }", "page 1, H1: expected text of at least 9.5 pt"),
        (".whole { font-size: 8pt; line-height: 1.3 }", "“Whether it passes by itself."),
    ],
)
def test_body_under_its_floor(rule: str, shown: str) -> None:
    assert_broken(broken(relaid(KIND, {STYLE: [(END, f"{END} {rule}")]}), KIND), "P8", "at least 9.5 pt", shown)


@pytest.mark.parametrize("slug", ["tired-legs", "deep-sleep"])
def test_small_print_may_be_smaller_wherever_it_stands(slug: str) -> None:
    small = ("{{ step.references }}pt", "7.5pt")
    first = {
        STYLE: [(small[0], small[1]), (END, f"{END} .references h2 {{ font-size: 7.5pt }}")],
        "handout/topic.html": [
            ("{{ behind }}\n{%- endif %}", "{%- endif %}"),
            ("</article>", "{{ behind }}</article>"),
        ],
    }
    assert broken(relaid(KIND, first, slug), KIND, slug) == {}


def test_small_print_ends_where_the_next_heading_is() -> None:
    flat = {
        STYLE: [(END, f"{END} .foot {{ font-size: 9.4pt }}")],
        "handout/topic.html": [
            ('<section class="references"', '<div class="references"'),
            ("</ol>\n</section>\n{% endif %}", "</ol>\n</div>\n{% endif %}"),
        ],
    }
    text = "“This atlas is made up; it is not medical advice."
    assert_broken(broken(relaid(KIND, flat), KIND), "P8", "at least 9.5 pt", text)


def test_small_print_has_a_floor_too() -> None:
    tiny = {STYLE: [("{{ step.references }}pt", "7.4pt")]}
    found = broken(relaid(KIND, tiny), KIND)
    assert_broken(found, "P8", "text of at least 7.5 pt", "at 7.4 pt")


@pytest.mark.parametrize("size", [7.5, 9])
def test_references_nearer_than_3_mm_at_9_pt(size: float) -> None:
    def spaced(times: float) -> bytes:
        leading = ("line-height: {{ step.references_leading }}", f"line-height: {times}")
        return relaid(KIND, {STYLE: [("{{ step.references }}pt", f"{size}pt"), leading]})

    assert broken(spaced(0.95), KIND) == {}
    found = broken(spaced(0.93), KIND)
    assert_broken(found, "P8", f"{size * 0.945:.1f} pt apart, 0.945 times their size of {size:.1f} pt", "“Ames AB")
