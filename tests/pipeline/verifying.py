"""An output folder of the proofs' sample, and `atlas-print verify` on it as an editor types it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from atlas_print.cli import main
from tests.making import make_all
from tests.prove.press import SAMPLE

BOOK = "tired-legs/tired-legs.epub"


def spoilt(good: Path, folder: Path, path: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of an output folder with one file changed."""
    output = folder / "output"
    shutil.copytree(good, output)
    file = output / path
    file.write_bytes(change(file.read_bytes()))
    return output


def ungraded(folder: Path) -> Path:
    """A project of one topic without grades, and its exports in output/."""
    project = folder / "ungraded"
    shutil.copytree(SAMPLE, project)
    (project / "content" / "topics" / "tired-legs.md").unlink()
    topic = project / "content" / "topics" / "deep-sleep.md"
    topic.write_text(
        topic.read_text("utf-8").replace(' {strength=low audit=emerging basis="sleep diaries"}', ""), "utf-8"
    )
    make_all(project, project / "output")
    return project


def verify(output: Path, *arguments: str, project: Path = SAMPLE) -> Result:
    """What the command prints, and its exit code."""
    return CliRunner().invoke(main, ["verify", "--project", str(project), "--output", str(output), *arguments])


def verified(output: Path, *arguments: str, project: Path = SAMPLE) -> dict[str, Any]:
    """The command's JSON."""
    done: dict[str, Any] = json.loads(verify(output, "--format", "json", *arguments, project=project).stdout)
    return done
