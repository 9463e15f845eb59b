"""P8: the floors of each layout, measured in the finished bytes."""

from collections.abc import Iterator, Mapping, Sequence

from atlas_print.atlas import Atlas
from atlas_print.profiles import DEFAULT_PROFILE, Profile
from atlas_print.prove.case import Case
from atlas_print.prove.promises.handout_floors import judge_handout
from atlas_print.prove.promises.letter_floors import capitals, misprints, odd_letters, slanted_letters, small_headings
from atlas_print.prove.promises.line_floors import lines_on_each_other, long_lines, profile_spacing, tight_lines
from atlas_print.prove.promises.measures import POINTS, ROUNDING, points
from atlas_print.prove.reading.drawn import Shown
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_EDGE = 5.0
"""mm from the edge of a sheet that printers at home don't reach; theirs are 3 to 5."""
_HELP_EDGE = "make the page's margins wider in the layout, or let what runs into them break: printers cut it off"
_HELP_LINES = "give the lines more leading in the layout, as the profile has it"


def judge_floors(
    reading: Reading, kind: str, settings: Mapping[str, str], atlas: Atlas, cases: Sequence[Case]
) -> list[Finding]:
    """What a file with pages breaks."""
    if kind == "handout":
        findings = [finding for case in cases for finding in judge_handout(case)]
        return [*_drawn(reading, atlas.handout.references_floor), *findings]
    profile = _profile(settings, atlas)
    lines = [finding for case in cases for finding in long_lines(case, profile)]
    return [*_drawn(reading, profile.size), *_large_print(reading, profile, atlas), *lines]


def _profile(settings: Mapping[str, str], atlas: Atlas) -> Profile:
    return atlas.profiles[settings.get("profile", DEFAULT_PROFILE)]


def _large_print(reading: Reading, profile: Profile, atlas: Atlas) -> Iterator[Finding]:
    yield from small_headings(reading, profile)
    yield from tight_lines(reading, profile_spacing(profile), _HELP_LINES)
    yield from slanted_letters(reading)
    yield from capitals(reading, atlas)


def _drawn(reading: Reading, floor: float) -> Iterator[Finding]:
    """What is drawn so that some can't read it: too small, at the edge, turned, on other text, in other letters."""
    yield from misprints(reading)
    yield from odd_letters(reading)
    yield from lines_on_each_other(reading)
    for shown in reading.shown:
        if shown.size < floor - ROUNDING:
            yield _too_small(shown, floor)
        if not shown.is_on_page:
            where, help_ = f"page {shown.page}", "shorten the word or the label, or let it break"
            yield Finding(where, "text inside the sheet", f"“{short(shown.text)}” runs off it", help_)
        elif shown.nearest < _EDGE * POINTS - ROUNDING:
            found = f"“{short(shown.text)}” {shown.nearest / POINTS:.1f} mm from it"
            yield Finding(
                f"page {shown.page}", f"text at least {_EDGE:g} mm from the edge of the sheet", found, _HELP_EDGE
            )


def _too_small(shown: Shown, floor: float) -> Finding:
    found = f"“{short(shown.text)}” at {points(shown.size)}"
    factor = floor / max(shown.size, 0.1)
    help_ = f"if it is a label of a drawing, draw it {factor:.2f} times as large; else set it larger in the layout"
    return Finding(f"page {shown.page}", f"text of at least {floor:g} pt", found, help_)
