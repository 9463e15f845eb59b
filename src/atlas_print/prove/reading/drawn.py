"""What stands on the pages of a file, as it is drawn, and what the file says of itself."""

from dataclasses import dataclass
from enum import StrEnum

from atlas_print.prove.reading.reading import Element, Role


@dataclass(frozen=True, slots=True)
class Room:
    """How far glyphs stay clear of each edge of their sheet, in pt; negative beyond it."""

    left: float
    right: float
    top: float
    bottom: float


class Stance(StrEnum):
    """How letters stand on a page."""

    UPRIGHT = "upright"
    TURNED = "turned"
    MIRRORED = "mirrored"


@dataclass(frozen=True, slots=True)
class Shown:
    """Text as it is drawn on a page, running headers and labels of drawings included.

    `page` counts from 1, `size` is in pt after every scaling, `y` is the baseline above the foot of the sheet;
    `is_slanted` is whether it is italic or oblique, `stance` how its letters stand. `element` holds it, None for what
    no voice reads out: of that it has the ActualText, if there is one, and nothing where its letters can't be told.
    """

    page: int
    text: str
    size: float
    y: float
    room: Room
    is_slanted: bool
    element: Element | None = None
    stance: Stance = Stance.UPRIGHT

    @property
    def is_label(self) -> bool:
        """Whether it stands in a drawing."""
        held = self.element
        return held is not None and any(it.role is Role.FIGURE for it in (held, *held.ancestors()))

    @property
    def nearest(self) -> float:
        """How far it stays clear of the edge that is nearest, in pt."""
        return min(self.room.left, self.room.right, self.room.top, self.room.bottom)

    @property
    def is_on_page(self) -> bool:
        """Whether the sheet holds all of it."""
        return self.nearest >= 0


@dataclass(frozen=True, slots=True)
class Line:
    """The text of one block on one baseline, as it is drawn; what no element holds has none.

    `block` is the smallest element around it that is more than a stretch within a line. `page` counts from 1, `x` and
    `end_x` are where it starts and ends from the left of the sheet (turned, it ends where it starts), `y` is the
    baseline above its foot, the `smallest` and `largest` sizes are in pt after every scaling. `is_straight` is whether
    no part of it stands left of the one before, as far as it runs from left to right.
    """

    block: Element
    page: int
    text: str
    x: float
    end_x: float
    y: float
    smallest: float
    largest: float
    is_straight: bool

    @property
    def place(self) -> str:
        """Where it stands, for a person: its block may have started on another page."""
        return f"page {self.page}, {self.block.place.split()[-1]}"


@dataclass(frozen=True, slots=True)
class Replaced:
    """Text that is read aloud where something else is `shown` for certain; `place` is for a person."""

    place: str
    told: str
    shown: str


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: its words, and the element that it leads to (None if it leads nowhere)."""

    title: str
    target: Element | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF's statements: its titles, its outline, the labels of its pages (none where they have none).

    `lacks` is, in words, what it should say of its tags and doesn't.
    """

    titles: tuple[str, ...]
    outline: tuple[Bookmark, ...]
    labels: tuple[str, ...]
    lacks: tuple[str, ...]
