"""Mutants of a PDF's structure tree: what a voice is told, in which order, and as what."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tests.mutants.mutant import Mutant, chance, promises, region_promises
from tests.mutants.pdf_file import Edit, Path, Sheets, element, kids
from tests.mutants.pdf_texts import is_explained, regions


@dataclass(frozen=True, slots=True)
class Node:
    """A structure element with what it holds."""

    path: Path
    kind: str
    text: str
    regions: frozenset[str]
    page: int
    lines: int

    def __str__(self) -> str:
        return f"page {self.page + 1}, {self.kind} {'.'.join(map(str, self.path))}"


Change: TypeAlias = Callable[[pikepdf.Pdf, Any], object]
_LARGE = frozenset({"Sect", "Table", "L", "THead", "TBody", "Art"})


_TAKING = frozenset({"element dropped", "element emptied", "half an element lost", "element is an artifact"})
"""What takes words away; those of the glossary and of the imprint stand twice, or are the layout's."""


def structure_mutants(sheets: Sheets, count: int) -> Iterator[Mutant]:
    """Each change of elements at `count` places."""
    nodes = list(_nodes(sheets))
    for name, (kinds, change) in _CHANGES.items():
        random = chance(sheets.good, name)
        able = [node for node in nodes if node.kind in kinds.split() and _promises(name, node)]
        random.shuffle(able)
        seen: dict[tuple[object, ...], int] = {}
        ranked = []
        for node in able:
            key = (node.kind, *sorted(node.regions))
            seen[key] = seen.get(key, 0) + 1
            ranked.append((seen[key], node))
        made = 0
        for _, node in sorted(ranked, key=lambda pair: pair[0]):
            if made == count:
                break
            if name in _PAIRED and not _differs(sheets, nodes, node):
                continue
            if name == "lines of an element in reverse" and node.lines < 2:
                continue
            if name == "header is a cell" and not _heads_a_column(sheets, node):
                continue
            made += 1
            edit = _on(node.path, change)
            yield Mutant(name, str(node), f"“{node.text[:60]}”", _promises(name, node), sheets.edited(edit))


def _nodes(sheets: Sheets) -> Iterator[Node]:
    found = regions(sheets)
    for path, kind in sheets.elements:
        inside = [(run, region) for run, region in found if run.types and run.path[: len(path)] == path]
        if inside or kind == "Figure":
            parts = frozenset(region for _, region in inside) or frozenset(
                {"drawing" if sheets.good.kind == "large-print" else "label"}
            )
            yield Node(
                path,
                kind,
                " ".join(run.text for run, _ in inside),
                parts,
                inside[0][0].page if inside else 0,
                len(inside),
            )


def _heads_a_column(sheets: Sheets, node: Node) -> bool:
    """Whether it is a header of a column: a row without its header still reads as it stands."""
    kinds = dict(sheets.elements)
    return any(kinds.get(node.path[:length]) == "THead" for length in range(len(node.path)))


def _promises(name: str, node: Node) -> frozenset[str]:
    if name in _TAKING and (is_explained(node.text) or "Last reviewed" in node.text):
        return frozenset()
    if not node.regions - {"label", "date"}:
        return promises(_FIXED[name]) if name == "figure without its text" else frozenset()
    if name in _FIXED:
        return promises(_FIXED[name])
    if node.kind in _LARGE or len(node.regions) > 1:
        return promises("P1 P2 P3 P4 P5 P6 P7 P8") if node.regions - {"label"} else frozenset()
    (part,) = node.regions
    if part == "label" and node.kind != "Lbl":
        return frozenset()
    # The disclaimer, the dates and the scale may be said twice; a running line tells the title.
    if name in ("element doubled", "element last", "elements swapped") and part in ("disclaimer", "date", "scale"):
        return frozenset()
    if part == "date" or "Last reviewed" in node.text:
        return frozenset()
    return region_promises(part) | region_promises(part, is_number=True)


def _differs(sheets: Sheets, nodes: list[Node], node: Node) -> bool:
    """Whether the next element is of the same type and says something else."""
    after = (*node.path[:-1], node.path[-1] + 1)
    other = next((it for it in nodes if it.path == after), None)
    return other is not None and other.kind == node.kind and other.text != node.text


def _on(path: Path, change: Change) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        change(pdf, element(pdf, path))

    return edit


def _siblings(node: Any) -> tuple[Any, int]:
    parent = node.P
    if not isinstance(parent.get("/K"), Array):
        parent.K = Array([parent.K])
    at = next(i for i, kid in enumerate(parent.K) if isinstance(kid, Dictionary) and kid.objgen == node.objgen)
    return parent.K, at


def _drop(pdf: pikepdf.Pdf, node: Any) -> None:
    del pdf
    row, at = _siblings(node)
    del row[at]


