"""CSL-JSON items -> reference texts in AMA form, by citeproc-py and the two styles in layouts/styles."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from lxml import etree
from markupsafe import Markup

from atlas_print.atlas import Reference
from atlas_print.compose.csl_records import TAGS, full_record, restored, short_record
from atlas_print.csl_locale import locale_file, locale_of
from atlas_print.shipped import folder


@dataclass(frozen=True, slots=True)
class Entry:
    """One formatted reference without its identifiers: its words, and a piece of text or a mark of HTML each.

    The layout prints DOI, PMID, PMCID and URL beside it, as text and as links.
    """

    pieces: tuple[str | Markup, ...]

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(piece for piece in self.pieces if not isinstance(piece, Markup))

    @property
    def is_left_to_right(self) -> bool:
        """Whether most of its letters run from left to right."""
        letters = Counter(unicodedata.bidirectional(character) for character in self.text)
        return letters["L"] >= letters["R"] + letters["AL"]


_STYLES = ("ama", "ama-short")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_CSL = "{http://purl.org/net/xbiblio/csl}"
_NAMED = frozenset(("et-al", "and", "edition", "editor", "translator", "editortranslator"))
"""Terms that a style asks for by a variable or by names."""
_COUNTED = re.compile(r"month-|season-|ordinal|long-ordinal")


def full_entries(references: Sequence[Reference], language: str) -> tuple[Entry, ...]:
    """The works as AMA references, in the order given, with no number in front."""
    return tuple(_entry(full_record(reference), "ama", language) for reference in references)


def short_entries(references: Sequence[Reference], language: str) -> tuple[Entry, ...]:
    """The works as first author, journal, year, volume, first page: no title if anything else is left."""
    return tuple(_entry(short_record(reference), "ama-short", language) for reference in references)


def terms(language: str) -> Iterator[str]:
    """What the styles add to a record in that language: their terms, months, endings of numbers, parts of dates."""
    name = locale_of(language)
    styles = [etree.parse(folder("layouts") / "styles" / f"{style}.csl").getroot() for style in _STYLES]
    asked = {value for style in styles for node in style.iter() for key, value in node.items() if key == "term"}
    own = [locale for style in styles for locale in style.iter(f"{_CSL}locale")]
    # What a locale lacks is printed in US English.
    read = [locale_file(tag) for tag in (name, "en-US")]
    for locale in (*own, *read):
        if locale in read or name.startswith(locale.get(_LANG, name)):
            for term in locale.iter(f"{_CSL}term"):
                if term.get("name") in asked | _NAMED or _COUNTED.match(term.get("name", "")):
                    yield from _forms(form.strip() for form in map(str, term.itertext()))
            for part in locale.iter(f"{_CSL}date-part"):
                yield from _forms(part.get(key, "").strip(" .,;:") for key in ("prefix", "suffix"))


def _forms(texts: Iterable[str]) -> Iterator[str]:
    """Each text as it is and as the first of a sentence, and its letters alone."""
    for text in texts:
        letters = "".join(filter(str.isalnum, unicodedata.normalize("NFKC", text)))
        if letters:
            yield from (text, text[0].upper() + text[1:], letters, letters[0].upper() + letters[1:])


def _entry(record: dict[str, Any], style: str, language: str) -> Entry:
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    # One bibliography for each item: it would silently leave out an empty one and shift the rest.
    parsed = _style(style, locale_of(language))
    bibliography = CitationStylesBibliography(parsed, CiteProcJSON([record]), formatter.plain)
    bibliography.register(Citation([CitationItem(record["id"])]))
    printed = restored("".join(map(str, bibliography.bibliography())))
    pieces = filter(None, re.split(f"([{''.join(TAGS)}])", printed))
    return Entry(tuple(Markup(TAGS[piece]) if piece in TAGS else piece for piece in pieces))


@cache
def _style(name: str, locale: str) -> Any:
    from citeproc import CitationStylesStyle

    path = folder("layouts") / "styles" / f"{name}.csl"
    return CitationStylesStyle(str(path), locale=locale, validate=False)
