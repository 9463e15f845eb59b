"""P8: passages in another language say so, for the voice that reads them."""

import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pypdf import PdfWriter
from pypdf.generic import NameObject, TextStringObject

from atlas_print.atlas import Atlas
from tests.making import atlas_of
from tests.prove.press import (
    SAMPLE,
    SLUG,
    assert_broken,
    atlas,
    broken,
    good,
    printed,
    repacked,
    rewritten,
    structure,
    told,
)

WORD = "hemelsblauw"


@cache
def source() -> Atlas:
    """The sample with a Dutch word."""
    with TemporaryDirectory() as folder:
        project = Path(folder)
        shutil.copytree(SAMPLE, project, dirs_exist_ok=True)
        file = project / "content" / "topics" / f"{SLUG}.md"
        text, mark = file.read_text("utf-8"), "\n\n## What"
        assert mark in text
        file.write_text(text.replace(mark, f" It is [{WORD}]{{lang=nl}}.{mark}", 1), "utf-8")
        return atlas_of(project)


@pytest.mark.parametrize("kind", ["large-print", "epub"])
def test_a_passage_in_its_language(kind: str) -> None:
    found = broken(printed(kind, source()), kind, source=source())
    assert found == {}, told(found)


@pytest.mark.parametrize(("language", "said"), [("", "no language of its own"), ("de", "in de")])
def test_a_passage_in_a_book(language: str, said: str) -> None:
    shall = f'lang="{language}" xml:lang="{language}"' if language else ""
    data = repacked(printed("epub", source()), ('lang="nl" xml:lang="nl"', shall))
    assert_broken(broken(data, "epub", source=source()), "P8", said)


def test_a_passage_in_a_pdf() -> None:
    def unmarked(writer: PdfWriter) -> None:
        next(element for element in structure(writer, "/Span") if "/Lang" in element).pop("/Lang")

    data = rewritten(printed("large-print", source()), unmarked)
    assert_broken(broken(data, "large-print", source=source()), "P8", f"“{WORD}” in nl")


def test_a_passage_that_no_author_marked() -> None:
    def marked(writer: PdfWriter) -> None:
        for paragraph in structure(writer, "/P"):
            paragraph[NameObject("/Lang")] = TextStringObject("fr")

    found = broken(rewritten(good("large-print"), marked), "large-print")
    assert_broken(found, "P8", "the languages of the source", "in fr")
    for language, is_right in (("en-GB", True), ("ena", False)):
        data = printed("handout", replace(atlas(), language=language))
        assert ("P8" not in broken(data, "handout")) is is_right
