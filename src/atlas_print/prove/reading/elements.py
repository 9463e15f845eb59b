"""The elements that a file tells its text in, whatever its format."""

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
