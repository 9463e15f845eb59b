"""Large-print profiles, themes, papers and what each kind of export may be told: data with its source."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A large-print profile: sizes in pt, spacing as a multiple of the size, mean line length in characters."""

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

    @property
    def ground(self) -> str:
        """The colour behind the text: white where the sheet is."""
        return self.paper or "#ffffff"


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
            "UKAAF G003: 18 pt; WCAG 2.2 SC 1.4.8: spacing 1.5; RNIB clear print: lines of 60 to 70 characters",
        ),
        Profile(
            # Atkinson Hyperlegible has an x-height of 0.496 em, so 18 pt would fall just short of APH's 3.175 mm.
            # Lines set for a mean of 41 characters reach 43, measured on the sample at the 95th percentile.
            "aph-18", 18.5, 1.25, (26, 22, 20), 41,
            "APH guidelines for large print: 18 pt, x-height 1/8 inch, spacing 1.25, lines of 39 to 43 characters",
        ),
        Profile(
            "acb-18", 18, 1.15, (26, 22, 20), 60,
            "ACB guidelines for large print, 2025: 18 pt, headings 20 and 22 pt, spacing 1.15",
        ),
        Profile(
            "giant-24", 24, 1.5, (34, 29, 26), 60,
            "RNIB by the UK Office for Disability Issues: giant print is 24 pt and above",
        ),
        Profile(
            "giant-28", 28, 1.5, (38, 33, 30), 60,
            "RNIB by the UK Office for Disability Issues: above 28 pt another format is the better answer",
        ),
    )
}  # fmt: skip
"""The built-in profiles; an atlas may add its own."""
DEFAULT_PROFILE = "clear-18"


@dataclass(frozen=True, slots=True)
class Range:
    """From `least` to `most`, in `unit`."""

    least: float
    most: float
    unit: str

    def __str__(self) -> str:
        return f"a number {self.unit} from {self.least:g} to {self.most:g}"


@dataclass(frozen=True, slots=True)
class OwnProfile:
    """What a project's own profile may say."""

    size: Range
    spacing: Range
    line_length: Range


OWN = OwnProfile(
    # UKAAF G003: large print starts at 16 pt. 72 pt leaves five or six letters to a line of A4.
    Range(16, 72, "of pt"),
    # ACB guidelines, 2025: 1.15; above 3 a paragraph falls apart.
    Range(1.15, 3, "of times the size"),
    # WCAG 2.2 SC 1.4.8: at most 80 characters.
    Range(20, 80, "of characters"),
)

THEMES = {
    theme.name: theme
    for theme in (
        Theme("light", "#1a1a1a", "#003a70", None),
        Theme("cream", "#2b2118", "#003a70", "#f5efe6"),
        Theme("dark", "#d6d0c4", "#9fc5e8", "#1e1e1c"),
    )
}

PAPERS = {paper.name: paper for paper in (Paper("A4", 210, 297), Paper("Letter", 215.9, 279.4))}
BOTH = Paper("both", 210, 279.4)
"""As wide as A4 and as high as Letter, so that either printer prints it whole and at its size."""
HANDOUT_PAPERS = {**PAPERS, BOTH.name: BOTH}


STANDARDS = ("ua-1", "ua-2")
"""What a large-print PDF claims: PDF/UA-1 with PDF/A-2a, or PDF/UA-2 with WTPDF 1.0 Accessibility."""


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

SIDES = ("1", "2", "as-needed")
"""A handout on one page, on both sides of a sheet, or on one where it fits at the preferred sizes and else on both."""

EXPORT_SETTINGS: dict[str, dict[str, tuple[str, ...]]] = {
    "large-print": {
        "profile": tuple(PROFILES),
        "theme": tuple(THEMES),
        "paper": tuple(PAPERS),
        "standard": STANDARDS,
    },
    "handout": {"paper": tuple(HANDOUT_PAPERS), "sides": SIDES},
    "epub": {},
}
"""The kinds of export, the settings that each takes beside `kind`, and the values of each setting."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two #rrggbb colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
