"""P8: the floors of each layout, measured in the finished bytes: sizes, edges, upright letters; a handout's page.

Text on a handout is told apart by what it says and the element that holds it, wherever on the page it stands.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from atlas_print.atlas import Atlas
from atlas_print.blocks import Figure
from atlas_print.profiles import DEFAULT_PROFILE, SIDES
from atlas_print.prove.case import Case
from atlas_print.prove.promises.pages import POINTS, ROUNDING, Authored, points, told_once
from atlas_print.prove.promises.pages.lines import (
    headings_last,
    lines_on_each_other,
    long_lines,
    small_headings,
    tight_lines,
)
from atlas_print.prove.reading.elements import Line, Role, Shown
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.lines import short
from atlas_print.prove.verdicts import Finding

_EDGE = 5.0
"""mm from the edge of a sheet that printers at home don't reach; theirs are 3 to 5."""
_SPACING = 3 * POINTS / 9
"""Times the size: 3 mm from line to line at 9 pt, in proportion (EC guideline on package leaflets, 2009)."""

_HEADING_SPACING = 1.15
"""Times the size, in a heading of several lines: the least that any source asks for (ACB, 2025). WCAG 2.2 SC 1.4.8
asks for the spacing of a profile within paragraphs only."""
_OVERHANG = 0.1
"""em; the ink of a letter may reach over the edge of its column, as Arabic letters' does."""
_STACKED = 0.25
"""em; marks above and below letters may reach out of their line, as those of Thai do, one over the other."""

_HELP_EDGE = "make the page's margins wider in the layout, or let what runs into them break: printers cut it off"
_HELP_LINES = "give the lines more leading in the layout, as the profile has it"
_HELP_SLANTED = "set emphasis in bold; in a drawing, take `font-style` out, or the matrix that slants the label"
_HELP_STANCE = "set it upright, from left to right; only labels in a drawing may be turned"
_HELP_PAGES = "shorten key sentences or list fewer references"
_HELP_FRONT = "print it on the front in the layout: who holds a copy of one side has to find it there"
_HELP_BODY = "set it larger in the layout; only the references, the scale and the imprint may be smaller"
_HELP_CLOSE = "give the lines more leading in the layout: 3 mm at 9 pt, and in proportion at other sizes"
_HELP_OFF = "let the word or the line break in the layout: what is beyond the sheet is printed for nobody"
_HELP_WIDE_TABLE = "set its rows in pairs of header and value, as the built-in layouts do, or shorten its longest words"
_HELP_WIDE_DRAWING = "move its labels inwards in the drawing, or draw it within its viewBox"


def judge_floors(
    reading: Reading, kind: str, settings: Mapping[str, str], atlas: Atlas, cases: Sequence[Case]
) -> list[Finding]:
    """What a file with pages breaks."""
    if kind == "handout":
        body, small, pages = atlas.handout.body_floor, atlas.handout.references_floor, 1
        if settings.get("sides", SIDES[0]) != SIDES[0]:
            body, small, pages = atlas.handout.body_preferred, atlas.handout.references_preferred, 2
        findings = [finding for case in cases for finding in _handout(case, body, pages)]
        return [*_drawn(reading, small, cases), *findings]
    profile = atlas.profiles[settings.get("profile", DEFAULT_PROFILE)]

    def spacing(line: Line) -> float:
        return _HEADING_SPACING if line.block.role is Role.HEADING else profile.spacing

    slanted = (text for text in reading.shown if text.is_slanted)
    return [
        *_drawn(reading, profile.size, cases),
        *small_headings(reading, profile),
        *headings_last(reading),
        *tight_lines(reading, spacing, _HELP_LINES),
        # Drawings included (UKAAF, APH, RNIB, NHS).
        *told_once(cases, slanted, "upright letters", lambda _: "in slanted letters", lambda *_: _HELP_SLANTED),
        *(finding for case in cases for finding in long_lines(case, profile)),
    ]


def _drawn(reading: Reading, floor: float, cases: Sequence[Case]) -> Iterator[Finding]:
    """What is drawn so that some can't read it: turned, on other text, too small, at the edge."""
    yield from lines_on_each_other(reading)
    odd = (text for text in reading.shown if not (text.is_upright or text.is_label))
    yield from told_once(cases, odd, "letters that stand upright", lambda _: "turned", lambda *_: _HELP_STANCE)
    yield from told_once(
        cases,
        sorted((text for text in reading.shown if text.size < floor - ROUNDING), key=lambda text: text.size),
        f"text of at least {floor:g} pt",
        lambda text: f"at {points(text.size)}",
        lambda text, own: _help_small(floor / max(text.size, 0.1), own),
    )
    off = [text for text in reading.shown if not text.is_on_page]
    yield from told_once(
        cases, off, "text inside the sheet", lambda _: "runs off it", lambda _, own: _help_wide(own, _HELP_OFF)
    )
    yield from told_once(
        cases,
        (text for text in reading.shown if text.is_on_page and text.nearest < _EDGE * POINTS - ROUNDING),
        f"text at least {_EDGE:g} mm from the edge of the sheet",
        lambda text: f"{text.nearest / POINTS:.1f} mm from it",
        lambda _, own: _help_wide(own, _HELP_EDGE),
    )


