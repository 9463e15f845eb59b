"""P8: how far the lines of a file stand apart, how long those of a large print are, how large its headings.

Spaced letters are not looked for: no source on large print says anything about them.
"""

import unicodedata
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise

from atlas_print.profiles import Profile
from atlas_print.prove.case import Case
from atlas_print.prove.promises.pages import ROUNDING, and_more, points
from atlas_print.prove.reading.elements import Element, Line, Role
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.lines import short
from atlas_print.prove.verdicts import Finding

_NEXT_LINE = 0.5
"""How much lower a baseline is, in em, where it is that of another line: the number of a list item and its words
share one."""

_RUNNING_TEXT = frozenset((Role.GROUP, Role.PARAGRAPH, Role.ITEM, Role.DEFINITION, Role.QUOTE))
_LONGEST = 80
"""Characters in a line, whatever a profile says (WCAG 2.2 SC 1.4.8)."""
_UNEVEN = 0.05
"""What lines may be longer than `line_length`, the mean that sets the column: APH's 43 characters are 41 and 5 %."""
_OTHER_LETTERS = 0.15
"""The same in other languages than English, whose letters the sources count: those that join are narrower together."""
_EXCEPT = 20
"""One full line in so many may be longer than that, and one in any topic: the 95th percentile."""

_SMALL = 0.5
"""How high a small letter is, in em."""
_ASIDE = 1.0
"""How far, in em, letters may reach into those beside them: italics, kerned pairs, raised numbers of notes."""

_HELP_LAST = "write a sentence between the heading and what follows; in a layout of your own: `break-after: avoid`"
_HELP_OVER = "move the lines apart in the layout, or take one of them off the page"


def lines_on_each_other(reading: Reading) -> Iterator[Finding]:
    """Lines over other lines, by more than half the height of small letters: a finding for each page.

    Labels of a drawing are its author's. The same text twice is a bold made by printing it again.
    """
    for page, group in groupby(sorted(reading.lines, key=lambda line: line.page), key=lambda line: line.page):
        pairs = list(_over_each_other(sorted(group, key=lambda line: line.y)))
        if pairs:
            one, other = pairs[0]
            found = f"“{short(other.text)}” over “{short(one.text)}”{and_more(len(pairs) - 1, ' on this page')}"
            yield Finding(f"page {page}", "each line of text on ground of its own", found, _HELP_OVER)


def _over_each_other(lines: Sequence[Line]) -> Iterator[tuple[Line, Line]]:
    """Pairs of what is sorted by its height on the page."""
    highest = max((line.largest for line in lines), default=0.0)
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            if other.y - one.y > _SMALL * highest:
                break
            size = min(one.largest, other.largest)
            beside = min(one.end_x, other.end_x) - max(one.x, other.x)
            is_over = min(one.y + _SMALL * one.largest, other.y + _SMALL * other.largest) - other.y > _SMALL * size / 2
            if is_over and beside > _ASIDE * size and one.text != other.text:
                yield one, other


def tight_lines(reading: Reading, spacing: Callable[[Line], float], help_: str) -> Iterator[Finding]:
    """Lines of a paragraph, a heading, a cell or a list nearer to each other than `spacing` times their size."""
    found: defaultdict[tuple[str, str], list[Line]] = defaultdict(list)
    for upper, lower in pairwise(reading.lines):
        apart = upper.y - lower.y
        # A line that stands higher than the one before it starts a new column.
        is_next = upper.page == lower.page and apart > _NEXT_LINE * max(upper.largest, lower.largest)
        if is_next and _whole(upper.block) is _whole(lower.block):
            size, times = min(upper.largest, lower.largest), spacing(lower)
            # Two baselines, each of them rounded.
            if apart < size * times - 2 * ROUNDING:
                wanted = f"{points(size * times)} apart, {times:.3g} times their size of {points(size)}"
                found[wanted, points(apart)].append(upper)
    for (wanted, distance), lines in found.items():
        more = and_more(len(lines) - 1, " like it")
        shown = f"“{short(lines[0].text)}” and the line below it {distance} apart{more}"
        yield Finding(lines[0].place, f"lines at least {wanted}", shown, help_)


def long_lines(case: Case, profile: Profile) -> Iterator[Finding]:
    """A topic of which more full lines than a few are longer than the profile's.

    Full lines are those of running text that another of the same block follows: no headings, tables, captions or
    references, where lines are short or broken at will, and no rows of numbers, as of a citation of twenty, which are
    narrower than words.
    """
    lines = [line for line, after in pairwise(case.reading.lines) if line.block is after.block]
    lines = [line for line in lines if line.block.role in _RUNNING_TEXT and not case.is_listed(line.block)]
    lines = [line for line in lines if case.start <= line.block.start < case.end and _is_of_words(line.text)]
    is_english = case.atlas.language.split("-")[0].lower() == "en"
    most = min(int(profile.line_length * (1 + (_UNEVEN if is_english else _OTHER_LETTERS))), _LONGEST)
    long = [line for line in lines if _length(line.text) > most]
    if len(long) > max(len(lines) // _EXCEPT, 1):
        longest = max(long, key=lambda line: _length(line.text))
        expected = f"lines of at most {most} characters, but for one in {_EXCEPT}"
        found = f"{_length(longest.text)} in “{short(longest.text)}”, {len(long)} of {len(lines)} full lines too long"
        help_ = f"set the text in a narrower column: the profile {profile.name} is for {profile.line_length} characters"
        yield Finding(longest.place, expected, found, help_)


def _whole(block: Element) -> Element:
    """What has its lines one below the other: the outermost list around a block, or the block itself."""
    lists = [above for above in block.ancestors() if above.role is Role.LIST]
    return lists[-1] if lists else block


def _is_of_words(text: str) -> bool:
    """Whether half of a text or more is letters."""
    return 2 * sum(unicodedata.category(character)[0] in "LM" for character in text) >= len(text)


def _length(text: str) -> int:
    """Characters as a reader counts them: an accent or a vowel sign above, below or around a letter is none."""
    return sum(unicodedata.category(character) not in ("Mn", "Me", "Cf") for character in text)


def headings_last(reading: Reading) -> Iterator[Finding]:
    """Headings that end a page: what is read or drawn next stands on a later one."""
    for heading in reading.of(Role.HEADING):
        figures = (it.page for it in reading.of(Role.FIGURE, start=heading.end) if it.start == heading.end)
        last = bisect_right(reading.page_starts, heading.end - 1)
        behind = next(figures, None) or bisect_right(reading.page_starts, heading.end)
        if heading.end < len(reading.flat) and behind > last:
            expected = f"“{short(reading.excerpt(heading.start, heading.end))}” above what it is about"
            yield Finding(f"page {last}, {heading.place.split()[-1]}", expected, "it ends its page", _HELP_LAST)


def small_headings(reading: Reading, profile: Profile) -> Iterator[Finding]:
    """Headings of the first three levels below the sizes of the profile."""
    headings = (line for line in reading.lines if line.block.role is Role.HEADING)
    for heading, group in groupby(headings, key=lambda line: line.block):
        lines = list(group)
        size = min(line.smallest for line in lines)
        if not 1 <= heading.level <= len(profile.heading_sizes):
            continue
        least = profile.heading_sizes[heading.level - 1]
        if size < least - ROUNDING:
            found = f"“{short(' '.join(line.text for line in lines))}” at {points(size)}"
            help_ = f"set headings of this level at {least:g} pt in the layout, as the profile {profile.name} has them"
            yield Finding(lines[0].place, f"a heading of level {heading.level} at {least:g} pt or more", found, help_)
