"""Where links lie on their pages (ISO 32000-1, 12.5): one that no hand can find leads nobody anywhere."""

from collections.abc import Mapping, Sequence
from typing import Any

from atlas_print.prove.readers.pdf_notes import box_of, is_hidden
from atlas_print.prove.readers.pdf_objects import as_list, entry
from atlas_print.prove.readers.pdf_runs import Run


class Places:
    """On which page each annotation lies, by its object number."""

    def __init__(self, pages: Sequence[Mapping[str, Any]]) -> None:
        self._pages: dict[int, int] = {}
        for index, page in enumerate(pages):
            for item in as_list(entry(page, "/Annots")):
                number = getattr(item, "idnum", None)
                if number is not None:
                    self._pages.setdefault(number, index)

    def is_over(self, annotation: Mapping[str, Any], number: int | None, runs: Sequence[Run]) -> bool:
        """Whether a link lies on its page over some of these runs; over nothing it may lie anywhere on its page."""
        page = None if number is None else self._pages.get(number)
        if page is None or is_hidden(annotation):
            return False
        left, bottom, right, top = box_of(entry(annotation, "/Rect"))
        boxes = [run.box for run in runs if run.page == page and run.text.strip()]
        return not runs or any(left < box[2] and box[0] < right and bottom < box[3] and box[1] < top for box in boxes)
