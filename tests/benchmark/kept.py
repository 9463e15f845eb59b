"""The CPU target: our build beside WeasyPrint alone, both on the sample atlas of 27 November 2026, kept in kept.zip.

The HTML is as our layouts made it then (`recording.record`, without the faces), so that
what a layout spends later counts for us.
"""

import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from atlas_print.typefaces import families
from tests.benchmark import ours, rivals
from tests.benchmark.recording import PAGES, faces
from tests.benchmark.table import against

_KEPT = Path(__file__).with_name("kept.zip")


def main() -> None:
    """Prints the table."""
    with TemporaryDirectory() as name:
        project, out = Path(name), Path(name) / "out"
        with zipfile.ZipFile(_KEPT) as kept:
            kept.extractall(project)
        out.mkdir()
        named = faces(families(None, "en", []))
        for style in (project / PAGES).glob("*.css"):
            style.write_text(f"{named}\n{style.read_text('utf-8')}", "utf-8")
        build = ours.cold(project, 2)
        found = {"ours, proven, with EPUBs": build, "(d) WeasyPrint alone, PDFs": rivals.bare(project / PAGES, out)}
        print(against(build, found))
