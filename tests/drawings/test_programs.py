"""Drawings as real programs save them: all are taken, and the page shows what resvg shows."""

from io import BytesIO
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from atlas_print.compose.faces import faces, family_name
from atlas_print.compose.rendering import picture, rendered
from atlas_print.drawings.likeness import difference
from atlas_print.drawings.text import in_families, words_of
from atlas_print.problems import Problem
from atlas_print.prove.pdf.engine import read_sheets
from atlas_print.prove.reading.text import squeeze
from atlas_print.read.figures.svg import rebuild_svg
from atlas_print.read.source import Source
from atlas_print.typefaces import families
from tests.drawings.plots import KINDS, saved
from tests.drawings.viewers import by_mupdf, by_pdfium, by_poppler

SAVED = Path(__file__).parent / "saved"
STACK = families(None, "en", [])
_NEAR = 0.05
"""Share of the worst part that may differ; a digit that is lost comes to 0.4."""
_FINE_LINES = 0.15
"""The same where lines and seams of a px are drawn anew from pixels, or by another engine."""
_AREA = 500_000
"""px of the pictures."""


def plain(svg: str) -> bytes:
    problems: list[Problem] = []
    found = rebuild_svg(Source("x.svg", svg), problems)
    assert found is not None, problems
    assert problems == []
    return found[0]


def wanted(svg: bytes, across: int) -> Image.Image:
    root = etree.fromstring(svg)
    cut = list(faces(STACK, frozenset(words_of(root)), common=frozenset()))
    named = in_families(root, STACK, {name: family_name(file) for name, _, file in cut})
    png = picture(etree.tostring(named, encoding="unicode"), [file for _, _, file in cut], across)
    with Image.open(BytesIO(png)) as image:
        ground = Image.new("RGBA", image.size, "white")
        ground.alpha_composite(image.convert("RGBA"))
        return ground.convert("L")


def is_near(svg: str) -> None:
    drawing = plain(svg)
    made = rendered(drawing, STACK)
    across = int((_AREA * made.width / made.height) ** 0.5)
    expected = wanted(drawing, across)
    most = _FINE_LINES if made.is_picture else _NEAR
    assert difference(expected, by_pdfium(made.page, across)) < most
    assert difference(expected, by_poppler(made.page, across)) < _FINE_LINES
    assert difference(expected, by_mupdf(made.page, across)) < _FINE_LINES
    words = "".join(sorted(squeeze(words_of(etree.fromstring(drawing)))))
    shown = "".join(run.text for sheet in read_sheets(made.page, [1.0]) for run in sheet.runs)
    assert "".join(sorted(squeeze(shown))) == words


@pytest.mark.parametrize("name", sorted(path.stem for path in SAVED.glob("*.svg")))
def test_a_drawing_that_was_saved(name: str) -> None:
    is_near((SAVED / f"{name}.svg").read_text("utf-8"))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", KINDS)
def test_a_chart(kind: str) -> None:
    is_near(saved(kind))
