"""What every export takes and gives."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from atlas_print.atlas import Atlas, Export, Topic
from atlas_print.compose.layout import Composer
from atlas_print.compose.passages import Paged, Passage
from atlas_print.typefaces import Family


class ExportError(Exception):
    """Why an export can't be made, and what the author can change; `what` and `help` as in a problem."""

    def __init__(self, what: str, help_: str) -> None:
        super().__init__(what)
        self.what = what
        self.help = help_


@dataclass(frozen=True)
class Job:
    """All that an export may use: the atlas, its layouts, its settings and the fonts in their order.

    `paged` has the paged edition of each topic, whose pages a book names; empty where there is none. `pages` are those
    of the anchors in an earlier large print of the topic, if one is known: where they still hold, one layout is enough.
    """

    atlas: Atlas
    composer: Composer
    export: Export
    stack: tuple[Family, ...]
    paged: Mapping[str, Paged] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished export: its bytes, its number of pages (None where a reader's settings decide), a note.

    `passages` has the text of each page, for a book that names the pages.
    """

    data: bytes
    pages: int | None = None
    note: str | None = None
    passages: tuple[Passage, ...] = ()


RenderTopic: TypeAlias = Callable[[Job, Topic], Made]
RenderBook: TypeAlias = Callable[[Job], Made]
