"""What CSL calls things in each language: the locales of citeproc-py, and their terms."""

from functools import cache
from pathlib import Path
from typing import Any

from lxml import etree

_CSL = "{http://purl.org/net/xbiblio/csl}"
_ALIASES = {"no": "nb", "sr-cyrl": "sr-cyrl-rs", "zh-hant": "zh-tw"}
# citeproc-py prints the second edition in Hebrew as the 22nd.
_UNSOUND = frozenset(("he-IL",))


@cache
def locale_of(language: str) -> str:
    """The locale of citeproc-py that fits a BCP 47 tag best, else US English."""
    from citeproc import LANGUAGE_NAMES, PRIMARY_DIALECTS

    known = {name.lower(): str(name) for name in LANGUAGE_NAMES if name not in _UNSOUND}
    tag = language.lower()
    subtags = _ALIASES.get(tag, tag).split("-")
    # de-DE-1996 is known as de-DE, zh-Hant-TW as zh-TW, de as de-DE.
    fits = ["-".join(subtags), *(f"{subtags[0]}-{subtag}" for subtag in subtags[1:])]
    fits.append(PRIMARY_DIALECTS.get(subtags[0], "").lower())
    return next((known[fit] for fit in fits if fit in known), "en-US")


@cache
def locale_file(name: str) -> Any:
    """The root of a locale's file (an lxml element)."""
    from citeproc import LOCALES_PATH

    return etree.parse(Path(LOCALES_PATH) / f"locales-{name}.xml").getroot()


@cache
def term(language: str, name: str, form: str = "long", number: str = "single") -> str:
    """A term such as "et-al" in a language, in US English where its locale lacks it; "" if that has none either.

    `form` is that of CSL ("long", "short"), `number` is "single" or "multiple" of a term that has both.
    """
    for locale in (locale_of(language), "en-US"):
        for found in locale_file(locale).iter(f"{_CSL}term"):
            if found.get("name") == name and found.get("form", "long") == form:
                text = found.findtext(f"{_CSL}{number}") or found.text or ""
                if text.strip():
                    return str(text.strip())
    return ""
