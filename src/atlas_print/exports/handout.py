"""The clinician handout: one page, always, and never smaller than its floors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from math import ceil
from typing import Any

from atlas_print.atlas import Atlas, Topic
from atlas_print.compose.balance import text_width
from atlas_print.compose.line_ends import with_long_words, without_stubs
from atlas_print.compose.tables import Room
from atlas_print.counting import is_spaced, many
from atlas_print.exports.handout_ladder import Step, at_preferred, joined, ladder, overleaf, search
from atlas_print.exports.handout_limits import Overflow, advice
from atlas_print.exports.handout_table import CELL_GAP, GradeColumn, grade_columns, widths
from atlas_print.exports.values import ExportError, Job, Made
from atlas_print.handout_content import findings, seconds, whole, words
from atlas_print.pdf.engine import heights, pages_of_anchors, typeset, write
from atlas_print.profiles import BOTH, HANDOUT_PAPERS, SIDES, Paper
from atlas_print.sections import Note
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
_RUNNING = 6.0
"""mm of a line at the head or foot of a side, with what is between it and the text."""
_HIGHEST_ROW = 12
"""Lines of a table's row; with more, it is better set in pairs."""


def render_handout(job: Job, topic: Topic) -> Made:
    """The topic's findings, open questions and references on one page, or on both sides of a sheet where these are set.

    On one page the largest type that fits is taken: first with full references, then, at the floors, with references
    in short form. Two sides are never below the preferred sizes, and have the references and the scale on the back.
    Raises ExportError, which says what would help, if not even the last step fits.
    """
    sheet, floors, count = _Sheet(job, topic), job.atlas.handout, len(topic.references)
    sides = job.export.settings.get("sides", SIDES[0])
    small, large = ladder(floors, count), at_preferred(floors, count)
    one_page = small if sides == "1" else large
    both = [large, overleaf(floors, count)]
    tried: _Fitted | int = -1
    if sides != "2" or not sheet.has_back:
        tried = _first_that_fits(sheet, [one_page])
    if sides != "1" and sheet.has_back and not isinstance(tried, _Fitted):
        tried = _first_that_fits(sheet, both)
    if isinstance(tried, _Fitted):
        return Made(write(tried.document), len(tried.document.pages), _note(job.atlas, topic, tried))
    smallest, tightest = small[-1][-1], joined(*(groups[-1][-1] for groups in both))
    if sides != "1":
        page = sheet.overflow(tightest, side=tried) if sheet.has_back else sheet.overflow(large[-1][-1])
        instead = "1" if sheet.fits(smallest, 1) else ""
    else:
        page = sheet.overflow(smallest)
        instead = "as-needed" if sheet.has_back and sheet.fits(tightest, 2) else ""
    page = replace(page, instead=instead)
    raise ExportError(*advice(topic, job.atlas.language, findings(topic), whole(topic), sheet.notes, page))


@dataclass(frozen=True, slots=True)
class _Fitted:
    """A document that fits, its step, and how full each of its sides is."""

    step: Step
    document: Any
    fills: tuple[float, ...]


def _first_that_fits(sheet: "_Sheet", sides: Sequence[Sequence[Sequence[Step]]]) -> "_Fitted | int":
    """The document with the first step of each side that fits; else the number of a side whose last step doesn't.

    Each side is searched by itself, in the same layouts.
    """
    tries = [search(groups) for groups in sides]
    steps = [next(it) for it in tries]
    open_ = set(range(len(sides)))
    known: dict[Step, _Fitted] = {}
    while True:
        step = joined(*steps) if len(steps) > 1 else steps[0]
        if step not in known:
            document = sheet.laid_out(step, len(sides))
            known[step] = _Fitted(step, document, sheet.fills(document))
        if not open_:
            return known[step]
        for side in sorted(open_):
            try:
                steps[side] = tries[side].send(known[step].fills[side])
            except StopIteration as end:
                if end.value is None:
                    return side
                steps[side] = end.value
                open_.remove(side)


