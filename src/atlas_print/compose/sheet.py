"""The page of a large print: how wide its column is, and how large its figures come out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from unicodedata import bidirectional, combining

from atlas_print.atlas import Atlas, Topic
from atlas_print.blocks import Figure, block_lines
from atlas_print.compose.balance import line_count
from atlas_print.compose.figures import Landscape, natural_width
from atlas_print.compose.tables import Room
from atlas_print.inlines import plain_text
from atlas_print.profiles import DEFAULT_PROFILE, PAPERS, Paper, Profile
from atlas_print.typefaces import Family, advance

_POINTS = 72 / 25.4
"""pt in a mm."""
_SIDE_MARGINS = 50.0
"""Left and right margin together, in mm."""
_ABOVE_AND_BELOW = 110.0
"""pt of the margins above and below beside their lines of text."""
_INDENT = 1.4
"""em of a list."""
_JOINED = 0.71
"""How wide Arabic letters are that join, of their width alone: measured in Arabic, Persian and Urdu, 0.69 to 0.73."""
_HEADING = 2
"""Lines of a section's heading above its first figure."""
_HEADING_SPACING = 1.3
"""A heading is led by 1.15, to the next quarter of a line."""
_HIGHEST = 150.0
"""mm that a figure takes of the height of a page, by the style sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a topic: its profile and paper, its column in pt, the mean advance of its characters in pt."""

    profile: Profile
    paper: Paper
    column: float
    character: float
    header_lines: int
    stack: tuple[Family, ...]

    @property
    def width(self) -> float:
        """pt between the margins."""
        return (self.paper.width - _SIDE_MARGINS) * _POINTS

    @property
    def _line(self) -> float:
        return self.profile.size * self.profile.spacing

    @property
    def _height(self) -> float:
        """pt between running head and foot."""
        return self.paper.height * _POINTS - (self.header_lines + 1) * self._line - _ABOVE_AND_BELOW

    def room(self) -> Room:
        """What there is for a table in the column; a row may take half of a page."""
        lines = int(self._height / self._line / 2)
        return Room(self.column / self.profile.size, self.profile.spacing / 2, _INDENT, max(lines, 2))

    def landscape(self) -> Landscape:
        """The page of a wide figure, of the same margins; its caption has lines of the profile's length at most."""
        size, spacing = self.profile.size, self.profile.spacing
        width = (self.paper.height - _SIDE_MARGINS) * _POINTS
        height = self.paper.width * _POINTS - (self.header_lines + 1) * self._line - _ABOVE_AND_BELOW
        caption = min(self.profile.line_length * self.character, width)
        return Landscape(width / size, height / size, caption / size, spacing)

    def is_line(self, text: str) -> bool:
        """Whether a line of the column holds that text."""
        return line_count(text, self.column / self.profile.size, self.stack) == 1

    def wide(self, figure: Figure) -> float | None:
        """The width of the image of a figure that has a page of its own, in em; None for any other."""
        return self.landscape().image_width(figure, self.stack) if figure.is_wide else None

    def is_whole(self, figure: Figure) -> bool:
        """Whether a page holds a heading, the image and its caption: one that doesn't would leave the heading alone."""
        size, image = self.profile.size, figure.image
        caption = line_count(plain_text(figure.caption), self.column / size, self.stack, bold=True)
        heading = _HEADING * self.profile.heading_sizes[1] * _HEADING_SPACING
        taken = heading + self.figure_width(figure) * image.height / image.width + (caption + 1.5) * self._line
        return not figure.is_wide and taken <= self._height

    def figure_width(self, figure: Figure) -> float:
        """How wide the image of a figure is set, in pt; one in a list is narrower."""
        size, image = self.profile.size, figure.image
        if figure.is_wide:
            return self.landscape().image_width(figure, self.stack) * size
        widest = self.column if (natural := natural_width(image)) is None else min(self.column, natural * size)
        return min(widest, _HIGHEST * _POINTS * image.width / image.height)


def sheet_of(topic: Topic, atlas: Atlas, settings: Mapping[str, str], stack: tuple[Family, ...]) -> Sheet:
    """The page of a topic in an export of those settings."""
    profile = atlas.profiles[settings.get("profile", DEFAULT_PROFILE)]
    paper = PAPERS[settings.get("paper", "A4")]
    character = profile.size * _mean_width(topic, stack)
    column = min(profile.line_length * character, (paper.width - _SIDE_MARGINS) * _POINTS)
    running = topic.short_title or topic.title
    # The running title may not be cut, so the margin grows with it; a cautious count of its lines.
    header_lines = ceil(len(running) * character * 1.3 / column)
    return Sheet(profile, paper, column, character, header_lines, stack)


def _mean_width(topic: Topic, stack: Sequence[Family]) -> float:
    """The mean advance of a character of the topic in em; languages differ by a tenth."""
    lines = [topic.lede, topic.short]
    lines += [
        plain_text(line) for section in topic.sections for block in section.all_blocks() for line in block_lines(block)
    ]
    # A combining mark is no character of its own.
    letters = [character for character in " ".join(lines) if not combining(character)]
    widths = (advance(it, stack) * (_JOINED if bidirectional(it) == "AL" else 1) for it in letters)
    return sum(widths) / len(letters)
