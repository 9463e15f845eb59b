"""Reading finished files back: everything in output/, or files from anywhere."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from atlas_print.atlas import Atlas, Export
from atlas_print.compose.labels import labels
from atlas_print.pipeline.make import Result, broken
from atlas_print.pipeline.plan import Task, paged_editions, plan
from atlas_print.pipeline.publish import MANIFEST, REPORT, read_manifest
from atlas_print.problems import Place, Problem
from atlas_print.prove import MOST_BYTES, Outcome, UnreadableError, identify, prove

_HELP_UNREADABLE = "verify reads what `atlas-print build` makes: a tagged PDF or an EPUB"


def verify(atlas: Atlas, project: Path, output: Path, files: Sequence[Path]) -> Iterator[Result]:
    """Each file judged against the content; without files, every planned file of `output`.

    A file is known by its name, else by what it says. Problems: missing, unreadable, unknown, broken promises.
    """
    tasks = {task.path: task for task in plan(atlas)}
    by_name = {Path(path).name: task for path, task in tasks.items()}
    said = labels(project, atlas.language)
    if not files:
        for path, task in tasks.items():
            yield _judge(atlas, task, output / path, output, _made_on(output, path), said)
        yield from _strangers(output, tasks)
    for file in files:
        try:
            known = [by_name[file.name]] if file.name in by_name else list(_identified(atlas, file))
        except OSError as error:
            yield _unknown(file, str(file), f"it can't be read: {error.strerror}", "name a file that is there")
            continue
        except UnreadableError as error:
            yield _unknown(file, str(file), str(error), error.help or _HELP_UNREADABLE)
            continue
        if not known:
            what = "neither its name nor its words are of this atlas, so there is nothing to hold it against"
            help_ = "name it as the build does, such as " + next(iter(by_name))
            yield _unknown(file, str(file), what, help_)
        else:
            # Two large prints have the same words: it is the one whose floors it keeps best.
            judged = (_judge(atlas, task, file, output, None, said) for task in known)
            yield min(judged, key=lambda result: len(result.problems))


def _identified(atlas: Atlas, file: Path) -> Iterator[Task]:
    """What a file under any name may be: its topic in each export of its kind."""
    found = identify(_bytes_of(file), atlas)
    if found is not None:
        kind, topic = found
        for export in atlas.exports:
            if export.kind == kind:
                yield Task(file.name, export, None if topic is None else topic.slug)


def _judge(atlas: Atlas, task: Task, file: Path, output: Path, made_on: date | None, said: Sequence[str]) -> Result:
    try:
        data = _bytes_of(file)
    except OSError as error:
        help_ = "run `atlas-print build`"
        return Result(
            task, str(file), problems=(_problem(file, "missing-file", f"it can't be read: {error.strerror}", help_),)
        )
    topic = None if task.slug is None else atlas.topic(task.slug)
    editions = _editions(atlas, task, file, output)
    proof = prove(data, task.export.kind, atlas, topic, made_on, task.export.settings, editions, said)
    unjudged = [verdict.reason for verdict in proof.verdicts if verdict.outcome is Outcome.KEPT and verdict.reason]
    pages = proof.measure.pages if proof.measure else None
    note = "; ".join(unjudged) or None
    return Result(task, str(file), data, pages, note, proof, tuple(broken(Place(str(file)), task, proof.verdicts)))


def _editions(atlas: Atlas, task: Task, file: Path, output: Path) -> dict[str, bytes]:
    """The paged editions whose pages a book marks, by their names: those beside it, else those of the last build."""
    editions: dict[str, bytes] = {}
    planned = paged_editions(atlas, [task]) if task.export.kind == "epub" else {}
    for edition in planned.values():
        name = Path(edition.path).name
        for place in (output / edition.path, file.with_name(name)):
            with suppress(OSError):
                editions[name] = _bytes_of(place)
    return editions


def _bytes_of(file: Path) -> bytes:
    """What a file holds, as far as the proof reads one, and a byte more if there is more."""
    with file.open("rb") as stream:
        return stream.read(MOST_BYTES + 1)


def _strangers(output: Path, tasks: dict[str, Task]) -> Iterator[Result]:
    """Files in the folder that this content doesn't make: left over, or put there by hand."""
    for file in sorted(output.rglob("*")):
        path = file.relative_to(output).as_posix()
        if file.is_file() and path not in tasks and path not in (MANIFEST, REPORT):
            yield _unknown(file, path, "no topic and export of this atlas makes it", "delete it, or build again")


def _unknown(file: Path, path: str, what: str, help_: str) -> Result:
    task = Task(path, Export("", "", {}), None)
    return Result(task, str(file), problems=(_problem(file, "unknown-file", what, help_),))


def _made_on(output: Path, path: str) -> date | None:
    entry = read_manifest(output).get("files", {}).get(path, {})
    try:
        return date.fromisoformat(entry.get("made_on", ""))
    except (ValueError, TypeError, AttributeError):
        return None


def _problem(file: Path, rule: str, what: str, help_: str) -> Problem:
    return Problem(Place(str(file)), rule, what, help_)
