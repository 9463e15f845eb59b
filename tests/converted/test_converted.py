"""Documents as other tools and habits make them become topics that are published, with nothing lost on the way."""

from pathlib import Path

import pytest

from tests.converted.converting import FORMATS, HERE, convert
from tests.proving import prove_project

_DOCUMENTS = sorted(path.name for path in HERE.iterdir() if path.suffix in FORMATS)


@pytest.mark.one_in(2)
@pytest.mark.parametrize("name", _DOCUMENTS)
def test_converted(tmp_path: Path, name: str) -> None:
    convert(HERE / name, tmp_path)
    proven = prove_project(tmp_path)
    assert proven.accusations == ()
    assert proven.left_out == ()


def test_there_are_ten() -> None:
    assert len(_DOCUMENTS) == 10