@dataclass
class _Sheet:
    """The page to fill."""

    job: Job
    topic: Topic
    composed: dict[tuple[str, bool], str] = field(default_factory=dict)
    notes: Sequence[Note] = ()

    @cached_property
    def paper(self) -> Paper:
        return HANDOUT_PAPERS[self.job.export.settings.get("paper", "A4")]

    @property
    def is_explained(self) -> bool:
        """Whether it explains the scale."""
        atlas = self.job.atlas
        return self.topic.is_graded and bool(atlas.about_grades or any(it.levels for it in atlas.grades.values()))

    @property
    def has_back(self) -> bool:
        """Whether there is anything for the back of a sheet."""
        return bool(self.topic.references) or self.is_explained

    @property
    def height(self) -> float:
        """The height in mm between the margins."""
        return self.paper.height - 2 * self.job.atlas.handout.margin

    @cached_property
    def title_lines(self) -> int:
        """Lines that the title takes at the head of a back, counted with caution."""
        em = self.job.atlas.handout.body_preferred * _MM
        title = text_width(self.topic.short_title or self.topic.title, self.job.stack, bold=False) * em
        return ceil(title * 1.2 / self.width)

    def room(self, side: int | None) -> float:
        """The height in mm of a page between the margins, or of what the sides of a sheet have for their text."""
        if side is None:
            return self.height
        return self.height - _RUNNING * (1 + self.title_lines * side)

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

    def laid_out(self, step: Step, sides: int = 1, height: float | None = None) -> Any:
        """The document at that step, on pages of another height in mm if one is given."""
        job, em = self.job, step.body * _MM
        labels = [scale.label for scale in job.atlas.grades.values() if scale.levels] or [""]
        said = job.composer.words
        page_label = said.text("Page %(page)s of %(pages)s", page='" counter(page) "', pages='" counter(pages) "')
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
            is_overleaf=sides > 1,
            page_label=f"{said.text('Draft')} · {page_label}" if self.topic.is_draft else page_label,
            running=_RUNNING,
            title_lines=self.title_lines,
        )
        return typeset(self.html(step.form, is_overleaf=sides > 1), css, job.stack)

    def fills(self, document: Any) -> tuple[float, ...]:
        """How much of each of its sides it takes: more than 1 if it goes on on another."""
        pages = [heights(document, page) for page in range(len(document.pages))]
        back = pages_of_anchors(document).get("back")
        if back is None:
            return (_fill(pages, self.height),)
        return _fill(pages[: back - 1], self.room(0)), _fill(pages[back - 1 :], self.room(1))

    def fits(self, step: Step, sides: int) -> bool:
        """Whether that step fits on so many sides."""
        return max(self.fills(self.laid_out(step, sides))) <= 1

    def html(self, form: str, *, is_overleaf: bool) -> str:
        """The page with its references in that form, composed once: only its style changes from step to step."""
        if (form, is_overleaf) not in self.composed:
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
                is_overleaf=is_overleaf,
                is_explained=self.is_explained,
            )
            self.notes = page.notes()
            filled = without_stubs(filled, room.width)
            self.composed[form, is_overleaf], _ = with_long_words(filled, {0: room.width}, self.job.stack)
        return self.composed[form, is_overleaf]

    def _room(self) -> Room:
        """What there is for a table in one of two columns, at the largest type."""
        floors = self.job.atlas.handout
        em = floors.body_preferred * _MM
        width = (self.width - _COLUMN_GAP) / 2
        return Room(width / em, CELL_GAP / em, 1.0, _HIGHEST_ROW)

    def overflow(self, step: Step, side: int | None = None) -> Overflow:
        """By how much a page, or that side of a sheet, is too small, and how high its parts are."""
        document = self.laid_out(step, 1 if side is None else 2, _HIGH)
        parts = heights(document, side or 0)
        paper = self.paper.name
        paper = "for A4 and Letter" if self.paper is BOTH else paper
        pages = f"one page {paper}" if self.paper is BOTH else f"one {paper} page"
        sheet = f"a sheet {paper}" if self.paper is BOTH else f"its {paper} sheet"
        form = " with short references" if step.form == "short" else ""
        body, small = f"{step.body:g} pt", f"{step.references:g} pt"
        export = self.job.export.name
        return Overflow(
            pages if side is None else f"the {('front', 'back')[side]} of {sheet}",
            small + form if side else f"{body}{form} at {small}" if form and side is None else body,
            # What may not be cut at its end can be too high for a page, and yet fit on a higher one.
            max(parts[""] - self.room(side), 1.0),
            parts.get("findings", 0.0),
            parts.get("whole", 0.0),
            parts.get("notes", 0.0),
            parts.get("list", 0.0),
            export,
            is_only={it.name for it in self.job.atlas.exports} <= {*self.topic.without, export},
        )


def _fill(pages: Sequence[Mapping[str, float]], room: float) -> float:
    share = sum(page[""] for page in pages) / room
    return min(share, 1.0) if len(pages) == 1 else max(share, 1.001)


def _note(atlas: Atlas, topic: Topic, found: _Fitted) -> str:
    """The step as the report shows it, and how long the page takes to read."""
    step, count = found.step, len(topic.references)
    columns = "one column" if step.columns == 1 else "two columns"
    form = f"{step.form} form{', run in,' if step.runs_in else ''}"
    listed = f"{many(count, 'reference')} in {form} at {step.references:.3g} pt in {columns}"
    full = f"{found.fills[0]:.0%} full"
    if len(found.fills) > 1:
        full = f"front {full}, back {found.fills[1]:.0%} full"
    note = f"{step.body:.3g} pt, {listed}, {full}"
    if is_spaced(atlas.language):
        count = words(atlas, topic)
        note += f"; {many(count, 'word')} above the references, {many(seconds(count), 'second')} at 240 words a minute"
    lending = [section.title or "the text before the first heading" for section in topic.sections if section.lent()]
    return f"{note}; first sentences stand for {'; '.join(lending)}, which mark none" if lending else note
