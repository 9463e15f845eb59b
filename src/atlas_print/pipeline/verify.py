"""Reading finished files back: everything in output/, or files from anywhere."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas, Export
from atlas_print.pipeline.pictures import picture
from atlas_print.pipeline.plan import Task, book, paged_editions, plan
from atlas_print.pipeline.result import Result
from atlas_print.pipeline.store.journal import STAGING
from atlas_print.pipeline.store.manifest import DRAFTS, MANIFEST, REPORT, read_manifest
from atlas_print.pipeline.workers import LIMITS, Died, Limits, Workers, workers
from atlas_print.problems import Place, Problem
from atlas_print.prove import MOST_BYTES, Edition, Outcome, Proof, UnreadableError, edition_of, identify, prove

_HELP_UNREADABLE = "verify reads what `atlas-print build` makes: a tagged PDF or an EPUB"
_HELP_DIED = "build it again; if it is what the build made, tell the makers of Atlas Print about it"


@dataclass(frozen=True, slots=True)
class Errand:
    """A file to be read, with its task where its name tells it; `made_on` is the day that the manifest has for it.

    `editions` has what was read of large prints before it, by their paths.
    """

    file: Path
    task: Task | None
    made_on: date | None = None
    editions: Mapping[Path, Edition] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class Examiner:
    """Reads and judges files, in a process of its own; `labels` are the words of the layouts.

    `examples` is the name of a file as the build makes them; `is_pictured` asks for a picture of each.
    """

    atlas: Atlas
    output: Path
    labels: tuple[str, ...]
    example: str
    is_pictured: bool
    prove: Callable[..., Proof] = prove

    def examine_each(self, errands: Sequence[Errand]) -> list[Result]:
        """The files one after another, books with what was read of the large prints before them."""
        results = []
        read: dict[Path, Edition] = {}
        for errand in errands:
            result = self.examine(replace(errand, editions={**errand.editions, **read}))
            read |= _editions([(errand, result)])
            results.append(result)
        return results

    def examine(self, errand: Errand) -> Result:
        """What a file keeps and breaks. Problems: missing, unreadable, unknown."""
        file = errand.file
        try:
            data = _bytes_of(file)
            if errand.task is not None:
                return self._judged(errand.task, errand, data)
            known = list(self._identified(file.name, data))
        except OSError as error:
            if errand.task is None:
                return _unknown(file, str(file), f"it can't be read: {error.strerror}", "name a file that is there")
            what, help_ = f"it can't be read: {error.strerror}", "run `atlas-print build`"
            return Result(
                errand.task, str(file), Place(str(file)), problems=(_problem(file, "missing-file", what, help_),)
            )
        except UnreadableError as error:
            return _unknown(file, str(file), str(error), error.help or _HELP_UNREADABLE)
        if not known:
            what = "neither its name nor its words are of this atlas, so there is nothing to hold it against"
            return _unknown(file, str(file), what, f"name it as the build does, such as {self.example}")
        # Two large prints have the same words: it is the one whose floors it keeps best.
        return min((self._judged(task, errand, data) for task in known), key=lambda result: result.faults)

    def _identified(self, name: str, data: bytes) -> Iterator[Task]:
        """What a file under any name may be: its topic in each export of its kind."""
        found = identify(data, self.atlas)
        if found is not None:
            kind, topic = found
            for export in self.atlas.exports:
                if export.kind == kind:
                    yield book(self.atlas, export, name) if topic is None else Task(name, export, topic.slug)

    def _judged(self, task: Task, errand: Errand, data: bytes) -> Result:
        file, kind = errand.file, task.export.kind
        topic = None if task.slug is None else self.atlas.topic(task.slug)
        editions = self._editions(task, errand)
        settings = task.export.settings
        name = task.export.name
        proof = self.prove(data, kind, self.atlas, topic, errand.made_on, settings, editions, self.labels, name)
        unjudged = [verdict.reason for verdict in proof.verdicts if verdict.outcome is Outcome.KEPT and verdict.reason]
        pages = proof.measure.pages if proof.measure else None
        note = "; ".join(unjudged) or None
        shown = picture(data, kind) if self.is_pictured and proof.measure else ""
        return Result(task, str(file), Place(str(file)), data, pages, note, proof, picture=shown)

    def _editions(self, task: Task, errand: Errand) -> dict[str, Edition]:
        """The paged editions whose pages a book marks, by their names: those beside it, else the last build's.

        What is wrong with one that can't be read is told where it is proven.
        """
        editions: dict[str, Edition] = {}
        planned = paged_editions(self.atlas, [task]) if task.export.kind == "epub" else {}
        for edition in planned.values():
            name = Path(edition.path).name
            for place in (self.output / edition.path, errand.file.with_name(name)):
                with suppress(OSError, UnreadableError):
                    editions[name] = errand.editions.get(place) or edition_of(_bytes_of(place))
        return editions


def verify(
    atlas: Atlas,
    project: Path,
    output: Path,
    files: Sequence[Path],
    limits: Limits = LIMITS,
    prove: Callable[..., Proof] = prove,
) -> Iterator[Result]:
    """Each file judged against the content; without files, every planned file of `output`.

    A file is known by its name, else by what it says. Problems: missing, unreadable, unknown. What reads the files is
    `prove`, in worker processes within `limits`.
    """
    # Workers, which import this module too, do without.
    from atlas_print.compose.labels import labels

    tasks = {task.path: task for task in plan(atlas)}
    by_name = {Path(task.path).name: task for task in (*plan(atlas.of_drafts()), *tasks.values())}
    examiner = Examiner(atlas, output, labels(project, atlas.language), next(iter(by_name), ""), not files, prove)
    if files:
        errands = [Errand(file, by_name.get(file.name)) for file in files]
    else:
        entries = read_manifest(output).get("files", {})
        errands = [Errand(output / path, task, _made_on(entries.get(path))) for path, task in tasks.items()]
    judged: dict[Path, Result] = {}
    with workers(examiner.examine_each, len(errands), limits=limits) as pool:
        read: dict[Path, Edition] = {}
        # A book of all topics is held against each large print: they are read once.
        for are_books in (False, True):
            chosen = [replace(it, editions=read) if are_books else it for it in errands if _is_of_all(it) == are_books]
            for errand, result in _each(pool, _groups(chosen)):
                judged[errand.file] = result
                read |= _editions([(errand, result)])
    yield from (judged[errand.file] for errand in errands)
    if not files:
        yield from _strangers(output, tasks)


def _each(
    pool: Workers[Sequence[Errand], list[Result]], groups: Sequence[Sequence[Errand]]
) -> Iterator[tuple[Errand, Result]]:
    for group, results in pool.run(groups):
        if not isinstance(results, Died):
            yield from zip(group, results, strict=True)
            continue
        # One of them did it: each for itself.
        for (errand,), alone in pool.run([[errand] for errand in group]):
            yield errand, _unreadable(errand, alone) if isinstance(alone, Died) else alone[0]


def _is_of_all(errand: Errand) -> bool:
    return errand.task is not None and errand.task.slug is None


def _groups(errands: Sequence[Errand]) -> list[list[Errand]]:
    """The files of a topic together: its book is held against its large print, which is then read once."""
    groups: dict[object, list[Errand]] = {}
    for errand in errands:
        key = errand.task.slug if errand.task is not None and errand.task.slug is not None else errand.file
        groups.setdefault(key, []).append(errand)
    return list(groups.values())


def _editions(examined: Sequence[tuple[Errand, Result]]) -> dict[Path, Edition]:
    """What was read of large prints, by their paths."""
    return {errand.file: it.proof.edition for errand, it in examined if it.proof.edition is not None}


def _unreadable(errand: Errand, died: Died) -> Result:
    file = errand.file
    task = errand.task or Task(str(file), Export("", "", {}), None)
    problem = _problem(file, "unreadable", f"it can't be read: {died.why}", _HELP_DIED)
    return Result(task, str(file), Place(str(file)), problems=(problem,))


def _bytes_of(file: Path) -> bytes:
    """What a file holds, as far as the proof reads one, and a byte more if there is more."""
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _strangers(output: Path, tasks: dict[str, Task]) -> Iterator[Result]:
    """Files in the folder that this content doesn't make: left over, or put there by hand."""
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output).as_posix()
        if (
            file.is_file()
            and path not in tasks
            and path not in (MANIFEST, REPORT)
            and not path.startswith((f"{DRAFTS}/", f"{STAGING}/"))
        ):
            yield _unknown(file, path, "no topic and export of this atlas makes it", "delete it, or build again")


def _unknown(file: Path, path: str, what: str, help_: str) -> Result:
    task = Task(path, Export("", "", {}), None)
    return Result(task, str(file), Place(str(file)), problems=(_problem(file, "unknown-file", what, help_),))


def _made_on(entry: object) -> date | None:
    said = entry.get("made_on") if isinstance(entry, dict) else None
    try:
        return date.fromisoformat(said) if isinstance(said, str) else None
    except ValueError:
        return None


def _problem(file: Path, rule: str, what: str, help_: str) -> Problem:
    return Problem(Place(str(file)), rule, what, help_)
