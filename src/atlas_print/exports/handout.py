"""The clinician handout: one page, always, and never smaller than its floors."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from atlas_print.atlas import Topic
from atlas_print.compose.balance import text_width
from atlas_print.compose.long_words import with_long_words
from atlas_print.compose.tables import Room
from atlas_print.counting import many
from atlas_print.exports.handout_ladder import Step, ladder, search
from atlas_print.exports.handout_limits import Overflow, advice
from atlas_print.exports.handout_table import CELL_GAP, GradeColumn, grade_columns, widths
from atlas_print.exports.values import ExportError, Job, Made
from atlas_print.pdf.engine import heights, typeset, write
from atlas_print.profiles import BOTH, HANDOUT_PAPERS, Paper
from atlas_print.sections import Note, Role, Section
from atlas_print.typefaces import family_list

_HIGH = 5000.0
"""mm of a page on which anything fits."""
_COLUMN_GAP = 8.0
"""mm between columns."""
_CODE = 19.0
"""mm of the width of the QR code, as far as it is black."""
_SLACK = 1.02
"""Kerning may set letters a hair wider than they are one by one."""
_MM = 25.4 / 72
"""Millimetres in a pt."""
_HIGHEST_ROW = 12
"""Lines of a table's row; with more, it is better set in pairs."""
_WHOLE = (Role.UNKNOWNS, Role.QUESTIONS)


def render_handout(job: Job, topic: Topic) -> Made:
    """The topic's findings, open questions and references on one page of the export's paper.

    The largest type that fits is taken: first with full references, then, at the floors, with references in short
    form. Raises ExportError, which says what would help, if not even the last step fits.
    """
    sheet = _Sheet(job, topic)
    steps = ladder(job.atlas.handout, len(topic.references))
    found = _first_that_fits(sheet, steps)
    if found is None:
        page, language = sheet.overflow(steps[-1][-1]), job.atlas.language
        raise ExportError(*advice(topic, language, findings(topic), whole(topic), sheet.notes, page))
    step, document = found
    return Made(write(document), 1, _note(topic, step, sheet.fill(document)))


def _first_that_fits(sheet: "_Sheet", groups: Sequence[Sequence[Step]]) -> tuple[Step, Any] | None:
    """The first step that fits, and the page; None if the last one doesn't fit."""
    tries, documents = search(groups), {}
    step = next(tries)
    while True:
        documents[step] = sheet.laid_out(step)
        try:
            step = tries.send(sheet.fill(documents[step]))
        except StopIteration as end:
            found: Step | None = end.value
            return None if found is None else (found, documents[found])


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

    @property
    def width(self) -> float:
        """The width in mm between the margins."""
        return self.paper.width - 2 * self.job.atlas.handout.margin

    @cached_property
    def columns(self) -> list[GradeColumn]:
        """The columns of the grade."""
        return grade_columns(self.job.atlas, self.topic, self.job.stack)

    @cached_property
    def caption(self) -> float:
        """The width in em of what stands under the QR code."""
        return text_width(self.job.composer.words.text("Topic online"), self.job.stack, bold=False) * _SLACK

    def laid_out(self, step: Step, height: float | None = None) -> Any:
        """The document at that step, on a page of another height in mm if one is given."""
        job, em = self.job, step.body * _MM
        labels = [scale.label for scale in job.atlas.grades.values() if scale.levels] or [""]
        css = job.composer.fill(
            "handout/style.css",
            step=step,
            width=self.paper.width,
            height=height or self.paper.height,
            margin=job.atlas.handout.margin,
            stack=family_list(job.stack),
            widths=widths(self.columns, self.width / em, CELL_GAP / em),
            gap=_COLUMN_GAP,
            label_width=max(text_width(f"{label}. ", job.stack, bold=True) for label in labels) * _SLACK + 0.5,
            code_width=max(_CODE, self.caption * em),
        )
        return typeset(self.html(step.form), css, job.stack)

    def fill(self, document: Any) -> float:
        """How much of its page it takes: more than 1 if it goes on on another."""
        share = sum(heights(document, page)[""] for page in range(len(document.pages))) / self.room
        return min(share, 1.0) if len(document.pages) == 1 else max(share, 1.001)

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
                columns=self.columns,
                form=form,
            )
            self.notes = page.notes()
            self.composed[form], _ = with_long_words(filled, {0: room.width}, self.job.stack)
        return self.composed[form]

    def _room(self) -> Room:
        """What there is for a table in one of two columns, at the largest type."""
        floors = self.job.atlas.handout
        em = floors.body_preferred * _MM
        width = (self.width - _COLUMN_GAP) / 2
        return Room(width / em, CELL_GAP / em, 1.0, _HIGHEST_ROW)

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
    form = f"{step.form} form{', run in,' if step.runs_in else ''}"
    listed = f"{many(count, 'reference')} in {form} at {step.references:.3g} pt in {columns}"
    note = f"{step.body:.3g} pt, {listed}, {full:.0%} full"
    lending = [section.title or "the text before the first heading" for section in topic.sections if section.lent()]
    return f"{note}; first sentences stand for {'; '.join(lending)}, which mark none" if lending else note
