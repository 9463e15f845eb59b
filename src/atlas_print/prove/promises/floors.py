"""P8: nothing is smaller than the layout's own floor, nothing runs off the sheet, and a handout is one page."""

from collections.abc import Mapping

from atlas_print.atlas import Atlas
from atlas_print.profiles import DEFAULT_PROFILE, HANDOUT
from atlas_print.prove.reading import Reading, Shown
from atlas_print.prove.verdicts import Finding
from atlas_print.prove.wording import short

_ROUNDING = 0.05
"""pt; sizes pass through several matrices of six digits."""


def floor_of(kind: str, settings: Mapping[str, str], atlas: Atlas) -> float | None:
    """The smallest size that an export may show, in pt; None where the reader's own settings decide."""
    if kind == "large-print":
        return atlas.profiles[settings.get("profile", DEFAULT_PROFILE)].size
    return HANDOUT.references_floor if kind == "handout" else None


def judge_floors(reading: Reading, kind: str, floor: float) -> list[Finding]:
    """What is drawn too small or off the sheet, and a handout of more than one page."""
    findings = []
    if kind == "handout" and reading.pages != 1:
        help_ = "shorten key sentences or list fewer references"
        findings.append(Finding("the whole file", "one page", f"{reading.pages} pages", help_))
    for shown in reading.shown:
        if shown.size < floor - _ROUNDING:
            findings.append(_too_small(shown, floor))
        if not shown.is_on_page:
            where, help_ = f"page {shown.page}", "shorten the word or the label, or let it break"
            findings.append(Finding(where, "text inside the sheet", f"“{short(shown.text)}” runs off it", help_))
    return findings


def _too_small(shown: Shown, floor: float) -> Finding:
    found = f"“{short(shown.text)}” at {shown.size:.1f} pt"
    factor = floor / max(shown.size, 0.1)
    help_ = f"if it is a label of a drawing, draw it {factor:.2f} times as large; else set it larger in the layout"
    return Finding(f"page {shown.page}", f"text of at least {floor:g} pt", found, help_)
