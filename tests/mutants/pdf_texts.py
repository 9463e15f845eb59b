"""Mutants of what a PDF says: to eyes by its glyphs, to a voice by its ActualText, or to both."""

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pikepdf
import yaml

from tests.making import ROOT
from tests.mutants.mutant import Good, Mutant, Passage, bare, headings, is_authors
from tests.mutants.pdf_file import Glyph, Run, Sheets
from tests.mutants.texts import mutants_of_texts

_HEADINGS = frozenset({"H1", "H2", "H3"})
LAYERS = {"both": "", "seen": ", seen only", "heard": ", heard only"}


def text_mutants(sheets: Sheets, count: int) -> Iterator[Mutant]:
    """Alterations of words and of numbers, so many of each in each layer."""
    for layer, name in LAYERS.items():
        found = regions(sheets)
        if layer == "seen":
            found = [(run, region) for run, region in found if run.actual is not None]
        if layer == "heard":
            # What is in no element is told to nobody.
            found = [(run, region) for run, region in found if run.mcid is not None]
        passages = [_passage(sheets, run, region, layer) for run, region in found]
        yield from mutants_of_texts(sheets.good, passages, name, (count, count))


def _passage(sheets: Sheets, run: Run, region: str, layer: str) -> Passage:
    def write(text: str) -> Callable[[], bytes] | None:
        return rewritten(sheets, run, text, layer)

    return Passage(place(run), region, run.text, write)


def place(run: Run) -> str:
    """Where a run stands, for a person."""
    return f"page {run.page + 1}, {'/'.join(run.types[1:]) or 'artifact'}, {run.mcid}"


def rewritten(sheets: Sheets, run: Run, text: str, layer: str) -> Callable[[], bytes] | None:
    """What makes the file with another text in that run; None if the font lacks a character."""
    instructions = list(sheets.pages[run.page])
    if layer != "heard":
        glyphs = reglyphed(run.glyphs, text, sheets.codes[run.font])
        if glyphs is None:
            return None
        instructions[run.at] = ([shown(glyphs)], pikepdf.Operator("TJ"))
    if run.mark is not None and (layer == "heard" or (layer == "both" and run.actual is not None)):
        operands = instructions[run.mark][0]
        told = run.text if run.actual is None else run.actual
        if not told.startswith(run.text):
            return None
        instructions[run.mark] = (
            [operands[0], told_as(operands[1], text + told[len(run.text) :])],
            pikepdf.Operator("BDC"),
        )
    return sheets.rewritten(run.page, instructions)


def told_as(properties: Any, text: str) -> pikepdf.Dictionary:
    """A property list with that ActualText."""
    entries = {key: properties[key] for key in properties.keys() if key != "/ActualText"}  # noqa: SIM118
    return pikepdf.Dictionary({**entries, "/ActualText": pikepdf.String(text)})


def reglyphed(glyphs: list[Glyph], text: str, codes: dict[str, bytes]) -> list[Glyph] | None:
    """The glyphs of another text; what both texts begin and end with keeps its own."""
    start, rest = 0, text
    while start < len(glyphs) and rest.startswith(glyphs[start].text):
        rest = rest[len(glyphs[start].text) :]
        start += 1
    end = len(glyphs)
    while end > start and rest.endswith(glyphs[end - 1].text):
        end -= 1
        rest = rest.removesuffix(glyphs[end].text)
    if any(character not in codes for character in rest):
        return None
    return [*glyphs[:start], *(Glyph(codes[it], it, 0.0) for it in rest), *glyphs[end:]]


def shown(glyphs: list[Glyph]) -> pikepdf.Array:
    """The operand of TJ."""
    items: list[Any] = []
    for glyph in glyphs:
        items += [pikepdf.String(glyph.code), glyph.adjust] if glyph.adjust else [pikepdf.String(glyph.code)]
    return pikepdf.Array(items)


# --- regions ----------------------------------------------------------------------------------------------


@cache
def _atlas() -> Any:
    return yaml.safe_load((ROOT / "content/atlas.yaml").read_text("utf-8"))


def regions(sheets: Sheets) -> list[tuple[Run, str]]:
    """Each run with the part of a topic that it belongs to."""
    labels = {run.path[:-1]: run.text for run in sheets.runs if run.types[-1:] == ("Lbl",)}
    found = [(run, _region(sheets.good, run, labels.get(run.path[:-1], ""))) for run in sheets.runs]
    own = ("text", "heading", "scale")
    return [(run, "label" if part in own and not is_authors(run.text) else part) for run, part in found]


def is_beside(text: str) -> bool:
    """Whether nobody would miss a text: what stands before a DOI, an abbreviation that is explained again elsewhere."""
    return text.strip() == "https://doi.org/" or text.strip() in _atlas()["glossary"]


def is_explained(text: str) -> bool:
    """Whether a text tells what an abbreviation stands for, which a file tells twice, or is of the imprint."""
    terms = [term["full"] for term in _atlas()["glossary"].values()]
    return any(bare(term) in bare(text) for term in terms) or "online:" in text


def _region(good: Good, run: Run, label: str) -> str:
    kind = run.types[-1] if run.types else ""
    if "Figure" in run.types:
        return "drawing"
    if run.mcid is None or not run.types or "TOC" in run.types:
        return "label"
    if run.heading.startswith(("References", "Further reading")):
        is_label = kind in _HEADINGS or run.link == "#" or run.text.startswith(("Cited on", "PMID", "PMCID", ", ", "."))
        return "label" if is_label else "reference"
    if run.link == "#":
        return "citation" if run.text.isdigit() else "label"
    if len(run.text) > 12 and bare(run.text) in bare(_atlas()["disclaimer"]):
        return "disclaimer"
    if "Last reviewed" in run.text or "Made on" in run.text:
        return "date"
    if _is_grade(good, run, label):
        return "grade"
    if kind in _HEADINGS:
        return "heading" if any(bare(run.text) in heading for heading in headings()) else "label"
    if kind == "TH" and good.kind == "handout":
        return "grade" if run.path[-1] > 0 else "label"
    scales = [scale["label"] for scale in _atlas()["grades"].values()]
    if run.heading.startswith("How sure") or (good.kind == "large-print" and run.heading in scales):
        return "scale"
    return "grade" if kind == "Lbl" and run.text in scales else "text"


def _is_grade(good: Good, run: Run, label: str) -> bool:
    if good.kind == "handout":
        # Parts of a grade that share a column are a paragraph each.
        at = -2 if run.types[-1] == "P" else -1
        return run.types[at] == "TD" and run.path[at] > 0
    return run.types[-1] == "LBody" and label in [scale["label"] for scale in _atlas()["grades"].values()]
