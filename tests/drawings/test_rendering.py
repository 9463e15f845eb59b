"""What becomes of a drawing on paper: letters are seen and stay letters, at any size, each in a family that has it."""

from io import BytesIO

import pikepdf
import pytest
from lxml import etree

from atlas_print.compose.rendering import RenderingError, picture, rendered
from atlas_print.drawings.text import in_families
from atlas_print.prove.pdf.engine import read_sheets
from atlas_print.typefaces import families
from tests.drawings.viewers import by_mupdf, by_pdfium, by_poppler

STACK = families(None, "en", [])
NAMES = {family.name: family.name for family in STACK}


def drawn(inner: str, view: str = "0 0 420 200") -> bytes:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" font-size="26">{inner}</svg>'
    return rendered(svg.encode(), STACK).page


def said(page: bytes) -> str:
    return "".join(run.text for sheet in read_sheets(page, [1.0]) for run in sheet.runs)


@pytest.mark.parametrize("view", ["by_pdfium", "by_poppler", "by_mupdf"])
@pytest.mark.parametrize(
    "inner",
    [
        '<text x="40" y="60" stroke="#ffffff" stroke-width="5" style="paint-order: stroke">76 against 86</text>',
        '<defs><linearGradient id="a"><stop stop-color="#000000"/><stop offset="1" stop-color="#003a70"/>'
        '</linearGradient></defs><text x="40" y="60" fill="url(#a)">76 against 86</text>',
    ],
)
def test_letters_leave_ink_from_the_first_to_the_last(inner: str, view: str) -> None:
    look = {"by_pdfium": by_pdfium, "by_poppler": by_poppler, "by_mupdf": by_mupdf}[view]
    dark = look(drawn(inner), 420).point([255] * 160 + [0] * 96)
    box = dark.getbbox()
    assert box is not None
    assert box[0] < 50
    assert box[2] > 190


def test_each_letter_has_a_family() -> None:
    page = drawn('<text x="40" y="60">CO₂ → Ω и</text>')
    with pikepdf.open(BytesIO(page)) as pdf:
        used = " ".join(str(font.BaseFont) for font in pdf.pages[0].Resources.Font.values())
    assert "AtkinsonHyperlegible" in used
    assert "NotoSans" in used
    assert "Libertinus" not in used
    assert "".join(said(page).split()) == "CO₂→Ωи"


def test_runs_of_another_family_are_pieces_of_their_own() -> None:
    root = etree.fromstring('<svg xmlns="http://www.w3.org/2000/svg"><text>a₂b<tspan>c</tspan>₂d</text></svg>')
    (text,) = in_families(root, STACK, NAMES)
    assert "".join(map(str, text.itertext())) == "a₂bc₂d"
    own = [(piece.text, piece.get("font-family"), piece.tail) for piece in text]
    assert own == [("₂", "'Noto Sans'", "b"), ("c", None, None), ("₂", "'Noto Sans'", "d")]


def test_a_drawing_of_one_unit_keeps_its_letters() -> None:
    page = drawn('<text x="0.1" y="0.5" font-size="0.05">before</text>', "0 0 1 1")
    assert said(page) == "before"


def test_what_no_renderer_draws_is_an_error_of_its_own() -> None:
    with pytest.raises(RenderingError):
        picture("<svg", [STACK[0].files[0]])
