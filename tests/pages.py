"""How many pages large prints take and how full they are: `python -m tests.pages REVISION [SETTING=VALUE ...]`.

The content is that of a git revision, so that layouts can be held against each other on one text; the layouts are those
of this checkout. The settings are those of an export, such as `profile=giant-28 paper=Letter`. With `urgent=no` nothing
urgent is repeated on page one, which tells what that takes. No test asks for any of it.
"""

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
from PIL import Image, ImageChops

from atlas_print.pipeline.plan import plan
from atlas_print.prove.pdf.reader import read_pdf
from atlas_print.prove.promises.pages.lines import headings_last
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.reading import Reading
from tests.making import ROOT, atlas_of, make

_SCALE = 0.5
"""Pixels a pt of the pictures that are measured."""
_EMPTY = 1 / 3
"""A page with more than this share blank is named."""
_STUB = 8
"""A last line of so few characters or less is a stub."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A large print: its pages, the share of each that is blank below its last ink, and page numbers of what matters.

    `stubs` of `paragraphs` of more than a line end in a line of a few characters. `urgent_until` is the page on which
    page one's repeat of what is urgent ends, `references` the pages that references take.
    """

    slug: str
    blank: tuple[float, ...]
    short: int
    disclaimer: int
    meaning: int
    references: float
    headings_last: int
    stubs: int
    paragraphs: int

    @property
    def emptier(self) -> list[int]:
        """The pages with more than a third blank."""
        return [number for number, share in enumerate(self.blank, 1) if share > _EMPTY]


def counted(slug: str, data: bytes, disclaimer: str) -> Counted:
    """What is counted of a file."""
    reading = read_pdf(data)
    inked = _inked(data, reading)
    top, bottom = max(high for high, _ in inked), min(low for _, low in inked)
    blank = tuple((low - bottom) / (top - bottom) for _, low in inked)
    paragraphs = [lines for lines in _paragraphs(reading) if len(lines) > 1]
    references = _page(reading, "References")
    return Counted(
        slug,
        blank,
        _page(reading, "In short"),
        _page_of(reading, reading.flat.find("".join(disclaimer.split()))),
        _page(reading, "What this means for you"),
        len(blank) - references + 1 if references else 0,
        len(list(headings_last(reading))),
        sum(len(lines[-1]) <= _STUB for lines in paragraphs),
        len(paragraphs),
    )


def _inked(data: bytes, reading: Reading) -> list[tuple[float, float]]:
    """The highest and the lowest ink of each page between its running head and its number, in pt above its foot."""
    found = []
    with pypdfium2.PdfDocument(data) as document:
        for number, page in enumerate(document, start=1):
            height = page.get_height()
            outside = [it for it in reading.shown if it.page == number and it.element is None]
            head = min((it.y - 0.4 * it.size for it in outside if it.y > height / 2), default=height)
            foot = max((it.y + it.size for it in outside if it.y < height / 2), default=0.0)
            picture = page.render(scale=_SCALE, grayscale=True).to_pil()
            body = picture.crop((0, int((height - head) * _SCALE), picture.width, int((height - foot) * _SCALE)))
            ground = Image.new("L", body.size, picture.getpixel((0, 0)))
            box = ImageChops.difference(body, ground).getbbox() or (0, 0, 0, 0)
            found.append((head - box[1] / _SCALE, head - box[3] / _SCALE))
    return found


def _page(reading: Reading, heading: str) -> int:
    """The page of a heading; 0 if there is none."""
    headings = reading.of(Role.HEADING)
    return next((it.page or 0 for it in headings if reading.text(it) == "".join(heading.split())), 0)


def _page_of(reading: Reading, at: int) -> int:
    return sum(start <= at for start in reading.page_starts)


def _paragraphs(reading: Reading) -> list[list[str]]:
    """The lines of each paragraph."""
    found: list[list[str]] = []
    before = None
    for line in reading.lines:
        if line.block is not before:
            found.append([])
        if line.block.role is Role.PARAGRAPH:
            found[-1].append(line.text.strip())
        before = line.block
    return found


def _made(project: Path, settings: dict[str, str], index: int) -> Counted:
    """The large print of one topic in a project."""
    atlas = atlas_of(project)
    task = [task for task in plan(atlas) if task.export.kind == "large-print" and task.slug][index]
    task = replace(task, export=replace(task.export, settings={**task.export.settings, **settings}))
    return counted(str(task.slug), make(atlas, project, task).data, atlas.disclaimer)


def _content(revision: str, project: Path, *, with_urgent: bool) -> None:
    """The content of a revision as a project."""
    archive = subprocess.run(["git", "archive", revision, "content"], cwd=ROOT, check=True, capture_output=True)
    subprocess.run(["tar", "-x", "-C", project], input=archive.stdout, check=True)
    if not with_urgent:
        layout = project / "layouts" / "shared" / "topic.html"
        layout.parent.mkdir(parents=True)
        shipped = (ROOT / "layouts" / "shared" / "topic.html").read_text()
        assert "{% if topic.urgent %}" in shipped
        layout.write_text(shipped.replace("{% if topic.urgent %}", "{% if false %}"))


def main(arguments: Sequence[str]) -> int:
    """Prints a line for each topic and one for all."""
    revision, *given = arguments
    settings = dict(argument.split("=") for argument in given)
    with_urgent = settings.pop("urgent", "yes") == "yes"
    with TemporaryDirectory() as name:
        project = Path(name)
        _content(revision, project, with_urgent=with_urgent)
        count = sum(task.export.kind == "large-print" and task.slug is not None for task in plan(atlas_of(project)))
        with ProcessPoolExecutor() as pool:
            found = list(pool.map(partial(_made, project, settings), range(count)))
    print(f"{'':30} pages  blank  in short  disclaimer  meaning  references  stubs  heading last  over 1/3 blank")
    for it in found:
        print(
            f"{it.slug:30} {len(it.blank):5} {sum(it.blank) / len(it.blank):6.1%} {it.short:9} {it.disclaimer:11}"
            f" {it.meaning:8} {it.references:11} {it.stubs:3}/{it.paragraphs:<3}"
            f" {it.headings_last:13}  {', '.join(map(str, it.emptier)) or 'none'}"
        )
    shares = [share for it in found for share in it.blank]
    print(f"{'all':30} {len(shares):5} {sum(shares) / len(shares):6.1%}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
