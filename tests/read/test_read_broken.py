"""Each folder of broken/ against its expected.txt: every problem in words, at its place.

Read the expected.txt files to judge the messages. To renew them after a wanted change:
    python -m tests.read.test_read_broken
"""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.read.laying import BROKEN, as_text, lay, problems_of

CASES = sorted(path.name for path in BROKEN.iterdir() if path.is_dir())


@pytest.mark.parametrize("case", CASES)
def test_broken_project(case: str, tmp_path: Path) -> None:
    project = lay(tmp_path, BROKEN / case)

    assert as_text(problems_of(project)) == (BROKEN / case / "expected.txt").read_text("utf-8")


def _renew() -> None:
    for case in CASES:
        with TemporaryDirectory() as folder:
            text = as_text(problems_of(lay(Path(folder), BROKEN / case)))
            (BROKEN / case / "expected.txt").write_text(text, "utf-8")


if __name__ == "__main__":
    _renew()
