"""What a preview knows: the content as it was read last, and the topics that somebody looks at."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from threading import Condition

from atlas_print.atlas import Atlas, Topic
from atlas_print.pipeline.checking import Checked, checked
from atlas_print.pipeline.workers import Died
from atlas_print.preview.making import Drawn, Errand
from atlas_print.preview.watched import Watched, renewed
from atlas_print.problems import Place, Problem

_MOST = 8
"""Topics that are kept up to date: those that were looked at or saved last."""


class Session:
    """A preview of a project. Every method may be called by any thread.

    `number` is another one after each change.
    """

    def __init__(self, project: Path, today: date) -> None:
        self.project = project
        self._today = today
        self._condition = Condition()
        self._checked = Checked()
        self._watched: dict[str, Watched] = {}
        self._wanted: list[str] = []
        self._is_over = False
        self.number = 0
        self.atlas: Atlas | None = None
        self.is_readable = False
        self.problems: tuple[Problem, ...] = ()

    def read(self, saved: Sequence[str] = ()) -> None:
        """Reads the content, and composes the text of the topics that are looked at; `saved` are looked at too."""
        try:
            atlas, problems = checked(self.project, self._today, self._checked)
        except OSError as error:
            # A file that goes while it is read: another change follows.
            what, help_ = f"it can't be read: {error.strerror}", "save it again"
            atlas, problems = None, [Problem(Place("content"), "unreadable", what, help_)]
        with self._condition:
            self.is_readable, self.problems = atlas is not None, tuple(problems)
            if atlas is not None:
                self.atlas = atlas
            known = {topic.slug for topic in self.topics()}
            self._wanted = [*(it for it in saved if it in known), *(it for it in self._wanted if it not in saved)][
                :_MOST
            ]
            self._watched = {slug: it for slug, it in self._watched.items() if slug in known}
            for slug in self._wanted:
                self._renew(slug)
            self._tell()

    def topics(self) -> list[Topic]:
        """The topics of the content as it could be read last, drafts too, by their titles."""
        atlas = self.atlas
        return sorted((*atlas.topics, *atlas.others), key=lambda it: it.title.casefold()) if atlas else []

    def watched(self, slug: str) -> Watched | None:
        """A topic, which is kept up to date from now on; None if there is no such topic."""
        with self._condition:
            if slug in self._wanted and slug in self._watched:
                return self._watched[slug]
            if slug not in {topic.slug for topic in self.topics()}:
                return None
            self._wanted = [slug, *(it for it in self._wanted if it != slug)][:_MOST]
            self._renew(slug)
            self._tell()
            return self._watched[slug]

    def next(self) -> list[Errand]:
        """What is to be made next; waits for it. Nothing when the session is over."""
        with self._condition:
            while not self._is_over:
                for slug in self._wanted:
                    errands = self._watched[slug].next() if slug in self._watched else []
                    if errands:
                        return errands
                self._condition.wait()
            return []

    def is_any_wanted(self, errands: Sequence[Errand]) -> bool:
        """Whether any of them is of the source as it was read last."""
        with self._condition:
            sources = {slug: watched.source for slug, watched in self._watched.items()}
            return not self._is_over and any(sources.get(str(it.order.task.slug)) == it.source for it in errands)

    def made(self, errand: Errand, made: Drawn | Died) -> None:
        """Takes what became of an errand."""
        with self._condition:
            slug = str(errand.order.task.slug)
            if slug in self._watched:
                self._watched[slug] = self._watched[slug].with_made(errand, made)
                self._tell()

    def wait(self, number: int, seconds: float) -> int:
        """Waits for a change after `number`, for so long; the number that it is now."""
        with self._condition:
            self._condition.wait_for(lambda: self._is_over or self.number != number, seconds)
            return self.number

    def end(self) -> None:
        """Nobody waits any longer."""
        with self._condition:
            self._is_over = True
            self._condition.notify_all()

    @property
    def is_over(self) -> bool:
        """Whether nothing is made any more."""
        return self._is_over

    def _tell(self) -> None:
        self.number += 1
        self._condition.notify_all()

    def _renew(self, slug: str) -> None:
        topic = next((it for it in self.topics() if it.slug == slug), None)
        if topic is not None and self.atlas is not None:
            before = self._watched.get(slug)
            self._watched[slug] = renewed(self.atlas, self.project, topic, before, self._today)
