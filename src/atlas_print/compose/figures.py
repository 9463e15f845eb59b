"""How wide figures are set, and what a document on paper holds as a data URL."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from atlas_print.blocks import Figure, Image
from atlas_print.compose.balance import line_count
from atlas_print.compose.rendering import rendered
from atlas_print.drawings.colours import themed
from atlas_print.drawings.labels import smallest_label
from atlas_print.inlines import plain_text
from atlas_print.profiles import Theme
from atlas_print.typefaces import Family

_DRAWING = "image/svg+xml"
_LARGER = 1.25
"""What labels in a book may be at most, in sizes of the text, so that a drawing fills a small screen's width."""
_SHARE = 45
"""Of a screen's height, in hundredths, for a drawing whose labels are larger than the text."""


def natural_width(image: Image) -> float | None:
    """The width that sets a drawing's smallest label at the text's size, in em; None if there is no label."""
    label = smallest_label(image.data) if image.media_type == _DRAWING else None
    # A hair more, since renderers round.
    return None if label is None else round(image.width / label.size * 1.002, 4)


def width_in_book(image: Image) -> str | None:
    """The CSS that bounds a drawing's width on a screen; None if it has no label.

    Labels are as large as the text, up to a quarter larger where the drawing is then not higher than its share of the
    screen. A reading system that knows no `min` takes the first.
    """
    natural = natural_width(image)
    if natural is None:
        return None
    share = round(_SHARE * image.width / image.height, 2)
    bound = f"min({round(natural * _LARGER, 4)}em, max({natural}em, {share}vh))"
    return f"max-width: {natural}em; max-width: {bound}"


@dataclass(frozen=True, slots=True)
class Landscape:
    """The page of a wide figure: width and height between its margins, width and line pitch of a caption; all in em."""

    width: float
    height: float
    caption: float
    line: float

    def image_width(self, figure: Figure, stack: Sequence[Family]) -> float:
        """As wide as fits with the caption below; but a long caption goes on over the page before labels get small."""
        lines = line_count(plain_text(figure.caption), self.caption, stack, bold=True)
        times = figure.image.width / figure.image.height
        above_caption = (self.height - (lines + 1) * self.line) * times
        legible = min(natural_width(figure.image) or 0, self.height * times)
        return round(min(self.width, max(above_caption, legible)), 3)


def data_url(image: Image, theme: Theme | None) -> str:
    """An image, a drawing in the colours of that theme."""
    return f"data:{image.media_type};base64,{base64.b64encode(_coloured(image, theme)).decode('ascii')}"


def has_pixels(image: Image, theme: Theme | None, stack: tuple[Family, ...]) -> bool:
    """Whether a drawing is printed as a picture of its shapes, with its letters over it."""
    return image.media_type == _DRAWING and rendered(_coloured(image, theme), stack).is_picture


def _coloured(image: Image, theme: Theme | None) -> bytes:
    return themed(image.data, theme) if image.media_type == _DRAWING and theme is not None else image.data


def qr_code(address: str) -> str:
    """An address as a QR code, an SVG: a quiet zone of 4 modules, error correction M."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    return str(code.svg_data_uri(border=4, omitsize=True))
