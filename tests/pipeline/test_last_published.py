"""A topic that fails is in the book of all topics as it was last published."""

import pickle
import shutil
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from atlas_print.atlas import Topic
from atlas_print.blocks import block_lines
from atlas_print.pipeline.store import memory
from tests.making import ROOT
from tests.pipeline.test_publishing import CORRECTED, build, changed, correct, files, last, manifest

pytestmark = pytest.mark.xdist_group("publishing")

LAYOUT = "large-print/topic.html"
LEDE, LOST = "Deep sleep can be short.", "Nobody prints this."
"""The first sentence of a topic, and the one that a layout of the project does not print."""


@pytest.fixture(scope="module")
def own(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that was built with a layout that loses one sentence, which no topic has yet."""
    project = Path(shutil.copytree(built, tmp_path_factory.mktemp("own") / "project"))
    text = (ROOT / "layouts" / LAYOUT).read_text("utf-8")
    whole = "{{ parts.lede(topic, page) }}"
    assert text.count(whole) == 1
    (project / "layouts" / LAYOUT).parent.mkdir(parents=True)
    loses = f'{{% if "{LOST}" not in topic.lede %}}{whole}{{% endif %}}'
    (project / "layouts" / LAYOUT).write_text(text.replace(whole, loses), "utf-8")
    done = build(project)
    assert done.exit_code == 0, done.stderr
    return project


@pytest.fixture
def failing(own: Path, tmp_path: Path) -> Path:
    """The same with one topic that was corrected, and another one that fails."""
    project = Path(shutil.copytree(own, tmp_path / "project"))
    shutil.rmtree(project / memory.FOLDER)
    stands = build(project)
    assert last(stands).startswith("Nothing to do: "), "but what it was made of is remembered here too"
    correct(project)
    topic = project / "content" / "topics" / "deep-sleep.md"
    text = topic.read_text("utf-8")
    assert text.count(LEDE) == 1
    topic.write_text(text.replace(LEDE, LOST), "utf-8")
    return project


def words(book: bytes) -> str:
    with ZipFile(BytesIO(book)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist() if name.endswith(".xhtml"))


def remembered(project: Path) -> Path:
    """Where the topic that fails is kept as it was."""
    sha256 = manifest(project)["deep-sleep/deep-sleep.epub"]["sha256"]
    (file,) = (project / memory.FOLDER).glob(f"*/read/{sha256}")
    return file


def test_the_book_goes_out_with_what_fails_as_it_was(failing: Path, tmp_path: Path) -> None:
    before, entries = files(failing), manifest(failing)
    done = build(failing)
    assert done.exit_code == 1
    assert last(done) == (
        "Published 1 of 2 topics; deep-sleep stays as it was: it fails; atlas.epub has deep-sleep as it was last "
        "published."
    )
    renewed = {path for path in before if path.startswith("tired-legs/")} | {"atlas.epub"}
    assert changed(before, failing) == renewed | {"manifest.json", "report.html"}
    said = words(files(failing)["atlas.epub"])
    assert CORRECTED in said
    assert LEDE in said
    assert LOST not in said
    assert manifest(failing)["atlas.epub"]["proven"]["source"] != entries["atlas.epub"]["proven"]["source"]

    topic = failing / "content" / "topics" / "deep-sleep.md"
    topic.write_text(topic.read_text("utf-8").replace(LOST, LEDE), "utf-8")
    taken_back, stood = build(failing), files(failing)
    assert taken_back.exit_code == 0, taken_back.stderr
    assert last(taken_back).startswith("Nothing to do: ")
    fresh = build(failing, "--output", str(tmp_path / "fresh"))
    assert fresh.exit_code == 0, fresh.stderr
    assert (tmp_path / "fresh" / "atlas.epub").read_bytes() == stood["atlas.epub"]


def test_what_was_forgotten_holds_the_book_back(failing: Path) -> None:
    before = files(failing)
    shutil.rmtree(failing / memory.FOLDER)
    done = build(failing)
    assert last(done).endswith("atlas.epub stays as it was: deep-sleep holds it back.")
    assert files(failing)["atlas.epub"] == before["atlas.epub"]


def test_what_is_remembered_wrongly_is_not_printed(failing: Path) -> None:
    before, file = files(failing), remembered(failing)
    topic = pickle.loads(file.read_bytes())
    assert isinstance(topic, Topic)
    file.write_bytes(pickle.dumps(replace(topic, lede="Sleep is for the weak.")))
    done = build(failing)
    assert last(done).endswith("atlas.epub stays as it was: deep-sleep holds it back.")
    assert files(failing)["atlas.epub"] == before["atlas.epub"]


def test_nothing_is_run_by_what_is_remembered(failing: Path) -> None:
    known, file = memory.Memory(failing, failing / "output"), remembered(failing)
    assert isinstance(known.read_of(file.name), Topic)
    file.write_bytes(pickle.dumps(block_lines))
    assert known.read_of(file.name) is None
