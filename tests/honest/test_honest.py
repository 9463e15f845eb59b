"""Honest content of each kind that was once accused falsely is made, proven and accused of nothing."""

from pathlib import Path

import pytest

from tests.honest import projects
from tests.proving import prove_project
from tests.sampling import turn

_SHARE = 4
"""One project in so many is made in a short run, others at the next revision."""


@pytest.mark.parametrize("kind", projects.kinds())
def test_honest(tmp_path: Path, kind: str, is_long: bool) -> None:
    if not is_long and projects.kinds().index(kind) % _SHARE != turn("honest", _SHARE):
        pytest.skip("made at another revision, and under --long")
    projects.write(kind, tmp_path)
    proven = prove_project(tmp_path)
    told = projects.told(kind)
    accusations = [str(accusation) for accusation in proven.accusations]
    assert len(accusations) == len(told), accusations
    assert all(piece in accusation for piece, accusation in zip(told, accusations, strict=True)), accusations
    assert proven.left_out == ()
