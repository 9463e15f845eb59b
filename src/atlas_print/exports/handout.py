"""The clinician handout: one page, always, and never smaller than its floors."""

from dataclasses import dataclass
from typing import Any

from atlas_print.atlas import Role, Section, Topic, plain_text
from atlas_print.exports.values import ExportError, Job, Made
from atlas_print.pdf.engine import family_list, typeset, write
from atlas_print.profiles import HANDOUT, PAPERS

_STEPS = 8
"""Type sizes between the preferred ones and the floors."""
_WHOLE = (Role.UNKNOWNS, Role.QUESTIONS)


@dataclass(frozen=True, slots=True)
class Step:
    """One way to set the page: sizes in pt, columns of the reference list, full or short references."""

    body: float
    references: float
    columns: int
    form: str
    leading: float
    references_leading: float

    def __str__(self) -> str:
        return f"{self.body:g} pt, references at {self.references:g} pt in {self.columns} columns, {self.form} form"


def _ladder(form: str) -> list[Step]:
    """From the preferred sizes down to the floors; the smaller the type, the narrower its columns."""
    steps = []
    for index in range(_STEPS + 1):
        share = index / _STEPS
        steps.append(
            Step(
                body=_between(HANDOUT.body_preferred, HANDOUT.body_floor, share),
                references=_between(HANDOUT.references_preferred, HANDOUT.references_floor, share),
                columns=3 if form == "full" and share >= 0.5 else 2,
                form=form,
                leading=_between(1.3, 1.13, share),
                references_leading=_between(1.2, 1.05, share),
            )
        )
    return steps


def _between(first: float, last: float, share: float) -> float:
    return round(first + share * (last - first), 3)


def render_handout(job: Job, topic: Topic) -> Made:
    """The topic's findings, open questions and references on one page of the export's paper.

    The largest type that fits is taken: first with full references, then with references in short form.
    Raises ExportError if not even the last step fits.
    """
    for form in ("full", "short"):
        html = _html(job, topic, form)
        steps = _ladder(form)
        largest: tuple[Step, Any] | None = None
        low, high = 0, len(steps) - 1
        # The floor first: where it overflows, no step of this form fits, and where it fits the rest is a bisection.
        middle = high
        while low <= high:
            document = typeset(html, _css(job, steps[middle]), job.stack)
            if len(document.pages) == 1:
                largest, high = (steps[middle], document), middle - 1
            elif middle == len(steps) - 1:
                break
            else:
                low = middle + 1
            middle = (low + high) // 2
        if largest is not None:
            step, document = largest
            return Made(write(document), 1, str(step))
    raise ExportError(*_too_long(job, topic))


def _html(job: Job, topic: Topic, form: str) -> str:
    return job.composer.fill(
        "handout/topic.html",
        topic=topic,
        page=job.composer.page(topic),
        findings=_findings(topic),
        whole=[section for section in topic.sections if section.role in _WHOLE],
        form=form,
    )


def _css(job: Job, step: Step) -> str:
    paper = PAPERS[job.export.settings.get("paper", "A4")]
    return job.composer.fill(
        "handout/style.css", step=step, paper=paper, margin=HANDOUT.margin, stack=family_list(job.stack)
    )


def _findings(topic: Topic) -> list[Section]:
    """The sections with a row in the table: those not printed whole, and every graded one, for its grade."""
    return [
        section
        for section in topic.sections
        if section.key_passages() and (section.grade is not None or section.role not in _WHOLE)
    ]


def _too_long(job: Job, topic: Topic) -> tuple[str, str]:
    """What is wrong and what would help, in the author's terms."""
    counts = [
        (sum(len(plain_text(passage).split()) for passage in section.key_passages()), section.title)
        for section in _findings(topic)
    ]
    longest, title = max(counts, default=(0, ""))
    what = (
        f"the handout doesn't fit on one {job.export.settings.get('paper', 'A4')} page even at "
        f"{HANDOUT.body_floor:g} pt with short references at {HANDOUT.references_floor:g} pt: "
        f"{sum(count for count, _ in counts)} words in key sentences, {len(topic.references)} references"
    )
    return what, f"shorten key sentences (the longest, {longest} words, is in {title!r}) or list fewer references"
