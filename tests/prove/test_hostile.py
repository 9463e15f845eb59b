"""Files made to hurt whoever reads them end in a verdict that says why, soon and in little memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from atlas_print.prove import Outcome
from tests.making import LABELS, ROOT, TODAY, judged
from tests.prove.epub_bombs import EPUBS
from tests.prove.pdf_bombs import PDFS
from tests.prove.press import atlas, good, topic

BOMBS = PDFS | EPUBS
FOUND = sorted(path for path in Path(__file__).with_name("hostile").iterdir())
_SECONDS = 120
"""Most take three: what takes so long is for the limits of the child process."""


def test_each_has_a_name_of_its_own() -> None:
    assert len(BOMBS) == len(PDFS) + len(EPUBS)


@pytest.mark.one_in(3)
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


@pytest.mark.parametrize("kind", ["handout", "epub"])
def test_a_file_cut_anywhere(kind: str) -> None:
    whole = good(kind)
    for part in range(1, 20):
        found = judged(whole[: len(whole) * part // 20], kind, atlas(), topic(), TODAY, labels=LABELS)
        assert {verdict.outcome for verdict in found} == {Outcome.BROKEN}
        (finding,) = found[0].findings
        assert finding.help
