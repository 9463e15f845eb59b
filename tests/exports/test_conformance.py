"""Real validators on every export of the sample atlas: no message of any severity."""

from pathlib import Path

import pytest

from tests.making import ROOT, make_all
from tests.validators import ace, epubcheck, outloud, page, verapdf

pytestmark = pytest.mark.xdist_group("sample")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make_all(ROOT, tmp_path_factory.mktemp("sample"))


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


def test_ace(epubs: list[Path]) -> None:
    found = ace.check(epubs)
    assert {file.name: messages for file, messages in found.items() if messages} == {}
    assert len(found) == len(epubs)
