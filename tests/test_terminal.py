"""What is printed on terminals, pipes and disks that can't take all of it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.honest import projects

COMMAND = [sys.executable, "-c", "from atlas_print.cli import main; main()"]
WORDS = "Lung → blood, Đà Nẵng, 😀 and {.none}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a problem that quotes letters of many alphabets."""
    projects.write("characters", tmp_path)
    topic = tmp_path / "content" / "topics" / "characters.md"
    topic.write_text(topic.read_text("utf-8").replace("kind: overview", f'kind: "{WORDS}"'), "utf-8")
    return tmp_path


def check(project: Path, *arguments: str, encoding: str = "utf-8", out: int = subprocess.PIPE) -> tuple[int, str, str]:
    """Exit code, output and errors of `check`."""
    done = subprocess.run(
        [*COMMAND, "check", "--project", str(project), *arguments],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        stdout=out,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, (done.stdout or b"").decode(encoding), done.stderr.decode(encoding)


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1", "cp437"])
def test_letters_that_an_encoding_lacks_are_escaped(project: Path, encoding: str) -> None:
    code, out, errors = check(project, encoding=encoding)
    assert (code, errors) == (1, "")
    assert "Lung \\u2192 blood" in out


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "latin-1"])
@pytest.mark.parametrize("format_", ["json", "sarif"])
def test_json_stays_json_in_every_encoding(project: Path, encoding: str, format_: str) -> None:
    code, out, errors = check(project, "--format", format_, encoding=encoding)
    assert (code, errors) == (1, "")
    assert WORDS in json.dumps(json.loads(out), ensure_ascii=False)


@pytest.mark.parametrize("format_", ["text", "json", "sarif"])
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a system without a full disk to write to")
def test_a_full_disk_is_told_in_a_line(project: Path, format_: str) -> None:
    with Path("/dev/full").open("wb") as full:
        code, _, errors = check(project, "--format", format_, out=full.fileno())
    assert (code, errors) == (1, "what was found can't be printed: No space left on device\n")


def test_a_reader_that_is_gone_is_left_in_silence(project: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    try:
        code, _, errors = check(project, out=writing)
    finally:
        os.close(writing)
    assert (code, errors) == (1, "")


def test_closed_streams(project: Path) -> None:
    line = f'{sys.executable} -c "{COMMAND[2]}" check --project {project}'
    done = subprocess.run(f"{line} >&- 2>/dev/full", shell=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")


def test_words_of_the_layouts_that_stay_english_are_told(tmp_path: Path) -> None:
    projects.write("vietnamese", tmp_path)
    config = tmp_path / "content" / "atlas.yaml"
    # A language that no catalogue is shipped for.
    config.write_text(config.read_text("utf-8").replace("language: vi", "language: ms"), "utf-8")
    code, out, _ = check(tmp_path)
    assert code == 0
    assert out.startswith("content/atlas.yaml: advice: ")
    assert " labels of the layouts, such as " in out
    assert "locale/en.po to layouts/locale/ms.po in the project" in out
    catalogue = tmp_path / "layouts" / "locale" / "ms.po"
    catalogue.parent.mkdir(parents=True)
    words = (Path(__file__).parents[1] / "layouts" / "locale" / "en.po").read_text("utf-8")
    counts = []
    for text in ("", words.partition("\n\n")[0], words):
        catalogue.write_text(text, "utf-8")
        told = re.search(r"(\d+) labels? of the layouts", check(tmp_path)[1])
        counts.append(0 if told is None else int(told[1]))
    assert counts[0] > counts[1] == counts[0] - 1
    assert counts[2] == 0
    projects.write("characters", tmp_path / "english")
    assert "of the layouts" not in check(tmp_path / "english")[1]
