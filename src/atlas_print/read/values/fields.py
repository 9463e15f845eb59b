"""Reading a mapping field by field: what is missing, empty, unknown or of the wrong shape becomes a problem."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from html.entities import html5

from atlas_print.problems import Place, Problem
from atlas_print.read.source import is_blank
from atlas_print.read.values.nodes import Mapping, Node, Scalar, Sequence

_LIMIT_SHOWN = 8
# Marks of Markdown and HTML that a plain text would print as they stand. A lone * or _ is not one: HLA-B*27.
_MARKS = {
    r"\[\s*-?@[^\]]*\]?|\[[^\[\]]*(?<!\w)-?@\w[^\[\]]*\]": "cite it in the body of the topic; this text is plain",
    r"\[\^[^\s\]]+\]|\^\[[^\]]*\]?": "write the note into the body of the topic; this text is plain",
    r"\[[^\[\]]*\](?:\([^()]*\)|\{[^{}]*\}|\[[^\[\]]*\])": "write the words alone; this text is plain",
    r"(\*\*|(?<!\w)[*_])\S(?:[^*_]*\S)?\1(?!\w)": "delete the marks; this text is plain",
    r"([~^])[\w+\u2212-]{1,8}\1": "type the raised or lowered sign itself, such as ₂ or ²; this text is plain",
    r"\\[!-/:-@\[-`{-~]": "delete the \\; this text is plain",
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|<!--": "delete the HTML; this text is plain",
}
_ENTITY = re.compile(r"&(?:#\d+;|#[xX][0-9A-Fa-f]+;|[A-Za-z][A-Za-z0-9]*;)")


def fold(text: str) -> str:
    """The text with each run of white space (YAML's folding included) as one space; nothing if it would show none."""
    return "" if is_blank(text) else " ".join(re.split(r"[ \t\n]+", text.strip(" \t\n")))


def number_in(text: str) -> float | None:
    """The number that a text is, None for anything else: digits with or without a decimal point."""
    return float(text) if re.fullmatch(r"[0-9]{1,6}(?:\.[0-9]{1,6})?", text) else None


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that looks most like it, capitals aside."""
    folded = {name.casefold(): name for name in known}
    return next((folded[near] for near in get_close_matches(word.casefold(), folded, n=1)), None)


def suggest(word: str, known: Iterable[str], what: str) -> str:
    """A help line: the nearest known word, else the known ones; `what` names them in the plural."""
    names = list(known)
    if not names:
        return f"leave it out; there are no {what} to name"
    if near := nearest(word, names):
        return f"did you mean {near!r}?"
    return f"write one of: {_listed(names)}"


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_LIMIT_SHOWN]) + (", ..." if len(names) > _LIMIT_SHOWN else "")


def marks_in(name: str, text: str, place: Place) -> Iterator[Problem]:
    """The first mark of Markdown or HTML in a plain text, as a problem; `name` names the text."""
    for marks, help_ in _MARKS.items():
        if match := re.search(marks, text):
            yield Problem(place, "marks-in-text", f"`{name}` holds {fold(match.group())!r}", help_)
            return
    for entity in _ENTITY.findall(text):
        # "Q&A;" is none.
        if entity[1] == "#" or entity[1:] in html5:
            help_ = "type the character itself; this text is plain"
            yield Problem(place, "marks-in-text", f"`{name}` holds {entity!r}", help_)
            return


class Fields:
    """The fields of one mapping; ask for each, then call `finish` to tell what is missing or unknown.

    `what` names the mapping in problems ("the atlas", "the topic").
    """

    def __init__(self, node: Node | None, place: Place, what: str, problems: list[Problem]) -> None:
        self.what = what
        self.problems = problems
        self.place = node.place if node is not None else place
        self.asked: dict[str, None] = {}
        self.lacking: dict[str, str] = {}
        self.nodes: dict[str, Node] = {}
        self.keys: dict[str, Scalar] = {}
        # Of what is no mapping at all, nothing more can be said.
        self.readable = node is None or isinstance(node, Mapping) or _is_empty(node)
        if isinstance(node, Mapping):
            self.nodes = {key.text: value for key, value in node.entries}
            self.keys = {key.text: key for key, _ in node.entries}
        elif not self.readable:
            self.problem(self.place, "wrong-shape", f"{what} is not a set of fields", "write `name: value` lines")

    def problem(self, place: Place, rule: str, what: str, help_: str) -> None:
        """Records a problem."""
        self.problems.append(Problem(place, rule, what, help_))

    def node(self, name: str) -> Node | None:
        """The node of that field, None if it is absent or empty."""
        self.asked[name] = None
        node = self.nodes.get(name)
        return None if node is None or _is_empty(node) else node

    def place_of(self, name: str) -> Place:
        """Where the field's value stands, or its name if that is empty; the mapping's own place if it is absent."""
        node = self.nodes.get(name)
        if node is None:
            return self.place
        return self.keys[name].place if _is_empty(node) else node.place

    def missing(self, name: str, example: str) -> None:
        """Records that a required field is absent or empty."""
        if name in self.keys:
            self.problem(self.keys[name].place, f"empty-{name}", f"{self.what} has an empty `{name}`", example)
        elif self.readable:
            self.lacking[name] = example

    def text(self, name: str, example: str | None = None, plain: bool = True) -> str | None:
        """A text, white space folded; `example` is the help line that makes the field required.

        A `plain` one holds no Markdown and no HTML.
        """
        node = self.node(name)
        if isinstance(node, Scalar):
            if plain:
                self.check_plain(name, node)
            return fold(node.text)
        if node is not None:
            self.problem(node.place, "wrong-shape", f"`{name}` is not a text", f"write `{name}: ...` as one text")
        elif example is not None:
            self.missing(name, example)
        return None

    def check_plain(self, name: str, node: Scalar) -> None:
        """Refuses Markdown and HTML in a plain text."""
        self.problems.extend(marks_in(name, node.text, node.place))

    def choice(self, name: str, known: Iterable[str], what: str, example: str | None = None) -> str | None:
        """A text that is one of `known`; `what` names the plural in the help line ("kinds").

        Where nothing is known, that is a problem of its own already, and any text will do.
        """
        text = self.text(name, example)
        if text is None:
            return None
        names = list(known)
        if names and text not in names:
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
        self.problem(node.place, "wrong-shape", f"`{name}` is not a list", f"write `{name}: [one, two]`")
        return []

    def mapping(self, name: str, example: str | None = None) -> tuple[tuple[Scalar, Node], ...]:
        """The entries of a field that is itself a mapping; `example` makes it required."""
        node = self.node(name)
        if node is not None and not isinstance(node, Mapping):
            self.problem(node.place, "wrong-shape", f"`{name}` is not a set of fields", "write `name: value` lines")
        elif example is not None and not (node and node.entries):
            self.missing(name, example)
        return node.entries if isinstance(node, Mapping) else ()

    def finish(self) -> None:
        """Tells every field that nobody asked for, and those that are missing unless one of these was meant."""
        for name, key in self.keys.items():
            if name in self.asked:
                continue
            absent = [asked for asked in self.asked if asked not in self.keys]
            near = nearest(name, self.lacking) or nearest(name, absent) or nearest(name, self.asked)
            help_ = f"did you mean {near!r}?" if near else f"delete it; the fields are: {', '.join(self.asked)}"
            self.problem(key.place, "unknown-field", f"{self.what} has the unknown field {name!r}", help_)
            self.lacking.pop(near or "", None)
        for name, example in self.lacking.items():
            self.problem(self.place, f"missing-{name}", f"{self.what} has no `{name}`", example)


def _is_empty(node: Node) -> bool:
    return isinstance(node, Scalar) and not fold(node.text)
