"""What a screen reader says of a PDF, told from its tag tree.

`python -m tests.pdf.transcript` renews the transcripts of the sample atlas; read them before you keep them.
"""

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.pdf.invariants import Content, TaggedPdf

FOLDER = Path(__file__).parent / "transcripts"


@dataclass
class Node:
    """A structure element by its type, a text in quotes, or an annotation ("Object 9")."""

    name: str
    kids: list["Node"]


def transcript(file: Path) -> str:
    """One line for each thing that is said, in reading order."""
    pdf = TaggedPdf(file)
    reader, contents = pdf.reader, pdf.said
    pages = {page.indirect_reference.idnum: index for index, page in enumerate(reader.pages)}
    root = reader.root_object["/StructTreeRoot"]
    tree = Node("", _nodes(root, None, contents, pages))
    return "\n".join(_say(tree, reader, iter(_alternatives(root)))) + "\n"


def _nodes(element: Any, page: int | None, contents: Mapping[Content, str], pages: dict[int, int]) -> list[Node]:
    """What an element holds, in order."""
    kids = element.get("/K", [])
    found = []
    for kid in kids if isinstance(kids, list) else [element.raw_get("/K")]:
        inner: Any = kid.get_object()
        kind = inner.get("/Type") if hasattr(inner, "get") else None
        if kind == "/OBJR":
            found.append(Node(f"Object {inner.raw_get('/Obj').idnum}", []))
        elif kind == "/MCR" or kind is None:
            where = page if kind is None else pages[inner.raw_get("/Pg").idnum]
            held = Content(where, int(inner if kind is None else inner["/MCID"]))
            found.append(Node(f'"{contents.get(held, "")}"', []))
        else:
            own = pages[inner.raw_get("/Pg").idnum] if "/Pg" in inner else page
            found.append(Node(inner["/S"][1:], _nodes(inner, own, contents, pages)))
    return found


def _alternatives(element: Any) -> Iterator[str]:
    if element.get("/S") == "/Figure":
        yield str(element["/Alt"])
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        inner = kid.get_object()
        if hasattr(inner, "get"):
            yield from _alternatives(inner)


def _say(node: Node, reader: Any, alternatives: Iterator[str]) -> Iterator[str]:
    for kid in node.kids:
        kind = re.split(r"[ :(]", kid.name)[0]
        if match := re.fullmatch(r"H(\d)", kind):
            yield f"heading level {match.group(1)}, {_words(kid, reader)}"
        elif kind in ("P", "Caption"):
            yield ("caption, " if kind == "Caption" else "") + _words(kid, reader)
        elif kind == "Figure":
            yield f"graphic, {next(alternatives)}"
        elif kind in ("L", "TOC"):
            name = "contents" if kind == "TOC" else "list"
            items = [item for item in kid.kids if item.name.startswith(("LI", "TOCI"))]
            yield f"{name} with {len(items)} item{'s' if len(items) != 1 else ''}"
            for item in items:
                yield from _say_item(item, reader, alternatives)
            yield f"out of {name}"
        elif kind == "Table":
            rows = [row for part in kid.kids for row in part.kids]
            yield f"table with {len(rows)} rows and {len(rows[0].kids)} columns"
            for number, row in enumerate(rows, 1):
                for column, cell in enumerate(row.kids, 1):
                    header = "header, " if cell.name.startswith("TH") else ""
                    yield f"row {number} column {column}, {header}{_say_cell(cell, reader)}"
            yield "out of table"
        elif kind == "BlockQuote":
            yield "block quote"
            yield from _say(kid, reader, alternatives)
            yield "out of block quote"
        else:
            yield from _say(kid, reader, alternatives)


def _say_cell(cell: Node, reader: Any) -> str:
    """Its text; paragraphs of their own are set apart."""
    if not any(re.match(r"P\b", kid.name) for kid in cell.kids):
        return _words(cell, reader)
    return " | ".join(_words(Node("", [kid]), reader) for kid in cell.kids)


def _say_item(item: Node, reader: Any, alternatives: Iterator[str]) -> Iterator[str]:
    label = " ".join(_words(kid, reader) for kid in item.kids if kid.name.startswith("Lbl"))
    for body in (kid for kid in item.kids if not kid.name.startswith("Lbl")):
        running = [kid for kid in body.kids if re.match(r'"|Link|Span', kid.name)]
        yield f"{label or 'item'}, {_words(Node('', running), reader)}"
        yield from _say(Node("", [kid for kid in body.kids if kid not in running]), reader, alternatives)


def _words(node: Node, reader: Any) -> str:
    """The text of an element; a link with what its annotation says."""
    parts = []
    for kid in node.kids:
        if kid.name.startswith('"'):
            parts.append(kid.name[1:-1])
        elif kid.name.startswith("Link"):
            objects = [inner.name for inner in kid.kids if inner.name.startswith("Object")]
            label = reader.get_object(int(objects[0].split()[1]))["/Contents"]
            parts.append(f" (link, {label}) ")
        else:
            parts.append(_words(kid, reader))
    return re.sub(r" ([,.;:)\]])(?=\W|$)", r"\1", " ".join("".join(parts).split())).replace("[ (", "[(")


def samples(folder: Path) -> dict[str, str]:
    """The transcripts of the sample atlas's large prints and handouts by name; the folder has its exports."""
    return {f"{file.stem}.txt": transcript(file) for file in sorted(folder.rglob("*.pdf"))}


if __name__ == "__main__":
    from tests.making import ROOT, make_all

    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        make_all(ROOT, Path(scratch))
        for name, text in samples(Path(scratch)).items():
            (FOLDER / name).write_text(text, "utf-8")
