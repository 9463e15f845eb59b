"""What was read of a project, for whoever reads it again: it holds while nothing changes but the text of topics."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas, Topic
from atlas_print.problems import Problem
from atlas_print.read.figures import Figures
from atlas_print.read.references.bibliography import Bibliography
from atlas_print.read.source import LIMIT_DATA, Source, read_bytes
from atlas_print.read.topic import TopicReader
from atlas_print.typefaces import Family

_READ_WHOLE = ("atlas.yaml", "references.*")
"""Files that all topics share."""
_SEEN = ("figures", "../fonts")
"""Folders of which it counts what is in them, and since when."""


@dataclass(frozen=True)
class Shared:
    """What all topics share, with the problems in it."""

    atlas: Atlas
    source: Source
    bibliography: Bibliography
    figures: Figures
    stack: tuple[Family, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Read:
    """A topic as it was read, with the problems and advice in it, the sum of its file, and its reader."""

    sum: str
    topic: Topic | None
    reader: TopicReader
    figures: Figures
    problems: tuple[Problem, ...]


@dataclass
class Known:
    """What is known of a project; `sum` is that of all that topics share, "" for nothing known."""

    sum: str = ""
    shared: Shared | None = None
    topics: dict[str, Read] = field(default_factory=dict)


def sum_of(content: Path, topics: Sequence[Path], today: date) -> str:
    """The sum of all that topics share: where it is the same, a topic reads the same as before."""
    whole = hashlib.sha256(today.isoformat().encode())
    for part in (*_files(content), *_states(content), *(path.name.encode() for path in topics)):
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def _files(content: Path) -> Iterator[bytes]:
    for pattern in _READ_WHOLE:
        for path in sorted(content.glob(pattern)):
            yield path.name.encode()
            yield read_bytes(path, path.name, [], LIMIT_DATA) or b""


def _states(content: Path) -> Iterator[bytes]:
    for name in _SEEN:
        folder = content / name
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            try:
                about = path.stat()
            except OSError:
                # A link that leads nowhere.
                continue
            yield f"{path.relative_to(folder)} {about.st_size} {about.st_mtime_ns} {about.st_ino}".encode()
