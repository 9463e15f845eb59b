"""The elements that a file tells its text in, what stands on its pages as it is drawn, what it says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What an element is, in words that tagged PDF and HTML share."""

    GROUP = "group"  # a part, section, article or anything else that only holds others
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    ITEM = "list item"
    LABEL = "label"  # an item's number, bullet or term, set apart from its body
    TERM = "term"
    DEFINITION = "definition"
    QUOTE = "quote"
    TABLE = "table"
    ROW = "row"
    HEADER_CELL = "header cell"
    CELL = "cell"
    FIGURE = "figure"
    CAPTION = "caption"
    LINK = "link"
    INLINE = "inline"
    PAGE_BREAK = "page break"  # a marker in a book without pages: here a page of its paged edition begins


RUNNING = frozenset((Role.LINK, Role.INLINE, Role.PAGE_BREAK))
"""Roles within a line of text: their ends are not ends of words."""


@dataclass(eq=False, slots=True)
class Element:
    """An element; `start` and `end` are positions in the reading's `flat` text.

    `place` names it for a person; `page` counts from 1, None where a file has no pages; `level` is that of a
    heading; `number` is what counts a list item where its text does not; `alt` what stands for an image or names a
    page break. A link has its `address` as written and, if that leads to a place in the same file, the element there
    as its `target`.
    """

    role: Role
    place: str
    start: int
    end: int
    page: int | None = None
    level: int = 0
    number: str = ""
    alt: str = ""
    address: str = ""
    target: "Element | None" = field(default=None, repr=False)
    parent: "Element | None" = field(default=None, repr=False)

    def holds(self, start: int, end: int) -> bool:
        """Whether the element's text covers that stretch."""
        return self.start <= start and end <= self.end

    def ancestors(self) -> "Iterator[Element]":
        """The elements around this one, the nearest first."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    @property
    def outermost(self) -> "Element":
        """The element around it that nothing is around; in a book that is the body of its file."""
        return [self, *self.ancestors()][-1]


# --- what is drawn ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Room:
    """How far glyphs stay clear of each edge of their sheet, in pt; negative beyond it."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Shown:
    """Text as it is drawn on a page, running headers and labels of drawings included.

    `page` counts from 1, `size` is in pt after every scaling, `y` is the baseline above the foot of the sheet;
    `is_slanted` is whether it is italic or oblique, `is_upright` whether its letters stand, neither turned nor
    mirrored. `element` holds it, None for what no voice reads out: of that it has the ActualText, if there is one, and
    nothing where its letters can't be told.
    """

    page: int
    text: str
    size: float
    y: float
    room: Room
    is_slanted: bool
    element: Element | None = None
    is_upright: bool = True

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
