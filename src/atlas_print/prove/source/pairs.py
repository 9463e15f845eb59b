"""Tables that a file tells in pairs of a header and a value, row by row, since its columns don't fit side by side."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from atlas_print.atlas import Topic
from atlas_print.blocks import Table
from atlas_print.inlines import (
    Citation,
    Code,
    Inline,
    Inlines,
    LineBreak,
    NoteCall,
    Span,
    Strikeout,
    Subscript,
    Superscript,
    Text,
)
from atlas_print.prove.source.lines import flattened
from atlas_print.prove.source.script import Passage

_SIGNS = r"\W{0,3}"
"""What may stand between a header and its value."""


def in_pairs(topic: Topic, passages: Iterable[Passage], flat: str) -> Iterator[Passage]:
    """The passages in the order of a file with that flat text: where it tells a table in pairs, so do they."""
    for _, group in groupby(passages, key=lambda passage: id(passage.table)):
        own = list(group)
        table = own[0].table
        if table is None or not table.header or not _is_in_pairs(topic, table, flat):
            yield from own
            continue
        if table.caption:
            yield own[0]
        for index, row in enumerate(table.rows):
            for words in (words for pair in _pairs(table, row, index) for words in pair):
                line = flattened(topic, words)
                if line.flat:
                    yield replace(own[-1], line=line)


def _pairs(table: Table, row: Sequence[Inlines], index: int) -> Iterator[tuple[Inlines, Inlines]]:
    """Each cell of a row behind its header, whose links and citations the first row has alone."""
    for header, cell in zip(table.header, row, strict=True):
        yield header if index == 0 else tuple(_words(header)), cell


def _words(children: Inlines) -> Iterator[Inline]:
    """The words alone, with their languages: no links, no marks in brackets."""
    for child in children:
        if isinstance(child, Text | Code):
            yield Text(child.text)
        elif isinstance(child, LineBreak):
            yield Text(" ")
        elif isinstance(child, Strikeout | Subscript | Superscript):
            yield type(child)(tuple(_words(child.children)))
        elif isinstance(child, Citation):
            yield Text(child.name)
        elif isinstance(child, Span) and child.language:
            yield Span(tuple(_words(child.children)), child.language)
        elif not isinstance(child, NoteCall):
            yield from _words(child.children)


def _is_in_pairs(topic: Topic, table: Table, flat: str) -> bool:
    """Whether a row of a table stands there with a header before each cell; the first column alone does so anyway.

    A table that stands there whole in its own order is in columns, whatever its words repeat.
    """
    cells = [re.escape(flattened(topic, words).flat) for row in (table.header, *table.rows) for words in row]
    if re.search(_SIGNS.join(filter(None, cells)), flat):
        return False
    for index, row in enumerate(table.rows):
        pairs = _pairs(table, row, index)
        texts = [re.escape(flattened(topic, words).flat) for pair in pairs for words in pair]
        if (index or len(table.header) > 1) and re.search(_SIGNS.join(filter(None, texts)), flat):
            return True
    return False
