"""Large-print profiles, themes, papers and what each kind of export may be told: data with its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A large-print profile: sizes in pt, spacing as a multiple of the size, line length in characters."""

    name: str
    size: float
    spacing: float
    heading_sizes: tuple[float, float, float]
    line_length: int
    source: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours as #rrggbb; `paper` is None where the sheet itself is the ground."""

    name: str
    ink: str
    accent: str
    paper: str | None


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet, in mm."""

    name: str
    width: float
    height: float


PROFILES = {
    profile.name: profile
    for profile in (
        Profile(
            "clear-18", 18, 1.5, (28, 22, 20), 60,
            "UKAAF: 18 pt ideal for large print; WCAG 2.2 SC 1.4.8: spacing 1.5; RNIB: 60 to 70 characters",
        ),
    )
}  # fmt: skip

THEMES = {theme.name: theme for theme in (Theme("light", "#1a1a1a", "#003a70", None),)}

PAPERS = {paper.name: paper for paper in (Paper("A4", 210, 297), Paper("Letter", 215.9, 279.4))}


@dataclass(frozen=True, slots=True)
class HandoutFloors:
    """Type sizes of the handout in pt, preferred and at least; `margin` in mm, what office printers can reach."""

    body_preferred: float
    body_floor: float
    references_preferred: float
    references_floor: float
    margin: float
    source: str


HANDOUT = HandoutFloors(
    11, 9.5, 9, 7.5, 12.7,
    "EC guideline on the readability of package leaflets, 2009: 9 pt with 3 mm between lines; body sizes are ours",
)  # fmt: skip

EXPORT_SETTINGS: dict[str, tuple[str, ...]] = {
    "large-print": ("profile", "theme", "paper"),
    "handout": ("paper",),
    "epub": (),
}
"""The kinds of export, and the settings that each takes beside `kind`."""
