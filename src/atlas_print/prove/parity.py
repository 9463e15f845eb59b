"""The exports of a topic side by side: the same headings, grades, references, links and descriptions, in one order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from atlas_print.prove.inventory import Inventory, Kind, Thing
from atlas_print.prove.verdicts import Finding

_NAMED = 3
"""Things that one finding names; the rest are counted."""
_HELP = "build all exports of the topic again from one content; if they still differ, a layout loses or adds something"


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
        usual = _usual([inventory.things[kind] for inventory in full])
        rows.append(Row(kind.value, tuple(_cell(copy, kind, usual) for copy in copies)))
    return Parity(tuple(copy.name for copy in copies), tuple(rows))


def _full(thing: Thing) -> tuple[str, str]:
    return thing.sign, thing.detail


def _usual(found: Sequence[Sequence[Thing]]) -> Sequence[Thing]:
    """What most have; where they are even, the longest, since more is lost than added."""
    counts = Counter(tuple(map(_full, things)) for things in found)
    return max(found, key=lambda things: (counts[tuple(map(_full, things))], len(things)), default=())


def _cell(copy: Copy, kind: Kind, usual: Sequence[Thing]) -> Cell:
    if copy.inventory is None:
        return Cell("not read")
    things = copy.inventory.things[kind]
    if copy.is_handout and kind not in (Kind.GRADES, Kind.REFERENCES):
        return _less(things, kind, usual)
    if not things and not usual:
        return Cell("none")
    # A short reference lacks some words of the full one; that it has all it must is another promise.
    ours, theirs = ([it.sign if copy.is_handout else _full(it) for it in held] for held in (things, usual))
    count = f"{len(things)} of {len(usual)}"
    if ours == theirs:
        return Cell(f"{count}, same order")
    # What a handout prints whole stands behind its table.
    if copy.is_handout and kind is Kind.GRADES and Counter(ours) == Counter(theirs):
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
        expected = _names(usual[i:i_end]) if i < i_end else "nothing more"
        expected += f" behind {usual[i - 1].name}" if i else ""
        shown = _names(things[j:j_end]) if j < j_end else "nothing there"
        if shown == expected:
            shown += ", in other words"
        found.append(Finding(where, f"as in the other exports, {expected}", shown, _HELP))
    return found


def _names(things: Sequence[Thing]) -> str:
    named = ", ".join(thing.name for thing in things[:_NAMED])
    more = len(things) - _NAMED
    return f"{named} and {more} more" if more > 0 else named
