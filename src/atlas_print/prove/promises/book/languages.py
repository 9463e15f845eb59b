"""P8 on a book: every file says the language of the atlas, for the voice that reads it."""

from collections.abc import Iterator, Sequence

from atlas_print.prove.case import Case
from atlas_print.prove.reading.book import LANG, Book
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.verdicts import Finding

_LABELS = "en"

_HELP = "write the atlas's `language` into every layout of the book, as `lang` and as `xml:lang`"


def judge_languages(
    reading: Reading, book: Book, language: str, cases: Sequence[Case], beside: Labels
) -> Iterator[Finding]:
    """Files and metadata that say another language, or none, and parts outside of the topics that say another."""
    package = book.package
    yield from _said(f"{package.path}, package", "xml:lang", package.root.get(LANG), language)
    named = book.entries("language")
    if [name.lower() for name in named] != [language.lower()]:
        yield Finding(f"{package.path}, dc:language", f"“{language}” alone", ", ".join(named) or "none", _HELP)
    for document in book.texts:
        for name, key in (("lang", "lang"), ("xml:lang", LANG)):
            yield from _said(f"{document.path}, html", name, document.root.get(key), language)
    if book.ncx is not None:
        yield from _said(f"{book.ncx.path}, ncx", "xml:lang", book.ncx.root.get(LANG), language)
    for element, said in reading.languages:
        is_outside = not any(case.start <= element.start and element.end <= case.end for case in cases)
        is_alike = said.lower().split("-")[0] == language.lower().split("-")[0]
        # Labels may be in English, where a layout has no others. A part without words holds a picture, whose name is
        # the atlas's.
        is_english = said.lower().split("-")[0] == _LABELS
        is_label = is_english and element.start < element.end and beside.covers(reading.text(element))
        if not is_alike and not is_label and (is_outside or element.start == element.end):
            yield Finding(element.place, f"the language {language}", said, _HELP)


def _said(where: str, name: str, said: str | None, language: str) -> Iterator[Finding]:
    if said is None or said.lower() != language.lower():
        yield Finding(where, f'{name}="{language}"', "none" if said is None else f'{name}="{said}"', _HELP)
