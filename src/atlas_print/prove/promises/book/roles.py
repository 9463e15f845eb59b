"""P8 on a book: a voice is told of its headings, lists and tables as what they are."""

from collections.abc import Iterator

from atlas_print.prove.reading.book import XHTML, Book, place
from atlas_print.prove.verdicts import Finding

_KINDS = {
    "a heading": "h1 h2 h3 h4 h5 h6",
    "a list": "ul ol li dl dt dd",
    "a quotation": "blockquote",
}
_KIND_OF_TAG = {f"{XHTML}{tag}": kind for kind, tags in _KINDS.items() for tag in tags.split()}
_SILENT = frozenset(("none", "presentation"))

_HELP = "take the role out of the layout: with it, a voice says nothing of what the words are"


def judge_roles(book: Book) -> Iterator[Finding]:
    """Elements whose role takes from a voice what they are; a table may be there for the layout alone."""
    for document in book.texts:
        for node in document.root.iter(*_KIND_OF_TAG):
            role = next(iter(node.get("role", "").split()), "")
            if role in _SILENT:
                yield Finding(place(document.path, node), _KIND_OF_TAG[str(node.tag)], f"the role “{role}”", _HELP)
