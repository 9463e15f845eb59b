"""A cover's SVG -> PNG, with the fonts of the project and none of the machine's."""

from collections.abc import Sequence
from pathlib import Path

import resvg_py


def png(svg: str, fonts: Sequence[Path]) -> bytes:
    """The drawing as a PNG of its own size in pixels."""
    return bytes(
        resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(font) for font in fonts])
    )
