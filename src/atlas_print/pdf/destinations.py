"""Places that links lead to, moved to the words that are meant where these stand at the other end of a line."""

from typing import Any

from weasyprint.formatting_structure import boxes


def move_to_words(document: Any) -> None:
    """Move the destinations in a laid-out document (weasyprint.Document) whose text runs from right to left.

    WeasyPrint leads to the left edge of a block, where a short line that starts at the right has no words: whoever
    reads enlarged would be shown the empty half of it.
    """
    for page in document.pages:
        moved: dict[tuple[float, float], tuple[float, float]] = {}
        for box in page._page_box.descendants():
            name = box.style["anchor"]
            if name in page.anchors and box.style["direction"] == "rtl" and isinstance(box, boxes.BlockLevelBox):
                left, top, *rest = page.anchors[name]
                words = _first_words(box)
                if words is not None and left < words:
                    page.anchors[name] = (words, top, *rest)
                    moved[left, top] = (words, top)
        page.bookmarks[:] = [(level, label, moved.get(at, at), state) for level, label, at, state in page.bookmarks]


def _first_words(box: Any) -> float | None:
    """The left edge in CSS px of the first line of a block."""
    lines = (it for it in box.descendants() if isinstance(it, boxes.LineBox))
    found = next((it for line in lines for it in [line.children] if it), ())
    return min((child.position_x for child in found), default=None)
