"""JSON -> nodes with their places, which json.loads doesn't keep."""

import json
import re
from json.decoder import scanstring  # type: ignore[attr-defined]  # CPython has it; typeshed doesn't list it

from atlas_print.problems import Place, Problem
from atlas_print.read.source import Source
from atlas_print.read.values.nodes import DEPTH, Mapping, Node, Scalar, Sequence, TooDeepError, new_mapping, new_scalar

_SPACE = re.compile(r"[ \t\n\r]*")
_ATOM = re.compile(r"[^\s,\]}]+")
# What Python says -> what an author can see, and what to write instead.
_LAST_COMMA = ("a comma behind the last entry", "delete it")
_CLEARER = {
    "Illegal trailing comma before end of object": _LAST_COMMA,
    "Illegal trailing comma before end of array": _LAST_COMMA,
    "Expecting property name enclosed in double quotes": ("a name in double quotes is missing", 'write "name": value'),
    "Expecting ':' delimiter": ("a colon is missing", 'write "name": value'),
    "Expecting ',' delimiter": ("a comma is missing", "write one between two entries"),
    "Expecting value": ("a value is missing", "write a text in double quotes, a number, a list or a record"),
    "Extra data": ("text stands behind the end of the list", "delete it, or move it into the list"),
    "Unterminated string starting at": ("a text whose quotes are not closed", "close them where the text ends"),
    "Invalid control character at": ("a line break or tab inside a text", "write the text in one line"),
    "Invalid \\escape": ("an unknown escape behind \\", "write \\\\ for a backslash"),
    "Invalid \\uXXXX escape": ("an unknown escape behind \\", "write \\\\ for a backslash"),
}
_CHECK = (
    "the JSON can't be read",
    "check commas, quotes and brackets just before this place, or export the file again",
)


def parse_json(source: Source, problems: list[Problem]) -> Node | None:
    """The JSON value in the file; problems: bad JSON, duplicate keys. None if nothing can be read."""
    try:
        # Numbers stay text: the reader below takes them from the file, and a giant one is no number at all.
        json.loads(source.text, parse_int=str, parse_float=str, parse_constant=str)
        return _Reader(source, problems).read()
    except json.JSONDecodeError as error:
        problems.append(_bad_json(source, error))
    except TooDeepError as error:
        problems.append(error.problem("bad-json"))
    except RecursionError:
        problems.append(TooDeepError(source.place(1, 1)).problem("bad-json"))
    return None


def _bad_json(source: Source, error: json.JSONDecodeError) -> Problem:
    what, help_ = _CLEARER.get(error.msg, _CHECK)
    before = source.text[: error.pos].rstrip()
    offset = error.pos
    if not source.text.strip():
        what, help_ = "the file is empty", "export the bibliography again, or write []"
    elif before.endswith(",") and source.text.startswith(("}", "]"), error.pos):
        # Python 3.13 has a message of its own for this, and points at the comma.
        offset, (what, help_) = len(before) - 1, _LAST_COMMA
    elif error.msg.startswith("Expecting ','"):
        # It is missing at the end of what stands before.
        offset = len(before)
    return Problem(source.place_of(offset), "bad-json", what, help_)


class _Reader:
    """Walks JSON that json.loads accepted."""

    def __init__(self, source: Source, problems: list[Problem]) -> None:
        self.source = source
        self.text = source.text
        self.problems = problems
        self.line_starts = [0]
        for line in source.lines:
            self.line_starts.append(self.line_starts[-1] + len(line) + 1)
        self.line = 1

    def read(self) -> Node:
        return self._value(self._skip(0), 0)[0]

    def _skip(self, offset: int) -> int:
        match = _SPACE.match(self.text, offset)
        return match.end() if match else offset

    def _place(self, offset: int) -> Place:
        # Offsets only grow while walking, so the line is found by walking with them.
        while self.line < len(self.line_starts) - 1 and self.line_starts[self.line] <= offset:
            self.line += 1
        return self.source.place(self.line, offset - self.line_starts[self.line - 1] + 1)

    def _value(self, offset: int, depth: int) -> tuple[Node, int]:
        place = self._place(offset)
        if depth > DEPTH:
            raise TooDeepError(place)
        match self.text[offset]:
            case "{":
                return self._object(offset, place, depth)
            case "[":
                items = []
                offset = self._skip(offset + 1)
                while self.text[offset] != "]":
                    item, offset = self._value(offset, depth + 1)
                    items.append(item)
                    offset = self._next(offset)
                return Sequence(tuple(items), place), offset + 1
            case '"':
                text, end = scanstring(self.text, offset + 1)
                return new_scalar(text, place, text, self.problems), end
            case _:
                return self._atom(offset, place)

    def _atom(self, offset: int, place: Place) -> tuple[Scalar, int]:
        match = _ATOM.match(self.text, offset)
        assert match is not None
        text = match.group()
        if text in ("NaN", "Infinity", "-Infinity"):
            what = f"{text} is not a value of JSON"
            self.problems.append(Problem(place, "bad-json", what, "write a number or a text in quotes"))
        # A whole number is a number; one with a point stays as it was written, so that 1.10 is not 1.1.
        is_whole = re.fullmatch(r"-?\d{1,18}", text)
        value = {"true": True, "false": False, "null": None}.get(text, int(text) if is_whole else text)
        return Scalar(text, place, value), match.end()

    def _object(self, offset: int, place: Place, depth: int) -> tuple[Mapping, int]:
        entries = []
        offset = self._skip(offset + 1)
        while self.text[offset] != "}":
            key_place = self._place(offset)
            key, offset = scanstring(self.text, offset + 1)
            offset = self._skip(self._skip(offset) + 1)
            value, offset = self._value(offset, depth + 1)
            entries.append((new_scalar(key, key_place, key, self.problems), value))
            offset = self._next(offset)
        return new_mapping(entries, place, self.problems), offset + 1

    def _next(self, offset: int) -> int:
        """Past white space and one comma."""
        offset = self._skip(offset)
        return self._skip(offset + 1) if self.text[offset] == "," else offset
