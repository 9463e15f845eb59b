"""Mutants of PDFs with letters that are too small, too near, slanted, or not where their line is."""

from collections.abc import Callable, Iterator
from itertools import pairwise

from tests.mutants.mutant import Mutant, chance, promises
from tests.mutants.pdf_file import Run, Sheets
from tests.mutants.pdf_hiding import op, target
from tests.mutants.pdf_texts import place, regions

_ON_NEXT = "a line on the next"
# A handout may be in italics.
_SLANTED: tuple[str, Callable[[list[float]], list[float]], str] = (
    "a line slanted",
    lambda m: [*m[:2], m[2] + 0.25, *m[3:]],
    "P8",
)


def letter_mutants(sheets: Sheets) -> Iterator[Mutant]:
    """Each of them at one line of the file."""
    found = regions(sheets)
    for name, factor in (("a line set smaller", 0.6), ("a line set tiny", 0.1), ("a page set smaller", 0.6)):
        _, run = target(found, chance(sheets.good, name))
        page = [
            ([operands[0], float(operands[1]) * factor], operator)
            if str(operator) == "Tf" and (name.startswith("a page") or _is_before(sheets, run, at))
            else (operands, operator)
            for at, (operands, operator) in enumerate(sheets.pages[run.page])
        ]
        says = f"“{run.text[:50]}” at {factor} of its size"
        yield Mutant(name, place(run), says, promises("P8"), sheets.rewritten(run.page, page))
    moved: tuple[tuple[str, Callable[[list[float]], list[float]], str], ...] = (
        *([_SLANTED] if sheets.good.kind == "large-print" else []),
        ("a line into the margin", lambda m: [*m[:4], 2.0, m[5]], "P5 P8"),
        ("a line past the edge", lambda m: [*m[:4], m[4] + 690, m[5]], "P5 P8"),
        (_ON_NEXT, lambda m: [*m[:5], m[5] + 14], "P5 P8"),
        ("a line at the foot", lambda m: [*m[:5], 1110.0], "P5 P8"),
        ("a line turned", lambda m: [0, 1, 1, 0, *m[4:]], "P5 P8"),
        ("a line upside down", lambda m: [*m[:3], -m[3], *m[4:]], "P5 P8"),
    )
    lines = [run for run, _ in found]
    followed = {
        id(one)
        for one, two in pairwise(lines)
        if (one.path, one.page) == (two.path, two.page) and not one.text.rstrip().endswith((".", ":"))
    }
    for name, change, wanted in moved:
        # Behind the last line of a paragraph there is room.
        able = [pair for pair in found if len(pair[0].text) > 30 and (name != _ON_NEXT or id(pair[0]) in followed)]
        _region, run = target(able, chance(sheets.good, name))
        page = list(sheets.pages[run.page])
        at = max(at for at in range(run.at) if str(page[at][1]) == "Tm")
        page[at] = op("Tm", *change([float(number) for number in page[at][0]]))
        yield Mutant(name, place(run), f"“{run.text[:50]}”", promises(wanted), sheets.rewritten(run.page, page))
    yield from _exchanged(sheets, found)


def _is_before(sheets: Sheets, run: Run, at: int) -> bool:
    return at < run.at and not any(str(it[1]) == "Tf" for it in sheets.pages[run.page][at + 1 : run.at])


def _exchanged(sheets: Sheets, found: list[tuple[Run, str]]) -> Iterator[Mutant]:
    """Two lines of a paragraph have changed places for eyes alone."""
    random = chance(sheets.good, "lines exchanged for eyes")
    able = [
        (one, two)
        for (one, part), (two, _) in pairwise(found)
        if one.path == two.path and one.page == two.page and min(len(one.text), len(two.text)) > 25 and part == "text"
    ]
    for one, two in random.sample(able, min(2, len(able))):
        page = list(sheets.pages[one.page])
        places = [max(at for at in range(run.at) if str(page[at][1]) == "Tm") for run in (one, two)]
        page[places[0]], page[places[1]] = page[places[1]], page[places[0]]
        says = f"“{one.text[:30]}” stands where “{two.text[:30]}” should"
        make = sheets.rewritten(one.page, page)
        yield Mutant("lines exchanged for eyes", place(one), says, promises("P5 P8"), make)
