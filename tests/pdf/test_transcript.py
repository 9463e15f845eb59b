"""The reading transcript of every PDF of the sample atlas: what a screen-reader user would recognise."""

from pathlib import Path

import pytest

from tests.pdf.transcript import FOLDER, samples


@pytest.mark.xdist_group("sample")
def test_the_transcripts_are_those_that_were_read_and_kept(sample: Path) -> None:
    told = samples(sample)
    assert sorted(told) == sorted(file.name for file in FOLDER.glob("*.txt"))
    for name, text in told.items():
        assert text == (FOLDER / name).read_text("utf-8"), f"read it, then renew {name}: python -m tests.pdf.transcript"
