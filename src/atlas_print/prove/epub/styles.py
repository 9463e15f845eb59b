"""What the style sheets of a book declare, wherever they stand in it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import tinycss2
from lxml import etree

from atlas_print.prove.reading.book import XHTML, Book, place
from atlas_print.prove.reading.limits import Part, spend


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property, its value in lower case, the selectors of what it is set on, the addresses in it as written.

    `file` is where addresses start from, `place` where it stands, for a person. In a `style` attribute its selector is
    the name of the element, of which alone it then is; in an at-rule such as `@font-face` that of the rule. `written`
    is the value as it stands there; `is_conditional` is whether a condition such as that of `@media` is around it.
    """

    file: str
    place: str
    selectors: tuple[str, ...]
    name: str
    value: str
    addresses: tuple[str, ...]
    is_of_element: bool = False
    written: str = ""
    is_conditional: bool = False

    def __str__(self) -> str:
        return f"{', '.join(self.selectors)} {{ {self.name}: {self.value} }}"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule of a style sheet sets; values as written, names in lower case.

    `contents` has each value of `content`, also those that another takes the place of.
    """

    selectors: tuple[str, ...]
    values: Mapping[str, str]
    is_conditional: bool
    contents: tuple[str, ...]


def declarations(book: Book) -> Iterator[Declaration]:
    """Every declaration of a book: in its style sheets, in `style` elements and in `style` attributes of its text."""
    for path, data in book.styles.items():
        spend(Part.STYLES, len(data))
        rules, _ = tinycss2.parse_stylesheet_bytes(data, skip_comments=True, skip_whitespace=True)
        yield from _within(path, path, (), rules)
    for document in book.texts:
        for node in document.root.iter(f"{XHTML}*"):
            css = node.text if node.tag == f"{XHTML}style" else node.get("style")
            if css:
                spend(Part.STYLES, len(css))
                rules = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
                name = etree.QName(node).localname
                where = place(document.path, node)
                yield from _within(document.path, where, (name,), rules, is_of_element=name != "style")


def rules(book: Book) -> Iterator[Rule]:
    """The rules of all style sheets in their order; those that follow each other with the same selectors as one."""
    of_sheets = (found for found in declarations(book) if not found.is_of_element and found.selectors)
    for (_, selectors, is_conditional), group in groupby(of_sheets, key=_rule):
        pairs = [(found.name, found.written) for found in group]
        contents = tuple(written for name, written in pairs if name == "content")
        yield Rule(selectors, dict(pairs), is_conditional, contents)


def own_values(css: str) -> Mapping[str, str]:
    """What a `style` attribute sets; values as written, names in lower case."""
    nodes = tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True)
    return {node.lower_name: tinycss2.serialize(node.value).strip() for node in nodes if node.type == "declaration"}


def _rule(found: Declaration) -> tuple[str, tuple[str, ...], bool]:
    return found.place, found.selectors, found.is_conditional


def _within(
    file: str,
    where: str,
    selectors: tuple[str, ...],
    nodes: Sequence[Any],
    *,
    is_of_element: bool = False,
    is_conditional: bool = False,
) -> Iterator[Declaration]:
    for node in nodes:
        if node.type == "declaration":
            written = tinycss2.serialize(node.value).strip()
            addresses = tuple(_addresses(node.value))
            yield Declaration(
                file,
                where,
                selectors,
                node.lower_name,
                written.lower(),
                addresses,
                is_of_element,
                written,
                is_conditional,
            )
        elif node.type in ("qualified-rule", "at-rule"):
            before = tinycss2.serialize(node.prelude)
            spend(Part.STYLES, len(before) * len(node.content or ()))
            if node.type == "qualified-rule":
                around = tuple(part.strip() for part in before.split(","))
            else:
                around = (f"@{node.lower_at_keyword}",)
            if around == ("@import",):
                addresses = tuple(_addresses(node.prelude, "url", "string"))
                yield Declaration(file, where, around, "", before.strip(), addresses)
            inner = tinycss2.parse_blocks_contents(node.content or (), skip_comments=True, skip_whitespace=True)
            is_under = is_conditional or node.type == "at-rule"
            yield from _within(file, where, around, inner, is_conditional=is_under)


def _addresses(tokens: Sequence[Any], *kinds: str) -> Iterator[str]:
    for token in tokens:
        if token.type in (kinds or ("url",)):
            yield token.value
        elif token.type == "function":
            yield from _addresses(token.arguments, *(("string",) if token.lower_name == "url" else kinds))
