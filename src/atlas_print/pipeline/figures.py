"""Labels of drawings that would be too small in a large print, told before anything is made."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure
from atlas_print.compose.sheet import sheet_of
from atlas_print.drawings.labels import labels
from atlas_print.drawings.tools import larger_labels
from atlas_print.problems import Place, Problem
from atlas_print.read.source import shown
from atlas_print.typefaces import families

_ROUNDING = 0.05
"""pt; sizes pass through several matrices."""
_LARGE_PRINT = "large-print"


def small_labels(atlas: Atlas, project: Path) -> list[Problem]:
    """A problem for each drawing with a label below the size of a large print that shows it."""
    stack = families(project, atlas.language, [])
    found: dict[Place, Problem] = {}
    for export in (it for it in atlas.exports if it.kind == _LARGE_PRINT):
        for topic in (*atlas.topics, *atlas.others):
            sheet = None
            for figure in _drawings(topic):
                sheet = sheet or sheet_of(topic, atlas, export.settings, stack)
                scale = sheet.figure_width(figure) / figure.image.width
                problem = _small(figure, project, scale, sheet.profile.size, export.name)
                if problem is not None:
                    found.setdefault(problem.place, problem)
    return list(found.values())


def _drawings(topic: Topic) -> Iterator[Figure]:
    for section in topic.sections:
        for block in section.all_blocks():
            if isinstance(block, Figure) and block.image.media_type == "image/svg+xml":
                yield block


def _small(figure: Figure, project: Path, scale: float, floor: float, export: str) -> Problem | None:
    """The problem of the smallest label, where `scale` is what a unit of the drawing measures in pt."""
    held = list(labels(etree.fromstring(figure.image.data)))
    smallest = min(held, key=lambda label: label.size, default=None)
    if smallest is None or smallest.size * scale >= floor - _ROUNDING:
        return None
    size = smallest.size * scale
    source = (project / "content" / figure.image.path).read_text("utf-8", "replace")
    said = re.compile(rf">\s*{re.escape(smallest.text)}\s*<")
    line = next((at for at, text in enumerate(source.splitlines(), 1) if said.search(text)), 0)
    told = f"the label {smallest.text[:40]!r} comes to {size:.1f} pt in the export {export!r}"
    what = f"{told}, where {floor:g} pt is the least"
    help_ = larger_labels(source, smallest.size, {label.size for label in held}, smallest.size * floor / size)
    if not figure.is_wide:
        help_ += "; or give the figure a page of its own by .wide, where it fits"
    return Problem(Place(f"content/{shown(figure.image.path)}", line, 1 if line else 0), "small-label", what, help_)
