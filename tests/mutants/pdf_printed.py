"""A PDF that another program read and printed to a new one: it looks the same, and has no tags for a voice to read."""

import subprocess
from collections.abc import Iterator

from tests.mutants.mutant import Mutant, promises
from tests.mutants.pdf_file import Sheets

_PROGRAMS = {
    "Ghostscript": (
        *("gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite"),
        *("-sstdout=%stderr", "-sOutputFile=%stdout", "-"),
    ),
    "poppler": ("pdftocairo", "-pdf", "-", "-"),
}


def printed(program: str, data: bytes) -> bytes:
    """What the program makes of a PDF."""
    return subprocess.run(_PROGRAMS[program], input=data, capture_output=True, check=True).stdout


def printed_mutants(sheets: Sheets) -> Iterator[Mutant]:
    """The file by each program."""
    data = sheets.good.data
    every = promises("P1 P2 P3 P4 P5 P6 P7 P8")
    for program in _PROGRAMS:
        make = lambda program=program: printed(program, data)  # noqa: E731
        yield Mutant(f"printed by {program}", "the file", "no tags", every, make)
