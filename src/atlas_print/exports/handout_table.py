"""The table of findings: which parts of a grade share a column, and how wide the columns are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from atlas_print.atlas import Atlas, Topic
from atlas_print.compose.balance import text_width
from atlas_print.typefaces import Family

CELL_GAP = 2.5
"""mm behind the cells of a table, but for the last of a row."""
_GRADES = 0.37
"""Of the width, for all columns of the grade; findings get the rest."""
_FREE_TEXT = (0.2, 0.16)
"""Of the width, for free text, and the least of it that a label on one line is worth."""
_WIDEST = 10.0
"""em of a column of levels; longer words have to break."""
_DRAWN_IN = 0.8
"""em by which the second line of a part of the grade is drawn in."""
_SLACK = 1.02


@dataclass(frozen=True, slots=True)
class GradeColumn:
    """The parts of the grade in one column, on top of each other, in the order of the scale.

    `least` is the width in em in which no word has to break, `label` that of its longest label on one line.
    """

    names: tuple[str, ...]
    has_levels: bool
    least: float
    label: float

    @property
    def is_stacked(self) -> bool:
        """Whether it has several parts."""
        return len(self.names) > 1


def grade_columns(atlas: Atlas, topic: Topic, stack: Sequence[Family]) -> list[GradeColumn]:
    """Those parts that have levels on top of each other, then those in free text."""
    grades = [atlas.stated(section.grade) for section in topic.sections if section.grade is not None]

    def column(names: Sequence[str], *, has_levels: bool) -> GradeColumn:
        labels = [atlas.grades[name].label for name in names]
        levels = [level.label for name in names for level in atlas.grades[name].levels.values()]
        values = levels if has_levels else [grade[name] for grade in grades for name in names]
        drawn_in = _DRAWN_IN * (len(names) > 1)
        widest = max(_widths(" ".join((*labels, *values)).split(), stack))
        label = max(_widths(labels, stack, bold=False))
        return GradeColumn(tuple(names), has_levels, widest + drawn_in, label)

    parts = ([name for name, scale in atlas.grades.items() if bool(scale.levels) is kind] for kind in (True, False))
    return [column(names, has_levels=kind) for names, kind in zip(parts, (True, False), strict=True) if names]


def _widths(texts: Iterable[str], stack: Sequence[Family], *, bold: bool = True) -> list[float]:
    return [text_width(text, stack, bold=bold) * _SLACK for text in texts]


def widths(columns: Sequence[GradeColumn], table: float, gap: float) -> list[float]:
    """The width of each column in a table of that width, with that gap behind all but the last, in em.

    Findings keep 63 % of the table.
    """
    room = table * _GRADES - gap * (len(columns) - 1)
    most, enough = (table * share for share in _FREE_TEXT)
    found = []
    for index, column in enumerate(columns):
        if column.has_levels:
            left = room - sum(max(enough, other.least) for other in columns[index + 1 :])
            wanted = min(column.label if column.least <= column.label <= left else column.least, _WIDEST)
        else:
            wanted = max(most, column.least)
        found.append(min(wanted, room))
        room -= found[-1]
    return found
