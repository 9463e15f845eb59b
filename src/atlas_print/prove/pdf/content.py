"""Page contents -> the text of each marked-content sequence (ISO 32000-1, 9.4 and 14.6)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from atlas_print.prove.pdf.fonts import Font
from atlas_print.prove.pdf.interpreter import Interpreter
from atlas_print.prove.pdf.layers import Layers
from atlas_print.prove.pdf.notes import notes
from atlas_print.prove.pdf.objects import entry
from atlas_print.prove.pdf.pens import Pen
from atlas_print.prove.pdf.runs import Key, Run
from atlas_print.prove.pdf.state import State, Told
from atlas_print.prove.pdf.views import View, view
from atlas_print.prove.reading.drawn import Misprint
from atlas_print.prove.reading.limits import Part, spend
from atlas_print.prove.reading.paper import Unproven

_LARGEST = 72
"""pt; an unseen letter of that size hides lines of text behind it."""


class Contents:
    """The text of a document's pages, gathered by `read_page`: what is marked by its key, and all that is shown.

    `views` has the pages as they are shown, `inked` the keys of what leaves a trace on a page, `told` what is read
    aloud instead of glyphs, `images` the pages and keys of images, `misprints` what typefaces get wrong, `unproven`
    operators of which it can't be told what they leave.
    """

    def __init__(self, layers: Layers) -> None:
        self.runs: dict[Key, list[Run]] = {}
        self.shown: list[Run] = []
        self.inked: set[Key] = set()
        self.told: list[Told] = []
        self.images: list[tuple[int, Key | None]] = []
        self.views: list[View] = []
        self.unproven: dict[Unproven, None] = {}
        self.misprints: dict[Misprint, None] = {}
        self.layers = layers
        self._fonts: dict[int, Font] = {}

    def read_page(self, index: int, page: Any, data: bytes) -> None:
        """Take up page `index`, counted from 0; `runs` leave out artifacts and text outside marked content.

        Letters that nobody sees are left out of both, and a text that a voice is told in their place.
        """
        starts = len(self.shown), len(self.told)
        shown = view(page)
        self.views.append(shown)
        interpreter = Interpreter(self, index, ("page", index))
        state = State(matrix=shown.matrix, pen=Pen().inside(shown.area))
        interpreter.run(data, page.get("/Resources"), state.copy(), 0)
        for note in notes(page):
            interpreter.note(note, state)
        left = {id(run): replace(run, text=text) for run, text in interpreter.sheet.left()}
        if any(run.size > _LARGEST and not run.text for run in left.values()):
            self.unproven[Unproven(f"page {index + 1}", "letters that nobody sees, large enough to cover others")] = (
                None
            )
        if left:
            self._leave_out(left, interpreter.heard, *starts)
        self.inked |= interpreter.sheet.inked
        self.images += ((index, key) for key in interpreter.sheet.images)

    def _leave_out(
        self, left: Mapping[int, Run], heard: Sequence[tuple[Key, Run, Run]], shown_from: int, told_from: int
    ) -> None:
        """`left` has what can be seen of the runs of which letters can't, by their identity; all of them are new."""
        new = (left.get(id(run), run) for run in self.shown[shown_from:])
        self.shown[shown_from:] = [run for run in new if run.text.strip()]
        texts = self.told[told_from:]
        silent = {id(text.runs[0]) for text in texts if any(id(run) in left for run in text.runs)}
        instead = {}
        for _, told, run in heard:
            if id(run) in left or id(run) in silent:
                is_seen = told.text == run.text and id(run) in left
                instead[id(told)] = replace(told, text=left[id(run)].text if is_seen else "")
        for key in {key for key, told, _ in heard if id(told) in instead}:
            spend(Part.STEPS, len(self.runs[key]))
            self.runs[key] = [instead.get(id(told), told) for told in self.runs[key]]
        for text in texts:
            text.runs = [left.get(id(run), run) for run in text.runs]

    def font(self, resources: Any, name: str) -> Font | None:
        """The font of that name in a resource dictionary."""
        fonts = entry(resources, "/Font")
        found = entry(fonts, name)
        if not isinstance(found, Mapping):
            return None
        if id(found) not in self._fonts:
            self._fonts[id(found)] = Font(found)
        return self._fonts[id(found)]
