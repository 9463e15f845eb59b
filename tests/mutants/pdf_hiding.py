"""Mutants of PDFs whose words are there, but not for eyes; or whose letters are too small, too near, or slanted."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Operator

from tests.mutants.mutant import Mutant, chance, promises, region_promises
from tests.mutants.pdf_file import Edit, Instruction, Run, Sheets
from tests.mutants.pdf_texts import place, regions

Painting: TypeAlias = tuple[list[Instruction], list[Instruction]]
"""What is written before the text object of a run and behind it."""


def hiding_mutants(sheets: Sheets) -> Iterator[Mutant]:
    """Each way to hide, at one run of the file."""
    found = regions(sheets)
    for name, way in _WAYS.items():
        random = chance(sheets.good, name)
        region, run = target(found, random)
        before, behind = way(sheets, run)
        # What is off the page or of no size is below a floor, too. A voice still reads what eyes don't see.
        wanted = region_promises(region) | region_promises(region, is_number=True) | promises("P5 P8")
        makes = sheets.rewritten(run.page, _around(sheets, run, before, behind), _RESOURCES.get(name, _needs)(run.page))
        yield Mutant(f"hidden: {name}", place(run), f"“{run.text[:50]}” ({region})", wanted, makes)
    for name, change in _OBJECTS.items():
        random = chance(sheets.good, name)
        region, run = target(found, random)
        wanted = region_promises(region) | region_promises(region, is_number=True) | promises("P5 P8")
        yield Mutant(name, place(run), f"“{run.text[:50]}” ({region})", wanted, sheets.edited(change(sheets, run)))


def target(found: list[tuple[Run, str]], random: Random) -> tuple[str, Run]:
    """A run that says something in a part of its own, each part as likely."""
    wanted = random.choice(("text", "text", "disclaimer", "reference", "grade", "heading"))
    # A part that is too short may be said again elsewhere.
    able = [
        (region, run)
        for run, region in found
        if region == wanted and len(run.text.strip()) > 6 and run.text.strip() != "https://doi.org/"
    ]
    others = [(region, run) for run, region in found if region == "text" and len(run.text) > 12]
    return random.choice(able or others)


def _around(sheets: Sheets, run: Run, before: list[Instruction], behind: list[Instruction]) -> list[Instruction]:
    """The page with something before and behind the text object of a run."""
    page = sheets.pages[run.page]
    start = max(at for at in range(run.at) if str(page[at][1]) == "BT")
    end = next(at for at in range(run.at, len(page)) if str(page[at][1]) == "ET")
    return [*page[:start], op("q"), *before, *page[start : end + 1], *behind, op("Q"), *page[end + 1 :]]


def op(name: str, *operands: Any) -> Instruction:
    return list(operands), Operator(name)


def _needs(page: int) -> Edit:
    """The graphics states and groups that some ways need."""

    def edit(pdf: pikepdf.Pdf) -> None:
        resources = pdf.pages[page].obj.Resources
        states = resources.get("/ExtGState")
        if states is None:
            states = resources["/ExtGState"] = Dictionary()
        states["/Zq0"] = Dictionary(Type=Name.ExtGState, ca=0, CA=0)
        states["/Zq5"] = Dictionary(Type=Name.ExtGState, ca=0.03, CA=0.03)

    return edit


def _group(page: int) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        group = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Layer"))
        config = Dictionary(OFF=Array([group]), Order=Array([group]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([group]), D=config)
        pdf.pages[page].obj.Resources["/Properties"] = Dictionary({"/ZqOff": group})

    return edit


def _image(page: int) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(b"\xff\xff\xff")
        image.update(
            Dictionary(
                Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceRGB, BitsPerComponent=8
            )
        )
        pdf.pages[page].obj.Resources.XObject["/ZqI"] = image

    return edit


def _form(page: int) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        form = pdf.make_stream(b"1 1 1 rg 0 0 1 1 re f")
        form.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 1, 1])))
        pdf.pages[page].obj.Resources.XObject["/ZqF"] = form

    return edit


def _tm(sheets: Sheets, run: Run) -> list[float]:
    page = sheets.pages[run.page]
    at = max(at for at in range(run.at) if str(page[at][1]) == "Tm")
    return [float(number) for number in page[at][0]]


def _box(sheets: Sheets, run: Run) -> list[float]:
    """Left, top, width, height of a run, downwards as the page counts, with room around."""
    *_, x, y = _tm(sheets, run)
    return [x - 4, y - 40, 800, 56]


def _white(sheets: Sheets, run: Run) -> list[Instruction]:
    return [op("rg", 1, 1, 1), op("re", *_box(sheets, run)), op("f")]


def _matrix(change: Callable[[list[float]], list[float]]) -> Callable[[Sheets, Run], Painting]:
    def way(sheets: Sheets, run: Run) -> Painting:
        del sheets, run
        return [op("cm", *change([1, 0, 0, 1, 0, 0]))], []

    return way


def _polygon(sheets: Sheets, run: Run) -> list[Instruction]:
    """The same box as lines, not quite straight."""
    x, y, width, height = _box(sheets, run)
    points = [(x, y), (x + width, y - 3), (x + width, y + height), (x, y + height + 3)]
    return [op("m", *points[0]), *(op("l", *point) for point in points[1:]), op("h")]


_WAYS: dict[str, Callable[[Sheets, Run], Painting]] = {
    "no ink": lambda sheets, run: ([op("Tr", 3)], [op("Tr", 0)]),
    "for clipping alone": lambda sheets, run: ([op("Tr", 7)], [op("Tr", 0)]),
    "white": lambda sheets, run: ([op("rg", 1, 1, 1)], []),
    "white by grey": lambda sheets, run: ([op("g", 1)], []),
    "white by ink": lambda sheets, run: ([op("k", 0, 0, 0, 0)], []),
    "white by name": lambda sheets, run: ([op("cs", Name("/srgb")), op("scn", 1, 1, 1)], []),
    "white by Lab": lambda sheets, run: ([op("cs", Name("/lab-d50")), op("scn", 100, 0, 0)], []),
    "nearly white": lambda sheets, run: ([op("rg", 0.97, 0.97, 0.97)], []),
    "transparent": lambda sheets, run: ([op("gs", Name("/Zq0"))], []),
    "nearly transparent": lambda sheets, run: ([op("gs", Name("/Zq5"))], []),
    "a white outline": lambda sheets, run: ([op("Tr", 1), op("RG", 1, 1, 1)], [op("Tr", 0)]),
    "a line of no width": lambda sheets, run: ([op("Tr", 1), op("w", 0), op("RG", 1, 1, 1)], [op("Tr", 0)]),
    "off the page": _matrix(lambda m: [1, 0, 0, 1, 4000, 0]),
    "above the page": _matrix(lambda m: [1, 0, 0, 1, 0, -4000]),
    "scaled to nothing": _matrix(lambda m: [0.001, 0, 0, 0.001, 100, 100]),
    "squeezed flat": _matrix(lambda m: [1, 0, 0, 0.001, 0, 300]),
    "squeezed thin": _matrix(lambda m: [0.001, 0, 0, 1, 300, 0]),
    "narrowed to nothing": lambda sheets, run: ([op("Tz", 0.01)], [op("Tz", 100)]),
    "mirrored": _matrix(lambda m: [-1, 0, 0, 1, 780, 0]),
    "upside down": _matrix(lambda m: [1, 0, 0, -1, 0, 1000]),
    "clipped away": lambda sheets, run: ([op("re", 0, 0, 1, 1), op("W"), op("n")], []),
    "clipped by a shape": lambda sheets, run: (
        [op("m", 0, 0), op("l", 1, 0), op("l", 0, 1), op("h"), op("W"), op("n")],
        [],
    ),
    "clipped by two boxes": lambda sheets, run: (
        [op("re", 0, 0, 1, 1), op("re", 2, 2, 1, 1), op("W"), op("n")],
        [],
    ),
    "mostly clipped": lambda sheets, run: (
        [op("re", 0, _tm(sheets, run)[5] - 1, 900, 60), op("W"), op("n")],
        [],
    ),
    "under a box": lambda sheets, run: ([], _white(sheets, run)),
    "under a black box": lambda sheets, run: ([], [op("rg", 0, 0, 0), *_white(sheets, run)[1:]]),
    "under a box, even-odd": lambda sheets, run: ([], [*_white(sheets, run)[:2], op("f*")]),
    "under a polygon": lambda sheets, run: ([], [op("rg", 1, 1, 1), *_polygon(sheets, run), op("f")]),
    "under many lines": lambda sheets, run: (
        [],
        [
            op("RG", 1, 1, 1), op("w", 60), op("m", 0, _tm(sheets, run)[5] - 6),
            op("l", 900, _tm(sheets, run)[5] - 6), op("S"),
        ],
    ),
    "under two halves": lambda sheets, run: (
        [],
        [
            op("rg", 1, 1, 1), op("re", *_box(sheets, run)[:3], 28), op("f"),
            op("re", _box(sheets, run)[0], _box(sheets, run)[1] + 28, 800, 28), op("f"),
        ],
    ),
    "under an image": lambda sheets, run: (
        [],
        [op("cm", 900, 0, 0, 56, 0, _box(sheets, run)[1]), op("Do", Name("/ZqI"))],
    ),
    "under a form": lambda sheets, run: (
        [],
        [op("cm", 900, 0, 0, 56, 0, _box(sheets, run)[1]), op("Do", Name("/ZqF"))],
    ),
    "in a layer that is off": lambda sheets, run: (
        [op("BDC", Name.OC, Name("/ZqOff"))],
        [op("EMC")],
    ),
    "on a ground of its colour": lambda sheets, run: (
        [op("rg", 0, 0, 0), op("re", *_box(sheets, run)), op("f"), op("rg", 0.02, 0.02, 0.02)],
        [],
    ),
}  # fmt: skip
_RESOURCES = {
    "in a layer that is off": _group,
    "under an image": _image,
    "under a form": _form,
}


# --- by the objects of the page ---------------------------------------------------------------------------


def _annotation(subtype: str, **entries: Any) -> Callable[[Sheets, Run], Edit]:
    """An annotation over a run."""

    def change(sheets: Sheets, run: Run) -> Edit:
        *_, x, y = _tm(sheets, run)

        def edit(pdf: pikepdf.Pdf) -> None:
            page = pdf.pages[run.page].obj
            low = float(page.MediaBox[3]) - 0.75 * y - 8
            rect = Array([0.75 * x - 4, low, 580, low + 40])
            look = pdf.make_stream(b"1 1 1 rg 0 0 600 40 re f")
            look.update(Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, 600, 40])))
            note = Dictionary(
                Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=rect, F=4, AP=Dictionary(N=look), **entries
            )
            if "/Annots" not in page:
                page.Annots = Array([])
            page.Annots.append(pdf.make_indirect(note))

        return edit

    return change


def _page_box(name: str, box: Callable[[list[float]], list[float]]) -> Callable[[Sheets, Run], Edit]:
    def change(sheets: Sheets, run: Run) -> Edit:
        def edit(pdf: pikepdf.Pdf) -> None:
            page = pdf.pages[run.page].obj
            page[name] = Array(box([float(number) for number in page.MediaBox]))

        return edit

    return change


def _drop_page(sheets: Sheets, run: Run) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        if len(pdf.pages) > 1:
            del pdf.pages[run.page]
        else:
            pdf.pages[0].obj.Contents = pdf.make_stream(b"")

    return edit


def _set(name: str, value: Any) -> Callable[[Sheets, Run], Edit]:
    def change(sheets: Sheets, run: Run) -> Edit:
        def edit(pdf: pikepdf.Pdf) -> None:
            pdf.pages[run.page].obj[name] = value

        return edit

    return change


def _swap_pages(sheets: Sheets, run: Run) -> Edit:
    """A page changes places with the next; alone, it stands behind an empty one."""

    def edit(pdf: pikepdf.Pdf) -> None:
        if len(pdf.pages) == 1:
            pdf.add_blank_page()
            return
        at = min(run.page, len(pdf.pages) - 2)
        page = pdf.pages[at]
        del pdf.pages[at]
        pdf.pages.insert(at + 1, page)

    return edit


_OBJECTS: dict[str, Callable[[Sheets, Run], Edit]] = {
    "covered by a square": _annotation("Square"),
    "covered by a stamp": _annotation("Stamp", Contents="Void"),
    "covered by free text": _annotation("FreeText", Contents="Stop all treatment", DA="/Helv 12 Tf"),
    "page cut by a crop box": _page_box("/CropBox", lambda box: [0, 0, box[2], 40]),
    "page cut by its media box": _page_box("/MediaBox", lambda box: [0, box[3] - 40, box[2], box[3]]),
    "page upside down": _set("/Rotate", 180),
    "page shrunk by its unit": _set("/UserUnit", 0.2),
    "page dropped": _drop_page,
    "pages in another order": _swap_pages,
}
