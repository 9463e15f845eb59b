"""Labels that can hardly be told from their ground or are cut off, and those that are read."""

import pytest

from atlas_print.compose.unread_labels import cut_labels, faint_labels
from atlas_print.typefaces import families
from tests.drawings.plots import KINDS, saved
from tests.drawings.test_programs import SAVED, plain

STACK = families(None, "en", [])


def faint(inner: str) -> list[str]:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 200" font-size="26">{inner}</svg>'
    return [label.text for label in faint_labels(svg.encode(), STACK)]


@pytest.mark.parametrize(
    ("inner", "told"),
    [
        ('<text x="10" y="40" fill="#cccccc">pale</text><text x="10" y="90">ink</text>', ["pale"]),
        ('<text x="10" y="40" fill="#ffffff">gone</text>', ["gone"]),
        ('<rect width="200" height="60" fill="#003a70"/><text x="10" y="40" fill="#ffffff">white</text>', []),
        ('<rect width="200" height="60" fill="#003a70"/><text x="10" y="40">ink on blue</text>', ["ink on blue"]),
        ('<g opacity="0.3"><text x="10" y="40">through</text></g>', ["through"]),
        ('<text x="10" y="40" stroke="#000000" fill="#000000">heavier</text>', []),
        ('<text x="9" y="40"><tspan fill="#eeeeee">a</tspan>b</text>', ["a"]),
    ],
)  # fmt: skip
def test_labels_that_can_hardly_be_told_from_their_ground(inner: str, told: list[str]) -> None:
    assert faint(inner) == told


def test_a_halo_is_a_ground() -> None:
    dark = '<rect width="420" height="200" fill="#222222"/><text x="10" y="60"'
    halo = ' stroke="#ffffff" stroke-width="6" style="paint-order: stroke"'

    assert faint(f"{dark}{halo}>seen</text>") == []
    assert faint(f"{dark}>lost</text>") == ["lost"]


@pytest.mark.parametrize(
    ("x", "told"),
    [(10, []), (350, ["cut at its end"]), (430, ["cut at its end"]), (-60, ["cut at its end"]), (275, [])],
)
def test_labels_outside_of_the_view_box(x: int, told: list[str]) -> None:
    view = 'xmlns="http://www.w3.org/2000/svg" viewBox="0 0 420 200" font-size="20"'
    svg = f'<svg {view}><text x="{x}" y="40">cut at its end</text></svg>'
    assert cut_labels(svg.encode(), STACK) == told


@pytest.mark.filterwarnings("ignore")
@pytest.mark.one_in(4)
@pytest.mark.parametrize("kind", [*KINDS, *sorted(file.name for file in SAVED.glob("*.svg"))])
def test_what_programs_save_is_not_accused(kind: str) -> None:
    svg = plain((SAVED / kind).read_text("utf-8") if kind.endswith(".svg") else saved(kind))
    assert (faint_labels(svg, STACK), cut_labels(svg, STACK)) == ([], [])
