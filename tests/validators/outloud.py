"""outloud, a linter of PDF/UA-1: what a file may have and still conform, such as an address that is no link.

Its rule of order is skipped for one of our own. It ranks all of an element's own text before its child elements, so
each sentence with a link inside it counts as out of order; but what is in /K is read in turn (ISO 32000-1, 14.8.2.3.1).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import outloud
import pikepdf
import pymupdf  # noqa: F401  # where it fails to load, outloud leaves a rule out and says nothing

ORDER = "ORD-001"


def check(paths: Sequence[Path]) -> dict[Path, list[str]]:
    """Judge PDFs; the findings are the messages of every severity."""
    return {path: _check(path) for path in paths}


def _check(path: Path) -> list[str]:
    path.stat()  # a missing file is the test's fault, not a finding
    result = outloud.check(str(path), skip=[ORDER])
    if result.error:
        return [f"not readable: {result.error}"]
    findings = [f"{run.rule} did not run: {run.reason}" for run in result.runs if run.status == "crashed"]
    return [*findings, *map(_finding, result.sorted_findings()), *_out_of_order(path)]


def _finding(message: Any) -> str:
    place = "file" if message.page is None else f"page {message.page}"
    evidence = f" ({message.evidence})" if message.evidence else ""
    return f"{message.severity} {message.rule} {place}: {message.message}{evidence}"


def _out_of_order(path: Path) -> Iterator[str]:
    """A finding for each page that paints marked content in another order than the tag tree has it."""
    with pikepdf.open(path) as pdf:
        read: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        _read(pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()), (0, 0), read)
        for number, page in enumerate(pdf.pages, start=1):
            sequences: Any = pikepdf.parse_content_stream(page, "BDC")
            painted = [int(operands[1]["/MCID"]) for operands, _ in sequences if "/MCID" in operands[1]]
            if painted != read[page.obj.objgen]:
                yield f"warning {ORDER} page {number}: painted in another order than it is read"


def _read(element: Any, page: tuple[int, int], order: defaultdict[tuple[int, int], list[int]]) -> None:
    """Put the marked content of an element behind that of its page, in the order of reading."""
    page = element.Pg.objgen if "/Pg" in element else page
    kids = element.get("/K", ())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary):
            order[page].append(int(kid))
        elif "/MCID" in kid:
            order[kid.Pg.objgen if "/Pg" in kid else page].append(int(kid.MCID))
        elif "/S" in kid:
            _read(kid, page, order)
