"""What a file with pages says of itself, apart from its text."""

from dataclasses import dataclass

from atlas_print.prove.reading.elements import Element


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: its words, and the element that it leads to (None if it leads nowhere)."""

    title: str
    target: Element | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF's statements: its titles, its outline, the labels of its pages; and what it says of its tags.

    `is_marked` is whether the tags are said to be complete, `is_mapped` whether each page's content leads to them
    (ParentTree), `claims` the parts of PDF/UA that it claims. `labels` is empty where pages have no labels.
    """

    titles: tuple[str, ...]
    shows_title: bool
    is_marked: bool
    is_mapped: bool
    claims: frozenset[str]
    outline: tuple[Bookmark, ...]
    labels: tuple[str, ...]
