"""A build makes what changed, and leaves alone what stands as it was proven."""

import errno
import hashlib
import json
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from atlas_print.pipeline import build as building
from atlas_print.pipeline import command, sources
from atlas_print.pipeline.build import Site, Wanted, planned
from atlas_print.pipeline.make import Pages, make_all
from atlas_print.pipeline.store import journal
from atlas_print.pipeline.store.manifest import Proven
from atlas_print.pipeline.store.memory import FOLDER, Memory
from atlas_print.pipeline.store.unchanged import unchanged_line
from tests.making import ROOT, TODAY, atlas_of
from tests.pipeline.test_publishing import build, changed, correct, files, last, manifest, told

pytestmark = pytest.mark.xdist_group("publishing")

NOTHING = "Nothing to do: 7 files are unchanged, proven on 22 November 2026, not read this time."
LEGS = {f"tired-legs/tired-legs{end}" for end in ("-large-print.pdf", "-handout.pdf", ".epub")}
SLEEP = {path.replace("tired-legs", "deep-sleep") for path in LEGS}
BOOK = {"atlas.epub"}


def due(project: Path, *slugs: str, exports: tuple[str, ...] = (), force: bool = False) -> set[str]:
    """The paths that a build would make."""
    output = project / "output"
    site = Site(atlas_of(project), project, output, Memory(project, output), "")
    return {task.path for task in planned(site, Wanted(slugs, exports, TODAY, force)).due}


def edit(project: Path, path: str, old: str, new: str) -> None:
    text = (project / path).read_text("utf-8")
    assert old in text
    (project / path).write_text(text.replace(old, new), "utf-8")


def never(*given: Any, **named: Any) -> NoReturn:
    raise AssertionError("it was to be left alone")


def states(project: Path) -> dict[str, tuple[int, int]]:
    """When each finished file was written, and which it is on the disk."""
    output = project / "output"
    return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in output.rglob("*")}


