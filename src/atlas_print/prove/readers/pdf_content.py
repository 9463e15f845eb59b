"""Page contents -> the text of each marked-content sequence (ISO 32000-1, 9.4 and 14.6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from math import isfinite, sqrt
from typing import Any, TypeAlias

from pypdf.generic import create_string_object

from atlas_print.prove.limits import Part, UnreadableError, spend
from atlas_print.prove.readers.pdf_fonts import Font
from atlas_print.prove.readers.pdf_grammar import is_wellformed
from atlas_print.prove.readers.pdf_lexer import operations
from atlas_print.prove.readers.pdf_objects import entry, follow, unpacked
from atlas_print.prove.readers.pdf_runs import GAP, IDENTITY, Matrix, Run, moved, slants, times
from atlas_print.prove.readers.pdf_seen import Pen, Sheet

Key: TypeAlias = tuple[str, int, int]
"""Names a marked-content sequence: "page" or "form", index of the page or number of the form, its MCID."""

_DEEPEST_FORM = 12
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
    text: str | None = None
    replaces: bool = False


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
    """The text of a document's pages, gathered by `read_page`: what is marked by its key, and all that is shown."""

    def __init__(self) -> None:
        self.runs: dict[Key, list[Run]] = {}
        self.shown: list[Run] = []
        self._fonts: dict[int, Font] = {}

    def read_page(self, index: int, data: bytes, resources: Any) -> None:
        """Take up page `index`, counted from 0; `runs` leave out artifacts and text outside marked content.

        Text that nobody sees is left out of both.
        """
        start = len(self.shown)
        page = _Interpreter(self, index, ("page", index))
        page.run(data, resources, _State(), 0)
        unseen = {id(run) for run in page.sheet.unseen()}
        if unseen:
            self.shown[start:] = [run for run in self.shown[start:] if id(run) not in unseen]
            unheard = {id(heard) for _, (heard, run) in page.heard if id(run) in unseen}
            for key in {key for key, (heard, _) in page.heard if id(heard) in unheard}:
                spend(Part.STEPS, len(self.runs[key]))
                self.runs[key] = [heard for heard in self.runs[key] if id(heard) not in unheard]

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
                self._show(operands[-1] if operands and isinstance(operands[-1], list) else [], state)
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

    def _show(self, items: list[Any], state: _State) -> None:
        key = next((mark.key for mark in reversed(self.marks) if mark.key), None)
        is_heard = key is not None and not any(mark.is_artifact for mark in self.marks)
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
        if run.text.strip():
            self.contents.shown.append(run)
            self.sheet.text(run, state.pen)
        if is_heard and key is not None:
            heard = replace(run, text=self._instead(run.text))
            self.contents.runs.setdefault(key, []).append(heard)
            self.heard.append((key, (heard, run)))

    def _instead(self, text: str) -> str:
        """What is heard for text that is shown: the /ActualText around it, once, if there is one."""
        for mark in self.marks:
            if mark.replaces:
                given, mark.text = mark.text, None
                return given or ""
        return text

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
        self.marks.append(_Mark(key, tag == "/Artifact", text, text is not None))

    def _end_mark(self, state: _State) -> None:
        if self.marks[-1].text:
            # An /ActualText around nothing that shows text.
            self._show([b""] if state.font else [], state)
        self.marks.pop()

    def _draw(self, resources: Any, operands: list[Any], state: _State, depth: int) -> None:
        form = entry(entry(resources, "/XObject"), operands[-1]) if operands else None
        if isinstance(form, Mapping) and form.get("/Subtype") == "/Image":
            self.sheet.image(state.matrix, state.pen)
        if not isinstance(form, Mapping) or form.get("/Subtype") != "/Form" or depth >= _DEEPEST_FORM:
            return
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
