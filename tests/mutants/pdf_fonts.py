"""Mutants of a PDF's fonts: letters that are copied as others."""

import re
from collections.abc import Iterator
from typing import Any

import pikepdf

from tests.mutants.mutant import Mutant
from tests.mutants.pdf_file import Edit, Sheets
from tests.mutants.pdf_objects import ANY


def font_mutants(sheets: Sheets) -> Iterator[Mutant]:
    """Each of them once a font."""
    for name in sheets.codes:
        used = {glyph.text for run in sheets.runs if run.font == name and run.page == 0 for glyph in run.glyphs}
        for one, other in (("3", "5"), ("1", "2"), ("n", "e"), ("a", "o")):
            if {one, other} <= used:
                codes = sheets.codes[name][one], sheets.codes[name][other]
                says = f"“{one}” and “{other}” changed places in {name}"
                made = sheets.edited(_unicode_exchanged(name, *codes))
                yield Mutant("letters copied as others", name, says, ANY, made)
        yield Mutant("no map to letters", name, name, ANY, sheets.edited(_font_without(name, "/ToUnicode")))


def _font(pdf: pikepdf.Pdf, name: str) -> Any:
    return next(page.obj.Resources.Font[name] for page in pdf.pages if name in page.obj.Resources.get("/Font", {}))


def _unicode_exchanged(name: str, one: bytes, other: bytes) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        font = _font(pdf, name)
        text = font.ToUnicode.read_bytes()
        first, second = (re.search(rb"<%s>\s*<(\w+)>" % code.hex().encode(), text) for code in (one, other))
        assert first is not None
        assert second is not None
        swapped = text.replace(first[0], b"<%s> <%s>" % (one.hex().encode(), second[1]))
        font.ToUnicode.write(swapped.replace(second[0], b"<%s> <%s>" % (other.hex().encode(), first[1])))

    return edit


def _font_without(name: str, key: str) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        del _font(pdf, name)[key]

    return edit
