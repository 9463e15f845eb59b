"""P8 on a handout: one page, clear margins, and text at its floors.

Text is told apart by what it says and the element that holds it, wherever on the page it stands.
"""

from collections.abc import Iterator
from itertools import groupby

from atlas_print.profiles import HandoutFloors
from atlas_print.prove.case import Case
from atlas_print.prove.promises.line_floors import tight_lines
from atlas_print.prove.promises.measures import POINTS, ROUNDING, points
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_SPACING = 3 * POINTS / 9
"""Times the size: 3 mm from line to line at 9 pt, in proportion (EC guideline on package leaflets, 2009)."""

_OVERHANG = 0.5
"""pt; the ink of a letter may reach over the edge of its column, as Arabic letters' does."""

_HELP_PAGES = "shorten key sentences or list fewer references"
_HELP_MARGIN = "make the page's margins wider in the layout, or let what runs into them break: printers cut it off"
_HELP_BODY = "set it larger in the layout; only the references, the scale and the imprint may be smaller"
_HELP_LINES = "give the lines more leading in the layout: 3 mm at 9 pt, and in proportion at other sizes"


def judge_handout(case: Case) -> Iterator[Finding]:
    """What a handout breaks, beside the floors that every PDF has."""
    reading = case.reading
    if reading.pages != 1:
        yield Finding("the whole file", "one page", f"{reading.pages} pages", _HELP_PAGES)
    yield from _margins(reading, case.atlas.handout)
    yield from _body(case)
    yield from tight_lines(reading, lambda line: _SPACING, _HELP_LINES)


def _margins(reading: Reading, floors: HandoutFloors) -> Iterator[Finding]:
    """The text that comes nearest to each edge, if it is too near."""
    for side in ("left", "right", "top", "bottom"):
        near = [(getattr(shown.room, side), shown) for shown in reading.shown]
        room, shown = min(near, key=lambda pair: pair[0], default=(floors.margin * POINTS, None))
        if shown is not None and room < floors.margin * POINTS - _OVERHANG:
            found = f"“{short(shown.text)}” {room / POINTS:.1f} mm from it"
            expected = f"{floors.margin:g} mm without text at the {side} edge"
            yield Finding(f"page {shown.page}", expected, found, _HELP_MARGIN)


def _body(case: Case) -> Iterator[Finding]:
    """Blocks below the floor of the body that are no small print."""
    small_print = list(_small_print(case))
    for block, group in groupby(case.reading.lines, key=lambda line: line.block):
        lines = list(group)
        size = min(line.smallest for line in lines)
        is_small_print = any(start <= block.start and block.end <= end for start, end in small_print)
        if not is_small_print and size < case.atlas.handout.body_floor - ROUNDING:
            found = f"“{short(' '.join(line.text for line in lines))}” at {points(size)}"
            yield Finding(lines[0].place, f"text of at least {case.atlas.handout.body_floor:g} pt", found, _HELP_BODY)


def _small_print(case: Case) -> Iterator[tuple[int, int]]:
    """Where the text stands that has the floor of references: they, the explained scale, and the imprint."""
    reading = case.reading
    listed = case.references
    if listed is not None:
        yield _part(case, listed.start)
    for meaning in case.atlas.strength.levels.values():
        for at in reading.finds(squeeze(meaning), case.start, case.end):
            yield _part(case, at)
    for at in reading.finds(squeeze(case.atlas.contact), case.start, case.end):
        block = reading.innermost(at)
        if block is not None:
            yield block.start, block.end


def _part(case: Case, at: int) -> tuple[int, int]:
    """The part of the file with a position: from its heading to the end of the section, or to the next heading."""
    headings = case.of(Role.HEADING)
    heading = next((heading for heading in reversed(headings) if heading.start <= at), None)
    section = heading.parent if heading else None
    ends = [section.end if section else case.end, *(other.start for other in headings if other.start > at)]
    return heading.start if heading else case.start, min(ends)
