"""The families that text is set in, and which characters they have."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, distribution
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
EMOJI = "Zsye"
"""The script of the family that draws emoji (ISO 15924)."""
AS_EMOJI = "\ufe0f"
"""The variation selector that asks for the sign before it as an emoji."""
_FIRST_FACE, _LAST_FACE = "\U0001f300", "\U0001faff"
"""Faces, hands, hearts: signs that are shown as emoji unless they ask to be text."""
_JOINER = "\u200d"
_EAST_ASIAN = frozenset(("Hans", "Hant", "Jpan", "Kore"))
"""Scripts that share characters and draw them each in its own way."""
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
    built_in = list(_installed(_entries(folder("fonts") / "fonts.yaml")))
    own: list[Family] = []
    if project is not None and (project / FILE).is_file():
        try:
            named = list(_installed(_entries(project / FILE)))
            for family in named:
                _check_files(family)
            own = named
        except _BrokenError as error:
            problems.append(Problem(error.place, "bad-fonts", str(error), _HELP))
    found = {family.name: family for family in (*built_in, *own)}
    order = dict.fromkeys(family.name for family in (*own, *built_in))
    script = langcodes.Language.get(language or "en").maximize().script
    return tuple(sorted((found[name] for name in order), key=lambda family: script not in family.scripts))


def extra_for(script: str) -> str | None:
    """The extra of this package that has a family for that script (ISO 15924); None for none, or if it is installed."""
    entries = _entries(folder("fonts") / "fonts.yaml")
    return next((entry.extra for entry in entries if script in entry.scripts and not entry.files), None)


def family_list(stack: Sequence[Family]) -> str:
    """The families as the value of CSS font-family."""
    return ", ".join(f'"{family.name}"' for family in stack)


def stacks_of_languages(stack: tuple[Family, ...], languages: Iterable[str]) -> dict[str, tuple[Family, ...]]:
    """The languages (BCP 47) among those whose passages are set in another order of the families, each with it.

    A Japanese passage in a Chinese topic is set in the family of Japanese, as the two draw the same character
    differently.
    """
    found = {}
    for language in sorted(set(languages) - {""}):
        script = langcodes.Language.get(language, normalize=False).maximize().script
        if script in _EAST_ASIAN:
            # The families of the text around it keep their place: digits and Latin words look alike throughout.
            first = next((at for at, family in enumerate(stack) if _EAST_ASIAN & set(family.scripts)), 0)
            own = [family for family in stack if script in family.scripts]
            others = [family for family in stack if family not in own]
            order = (*others[:first], *own, *others[first:])
            if order != stack:
                found[language] = order
    return found


def missing_characters(text: str, stack: Iterable[Family]) -> list[str]:
    """The characters of the text that no family has, each once, in order of appearance.

    White space, format characters and variation selectors draw nothing and need no glyph. A letter with
    a combining mark counts as covered where its composed form is, or where its parts are. What stands for another
    character, as some ideographs do, is looked for as it is written.
    """
    stack = tuple(stack)
    seen = dict.fromkeys(unicodedata.normalize("NFC", text))
    seen |= dict.fromkeys(
        character for character in text if unicodedata.normalize("NFC", character) not in (character, "")
    )
    return [character for character in seen if not _draws_nothing(character) and not _is_covered(character, stack)]


def _draws_nothing(character: str) -> bool:
    return (
        character.isspace()
        or unicodedata.category(character) == "Cf"
        or "\ufe00" <= character <= "\ufe0f"
        or "\U000e0100" <= character <= "\U000e01ef"
    )


def _is_covered(character: str, stack: tuple[Family, ...]) -> bool:
    if any(family.covers(character) for family in stack):
        return True
    parts = unicodedata.normalize("NFD", character)
    # A single letter that another one stands for is looked up as written by the typesetter, too.
    return len(parts) > 1 and any(all(map(family.covers, parts)) for family in stack)


def serves(family: Family, character: str, stack: Sequence[Family]) -> bool:
    """Whether the family may set that character: faces are left to the family of emoji, where that has them."""
    if not family.covers(character):
        return False
    is_face = _FIRST_FACE <= character <= _LAST_FACE and EMOJI not in family.scripts
    return not (is_face and any(EMOJI in other.scripts and other.covers(character) for other in stack))


def families_of(text: str, stack: Sequence[Family]) -> list[Family]:
    """The family that each character of a text is set in; marks and joiners are set in that of what they belong to."""
    emoji = next((family for family in stack if EMOJI in family.scripts), None)
    found: list[Family] = []
    for at, character in enumerate(text):
        is_joined = found and (text[at - 1] == _JOINER or unicodedata.category(character) in ("Mn", "Me", "Cf"))
        if emoji is not None and text[at + 1 : at + 2] == AS_EMOJI and emoji.covers(character):
            found.append(emoji)
        elif is_joined and (found[-1].covers(character) or _draws_nothing(character)):
            found.append(found[-1])
        else:
            found.append(next((family for family in stack if serves(family, character, stack)), stack[0]))
    return found


def advance(character: str, stack: Iterable[Family], *, bold: bool = False) -> float:
    """The width of a character in em, in the first family that has it, unshaped; 1 where none has."""
    widths = (_advances(family.files[bold]).get(ord(character)) for family in stack)
    return next((width for width in widths if width is not None), 1.0)


class _BrokenError(Exception):
    """A fonts.yaml that can't be used, and where."""

    def __init__(self, what: str, line: int = 1, column: int = 1) -> None:
        super().__init__(what)
        self.place = Place(FILE, line, column)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A family as fonts.yaml names it; without files it belongs to an extra that isn't installed."""

    name: str
    scripts: tuple[str, ...]
    files: tuple[Path, ...]
    extra: str | None


