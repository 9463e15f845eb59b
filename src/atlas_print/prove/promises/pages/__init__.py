"""What only files with pages can break: sizes and places on paper, and what eyes and voices get of a page.

What a table or a drawing breaks is its author's: it is told once, at its line in the source.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from atlas_print.blocks import Figure, Table, plain_text
from atlas_print.problems import Place
from atlas_print.prove.case import Case
from atlas_print.prove.reading.drawn import Shown
from atlas_print.prove.reading.elements import Element, Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.verdicts import Finding

ROUNDING = 0.05
"""pt; sizes and places pass through several matrices of six digits."""
POINTS = 72 / 25.4
"""pt in a mm."""


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
    for block in (block for section in case.topic.sections for block in section.all_blocks()):
        if isinstance(block, Figure) and holder.role is Role.FIGURE and squeeze(block.alt) == squeeze(holder.alt):
            return Authored(block, Place(case.topic.file, block.line, 1), f"the drawing {block.image.path}")
        if isinstance(block, Table) and holder.role is Role.TABLE:
            header = [squeeze(plain_text(cell)) for cell in block.header]
            cells = case.reading.inside(holder, Role.HEADER_CELL)[: len(header)]
            if all(case.reading.text(cell).startswith(text) for cell, text in zip(cells, header, strict=False)):
                return Authored(block, Place(case.topic.file, block.line, 1), f"the table “{_name(block)}”")
    return None


def _name(table: Table) -> str:
    return " | ".join(" ".join(plain_text(cell).split()) for cell in table.header)


def told_once(
    cases: Iterable[Case],
    shown: Iterable[Shown],
    expected: str,
    found: Callable[[Shown], str],
    helps: Callable[[Shown, Authored | None], str],
) -> Iterator[Finding]:
    """A finding for each table or drawing of an author's, and for each page else, by its first text; none is too many.

    `found` says what is wrong with a text, `helps` what mends it.
    """
    topics = tuple(cases)
    groups: dict[tuple[object, ...], tuple[Authored | None, list[Shown]]] = {}
    for text in shown:
        own = next((it for it in (authored(case, text.element) for case in topics) if it is not None), None)
        key = ("page", text.page) if own is None else ("block", own.source)
        groups.setdefault(key, (own, []))[1].append(text)
    for own, (first, *rest) in groups.values():
        where = f"page {first.page}" if own is None else f"page {first.page}, {own.name}"
        more = and_more(len(rest), " on this page" if own is None else "")
        source = None if own is None else own.source
        yield Finding(where, expected, f"{found(first)}{more}", helps(first, own), source)


def points(size: float) -> str:
    """A measured size for a person."""
    return f"{size:.1f} pt"


def and_more(count: int, where: str = "") -> str:
    """That a message stands for others too; "" if it doesn't."""
    return f", and {count} more{where}" if count else ""
