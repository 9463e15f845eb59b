"""What of a page a reader sees, how it is turned and how large it is (ISO 32000-1, 14.11.2 and table 30)."""

from dataclasses import dataclass
from typing import Any

from atlas_print.prove.pdf.areas import Area
from atlas_print.prove.pdf.objects import entry
from atlas_print.prove.pdf.runs import Matrix, moved, times

_TURNS: dict[int, Matrix] = {
    0: (1, 0, 0, 1, 0, 0),
    90: (0, -1, 1, 0, 0, 0),
    180: (-1, 0, 0, -1, 0, 0),
    270: (0, 1, -1, 0, 0, 0),
}
"""By `/Rotate`: clockwise, as the page is shown."""


@dataclass(frozen=True, slots=True)
class View:
    """A page as it is shown: its width and height in pt, and what takes its own coordinates there."""

    width: float
    height: float
    matrix: Matrix

    @property
    def area(self) -> Area:
        """All of it."""
        return Area((0, 0, self.width, self.height))

    def point(self, left: float | None, top: float | None) -> tuple[float | None, float | None]:
        """Where a point of the page is shown, of which either coordinate may be open."""
        x, y = moved(self.matrix, left or 0.0, top or 0.0)
        is_upright = self.matrix[1] == 0
        across, up = (left, top) if is_upright else (top, left)
        return None if across is None else x, None if up is None else y


def view(page: Any) -> View:
    """The view of a page: what its crop box shows of its sheet, turned, in units of its own."""
    sheet, crop = page.mediabox, page.cropbox
    left, bottom = max(float(sheet.left), float(crop.left)), max(float(sheet.bottom), float(crop.bottom))
    right, top = min(float(sheet.right), float(crop.right)), min(float(sheet.top), float(crop.top))
    unit = entry(page, "/UserUnit")
    scale = float(unit) if isinstance(unit, int | float) and unit > 0 else 1.0
    matrix = times((scale, 0, 0, scale, -scale * left, -scale * bottom), _TURNS.get(page.rotation % 360, _TURNS[0]))
    corners = [moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    x, y = min(x for x, _ in corners), min(y for _, y in corners)
    width, height = max(x for x, _ in corners) - x, max(y for _, y in corners) - y
    return View(width, height, times(matrix, (1, 0, 0, 1, -x, -y)))
