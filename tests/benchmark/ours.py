"""What our build takes: cold, with nothing changed, with one topic changed, with one layout changed."""

import shutil
import sys
from pathlib import Path

from tests.benchmark.taken import Taken, size_of, taken
from tests.making import ROOT

_LAYOUT = "large-print/style.css"
COLD, UNCHANGED, TOPIC, LAYOUT = "cold", "no change", "one topic changed", "one layout changed"


def build(project: Path, *options: str, checkout: Path = ROOT) -> Taken:
    """A build of a project, by the program of a checkout."""
    found = _run(checkout, "build", "--project", project, *options)
    return found + Taken(0, 0, 0, size_of(project / "output", ".pdf", ".epub"))


def verify(project: Path, *, checkout: Path = ROOT) -> Taken:
    """Reading back all that was built."""
    return _run(checkout, "verify", "--project", project)


def cold(project: Path, jobs: int, *options: str) -> Taken:
    """A first build, with so many workers."""
    for name in ("output", ".atlas-print"):
        shutil.rmtree(project / name, ignore_errors=True)
    return build(project, "--jobs", str(jobs), *options)


def changed(project: Path, jobs: int) -> dict[str, Taken]:
    """Builds after one: nothing changed, then one topic, then a layout of all of them."""
    options = ("--jobs", str(jobs))
    found = {UNCHANGED: build(project, *options)}
    topic = sorted((project / "content" / "topics").glob("*.md"))[0]
    text = topic.read_text("utf-8")
    topic.write_text(f"{text.rstrip()} And is that all?\n", "utf-8")
    found[TOPIC] = build(project, *options)
    layout = project / "layouts" / _LAYOUT
    layout.parent.mkdir(parents=True)
    layout.write_text(f"{(ROOT / 'layouts' / _LAYOUT).read_text('utf-8')}\n/* changed */\n", "utf-8")
    found[LAYOUT] = build(project, *options)
    # As it was, for whoever measures next.
    shutil.rmtree(project / "layouts")
    topic.write_text(text, "utf-8")
    return found


def _run(checkout: Path, *arguments: str | Path) -> Taken:
    return taken([sys.executable, "-c", "from atlas_print.cli import main; main()", *arguments], checkout)
