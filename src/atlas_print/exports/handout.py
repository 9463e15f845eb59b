"""The clinician handout: one page, always, and never smaller than its floors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from atlas_print.atlas import Atlas, Topic
from atlas_print.compose.balance import text_width
from atlas_print.compose.long_words import with_long_words
from atlas_print.compose.tables import Room
from atlas_print.counting import many
from atlas_print.exports.handout_limits import Overflow, advice
from atlas_print.exports.values import ExportError, Job, Made
from atlas_print.pdf.engine import heights, typeset, write
from atlas_print.profiles import BOTH, HANDOUT_PAPERS, HandoutFloors, Paper
from atlas_print.sections import Note, Role, Section
from atlas_print.typefaces import family_list

_FULL_STEPS = 16
"""Type sizes from the preferred ones to the floors: a tenth of a point apart."""
_SHORT_STEPS = 4
"""At the floors of type, from wide leading to close."""
_LEADING = ((1.3, 1.2), (1.13, 1.05), (1.1, 1.0))
"""Line pitch of the body and of the references in multiples of their size: preferred, at the floors, and closest.

The closest is 2.65 mm at 7.5 pt; the EC guideline's 3 mm at 9 pt would be 2.5 mm.
"""
_FEW = 2
"""As many references still read well in lines across the page."""
_HIGH = 5000.0
"""mm of a page on which anything fits."""
_WIDEST = 10.0
"""em of a column of grades; a scale with longer words has to break them."""
_DRAWN_IN = 0.8
"""em by which the second line of a part of the grade is drawn in."""
_FREE_TEXT = "20%"
"""Width of a column of free text."""
_COLUMN_GAP, _CELL_GAP = 8.0, 2.5
"""mm between the columns of what is printed whole, and behind the cells of a table."""
_HIGHEST_ROW = 12
"""Lines of a table's row; with more, it is better set in pairs."""
_WHOLE = (Role.UNKNOWNS, Role.QUESTIONS)


@dataclass(frozen=True, slots=True)
class Step:
    """One way to set the page: sizes in pt, leading in multiples of them, columns of the reference list, its form."""

    body: float
    references: float
    leading: float
    references_leading: float
    columns: int
    form: str


def ladder(floors: HandoutFloors, references: int) -> tuple[list[Step], list[Step]]:
    """The steps with full references, from the preferred sizes down to the floors, then those in short form.

    Short entries are for a page that is full at the floors, so they never come with larger type than full ones: one
    reference more never makes the type larger.
    """
    wide, close, closest = _LEADING
    columns = 1 if references <= _FEW else 2
    full = [
        Step(
            _between(floors.body_preferred, floors.body_floor, share),
            _between(floors.references_preferred, floors.references_floor, share),
            _between(wide[0], close[0], share),
            _between(wide[1], close[1], share),
            columns,
            "full",
        )
        for share in (index / _FULL_STEPS for index in range(_FULL_STEPS + 1))
    ]
    short = [
        Step(
            floors.body_floor,
            floors.references_floor,
            _between(wide[0], closest[0], share),
            _between(wide[1], closest[1], share),
            columns,
            "short",
        )
        for share in (index / _SHORT_STEPS for index in range(_SHORT_STEPS + 1))
    ]
    return full, short


def _between(first: float, last: float, share: float) -> float:
    return last if share == 1 else first + share * (last - first)


def render_handout(job: Job, topic: Topic) -> Made:
    """The topic's findings, open questions and references on one page of the export's paper.

    The largest type that fits is taken: first with full references, then, at the floors, with references in short
    form. Raises ExportError, which says what would help, if not even the last step fits.
    """
    sheet = _Sheet(job, topic)
    for steps in ladder(job.atlas.handout, len(topic.references)):
        found = _first_that_fits(sheet, steps)
        if found is not None:
            step, document = found
            return Made(write(document), 1, _note(topic, step, heights(document)[""] / sheet.room))
    page, language = sheet.overflow(steps[-1]), job.atlas.language
    raise ExportError(*advice(topic, language, findings(topic), whole(topic), sheet.notes, page))


def _first_that_fits(sheet: "_Sheet", steps: Sequence[Step]) -> tuple[Step, Any] | None:
    """The first step that fits, its neighbour before it being known not to; None if the last one does not."""
    document = sheet.laid_out(steps[0])
    if len(document.pages) == 1:
        return steps[0], document
    best = sheet.laid_out(steps[-1])
    if len(best.pages) > 1:
        return None
    low, high = 1, len(steps) - 1
    while low < high:
        middle = (low + high) // 2
        document = sheet.laid_out(steps[middle])
        if len(document.pages) == 1:
            best, high = document, middle
        else:
            low = middle + 1
    return steps[high], best


