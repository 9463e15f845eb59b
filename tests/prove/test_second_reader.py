"""Our reader, MuPDF and poppler read the same text from every page and every structure tree."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from atlas_print.prove.pdf.reader import read_pdf
from tests.exports.languages import TEXTS, write
from tests.making import ROOT, atlas_of, make_each
from tests.prove.press import SAMPLE, good, on_page, rewritten
from tests.prove.second_reader import normal, page_texts, page_texts_by_pdfium, squeezed, tree_text

STARTER = ROOT / "src" / "atlas_print" / "starter"


def ours(data: bytes) -> list[str]:
    """The text of each page as it is drawn, running lines and the labels of drawings included."""
    reading = read_pdf(data)
    assert reading.pages is not None
    pages: list[list[str]] = [[] for _ in range(reading.pages)]
    for shown in reading.shown:
        pages[shown.page - 1].append(shown.text)
    return ["".join(page) for page in pages]


def told(data: bytes) -> list[str]:
    """The text of each page as a voice tells it, without running lines and drawings."""
    reading = read_pdf(data)
    assert reading.pages is not None
    pages: list[list[str]] = [[] for _ in range(reading.pages)]
    for line in reading.lines:
        pages[line.page - 1].append(line.text)
    return [" ".join(page) for page in pages]


def pdfs(project: Path) -> Iterator[bytes]:
    return (made.data for task, made, _ in make_each(atlas_of(project), project) if task.export.kind != "epub")


@pytest.mark.parametrize("project", [STARTER, SAMPLE], ids=lambda project: str(project.name))
def test_every_page_and_tree(project: Path, tmp_path: Path) -> None:
    read = 0
    for data in pdfs(project):
        assert list(map(squeezed, ours(data))) == list(map(squeezed, page_texts(data)))
        file = tmp_path / "read.pdf"
        file.write_bytes(data)
        assert squeezed(read_pdf(data).flat) == squeezed(tree_text(file))
        read += 1
    assert read >= 2


@pytest.mark.one_in(2)
@pytest.mark.parametrize("language", TEXTS)
def test_every_script(tmp_path: Path, language: str) -> None:
    """MuPDF and poppler tell glyphs where these have an ActualText; PDFium tells it by a way that we don't take."""
    write(tmp_path, language)
    for data in pdfs(tmp_path):
        for page, other in zip(told(data), page_texts_by_pdfium(data), strict=True):
            assert page
            if language == "ar":
                # PDFium tells Arabic from the left to the right: letters can be compared, words can't.
                missing = Counter(squeezed(page)) - Counter(squeezed(other))
            else:
                missing = Counter(normal(page).split()) - Counter(normal(other).split())
            assert not missing


def test_one_changed_word_is_seen() -> None:
    data = good("handout")
    changed = rewritten(data, on_page(b"<0029>", b"<002d>"))
    assert squeezed("".join(ours(data))) == squeezed("".join(page_texts(data)))
    assert squeezed("".join(ours(data))) != squeezed("".join(page_texts(changed)))
    assert squeezed("".join(ours(changed))) == squeezed("".join(page_texts(changed)))
