"""Topics that strain a layout pass every validator, every invariant and every promise."""

from pathlib import Path

import pytest

from atlas_print.atlas import Export
from atlas_print.pipeline.plan import Task
from atlas_print.prove.verdicts import Outcome
from tests.exports import stress
from tests.making import LABELS, TODAY, atlas_of, judged, make, make_each
from tests.pdf.invariants import TaggedPdf, faults, languages_as_in
from tests.pdf.test_tags import tree_of
from tests.validators import epubcheck, page, verapdf

pytestmark = pytest.mark.xdist_group("stress")


@pytest.mark.one_in(4)
def test_stress(tmp_path: Path) -> None:
    stress.write(tmp_path)
    atlas = atlas_of(tmp_path)
    files = []
    for task, made, editions in make_each(atlas, tmp_path):
        file = tmp_path / Path(task.path).name
        file.write_bytes(made.data)
        files.append(file)
        topic = None if task.slug is None else atlas.topic(task.slug)
        broken = [
            (file.name, verdict.promise, verdict.findings)
            for verdict in judged(file.read_bytes(), task.export.kind, atlas, topic, TODAY, {}, editions, LABELS)
            if verdict.outcome is Outcome.BROKEN
        ]
        assert broken == []
    pdfs = [file for file in files if file.suffix == ".pdf"]
    assert {file.name: faults(file) for file in pdfs if faults(file)} == {}
    french = tmp_path / "french-large-print.pdf"
    assert list(languages_as_in(atlas, atlas.topic("french"))(TaggedPdf(french))) == []
    deep = tree_of(tmp_path / "deep-list-large-print.pdf")
    assert [label for label in ("1.", "2.", "7.", "8.") if f'"{label}"' not in deep] == []
    for flavour in ("ua1", "2a"):
        for validate in (verapdf.validate, page.validate):
            found = validate(pdfs, flavour)
            assert {file.name: messages for file, messages in found.items() if messages} == {}
    found = epubcheck.check([file for file in files if file.suffix == ".epub"])
    assert {file.name: messages for file, messages in found.items() if messages} == {}


def test_notes_conform_to_the_newer_standard(tmp_path: Path) -> None:
    stress.write(tmp_path)
    atlas = atlas_of(tmp_path)
    export = Export("newer", "large-print", {"standard": "ua-2"})
    file = tmp_path / "notes.pdf"
    file.write_bytes(make(atlas, tmp_path, Task("", export, "notes")).data)
    assert faults(file) == []
    for flavour in ("ua2", "wt1a"):
        assert verapdf.validate([file], flavour) == {file: []}
