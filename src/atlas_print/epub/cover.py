"""A cover's SVG -> PNG, with the fonts of the project and none of the machine's."""

from collections.abc import Sequence
from pathlib import Path

import resvg_py


class CoverError(Exception):
    """Why a cover can't be drawn, in the renderer's words."""


def png(svg: str, fonts: Sequence[Path]) -> bytes:
    """The drawing as a PNG of its own size in pixels; CoverError for one that can't be drawn."""
    files = [str(font) for font in fonts]
    try:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=files))
    except ValueError as error:
        raise CoverError(str(error)) from error
    except BaseException as error:
        # What Rust panics with is no Exception, and no other process can be told of it.
        if type(error).__name__ != "PanicException":
            raise
        raise CoverError(str(error)) from None
