"""What every export takes and gives."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from atlas_print.atlas import Atlas, Export, Topic
from atlas_print.compose.layout import Composer
from atlas_print.typefaces import Family


class ExportError(Exception):
    """Why an export can't be made, and what the author can change; `what` and `help` as in a problem."""

    def __init__(self, what: str, help_: str) -> None:
        super().__init__(what)
        self.what = what
        self.help = help_


@dataclass(frozen=True)
class Job:
    """All that an export may use: the atlas, its layouts, its settings and the fonts in their order."""

    atlas: Atlas
    composer: Composer
    export: Export
    stack: tuple[Family, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A finished export: its bytes, its number of pages (None where a reader's settings decide), a note."""

    data: bytes
    pages: int | None = None
    note: str | None = None


RenderTopic: TypeAlias = Callable[[Job, Topic], Made]
RenderBook: TypeAlias = Callable[[Job], Made]
