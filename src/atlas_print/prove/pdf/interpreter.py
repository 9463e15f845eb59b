"""Runs the operators of a page and of the forms on it: what text goes where, under which marks (ISO 32000-1, 9.4)."""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from math import isfinite
from typing import TYPE_CHECKING, Any

from pypdf.generic import create_string_object

from atlas_print.prove.pdf.areas import around, enclosed
from atlas_print.prove.pdf.grammar import is_wellformed
from atlas_print.prove.pdf.lexer import operations
from atlas_print.prove.pdf.notes import Note
from atlas_print.prove.pdf.objects import as_list, entry, follow, unpacked
from atlas_print.prove.pdf.runs import IDENTITY, Key, Matrix, Run, moved, times
from atlas_print.prove.pdf.seen import PAINTING, Sheet
from atlas_print.prove.pdf.state import Mark, State, Told
from atlas_print.prove.pdf.typed import typed
from atlas_print.prove.reading.limits import Part, UnreadableError, spend
from atlas_print.prove.reading.paper import Unproven

if TYPE_CHECKING:
    from atlas_print.prove.pdf.content import Contents

_DEEPEST_FORM = 12
_SEE_THROUGH = ("/SMask", "/Mask", "/ImageMask")
_FAR_BACK = 250
"""Thousandths of an em; no pair of letters is kerned by so much."""
_FAR_BACK_TO_A_MARK = 1000
"""The same for an accent that is set over the letter before it."""
_CLIPPING = 4
"""From this mode on, text is a mask (ISO 32000-1, table 106)."""
_FOR_VOICES = ("/Alt", "/E", "/Lang")
_DEEPEST = 1000
"""Marked content within marked content, and graphics states saved: a page has a dozen."""
_LONGEST_QUOTE = 60
"""Characters of an operator that a finding tells."""
_MOST_OPERATORS = 500_000
"""Of one page and the forms on it: a full one has 4,000."""


