"""That what is measured is what it says: no test asks how fast it is."""

import sys
from pathlib import Path

from atlas_print.blocks import Figure, Table
from atlas_print.read.project import load
from tests.benchmark import atlases
from tests.benchmark.table import against
from tests.benchmark.taken import Taken, taken
from tests.making import ROOT, TODAY

OUTLIVES = """
import os
if os.fork() == 0:
    if os.fork() == 0:
        b"x" * 300_000_000
    os._exit(0)
"""
"""Its work is done by a child of a child, which nobody waits for."""


def test_atlases_are_what_a_build_takes(tmp_path: Path) -> None:
    atlases.write(tmp_path, 12)
    atlas, problems = load(tmp_path, TODAY)
    assert atlas is not None, problems
    assert [len(topic.references) for topic in atlas.topics[:3]] == [5, 16, 27]
    assert {len(topic.references) for topic in atlas.topics} <= set(range(5, 61))
    for topic in atlas.topics:
        blocks = [block for section in topic.sections for block in section.all_blocks()]
        assert {Figure, Table} <= {type(block) for block in blocks}
    assert len({topic.title for topic in atlas.topics}) == 12


def test_a_larger_atlas_begins_like_a_smaller_one(tmp_path: Path) -> None:
    for count in (2, 3):
        atlases.write(tmp_path / str(count), count)
    first, second = ((tmp_path / name / "content/topics/topic-0001.md").read_text("utf-8") for name in "23")
    assert first == second


def test_what_outlives_its_parent_is_counted() -> None:
    little = taken([sys.executable, "-c", "pass"], ROOT)
    much = taken([sys.executable, "-c", OUTLIVES], ROOT)
    assert much.memory > 300_000_000 > little.memory


def test_ratios_stand_first() -> None:
    ours, other = Taken(2.0, 3.0, 4_000_000, 5_000_000), Taken(4.0, 4.0, 1_000_000)
    assert against(ours, {"another": other}).splitlines()[-1] == "| 0.75 | 0.50 | 4.0 | 4.0 | 1 | 0.0 | another |"
