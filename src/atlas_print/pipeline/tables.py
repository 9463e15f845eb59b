"""Tables for a terminal: what was made or verified, and the exports of a topic side by side."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from atlas_print.pipeline.plan import Task
from atlas_print.pipeline.result import Result, outcomes, tally
from atlas_print.pipeline.workers import Watch
from atlas_print.prove.parity import Parity

_COLUMNS = (("Topic", False), ("Export", False), ("Pages", True), ("Size", True), ("Promises kept", True))
"""The columns of the closing table, and whether each holds numbers."""
_FEW = 4
"""Files that the end of a build names one by one: those of a first topic, and the book of all."""
_WIDTH = 140
"""Characters of a line in a log, which has no width of its own; a row that wraps there is hard to read and search."""
_LONG = 10
"""Seconds of work on a file after which a build says so."""


def print_results(results: Sequence[Result]) -> None:
    """The closing table: topic, export, pages, size, promises kept, how it is set."""
    table = _table()
    for name, is_number in _COLUMNS:
        table.add_column(name, justify="right" if is_number else "left")
    if any(result.note for result in results):
        table.add_column("Set as")
    for result in results:
        table.add_row(*_row(result))
    _print(table)


def print_parities(parities: Mapping[str, Parity]) -> None:
    """For each topic a table: a row for each kind of thing, a column for each export."""
    for slug, parity in parities.items():
        table = _table()
        table.add_column(slug)
        for export in parity.exports:
            table.add_column(export)
        for row in parity.rows:
            table.add_row(row.kind, *(cell.text for cell in row.cells))
        _print(table)
        _print("")


def _row(result: Result) -> tuple[str, ...]:
    # A file that is unknown has no export either.
    topic = result.task.slug or ("all topics" if result.task.export.name else result.task.path)
    pages = "" if result.pages is None else str(result.pages)
    size = f"{len(result.data) / 1000:.0f} kB" if result.data else ""
    kept = tally(outcomes(result))
    return (topic, result.task.export.name, pages, size, kept, *((result.note,) if result.note else ()))


def _table() -> Table:
    return Table(box=None, pad_edge=False, header_style="bold")


def _print(what: Table | str) -> None:
    console = Console()
    Console(width=None if console.is_terminal else _WIDTH).print(what)


def print_files(target: Path, paths: Sequence[str]) -> None:
    """Names the files to open first: all of a few, else some of them and how many there are."""
    shown = paths if len(paths) <= _FEW else [*paths[: _FEW - 1], paths[-1]]
    click.echo("\nOpen:" if len(shown) == len(paths) else f"\n{len(paths)} files in {target}. Open, for example:")
    for path in shown:
        click.echo(f"  {target / path}")


def with_progress(start: Callable[[Watch[Task]], Iterator[Result]], total: int) -> Iterator[Result]:
    """How many files of how many, and what takes long: a moving line on a terminal, lines in a log."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield from _in_lines(start, total)
        return
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        line = progress.add_task("", total=total)

        def watch(at_work: Sequence[tuple[Task, float]]) -> None:
            slow = [f"{task.path}, {seconds:.0f} s" for task, seconds in at_work if seconds >= _LONG]
            progress.update(line, description="; ".join(slow), refresh=True)

        for result in start(watch):
            progress.advance(line)
            yield result


def _in_lines(start: Callable[[Watch[Task]], Iterator[Result]], total: int) -> Iterator[Result]:
    told: dict[str, float] = {}

    def watch(at_work: Sequence[tuple[Task, float]]) -> None:
        for task, seconds in at_work:
            # Twice as long before each line, so that an hour is a dozen of them.
            if seconds >= told.get(task.path, _LONG):
                told[task.path] = 2 * seconds
                click.echo(f"still at work on {task.path}, after {seconds:.0f} seconds", err=True)

    for number, result in enumerate(start(watch), 1):
        state = "made" if result.data else "failed"
        click.echo(f"{state} {min(number, total)} of {total}: {result.task.path}", err=True)
        yield result
