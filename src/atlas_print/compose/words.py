"""The words of the interface, from the Babel catalogues in layouts/locale, and dates in the atlas's language."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path

import langcodes
from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from markupsafe import Markup, escape

from atlas_print.compose.numbers import is_left_to_right
from atlas_print.shipped import folder

SOURCE_LANGUAGE = "en"
"""The language of the message ids, and of any word that a catalogue doesn't have."""


class Words:
    """Interface words in one language; a word that no catalogue has is marked as English."""

    def __init__(self, language: str, layouts: Sequence[Path]) -> None:
        self.language = language
        self.locale = _locale(language)
        self._catalogs = [
            catalog
            for place in layouts
            for tag in _fallbacks(language)
            if (catalog := _catalog(place / "locale" / f"{tag}.po")) is not None
        ]

    def text(self, word: str, **values: object) -> str:
        """The word as plain text, `%(name)s` filled in from `values`."""
        found = self._found(word)
        return (word if found is None else found) % values if values else (word if found is None else found)

    def markup(self, word: str, **values: object) -> Markup:
        """The word as HTML text; in a span with its language where it has to stay English."""
        is_foreign = self._found(word) is None and langcodes.Language.get(self.language).language != SOURCE_LANGUAGE
        filled = {key: self._in_english(value) if is_foreign else escape(value) for key, value in values.items()}
        text = Markup(escape(self.text(word))) % filled if values else escape(self.text(word))
        return Markup('<span lang="{}" dir="ltr">{}</span>').format(SOURCE_LANGUAGE, text) if is_foreign else text

    def _in_english(self, value: object) -> Markup:
        """A value inside an English label, in its own language and direction."""
        text = escape(value)
        if is_left_to_right(text.striptags()):
            return text
        return Markup('<bdi lang="{}" dir="rtl">{}</bdi>').format(self.language, text)

    def untranslated(self) -> list[str]:
        """The words of the layouts that stay English in a text of another language; none for English."""
        known = _catalog(folder("layouts") / "locale" / f"{SOURCE_LANGUAGE}.po")
        if known is None or langcodes.Language.get(self.language).language == SOURCE_LANGUAGE:
            return []
        return [str(message.id) for message in known if message.id and self._found(str(message.id)) is None]

    def date(self, day: date) -> str:
        """The day with its month in full, such as 1 October 2026, which no line parts."""
        return format_date(day, format="long", locale=self.locale).replace(" ", "\u00a0")

    @property
    def direction(self) -> str:
        """ "ltr" or "rtl"."""
        return direction_of(self.language)

    def _found(self, word: str) -> str | None:
        for catalog in self._catalogs:
            message = catalog.get(word)
            if message is not None and isinstance(message.string, str) and message.string:
                return message.string
        return None


def direction_of(language: str) -> str:
    """How a language (BCP 47) runs: "ltr" or "rtl"."""
    return str(_locale(language).text_direction)


def _fallbacks(language: str) -> list[str]:
    """de-CH -> ["de-CH", "de"]."""
    parts = language.split("-")
    return ["-".join(parts[:length]) for length in range(len(parts), 0, -1)]


@cache
def _catalog(path: Path) -> Catalog | None:
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_po(file)


@cache
def _locale(language: str) -> Locale:
    """The locale of the tag, or the nearest that Unicode's data has; plain English means the world's, not the US's."""
    if language == "en":
        return Locale.parse("en_001")
    for tag in _fallbacks(language):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale.parse("en_001")