def test_nothing_changed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once by the sums, as the files are copies; then by their state, and no topic is read."""
    before = states(project)
    with monkeypatch.context() as patch:
        patch.setattr(building, "make_all", never)
        done = build(project)
    assert (done.exit_code, last(done)) == (0, NOTHING), done.output
    monkeypatch.setattr(command, "build", never)
    monkeypatch.setattr("atlas_print.pipeline.store.memory.sha256_of", never)
    done = build(project)
    assert (done.exit_code, last(done)) == (0, NOTHING), done.output
    assert states(project) == before


def test_what_is_remembered_may_be_deleted(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (project / FOLDER / ".gitignore").read_text("utf-8") == "*\n"
    shutil.rmtree(project / FOLDER)
    monkeypatch.setattr(building, "make_all", never)
    assert last(build(project)) == NOTHING


def test_what_is_remembered_may_be_anything(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for file in (project / FOLDER).rglob("*"):
        if file.is_file():
            file.write_text('{"seen": {"atlas.epub": 1}, "whole": []}', "utf-8")
    monkeypatch.setattr(building, "make_all", never)
    assert last(build(project)) == NOTHING


def test_json_says_what_is_unchanged(project: Path) -> None:
    told = json.loads(build(project, "--json").stdout)
    assert set(told["unchanged"]) == LEGS | SLEEP | BOOK
    assert (told["files"], told["published"]) == ([], [])


def changed_layout(project: Path) -> None:
    own = project / "layouts" / "handout" / "style.css"
    own.parent.mkdir(parents=True)
    own.write_text((ROOT / "layouts/handout/style.css").read_text("utf-8") + "\n/* own */\n", "utf-8")


def own_fonts(project: Path) -> None:
    (project / "fonts").mkdir()
    shutil.copy(ROOT / "fonts" / "fonts.yaml", project / "fonts")


def lost(*paths: str) -> Callable[[Path], None]:
    def lose(project: Path) -> None:
        for path in paths:
            (project / "output" / path).unlink()

    return lose


def damaged(project: Path) -> None:
    file = project / "output" / "tired-legs" / "tired-legs-handout.pdf"
    data = file.read_bytes()
    file.write_bytes(data[:-9] + b"x" + data[-8:])


def touched(project: Path) -> None:
    os.utime(project / "output" / "atlas.epub")
    os.utime(project / "content" / "topics" / "deep-sleep.md")


CHANGES: dict[str, tuple[Callable[[Path], None], set[str]]] = {
    "nothing": (lambda project: None, set()),
    "touched": (touched, set()),
    "a sentence": (correct, LEGS | BOOK),
    "a setting": (
        lambda project: edit(project, "content/atlas.yaml", "title: Rest Atlas", "title: Rest Atlases"),
        LEGS | SLEEP | BOOK,
    ),
    "a layout": (changed_layout, LEGS | SLEEP | BOOK),
    "fonts": (own_fonts, LEGS | SLEEP | BOOK),
    "a figure": (
        lambda project: edit(project, "content/figures/legs.svg", 'width="36"', 'width="35"'),
        LEGS | BOOK,
    ),
    "a file is lost": (lost("deep-sleep/deep-sleep-handout.pdf"), SLEEP | BOOK),
    "a file is damaged": (damaged, LEGS | BOOK),
    "a book is lost": (lost("atlas.epub"), BOOK),
    "a date": (
        lambda project: edit(project, "content/topics/deep-sleep.md", "reviewed: 2026-11-22", "reviewed: 2026-11-21"),
        SLEEP | BOOK,
    ),
}


@pytest.mark.parametrize(("change", "paths"), CHANGES.values(), ids=CHANGES)
def test_what_is_due(project: Path, change: Callable[[Path], None], paths: set[str]) -> None:
    change(project)
    assert due(project) == paths


def test_one_reference_is_of_those_that_cite_it(project: Path) -> None:
    records = project / "content" / "references.json"
    items = json.loads(records.read_text("utf-8"))
    cited = {topic.slug: {it.id for it in topic.references} for topic in atlas_of(project).topics}
    (only, *_) = sorted(cited["tired-legs"] - cited["deep-sleep"])
    (both, *_) = sorted(cited["tired-legs"] & cited["deep-sleep"])
    for id_, paths in ((only, LEGS | BOOK), (both, LEGS | SLEEP | BOOK)):
        new = [{**it, "title": f"{it['title']}, again"} if it["id"] == id_ else it for it in items]
        records.write_text(json.dumps(new), "utf-8")
        assert due(project) == paths


def test_a_title_is_of_those_that_name_it(project: Path) -> None:
    edit(project, "content/topics/deep-sleep.md", "title: Deep sleep", "title: Deeper sleep")
    names = "deep-sleep" in (project / "content/topics/tired-legs.md").read_text("utf-8")
    assert due(project) == (SLEEP | LEGS | BOOK if names else SLEEP | BOOK)
    edit(project, "content/topics/tired-legs.md", "title: Tired legs", "title: Tired, tired legs")
    assert due(project, "deep-sleep") == SLEEP | BOOK


def test_the_logo_is_of_all(project: Path) -> None:
    shutil.copy(project / "content/figures/legs.svg", project / "content/figures/logo.svg")
    edit(project, "content/atlas.yaml", "language: en", "language: en\nlogo: figures/logo.svg")
    before = sources.sources(atlas_of(project), project)
    edit(project, "content/figures/logo.svg", 'width="36"', 'width="35"')
    after = sources.sources(atlas_of(project), project)
    assert {path for path, sum_ in after.items() if sum_ != before[path]} == LEGS | SLEEP | BOOK


def test_the_program_is_part_of_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "program", lambda: "another")
    assert due(project) == LEGS | SLEEP | BOOK


def test_a_book_is_of_the_pdf_whose_pages_it_names(project: Path) -> None:
    """Another large print stands there, as proven: the books are of the one before."""
    path = "tired-legs/tired-legs-large-print.pdf"
    other = (project / "output" / path).read_bytes() + b"\n"
    (project / "output" / path).write_bytes(other)
    file = project / "output" / "manifest.json"
    told = json.loads(file.read_text("utf-8"))
    told["files"][path]["sha256"] = hashlib.sha256(other).hexdigest()
    file.write_text(json.dumps(told), "utf-8")
    assert due(project, exports=("large-print",)) == set()
    assert due(project, exports=("epub",)) == {"tired-legs/tired-legs.epub", "atlas.epub"}


def test_force_makes_all(project: Path) -> None:
    assert due(project, force=True) == LEGS | SLEEP | BOOK
    done = build(project, "deep-sleep", "--export", "handout", "--force")
    assert last(done) == "Published 1 of 1 topic. Every promise that was read is kept."


def test_the_day_of_making_stays_with_a_file_that_is_not_made(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = files(project)
    correct(project)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1798761600")
    done = build(project, "--export", "handout", "--jobs", "1")
    assert last(done) == (
        "Published 1 of 1 topic. Every promise that was read is kept. "
        "1 file is unchanged, proven on 22 November 2026, not read this time."
    )
    handouts = {path: entry["made_on"] for path, entry in manifest(project).items() if "handout" in path}
    assert handouts == {
        "deep-sleep/deep-sleep-handout.pdf": "2026-11-22",
        "tired-legs/tired-legs-handout.pdf": "2027-01-01",
    }
    assert changed(before, project) == {"tired-legs/tired-legs-handout.pdf", "manifest.json", "report.html"}
    assert "proven on 22 November 2026, not read this time: 8 of 8 kept against this source" in told(project)


def test_only_files_of_ours_go_with_a_topic(project: Path) -> None:
    (project / "output" / "tired-legs" / "notes.txt").write_text("by hand", "utf-8")
    (project / "content" / "topics" / "tired-legs.md").unlink()
    edit(project, "content/atlas.yaml", "  epub: {kind: epub}\n", "")
    done = build(project)
    assert done.exit_code == 0, done.output
    left = {path for path in SLEEP if path.endswith(".pdf")}
    assert set(files(project)) == {*left, "tired-legs/notes.txt", "manifest.json", "report.html"}
    assert set(manifest(project)) == left


def test_what_was_read_of_a_large_print_is_remembered(project: Path) -> None:
    sum_ = manifest(project)["deep-sleep/deep-sleep-large-print.pdf"]["sha256"]
    memory = Memory(project, project / "output")
    # The copy is another folder: what was kept is of the one that was built.
    kept, *_ = (project / FOLDER).glob(f"*/read/{sum_}")
    memory.keep_read({sum_: pickle.loads(kept.read_bytes())}, [sum_])
    pages = Pages(*memory.read_of(sum_))
    assert (pages.edition.pages, pages.passages[0].page) == (4, 1)


def test_a_layout_that_changes_while_files_are_made(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody knows for which files it was read already: they are made again, though it is changed back."""

    def slowly(*given: Any) -> Any:
        own_fonts(project)
        yield from make_all(*given)

    correct(project)
    with monkeypatch.context() as patch:
        patch.setattr(building, "make_all", slowly)
        assert build(project, "tired-legs", "--export", "handout").exit_code == 0
    shutil.rmtree(project / "fonts")
    assert due(project, exports=("handout",)) == {"tired-legs/tired-legs-handout.pdf"}


