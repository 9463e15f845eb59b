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
    """A PDF's statements: its titles, its outline, the labels of its pages (none where they have none).

    `lacks` is, in words, what it should say of its tags and doesn't.
    """

    titles: tuple[str, ...]
    outline: tuple[Bookmark, ...]
    labels: tuple[str, ...]
    lacks: tuple[str, ...]
