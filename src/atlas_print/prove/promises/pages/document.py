"""P8 on paper: what a file says of itself is true, and lets a reader find their way."""

from collections.abc import Iterator

from atlas_print.prove.case import Case
from atlas_print.prove.reading.elements import Role
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.paper import Bookmark, Paper
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.dates import is_right_to_left
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_WHOLE = "the whole file"
_LISTED = 2
"""The level down to which headings have entries."""

_HELP = "save the file with its tags and metadata, or build it again: some programs drop them"
_HELP_OUTLINE = "give each heading its entry in the outline (bookmarks), in order, with its words, leading to it"
_HELP_LABELS = "number the pages from 1, as they are printed, or leave their labels out"


def judge_document(reading: Reading, paper: Paper, case: Case) -> Iterator[Finding]:
    """What a PDF of one topic lacks or says wrong beside its text."""
    title = squeeze(case.topic.title)
    if not paper.is_marked:
        yield Finding(
            _WHOLE, "a file that says that it is tagged (MarkInfo)", "none that does, or doubtful tags", _HELP
        )
    if not paper.is_mapped:
        yield Finding(_WHOLE, "a way from each page to its tags (ParentTree)", "none, or a page without", _HELP)
    if not paper.claims & {"1", "2"}:
        yield Finding(_WHOLE, "the claim of PDF/UA in the metadata", "no such claim", _HELP)
    if not paper.titles or not all(title in squeeze(given) for given in paper.titles):
        found = ", ".join(f"“{short(given)}”" for given in paper.titles) or "none"
        yield Finding(_WHOLE, f"the title “{case.topic.title}” in the metadata", found, _HELP)
    if not paper.shows_title:
        yield Finding(_WHOLE, "the title in the window's bar (DisplayDocTitle)", "the name of the file", _HELP)
    yield from _outline(reading, paper, is_mirrored=is_right_to_left(case.atlas.language))
    for number, label in enumerate(paper.labels, start=1):
        if label != str(number):
            yield Finding(f"page {number}", f"the label “{number}”", f"“{short(label)}”", _HELP_LABELS)
            break


def _outline(reading: Reading, paper: Paper, *, is_mirrored: bool) -> Iterator[Finding]:
    """The headings of a file with more than a page, each with its entry; no entry that leads elsewhere."""
    for mark in paper.outline:
        if not _leads_right(reading, mark, is_mirrored=is_mirrored):
            led = "nothing" if mark.target is None else f"“{short(reading.text(mark.target))}”"
            expected = f"an entry “{short(mark.title)}” of the outline that leads to these words"
            yield Finding(_WHOLE, expected, f"it leads to {led}", _HELP_OUTLINE)
    if (reading.pages or 0) > 1:
        entries = iter([squeeze(mark.title) for mark in paper.outline])
        for heading in reading.of(Role.HEADING):
            # Any entries may stand between two, none in another order.
            if heading.level <= _LISTED and reading.text(heading) not in entries:
                shown = reading.excerpt(heading.start, heading.end)
                yield Finding(heading.place, f"an entry of the outline for “{short(shown)}”", "none", _HELP_OUTLINE)
                break


def _leads_right(reading: Reading, mark: Bookmark, *, is_mirrored: bool) -> bool:
    title = squeeze(mark.title)
    if not title or mark.target is None:
        return False
    around = [mark.target, *(above for above in mark.target.ancestors() if above.role is Role.HEADING)]
    if any(title in reading.text(element) for element in around):
        return True
    # Where lines run from right to left, a point at the left of a page tells no more than the page.
    headings = (heading for heading in reading.of(Role.HEADING) if reading.text(heading) == title)
    return is_mirrored and any(heading.page == mark.target.page for heading in headings)
