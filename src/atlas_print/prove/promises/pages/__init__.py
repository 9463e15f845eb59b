"""What only files with pages can break: sizes and places on paper, and what eyes and voices get of a page.

What a table or a drawing breaks is its author's: it is told once, at its line in the source.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from atlas_print.blocks import Figure, Table
from atlas_print.inlines import plain_text
from atlas_print.problems import Place
from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Bookmark, Element, Paper, Role, Shown
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import squeeze
from atlas_print.prove.source.dates import is_right_to_left
from atlas_print.prove.source.lines import short
from atlas_print.prove.source.script import figures
from atlas_print.prove.verdicts import Finding

ROUNDING = 0.05
"""pt; sizes and places pass through several matrices of six digits."""
POINTS = 72 / 25.4
"""pt in a mm."""
_WHOLE = "the whole file"
_LISTED = 2
"""The level down to which headings have entries."""

_HELP = "save the file with its tags and metadata, or build it again: some programs drop them"
_HELP_OUTLINE = "give each heading its entry in the outline (bookmarks), in order, with its words, leading to it"
_HELP_LABELS = "number the pages from 1, as they are printed, or leave their labels out"


@dataclass(frozen=True, slots=True)
class Authored:
    """A table or drawing of an author's: its block, its place in the source, its name for a person."""

    block: Table | Figure
    source: Place
    name: str


def authored(case: Case, element: Element | None) -> Authored | None:
    """The table or drawing of the topic that an element is or stands in."""
    around = () if element is None else (element, *element.ancestors())
    holder = next((it for it in around if it.role in (Role.TABLE, Role.FIGURE)), None)
    if holder is None:
        return None
    if holder.role is Role.FIGURE:
        drawn = (it for _, it in figures(case.topic) if squeeze(it.alt) == squeeze(holder.alt))
        figure = next(drawn, None)
        place = Place(case.topic.file, figure.line if figure else 0, 1)
        return None if figure is None else Authored(figure, place, f"the drawing {figure.image.path}")
    cells = (it for it, at in case.aligned.places.items() if it.table and holder.holds(at, at + len(it.flat)))
    cell = next(cells, None)
    if cell is None or cell.table is None or cell.source is None:
        return None
    names = (" ".join(plain_text(it).split()) for it in cell.table.header or cell.table.rows[0])
    return Authored(cell.table, cell.source, f"the table “{' | '.join(names)}”")


def told_once(
    cases: Iterable[Case],
    shown: Iterable[Shown],
    expected: str,
    found: Callable[[Shown], str],
    helps: Callable[[Shown, Authored | None], str],
) -> Iterator[Finding]:
    """A finding for each table or drawing of an author's, and for each page else, by its first text.

    `found` says what is wrong with a text, `helps` what mends it.
    """
    topics = tuple(cases)
    groups: dict[object, tuple[Authored | None, list[Shown]]] = {}
    for text in shown:
        own = next((it for it in (authored(case, text.element) for case in topics) if it is not None), None)
        groups.setdefault(text.page if own is None else own.source, (own, []))[1].append(text)
    for own, (first, *rest) in groups.values():
        where, source = f"page {first.page}", None
        more = and_more(len(rest), " on this page" if own is None else "")
        if own is not None:
            where, source = f"{where}, {own.name}", own.source
        yield Finding(where, expected, f"“{short(first.text)}” {found(first)}{more}", helps(first, own), source)


def points(size: float) -> str:
    """A measured size for a person."""
    return f"{size:.1f} pt"


def and_more(count: int, where: str = "") -> str:
    """That a message stands for others too; "" if it doesn't."""
    return f", and {count} more{where}" if count else ""


# --- what a file says of itself ---------------------------------------------------------------------------


def judge_document(reading: Reading, paper: Paper, case: Case) -> Iterator[Finding]:
    """What a PDF of one topic lacks or says wrong beside its text."""
    yield from (Finding(_WHOLE, what, "none, or not all of it", _HELP) for what in paper.lacks)
    title = squeeze(case.topic.title)
    if not paper.titles or not all(title in squeeze(given) for given in paper.titles):
        found = ", ".join(f"“{short(given)}”" for given in paper.titles) or "none"
        yield Finding(_WHOLE, f"the title “{case.topic.title}” in the metadata", found, _HELP)
    yield from _outline(reading, paper, is_mirrored=is_right_to_left(case.atlas.language))
    for number, label in enumerate(paper.labels, start=1):
        if label != str(number):
            yield Finding(f"page {number}", f"the label “{number}”", f"“{short(label)}”", _HELP_LABELS)
            break


def _outline(reading: Reading, paper: Paper, *, is_mirrored: bool) -> Iterator[Finding]:
    """The headings of a file with more than a page, each with its entry; no entry that leads elsewhere."""
    for mark in paper.outline:
        if not _leads_right(reading, mark, is_mirrored=is_mirrored):
            led = "nothing" if mark.target is None else f"“{short(reading.text(mark.target))}”"
            expected = f"an entry “{short(mark.title)}” of the outline that leads to these words"
            yield Finding(_WHOLE, expected, f"it leads to {led}", _HELP_OUTLINE)
    if (reading.pages or 0) > 1:
        entries = iter([squeeze(mark.title) for mark in paper.outline])
        for heading in reading.of(Role.HEADING):
            # Any entries may stand between two, none in another order.
            if heading.level <= _LISTED and reading.text(heading) not in entries:
                shown = reading.excerpt(heading.start, heading.end)
                yield Finding(heading.place, f"an entry of the outline for “{short(shown)}”", "none", _HELP_OUTLINE)
                break


def _leads_right(reading: Reading, mark: Bookmark, *, is_mirrored: bool) -> bool:
    title = squeeze(mark.title)
    if not title or mark.target is None:
        return False
    around = [mark.target, *(above for above in mark.target.ancestors() if above.role is Role.HEADING)]
    if any(title in reading.text(element) for element in around):
        return True
    # Where lines run from right to left, a point at the left of a page tells no more than the page.
    headings = (heading for heading in reading.of(Role.HEADING) if reading.text(heading) == title)
    return is_mirrored and any(heading.page == mark.target.page for heading in headings)
