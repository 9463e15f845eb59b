"""What a page's operators change as they run: where text goes, and what marked content is open."""

from dataclasses import dataclass, replace

from atlas_print.prove.pdf.fonts import Font
from atlas_print.prove.pdf.pens import Pen
from atlas_print.prove.pdf.runs import IDENTITY, Key, Matrix, Run


@dataclass(slots=True)
class Mark:
    """An open marked-content sequence; `text` is an /ActualText that has not been given out yet."""

    key: Key | None
    is_artifact: bool = False
    is_off: bool = False
    text: str | None = None
    told: "Told | None" = None


@dataclass(slots=True)
class Told:
    """What is told instead of the glyphs of a marked-content sequence, and the runs of these."""

    key: Key
    text: str
    runs: list[Run]


@dataclass(slots=True)
class State:
    """The part of the graphics state that places text, and the pen."""

    matrix: Matrix = IDENTITY
    font: Font | None = None
    size: float = 0.0
    stretch: float = 1.0
    spacing: float = 0.0
    word_spacing: float = 0.0
    leading: float = 0.0
    rise: float = 0.0
    pen: Pen = Pen()  # noqa: RUF009  # frozen

    def copy(self) -> "State":
        """The same, to be changed on its own."""
        return replace(self)
