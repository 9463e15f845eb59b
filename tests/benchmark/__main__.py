"""How fast it is: `python -m tests.benchmark [TOPICS...]`, on atlases of so many topics, 10 by default.

It takes minutes on two cores. Prints tables in Markdown, ratios first. Those of one table are of one run: whatever else
the machine does falls on all of it, on CPU time less than on the clock. The first atlas is also made by others; with
more than one, the last table says how the cost grows.

`python -m tests.benchmark kept`               the CPU target, on content and HTML as they were when it was set
`python -m tests.benchmark preview`            from a save to what a browser shows
`python -m tests.benchmark verify [CHECKOUT]`  reading back, beside building, and beside another checkout
"""

import os
import platform
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.benchmark import atlases, kept, ours, previewing, rivals, verifying
from tests.benchmark.recording import PAGES, record
from tests.benchmark.table import against, beside
from tests.benchmark.taken import Taken

_SIZES = (10,)


def main(sizes: Sequence[int]) -> None:
    """Prints the tables of atlases of those sizes."""
    print(f"{_machine()}\n")
    grown: dict[str, Taken] = {}
    with TemporaryDirectory() as name:
        for size in sizes:
            project = Path(name) / str(size)
            atlases.write(project, size)
            if size == sizes[0]:
                _beside_others(project, Path(name), size)
            print(f"## {size} topics\n")
            builds = {f"{ours.COLD}, 1 worker": ours.cold(project, 1)} if size == sizes[0] else {}
            builds = {f"{ours.COLD}, 2 workers": ours.cold(project, 2)} | ours.changed(project, 2) | builds
            cold = builds[f"{ours.COLD}, 2 workers"]
            print(beside(f"{ours.COLD}, 2 workers", builds), "\n", flush=True)
            grown[f"{size} topics, by topic"] = Taken(cold.wall / size, cold.cpu / size, cold.memory, cold.size // size)
    if len(grown) > 1:
        print(f"## How it grows\n\n{beside(next(iter(grown)), grown)}")


def _beside_others(project: Path, folder: Path, size: int) -> None:
    recorded = folder / "recorded"
    record(project, recorded)
    out = {name: folder / "out" / name for name in "abcd"}
    for place in out.values():
        place.mkdir(parents=True)
    build = ours.cold(project, 2)
    others = {
        "ours, proven, with the book of all": build,
        "(a) the weasyprint command and EbookLib, on our HTML": rivals.loop(recorded, out["a"]),
        "(b) pandoc, and WeasyPrint on its HTML, on our Markdown": rivals.pandoc(project, out["b"]),
        "(c) Typst, PDFs of the same words": rivals.typst(recorded, out["c"]),
        "(d) WeasyPrint alone, PDFs of our HTML": rivals.bare(recorded / PAGES, out["d"]),
    }
    print(f"## {size} topics, beside others\n\n{against(build, others)}\n", flush=True)


def _machine() -> str:
    model = next(
        (line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    load = os.getloadavg()[0]
    return f"{os.cpu_count()} cores of {model}, Python {platform.python_version()}, load {load:.1f} before"


def _lines(file: str) -> list[str]:
    path = Path(file)
    return path.read_text("utf-8").splitlines() if path.exists() else []


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["kept"]:
            kept.main()
        case ["preview"]:
            previewing.main()
        case ["verify", *checkouts] if len(checkouts) < 2:
            verifying.main(*map(Path, checkouts))
        case numbers if all(number.isdigit() for number in numbers):
            main([int(number) for number in numbers] or _SIZES)
        case _:
            sys.exit(__doc__)
