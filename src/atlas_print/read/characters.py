"""Characters that no font of the project has: one problem for each script, with the way to mend it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.entities import html5
from unicodedata import east_asian_width, normalize

from fontTools import unicodedata as scripts

from atlas_print.problems import Place, Problem
from atlas_print.read.references.bibliography import Bibliography
from atlas_print.read.source import FORBIDDEN, Source, forbidden, name_of
from atlas_print.typefaces import Family, extra_for, missing_characters

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6}));")
_YAML_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U00([0-9A-Fa-f]{6}))")
_COMMENTS = {
    ".yaml": re.compile(r"(?:^|(?<=\s))#[^\n]*", re.MULTILINE),
    ".md": re.compile(r"<!--.*?-->", re.DOTALL),
    ".svg": re.compile(r"<!--.*?-->", re.DOTALL),
}
_COMMON = ("Zyyy", "Zinh", "Zzzz")
_EAST_ASIAN = ("Hani", "Hira", "Kana", "Hang", "Bopo")
_SIGNS, _PLAIN = "signs", "letters that look like others"
_FEW = 4
"""Characters that a problem shows."""


@dataclass
class Gaps:
    """What is missing, by script: each character with its first place, and the files that it stands in."""

    stack: tuple[Family, ...]
    _found: dict[str, dict[str, tuple[Place, str]]] = field(default_factory=dict)
    _files: dict[str, set[str]] = field(default_factory=dict)

    def of_source(self, source: Source, printed: str | None, problems: list[Problem]) -> None:
        """Looks through a file; comments aside, or, of a drawing, through what is `printed` of it alone.

        Problems: a character that no page may hold and that stands as an entity or an escape.
        """
        found, told = _lacking(source, printed, self.stack)
        problems += told
        for character, place in found:
            self._add(character, place)

    def of_references(self, bibliography: Bibliography, ids: Iterable[str]) -> None:
        """Looks through what is printed of those records."""
        left = [id_ for id_ in ids if id_ not in bibliography.covered]
        # Most bibliographies hold none, and one look over all their texts is quick.
        if not missing_characters(
            "\n".join(scalar.text for id_ in left for scalar in bibliography.printed(id_)), self.stack
        ):
            bibliography.covered.update(left)
            return
        for id_ in left:
            for scalar in bibliography.printed(id_):
                for character in missing_characters(scalar.text, self.stack):
                    self._add(character, scalar.place, f" in reference {id_!r}")

    def problems(self) -> Iterator[Problem]:
        """A problem for each script, at its first character."""
        for script, found in self._found.items():
            place, where = next(iter(found.values()))
            others = len(self._files[script]) - 1
            files = f", here and in {others} other file{'s' * (others > 1)}" if others else ""
            what = f"{_told(script, list(found))}{where}{files}"
            yield Problem(place, "no-glyph", what, _help(script, list(found)))

    def _add(self, character: str, place: Place, where: str = "") -> None:
        script = _script(character)
        self._found.setdefault(script, {}).setdefault(character, (place, where))
        self._files.setdefault(script, set()).add(place.file)


@lru_cache(maxsize=4096)
def _lacking(
    source: Source, printed: str | None, stack: tuple[Family, ...]
) -> tuple[list[tuple[str, Place]], list[Problem]]:
    """The characters that no font has, and the problems of a file, as `of_source` says: once for a file that stays."""
    found: list[tuple[str, Place]] = []
    problems: list[Problem] = []
    comments = _COMMENTS.get(source.file[source.file.rfind(".") :])
    # As many blanks keep the places.
    text = comments.sub(lambda comment: " " * len(comment[0]), source.text) if comments else source.text
    for character in missing_characters(text, stack):
        if printed is None or character in printed:
            found.append((character, source.place_of(_first(text, character))))
    for escaped, offset in _escaped(source.file, text):
        for character in escaped:
            if FORBIDDEN.match(character):
                problems.append(forbidden(source.place_of(offset), character))
            elif missing_characters(character, stack):
                found.append((character, source.place_of(offset)))
    return found, problems


def _script(character: str) -> str:
    """What the character is told together with: ISO 15924 for a script, else a name for them."""
    script = str(scripts.script(character))
    is_wide = east_asian_width(character) in "WFH" and character < "\U0001f000"
    if script in _EAST_ASIAN or (is_wide and script in (*_COMMON, "Latn")):
        return "Hani"
    if script in _COMMON:
        return _PLAIN if _stands_for(character).isalnum() else _SIGNS
    return script


def _stands_for(character: str) -> str:
    """The plain characters that a variant stands for; "" if it is none."""
    plain = normalize("NFKC", character)
    return "" if plain == character or scripts.combining(character) else plain


def _told(script: str, characters: list[str]) -> str:
    if len(characters) == 1:
        return f"no font has the character {characters[0]!r}, {name_of(characters[0])}"
    names = {"Hani": "Chinese, Japanese or Korean characters", _SIGNS: "signs", _PLAIN: _PLAIN}
    kind = names.get(script) or f"letters of the script {scripts.script_name(script)}"
    shown = ", ".join(f"{character!r} (U+{ord(character):04X})" for character in characters[:_FEW])
    return f"no font has {len(characters)} {kind}: {shown}{' and others' * (len(characters) > _FEW)}"


def _help(script: str, characters: list[str]) -> str:
    if all(map(_stands_for, characters)):
        pairs = (f"{_stands_for(character)!r} for {character!r}" for character in characters[:_FEW])
        return f"write what they stand for: {', '.join(pairs)}"
    them = "it" if len(characters) == 1 else "them"
    add = f"add a font that has {them} to fonts/fonts.yaml, as docs/writing.md shows"
    if script == _SIGNS:
        return f"write {them} in words or in other signs, or {add}"
    extra = extra_for(script)
    return f"pip install 'atlas-print[{extra}]', which brings fonts for {them}" if extra else add


def _first(text: str, character: str) -> int:
    """Where the character first stands in the text, be it as a letter with its marks behind it."""
    return next((at for form in ("NFC", "NFD") if (at := text.find(normalize(form, character))) >= 0), 0)


def _escaped(file: str, text: str) -> Iterator[tuple[str, int]]:
    """What the file writes as an entity (Markdown, XML) or as an escape (YAML), and where."""
    if file.endswith(".yaml"):
        for match in _YAML_ESCAPE.finditer(text):
            number = int(next(filter(None, match.groups())), 16)
            # YAML itself refuses what lies beyond, and reading has told what no page may hold.
            if number <= 0x10FFFF and not FORBIDDEN.match(chr(number)):
                yield chr(number), match.start()
        return
    for match in _ENTITY.finditer(text):
        digits = match["hex"] or match["decimal"]
        if digits is None:
            yield html5.get(match.group()[1:], ""), match.start()
        # Browsers read &#128; as a euro sign; XML and Markdown read the control character that it numbers.
        elif (number := int(digits, 16 if match["hex"] else 10)) <= 0x10FFFF:
            yield chr(number), match.start()
