"""What earlier commands learnt, kept in `.atlas-print/` of a project: to delete it costs time and nothing else.

Nothing in it is proof of anything: sums are held against the manifest, and what was read of a large print, or the topic
that a book was made of, counts for the file with that sum alone.
"""

import hashlib
import io
import json
import os
import pickle
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from atlas_print.pipeline.store.manifest import sha256_of

FOLDER = ".atlas-print"
_READ = "read"
_FIELDS = 4
"""Sum and state."""
_TYPES = frozenset(
    f"{module}.{name}"
    for module, names in {
        "builtins": ("frozenset",),
        "datetime": ("date",),
        "atlas_print.compose.passages": ("Passage",),
        "atlas_print.prove.promises.book.pages": ("Edition", "RunningText"),
        "atlas_print.prove.reading.reading": ("Reading",),
    }.items()
    for name in names
)
"""What is read of a large print."""
_OF_TOPICS = frozenset(f"atlas_print.{name}" for name in ("atlas", "sections", "blocks", "inlines"))
"""The modules whose types make up a topic."""


class Memory:
    """What is known of an output folder of a project. What can't be read is as if it were not there."""

    def __init__(self, project: Path, output: Path) -> None:
        self._output = output
        self._root = project / FOLDER
        self._folder = self._root / hashlib.sha256(str(output.resolve()).encode()).hexdigest()[:16]
        self._file = self._folder / "seen.json"
        known = _json(self._file)
        self._seen: dict[str, list[Any]] = known.get("seen", {})
        self._whole: str = known.get("whole", "")
        self._said: list[str] = known.get("said", [])

    def sum_of(self, path: str) -> str:
        """The SHA-256 of a file of the folder, "" if there is none; one that is as it was last seen is not read."""
        found = _state(self._output / path)
        if not found:
            return ""
        if self._seen.get(path, [])[1:] != found:
            self._seen[path] = [sha256_of(self._output / path), *found]
        return str(self._seen[path][0])

    def is_whole(self, inputs: str) -> bool:
        """Whether the last build made all that can be made of inputs with that sum, and nothing of it failed."""
        return self._whole == inputs

    @property
    def said(self) -> list[str]:
        """What that build had to say besides."""
        return self._said

    def keep(self, paths: Iterable[str], whole: str = "", said: Iterable[str] = ()) -> None:
        """Writes down how these files are now; `whole` as in `is_whole`, "" if anything failed or was left out."""
        paths = list(paths)
        for path in paths:
            self.sum_of(path)
        seen = {path: self._seen[path] for path in paths if path in self._seen}
        self._write(self._file, json.dumps({"seen": seen, "whole": whole, "said": list(said)}).encode())

    def read_of(self, sha256: str) -> Any:
        """What was kept of the file with that sum; None for nothing."""
        try:
            return _Reader(io.BytesIO((self._folder / _READ / sha256).read_bytes())).load()
        except Exception:  # noqa: BLE001  # whatever stands there, it is made again
            return None

    def keep_read(self, found: Mapping[str, Any], wanted: Collection[str]) -> None:
        """Keeps what was read of files, by their sums; what is not of the `wanted` sums goes."""
        for sha256, value in found.items():
            if sha256 in wanted and not (self._folder / _READ / sha256).exists():
                self._write(self._folder / _READ / sha256, pickle.dumps(value))
        with suppress(OSError):
            for file in (self._folder / _READ).iterdir():
                if file.name not in wanted:
                    file.unlink()

    def _write(self, file: Path, data: bytes) -> None:
        # Where a project may not be written to, nothing is remembered.
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            (self._root / ".gitignore").write_text("*\n", "utf-8")
            part = file.with_name(f"{file.name}.{os.getpid()}")
            part.write_bytes(data)
            part.replace(file)


class _Reader(pickle.Unpickler):
    """Reads those types alone: a project from elsewhere may bring such a folder, and must run nothing by it."""

    def find_class(self, module: str, name: str) -> Any:
        found = super().find_class(module, name) if module in _OF_TOPICS or f"{module}.{name}" in _TYPES else None
        # A module holds functions too, and what it imports.
        if not isinstance(found, type) or found.__module__ != module:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return found


def _state(file: Path) -> list[int]:
    """Size in bytes, time of the last change in ns, and inode; empty for what is no file."""
    try:
        about = file.stat()
    except OSError:
        return []
    return [about.st_size, about.st_mtime_ns, about.st_ino]


def _json(file: Path) -> dict[str, Any]:
    try:
        known = json.loads(file.read_text("utf-8"))
        is_known = all(isinstance(it, list) and len(it) == _FIELDS for it in known["seen"].values())
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
    return known if is_known else {}
