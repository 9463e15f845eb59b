"""Tables for a terminal: what was made or verified, and the exports of a topic side by side."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from atlas_print.pipeline.result import Result, outcomes, tally
from atlas_print.prove.parity import Parity

_COLUMNS = (("Topic", False), ("Export", False), ("Pages", True), ("Size", True), ("Promises kept", True))
"""The columns of the closing table, and whether each holds numbers."""
_FEW = 4
"""Files that the end of a build names one by one: those of a first topic, and the book of all."""
_WIDTH = 140
"""Characters of a line in a log, which has no width of its own; a row that wraps there is hard to read and search."""


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
