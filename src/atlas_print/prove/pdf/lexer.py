"""Content streams and CMaps -> operators with their operands (ISO 32000-1, 7.2, 7.3 and 7.8.2)."""

import re
from collections.abc import Iterator
from typing import Any

from atlas_print.prove.reading.limits import UnreadableError

_TOKEN = re.compile(
    rb"""
      (?P<number> [+-]?(?:\d+(?:\.\d*)?|\.\d+) (?=[\x00\t\n\x0c\r ()<>\[\]{}/%]|\Z) )
    | (?P<hex>    <[0-9A-Fa-f\x00\t\n\x0c\r ]*> )
    | (?P<name>   /[^\x00\t\n\x0c\r ()<>\[\]{}/%]* )
    | (?P<mark>   <<|>>|[\[\]] )
    | (?P<string> \( )
    | (?P<word>   [^\x00\t\n\x0c\r ()<>\[\]{}/%]+ )
    | %[^\r\n]* | [{}<>)]
    """,
    re.VERBOSE,
)
_ESCAPE = re.compile(rb"\\([0-7]{1,3}|\r\n|.)", re.DOTALL)
_ESCAPED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f", b"\n": b"", b"\r": b"", b"\r\n": b""}
_PAREN = re.compile(rb"\\.|[()]", re.DOTALL)
_HEX_IN_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_IMAGE_END = re.compile(rb"[\x00\t\n\x0c\r ]EI(?=[\x00\t\n\x0c\r ]|\Z)")
_MOST_OPERANDS = 100_000
"""Numbers and strings before one operator: a line of text has a few hundred."""
_CONSTANTS = {b"true": True, b"false": False, b"null": None}

MALFORMED: tuple[bytes, list[Any]] = (b"", [])
"""Stands for what is neither an operator nor an operand of one."""


class Name(str):
    """A PDF name, with its slash."""

    __slots__ = ()


def operations(data: bytes) -> Iterator[tuple[bytes, list[Any]]]:
    """Each operator with the operands before it: numbers, names, strings as bytes, lists and dictionaries.

    What is malformed is passed over, as viewers do, with MALFORMED in its place. The data of an inline image is
    skipped. Raises UnreadableError for more operands than any file has.
    """
    operands: list[Any] = []
    open_lists: list[list[Any]] = []
    at = tokens = 0
    image_end = _IMAGE_END.search(data)
    while found := _TOKEN.search(data, at):
        at = found.end()
        tokens += 1
        if tokens > _MOST_OPERANDS:
            raise UnreadableError(f"it has a drawing operator with more than {_MOST_OPERANDS:,} operands")
        kind = found.lastgroup
        if kind == "number":
            operands.append(float(found[0]))
        elif kind == "hex":
            operands.append(_from_hex(found[0]))
        elif kind == "name":
            operands.append(_name(found[0]))
        elif kind == "string":
            end = _string_end(data, at)
            if end == len(data):
                yield MALFORMED
            operands.append(_unescaped(data[at:end]))
            at = end + 1
        elif kind == "mark":
            if found[0] in (b"[", b"<<"):
                open_lists.append(operands)
                operands = []
            elif open_lists:
                inner, operands = operands, open_lists.pop()
                operands.append(inner if found[0] == b"]" else _dictionary(inner))
            else:
                yield MALFORMED
        elif kind == "word":
            if found[0] in _CONSTANTS:
                operands.append(_CONSTANTS[found[0]])
                continue
            if found[0] == b"ID" and image_end is not None:
                # Once there is no end behind, none is looked for again.
                if image_end.start() < at:
                    image_end = _IMAGE_END.search(data, at)
                at = at if image_end is None else image_end.end()
            if open_lists:
                yield MALFORMED
            yield found[0], operands
            operands, open_lists, tokens = [], [], 0
        elif not found[0].startswith(b"%"):
            yield MALFORMED
    if operands or open_lists:
        yield MALFORMED


def _dictionary(items: list[Any]) -> dict[str, Any]:
    return {str(key): value for key, value in zip(items[::2], items[1::2], strict=False)}


def _name(token: bytes) -> Name:
    return Name(_HEX_IN_NAME.sub(lambda found: bytes([int(found[1], 16)]), token).decode("utf-8", "replace"))


def _from_hex(token: bytes) -> bytes:
    digits = b"".join(token[1:-1].replace(b"\0", b"").split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii"))


def _string_end(data: bytes, start: int) -> int:
    """Where the bracket closes that was opened right before `start`."""
    depth = 1
    for found in _PAREN.finditer(data, start):
        depth += {b"(": 1, b")": -1}.get(found[0], 0)
        if depth == 0:
            return found.start()
    return len(data)


def _unescaped(text: bytes) -> bytes:
    def one(found: re.Match[bytes]) -> bytes:
        what = found[1]
        if what.isdigit() and what[0] < 0x38:
            return bytes([int(what, 8) & 0xFF])
        return _ESCAPED.get(what, what)

    return _ESCAPE.sub(one, text)
