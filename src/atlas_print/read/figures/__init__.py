"""Figures: found inside the figures folder, of the kind that they are, and safe to draw."""

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from unicodedata import normalize

from atlas_print.blocks import Figure, Image
from atlas_print.drawings.tools import outlines
from atlas_print.inlines import plain_text
from atlas_print.problems import Place, Problem, Severity, errors
from atlas_print.read.figures.photographs import MOST_PIXELS, NotAPictureError, Photograph, TooLargeError, photograph
from atlas_print.read.figures.svg import LIMIT_DRAWING, rebuild_svg
from atlas_print.read.source import LIMIT_DATA, Source, read_bytes, read_source
from atlas_print.read.source import shown as source_name
from atlas_print.read.values.fields import nearest

_FOLDER = "figures"
_PIXELS = (".png", ".jpg", ".jpeg")
_KINDS = (".svg", *_PIXELS)
_PUT_IT = {
    "topics": "put the file into content/figures and write ../figures/NAME",
    "": "put the file into content/figures and write figures/NAME",
}
"""By the folder of the file that names the figure."""


@dataclass
class FigureFile:
    """A file as it was read: its image, None with an error among its `problems`, which advise too.

    `drawing` is the source of a drawing with what that says.
    """

    image: Image | None = None
    problems: list[Problem] = field(default_factory=list)
    drawing: tuple[Source, str] | None = None
    photograph: Photograph | None = None


class Figures:
    """The figures of one content folder, each read once however often it is used; `problems` get those of their use.

    `used` are the files that were asked for here.
    """

    def __init__(self, content: Path, problems: list[Problem]) -> None:
        self._content = content.resolve()
        self._problems = problems
        self._read: dict[Path, FigureFile] = {}
        self._names: dict[Path, Mapping[str, str]] = {}
        self.used: dict[Path, FigureFile] = {}

    def beside(self, problems: list[Problem]) -> "Figures":
        """The same figures, which are not read again, for another file of the content."""
        other = copy(self)
        other._problems, other.used = problems, {}
        return other

    def image(self, target: str, place: Place, folder: str = "topics") -> Image | None:
        """The image that a file in that folder of the content names as `target`, or None after telling why not.

        Problems at `place`: an address, a path outside the figures folder, no such file, a kind that is not
        accepted. Problems in the file itself name the file.
        """
        put_it = _PUT_IT[folder]
        if not target:
            self._tell(place, "figure-missing", "a figure names no file", put_it)
            return None
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]", target):
            self._tell(place, "figure-outside", f"the figure {target!r} is not a file of the project", put_it)
            return None
        try:
            path = (self._content / folder / target).resolve()
        except (OSError, ValueError, RuntimeError):
            # A name too long for the disk, one with a null byte, or links that lead in a circle.
            path = self._content / _FOLDER / "none"
        if not path.is_relative_to(self._content / _FOLDER):
            self._tell(place, "figure-outside", f"the figure {target!r} lies outside content/figures", put_it)
            return None
        if path.parent not in self._names:
            self._names[path.parent] = _names(path.parent)
        names = self._names[path.parent]
        name = names.get(normalize("NFC", path.name))
        if name is None:
            near = nearest(path.name, names)
            help_ = f"did you mean {target.removesuffix(path.name) + near!r}?" if near else put_it
            self._tell(place, "figure-missing", f"the figure {target!r} doesn't exist", help_)
            return None
        path = path.with_name(name)
        if path.suffix.lower() not in _KINDS:
            what = f"the figure {target!r} is not named as an SVG, PNG or JPEG file"
            help_ = "export it as SVG (drawings), PNG or JPEG (photographs), and name it .svg, .png or .jpg"
            self._tell(place, "figure-kind", what, help_)
            return None
        if path not in self._read:
            self._read[path] = self._load(path)
        self.used[path] = self._read[path]
        self._problems += errors(self._read[path].problems)
        return self._read[path].image

    def advice(self, used: Mapping[Path, FigureFile], shown: Iterable[Figure]) -> Iterator[Problem]:
        """What an author may want to know of the files that are `used`: what was taken out of a drawing, credits that a
        caption lacks, pictures that move, files that are not among them.
        """
        for file in used.values():
            yield from (problem for problem in file.problems if problem.severity is Severity.ADVICE)
        captions: dict[str, str] = {}
        for figure in shown:
            captions[figure.image.path] = captions.get(figure.image.path, "") + plain_text(figure.caption)
        for file in used.values():
            if (found := file.photograph) is None or file.image is None:
                continue
            name = file.image.path
            lacking = [credit for credit in found.credits if credit.casefold() not in captions.get(name, "").casefold()]
            if lacking and name in captions:
                what = f"the metadata of the picture credits {'; '.join(map(repr, lacking))}, and is not published"
                yield _advice(f"content/{name}", "uncredited-figure", what, "name whom you have to in its caption")
            if found.moves:
                what = "the PNG moves; its first picture alone is published"
                yield _advice(f"content/{name}", "moving-figure", what, "make a figure of each picture that matters")
        folder = self._content / _FOLDER
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            is_picture = path.suffix.lower() in _KINDS and path.is_file() and not path.name.startswith(".")
            if is_picture and path.resolve() not in used:
                name = f"content/{source_name(path.relative_to(self._content).as_posix())}"
                yield _advice(name, "unused-figure", "no topic shows this figure", "show it in a topic, or delete it")

    def _tell(self, place: Place, rule: str, what: str, help_: str) -> None:
        self._problems.append(Problem(place, rule, what, help_))

    def _load(self, path: Path) -> FigureFile:
        name = path.relative_to(self._content).as_posix()
        file = f"content/{source_name(name)}"
        found = FigureFile()
        if path.suffix.lower() == ".svg":
            source = read_source(path, file, found.problems, LIMIT_DRAWING, "export it with less detail")
            drawing = None if source is None else rebuild_svg(source, found.problems)
            if source is None or drawing is None:
                found.problems = errors(found.problems)
                return found
            if help_ := outlines(source.text):
                what = "the labels are drawn as shapes: their size can't be known, and no voice or search finds them"
                found.problems.append(_advice(file, "outlined-labels", what, f"save them as text; {help_}"))
            found.drawing = source, unescape(drawing[0].decode())
            found.image = Image(name, "image/svg+xml", *drawing)
            return found
        data = read_bytes(path, file, found.problems, LIMIT_DATA, "export it smaller")
        if data is not None:
            _photograph(name, file, data, found)
        return found


def _photograph(name: str, file: str, data: bytes, found: FigureFile) -> None:
    try:
        read = photograph(data)
    except TooLargeError:
        what = f"the image has more than {MOST_PIXELS // 1_000_000} million pixels"
        found.problems.append(Problem(Place(file), "too-large", what, "scale it down"))
    except NotAPictureError:
        help_ = "export it again as PNG or JPEG"
        found.problems.append(Problem(Place(file), "not-an-image", "the file is not a whole PNG or JPEG image", help_))
    else:
        found.photograph = read
        found.image = Image(name, read.media_type, read.data, float(read.width), float(read.height))


def _names(folder: Path) -> Mapping[str, str]:
    """The files of a folder: NFC of the name, as an author types it -> the name as the disk has it."""
    # Listed, since a disk that takes capitals for small letters finds what others will not.
    found = folder.iterdir() if folder.is_dir() else ()
    return {normalize("NFC", path.name): path.name for path in found if path.is_file()}


def _advice(file: str, rule: str, what: str, help_: str) -> Problem:
    return Problem(Place(file), rule, what, help_, Severity.ADVICE)
