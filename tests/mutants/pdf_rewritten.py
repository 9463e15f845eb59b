"""Changes of a PDF's operators that no reader notices: the same page in other words."""

from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from tests.mutants.mutant import Mutant
from tests.mutants.pdf_file import Edit, Instruction, Sheets


def rewritten(sheets: Sheets) -> Iterator[Mutant]:
    """Each of them once, on each page."""
    for name, change in _STREAMS.items():
        made = sheets.edited(_pages(sheets, change))
        yield Mutant(f"harmless stream: {name}", "each page", name, frozenset(), made)


def _pages(sheets: Sheets, change: Callable[[list[Instruction]], list[Instruction]]) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        for page, instructions in zip(pdf.pages, sheets.pages, strict=True):
            page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(change(list(instructions))))

    return edit


def _op(name: str, *operands: Any) -> Instruction:
    return list(operands), Operator(name)


def _by_glyph(page: list[Instruction]) -> list[Instruction]:
    """Each piece of a string by an operator of its own."""
    found: list[Instruction] = []
    for operands, operator in page:
        if str(operator) == "TJ":
            found += [([Array([item])], Operator("TJ")) for item in operands[0]]
        else:
            found.append((operands, operator))
    return found


def _relative(page: list[Instruction]) -> list[Instruction]:
    """Half of the way by the matrix, half by a move."""
    found: list[Instruction] = []
    for operands, operator in page:
        if str(operator) == "Tm":
            a, b, c, d, e, f = (float(number) for number in operands)
            if (b, c) == (0, 0) and a and d:
                found += [_op("Tm", a, b, c, d, e / 2, f / 2), _op("Td", e / 2 / a, f / 2 / d)]
                continue
        found.append((operands, operator))
    return found


def _scaled(page: list[Instruction]) -> list[Instruction]:
    """The size by the matrix, not by the font; kerning scales with it."""
    found: list[Instruction] = []
    size = 1.0
    for at, (operands, operator) in enumerate(page):
        match str(operator):
            case "Tf":
                size = float(operands[1])
                found.append(([operands[0], 1], operator))
            case "Tm":
                after = next((it for it in page[at:] if str(it[1]) in ("Tf", "TJ", "ET")), None)
                if after is not None and str(after[1]) == "Tf":
                    size = float(after[0][1])
                a, b, c, d, e, f = (float(number) for number in operands)
                found.append(_op("Tm", a * size, b * size, c * size, d * size, e, f))
            case _:
                found.append((operands, operator))
    return found


def _each_text(
    before: list[Instruction], behind: list[Instruction]
) -> Callable[[list[Instruction]], list[Instruction]]:
    def change(page: list[Instruction]) -> list[Instruction]:
        found: list[Instruction] = []
        for instruction in page:
            match str(instruction[1]):
                case "BT":
                    found += [*before, instruction]
                case "ET":
                    found += [instruction, *behind]
                case _:
                    found.append(instruction)
        return found

    return change


def _tagged(page: list[Instruction]) -> list[Instruction]:
    """Marks of another name."""
    return [
        ([Name.P, operands[1]], operator)
        if str(operator) == "BDC" and str(operands[0]) == "/Span"
        else (operands, operator)
        for operands, operator in page
    ]


def _artifacts(page: list[Instruction]) -> list[Instruction]:
    """Artifacts that say of what type they are."""
    return [
        ([Name.Artifact, Dictionary(Type=Name.Layout)], Operator("BDC"))
        if str(operator) == "BMC" and str(operands[0]) == "/Artifact"
        else (operands, operator)
        for operands, operator in page
    ]


_STREAMS: dict[str, Callable[[list[Instruction]], list[Instruction]]] = {
    "written again": lambda page: page,
    "saved and restored": lambda page: [_op("q"), *page, _op("Q")],
    "a glyph at a time": _by_glyph,
    "moved in two steps": _relative,
    "sized by the matrix": _scaled,
    "marks of another name": _tagged,
    "artifacts with types": _artifacts,
    "ink and no ink": _each_text([_op("Tr", 3), _op("Tr", 0)], []),
    "a wide clip": _each_text([_op("q"), _op("re", -100, -100, 2000, 2000), _op("W"), _op("n")], [_op("Q")]),
    "white before it": _each_text([_op("q"), _op("rg", 1, 1, 1), _op("re", 0, 0, 1, 1), _op("f"), _op("Q")], []),
    "no spacing": _each_text([_op("Tc", 0), _op("Tw", 0), _op("Tz", 100), _op("Ts", 0)], []),
    "a note of the tool": lambda page: [_op("MP", Name.Zq), *page],
}
