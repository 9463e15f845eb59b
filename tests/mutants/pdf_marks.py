"""Mutants of what marks the lines of a PDF: a voice misses them, or hears others, or another order."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from pikepdf import Dictionary, Name, Operator, String

from tests.mutants.mutant import Mutant, chance, region_promises
from tests.mutants.pdf_file import Instruction, Run, Sheets
from tests.mutants.pdf_texts import is_beside, place, regions


def mark_mutants(sheets: Sheets, count: int) -> Iterator[Mutant]:
    """What marks a run on its page."""
    found = [(run, part) for run, part in regions(sheets) if run.mark is not None and len(run.text.strip()) > 6]
    found = [(run, part) for run, part in found if part not in ("label", "date", "drawing") and not is_beside(run.text)]
    for name, change in _MARKS.items():
        random = chance(sheets.good, name)
        for run, part in random.sample(found, min(count, len(found))):
            instructions = list(sheets.pages[run.page])
            assert run.mark is not None
            instructions[run.mark] = change(instructions[run.mark])
            wanted = region_promises(part) | region_promises(part, is_number=True)
            make = sheets.rewritten(run.page, instructions)
            yield Mutant(name, place(run), f"“{run.text[:60]}” ({part})", wanted, make)
    yield from _exchanged(sheets, found, count)


def _without_number(properties: Any) -> Dictionary:
    return Dictionary({key: properties[key] for key in properties.keys() if key != "/MCID"})  # noqa: SIM118


def _told(text: str) -> Callable[[Instruction], Instruction]:
    def change(mark: Instruction) -> Instruction:
        entries = {key: mark[0][1][key] for key in mark[0][1].keys()}  # noqa: SIM118
        return [mark[0][0], Dictionary({**entries, "/ActualText": String(text)})], mark[1]

    return change


_MARKS: dict[str, Callable[[Instruction], Instruction]] = {
    "line is an artifact": lambda mark: ([Name.Artifact], Operator("BMC")),
    "line is an artifact with properties": lambda mark: (
        [Name.Artifact, Dictionary(Type=Name.Pagination)],
        Operator("BDC"),
    ),
    "line in no element": lambda mark: ([mark[0][0], _without_number(mark[0][1])], mark[1]),
    "line with another number": lambda mark: (
        [mark[0][0], Dictionary({**dict(mark[0][1].items()), "/MCID": 9999})],
        mark[1],
    ),
    "line told as another": _told("Stop all treatment today "),
    "line told as nothing": _told(""),
}


def _exchanged(sheets: Sheets, found: list[tuple[Run, str]], count: int) -> Iterator[Mutant]:
    """Two lines exchange their numbers: they are told in another order than they are seen."""
    random = chance(sheets.good, "lines exchanged for a voice")
    pairs = [
        (one, two, part)
        for (one, part), (two, _) in pairwise(found)
        if one.path == two.path and one.page == two.page and one.actual is None and two.actual is None
    ]
    for one, two, part in random.sample(pairs, min(count, len(pairs))):
        instructions = list(sheets.pages[one.page])
        assert one.mark is not None
        assert two.mark is not None
        first, second = instructions[one.mark], instructions[two.mark]
        instructions[one.mark], instructions[two.mark] = second, first
        says = f"“{one.text[:40]}” is told behind “{two.text[:40]}”"
        # Names behind the third are P3's in no order; that they are told in another than is seen is P5's.
        wanted = region_promises(part) | region_promises(part, is_number=True) | {"P5"}
        make = sheets.rewritten(one.page, instructions)
        yield Mutant("lines exchanged for a voice", place(one), says, wanted, make)