class Interpreter:
    """Runs one page's operators, and those of the forms on it."""

    def __init__(self, contents: "Contents", page: int, container: tuple[str, int]) -> None:
        self.contents = contents
        self.page = page
        self.container = container
        self.operators = 0
        self.marks: list[Mark] = []
        self.text_matrix = self.line_matrix = IDENTITY
        self.sheet = Sheet()
        self.heard: list[tuple[Key, Run, Run]] = []

    def run(self, data: bytes, resources: Any, state: State, depth: int) -> None:
        """Take up a content stream; `depth` is how many forms it stands in. UnreadableError for a malformed one."""
        saved: list[State] = []
        marks_outside = len(self.marks)
        for operator, operands in operations(data):
            self._count(len(saved))
            if not is_wellformed(operator, operands):
                raise UnreadableError(
                    f"page {self.page + 1} has a malformed drawing operator: {_quoted(operator, operands)}"
                )
            if operator == b"q":
                saved.append(state.copy())
            elif operator == b"Q":
                state = saved.pop() if saved else state
            elif operator == b"Do":
                self._draw(resources, operands, state, depth)
            elif operator in (b"BDC", b"BMC"):
                self._begin_mark(resources, operands)
            elif operator == b"EMC":
                if len(self.marks) > marks_outside:
                    self._end_mark(state)
            elif operator == b"Tf":
                state.font, state.size = self.contents.font(resources, operands[-2]), _number(operands, -1)
                if state.font is None:
                    raise UnreadableError(
                        f"page {self.page + 1} names a typeface that it doesn't have: {operands[-2]!r}"
                    )
            elif operator == b"Tr" and _number(operands, -1) >= _CLIPPING:
                self._unproven("text that cuts off what is painted behind it (Tr)")
                state.pen = self.sheet.operate(operator, operands, resources, state.pen, state.matrix)
            elif operator in PAINTING:
                state.pen = self.sheet.operate(operator, operands, resources, state.pen, state.matrix)
            else:
                self._operate(operator, operands, state)
        del self.marks[marks_outside:]
        self._mark()

    def _unproven(self, what: str) -> None:
        self.contents.unproven[Unproven(f"page {self.page + 1}", what)] = None

    def _count(self, saved: int) -> None:
        spend(Part.OPERATORS)
        self.operators += 1
        if self.operators > _MOST_OPERATORS:
            raise UnreadableError(f"page {self.page + 1} has more than {_MOST_OPERATORS:,} drawing operators")
        if max(len(self.marks), saved) > _DEEPEST:
            raise UnreadableError(f"page {self.page + 1} has more than {_DEEPEST:,} marks within each other")

    def _operate(self, operator: bytes, operands: list[Any], state: State) -> None:
        match operator:
            case b"cm" if len(operands) >= 6:
                state.matrix = times(_matrix(operands), state.matrix)
            case b"BT":
                self.text_matrix = self.line_matrix = IDENTITY
            case b"Tm" if len(operands) >= 6:
                self.text_matrix = self.line_matrix = _matrix(operands)
            case b"Td" | b"TD":
                if operator == b"TD":
                    state.leading = -_number(operands, -1)
                self._next_line(_number(operands, -2), _number(operands, -1))
            case b"T*":
                self._next_line(0, -state.leading)
            case b"Tj":
                self._show(operands, state)
            case b"TJ":
                self._show_parts(operands[-1] if operands and isinstance(operands[-1], list) else [], state)
            case b"'" | b'"':
                if operator == b'"':
                    state.word_spacing, state.spacing = _number(operands, -3), _number(operands, -2)
                self._next_line(0, -state.leading)
                self._show(operands[-1:], state)
            case b"Tc":
                state.spacing = _number(operands, -1)
            case b"Tw":
                state.word_spacing = _number(operands, -1)
            case b"Tz":
                state.stretch = _number(operands, -1) / 100
            case b"TL":
                state.leading = _number(operands, -1)
            case b"Ts":
                state.rise = _number(operands, -1)

    # --- text ---------------------------------------------------------------------------------------------

    def _next_line(self, x: float, y: float) -> None:
        self.text_matrix = self.line_matrix = times((1, 0, 0, 1, x, y), self.line_matrix)

    def _show_parts(self, items: list[Any], state: State) -> None:
        """Strings and the moves between them; what stands behind a move far back is a run of its own."""
        part: list[Any] = []
        merged = list(_merged(items))
        for item, after in zip(merged, [*merged[1:], None], strict=True):
            if (
                isinstance(item, float)
                and item > _FAR_BACK
                and not (item <= _FAR_BACK_TO_A_MARK and _starts_with_a_mark(after, state))
            ):
                self._show(part, state)
                part = []
                self.text_matrix = times((1, 0, 0, 1, -item / 1000 * state.size * state.stretch, 0), self.text_matrix)
            else:
                part.append(item)
        self._show(part, state)

    def _show(self, items: list[Any], state: State) -> None:
        before = self.text_matrix
        spend(Part.RUNS)
        text = typed(items, state, times(before, state.matrix))
        self.text_matrix = times((1, 0, 0, 1, text.advance, 0), before)
        spend(Part.CHARACTERS, sum(map(len, text.pieces)))
        if not all(map(isfinite, (*text.matrix, text.advance, state.size, state.rise))):
            raise UnreadableError(f"page {self.page + 1} has text at a place that no sheet has")
        if self.sheet.is_off:
            return
        key = self.sheet.key
        run = text.run(self.page, key, state)
        if run.text.strip():
            self.contents.shown.append(run)
            self.sheet.text(run, state.pen, text)
            self.contents.misprints.update(dict.fromkeys(text.misprints(self.page, state)))
        if key is not None:
            heard = replace(run, text=self._instead(run, key))
            self.contents.runs.setdefault(key, []).append(heard)
            self.heard.append((key, heard, run))

    def _key(self) -> Key | None:
        """What names the text that is shown now; None for an artifact and outside of marked content."""
        if any(mark.is_artifact for mark in self.marks):
            return None
        return next((mark.key for mark in reversed(self.marks) if mark.key), None)

    def _instead(self, run: Run, key: Key) -> str:
        """What is heard for text that is shown: the /ActualText around it, once, if there is one."""
        for mark in self.marks:
            if mark.told is not None:
                mark.told.runs.append(run)
                return ""
            if mark.text is not None:
                mark.told = Told(key, mark.text, [run])
                self.contents.told.append(mark.told)
                return mark.text
        return run.text

    # --- marked content and forms -------------------------------------------------------------------------

    def _begin_mark(self, resources: Any, operands: list[Any]) -> None:
        tag = operands[0] if operands else ""
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, str):
            properties = entry(entry(resources, "/Properties"), properties)
        if not isinstance(properties, Mapping):
            properties = {}
        mcid, actual = entry(properties, "/MCID"), entry(properties, "/ActualText")
        if any(entry(properties, name) is not None for name in _FOR_VOICES):
            self._unproven("marked content with a text or a language of its own (Alt, E, Lang)")
        key = (*self.container, int(mcid)) if isinstance(mcid, int | float) else None
        text = (
            str(create_string_object(actual) if isinstance(actual, bytes) else actual) if actual is not None else None
        )
        is_off = tag == "/OC" and self.contents.layers.hides(entry(resources, "/Properties"), str(operands[-1]))
        self.marks.append(Mark(key, tag == "/Artifact", is_off, text))
        self._mark()

    def _end_mark(self, state: State) -> None:
        if self.marks[-1].text and self.marks[-1].told is None:
            # An /ActualText around nothing that shows text.
            self._show([b""] if state.font else [], state)
        self.marks.pop()
        self._mark()

    def _mark(self) -> None:
        """Tells the sheet what marked content is open."""
        self.sheet.key = self._key()
        self.sheet.is_off = any(mark.is_off for mark in self.marks)

    def _draw(self, resources: Any, operands: list[Any], state: State, depth: int) -> None:
        form = entry(entry(resources, "/XObject"), operands[-1]) if operands else None
        if not isinstance(form, Mapping) or self.contents.layers.hides(form, "/OC"):
            return
        if form.get("/Subtype") == "/Image":
            is_solid = not any(entry(form, key) for key in _SEE_THROUGH)
            self.sheet.image(state.matrix, state.pen, is_solid=is_solid)
        elif form.get("/Subtype") == "/Form":
            if depth >= _DEEPEST_FORM:
                raise UnreadableError(f"page {self.page + 1} has forms too deep within each other")
            self._form(form, resources, state, depth)

    def note(self, note: Note, state: State) -> None:
        """An annotation, which lies on top of its page."""
        if note.form is not None:
            matrix = times(note.matrix, state.matrix)
            self._form(note.form, {}, replace(state, matrix=matrix), 0)
        if note.text:
            # A voice tells the words, whatever the form shows.
            x, y = moved(state.matrix, *note.box[:2])
            end_x, top = moved(state.matrix, *note.box[2:])
            box = min(x, end_x), min(y, top), max(x, end_x), max(y, top)
            size = max(box[3] - box[1], 1)
            run = Run(self.page, box[0], box[1], box[2], box[1], size, note.text, box, is_slanted=False)
            self.contents.shown.append(run)

    def _form(self, form: Any, resources: Any, state: State, depth: int) -> None:
        outside = self.container, self.text_matrix, self.line_matrix
        reference = getattr(form, "indirect_reference", None)
        self.container = ("form", reference.idnum) if reference else self.container
        inner = state.copy()
        if "/Matrix" in form:
            inner.matrix = times(_matrix([follow(item) for item in entry(form, "/Matrix")]), inner.matrix)
        edge = [_number([follow(item)], 0) for item in as_list(entry(form, "/BBox"))]
        area = enclosed([around(inner.matrix, edge)], is_even_odd=False) if len(edge) == 4 else None
        inner.pen = inner.pen if area is None else inner.pen.inside(area)
        if entry(entry(form, "/Group"), "/S") == "/Transparency":
            inner.pen = inner.pen.in_group()
        data = unpacked(form)
        if data is not None:
            self.run(data, form.get("/Resources", resources), inner, depth + 1)
        self.container, self.text_matrix, self.line_matrix = outside


def _starts_with_a_mark(item: Any, state: State) -> bool:
    """Whether a string begins with an accent that combines with the letter before it."""
    first = next(iter(state.font.glyphs(item)), None) if state.font and isinstance(item, bytes) else None
    return first is not None and all(unicodedata.category(sign) == "Mn" for sign in first.text)


def _merged(items: list[Any]) -> Iterator[Any]:
    """The items, with moves one behind another as one: many small ones go as far as a large one."""
    for is_move, group in groupby((item for item in items if item != b""), key=lambda item: isinstance(item, float)):
        held = list(group)
        yield from [sum(held)] if is_move else held


def _quoted(operator: bytes, operands: list[Any]) -> str:
    text = " ".join((*map(str, operands), operator.decode("latin-1")))
    return repr(text[:_LONGEST_QUOTE])


def _number(operands: list[Any], index: int) -> float:
    try:
        return float(operands[index])
    except (IndexError, TypeError, ValueError):
        return 0.0


def _matrix(operands: list[Any]) -> Matrix:
    a, b, c, d, e, f = (_number(operands, index) for index in range(-6, 0))
    return a, b, c, d, e, f
