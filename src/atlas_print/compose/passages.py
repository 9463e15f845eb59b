"""Laid-out text in reading order, so that a book without pages can say where the pages of another begin."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Passage:
    """Text that stands on one page, which counts from 1, behind one anchor ("" before the first)."""

    page: int
    anchor: str
    text: str


@dataclass(frozen=True, slots=True)
class Paged:
    """A paged export: the name of its file, and its text by pages and anchors in reading order."""

    name: str
    passages: tuple[Passage, ...]


def pages_of(passages: Iterable[Passage]) -> dict[str, int]:
    """The page of each anchor of a text; those of its contents are not among them."""
    pages: dict[str, int] = {}
    for passage in passages:
        if passage.anchor:
            pages.setdefault(passage.anchor, passage.page)
    return pages
