"""Honest content of each kind that was once accused falsely is made, proven and accused of nothing."""

from pathlib import Path

import pytest

from tests.honest import projects
from tests.proving import prove_project


@pytest.mark.one_in(4)
@pytest.mark.parametrize("kind", projects.kinds())
def test_honest(tmp_path: Path, kind: str) -> None:
    projects.write(kind, tmp_path)
    proven = prove_project(tmp_path)
    told = projects.told(kind)
    accusations = [str(accusation) for accusation in proven.accusations]
    assert len(accusations) == len(told), accusations
    assert all(piece in accusation for piece, accusation in zip(told, accusations, strict=True)), accusations
    assert proven.left_out == ()
