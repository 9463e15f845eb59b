"""Tables in every profile and paper of large print: all words whole; headers and captions in the tags."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from atlas_print.atlas import Atlas
from atlas_print.compose.labels import labels
from atlas_print.pipeline.plan import Task
from atlas_print.profiles import PAPERS, PROFILES
from atlas_print.prove.case import Case, cases
from atlas_print.prove.identify import READERS
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.source.labels import labels_of
from tests.honest import projects
from tests.making import TODAY, atlas_of, make

LONG = ("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", "pneumonoultramicroscopicsilicovolcanoconiosis")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tables")
    projects.write("wide-tables", folder)
    return folder


@pytest.mark.one_in(3)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("profile", PROFILES)
def test_only_words_longer_than_their_line_are_divided(project: Path, profile: str, paper: str) -> None:
    atlas = _profiled(atlas_of(project), profile, paper)
    made = make(atlas, project, Task("", atlas.exports[0], "tables"))
    told = _case(atlas, project, made.data)

    assert not told.aligned.lost
    divided = set(_divided(told))
    assert divided <= set(LONG)
    assert divided or profile != "giant-28"
    assert all(word in (made.note or "") for word in divided)


def test_captions_and_headers_in_the_tags(tmp_path: Path) -> None:
    projects.write("table-forms", tmp_path)
    atlas = atlas_of(tmp_path)
    reading = _case(atlas, tmp_path, make(atlas, tmp_path, Task("", atlas.exports[0], "tables")).data).reading
    tables = reading.of(Role.TABLE)
    captions = [reading.inside(table, Role.CAPTION) for table in tables]

    assert [[reading.text(it) for it in held] for held in captions[:3]] == [
        ["Ofmedicines[1]"],
        ["Ofmoremedicines"],
        ["Ofcases"],
    ]
    assert [len(reading.inside(table, Role.HEADER_CELL)) for table in tables] == [2, 2, 3, 6, 0, 2, 0, 2, 0]


def _profiled(atlas: Atlas, profile: str, paper: str) -> Atlas:
    export = replace(atlas.exports[0], settings={"profile": profile, "paper": paper})
    return replace(atlas, exports=(export,))


def _case(atlas: Atlas, project: Path, data: bytes) -> Case:
    topic = atlas.topic("tables")
    allowed = labels_of(atlas, [topic], labels(project, atlas.language))
    case = cases(READERS["large-print"](data), atlas, [topic], allowed, "large-print", TODAY)["tables"]
    assert case is not None
    return case


def _divided(case: Case) -> Iterator[str]:
    """The words within which a line ends."""
    for passage, at in case.aligned.places.items():
        if "://" in passage.text:
            continue
        starts = [0, *sorted(passage.line.spaces), len(passage.flat)]
        for start, end in pairwise(starts):
            inside = (place for place in range(at + start + 1, at + end) if place in case.reading.gaps)
            flat = case.reading.flat
            if any(flat[place - 1].isalpha() and flat[place].isalpha() for place in inside):
                yield passage.flat[start:end]
