"""The text of a laid-out document by pages and anchors, in reading order: no headers, footers or generated marks.

No contents either: a book has its own, and a page that begins among them begins at the words behind them.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from atlas_print.compose.passages import Passage


def flow(document: Any) -> tuple[Passage, ...]:
    """The passages of a weasyprint.Document; an image counts with its alternative text."""
    return tuple(
        Passage(page, anchor, "".join(text for _, _, text in pieces))
        for (page, anchor), pieces in groupby(_pieces(document), key=lambda piece: piece[:2])
    )


def _pieces(document: Any) -> Iterator[tuple[int, str, str]]:
    anchor = ""
    # Boxes on later lines and pages repeat the anchor of their element.
    seen: set[str] = set()
    headers: dict[Any, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for box in _walk(page._page_box, headers, number):
            name = box.element.get("id") if box.element is not None else None
            if name and name not in seen:
                seen.add(name)
                anchor = name
            yield number, anchor, _text(box)


def _walk(box: Any, headers: dict[Any, int], page: int) -> Iterator[Any]:
    if isinstance(box, AbsolutePlaceholder):
        box = box._box
    if isinstance(box, boxes.MarginBox) or "::" in (box.element_tag or ""):
        return
    if box.element is not None and box.element.get("role") == "doc-toc":
        return
    # The header row of a table is repeated where its page turns.
    if box.element_tag == "thead" and headers.setdefault(box.element, page) != page:
        return
    yield box
    for child in getattr(box, "children", ()):
        yield from _walk(child, headers, page)


def _text(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    if isinstance(box, boxes.ReplacedBox) and box.element is not None:
        return str(box.element.get("alt", ""))
    return ""
