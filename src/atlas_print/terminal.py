"""Terminals, pipes and disks that can't take what a command prints: it ends without a traceback all the same."""

import codecs
import io
import os
import sys
from contextlib import suppress
from typing import Any, NoReturn

import click

_ESCAPED = "atlas-print-escaped"


class Commands(click.Group):
    """Commands that print what an encoding lacks as \\u2192, and end with a line where nothing more can be printed."""

    def main(self, *arguments: Any, **named: Any) -> Any:
        """As click's, with exit code 1 for a reader that is gone (in silence) or a disk that is full."""
        codecs.register_error(_ESCAPED, _escaped)
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors=_ESCAPED)
        try:
            try:
                return super().main(*arguments, **named)
            finally:
                if sys.stdout is not None:
                    sys.stdout.flush()
        except OSError as error:
            # A stream has no name; a file that can't be used is no fault of the terminal.
            if error.filename is not None:
                raise
            _give_up(error)


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """The characters in units of UTF-16, as JSON writes them: what is printed as JSON stays JSON."""
    assert isinstance(error, UnicodeEncodeError)
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)), error.end


def _give_up(error: OSError) -> NoReturn:
    """Ends with a line on the error stream, if that still takes one; nothing is left to be printed at the very end."""
    with suppress(OSError, ValueError, AttributeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not isinstance(error, BrokenPipeError):
        with suppress(OSError, ValueError):
            click.echo(f"what was found can't be printed: {error.strerror}", err=True)
    sys.exit(1)
