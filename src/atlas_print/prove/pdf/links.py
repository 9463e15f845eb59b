"""Where links lie on their pages (ISO 32000-1, 12.5): one that no hand can find leads nobody anywhere."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from atlas_print.prove.pdf.notes import box_of, is_hidden
from atlas_print.prove.pdf.objects import as_list, entry
from atlas_print.prove.pdf.runs import Run, moved
from atlas_print.prove.pdf.views import View
from atlas_print.prove.reading.limits import Part, spend

Link: TypeAlias = tuple[Mapping[str, Any], int | None]
"""An annotation, and its object number."""
Box: TypeAlias = tuple[int, tuple[float, float, float, float]]
"""A page, counted from 0, and a rectangle on it in pt."""
_SLACK = 1.5
"""em around its words that a link may take up: fingers need room."""


class Places:
    """On which page each annotation lies, by its object number."""

    def __init__(self, pages: Sequence[Mapping[str, Any]], views: Sequence[View]) -> None:
        self._views = views
        self._pages: dict[int, int] = {}
        for index, page in enumerate(pages):
            for item in as_list(entry(page, "/Annots")):
                number = getattr(item, "idnum", None)
                if number is not None:
                    self._pages.setdefault(number, index)

    def lie_over(self, links: Sequence[Link], runs: Sequence[Run]) -> bool:
        """Whether links lie on their pages over all of these runs; over nothing they may lie anywhere on a page."""
        boxes = list(self._boxes(links))
        spend(Part.STEPS, len(boxes) * len(runs))
        words = [run for run in runs if run.text.strip()]
        return bool(boxes) and all(any(_meet(run, *box) for box in boxes) for run in words)

    def larger(self, links: Sequence[Link], runs: Sequence[Run]) -> Iterator[int]:
        """The pages, from 0, on which a link takes up more than its words and the room of a line around them."""
        # Of glyphs that are told as one text, the first has all of it.
        for page, box in self._boxes(links):
            own = [run for run in runs if _meet(run, page, box)]
            if own and _is_larger(box, own):
                yield page

    def _boxes(self, links: Sequence[Link]) -> Iterator[Box]:
        """Where links lie that can be seen."""
        for annotation, number in links:
            page = None if number is None else self._pages.get(number)
            if page is not None and not is_hidden(annotation):
                left, bottom, right, top = box_of(entry(annotation, "/Rect"))
                corners = [moved(self._views[page].matrix, x, y) for x in (left, right) for y in (bottom, top)]
                across, up = zip(*corners, strict=True)
                yield page, (min(across), min(up), max(across), max(up))


def _is_larger(box: tuple[float, float, float, float], words: Sequence[Run]) -> bool:
    left, bottom, right, top = box
    slack = _SLACK * max(run.size for run in words)
    return (
        left < min(run.box[0] for run in words) - slack
        or bottom < min(run.box[1] for run in words) - slack
        or right > max(run.box[2] for run in words) + slack
        or top > max(run.box[3] for run in words) + slack
    )


def _meet(run: Run, page: int, box: tuple[float, float, float, float]) -> bool:
    left, bottom, right, top = box
    other_left, other_bottom, other_right, other_top = run.box
    across = left < other_right and other_left < right
    return run.page == page and across and bottom < other_top and other_bottom < top
