"""The families that text is set in, and which characters they have."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import fontpkg
import langcodes
import yaml
from fontTools.ttLib import TTFont

from atlas_print.problems import Place, Problem
from atlas_print.shipped import folder

WEIGHTS = (400, 700)
"""Regular and bold: the two weights that every layout uses."""
FILE = "fonts/fonts.yaml"
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_HELP = "write a family as {name: X, scripts: [Latn], files: {400: X.ttf, 700: X-Bold.ttf}}, with the files beside it"


@dataclass(frozen=True, slots=True)
class Family:
    """A family, the scripts that it is meant for (ISO 15924), and its font file for each weight."""

    name: str
    scripts: tuple[str, ...]
    files: tuple[Path, ...]

    def covers(self, character: str) -> bool:
        """Whether each weight has a glyph for the character."""
        return all(ord(character) in _coverage(file) for file in self.files)


def families(project: Path | None, language: str, problems: list[Problem]) -> tuple[Family, ...]:
    """The project's own families, then the built-in ones; those of the language's script before the others.

    Problems: a fonts.yaml in the project that can't be read, or a font file that is missing or broken.
    """
    built_in = _entries(folder("fonts") / "fonts.yaml")
    own: list[Family] = []
    if project is not None and (project / FILE).is_file():
        try:
            named = _entries(project / FILE)
            for family in named:
                _check_files(family)
            own = named
        except _BrokenError as error:
            problems.append(Problem(error.place, "bad-fonts", str(error), _HELP))
    found = {family.name: family for family in (*built_in, *own)}
    order = dict.fromkeys(family.name for family in (*own, *built_in))
    script = langcodes.Language.get(language or "en").maximize().script
    return tuple(sorted((found[name] for name in order), key=lambda family: script not in family.scripts))


def family_list(stack: Sequence[Family]) -> str:
    """The families as the value of CSS font-family."""
    return ", ".join(f'"{family.name}"' for family in stack)


def missing_characters(text: str, stack: Iterable[Family]) -> list[str]:
    """The characters of the text that no family has, each once, in order of appearance.

    White space, format characters and variation selectors draw nothing and need no glyph. A letter with
    a combining mark counts as covered where its composed form is, or where its parts are.
    """
    stack = tuple(stack)
    missing = []
    for character in dict.fromkeys(unicodedata.normalize("NFC", text)):
        if character.isspace() or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f":
            continue
        parts = unicodedata.normalize("NFD", character)
        if not any(family.covers(character) or all(map(family.covers, parts)) for family in stack):
            missing.append(character)
    return missing


def advance(character: str, stack: Iterable[Family], *, bold: bool = False) -> float:
    """The width of a character in em, in the first family that has it, unshaped; 1 where none has."""
    widths = (_advances(family.files[bold]).get(ord(character)) for family in stack)
    return next((width for width in widths if width is not None), 1.0)


class _BrokenError(Exception):
    """A fonts.yaml that can't be used, and where."""

    def __init__(self, what: str, line: int = 1, column: int = 1) -> None:
        super().__init__(what)
        self.place = Place(FILE, line, column)


def _entries(path: Path) -> list[Family]:
    """The families that a fonts.yaml names, in its order; _BrokenError if it can't be read."""
    try:
        listed = yaml.load(path.read_text("utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise _BrokenError("the list of fonts is not YAML", line, column) from error
    except (yaml.YAMLError, OSError, ValueError, RecursionError) as error:
        raise _BrokenError("the list of fonts can't be read") from error
    families = listed.get("families") if isinstance(listed, dict) else None
    if not isinstance(families, list):
        raise _BrokenError("the list of fonts holds no list `families`")
    return [_family(entry, path.parent) for entry in families]


def _family(entry: Any, folder: Path) -> Family:
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str):
        raise _BrokenError("a family of fonts has no name")
    scripts = entry.get("scripts")
    if not (isinstance(scripts, list) and all(isinstance(script, str) for script in scripts)):
        raise _BrokenError(f"the fonts {name!r} have no list of scripts")
    try:
        if "package" in entry:
            files = tuple(fontpkg.path(entry["package"], weight, nearest=True) for weight in WEIGHTS)
        else:
            files = tuple(folder / entry["files"][weight] for weight in WEIGHTS)
    except (LookupError, TypeError, AttributeError, ValueError, fontpkg.FontpkgError) as error:
        raise _BrokenError(f"the fonts {name!r} don't name a file for each of the weights 400 and 700") from error
    return Family(name, tuple(scripts), files)


def _check_files(family: Family) -> None:
    for file in family.files:
        try:
            is_broken = not _coverage(file)
        except Exception:  # noqa: BLE001  # fontTools raises whatever a broken file makes it stumble over
            is_broken = True
        if is_broken:
            raise _BrokenError(f"the font file {file.name!r} of {family.name!r} can't be read")


@lru_cache(maxsize=64)
def _coverage(path: Path) -> frozenset[int]:
    # Opened here, as fontTools leaves a file open that it can't read.
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})


@lru_cache(maxsize=64)
def _advances(path: Path) -> dict[int, float]:
    """The advance of each character of a font, in em."""
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        return {code: widths[glyph][0] / units for code, glyph in (font.getBestCmap() or {}).items()}
