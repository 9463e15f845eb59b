"""From a save to what a browser shows of it: see tests/tools/preview.cjs."""

from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

from tests.making import ROOT
from tests.preview.looking import looked

_SLUG = "breathing-pattern-disorder"
_BEFORE, _AFTER, _WRONG = "title: Breathing pattern disorder", "title: Breathing pattern disorders", "titel: Breathing"


def main() -> None:
    """Prints the times, for a topic of the sample atlas."""
    with TemporaryDirectory() as name:
        project = Path(name)
        copytree(ROOT / "content", project / "content")
        told = looked(project, _SLUG, _BEFORE, _AFTER, _WRONG)["renewed"]
    print("| s after the save | what |\n|---:|---|")
    for key, what in (
        ("text", "the composed text, with its problems"),
        ("pages", "the changed pages of large print and handout"),
        ("all", "the book too"),
    ):
        print(f"| {told[key] / 1000:.2f} | {what} |")
