"""The footnotes of a topic: a note for each call, with what its definition says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown_it.tree import SyntaxTreeNode

from atlas_print.advise.drafts import Passage
from atlas_print.blocks import Blocks, Figure, walk_blocks
from atlas_print.counting import counted
from atlas_print.inlines import NoteCall
from atlas_print.problems import Place, Problem
from atlas_print.read.markdown.notes import DEFINITION
from atlas_print.read.positions import place_of_block
from atlas_print.read.source import Source
from atlas_print.read.values.fields import nearest
from atlas_print.sections import Note

_NAMED = re.compile(r"\[\^([^\s\]]+)\]")


@dataclass
class Notes:
    """The footnotes of one topic: their definitions by name, and those called so far in the order of their calls.

    `read` has what the node of a definition says; the places of all text go to `passages`.
    """

    source: Source
    problems: list[Problem]
    passages: list[Passage]
    read: Callable[[SyntaxTreeNode], Blocks]
    called: list[Note] = field(default_factory=list)
    _definitions: dict[str, SyntaxTreeNode] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)
    _is_within: bool = False

    def define(self, root: SyntaxTreeNode) -> None:
        """Takes up the definitions in a body."""
        for node in root.walk():
            if node.type != DEFINITION:
                continue
            name = str(node.meta["label"])
            first = self._definitions.setdefault(name, node)
            if first is not node:
                what, line = f"two footnotes are called [^{name}]", place_of_block(self.source, first).line
                help_ = f"give each its own name; the first is in line {line}"
                self._tell(place_of_block(self.source, node), "duplicate-note", what, help_)

    def call(self, name: str, place: Place) -> NoteCall | None:
        """A call of a definition; each makes a note of its own."""
        definition = self._definitions.get(name)
        if definition is None:
            near = nearest(name, self._definitions)
            help_ = f"did you mean [^{near}]?" if near else f"write [^{name}]: and its words on lines of their own"
            help_ += f"; for the signs themselves write \\[^{name}]"
            self._tell(place, "unknown-note", f"there is no footnote [^{name}]", help_)
            return None
        self._used.add(name)
        at = place_of_block(self.source, definition)
        return self.write(place, at, lambda: self.read(definition))

    def write(self, place: Place, at: Place, read: Callable[[], Blocks]) -> NoteCall | None:
        """A call of a note that stands `at` a place; `read` has its blocks."""
        if self._is_within:
            help_ = "write its words into that note, in brackets"
            self._tell(place, "note-in-note", "a footnote stands in another", help_)
            return None
        call = NoteCall(counted(len(self.called) + 1, "a"))
        before = len(self.problems)
        self._is_within = True
        blocks = read()
        self._is_within = False
        if not blocks and len(self.problems) == before:
            self._tell(at, "empty-note", "a footnote is empty", "write its words, or delete it")
        if any(isinstance(block, Figure) for block in walk_blocks(blocks)):
            self._tell(at, "figure-in-note", "a figure stands in a footnote", "put it into the text of a section")
        self.called.append(Note(call.identifier, blocks, line=at.line))
        return call

    def refused(self, text: str) -> None:
        """Calls that are told as something else."""
        self._used.update(_NAMED.findall(text))

    def finish(self) -> None:
        """Tells the definitions that nothing called."""
        for name, node in self._definitions.items():
            if name not in self._used:
                what, help_ = f"nothing calls the footnote [^{name}]", f"write [^{name}] where it belongs, or delete it"
                self._tell(place_of_block(self.source, node), "unused-note", what, help_)

    def _tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self.problems.append(Problem(place, rule, what, help_))
