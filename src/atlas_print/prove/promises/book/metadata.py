"""P8 on a book: its package document says what the source says, in the language and direction of the atlas."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from atlas_print.atlas import Atlas
from atlas_print.prove.case import Case
from atlas_print.prove.reading.book import LANG, OPF, Book, place, words
from atlas_print.prove.reading.normal import squeeze
from atlas_print.prove.reading.reading import Reading
from atlas_print.prove.source.dates import is_right_to_left
from atlas_print.prove.source.labels import Labels
from atlas_print.prove.source.wording import short
from atlas_print.prove.verdicts import Finding

_MARKUP = re.compile(r"<[^<>]*>")
_CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_CONFORMS, _CERTIFIED = "dcterms:conformsTo", "a11y:certifiedBy"
_LABELS = "en"
"""What a layout says in English where it has no words in the atlas's language."""
_RTL, _LTR = "rtl", "ltr"
_OF_LETTERS = {"R": _RTL, "AL": _RTL, "L": _LTR}

_HELP = "write title and description of the package document from the source"
_HELP_LAYOUT = "take it out of the package document: a reader sets the size of the type, and the pages follow"
_HELP_VERSION = "pack the book as EPUB 3: a reader may skip the lists and the claims of an older one"
_HELP_CERTIFIED = "name in `certified_by` of atlas.yaml who has checked the books, and nobody if nobody has"
_HELP_LANGUAGE = "write the atlas's `language` into every layout of the book, as `lang` and as `xml:lang`"
_HELP_DIRECTION = "write the direction of the atlas's language into the layout: dir on html, and on other passages"


def judge_metadata(book: Book, atlas: Atlas, cases: Sequence[Case]) -> Iterator[Finding]:
    """Metadata that say something else than the source, pages that don't adapt, claims that nobody vouches for."""
    path = book.package.path
    topic = next((case.topic for case in cases if not case.is_book), None)
    title = atlas.title if topic is None else topic.title
    descriptions = (atlas.title,) if topic is None else (topic.lede, topic.short, topic.subtitle or "")
    # A library may add a part to a title or a name, such as that of a series.
    yield from _said(f"{path}, dc:title", (book.entries("title") or [""])[:1], [title])
    for name in ("creator", "publisher"):
        yield from _said(f"{path}, dc:{name}", book.entries(name), [atlas.publisher])
    found = [_MARKUP.sub(" ", said) for said in book.entries("description")]
    yield from _said(f"{path}, dc:description", found, descriptions)
    if book.ncx is not None:
        named = [words(node) for node in book.ncx.root.iter("{*}docTitle")]
        yield from _said(f"{book.ncx.path}, docTitle", named, [title])
    version = book.package.root.get("version", "none")
    if not version.startswith("3."):
        yield Finding(f"{path}, package", 'version="3.0"', version, _HELP_VERSION)
    refs = book.package.root.iterfind(f"{OPF}spine/{OPF}itemref")
    is_fixed = any("rendition:layout-pre-paginated" in ref.get("properties", "").split() for ref in refs)
    if is_fixed or "pre-paginated" in book.meta("rendition:layout"):
        yield Finding(f"{path}, rendition:layout", "pages that adapt", "pre-paginated", _HELP_LAYOUT)
    yield from _conformance(book, " ".join(atlas.certified_by.split()))


def _said(where: str, found: Sequence[str], wanted: Sequence[str]) -> Iterator[Finding]:
    for said in found:
        if squeeze(said) not in map(squeeze, wanted):
            yield Finding(where, f"“{short(wanted[0])}”", f"“{short(said)}”" if said else "none", _HELP)


def _conformance(book: Book, certified_by: str) -> Iterator[Finding]:
    """Claims of conformance that are lost, changed or made up (EPUB Accessibility 1.1, 3)."""
    wanted = {_CONFORMS: [_CLAIM], _CERTIFIED: [certified_by]} if certified_by else {}
    for name in (_CONFORMS, _CERTIFIED):
        links = book.package.root.iterfind(f"{OPF}metadata/{OPF}link[@rel='{name}']")
        said = [*book.meta(name), *(link.get("href", "") for link in links)]
        if said != wanted.get(name, []):
            expected = ", ".join(f"“{value}”" for value in wanted.get(name, [])) or "none, since nobody vouches for it"
            found = ", ".join(f"“{value}”" for value in said) or "none"
            yield Finding(f"{book.package.path}, {name}", expected, found, _HELP_CERTIFIED)


def judge_languages(
    reading: Reading, book: Book, language: str, cases: Sequence[Case], labels: Labels
) -> Iterator[Finding]:
    """Files and metadata that say another language, or none, and parts outside of the topics that say another."""
    named = book.entries("language")
    if not named or not _is_alike(named[0], language):
        where = f"{book.package.path}, dc:language"
        yield Finding(where, f"the language {language}", ", ".join(named) or "none", _HELP_LANGUAGE)
    roots = [(f"{document.path}, html", document.root) for document in book.texts]
    roots += [(f"{book.package.path}, package", book.package.root)]
    roots += [(f"{book.ncx.path}, ncx", book.ncx.root)] if book.ncx is not None else []
    for where, root in roots:
        said = [it for it in (root.get("lang"), root.get(LANG)) if it is not None]
        # Only of what is read out something has to be said; checkers of EPUB ask for the rest.
        if not all(_is_alike(it, language) for it in said) or (not said and where.endswith(", html")):
            yield Finding(where, f'lang="{language}"', " and ".join(said) or "none", _HELP_LANGUAGE)
    for element, it in reading.languages:
        is_outside = not any(case.start <= element.start and element.end <= case.end for case in cases)
        # A part without words holds a picture, whose name is the atlas's.
        is_label = _is_alike(it, _LABELS) and element.start < element.end and labels.covers(reading.text(element))
        if not _is_alike(it, language) and not is_label and (is_outside or element.start == element.end):
            yield Finding(element.place, f"the language {language}", it, _HELP_LANGUAGE)


def _is_alike(one: str, other: str) -> bool:
    return one.lower().split("-")[0] == other.lower().split("-")[0]


def judge_directions(book: Book, language: str) -> Iterator[Finding]:
    """Pages that turn the wrong way, and texts whose signs and columns run against their letters."""
    right = _RTL if is_right_to_left(language) else _LTR
    spine = book.package.root.find(f"{OPF}spine")
    turned = "" if spine is None else spine.get("page-progression-direction", "default")
    if turned not in (right, "default", ""):
        yield Finding(f"{book.package.path}, spine", f"pages that turn {right}", turned, _HELP_DIRECTION)
    for document in book.texts:
        body = next(iter(document.root.iter("{*}body")), document.root)
        said = body.get("dir") or document.root.get("dir") or _LTR
        if said.lower() not in (right, "auto"):
            yield Finding(f"{document.path}, html", f'dir="{right}"', f'dir="{said}"', _HELP_DIRECTION)
        for node in body.iter("{*}*"):
            given = node.get("dir", "").lower()
            # Elsewhere than the language runs only what is in another script.
            if node is not body and given in (_RTL, _LTR) and given != right and _runs(words(node)) == right:
                expected = f'dir="{right}", as its letters run'
                yield Finding(place(document.path, node), expected, f'dir="{given}"', _HELP_DIRECTION)


def _runs(text: str) -> str:
    """How most of the letters of a text run; "" if it has none."""
    found = [_OF_LETTERS[kind] for kind in map(unicodedata.bidirectional, text) if kind in _OF_LETTERS]
    return max((_LTR, _RTL), key=found.count) if found else ""
