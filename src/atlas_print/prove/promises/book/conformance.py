"""P8 on a book: it claims to conform exactly where somebody vouches for that (EPUB Accessibility 1.1, 3)."""

from collections.abc import Iterator

from atlas_print.prove.reading.book import OPF, Book
from atlas_print.prove.verdicts import Finding

_CLAIM = "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
_CONFORMS, _CERTIFIED = "dcterms:conformsTo", "a11y:certifiedBy"
_HELP = "name in `certified_by` of atlas.yaml who has checked the books, and nobody if nobody has; then build again"


def judge_conformance(book: Book, certified_by: str) -> Iterator[Finding]:
    """Claims of conformance that are lost, changed or made up; `certified_by` is "" where nobody vouches for any."""
    wanted = {_CONFORMS: [_CLAIM], _CERTIFIED: [" ".join(certified_by.split())]} if certified_by else {}
    for name in (_CONFORMS, _CERTIFIED):
        links = book.package.root.iterfind(f"{OPF}metadata/{OPF}link[@rel='{name}']")
        said = [*book.meta(name), *(link.get("href", "") for link in links)]
        if said != wanted.get(name, []):
            expected = ", ".join(f"“{value}”" for value in wanted.get(name, [])) or "none, since nobody vouches for it"
            found = ", ".join(f"“{value}”" for value in said) or "none"
            yield Finding(f"{book.package.path}, {name}", expected, found, _HELP)
