"""Characters that no font of the project has, and those that an entity smuggles in."""

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from unicodedata import normalize

from atlas_print.problems import Place, Problem
from atlas_print.read.references.bibliography import Bibliography
from atlas_print.read.source import FORBIDDEN, Source, forbidden, name_of
from atlas_print.typefaces import Family, missing_characters

_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]*|#(?P<decimal>[0-9]{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6}));")
_YAML_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U00([0-9A-Fa-f]{6}))")


def check_characters(source: Source, stack: tuple[Family, ...], problems: list[Problem]) -> None:
    """Each character of the file that can't be printed, once, at its first place."""
    written = [(character, _first(source.text, character)) for character in missing_characters(source.text, stack)]
    seen = {character for character, _ in written}
    for text, offset in _escaped(source):
        for character in text:
            if FORBIDDEN.match(character):
                problems.append(forbidden(source.place_of(offset), character))
            elif character not in seen and missing_characters(character, stack):
                seen.add(character)
                written.append((character, offset))
    problems.extend(_no_glyph(source.place_of(offset), character) for character, offset in written)


def check_references(
    bibliography: Bibliography, ids: Iterable[str], stack: tuple[Family, ...], problems: list[Problem]
) -> None:
    """Each character of those records that can't be printed, once a record."""
    ids = tuple(ids)
    # Most bibliographies hold none, and one look over all their texts is quick.
    if not missing_characters("\n".join(scalar.text for id_ in ids for scalar in bibliography.printed(id_)), stack):
        return
    for id_ in ids:
        seen: set[str] = set()
        for scalar in bibliography.printed(id_):
            for character in missing_characters(scalar.text, stack):
                if character not in seen:
                    seen.add(character)
                    problems.append(_no_glyph(scalar.place, character, f" in reference {id_!r}"))


def _first(text: str, character: str) -> int:
    """Where the character first stands in the text, be it as a letter with its marks behind it."""
    return next((at for form in ("NFC", "NFD") if (at := text.find(normalize(form, character))) >= 0), 0)


def _escaped(source: Source) -> Iterator[tuple[str, int]]:
    """What the file writes as an entity (Markdown, XML) or as an escape (YAML), and where."""
    if source.file.endswith(".yaml"):
        for match in _YAML_ESCAPE.finditer(source.text):
            number = int(next(filter(None, match.groups())), 16)
            # YAML itself refuses what lies beyond, and reading has told what no page may hold.
            if number <= 0x10FFFF and not FORBIDDEN.match(chr(number)):
                yield chr(number), match.start()
        return
    for match in _ENTITY.finditer(source.text):
        digits = match["hex"] or match["decimal"]
        if digits is None:
            yield html5.get(match.group()[1:], ""), match.start()
        # Browsers read &#128; as a euro sign; XML and Markdown read the control character that it numbers.
        elif (number := int(digits, 16 if match["hex"] else 10)) <= 0x10FFFF:
            yield chr(number), match.start()


def _no_glyph(place: Place, character: str, where: str = "") -> Problem:
    what = f"no font has the character {character!r}, {name_of(character)}{where}"
    help_ = "write it in other characters, or add a font that has it in fonts/fonts.yaml"
    return Problem(place, "no-glyph", what, help_)
