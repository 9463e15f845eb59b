"""The families that text is set in, and which characters they have."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import fontpkg
import langcodes
import yaml
from fontTools.ttLib import TTFont, TTLibError

from atlas_print.problems import Place, Problem
from atlas_print.shipped import folder

WEIGHTS = (400, 700)
"""Regular and bold: the two weights that every layout uses."""
FILE = "fonts/fonts.yaml"
_BROKEN = (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError, OSError, TTLibError, fontpkg.FontpkgError)
_HELP = "name whole TTF or OTF files beside it: {name: X, scripts: [Latn], files: {400: X.ttf, 700: X-Bold.ttf}}"


@dataclass(frozen=True, slots=True)
class Family:
    """A family, the scripts that it is meant for (ISO 15924), and its font file for each weight."""

    name: str
    scripts: tuple[str, ...]
    files: tuple[Path, ...]

    def covers(self, character: str) -> bool:
        """Whether the regular weight has a glyph for the character."""
        return ord(character) in _coverage(self.files[0])


def families(project: Path | None, language: str, problems: list[Problem]) -> tuple[Family, ...]:
    """The project's own families, then the built-in ones; those of the language's script before the others.

    Problems: a fonts.yaml in the project that can't be read, or a font file that is missing or broken.
    """
    built_in = _entries(folder("fonts") / "fonts.yaml")
    own: list[Family] = []
    if project is not None and (project / FILE).is_file():
        try:
            own = _entries(project / FILE)
        except _BROKEN as error:
            what = f"the list of fonts can't be used: {error}"
            problems.append(Problem(Place(FILE, 1, 1), "bad-fonts", what, _HELP))
    found = {family.name: family for family in (*built_in, *own)}
    order = dict.fromkeys(family.name for family in (*own, *built_in))
    script = langcodes.Language.get(language or "en").maximize().script
    return tuple(sorted((found[name] for name in order), key=lambda family: script not in family.scripts))


def missing_characters(text: str, stack: Iterable[Family]) -> list[str]:
    """The characters of the text that no family has, each once, in order of appearance.

    White space, format characters and variation selectors draw nothing and need no glyph. A letter with
    a combining mark counts as covered where its composed form is.
    """
    stack = tuple(stack)
    missing = []
    for character in dict.fromkeys(unicodedata.normalize("NFC", text)):
        if character.isspace() or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f":
            continue
        if not any(family.covers(character) for family in stack):
            missing.append(character)
    return missing


def _entries(path: Path) -> list[Family]:
    """The families that a fonts.yaml names, in its order; one of `_BROKEN` if it or a font file can't be read."""
    found = []
    for entry in yaml.safe_load(path.read_text("utf-8"))["families"]:
        if "package" in entry:
            files = tuple(fontpkg.path(entry["package"], weight, nearest=True) for weight in WEIGHTS)
        else:
            files = tuple(path.parent / entry["files"][weight] for weight in WEIGHTS)
            for file in files:
                _coverage(file)
        found.append(Family(entry["name"], tuple(entry["scripts"]), files))
    return found


@lru_cache(maxsize=64)
def _coverage(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or {})
