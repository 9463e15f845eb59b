"""A line holds all that fits on it, whatever markup comes behind."""

import pytest
import weasyprint.layout.inline
from weasyprint.formatting_structure import boxes
from weasyprint.text.line_break import split_first_line

from atlas_print.pdf.engine import typeset
from atlas_print.typefaces import families, family_list

STACK = families(None, "en", [])
CSS = f"""
@page {{ size: 200mm 2000mm; margin: 0 }}
p {{ font: 12pt/1 {family_list(STACK)}; margin: 0; overflow-wrap: break-word }}
"""
# From the longest piece that must not be broken to the whole text, in steps narrower than a space.
WIDTHS = range(90, 340, 2)
TEXT = "other post-COVID syndrome, and in none of 15 controls."
CITATION = "<span style='white-space: nowrap'>[3]</span>"

# Text without markup -> the same with markup that leaves white space at the end of the text in front of it.
MARKED = {
    f"{TEXT} More": f"{TEXT} <span>More</span>",
    f"{TEXT}\xa0[3]": f"{TEXT}\xa0{CITATION}",
    f"{TEXT}\xa0[3] More": f"<span>{TEXT}\xa0{CITATION} </span>More",
    f"{TEXT}\u202f% more": f"{TEXT}\u202f<span>%</span> more",
    TEXT: f"{TEXT} <span style='display: block'></span>",
}


def lines(paragraph: str) -> list[list[str]]:
    """The lines of a paragraph in a column of each width."""
    columns = "".join(f'<section style="width: {width}pt"><p>{paragraph}</p></section>' for width in WIDTHS)
    document = typeset(f'<html lang="en"><title>T</title>{columns}</html>', CSS, STACK)
    return [
        [text for line in box.descendants() if isinstance(line, boxes.LineBox) and (text := shown(line))]
        for page in document.pages
        for box in page._page_box.descendants()
        if box.element_tag == "section"
    ]


def shown(line: boxes.LineBox) -> str:
    return "".join(box.text for box in line.descendants() if isinstance(box, boxes.TextBox)).strip(" ")


@pytest.mark.parametrize("plain", MARKED)
def test_markup_moves_no_line_break(plain: str) -> None:
    assert lines(MARKED[plain]) == lines(plain)


@pytest.mark.parametrize("plain", MARKED)
def test_weasyprint_still_breaks_too_early(plain: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """If this fails, WeasyPrint is mended: pdf/line_breaks.py can go."""
    monkeypatch.setattr(weasyprint.layout.inline, "split_first_line", split_first_line)
    assert lines(MARKED[plain]) != lines(plain)