def _installed(entries: Iterable[_Entry]) -> Iterator[Family]:
    return (Family(entry.name, entry.scripts, entry.files) for entry in entries if entry.files)


def _entries(path: Path) -> list[_Entry]:
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
    return [_entry(entry, path.parent) for entry in families]


def _entry(entry: Any, folder: Path) -> _Entry:
    name = entry.get("name") if isinstance(entry, dict) else None
    if not isinstance(name, str):
        raise _BrokenError("a family of fonts has no name")
    scripts, extra = entry.get("scripts"), entry.get("extra")
    if not (isinstance(scripts, list) and all(isinstance(script, str) for script in scripts)):
        raise _BrokenError(f"the fonts {name!r} have no list of scripts")
    try:
        files = _files(entry, folder)
    except PackageNotFoundError as error:
        if extra is None:
            raise _BrokenError(f"the package {entry['from']!r} of the fonts {name!r} is not installed") from error
        files = ()
    except (LookupError, TypeError, AttributeError, ValueError, fontpkg.FontpkgError) as error:
        raise _BrokenError(f"the fonts {name!r} don't name a file for each of the weights 400 and 700") from error
    return _Entry(name, tuple(scripts), files, extra)


def _files(entry: Any, folder: Path) -> tuple[Path, ...]:
    """The font file of each weight; a file `from` a package has both weights in it, or draws both alike."""
    if "package" in entry:
        return tuple(fontpkg.path(entry["package"], weight, nearest=True) for weight in WEIGHTS)
    if "from" in entry:
        file = Path(str(distribution(entry["from"]).locate_file(entry["file"])))
        return (file,) * len(WEIGHTS)
    return tuple(folder / entry["files"][weight] for weight in WEIGHTS)


def _check_files(family: Family) -> None:
    for file in family.files:
        try:
            is_broken = not _coverage(file)
        except Exception:  # noqa: BLE001  # fontTools raises whatever a broken file makes it stumble over
            is_broken = True
        if is_broken:
            raise _BrokenError(f"the font file {file.name!r} of {family.name!r} can't be read")


@contextmanager
def _opened(path: Path) -> Iterator[TTFont]:
    # Opened here, as fontTools leaves a file open that it can't read.
    with path.open("rb") as file, TTFont(file, lazy=True) as font:
        # Any names of the glyphs will do: to make them up from the characters takes longest.
        font.setGlyphOrder(list(map(str, range(font["maxp"].numGlyphs))))
        yield font


@lru_cache(maxsize=64)
def _coverage(path: Path) -> frozenset[int]:
    with _opened(path) as font:
        return frozenset(font.getBestCmap() or {})


@lru_cache(maxsize=64)
def _advances(path: Path) -> dict[int, float]:
    """The advance of each character of a font, in em."""
    with _opened(path) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        return {code: widths[glyph][0] / units for code, glyph in (font.getBestCmap() or {}).items()}
