"""Page contents -> the text of each marked-content sequence (ISO 32000-1, 9.4 and 14.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite, sqrt
from typing import Any

from pypdf.generic import create_string_object

from atlas_print.prove.limits import Part, UnreadableError, spend
from atlas_print.prove.readers.pdf_fonts import Font
from atlas_print.prove.readers.pdf_grammar import is_wellformed
from atlas_print.prove.readers.pdf_layers import Layers
from atlas_print.prove.readers.pdf_lexer import operations
from atlas_print.prove.readers.pdf_notes import Note, notes
from atlas_print.prove.readers.pdf_objects import entry, follow, unpacked
from atlas_print.prove.readers.pdf_runs import GAP, IDENTITY, Key, Matrix, Run, moved, slants, times
from atlas_print.prove.readers.pdf_seen import Pen, Sheet

_DEEPEST_FORM = 12
_FAR_BACK = 600
"""Thousandths of an em; no pair of letters is kerned by so much."""
_DEEPEST = 1000
"""Marked content within marked content, and graphics states saved: a page has a dozen."""
_LONGEST_QUOTE = 60
"""Characters of an operator that a finding tells."""
_MOST_OPERATORS = 500_000
"""Of one page and the forms on it: a full one has 4,000."""


@dataclass(slots=True)
class _Mark:
    """An open marked-content sequence; `text` is an /ActualText that has not been given out yet."""

    key: Key | None
    is_artifact: bool = False
    is_off: bool = False
    text: str | None = None
    told: "Told | None" = None


@dataclass(slots=True)
class Told:
    """What is told instead of the glyphs of a marked-content sequence, and the runs of these."""

    key: Key
    text: str
    runs: list[Run]


@dataclass(slots=True)
class _State:
    """The part of the graphics state that places text."""

    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    stretch: float = 1.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    leading: float = 0.0
    rise: float = 0.0
    pen: Pen = field(default_factory=Pen)

    def copy(self) -> "_State":
        return replace(self, pen=self.pen.copy())


class Contents:
    """The text of a document's pages, gathered by `read_page`: what is marked by its key, and all that is shown.

    `inked` has the keys of what leaves a trace on a page, `told` what is read aloud instead of glyphs, `images` the
    pages and keys of images.
    """

    def __init__(self, layers: Layers) -> None:
        self.runs: dict[Key, list[Run]] = {}
        self.shown: list[Run] = []
        self.inked: set[Key] = set()
        self.told: list[Told] = []
        self.images: list[tuple[int, Key | None]] = []
        self.layers = layers
        self._fonts: dict[int, Font] = {}

    def read_page(self, index: int, page: Mapping[str, Any], data: bytes) -> None:
        """Take up page `index`, counted from 0; `runs` leave out artifacts and text outside marked content.

        Text that nobody sees is left out of both.
        """
        start, told_before = len(self.shown), len(self.told)
        interpreter = _Interpreter(self, index, ("page", index))
        interpreter.run(data, page.get("/Resources"), _State(), 0)
        for note in notes(page):
            interpreter.note(note)
        unseen = {id(run) for run in interpreter.sheet.unseen()}
        if unseen:
            self.shown[start:] = [run for run in self.shown[start:] if id(run) not in unseen]
            unheard = {id(heard) for _, (heard, run) in interpreter.heard if id(run) in unseen}
            for key in {key for key, (heard, _) in interpreter.heard if id(heard) in unheard}:
                spend(Part.STEPS, len(self.runs[key]))
                self.runs[key] = [heard for heard in self.runs[key] if id(heard) not in unheard]
            for told in self.told[told_before:]:
                told.runs = [run for run in told.runs if id(run) not in unseen]
        self.inked |= interpreter.sheet.inked
        self.images += ((index, key) for key in interpreter.sheet.images)

    def font(self, resources: Any, name: str) -> Font | None:
        """The font of that name in a resource dictionary."""
        fonts = entry(resources, "/Font")
        found = entry(fonts, name)
        if not isinstance(found, Mapping):
            return None
        if id(found) not in self._fonts:
            self._fonts[id(found)] = Font(found)
        return self._fonts[id(found)]


class _Interpreter:
    """Runs one page's operators, and those of the forms on it."""

    def __init__(self, contents: Contents, page: int, container: tuple[str, int]) -> None:
        self.contents = contents
        self.page = page
        self.container = container
        self.operators = 0
        self.marks: list[_Mark] = []
        self.text_matrix = self.line_matrix = IDENTITY
        self.sheet = Sheet()
        self.heard: list[tuple[Key, tuple[Run, Run]]] = []

    def run(self, data: bytes, resources: Any, state: _State, depth: int) -> None:
        saved: list[_State] = []
        marks_outside = len(self.marks)
        for operator, operands in operations(data):
            self.sheet.is_off = any(mark.is_off for mark in self.marks)
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
            else:
                self._operate(operator, operands, state)
                self.sheet.key = self._key()
                self.sheet.operate(operator, operands, resources, state.pen, state.matrix)
        del self.marks[marks_outside:]

    def _count(self, saved: int) -> None:
        spend(Part.OPERATORS)
        self.operators += 1
        if self.operators > _MOST_OPERATORS:
            raise UnreadableError(f"page {self.page + 1} has more than {_MOST_OPERATORS:,} drawing operators")
        if max(len(self.marks), saved) > _DEEPEST:
            raise UnreadableError(f"page {self.page + 1} has more than {_DEEPEST:,} marks within each other")

    def _operate(self, operator: bytes, operands: list[Any], state: _State) -> None:
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

    def _show_parts(self, items: list[Any], state: _State) -> None:
        """Strings and the moves between them; what stands behind a move far back is a run of its own."""
        part: list[Any] = []
        for item in items:
            if isinstance(item, float) and item > _FAR_BACK:
                self._show(part, state)
                part = []
                self.text_matrix = times((1, 0, 0, 1, -item / 1000 * state.size * state.stretch, 0), self.text_matrix)
            else:
                part.append(item)
        self._show(part, state)

    def _show(self, items: list[Any], state: _State) -> None:
        key = self._key()
        before = self.text_matrix
        text = []
        advance = low = high = inked = 0.0
        spend(Part.RUNS)
        for item in items:
            if isinstance(item, bytes) and state.font:
                for glyph in state.font.glyphs(item):
                    text.append(glyph.text)
                    spacing = state.spacing + (state.word_spacing if glyph.is_space else 0)
                    advance += (glyph.width * state.size + spacing) * state.stretch
                    low = glyph.low if glyph.low < low else low
                    high = glyph.high if glyph.high > high else high
                    inked = inked if glyph.text.isspace() else advance
            elif isinstance(item, float):
                advance -= item / 1000 * state.size * state.stretch
                if -item / 1000 > GAP:
                    text.append(" ")
        self.text_matrix = times((1, 0, 0, 1, advance, 0), before)
        run = self._run("".join(text), times(before, state.matrix), advance, (inked, low, high), state)
        run = replace(run, key=key)
        if self.sheet.is_off:
            return
        if run.text.strip():
            self.contents.shown.append(run)
            self.sheet.text(run, state.pen)
        if key is not None:
            heard = replace(run, text=self._instead(run, key))
            self.contents.runs.setdefault(key, []).append(heard)
            self.heard.append((key, (heard, run)))

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

    def _run(self, text: str, matrix: Matrix, advance: float, ink: tuple[float, float, float], state: _State) -> Run:
        """The run that `matrix` places; `ink` is its width, in text space, and its lowest and highest point, in em."""
        a, b, c, d, _, _ = matrix
        width, low, high = ink
        spend(Part.CHARACTERS, len(text))
        if not all(map(isfinite, (*matrix, width, state.size, state.rise))):
            raise UnreadableError(f"page {self.page + 1} has text at a place that no sheet has")
        heights = (state.rise + low * state.size, state.rise + high * state.size)
        corners = [moved(matrix, x, y) for x in (0, width) for y in heights]
        across, up = zip(*corners, strict=True)
        return Run(
            self.page,
            *moved(matrix, 0, state.rise),
            *moved(matrix, advance, state.rise),
            abs(state.size) * sqrt(abs(a * d - b * c)),
            text,
            (min(across), min(up), max(across), max(up)),
            slants(matrix) or (state.font is not None and state.font.is_slanted),
        )

    # --- marked content and forms -------------------------------------------------------------------------

    def _begin_mark(self, resources: Any, operands: list[Any]) -> None:
        tag = operands[0] if operands else ""
        properties = operands[1] if len(operands) > 1 else {}
        if isinstance(properties, str):
            properties = entry(entry(resources, "/Properties"), properties)
        if not isinstance(properties, Mapping):
            properties = {}
        mcid, actual = entry(properties, "/MCID"), entry(properties, "/ActualText")
        key = (*self.container, int(mcid)) if isinstance(mcid, int | float) else None
        text = (
            str(create_string_object(actual) if isinstance(actual, bytes) else actual) if actual is not None else None
        )
        is_off = tag == "/OC" and self.contents.layers.hides(entry(resources, "/Properties"), str(operands[-1]))
        self.marks.append(_Mark(key, tag == "/Artifact", is_off, text))

    def _end_mark(self, state: _State) -> None:
        if self.marks[-1].text and self.marks[-1].told is None:
            # An /ActualText around nothing that shows text.
            self._show([b""] if state.font else [], state)
        self.marks.pop()

    def _draw(self, resources: Any, operands: list[Any], state: _State, depth: int) -> None:
        form = entry(entry(resources, "/XObject"), operands[-1]) if operands else None
        if not isinstance(form, Mapping) or self.contents.layers.hides(form, "/OC"):
            return
        if form.get("/Subtype") == "/Image":
            self.sheet.key = self._key()
            self.sheet.image(state.matrix, state.pen)
        elif form.get("/Subtype") == "/Form" and depth < _DEEPEST_FORM:
            self._form(form, resources, state, depth)

    def note(self, note: Note) -> None:
        """An annotation, which lies on top of its page."""
        if note.form is not None:
            self._form(note.form, {}, _State(matrix=note.matrix), 0)
        else:
            left, bottom, right, top = note.box
            run = Run(
                self.page, left, bottom, right, bottom, max(top - bottom, 1), note.text, note.box, is_slanted=False
            )
            self.contents.shown.append(run)

    def _form(self, form: Any, resources: Any, state: _State, depth: int) -> None:
        outside = self.container, self.text_matrix, self.line_matrix
        reference = getattr(form, "indirect_reference", None)
        self.container = ("form", reference.idnum) if reference else self.container
        inner = state.copy()
        if "/Matrix" in form:
            inner.matrix = times(_matrix([follow(item) for item in entry(form, "/Matrix")]), inner.matrix)
        data = unpacked(form)
        if data is not None:
            self.run(data, form.get("/Resources", resources), inner, depth + 1)
        self.container, self.text_matrix, self.line_matrix = outside


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
