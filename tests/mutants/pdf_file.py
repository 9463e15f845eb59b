"""A good PDF, taken apart: its pages' operators, the texts that they show, and the structure around each text."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, TypeAlias

import pikepdf

from tests.mutants.mutant import Good

Instruction: TypeAlias = tuple[list[Any], pikepdf.Operator]
Path: TypeAlias = tuple[int, ...]
"""Leads to a structure element: an index for each level, from the one child of the root on."""
Edit: TypeAlias = Callable[[pikepdf.Pdf], None]


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph as a string shows it: its code, what it stands for, and how it moves the next one."""

    code: bytes
    text: str
    adjust: float


@dataclass(slots=True)
class Run:
    """A string of glyphs: the page, where among its operators it and its marks stand, and the structure around it.

    `types` are the structure types from the outside inwards, `heading` the last heading before it.
    """

    page: int
    at: int
    mark: int | None
    mcid: int | None
    font: str
    glyphs: list[Glyph]
    actual: str | None
    types: tuple[str, ...] = ()
    path: Path = ()
    heading: str = ""
    link: str = ""

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)


@dataclass
class Sheets:
    """The good file and what was found in it."""

    good: Good
    pages: list[list[Instruction]] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    codes: dict[str, dict[str, bytes]] = field(default_factory=dict)
    """Font -> character -> code."""
    elements: list[tuple[Path, str]] = field(default_factory=list)
    """Every structure element with its type, in reading order."""

    def edited(self, edit: Edit) -> Callable[[], bytes]:
        """What makes the file with its objects changed."""

        def make() -> bytes:
            with pikepdf.open(BytesIO(self.good.data)) as pdf:
                edit(pdf)
                target = BytesIO()
                pdf.save(target, compress_streams=False, deterministic_id=True)
            return target.getvalue()

        return make

    def rewritten(self, page: int, instructions: list[Instruction], edit: Edit | None = None) -> Callable[[], bytes]:
        """What makes the file with other operators on a page."""

        def rewrite(pdf: pikepdf.Pdf) -> None:
            pdf.pages[page].obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
            if edit is not None:
                edit(pdf)

        return self.edited(rewrite)


def element(pdf: pikepdf.Pdf, path: Path) -> Any:
    """The structure element at a path."""
    node = next(kid for kid in kids(pdf.Root.StructTreeRoot) if isinstance(kid, pikepdf.Dictionary))
    for index in path:
        node = kids(node)[index]
    return node


def kids(node: Any) -> list[Any]:
    """What a structure element holds."""
    inner = node.get("/K")
    if inner is None:
        return []
    return list(inner) if isinstance(inner, pikepdf.Array) else [inner]


def take_apart(good: Good) -> Sheets:
    """The texts of a PDF in its reading order."""
    sheets = Sheets(good)
    with pikepdf.open(BytesIO(good.data)) as pdf:
        marked: dict[tuple[int, int], Run] = {}
        for index, page in enumerate(pdf.pages):
            instructions = [
                ([*item.operands], item.operator)
                for item in pikepdf.parse_content_stream(page)
                if isinstance(item, pikepdf.ContentStreamInstruction)
            ]
            sheets.pages.append(instructions)
            fonts = {name: _characters(font) for name, font in page.obj.Resources.get("/Font", {}).items()}
            for name, characters in fonts.items():
                sheets.codes[name] = {text: code for code, text in characters.items()}
            for run in _runs(index, instructions, fonts):
                sheets.runs.append(run)
                if run.mcid is not None:
                    marked.setdefault((index, run.mcid), run)
        numbers = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        order = _place(pdf, sheets, marked, numbers)
    positions = {id(run): index for index, run in enumerate(order)}
    sheets.runs.sort(key=lambda run: positions.get(id(run), len(order)))
    return sheets


def _characters(font: Any) -> dict[bytes, str]:
    """Code -> text, from a font's ToUnicode map."""
    characters: dict[bytes, str] = {}
    text = bytes(font.ToUnicode.read_bytes()).decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, unicode in re.findall(r"<(\w+)>\s*<(\w+)>", block):
            characters[bytes.fromhex(code)] = bytes.fromhex(unicode).decode("utf-16-be")
    return characters


def _runs(page: int, instructions: list[Instruction], fonts: dict[str, dict[bytes, str]]) -> Iterator[Run]:
    font = ""
    marks: list[int] = []
    for at, (operands, operator) in enumerate(instructions):
        match str(operator):
            case "Tf":
                font = str(operands[0])
            case "BDC" | "BMC":
                marks.append(at)
            case "EMC":
                marks.pop()
            case "TJ":
                mark = next((it for it in reversed(marks) if _mcid(instructions[it]) is not None), None)
                properties = instructions[mark][0][1] if mark is not None else {}
                actual = properties.get("/ActualText")
                glyphs = list(_glyphs(operands[0], fonts[font]))
                mcid = _mcid(instructions[mark]) if mark is not None else None
                yield Run(page, at, mark, mcid, font, glyphs, None if actual is None else str(actual))


def _mcid(instruction: Instruction) -> int | None:
    operands, _ = instruction
    if len(operands) < 2 or not isinstance(operands[1], pikepdf.Dictionary) or "/MCID" not in operands[1]:
        return None
    return int(operands[1]["/MCID"])


def _glyphs(items: Any, characters: dict[bytes, str]) -> Iterator[Glyph]:
    found: list[Glyph] = []
    for item in items:
        if isinstance(item, pikepdf.String):
            data = bytes(item)
            found += (Glyph(data[i : i + 2], characters[data[i : i + 2]], 0.0) for i in range(0, len(data), 2))
        elif found:
            last = found.pop()
            found.append(Glyph(last.code, last.text, last.adjust + float(item)))
    yield from found


def _place(pdf: pikepdf.Pdf, sheets: Sheets, marked: dict[tuple[int, int], Run], numbers: dict[Any, int]) -> list[Run]:
    """Tells each run its place in the structure; the runs in reading order."""
    order: list[Run] = []
    heading = ""

    def walk(node: Any, path: Path, types: tuple[str, ...], page: int, link: str) -> None:
        nonlocal heading
        kind = str(node.S)[1:]
        sheets.elements.append((path, kind))
        page = numbers[node.Pg.objgen] if "/Pg" in node else page
        if kind in ("H1", "H2", "H3"):
            heading = ""
        for index, kid in enumerate(kids(node)):
            where = page
            mcid = kid if isinstance(kid, int) else None
            if isinstance(kid, pikepdf.Dictionary):
                if "/S" in kid:
                    walk(kid, (*path, index), (*types, kind), page, link)
                elif "/MCID" in kid:
                    mcid = int(kid.MCID)
                    where = numbers[kid.Pg.objgen] if "/Pg" in kid else page
                elif "/Obj" in kid:
                    action: Any = kid.Obj.get("/A", {})
                    link = str(action.get("/URI", "#")) or "#"
            run = marked.get((where, int(mcid))) if mcid is not None else None
            if run is not None:
                run.types, run.path, run.link = (*types, kind), path, link
                if kind in ("H1", "H2", "H3"):
                    heading += run.text
                run.heading = heading
                order.append(run)

    walk(element(pdf, ()), (), (), 0, "")
    return order
