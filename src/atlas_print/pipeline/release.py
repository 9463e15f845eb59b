"""What of a build is published: each topic for itself; a book of all has what fails as it was last published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from atlas_print.pipeline.comparison import differing
from atlas_print.pipeline.plan import Task
from atlas_print.pipeline.result import Result, outcomes, tally, untold
from atlas_print.prove import Outcome
from atlas_print.prove.parity import Parity


@dataclass(frozen=True, slots=True)
class Release:
    """What may go out. `topics` are those asked for, `failed` those that keep their old files or have none.

    `held` has each book that stays as it was, with the topics that hold it back: none if it is its own fault.
    `older` has each book that goes out all the same, with the topics that are in it as they were last published.
    """

    results: tuple[Result, ...]
    topics: tuple[str, ...]
    failed: tuple[str, ...]
    held: Mapping[str, tuple[str, ...]]
    older: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def paths(self) -> frozenset[str]:
        """The paths of what goes out."""
        return frozenset(result.task.path for result in self.results)

    @property
    def is_whole(self) -> bool:
        """Whether nothing is held back."""
        return not self.failed and not self.held


def release(tasks: Sequence[Task], results: Sequence[Result], parities: Mapping[str, Parity]) -> Release:
    """Sorts the results of a build of `tasks`.

    A topic fails with any of its files that can't be made, breaks a promise or differs from its others; that includes
    the paged edition that a book names the pages of, though nobody asked for it.
    """
    paths = {task.path for task in tasks}
    apart = {result.task.path for result, _ in differing(parities, results)}
    bad = [result.task for result in results if result.is_broken or result.task.path in apart]
    failed = tuple(dict.fromkeys(task.slug for task in bad if task.slug is not None))
    own = {task.path for task in bad if task.slug is None}
    held = {}
    for task in (task for task in tasks if task.slug is None):
        holding = tuple(slug for slug in failed if slug in task.topics)
        if holding or task.path in own:
            held[task.path] = holding
    good = (result for result in results if result.task.path in paths and result.task.path not in held)
    return Release(
        tuple(result for result in good if result.task.slug not in failed),
        tuple(dict.fromkeys(task.slug for task in tasks if task.slug is not None)),
        failed,
        held,
    )


def with_books(out: Release, books: Sequence[Result]) -> Release:
    """The same with these books, which have what fails as it was last published."""
    paths = {book.task.path for book in books}
    older = {path: holding for path, holding in out.held.items() if path in paths}
    held = {path: holding for path, holding in out.held.items() if path not in paths}
    return replace(out, results=(*out.results, *books), held=held, older=older)


def last_line(release: Release, *, drafts: bool = False) -> str:
    """How a build ended: what was published, what was not and why, and what nobody can tell of the files."""
    total = len(release.topics)
    good = sum(slug not in release.failed for slug in release.topics)
    done, what = ("made", "draft") if drafts else ("published", "topic")
    count = f"{good} of {total} {what}{'' if total == 1 else 's'}"
    if release.results:
        line = "; ".join((f"{done.capitalize()} {count}", *staying(release))) + "."
    else:
        line = "; ".join((f"Nothing was {done}: {count}", *staying(release))) + "; the output folder is as it was."
    if release.is_whole:
        return f"{line} {kept_line(release.results)}"
    return line + "".join(f" Not told: {shown}" for shown in _open(release.results))


def staying(release: Release) -> list[str]:
    """The topics and books that stay as they were, and what holds a book back."""
    said = [f"{slug} stays as it was: it fails" for slug in release.topics if slug in release.failed]
    for path, holding in release.held.items():
        why = f"{_and(holding)} hold{'' if len(holding) > 1 else 's'} it back" if holding else "it fails itself"
        said.append(f"{path} stays as it was: {why}")
    for path, older in release.older.items():
        were = "it was" if len(older) == 1 else "they were"
        said.append(f"{path} has {_and(older)} as {were} last published")
    return said


def kept_line(results: Sequence[Result]) -> str:
    """How the promises of files fared of which none breaks any, in a line."""
    return "".join(f"No promise is broken. {it}" for it in _open(results)) or "Every promise that was read is kept."


def _open(results: Sequence[Result]) -> list[str]:
    """What is not told of these files, in one sentence; nothing where all is told."""
    unknown = untold(results)
    if not unknown:
        return []
    first, *others = (result for result in results if Outcome.NOT_TOLD in outcomes(result))
    beside = f" (and {len(others)} more file{'' if len(others) == 1 else 's'})" if others else ""
    more = f" (and {len(unknown) - 1} more)" if len(unknown) > 1 else ""
    return [f"{first.file}: {tally(outcomes(first))}: {unknown[0]}{more}{beside}."]


def _and(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + " and " + names[-1]
