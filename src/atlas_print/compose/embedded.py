"""Pictures that a document on paper holds itself, as data URLs."""

import base64

import segno

from atlas_print.blocks import Image
from atlas_print.compose.drawing import themed
from atlas_print.profiles import Theme


def data_url(image: Image, theme: Theme | None) -> str:
    """An image, a drawing in the colours of that theme."""
    is_drawing = image.media_type == "image/svg+xml"
    data = themed(image.data, theme) if is_drawing and theme is not None else image.data
    return f"data:{image.media_type};base64,{base64.b64encode(data).decode('ascii')}"


def qr_code(address: str) -> str:
    """An address as a QR code, an SVG: a quiet zone of 4 modules, error correction M."""
    code = segno.make(address, error="m", micro=False, boost_error=False)
    return str(code.svg_data_uri(border=4, omitsize=True))
