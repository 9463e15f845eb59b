"""No paragraph ends in a line of a few letters."""

import pytest

from atlas_print.compose.line_ends import without_stubs


@pytest.mark.parametrize(
    ("html", "bound"),
    [
        ("<p>one two it.</p>", "<p>one&#160;two&#160;it.</p>"),
        ("<p>the second sentence.</p>", "<p>the second sentence.</p>"),
        ("<li>it is <strong>so</strong></li>", "<li>it&#160;is&#160;<strong>so</strong></li>"),
        (
            '<p>seen <a href="#x" class="cite">a scan</a></p>',
            '<p>seen&#160;<a href="#x" class="cite">a&#160;scan</a></p>',
        ),
        ("<p>fewer &lt; 3</p>", "<p>fewer&#160;&lt;&#160;3</p>"),
        (
            "<p>Longer words only in here</p><p>Hypertension</p>",
            "<p>Longer words only&#160;in&#160;here</p><p>Hypertension</p>",
        ),
        ("<p>of Hypercholesterolaemia it.</p>", "<p>of Hypercholesterolaemia it.</p>"),
        ("<h2>How it is</h2>", "<h2>How it is</h2>"),
    ],
)
def test_the_last_words_share_a_line(html: str, bound: str) -> None:
    assert without_stubs(html, 30) == bound


def test_a_narrow_column_has_none_to_give() -> None:
    assert without_stubs("<p>one two it.</p>", 8) == "<p>one two it.</p>"
