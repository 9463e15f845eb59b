"""P8 on a book: every file says the language of the atlas, for the voice that reads it."""

from collections.abc import Iterator

from atlas_print.prove.book import DC, LANG, OPF, Book, words
from atlas_print.prove.verdicts import Finding

_HELP = "write the atlas's `language` into every layout of the book, as `lang` and as `xml:lang`"


def judge_languages(book: Book, language: str) -> Iterator[Finding]:
    """Files and metadata that say another language, or none."""
    package = book.package
    yield from _said(f"{package.path}, package", "xml:lang", package.root.get(LANG), language)
    named = [words(node) for node in package.root.iterfind(f"{OPF}metadata/{DC}language")]
    if [name.lower() for name in named] != [language.lower()]:
        yield Finding(f"{package.path}, dc:language", f"“{language}” alone", ", ".join(named) or "none", _HELP)
    for document in book.texts:
        for name, key in (("lang", "lang"), ("xml:lang", LANG)):
            yield from _said(f"{document.path}, html", name, document.root.get(key), language)
    if book.ncx is not None:
        yield from _said(f"{book.ncx.path}, ncx", "xml:lang", book.ncx.root.get(LANG), language)


def _said(where: str, name: str, said: str | None, language: str) -> Iterator[Finding]:
    if said is None or said.lower() != language.lower():
        yield Finding(where, f'{name}="{language}"', "none" if said is None else f'{name}="{said}"', _HELP)
