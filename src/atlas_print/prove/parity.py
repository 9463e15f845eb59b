"""The exports of a topic side by side: the same headings, grades, references, links and descriptions, in one order."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from atlas_print.prove.inventory import Inventory, Kind, Thing
from atlas_print.prove.verdicts import Finding

ORDER = "order"
"""The row that compares what comes before what across all kinds."""
_NAMED = 3
"""Things that one finding names; the rest are counted."""
_HELP = "build all exports of the topic again from one content; if they still differ, a layout loses or adds something"

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Copy:
    """One export of a topic under its name; `inventory` is None where its file could not be read."""

    name: str
    is_handout: bool
    inventory: Inventory | None


@dataclass(frozen=True, slots=True)
class Cell:
    """What one export has of one kind, in words, and how that differs from the others."""

    text: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One kind of thing in every export."""

    kind: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Parity:
    """The exports of a topic by name, and a row for each kind of thing with a cell for each export."""

    exports: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def is_same(self) -> bool:
        """Whether no export differs from the others."""
        return not any(cell.findings for row in self.rows for cell in row.cells)


def compare(copies: Sequence[Copy]) -> Parity:
    """The exports held side by side, read from their bytes alone: against what most of those that say all have.

    A handout says less by design: what it has must be in the others, and of grades and references it has all.
    """
    whole = [copy for copy in copies if not copy.is_handout] or copies
    full = [copy.inventory for copy in whole if copy.inventory is not None]
    rows = []
    for kind in Kind:
        usual = _usual([inventory.things[kind] for inventory in full], lambda things: [_full(it) for it in things])
        rows.append(Row(kind.value, tuple(_cell(copy, kind, usual) for copy in copies)))
    merged = _usual([inventory.merged() for inventory in full], lambda pairs: [(k, it.sign) for k, it in pairs])
    differ = [any(row.cells[i].findings for row in rows) for i in range(len(copies))]
    order = tuple(_order(copy, merged, already) for copy, already in zip(copies, differ, strict=True))
    return Parity(tuple(copy.name for copy in copies), (*rows, Row(ORDER, order)))


def _full(thing: Thing) -> tuple[str, str]:
    return thing.sign, thing.detail


def _signed(thing: Thing) -> tuple[str, str]:
    return thing.sign, ""


def _usual(found: Sequence[Sequence[_T]], signs: Callable[[Sequence[_T]], Sequence[object]]) -> Sequence[_T]:
    """What most have; where they are even, the longest, since more is lost than added."""
    counts = Counter(tuple(signs(things)) for things in found)
    return max(found, key=lambda things: (counts[tuple(signs(things))], len(things)), default=())


def _cell(copy: Copy, kind: Kind, usual: Sequence[Thing]) -> Cell:
    if copy.inventory is None:
        return Cell("not read")
    things = copy.inventory.things[kind]
    if copy.is_handout and kind not in (Kind.GRADES, Kind.REFERENCES):
        return _less(things, kind, usual)
    if not things and not usual:
        return Cell("none")
    # A short reference lacks some words of the full one; that it has all it must is another promise.
    has: Callable[[Thing], tuple[str, str]] = _signed if copy.is_handout else _full
    ours, theirs = [has(it) for it in things], [has(it) for it in usual]
    count = f"{len(things)} of {len(usual)}"
    if ours == theirs:
        return Cell(f"{count}, same order")
    # What a handout prints whole stands behind its table.
    if copy.is_handout and kind is Kind.GRADES and sorted(ours) == sorted(theirs):
        return Cell(f"{count}, by design in its own order")
    return Cell(f"{count}, differs", tuple(_differences(things, usual, ours, theirs)))


def _less(things: Sequence[Thing], kind: Kind, usual: Sequence[Thing]) -> Cell:
    """What a handout has of a kind that it may leave out; a figure of its own, such as a QR code, is the layout's."""
    # A handout may tell a section by its key sentence, and whole behind its table.
    signs = {thing.sign for thing in usual}
    strange = [thing for thing in things if thing.sign not in signs and kind is not Kind.ALTERNATIVES]
    if strange:
        named = _names(strange)
        findings = (Finding(strange[0].where, "only what the other exports have too", named, _HELP),)
        return Cell(f"{len(things)}, differs", findings)
    had = Counter(thing.sign for thing in things)
    same = (had & Counter(thing.sign for thing in usual)).total()
    return Cell(f"{same} of {len(usual)}, by design" if same < len(usual) else f"{same} of {len(usual)}")


def _differences(
    things: Sequence[Thing], usual: Sequence[Thing], ours: Sequence[object], theirs: Sequence[object]
) -> list[Finding]:
    found = []
    for op, i, i_end, j, j_end in SequenceMatcher(None, theirs, ours, autojunk=False).get_opcodes():
        if op == "equal":
            continue
        where = things[j].where if j < len(things) else things[-1].where if things else "the whole file"
        expected = _names(usual[i:i_end]) if i < i_end else f"nothing more{_behind(usual, i)}"
        if i < i_end:
            expected += _behind(usual, i)
        shown = _names(things[j:j_end]) if j < j_end else "nothing there"
        if shown == expected:
            shown += ", in other words"
        found.append(Finding(where, f"as in the other exports, {expected}", shown, _HELP))
    return found


def _behind(usual: Sequence[Thing], at: int) -> str:
    return f" behind {usual[at - 1].name}" if at else ""


def _names(things: Sequence[Thing]) -> str:
    named = ", ".join(thing.name for thing in things[:_NAMED])
    more = len(things) - _NAMED
    return f"{named} and {more} more" if more > 0 else named


def _order(copy: Copy, usual: Sequence[tuple[Kind, Thing]], is_told: bool) -> Cell:
    """Whether what an export has in common with the others comes in the same order."""
    if copy.inventory is None:
        return Cell("not read")
    if copy.is_handout:
        return Cell("its own, by design")
    merged = copy.inventory.merged()
    ours = _common(merged, usual)
    theirs = _common(usual, merged)
    for (kind, thing), (other_kind, other) in zip(ours, theirs, strict=True):
        if (kind, thing.sign) != (other_kind, other.sign):
            # A kind in another order was told in its own row.
            finding = Finding(thing.where, f"as in the other exports, first {other.name}", f"first {thing.name}", _HELP)
            return Cell("differs", () if is_told else (finding,))
    return Cell("the same")


def _common(pairs: Iterable[tuple[Kind, Thing]], others: Iterable[tuple[Kind, Thing]]) -> list[tuple[Kind, Thing]]:
    left = Counter((kind, thing.sign) for kind, thing in others)
    common = []
    for kind, thing in pairs:
        if left[kind, thing.sign]:
            left[kind, thing.sign] -= 1
            common.append((kind, thing))
    return common
