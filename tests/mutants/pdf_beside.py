"""Mutants of PDFs that say more than they should: words, notes, fields, another number in a running line."""

import re
from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator, String

from tests.mutants.mutant import Mutant, chance, promises
from tests.mutants.pdf_file import Glyph, Sheets
from tests.mutants.pdf_texts import place, regions, shown


def beside_mutants(sheets: Sheets) -> Iterator[Mutant]:
    """Words that nobody wrote, behind those of a line."""
    random = chance(sheets.good, "words beside")
    able = [run for run, part in regions(sheets) if part == "text" and len(run.text) > 20]
    for name, marks, wanted in (
        ("words beside, in the structure", None, "P5"),
        ("words beside, as an artifact", ([Name.Artifact], Operator("BMC")), "P5 P8"),
        ("words beside, in no structure", ([Name.Span], Operator("BMC")), "P5 P8"),
        ("words beside, as a header", ([Name.Artifact, Dictionary(Type=Name.Pagination)], Operator("BDC")), "P5 P8"),
    ):
        run = random.choice(able)
        codes = sheets.codes[run.font]
        words = next(text for text in ("do not do this", "no to it", "note", "on") if set(text) <= set(codes))
        glyphs = [Glyph(codes[letter], letter, 0.0) for letter in words]
        page = list(sheets.pages[run.page])
        start = max(at for at in range(run.at) if str(page[at][1]) == "BT")
        if marks is None:
            page[run.at] = ([shown([*run.glyphs, *glyphs])], Operator("TJ"))
            if run.actual is not None and run.mark is not None:
                properties = dict(page[run.mark][0][1].items())
                properties["/ActualText"] = String(f"{run.actual}{words}")
                page[run.mark] = ([page[run.mark][0][0], Dictionary(properties)], Operator("BDC"))
        else:
            size = next(page[at] for at in range(run.at, start, -1) if str(page[at][1]) == "Tf")
            tm = ([1, 0, 0, -1, 130, 1060], Operator("Tm"))
            inside = [([], Operator("BT")), tm, size, ([shown(glyphs)], Operator("TJ")), ([], Operator("ET"))]
            at = run.mark if run.mark is not None else start
            page[at:at] = [marks, *inside, ([], Operator("EMC"))]
        made = sheets.rewritten(run.page, page)
        yield Mutant(name, place(run), f"“{words}” beside “{run.text[:40]}”", promises(wanted), made)
    yield Mutant("a note beside", "page 1", "a note of free text", promises("P5 P8"), sheets.edited(_note))
    yield Mutant("a field beside", "page 1", "a form field with words", promises("P5 P8"), sheets.edited(_field))
    for run, part in regions(sheets):
        if run.mcid is None and re.search(r"\d", run.text):
            at = next(i for i, glyph in enumerate(run.glyphs) if glyph.text.isdigit())
            codes = sheets.codes[run.font]
            digit = next((it for it in "123456789" if it in codes and it != run.glyphs[at].text), None)
            if digit is None:
                continue
            page = list(sheets.pages[run.page])
            glyphs = [*run.glyphs[:at], Glyph(codes[digit], digit, 0.0), *run.glyphs[at + 1 :]]
            page[run.at] = ([shown(glyphs)], Operator("TJ"))
            says = f"“{run.text}” with {digit} for {run.glyphs[at].text} ({part})"
            make = sheets.rewritten(run.page, page)
            yield Mutant("another number in a running line", place(run), says, promises("P5 P6 P8"), make)
            return


def _note(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    look = pdf.make_stream(b"0 0 0 rg 0 0 5 5 re f")
    look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 100, 20])))
    note = Dictionary(
        Type=Name.Annot,
        Subtype=Name.FreeText,
        Rect=Array([20, 20, 120, 40]),
        Contents=String("Stop all treatment"),
        DA=String("/Helv 12 Tf 0 g"),
        F=4,
        AP=Dictionary(N=look),
    )
    if "/Annots" not in page:
        page.Annots = Array([])
    page.Annots.append(pdf.make_indirect(note))


def _field(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0].obj
    field = pdf.make_indirect(
        Dictionary(
            Type=Name.Annot,
            Subtype=Name.Widget,
            FT=Name.Tx,
            T=String("x"),
            V=String("Stop all treatment"),
            Rect=Array([20, 20, 120, 40]),
            DA=String("/Helv 12 Tf 0 g"),
            F=4,
        )
    )
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), NeedAppearances=True)
    if "/Annots" not in page:
        page.Annots = Array([])
    page.Annots.append(field)