@dataclass
class _Sheet:
    """The page to fill."""

    job: Job
    topic: Topic
    composed: dict[str, str] = field(default_factory=dict)
    notes: Sequence[Note] = ()

    @cached_property
    def paper(self) -> Paper:
        return HANDOUT_PAPERS[self.job.export.settings.get("paper", "A4")]

    @property
    def room(self) -> float:
        """The height in mm between the margins."""
        return self.paper.height - 2 * self.job.atlas.handout.margin

    def laid_out(self, step: Step, height: float | None = None) -> Any:
        """The document at that step, on a page of another height in mm if one is given."""
        job = self.job
        css = job.composer.fill(
            "handout/style.css",
            step=step,
            width=self.paper.width,
            height=height or self.paper.height,
            margin=job.atlas.handout.margin,
            stack=family_list(job.stack),
            widths=list(map(self._width, grade_columns(job.atlas))),
            tightest=step.leading == _LEADING[-1][0],
        )
        return typeset(self.html(step.form), css, job.stack)

    def _width(self, names: Sequence[str]) -> str:
        """The width of a column of these parts of the grade, in which no word of a level has to break."""
        scales = [self.job.atlas.grades[name] for name in names]
        if not all(scale.levels for scale in scales):
            return _FREE_TEXT
        words = [(word, False) for scale in scales for level in scale.levels.values() for word in level.label.split()]
        words += [(word, True) for scale in scales for word in scale.label.split()]
        widest = max(text_width(word, self.job.stack, bold=bold) for word, bold in words) * 1.02
        return f"{min(widest + _DRAWN_IN * (len(names) > 1), _WIDEST)}em"

    def html(self, form: str) -> str:
        """The page with its references in that form, composed once: only its style changes from step to step."""
        if form not in self.composed:
            room = self._room()
            page = self.job.composer.page(self.topic, room, stack=self.job.stack)
            filled = self.job.composer.fill(
                "handout/topic.html",
                topic=self.topic,
                page=page,
                findings=findings(self.topic),
                whole=whole(self.topic),
                columns=grade_columns(self.job.atlas),
                form=form,
            )
            self.notes = page.notes()
            self.composed[form], _ = with_long_words(filled, {0: room.width}, self.job.stack)
        return self.composed[form]

    def _room(self) -> Room:
        """What there is for a table in one of two columns, at the largest type."""
        floors = self.job.atlas.handout
        em = floors.body_preferred / 72 * 25.4
        width = (self.paper.width - 2 * floors.margin - _COLUMN_GAP) / 2
        return Room(width / em, _CELL_GAP / em, 1.0, _HIGHEST_ROW)

    def overflow(self, step: Step) -> Overflow:
        """By how much the page is too small, and how high its parts are."""
        parts = heights(self.laid_out(step, _HIGH))
        return Overflow(
            "page for A4 and Letter" if self.paper is BOTH else f"{self.paper.name} page",
            step.body,
            step.references,
            # What may not be cut at its end can be too high for a page, and yet fit on a higher one.
            max(parts[""] - self.room, 1.0),
            parts.get("findings", 0.0),
            parts.get("whole", 0.0),
            parts.get("notes", 0.0),
            parts.get("list", 0.0),
        )


def grade_columns(atlas: Atlas) -> list[list[str]]:
    """The parts of the grade by columns: those with levels on top of each other, then those in free text."""
    levels = [name for name, scale in atlas.grades.items() if scale.levels]
    free = [name for name in atlas.grades if name not in levels]
    return [column for column in (levels, free) if column]


def findings(topic: Topic) -> list[Section]:
    """The sections with a row in the table: those not printed whole, and every graded one, for its grade."""
    return [
        section
        for section in topic.sections
        if (section.row_passages() or (section.grade is not None and section.key_passages()))
        and (section.grade is not None or section.role not in _WHOLE)
    ]


def whole(topic: Topic) -> list[Section]:
    """The sections that are printed whole: what is open, and what to ask."""
    return [section for section in topic.sections if section.role in _WHOLE]


def _note(topic: Topic, step: Step, full: float) -> str:
    """The step as the report shows it."""
    count = len(topic.references)
    columns = "one column" if step.columns == 1 else "two columns"
    listed = f"{many(count, 'reference')} in {step.form} form at {step.references:.3g} pt in {columns}"
    note = f"{step.body:.3g} pt, {listed}, {min(full, 1):.0%} full"
    lending = [section.title or "the text before the first heading" for section in topic.sections if section.lent()]
    return f"{note}; first sentences stand for {'; '.join(lending)}, which mark none" if lending else note
