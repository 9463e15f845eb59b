"""Files made to hurt whoever reads them end in a verdict that says why, soon and in little memory."""

import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfWriter

from atlas_print.prove import Outcome
from tests.fuzz.mutations import flattened
from tests.making import LABELS, ROOT, TODAY, judged
from tests.prove.epub_bombs import EPUBS
from tests.prove.pdf_bombs import PDFS
from tests.prove.press import atlas, good, on_page, rewritten, topic

BOMBS = PDFS | EPUBS
FOUND = sorted(path for path in Path(__file__).with_name("hostile").iterdir())
_SECONDS = 300
"""Most take two, the longest thirty: a proof that takes so long hangs."""


def test_each_has_a_name_of_its_own() -> None:
    assert len(BOMBS) == len(PDFS) + len(EPUBS)


@pytest.mark.parametrize("name", BOMBS)
def test_a_clear_verdict_in_bounds(name: str) -> None:
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.prove.blast", name]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=_SECONDS, check=False)
    assert told.returncode == 0, told.stderr
    lines = told.stdout.splitlines()
    assert len(lines) == 8
    assert lines[0].startswith("P1 broken "), told.stdout
    assert " help: " in lines[0]
    assert "more memory than there is" not in lines[0]
    assert BOMBS[name][1] in lines[0]


@pytest.mark.parametrize("file", FOUND, ids=lambda file: str(file.name))
def test_what_an_error_came_out_of(file: Path) -> None:
    found = judged(file.read_bytes(), file.suffix[1:], atlas(), topic(), TODAY, labels=LABELS)
    assert any(verdict.outcome is Outcome.BROKEN for verdict in found)


def on_fonts(change: Callable[[Any], None]) -> Callable[[PdfWriter], None]:
    """Changes each font of the first page."""

    def change_all(writer: PdfWriter) -> None:
        resources: Any = writer.pages[0]["/Resources"]
        for font in resources["/Font"].values():
            change(font.get_object())

    return change_all


def damaged_letters(font: Any) -> None:
    file = font["/DescendantFonts"][0]["/FontDescriptor"]["/FontFile2"]
    data = bytearray(file.get_data())
    at = TTFont(BytesIO(bytes(data)), lazy=True).reader.tables["glyf"].offset
    data[at + 20 : at + 60] = bytes(40)
    file.set_data(bytes(data))


def without_encoding(font: Any) -> None:
    del font["/Encoding"]


def one_entry_more(font: Any) -> None:
    stream = font["/ToUnicode"]
    stream.set_data(stream.get_data().replace(b"endbfchar", b"<0030> <0031>\nendbfchar", 1))


def with_two_descendants(font: Any) -> None:
    font["/DescendantFonts"].append(font["/DescendantFonts"][0])


UNSEEN: dict[str, tuple[Callable[[PdfWriter], None], str]] = {
    "an array that isn't closed": (on_page(b"] TJ", b" TJ"), "malformed drawing operator"),
    "a number too few": (on_page(b"1 0 0 -1 ", b"0 0 -1 "), "malformed drawing operator"),
    "letters that are no code": (on_page(b"<00", b"<is"), "malformed drawing operator"),
    "an unknown operator": (on_page(b"EMC", b"EMMC"), "malformed drawing operator"),
    "letters without outlines": (on_fonts(damaged_letters), "a typeface in it is damaged"),
    "codes without encoding": (on_fonts(without_encoding), "has no encoding"),
    "a map with an entry too many": (on_fonts(one_entry_more), "damaged map from codes to letters"),
    "a typeface that isn't there": (on_page(b"Tf", b"Tf /None 9 Tf"), "names a typeface"),
    "a font twice": (on_fonts(with_two_descendants), "it is damaged"),
}


@pytest.mark.parametrize("name", UNSEEN)
def test_what_viewers_show_otherwise(name: str) -> None:
    """Files that once kept every promise, though another engine doesn't show some of their words."""
    change, why = UNSEEN[name]
    found = judged(rewritten(good("handout"), change), "handout", atlas(), topic(), TODAY, labels=LABELS)
    assert {verdict.outcome for verdict in found} == {Outcome.BROKEN}
    assert why in found[0].findings[0].found


def test_an_object_that_viewers_have_to_look_for() -> None:
    data = flattened(good("handout"))
    number = re.search(rb"\n(\d+) 0 obj\n<< [^\n]*/S /P ", data)
    assert number is not None
    found = judged(
        data.replace(number[0], number[0].replace(b" 0 obj", b" ? obj"), 1), "handout", atlas(), topic(), TODAY
    )
    assert "it is damaged" in found[0].findings[0].found


@pytest.mark.parametrize("kind", ["handout", "epub"])
def test_a_file_cut_anywhere(kind: str) -> None:
    whole = good(kind)
    for part in range(1, 20):
        found = judged(whole[: len(whole) * part // 20], kind, atlas(), topic(), TODAY, labels=LABELS)
        assert {verdict.outcome for verdict in found} == {Outcome.BROKEN}
        (finding,) = found[0].findings
        assert finding.help
