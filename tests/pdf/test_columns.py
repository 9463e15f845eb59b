"""Columns are level, in order, and made from one layout of their text."""

from typing import Any

import pytest
import weasyprint.layout.column
from weasyprint.formatting_structure import boxes

from atlas_print.pdf import columns, engine
from atlas_print.typefaces import families, family_list
from tests.making import ROOT

ENTRIES = "".join(f"<li>{number} {'word ' * (6 + number * 7 % 23)}</li>" for number in range(1, 12))
CSS = """
@page { size: 150mm 200mm; margin: 10mm }
ol { columns: 2; column-gap: 8mm; padding: 0; list-style: none }
"""


def laid_out(body: str, css: str = "", direction: str = "ltr") -> Any:
    html = f'<html lang="en" dir="{direction}"><body>{body}</body></html>'
    stack = families(ROOT, "en", [])
    return engine.typeset(html, f"{CSS} html {{ font: 10pt/1.2 {family_list(stack)} }} {css}", stack)


def columns_of(document: Any) -> list[Any]:
    return [box for box in document.pages[0]._page_box.descendants() if getattr(box, "is_column", False)]


def lines(box: Any) -> list[Any]:
    return [it for it in box.descendants() if isinstance(it, boxes.LineBox)]


def words(document: Any) -> str:
    boxes_of_page = document.pages[0]._page_box.descendants()
    return " ".join(box.text.strip() for box in boxes_of_page if isinstance(box, boxes.TextBox))


@pytest.fixture
def no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """WeasyPrint's own columns must not be asked."""
    monkeypatch.setattr(columns, "columns_layout", None)


@pytest.mark.usefixtures("no_other")
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_columns_are_level_and_in_order(direction: str) -> None:
    document = laid_out(f"<ol>{ENTRIES}</ol><p>After</p>", direction=direction)
    first, second = columns_of(document)
    assert (first.position_x < second.position_x) == (direction == "ltr")
    assert lines(first)[0].position_y == pytest.approx(lines(second)[0].position_y)
    counts = len(lines(first)), len(lines(second))
    # An orphan or a widow may keep a line or two from going over.
    assert abs(counts[0] - counts[1]) <= 2
    found = words(document)
    assert [int(it) for it in found.split() if it.isdigit()] == list(range(1, 12))
    assert found.endswith("After")
    after = lines(document.pages[0]._page_box)[-1]
    lowest = max(line.position_y + line.height for column in (first, second) for line in lines(column))
    assert after.position_y >= lowest - 0.01


@pytest.mark.usefixtures("no_other")
def test_what_may_not_be_cut_stays_whole_and_a_heading_with_what_it_heads() -> None:
    for css in ("li { break-inside: avoid }", "li:nth-child(-n+6) { break-after: avoid }"):
        first, second = columns_of(laid_out(f"<ol>{ENTRIES}</ol>", css))
        elements = [{it.element for it in column.descendants() if it.element_tag == "li"} for column in (first, second)]
        if "inside" in css:
            assert not elements[0] & elements[1]
        else:
            assert len(elements[0]) >= 6


@pytest.mark.usefixtures("no_other")
def test_no_line_is_alone_at_the_foot_or_the_head_of_a_column() -> None:
    for count in range(3, 12):
        document = laid_out(f"<ol><li>{'word ' * 9 * count}</li></ol>")
        assert all(len(lines(column)) >= 2 for column in columns_of(document))


def test_what_is_more_than_text_is_left_to_weasyprint(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def own(*given: Any) -> Any:
        asked.append(given)
        return own_layout(*given)

    own_layout = weasyprint.layout.column.columns_layout
    monkeypatch.setattr(columns, "columns_layout", own)
    for body in ("<ol><table><tr><td>A cell</td></tr></table></ol>", f"<ol>{ENTRIES * 9}</ol>"):
        asked.clear()
        laid_out(body)
        assert asked
