"""What stands above or below its line: how a voice tells it, and what its structure element says of it."""

from collections.abc import Mapping
from typing import Any

from atlas_print.inlines import lowered, raised

SHIFTS = {"sup": 4, "sub": -4}
"""How far a text of usual size is moved, in pt."""
_WITHIN_LINES = frozenset("a span strong em s sub sup code".split())


def told(text: str, element: Any, parents: Mapping[Any, Any]) -> str:
    """The text of an element for a voice: a 3 that stands higher behind 10 is ³, since 103 is another number.

    `parents` has the element around each other one.
    """
    if element.tag not in SHIFTS or not _before(element, parents).isdigit():
        return text
    return raised(text) if element.tag == "sup" else lowered(text)


def words(element: Any, parents: Mapping[Any, Any]) -> str:
    """All of the text of an element for a voice."""
    inner = ((words(child, parents), told(child.tail or "", element, parents)) for child in element)
    return told(element.text or "", element, parents) + "".join(map("".join, inner))


def _before(element: Any, parents: Mapping[Any, Any]) -> str:
    """The character of the text before an element, "" at the start of its block."""
    parent = parents[element]
    index = list(parent).index(element)
    before = parent[index - 1] if index else None
    text = (parent.text or "") if before is None else "".join(before.itertext()) + (before.tail or "")
    if not text and before is None and parent.tag in _WITHIN_LINES:
        return _before(parent, parents)
    return str(text[-1:])


def shift(tag: str, *, pdf2: bool) -> dict[str, Any]:
    """The Layout attribute of a sub- or superscript: PDF 1.7 only knows by how far a text is moved (14.8.5.4.5)."""
    return {"TextPosition": f"/{tag.title()}"} if pdf2 else {"BaselineShift": SHIFTS[tag]}
