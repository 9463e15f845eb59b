"""Reading back: beside building the same, and beside the program of another checkout on files that that has built."""

from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from tests.benchmark import ours
from tests.benchmark.table import beside
from tests.benchmark.taken import Taken
from tests.making import ROOT

_TIMES = 3
"""Each is measured so often, in turns, and the least counts: other programs only make it slower."""


def main(other: Path | None = None) -> None:
    """Prints the table, for the sample atlas."""
    checkouts = {"here": ROOT, **({"there": other.resolve()} if other else {})}
    with TemporaryDirectory() as name:
        projects = {}
        built: dict[str, Taken] = {}
        for where, checkout in checkouts.items():
            projects[where] = Path(name) / where
            copytree(checkout / "content", projects[where] / "content")
            built[f"build, {where}"] = ours.build(projects[where], checkout=checkout)
        read: dict[str, list[Taken]] = {where: [] for where in checkouts}
        for _ in range(_TIMES):
            for where, checkout in checkouts.items():
                read[where].append(ours.verify(projects[where], checkout=checkout))
    least = {f"verify, {where}": min(found, key=lambda it: it.cpu) for where, found in read.items()}
    print(beside("verify, here", least | built))
