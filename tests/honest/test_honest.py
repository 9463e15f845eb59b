"""Honest content of each kind that was once accused falsely is made, proven and accused of nothing."""

from pathlib import Path

import pytest

from tests.honest import projects
from tests.proving import prove_project

# The large print reads one title as "IL-6 response": between two spans of signs its words are lost. Not yet traced.
_OPEN = pytest.mark.xfail(reason="a title with arrows between its spans is read in part")


@pytest.mark.parametrize("kind", [pytest.param(it, marks=_OPEN) if it == "signs" else it for it in projects.kinds()])
def test_honest(tmp_path: Path, kind: str) -> None:
    projects.write(kind, tmp_path)
    proven = prove_project(tmp_path)
    told = projects.told(kind)
    accusations = [str(accusation) for accusation in proven.accusations]
    assert len(accusations) == len(told), accusations
    assert all(piece in accusation for piece, accusation in zip(told, accusations, strict=True)), accusations
    assert proven.left_out == ()
