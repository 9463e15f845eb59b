"""Reading a mapping field by field: what is missing, empty, unknown or of the wrong shape becomes a problem."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from atlas_print.problems import Place, Problem
from atlas_print.read.nodes import Mapping, Node, Scalar, Sequence

_LIMIT_SHOWN = 8


def fold(text: str) -> str:
    """The text with each run of white space (YAML's folding included) as one space."""
    return " ".join(re.split(r"[ \t\n]+", text.strip(" \t\n")))


def suggest(word: str, known: Iterable[str], what: str) -> str:
    """A help line: the nearest known word, else the known ones."""
    names = list(known)
    if not names:
        return f"the atlas defines no {what}"
    near = get_close_matches(word, names, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    shown = ", ".join(names[:_LIMIT_SHOWN]) + (", ..." if len(names) > _LIMIT_SHOWN else "")
    return f"write one of: {shown}"


class Fields:
    """The fields of one mapping; ask for each, then call `finish` to refuse what nobody asked for.

    `what` names the mapping in problems ("atlas.yaml", "the topic").
    """

    def __init__(self, node: Node | None, place: Place, what: str, problems: list[Problem]) -> None:
        self.what = what
        self.problems = problems
        self.place = node.place if node is not None else place
        self.asked: list[str] = []
        self.nodes: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        if isinstance(node, Mapping):
            for key, value in node.entries:
                self.nodes.setdefault(key.text, value)
                self.keys.setdefault(key.text, key)
        elif node is not None and not _is_empty(node):
            self.problem(node.place, "wrong-shape", f"{what} is not a set of fields", "write `name: value` lines")

    def problem(self, place: Place, rule: str, what: str, help_: str) -> None:
        """Records a problem."""
        self.problems.append(Problem(place, rule, what, help_))

    def node(self, name: str) -> Node | None:
        """The node of that field, None if it is absent or empty."""
        self.asked.append(name)
        node = self.nodes.get(name)
        return None if node is None or _is_empty(node) else node

    def place_of(self, name: str) -> Place:
        """Where the field's value stands; the mapping's own place if it is absent."""
        node = self.nodes.get(name)
        return self.place if node is None else node.place

    def missing(self, name: str, example: str) -> None:
        """Records that a required field is absent or empty."""
        if name in self.keys:
            self.problem(self.keys[name].place, f"empty-{name}", f"{self.what} has an empty {name}", example)
        else:
            self.problem(self.place, f"missing-{name}", f"{self.what} has no {name}", example)

    def text(self, name: str, example: str | None = None) -> str | None:
        """A text, white space folded; `example` is the help line that makes the field required."""
        node = self.node(name)
        if isinstance(node, Scalar) and fold(node.text):
            return fold(node.text)
        if node is not None and not isinstance(node, Scalar):
            self.problem(node.place, "wrong-shape", f"{name} is not a text", f"write `{name}: ...` as one text")
        elif example is not None:
            self.missing(name, example)
        return None

    def choice(self, name: str, known: Iterable[str], what: str, example: str | None = None) -> str | None:
        """A text that is one of `known`; `what` names the plural in the help line ("kinds")."""
        text = self.text(name, example)
        if text is None:
            return None
        if text not in (names := list(known)):
            self.problem(self.place_of(name), f"unknown-{name}", f"unknown {name} {text!r}", suggest(text, names, what))
            return None
        return text

    def texts(self, name: str) -> list[Scalar]:
        """A list of texts (empty if absent); a single text is not taken for a list."""
        node = self.node(name)
        if node is None:
            return []
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            return [item for item in node.items if isinstance(item, Scalar)]
        self.problem(node.place, "wrong-shape", f"{name} is not a list", f"write `{name}: [one, two]`")
        return []

    def mapping(self, name: str, example: str | None = None) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a field that is itself a mapping; `example` makes it required."""
        node = self.node(name)
        if isinstance(node, Mapping):
            return _first_of_each(node)
        if node is not None:
            self.problem(node.place, "wrong-shape", f"{name} is not a set of fields", "write `name: value` lines")
        elif example is not None:
            self.missing(name, example)
        return ()

    def finish(self) -> None:
        """Refuses every field that was not asked for."""
        for name, key in self.keys.items():
            if name not in self.asked:
                self.problem(
                    key.place,
                    "unknown-field",
                    f"{self.what} has the unknown field {name!r}",
                    suggest(name, self.asked, "fields"),
                )


def _first_of_each(node: Mapping) -> tuple[tuple[Scalar, Node], ...]:
    """The entries without repeated keys, which are a problem of their own already."""
    first: dict[str, tuple[Scalar, Node]] = {}
    for key, value in node.entries:
        first.setdefault(key.text, (key, value))
    return tuple(first.values())


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not fold(node.text)
