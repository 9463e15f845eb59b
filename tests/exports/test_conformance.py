"""Real validators on every export of the sample atlas: no message of any severity."""

from pathlib import Path

import pytest

from tests.making import ROOT
from tests.validators import ace, epubcheck, outloud, page, verapdf

pytestmark = pytest.mark.xdist_group("sample")


@pytest.fixture(scope="module")
def files(sample: Path) -> dict[str, Path]:
    return {file.relative_to(sample).as_posix(): file for file in sample.rglob("*") if file.suffix in (".pdf", ".epub")}


@pytest.fixture(scope="module")
def pdfs(files: dict[str, Path]) -> list[Path]:
    return [file for file in files.values() if file.suffix == ".pdf"]


@pytest.fixture(scope="module")
def epubs(files: dict[str, Path]) -> list[Path]:
    return [file for file in files.values() if file.suffix == ".epub"]


def test_the_sample_makes_every_file_that_the_content_format_names(files: dict[str, Path]) -> None:
    slugs = sorted(path.stem for path in (ROOT / "content" / "topics").glob("*.md"))
    expected = {"atlas.epub"}
    for slug in slugs:
        expected |= {f"{slug}/{slug}-large-print.pdf", f"{slug}/{slug}-handout.pdf", f"{slug}/{slug}.epub"}
    assert set(files) == expected


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_verapdf(pdfs: list[Path], flavour: str) -> None:
    found = verapdf.validate(pdfs, flavour)
    assert {file.name: messages for file, messages in found.items() if messages} == {}
    assert len(found) == len(pdfs)


@pytest.mark.parametrize("flavour", ["ua1", "2a"])
def test_page_validation(pdfs: list[Path], flavour: str) -> None:
    found = page.validate(pdfs, flavour)
    assert {file.name: messages for file, messages in found.items() if messages} == {}


def test_outloud(pdfs: list[Path]) -> None:
    found = outloud.check(pdfs)
    assert {file.name: messages for file, messages in found.items() if messages} == {}
    assert len(found) == len(pdfs)


def test_epubcheck(epubs: list[Path]) -> None:
    found = epubcheck.check(epubs)
    assert {file.name: messages for file, messages in found.items() if messages} == {}
    assert len(found) == len(epubs)


def test_ace(epubs: list[Path], is_long: bool) -> None:
    # The book of all topics has the chapters of the others.
    chosen = epubs if is_long else [file for file in epubs if file.name == "atlas.epub"] + epubs[-1:]
    found = ace.check(chosen)
    assert {file.name: messages for file, messages in found.items() if messages} == {}
    assert len(found) == len(chosen)
