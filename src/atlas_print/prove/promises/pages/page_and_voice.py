"""P5 and P6 on paper: what a page shows, and what a voice reads out of it, are the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from lxml import etree

from atlas_print.atlas import Atlas
from atlas_print.blocks import Figure
from atlas_print.prove.case import Case
from atlas_print.prove.promises.pages import authored
from atlas_print.prove.reading.book import SVG, words
from atlas_print.prove.reading.elements import Element, Line, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.reading.text import is_spelled, squeeze
from atlas_print.prove.source.dates import is_right_to_left
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.lines import short
from atlas_print.prove.verdicts import Finding

_HIGHER = 0.5
"""How far above the line before it a line has to stand to be out of order, in em; signs are raised by less."""
_NEXT = 3.5
"""How far below a line, in em, the next of a text may stand."""
_ASIDE = frozenset((Role.TABLE, Role.CAPTION, Role.FIGURE, Role.LABEL))
"""What may go on, on another page, beside what is read next."""
_CELLS = (Role.CELL, Role.HEADER_CELL)

_HELP_SILENT = "tag it, if it is of the source; else take it off the page: only labels may stand there for eyes alone"
_HELP_COUNT = "let the layout count the pages; saving some pages of a file leaves their old numbers on them"
_HELP_TOLD = "make the text for a voice (ActualText, Alt) that of the page, or take it out"
_HELP_DRAWN = "show the drawing of the source, with its labels as text, within its viewBox"
_HELP_IMAGE = "take the image off the page, or make it a figure of the topic with an alternative text"
_HELP_ORDER = "place the words on the page in the order in which they are read"
_HELP_CELLS = "place the cells of a table in its rows and columns, as they are read"
_HELP_PAGES = "put the pages in the order in which they are read"


def judge_shown(reading: Reading, atlas: Atlas, cases: Sequence[Case], labels: Labels) -> Iterator[Finding]:
    """Where a page and its voice differ; `labels` are what may stand there though no author wrote it."""
    yield from _for_eyes_alone(reading, labels)
    for text in reading.replaced:
        yield _differs(text.place, text.shown, text.told)
    for element in reading.elements:
        if element.alt and element.role is not Role.FIGURE and squeeze(element.alt) != reading.text(element):
            yield _differs(element.place, reading.excerpt(element.start, element.end), element.alt)
    for case in cases:
        yield from _drawings(case)
    for page, _ in groupby(reading.loose_images):
        yield Finding(f"page {page}", "the figures of the source and no other images", "an image", _HELP_IMAGE)
    if not is_right_to_left(atlas.language):
        yield from _lines_in_order(reading)
        yield from _cells_in_place(reading)
    yield from pages_in_order(reading)


def _differs(place: str, shown: str, told: str) -> Finding:
    expected = f"“{short(shown)}” for a voice as on the page" if shown.strip() else "nothing to hear where nothing is"
    return Finding(place, expected, f"“{short(told)}”", _HELP_TOLD)


def _for_eyes_alone(reading: Reading, labels: Labels) -> Iterator[Finding]:
    """Text that no structure element holds, and that is no label: labels are running heads, numbers of pages."""
    # A table that goes on over the page shows its head again.
    heads = (reading.excerpt(cell.start, cell.end) for cell in reading.of(Role.HEADER_CELL))
    repeated = labels.outside(heads)
    for (page, element), group in groupby(reading.shown, key=lambda shown: (shown.page, shown.element)):
        if element is not None:
            continue
        texts = [shown.text for shown in group]
        text, whole = " ".join(texts), "".join(it[:-1] if it.endswith("-") else f"{it} " for it in texts)
        # A hyphen at the end of a line may divide a word.
        if not repeated.covers(squeeze(text)) and not repeated.covers(squeeze(whole)):
            found = f"“{short(text)}”, which no voice reads out"
            yield Finding(f"page {page}", "every word on the page in the reading order", found, _HELP_SILENT)
            continue
        for pattern in labels.counts:
            counted = pattern.search(squeeze(text))
            if counted is not None and counted.groupdict() != {"page": str(page), "pages": str(reading.pages)}:
                expected = f"the number of page {page} of {reading.pages}"
                yield Finding(f"page {page}", expected, f"“{counted[0]}”", _HELP_COUNT)


# --- drawings ---------------------------------------------------------------------------------------------


def _drawings(case: Case) -> Iterator[Finding]:
    """The figures of a topic: each shows something, and a drawing the labels of its source."""
    for figure in case.of(Role.FIGURE):
        own = authored(case, figure)
        if own is None or not isinstance(own.block, Figure):
            continue
        image, shown = own.block.image, case.reading.labels.get(figure)
        if shown is None:
            yield Finding(figure.place, "a figure that shows something", "nothing on the page", _HELP_DRAWN, own.source)
        elif image.media_type == "image/svg+xml":
            wanted = [words(node) for node in etree.fromstring(image.data).iter(f"{SVG}text")]
            if not _are_shown(wanted, shown):
                expected = f"a drawing with {_quoted(' '.join(wanted))}"
                yield Finding(figure.place, expected, _quoted(shown), _HELP_DRAWN, own.source)


def _are_shown(wanted: Sequence[str], shown: str) -> bool:
    """Whether a drawing shows its labels and no others, cut into whatever pieces, and used as often as it may be.

    Of labels whose glyphs don't spell their letters it is known that they are seen, and no more.
    """
    labels = {squeeze(label) for label in wanted if squeeze(label)}
    if not all(map(is_spelled, (*labels, shown))):
        return bool(squeeze(shown)) or not labels
    if Counter(" ".join(wanted).split()) == Counter(shown.split()):
        return True
    text = squeeze(shown)
    # The longest first: one may be a part of another.
    for label in sorted(labels, key=len, reverse=True):
        if label not in text:
            return False
        text = text.replace(label, " ")
    return not text.strip()


def _quoted(text: str) -> str:
    return f"the labels “{short(text)}”" if text.strip() else "no labels"


# --- order ------------------------------------------------------------------------------------------------


def _lines_in_order(reading: Reading) -> Iterator[Finding]:
    """Lines that stand above those that are read before them, in their own column or one to the left."""
    for line in reading.lines:
        if not line.is_straight:
            yield Finding(line.place, f"“{short(line.text)}” from left to right", "words in another order", _HELP_ORDER)
    for before, line in pairwise(reading.lines):
        step = _HIGHER * line.largest
        if before.page == line.page and line.y > before.y + step and line.x < before.x + step:
            found = f"it stands above “{short(before.text)}”, which is read before it"
            yield Finding(line.place, f"“{short(line.text)}” where its turn is", found, _HELP_ORDER)


def pages_in_order(reading: Reading) -> Iterator[Finding]:
    """Paragraphs that stand on a page before that of what is read before them."""
    lines = [line for line in reading.lines if not any(it.role in _ASIDE for it in _around(line.block))]
    for before, line in pairwise(lines):
        if line.page < before.page:
            found = f"“{short(before.text)}” on page {before.page}, which is read before it"
            yield Finding(line.place, f"“{short(line.text)}” behind what is read before it", found, _HELP_PAGES)


def _around(block: Element) -> tuple[Element, ...]:
    return (block, *block.ancestors())


def _cells_in_place(reading: Reading) -> Iterator[Finding]:
    """Cells of a table that stand left of those before them in their row, or beside another row than their own."""
    lines: dict[Element, list[Line]] = {}
    for line in reading.lines:
        cell = next((it for it in _around(line.block) if it.role in _CELLS), line.block)
        lines.setdefault(cell, []).append(line)
    for table in reading.of(Role.TABLE):
        above: list[Line] = []
        for row in reading.inside(table, Role.ROW):
            cells = [lines[cell] for cell in reading.inside(row, *_CELLS) if cell in lines]
            for before, after in pairwise(cells):
                is_left = min(line.x for line in after) <= max(line.x for line in before)
                if is_left and before[-1].page == after[0].page and not _goes_on(before[-1], after[0]):
                    yield _misplaced(after[0], "behind the cell before it in its row")
            for first, *_ in cells:
                # Right of all of it, the row stands in the next column of a page.
                beside = [line for line in above if line.page == first.page and line.end_x > first.x]
                if any(line.y <= first.y for line in beside):
                    yield _misplaced(first, "below the row before its own")
            above = [line for held in cells for line in held] or above


def _goes_on(before: Line, after: Line) -> bool:
    """Whether a cell starts on the line on which the one before it ends, or on the next: a value behind its header."""
    return after.x >= before.end_x if after.y == before.y else 0 < before.y - after.y < _NEXT * before.largest


def _misplaced(line: Line, where: str) -> Finding:
    return Finding(line.place, f"the cell “{short(line.text)}” {where}", "it, elsewhere", _HELP_CELLS)