def proof(on: str, kept: str = "8 of 8") -> Proven:
    return Proven(on, "", "", kept, "", True)


@pytest.mark.parametrize(
    ("proofs", "line"),
    [
        ([proof("2026-11-02")], "1 file is unchanged, proven on 2 November 2026, not read this time."),
        (
            [proof("2026-11-02"), proof("2025-01-31"), proof("2026-05-01")],
            "3 files are unchanged, proven between 31 January 2025 and 2 November 2026, not read this time.",
        ),
        ([proof(""), proof("?")], "2 files are unchanged, proven before, not read this time."),
        (
            [proof("2026-11-02"), proof("2026-11-02", "7 of 8, 1 not told")],
            "2 files are unchanged, proven on 2 November 2026, not read this time. 1 of them has promises that are not "
            "told: see report.html.",
        ),
    ],
)
def test_the_line_that_says_so(proofs: list[Proven], line: str) -> None:
    assert unchanged_line(proofs) == line


class Harmful:
    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, ("harm",)


def test_nothing_that_is_remembered_is_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    memory = Memory(tmp_path, tmp_path / "output")
    memory.keep_read({"sum": Harmful()}, ["sum"])
    assert memory.read_of("sum") is None
    assert not (tmp_path / "harm").exists()


def test_a_killed_build_is_completed_by_the_next(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut between two renames: what is there then was all decided on, and is not made again."""
    correct(project)
    put = journal._put

    def put_one(output: Path, path: str) -> None:
        if path == "report.html":
            raise KeyboardInterrupt
        put(output, path)

    with monkeypatch.context() as patch:
        patch.setattr(journal, "_put", put_one)
        assert build(project, "tired-legs", "--export", "handout").exit_code == 1
    monkeypatch.setattr(building, "make_all", never)
    done = build(project, "tired-legs", "--export", "handout")
    assert done.exit_code == 0, done.output
    assert "an earlier command was ended while it published; what it began is completed" in done.stderr
    assert last(done) == "Nothing to do: 1 file is unchanged, proven on 22 November 2026, not read this time."


def test_a_build_that_finds_the_disk_full(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_room(*given: object) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    before = files(project)
    correct(project)
    with monkeypatch.context() as patch:
        patch.setattr(journal, "write", no_room)
        done = build(project, "tired-legs", "--export", "handout")
    assert done.exit_code == 1
    assert last(done).startswith("help: free space"), done.output
    assert "can't be written: No space left on device" in done.stderr
    assert files(project) == before
    assert due(project, "tired-legs", exports=("handout",)) == {"tired-legs/tired-legs-handout.pdf"}


def test_a_killed_build_is_completed_by_verify(project: Path) -> None:
    from tests.pipeline.verifying import verify

    output = project / "output"
    staged = output / ".staging"
    (staged / "new").mkdir(parents=True)
    (output / "report.html").rename(staged / "new" / "report.html")
    (staged / "journal.json").write_text('{"new": ["report.html"], "gone": []}', "utf-8")
    done = verify(output, str(output / "deep-sleep" / "deep-sleep-handout.pdf"), project=project)
    assert done.exit_code == 0, done.output
    assert "an earlier command was ended while it published; what it began is completed" in done.stderr
    assert (output / "report.html").exists()
    assert not staged.exists()
