"""An atlas in another language and script keeps every promise: what is read back is what was written."""

from pathlib import Path

import pypdfium2
import pytest
from PIL import ImageOps

from atlas_print.atlas import Export
from atlas_print.compose.labels import labels
from atlas_print.pipeline.plan import Task
from atlas_print.profiles import HANDOUT
from atlas_print.prove.verdicts import Outcome
from tests.exports.languages import TEXTS, write
from tests.making import TODAY, atlas_of, judged, make, make_each
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


def test_from_right_to_left_the_columns_of_a_handout_draw_nothing_outside_the_margins(tmp_path: Path) -> None:
    write(tmp_path, "ar")
    file = tmp_path / "content" / "topics" / "oxygen.md"
    cited = ", ".join(f"@ref-{number}" for number in range(3, 12))
    file.write_text(file.read_text("utf-8").replace("\nlede:", f"\nnocite: '{cited}'\nlede:", 1), "utf-8")
    made = make(atlas_of(tmp_path), tmp_path, Task("", Export("handout", "handout", {}), "oxygen"))
    assert "two columns" in (made.note or "")
    with pypdfium2.PdfDocument(made.data) as document:
        picture = document[0].render(scale=4).to_pil().convert("L")
    ink = ImageOps.invert(picture).getbbox()
    assert ink is not None
    margin = HANDOUT.margin / 25.4 * 72 * 4
    assert ink[0] >= margin - 4
    assert ink[2] <= picture.width - margin + 4
