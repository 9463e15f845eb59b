"""Every profile, theme, paper and standard of the large print conforms; every theme keeps its contrasts."""

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest

from atlas_print.atlas import Atlas, Export
from atlas_print.drawings.colours import themed
from atlas_print.pipeline.plan import Task
from atlas_print.profiles import PAPERS, PROFILES, STANDARDS, THEMES, Profile, Theme, contrast
from atlas_print.prove.verdicts import Outcome, Verdict
from tests.making import LABELS, ROOT, TODAY, atlas_of, judged, make
from tests.pdf.invariants import faults
from tests.validators import outloud, page, verapdf

STARTER = ROOT / "src" / "atlas_print" / "starter"
_STEP = 5
"""One combination in so many is made in a short run."""


@pytest.mark.parametrize("theme", THEMES.values(), ids=lambda theme: theme.name)
def test_text_and_links_have_7_to_1(theme: Theme) -> None:
    assert contrast(theme.ink, theme.ground) >= 7
    assert contrast(theme.accent, theme.ground) >= 7


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [THEMES["cream"], THEMES["dark"]], ids=lambda theme: theme.name)
@pytest.mark.parametrize("colour", ["#1a1a1a", "#003a70", "#8a1c1c", "#156b2c", "black", "#767676"])
def test_what_could_be_told_from_white_can_be_told_from_the_ground(theme: Theme, colour: str) -> None:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg"><path fill="{colour}" d="M0 0h9v9z"/></svg>'
    found = re.search(rb'<path fill="(#[0-9a-f]{6})"', themed(drawing.encode(), theme))
    assert found is not None
    before, after = contrast(colour if colour != "black" else "#000000", "#ffffff"), found.group(1).decode()
    assert contrast(after, theme.ground) >= (7 if before >= 7 else 3)


def test_light_leaves_a_drawing_as_it_is() -> None:
    assert themed(b"<svg/>", THEMES["light"]) == b"<svg/>"


def broken(data: bytes, atlas: Atlas, settings: Mapping[str, str]) -> list[Verdict]:
    """The promises that a large print of the starter's topic breaks."""
    verdicts = judged(data, "large-print", atlas, atlas.topics[0], TODAY, settings, labels=LABELS)
    return [verdict for verdict in verdicts if verdict.outcome is Outcome.BROKEN]


@pytest.mark.parametrize("headings", [(60, 40, 20), (20, 20, 20)])
def test_a_profile_of_the_project_keeps_its_floors(headings: tuple[float, float, float]) -> None:
    atlas = atlas_of(STARTER)
    own = Profile("own", 20, 1.3, headings, 40, "our readers")
    atlas = replace(atlas, profiles={**atlas.profiles, "own": own})
    task = Task("", Export("x", "large-print", {"profile": "own"}), atlas.topics[0].slug)
    made = make(atlas, STARTER, task)
    assert made.note == "own, light, A4"
    assert broken(made.data, atlas, task.export.settings) == []


@pytest.mark.xdist_group("profiles")
def test_every_combination_conforms(tmp_path: Path, is_long: bool) -> None:
    atlas = atlas_of(STARTER)
    files: dict[str, list[Path]] = {standard: [] for standard in STANDARDS}
    for number, (profile, theme, paper, standard) in enumerate(product(PROFILES, THEMES, PAPERS, STANDARDS)):
        # Paper and standard change nothing about colours, so they are crossed with the profiles in light only.
        if theme != "light" and (paper, standard) != ("A4", "ua-1"):
            continue
        # A step that has no divisor in common with what is crossed meets each of it.
        if not is_long and number % _STEP:
            continue
        settings = {"profile": profile, "theme": theme, "paper": paper, "standard": standard}
        task = Task("", Export("x", "large-print", settings), atlas.topics[0].slug)
        file = tmp_path / f"{profile}-{theme}-{paper}-{standard}.pdf"
        file.write_bytes(make(atlas, STARTER, task).data)
        files[standard].append(file)
        assert faults(file) == []
        assert broken(file.read_bytes(), atlas, settings) == []
    for standard, flavours in {"ua-1": ("ua1", "2a"), "ua-2": ("ua2", "wt1a")}.items():
        for flavour in flavours:
            found = verapdf.validate(files[standard], flavour)
            assert {file.name: messages for file, messages in found.items() if messages} == {}
    for flavour in ("ua1", "2a"):
        found = page.validate(files["ua-1"], flavour)
        assert {file.name: messages for file, messages in found.items() if messages} == {}
    found = outloud.check(files["ua-1"])
    assert {file.name: messages for file, messages in found.items() if messages} == {}
