"""Labels of drawings that would be too small in a large print, or too faint, told before anything is made."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure, Image
from atlas_print.compose.sheet import sheet_of
from atlas_print.compose.unread_labels import cut_labels, faint_labels
from atlas_print.drawings.labels import labels
from atlas_print.drawings.tools import larger_labels
from atlas_print.problems import Place, Problem, Severity
from atlas_print.read.source import shown
from atlas_print.typefaces import families

_ROUNDING = 0.05
"""pt; sizes pass through several matrices."""
_LARGE_PRINT = "large-print"
_HELP_CUT = "make the viewBox (the page, in a drawing program) larger, or move the label into it"
_HELP_FAINT = (
    "make it darker on a light ground, or lighter on a dark one: 3 to 1 is the least for large text, 7 to 1 is good"
)


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


def unread_labels(atlas: Atlas, project: Path) -> list[Problem]:
    """A problem for each label that its drawing cuts off, advice on each that can hardly be told from its ground."""
    stack = families(project, atlas.language, [])
    images = {it.image.path: it.image for topic in (*atlas.topics, *atlas.others) for it in _drawings(topic)}
    found: list[Problem] = []
    for image in images.values():
        source = (project / "content" / image.path).read_text("utf-8", "replace")
        for text in cut_labels(image.data, stack):
            what = f"the label {text[:40]!r} stands outside of the drawing's viewBox, where nobody sees it"
            found.append(Problem(_place(image, source, text), "cut-label", what, _HELP_CUT))
        for label in faint_labels(image.data, stack):
            what = (
                f"the label {label.text[:40]!r} has a contrast of {label.contrast:.1f} to 1 against what it stands on"
            )
            found.append(Problem(_place(image, source, label.text), "faint-label", what, _HELP_FAINT, Severity.ADVICE))
    return found


def _place(image: Image, source: str, label: str) -> Place:
    line = _line(source, label)
    return Place(f"content/{shown(image.path)}", line, 1 if line else 0)


def _line(source: str, label: str) -> int:
    """The line of a drawing that says this and nothing else; 0 if none does."""
    said = re.compile(rf">\s*{re.escape(label)}\s*<")
    return next((at for at, text in enumerate(source.splitlines(), 1) if said.search(text)), 0)


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
    told = f"the label {smallest.text[:40]!r} comes to {size:.1f} pt in the export {export!r}"
    what = f"{told}, where {floor:g} pt is the least"
    help_ = larger_labels(source, smallest.size, {label.size for label in held}, smallest.size * floor / size)
    if not figure.is_wide:
        help_ += "; or give the figure a page of its own by .wide, where it fits"
    return Problem(_place(figure.image, source, smallest.text), "small-label", what, help_)
