"""Text that no reader sees does not count: in a PDF by what is painted, in a book by its styles."""

import re
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from tests.prove.press import assert_says, broken, good, repacked, rewritten

PAGE = "0 0 700 900 re"
BLACK = re.compile(rb"[\d.]+ [\d.]+ [\d.]+ rg")


def painted(before: bytes = b"", behind: bytes = b"", ink: bytes | None = None) -> Callable[[PdfWriter], None]:
    """Something painted before and behind each page, its fills in another colour."""

    def edit(writer: PdfWriter) -> None:
        for page in writer.pages:
            contents = page.get_contents()
            assert contents is not None
            data = contents.get_data()
            stream = DecodedStreamObject()
            stream.set_data(b"%s\nq %s Q\n%s" % (before, data if ink is None else BLACK.sub(ink, data), behind))
            page[NameObject("/Contents")] = writer._add_object(stream)

    return edit


UNSEEN = {
    "without ink": painted(b"3 Tr"),
    "covered": painted(behind=f"1 g {PAGE} f".encode()),
    "clipped away": painted(b"0 0 9 9 re W n"),
    "white on white": painted(ink=b"1 1 1 rg"),
    "clipped by a triangle": painted(b"0 0 m 9 0 l 0 9 l h W n"),
    "clipped by two boxes": painted(b"0 0 9 9 re 20 20 9 9 re W* n"),
    "under a polygon": painted(behind=b"1 g -9 0 m 700 -9 l 700 900 l -9 910 l f"),
    "under something round": painted(behind=b"1 g -900 400 m -900 2400 1600 2400 1600 400 c 1600 -3000 -900 400 y f"),
    "under a thick line": painted(behind=b"1 G 900 w 0 400 m 700 400 l S"),
    "white outlines": painted(b"1 Tr 1 G"),
    "white in Lab": painted(ink=b"/lab-d50 cs 100 0 0 scn"),
    "black on black": painted(f"0 g {PAGE} f".encode(), ink=b"0.05 0.05 0.05 rg"),
}
SEEN = {
    "on a ground of its own": painted(f"0.9 g {PAGE} f".encode()),
    "white on black": painted(f"0 g {PAGE} f".encode(), ink=b"1 1 1 rg"),
    "within a clip": painted(f"{PAGE} W n".encode()),
    "beside a box": painted(behind=b"0 g 0 0 9 9 re f"),
    "within a round clip": painted(b"-900 400 m -900 2400 1600 2400 1600 400 c 1600 -3000 -900 400 y W n"),
    "within two boxes": painted(b"0 0 700 450 re 0 450 700 450 re W n"),
    "beside a box that is clipped": painted(behind=f"0 0 9 9 re W n 1 g {PAGE} f".encode()),
    "in a hole": painted(behind=f"1 g -50 -50 800 1000 re {PAGE} f*".encode()),
    "under a thin line": painted(behind=b"1 G 2 w 0 400 m 700 400 l 0 500 m 700 500 l S"),
    "under dots": painted(behind=b"1 G 900 w [1 9] 0 d 0 400 m 700 400 l S"),
    "black in Lab": painted(ink=b"/lab-d50 cs 10 0 0 scn"),
    "white lines": painted(b"1 G"),
    "under a frame": painted(behind=f"{PAGE} S".encode()),
}


@pytest.mark.parametrize("kind", ["large-print", "handout"])
@pytest.mark.parametrize("name", UNSEEN)
def test_a_pdf(kind: str, name: str) -> None:
    assert {"P1", "P3", "P5", "P6"} <= set(broken(rewritten(good(kind), UNSEEN[name]), kind))


@pytest.mark.parametrize("name", SEEN)
def test_a_pdf_that_is_seen(name: str) -> None:
    found = broken(rewritten(good("handout"), SEEN[name]), "handout")
    assert not {"P1", "P2", "P3", "P4", "P5", "P6", "P7"} & set(found)


REST = "<p>Rest before"


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility: hidden",
        "font-size: 0",
        "opacity: 0.0",
        "color: transparent",
        "color: rgba(0, 0, 0, 0)",
        "position: absolute; left: -9999px",
        "text-indent: -999em",
    ],
)
def test_a_book(style: str) -> None:
    inline = repacked(good("epub"), (REST, f'<p style="{style}">Rest before'))
    sheet = f"<style>p.away {{ {style} !important }} p:first-child, h9 {{ margin: 0 }}</style>"
    in_sheet = repacked(
        good("epub"), (REST, '<p class="away">Rest before'), ("<title>Tired legs</title>", f"<title>-</title>{sheet}")
    )
    for data in (inline, in_sheet):
        assert_says(broken(data, "epub"), "P5", "Rest before you are tired", "no such words")


def test_a_book_that_no_voice_reads() -> None:
    data = repacked(good("epub"), (REST, '<p aria-hidden="true">Rest before'))
    assert_says(broken(data, "epub"), "P5", "Rest before you are tired")


@pytest.mark.parametrize("style", ["opacity: 0.9", "left: -10px", "font-size: 0.9em", "color: #000"])
def test_a_book_that_is_seen(style: str) -> None:
    assert "P5" not in broken(repacked(good("epub"), (REST, f'<p style="{style}">Rest before')), "epub")
