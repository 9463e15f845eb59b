"""Figures: found inside the content folder, of the kind that their name says, and safe to draw."""

from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from PIL import Image as Raster
from PIL import UnidentifiedImageError

from atlas_print.atlas import Image
from atlas_print.problems import Place, Problem
from atlas_print.read.source import LIMIT_DATA, read_bytes, read_source
from atlas_print.read.svg import rebuild_svg

_FORMATS: dict[str, Literal["image/png", "image/jpeg"]] = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SUFFIXES = {".png": "PNG", ".jpg": "JPEG"}
_LIMIT_PIXELS = 40_000_000
"""About an A3 sheet at 400 dpi; more only costs memory."""


class Figures:
    """The figures of one content folder, each read once however often it is used."""

    def __init__(self, content: Path, problems: list[Problem]) -> None:
        self._content = content.resolve()
        self._problems = problems
        self._read: dict[Path, Image | None] = {}

    def image(self, target: str, place: Place) -> Image | None:
        """The image that a topic names as `target`, or None after telling why not.

        Problems at `place`: an address, a path outside the content folder, no such file, a kind that is not
        accepted. Problems in the file itself name the file.
        """
        if urlsplit(target).scheme or target.startswith(("/", "\\")):
            self._tell(place, "figure-outside", f"the figure {target!r} is not a file of the project")
            return None
        path = (self._content / "topics" / unquote(target)).resolve()
        if not path.is_relative_to(self._content):
            self._tell(place, "figure-outside", f"the figure {target!r} lies outside the content folder")
            return None
        if not path.is_file():
            self._tell(place, "figure-missing", f"the figure {target!r} doesn't exist")
            return None
        if path.suffix not in (".svg", *_SUFFIXES):
            self._problems.append(
                Problem(
                    place,
                    "figure-kind",
                    f"the figure {target!r} is not an SVG, PNG or JPEG file",
                    "name it .svg, .png or .jpg, after what it is",
                )
            )
            return None
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def _tell(self, place: Place, rule: str, what: str) -> None:
        help_ = "put the file into content/figures and write ../figures/NAME"
        self._problems.append(Problem(place, rule, what, help_))

    def _load(self, path: Path) -> Image | None:
        name = path.relative_to(self._content).as_posix()
        file = f"content/{name}"
        if path.suffix == ".svg":
            source = read_source(path, file, self._problems, LIMIT_DATA)
            drawing = None if source is None else rebuild_svg(source, self._problems)
            return None if drawing is None else Image(name, "image/svg+xml", *drawing)
        data = read_bytes(path, file, self._problems, LIMIT_DATA)
        return None if data is None else self._raster(name, file, data, _SUFFIXES[path.suffix])

    def _raster(self, name: str, file: str, data: bytes, expected: str) -> Image | None:
        try:
            with Raster.open(BytesIO(data), formats=("PNG", "JPEG")) as raster:
                width, height = raster.size
                found = raster.format or ""
                if width * height > _LIMIT_PIXELS:
                    self._problems.append(
                        Problem(
                            Place(file),
                            "too-large",
                            f"the image has {width} x {height} pixels",
                            f"scale it down to {_LIMIT_PIXELS // 1_000_000} million pixels or fewer",
                        )
                    )
                    return None
                raster.load()
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Raster.DecompressionBombError):
            found = ""
        if found != expected:
            what = f"the file holds a {found} image" if found else "the file is not a whole image"
            self._problems.append(
                Problem(Place(file), "not-an-image", what, f"export it again as {expected}, or rename it")
            )
            return None
        return Image(name, _FORMATS[found], data, float(width), float(height))