def _double(pdf: pikepdf.Pdf, node: Any) -> None:
    row, at = _siblings(node)
    row.insert(at, _twin(pdf, node, node.P))


def _twin(pdf: pikepdf.Pdf, node: Any, parent: Any) -> Any:
    """An element that holds the same, all the way down."""
    twin = pdf.make_indirect(Dictionary({key: node[key] for key in node.keys() if key not in ("/K", "/P", "/ID")}))  # noqa: SIM118
    twin.P = parent
    is_element = [isinstance(kid, Dictionary) and "/S" in kid for kid in kids(node)]
    held = [_twin(pdf, kid, twin) if inner else kid for kid, inner in zip(kids(node), is_element, strict=True)]
    twin.K = Array(held)
    return twin


def _swap(pdf: pikepdf.Pdf, node: Any) -> None:
    del pdf
    row, at = _siblings(node)
    other = row[at + 1]
    row[at + 1] = node
    row[at] = other


def _last(pdf: pikepdf.Pdf, node: Any) -> None:
    row, at = _siblings(node)
    row.append(row[at])
    del row[at]


def _set(key: str, value: Any) -> Change:
    def change(pdf: pikepdf.Pdf, node: Any) -> None:
        del pdf
        if value is None:
            del node[key]
        else:
            node[key] = value

    return change


def _empty(pdf: pikepdf.Pdf, node: Any) -> None:
    del pdf
    node.K = Array([])


def _level(pdf: pikepdf.Pdf, node: Any) -> None:
    del pdf
    node.S = {"/H1": Name.H2, "/H2": Name.H3, "/H3": Name.H2}[str(node.S)]


def _kids_reversed(pdf: pikepdf.Pdf, node: Any) -> None:
    del pdf
    node.K = Array(list(reversed(kids(node))))


def _kid_dropped(pdf: pikepdf.Pdf, node: Any) -> None:
    del pdf
    held = kids(node)
    node.K = Array(held[: len(held) // 2])


_CHANGES: dict[str, tuple[str, Change]] = {
    "element dropped": ("P H1 H2 H3 LI LBody TD TR TH Caption L Table Sect Lbl Link", _drop),
    "element doubled": ("P LI TD TR Caption LBody", _double),
    "elements swapped": ("P LI TR TD", _swap),
    "element last": ("P LI TR H2 Caption", _last),
    "element emptied": ("P LI LBody TD Caption H2 Link", _empty),
    "half an element lost": ("P", _kid_dropped),
    "lines of an element in reverse": ("P LBody", _kids_reversed),
    "element is an artifact": ("P H2 LI TD L", _set("/S", Name.Artifact)),
    "heading is a paragraph": ("H1 H2 H3", _set("/S", Name.P)),
    "heading of another level": ("H1 H2 H3", _level),
    "paragraph is a heading": ("P", _set("/S", Name.H2)),
    "header is a cell": ("TH", _set("/S", Name.TD)),
    "figure without its text": ("Figure", _set("/Alt", None)),
    "figure with another text": ("Figure", _set("/Alt", String("A drawing."))),
    "figure dropped": ("Figure", _drop),
    "figure is a part": ("Figure", _set("/S", Name.Div)),
    "figure that says other words": ("Figure", _set("/ActualText", String("Nothing to see here."))),
    "words told as others": ("P H2 LI TD LBody Link", _set("/ActualText", String("Nothing of this is true."))),
    "words told as nothing": ("P H2 LI TD LBody Link", _set("/ActualText", String(""))),
    "words with an alternative": ("P TD LBody Link", _set("/Alt", String("Nothing of this is true."))),
    "another expansion": ("Span", _set("/E", String("something else"))),
    "another language in an element": ("P H2 LI Sect", _set("/Lang", String("de"))),
}
_PAIRED = frozenset({"elements swapped", "element last"})
_FIXED = {
    "heading is a paragraph": "P2 P3 P5 P8",
    "heading of another level": "P2 P5 P8",
    "paragraph is a heading": "P2 P3 P4 P5 P8",
    "header is a cell": "P2 P5 P8",
    "figure without its text": "P5 P8",
    "figure with another text": "P5 P8",
    "figure dropped": "P5 P8",
    "figure is a part": "P5 P8",
    "figure that says other words": "P5 P8",
    "another expansion": "P5 P8",
    "another language in an element": "P5 P8",
    "words told as others": "P1 P2 P3 P4 P5 P7 P8",
    "words told as nothing": "P1 P2 P3 P4 P5 P7 P8",
    "words with an alternative": "P1 P2 P3 P4 P5 P7 P8",
    "element is an artifact": "P1 P2 P3 P4 P5 P7 P8",
    "half an element lost": "P1 P2 P3 P4 P5 P6 P7",
    "lines of an element in reverse": "P1 P2 P3 P4 P5 P6 P7",
}
