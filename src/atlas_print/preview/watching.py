"""A preview at work: it reads what was saved, has workers make what is older, and serves both meanwhile."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from threading import Event, Thread

from watchfiles import watch

from atlas_print.pipeline.report import problems_text
from atlas_print.pipeline.store.unchanged import inputs_of
from atlas_print.pipeline.workers import Workers, workers
from atlas_print.preview.answers import Answers
from atlas_print.preview.making import AT_ONCE, Drawn, Errand, draw
from atlas_print.preview.server import Server
from atlas_print.preview.session import Session
from atlas_print.preview.topic import count_of
from atlas_print.problems import errors

_FOLDERS = ("content", "layouts", "fonts")
_QUIET = 30
"""Milliseconds without a change after which a save counts as done: editors write in several steps."""
_LONGEST = 200
"""Milliseconds after which it does all the same."""
_LOOK = 1000
"""Milliseconds after which new folders are looked for, and whether the preview is over."""
_PROBE = "4913"
"""What vim makes for a moment, to see whether it may."""


class _NewerError(Exception):
    """What is made is older than the source by now."""


class Preview:
    """A preview of a project on a port of this machine; OSError if that is taken. Port 0 is any free one."""

    def __init__(self, project: Path, port: int, today: date) -> None:
        self._project = project
        self._session = Session(project, today)
        self._server = Server(port, Answers(self._session))
        self._over = Event()
        self._known = ""

    @property
    def address(self) -> str:
        """Where browsers find it."""
        return self._server.address

    def run(self) -> Iterator[str]:
        """Works until `end` is called; says what was read after each save, in a line."""
        with workers(draw, AT_ONCE) as pool, self._server:
            threads = [
                Thread(target=self._server.serve_forever, daemon=True),
                Thread(target=self._make, args=(pool,), daemon=True),
            ]
            self._read()
            for thread in threads:
                thread.start()
            try:
                yield self._said()
                for saved in self._saved():
                    self._read(saved)
                    yield self._said()
            finally:
                self.end()
                self._server.shutdown()
                for thread in threads:
                    thread.join()

    def end(self) -> None:
        """Ends it, whichever thread runs it."""
        self._over.set()
        self._session.end()

    def _read(self, saved: Sequence[str] = ()) -> None:
        self._known = inputs_of(self._project)
        self._session.read(saved)

    def _said(self) -> str:
        """What is wrong with the content, as `check` tells it without its advice."""
        found = errors(list(self._session.problems))
        return problems_text(found) if found else f"Read: {count_of(self._session.problems)}."

    def _saved(self) -> Iterator[list[str]]:
        """After each save the slugs of the topics that were saved."""
        while not self._over.is_set():
            folders = self._folders()
            changes = watch(
                *folders,
                watch_filter=is_content,
                debounce=_LONGEST,
                step=_QUIET,
                stop_event=self._over,
                rust_timeout=_LOOK,
                yield_on_timeout=True,
            )
            is_new = True
            for found in changes:
                # What was saved before it watched is told by nobody.
                if found or (is_new and inputs_of(self._project) != self._known):
                    paths = [Path(path) for _, path in found]
                    yield sorted({path.stem for path in paths if path.suffix == ".md" and path.parent.name == "topics"})
                is_new = False
                if self._folders() != folders:
                    break

    def _folders(self) -> list[Path]:
        return [path for name in _FOLDERS if (path := self._project / name).is_dir()]

    def _make(self, pool: Workers[Errand, Drawn]) -> None:
        session = self._session
        while errands := session.next():
            with suppress(_NewerError):
                for errand, made in pool.run(errands, partial(self._stop_if_old, errands)):
                    session.made(errand, made)

    def _stop_if_old(self, errands: Sequence[Errand], at_work: object) -> None:
        """What is begun is done and left: a worker that is ended has to read all fonts again."""
        del at_work
        if not self._session.is_any_wanted(errands):
            raise _NewerError


def is_content(change: object, path: str) -> bool:
    """Whether a file may be content: hidden files and the copies of editors are no one's."""
    del change
    name = Path(path).name
    return not (name.startswith(".") or name.endswith(("~", ".swp", ".tmp")) or name == _PROBE)
