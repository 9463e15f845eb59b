"""P5 and P6 on paper: what a page shows, and what a voice reads out of it, are the same."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from atlas_print.atlas import Atlas
from atlas_print.blocks import Figure
from atlas_print.prove.case import Case
from atlas_print.prove.promises.page_order import cells_in_place, pages_in_order
from atlas_print.prove.reading.book import drawing_labels
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.dates import is_right_to_left
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_PLAIN = re.compile(r"(?:LATIN|GREEK|CYRILLIC|DIGIT) ")
_JOINER = "\u034f"
"""Combining grapheme joiner."""
_HIGHER = 0.5
"""How far above the line before it a line has to stand to be out of order, in em; signs are raised by less."""

_HELP_SILENT = "tag it, if it is of the source; else take it off the page: only labels may stand there for eyes alone"
_HELP_COUNT = "let the layout count the pages; saving some pages of a file leaves their old numbers on them"
_HELP_TOLD = "make the text for a voice (ActualText, Alt) that of the page, or take it out"
_HELP_DRAWN = "show the drawing of the source, with its labels as text"
_HELP_IMAGE = "take the image off the page, or make it a figure of the topic with an alternative text"
_HELP_ORDER = "place the words on the page in the order in which they are read"


def judge_shown(reading: Reading, atlas: Atlas, cases: Sequence[Case], beside: Labels) -> Iterator[Finding]:
    """Where a page and its voice differ; `beside` is what may stand there though no author wrote it."""
    yield from _for_eyes_alone(reading, beside)
    is_mirrored = is_right_to_left(atlas.language)
    for text in reading.replaced:
        if not _agree(text.told, text.shown, is_mirrored=is_mirrored):
            yield _differs(text.place, text.shown, text.told)
    for element in reading.elements:
        if element.alt and element.role is not Role.FIGURE and squeeze(element.alt) != reading.text(element):
            yield _differs(element.place, reading.excerpt(element.start, element.end), element.alt)
    for case in cases:
        yield from _drawings(case, is_mirrored=is_mirrored)
    for page, _ in groupby(reading.loose_images):
        yield Finding(f"page {page}", "the figures of the source and no other images", "an image", _HELP_IMAGE)
    if not is_mirrored:
        yield from _out_of_order(reading)
        yield from cells_in_place(reading)
    yield from pages_in_order(reading)


def _differs(place: str, shown: str, told: str) -> Finding:
    expected = f"“{short(shown)}” for a voice as on the page" if shown.strip() else "nothing to hear where nothing is"
    return Finding(place, expected, f"“{short(told)}”", _HELP_TOLD)


def _for_eyes_alone(reading: Reading, beside: Labels) -> Iterator[Finding]:
    """Text that no structure element holds, and that is no label: labels are running heads, numbers of pages."""
    # A table that goes on over the page shows its head again.
    heads = (reading.excerpt(cell.start, cell.end) for cell in reading.of(Role.HEADER_CELL))
    repeated = beside.outside(heads)
    for (page, element), group in groupby(reading.shown, key=lambda shown: (shown.page, shown.element)):
        if element is None:
            text = " ".join(shown.text for shown in group)
            # In letters that join, glyphs tell little.
            said = _plain(text) if _is_shaped(text) else squeeze(text)
            if not repeated.covers(said):
                found = f"“{short(text)}”, which no voice reads out"
                yield Finding(f"page {page}", "every word on the page in the reading order", found, _HELP_SILENT)
            else:
                yield from _counted(squeeze(text), page, reading.pages, beside)


def _counted(text: str, page: int, pages: int | None, beside: Labels) -> Iterator[Finding]:
    """A running line that counts its page wrong."""
    for pattern in beside.counts:
        found = pattern.search(text)
        if found is not None and found.groupdict() != {"page": str(page), "pages": str(pages)}:
            yield Finding(f"page {page}", f"the number of page {page} of {pages}", f"“{found[0]}”", _HELP_COUNT)


def _drawings(case: Case, *, is_mirrored: bool) -> Iterator[Finding]:
    """The figures of a topic: each shows something, and a drawing the labels of its source."""
    reading = case.reading
    blocks = (block for section in case.topic.sections for block in section.all_blocks())
    by_alt = {squeeze(block.alt): block.image for block in blocks if isinstance(block, Figure)}
    for figure in case.of(Role.FIGURE):
        image = by_alt.get(squeeze(figure.alt))
        if image is None:
            continue
        shown = reading.labels.get(figure)
        if shown is None:
            yield Finding(figure.place, "a figure that shows something", "nothing on the page", _HELP_DRAWN)
        elif image.media_type == "image/svg+xml":
            wanted = drawing_labels(image.data)
            if not _agree(wanted, shown, is_mirrored=is_mirrored):
                yield Finding(figure.place, f"a drawing with {_labels(wanted)}", _labels(shown), _HELP_DRAWN)


def _labels(text: str) -> str:
    return f"the labels “{short(text)}”" if text else "no labels"


def _out_of_order(reading: Reading) -> Iterator[Finding]:
    """Lines that stand above those that are read before them, in their own column or one to the left."""
    for line in reading.lines:
        if not line.is_straight and not _is_shaped(line.text):
            yield Finding(line.place, f"“{short(line.text)}” from left to right", "words in another order", _HELP_ORDER)
    for before, line in pairwise(reading.lines):
        step = _HIGHER * line.largest
        is_above = before.page == line.page and line.y > before.y + step and line.x < before.x + step
        if is_above:
            found = f"it stands above “{short(before.text)}”, which is read before it"
            yield Finding(line.place, f"“{short(line.text)}” where its turn is", found, _HELP_ORDER)


def _agree(told: str, shown: str, *, is_mirrored: bool) -> bool:
    """Whether two texts are the same.

    Joined letters are shown by glyphs that don't say which letters they are, and lines from right to left in another
    order: of these the numbers and the words in plain letters have to agree.
    """
    # A line may end at a space or without one.
    if told.split() == shown.split() or ("\n" in shown and squeeze(told) == squeeze(shown)):
        return True
    if not (is_mirrored or _is_shaped(told)):
        return False
    # An accent over a letter may stand behind a gap, and be shown with a joiner that nobody sees.
    return squeeze(told) == squeeze(shown.replace(_JOINER, "")) or _words(told) == _words(shown)


def _is_shaped(text: str) -> bool:
    return any(
        unicodedata.bidirectional(sign) in ("R", "AL", "AN") or unicodedata.category(sign) in ("Mn", "Mc")
        for sign in unicodedata.normalize("NFC", text)
    )


def _words(text: str) -> Counter[str]:
    """The words in letters that stand one by one, and the numbers."""
    kept = "".join(sign if _PLAIN.match(unicodedata.name(sign, "")) else " " for sign in text)
    return Counter(kept.split())


def _plain(text: str) -> str:
    return "".join(sign for sign in text if _PLAIN.match(unicodedata.name(sign, "")))
