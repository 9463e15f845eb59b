"""The commands that serve: until Ctrl-C ends them."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from atlas_print.preview.folder import answers_of
from atlas_print.preview.server import Server

_LISTENING = TypeVar("_LISTENING")


def preview(project: Path, port: int) -> None:
    """Shows the topics of a project while they are written."""
    from atlas_print.pipeline.workers import warm_up

    warm_up("atlas_print.preview.making")
    from atlas_print.preview.watching import Preview

    shown = _at(port, lambda: Preview(project, port, date.today()))
    click.echo(f"The preview is at {shown.address} (Ctrl-C ends it)")
    with suppress(KeyboardInterrupt):
        for line in shown.run():
            click.echo(line)


def serve(output: Path, port: int) -> None:
    """Serves an output folder."""
    if not output.is_dir():
        raise click.UsageError(f"{output} is not there. Try: atlas-print build")
    with _at(port, lambda: Server(port, answers_of(output))) as server, suppress(KeyboardInterrupt):
        click.echo(f"{output} is at {server.address} (Ctrl-C ends it)")
        server.serve_forever()


def _at(port: int, start: Callable[[], _LISTENING]) -> _LISTENING:
    try:
        return start()
    except OSError as error:
        raise click.UsageError(f"The port {port} can't be used: {error.strerror}. Try another: --port N") from error
