"""Where an address may break: behind its slashes, on paper in pieces that a line holds."""

from atlas_print.compose.layout import Page
from atlas_print.compose.tables import Room
from atlas_print.typefaces import families
from tests.making import ROOT, atlas_of

ATLAS = atlas_of(ROOT / "src" / "atlas_print" / "starter")
STACK = families(None, "en", [])
ROOM = Room(20, 0.75, 1.4, 12)
DOI = "https://doi.org/10.1371/journal.pone&0012192"


def test_in_a_book() -> None:
    page = Page(ATLAS, ATLAS.topics[0], ROOM, images={})
    assert page.address(DOI) == "https://doi.org/<wbr/>10.1371/<wbr/>journal.pone&amp;0012192"


def test_on_paper() -> None:
    page = Page(ATLAS, ATLAS.topics[0], ROOM, columns={0: 20}, stack=STACK)
    assert page.address(DOI) == "".join(
        f'<span class="piece">{piece}</span>' for piece in ("https://doi.org/", "10.1371/", "journal.pone&amp;0012192")
    )


def test_a_piece_that_no_line_holds_may_break() -> None:
    narrow = Page(ATLAS, ATLAS.topics[0], ROOM, columns={0: 11}, stack=STACK)
    cut = '<span class="piece">10.1371/</span><span class="piece cut">journal.pone&amp;0012192</span>'
    assert narrow.address(DOI).endswith(cut)
    unmeasured = Page(ATLAS, ATLAS.topics[0], ROOM)
    assert unmeasured.address(f"https://a.example/{'long' * 8}/x").startswith(
        f'<span class="piece">https://a.example/</span><span class="piece cut">{"long" * 8}/</span><span'
    )


def test_in_running_text_of_a_book() -> None:
    page = Page(ATLAS, ATLAS.topics[0], ROOM, images={})
    assert page.text(f"See {DOI} or 5 ± 1.") == f'See {page.address(DOI)} or <span class="n">5 ± 1</span>.'
