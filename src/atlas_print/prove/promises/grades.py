"""P2: each graded section states strength, audit and basis in words, and the scale is explained."""

from collections.abc import Iterator

from atlas_print.atlas import Atlas, Scale, Section
from atlas_print.prove.case import Case, Span, grade_fields, section_name, section_spans
from atlas_print.prove.promises.findings_table import judge_table
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.verdicts import Finding

_BETWEEN = frozenset(":：=–—")
"""May stand between a label and what it labels."""
_BEHIND = frozenset(".;,·|")
"""May stand between one label's words and the next label."""
_LONGEST = 60

_HELP_GRADE = "print the section's grade below its heading: each label of atlas.yaml with the section's own value"
_HELP_NOTES = "print the topic's grade_notes with the explanation of the scale"
_HELP_SCALE = "print every level of the scale with its meaning from atlas.yaml"


def judge_grades(case: Case) -> list[Finding]:
    """What is wrong with the grades of a topic and the explanation of the scale."""
    findings = [*_scale(case), *_notes(case)]
    spans = section_spans(case)
    if case.is_handout:
        # A section that is printed whole has its heading; the others are rows of the table of findings.
        tabled = [s for s, span in zip(case.topic.sections, spans, strict=True) if s.grade and span is None]
        findings += judge_table(case, tabled)
    for section, span in zip(case.topic.sections, spans, strict=True):
        if span is not None:
            findings += _section(case, section, span)
        elif section.grade and not case.is_handout:
            expected = f"the heading “{section.title}”, behind that of the section before it"
            findings.append(Finding("the whole file", expected, "no such heading", _HELP_GRADE))
    return findings


def _section(case: Case, section: Section, span: Span) -> Iterator[Finding]:
    fields = _Fields(case.reading, case.atlas)
    own = dict(grade_fields(case.atlas, section.grade))
    at = span.start
    for label, value in own.items():
        behind = fields.behind(label, at, span.end)
        right = next((start for start in behind if fields.is_value(value, start)), None)
        expected = f"“{label}: {value}” in {section_name(section)}"
        if right is not None:
            at = right
        elif behind:
            yield Finding(case.reading.place(behind[0]), expected, f"“{label}: {fields.shown(behind[0])}”", _HELP_GRADE)
        elif fields.behind(label, span.start, span.end):
            yield Finding(span.heading.place, expected, "it, but not in this order", _HELP_GRADE)
        else:
            yield Finding(span.heading.place, expected, f"no “{label}” there", _HELP_GRADE)
    for scale in (case.atlas.strength, case.atlas.audit):
        for start in fields.behind(scale.label, span.start, span.end):
            stated = next((level for level in scale.levels if fields.is_value(level, start)), None)
            if stated is not None and stated != own.get(scale.label):
                expected = f"no other grade in {section_name(section)} than its own"
                yield Finding(case.reading.place(start), expected, f"“{scale.label}: {stated}”", _HELP_GRADE)


def _scale(case: Case) -> Iterator[Finding]:
    """Levels without their meaning. A book may explain them once for all topics; one that begins to, does it whole."""
    start, end = 0, len(case.reading.flat)
    pairs = [pair for scale in (case.atlas.strength, case.atlas.audit) for pair in scale.levels.items()]
    if any(_explains(case.reading, *pair, case.start, case.end) for pair in pairs):
        start, end = case.start, case.end
    for scale in (case.atlas.strength, case.atlas.audit):
        for level, meaning in scale.levels.items():
            if not _explains(case.reading, level, meaning, start, end):
                yield _unexplained(case.reading, scale, level, meaning)


def _notes(case: Case) -> Iterator[Finding]:
    """Why the grades are what they are, beside the scale; a handout has no room to argue."""
    notes = case.topic.grade_notes
    if notes and not case.is_handout and next(case.reading.words(squeeze(notes), case.start, case.end), None) is None:
        yield Finding("the whole file", f"“{notes}”", "not these words", _HELP_NOTES)


def _explains(reading: Reading, level: str, meaning: str, low: int, high: int) -> bool:
    name, words = squeeze(level), squeeze(meaning)
    for at in reading.finds(name, low, high):
        start = _behind_separator(reading, at + len(name))
        if (
            reading.is_word_end(at)
            and reading.flat.startswith(words, start)
            and reading.is_word_end(start + len(words))
        ):
            return True
    return False


def _unexplained(reading: Reading, scale: Scale, level: str, meaning: str) -> Finding:
    start = next(reading.words(squeeze(meaning), 0, len(reading.flat)), None)
    where = "the whole file" if start is None else reading.place(start)
    found = "no such explanation" if start is None else f"that meaning for “{reading.excerpt(start - 20, start)}”"
    return Finding(where, f"{scale.label}, “{level}” explained as “{meaning}”", found, _HELP_SCALE)


def _behind_separator(reading: Reading, at: int) -> int:
    return at + 1 if reading.flat[at : at + 1] in _BETWEEN else at


class _Fields:
    """Labels and what stands behind them: "Audit: emerging", in a line or in elements of their own."""

    def __init__(self, reading: Reading, atlas: Atlas) -> None:
        self._reading = reading
        self._labels = [squeeze(part.label) for part in (atlas.strength, atlas.audit, atlas.basis)]

    def behind(self, label: str, start: int, end: int) -> list[int]:
        """Where the words behind each use of a label start."""
        name = squeeze(label)
        return [
            _behind_separator(self._reading, at + len(name))
            for at in self._reading.finds(name, start, end)
            if self._reading.is_word_end(at)
        ]

    def is_value(self, value: str, start: int) -> bool:
        """Whether that value stands there, whole, and nothing more."""
        words = squeeze(value)
        return self._reading.flat.startswith(words, start) and self._is_end(start + len(words))

    def shown(self, start: int) -> str:
        """What stands there instead of a value."""
        end = next((at for at in range(start + 1, start + _LONGEST) if self._is_end(at)), start + _LONGEST)
        return self._reading.excerpt(start, end)

    def _is_end(self, at: int) -> bool:
        if self._is_field(at):
            return True
        return self._reading.flat[at : at + 1] in _BEHIND and self._is_field(at + 1)

    def _is_field(self, at: int) -> bool:
        """Whether a block ends there, or the next label starts."""
        if at >= len(self._reading.flat) or at in self._reading.edges:
            return True
        return self._reading.is_word_end(at) and any(self._reading.flat.startswith(name, at) for name in self._labels)