def _help_small(factor: float, own: Authored | None) -> str:
    if own is not None and isinstance(own.block, Figure):
        return f"give its labels {factor:.2f} times the size; `atlas-print check` names what to set in its program"
    return f"set it {factor:.2f} times as large in the layout"


def _help_wide(own: Authored | None, otherwise: str) -> str:
    if own is None:
        return otherwise
    return _HELP_WIDE_DRAWING if isinstance(own.block, Figure) else _HELP_WIDE_TABLE


# --- handouts ---------------------------------------------------------------------------------------------


def _handout(case: Case, floor: float, pages: int) -> Iterator[Finding]:
    """What a handout breaks that may have so many pages, beside the floors that every PDF has."""
    reading, margin = case.reading, case.atlas.handout.margin
    if reading.pages is not None and reading.pages > pages:
        expected = "one page" if pages == 1 else "at most two pages, one sheet"
        yield Finding("the whole file", expected, f"{reading.pages} pages", _HELP_PAGES)
    elif reading.pages != 1:
        yield from _overleaf(case)
    for side in ("left", "right", "top", "bottom"):
        near = min(reading.shown, key=lambda shown: _kept_clear(shown, side), default=None)
        if near is not None and _kept_clear(near, side) < margin * POINTS:
            room = getattr(near.room, side)
            found, expected = f"{room / POINTS:.1f} mm from it", f"{margin:g} mm without text at the {side} edge"
            yield Finding(f"page {near.page}", expected, f"“{short(near.text)}” {found}", _HELP_EDGE)
    yield from _body(case, floor)
    yield from tight_lines(reading, lambda line: _SPACING, _HELP_CLOSE)


def _kept_clear(shown: Shown, side: str) -> float:
    """How far a text stays clear of an edge in pt, but for ink that hangs over and marks stacked on its letters."""
    marks = any(unicodedata.category(sign) == "Mn" for sign in unicodedata.normalize("NFD", shown.text))
    room: float = getattr(shown.room, side)
    return room + (_STACKED if marks and side in ("top", "bottom") else _OVERHANG) * shown.size


def _overleaf(case: Case) -> Iterator[Finding]:
    """What stands on the back of a sheet beside the references and the scale."""
    reading = case.reading
    back = reading.page_starts[1] if len(reading.page_starts) > 1 else len(reading.flat)
    places = [(it.text, at) for it, at in case.aligned.places.items() if it.text != case.atlas.about_grades]
    told = next(reading.finds(squeeze(case.atlas.disclaimer), 0, len(reading.flat)), None)
    if told is not None:
        places.append((case.atlas.disclaimer, told))
    for text, at in sorted(places, key=lambda pair: pair[1]):
        if at >= back:
            found = f"“{short(text)}”, which is neither"
            yield Finding(reading.place(at), "nothing overleaf but references and the scale", found, _HELP_FRONT)
            return


def _body(case: Case, floor: float) -> Iterator[Finding]:
    """Blocks below that floor of the body, in pt, that are no small print."""
    small_print = list(_small_print(case))
    for block, group in groupby(case.reading.lines, key=lambda line: line.block):
        lines = list(group)
        size = min(line.smallest for line in lines)
        is_small_print = any(start <= block.start and block.end <= end for start, end in small_print)
        if not is_small_print and size < floor - ROUNDING:
            found = f"“{short(' '.join(line.text for line in lines))}” at {points(size)}"
            yield Finding(lines[0].place, f"text of at least {floor:g} pt", found, _HELP_BODY)


def _small_print(case: Case) -> Iterator[tuple[int, int]]:
    """Where the text stands that has the floor of references: they, the explained scale, and the imprint."""
    reading = case.reading
    levels = [level for scale in case.atlas.grades.values() for level in scale.levels.values()]
    explained = map(squeeze, (case.atlas.about_grades, *(level.meaning for level in levels)))
    starts = [at for text in explained for at in reading.finds(text, case.start, case.end)]
    for at in starts if case.references is None else [case.references.start, *starts]:
        # From the heading above to the end of its section, or to the next heading.
        headings = case.of(Role.HEADING)
        heading = next((heading for heading in reversed(headings) if heading.start <= at), None)
        end = heading.parent.end if heading is not None and heading.parent is not None else case.end
        next_ = (other.start for other in headings if other.start > at)
        yield case.start if heading is None else heading.start, min([end, *next_])
    for at in reading.finds(squeeze(case.atlas.contact), case.start, case.end):
        block = reading.innermost(at)
        if block is not None:
            yield block.start, block.end
