"""Figures: found inside the figures folder, of the kind that their name says, and safe to draw."""

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image as Raster
from PIL import ImageFile

from atlas_print.blocks import Image
from atlas_print.problems import Place, Problem, Severity
from atlas_print.read.source import LIMIT_DATA, Source, read_bytes, read_source, shown
from atlas_print.read.svg import LIMIT_DRAWING, rebuild_svg

_FORMATS: dict[str, Literal["image/png", "image/jpeg"]] = {"PNG": "image/png", "JPEG": "image/jpeg"}
_SUFFIXES = {".png": "PNG", ".jpg": "JPEG"}
_LIMIT_PIXELS = 40_000_000
"""About an A3 sheet at 400 dpi; more only costs memory."""
_PUT_IT = "put the file into content/figures and write ../figures/NAME"


class Figures:
    """The figures of one content folder, each read once however often it is used; `sources` are the drawings' files."""

    def __init__(self, content: Path, problems: list[Problem]) -> None:
        self._content = content.resolve()
        self._problems = problems
        self._read: dict[Path, Image | None] = {}
        self.sources: list[Source] = []

    def image(self, target: str, place: Place) -> Image | None:
        """The image that a topic names as `target`, or None after telling why not.

        Problems at `place`: an address, a path outside the figures folder, no such file, a kind that is not
        accepted. Problems in the file itself name the file.
        """
        if not target:
            self._tell(place, "figure-missing", "a figure names no file", _PUT_IT)
            return None
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]", target):
            self._tell(place, "figure-outside", f"the figure {target!r} is not a file of the project", _PUT_IT)
            return None
        try:
            path = (self._content / "topics" / target).resolve()
            exists = path.is_file()
        except (OSError, ValueError, RuntimeError):
            # A name too long for the disk, one with a null byte, or links that lead in a circle.
            path, exists = self._content / "figures" / "none", False
        if not path.is_relative_to(self._content / "figures"):
            self._tell(place, "figure-outside", f"the figure {target!r} lies outside content/figures", _PUT_IT)
            return None
        if not exists:
            self._tell(place, "figure-missing", f"the figure {target!r} doesn't exist", _PUT_IT)
            return None
        if path.suffix not in (".svg", *_SUFFIXES):
            what, help_ = (
                f"the figure {target!r} is not named as an SVG, PNG or JPEG file",
                "name it .svg, .png or .jpg",
            )
            self._tell(place, "figure-kind", what, f"{help_}, after what it is")
            return None
        if path not in self._read:
            self._read[path] = self._load(path)
        return self._read[path]

    def unused(self) -> Iterator[Problem]:
        """Advice on each picture of the folder that nothing has asked for."""
        folder = self._content / "figures"
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            is_picture = path.suffix.lower() in (".svg", *_SUFFIXES) and not path.name.startswith(".")
            if is_picture and path.resolve() not in self._read:
                place = Place(f"content/{shown(path.relative_to(self._content).as_posix())}")
                help_ = "show it in a topic, or delete it"
                yield Problem(place, "unused-figure", "no topic shows this figure", help_, Severity.ADVICE)

    def _tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self._problems.append(Problem(place, rule, what, help_))

    def _load(self, path: Path) -> Image | None:
        name = path.relative_to(self._content).as_posix()
        file = f"content/{shown(name)}"
        if path.suffix == ".svg":
            source = read_source(path, file, self._problems, LIMIT_DRAWING, "export it with less detail")
            if source is None:
                return None
            self.sources.append(source)
            drawing = rebuild_svg(source, self._problems)
            return None if drawing is None else Image(name, "image/svg+xml", *drawing)
        data = read_bytes(path, file, self._problems, LIMIT_DATA, "export it smaller")
        return None if data is None else self._raster(name, file, data, _SUFFIXES[path.suffix])

    def _raster(self, name: str, file: str, data: bytes, expected: str) -> Image | None:
        found, pixels = "", 0
        width = height = 0
        try:
            with _whole_images(), warnings.catch_warnings():
                warnings.simplefilter("ignore", Raster.DecompressionBombWarning)
                with Raster.open(BytesIO(data), formats=("PNG", "JPEG")) as raster:
                    width, height = raster.size
                    pixels = width * height
                    if pixels <= _LIMIT_PIXELS:
                        raster.load()
                    found = raster.format or ""
        except Raster.DecompressionBombError:
            pixels = _LIMIT_PIXELS + 1
        except Exception:  # noqa: BLE001  # Pillow raises whatever its decoders stumble over
            found = ""
        if pixels > _LIMIT_PIXELS:
            what = f"the image has more than {_LIMIT_PIXELS // 1_000_000} million pixels"
            self._tell(Place(file), "too-large", what, "scale it down")
        elif found != expected:
            what = f"the file holds a {found} image" if found else "the file is not a whole image"
            self._tell(Place(file), "not-an-image", what, f"export it again as {expected}, or rename it")
        else:
            return Image(name, _FORMATS[found], data, float(width), float(height))
        return None


@contextmanager
def _whole_images() -> Iterator[None]:
    """Half an image is no image here, even where WeasyPrint has told Pillow to make do with it."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before
