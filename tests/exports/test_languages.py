"""An atlas in another language and script keeps every promise: what is read back is what was written."""

from pathlib import Path

import pytest

from atlas_print.compose.labels import labels
from atlas_print.prove.verdicts import Outcome
from tests.exports.languages import TEXTS, write
from tests.making import TODAY, atlas_of, judged, make_each
from tests.pdf.invariants import faults
from tests.validators import outloud, page, verapdf

pytestmark = pytest.mark.xdist_group("stress")


@pytest.mark.parametrize("language", TEXTS)
def test_language(tmp_path: Path, language: str) -> None:
    write(tmp_path, language)
    atlas = atlas_of(tmp_path)
    for task, made, editions in make_each(atlas, tmp_path):
        file = tmp_path / Path(task.path).name
        file.write_bytes(made.data)
        about = None if task.slug is None else atlas.topic(task.slug)
        verdicts = judged(
            file.read_bytes(), task.export.kind, atlas, about, TODAY, {}, editions, labels(tmp_path, language)
        )
        broken = [(file.name, str(finding)) for verdict in verdicts for finding in verdict.findings]
        assert broken == []
        assert all(verdict.outcome is not Outcome.BROKEN for verdict in verdicts)
        if file.suffix == ".pdf":
            assert faults(file) == []
            assert verapdf.validate([file], "ua1") == {file: []}
            assert page.validate([file], "ua1") == {file: []}
            # Joined Arabic letters leave many glyphs to say nothing; their words are told by ActualText.
            told = [message for message in outloud.check([file])[file] if "TXT-004" not in message]
            assert told == []
