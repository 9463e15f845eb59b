"""The other pair of eyes: finished bytes -> which promises to the reader are kept, broken, or not told.

    bytes ──pdf/, epub/──▶ Reading ──aligned──▶ Case ──promises/──▶ Verdict ──parity──▶ exports side by side
                              source/: script, labels, records ──┘

- `pdf/` reads the structure tree with pikepdf, and asks PDFium for the words, their places and what of them is seen.
  `epub/` reads the documents of the spine with lxml, and asks css-inline which styles apply to their elements.
- `reading/` is what both give: elements in reading order over one flat text, without white space, in NFC.
- `source/` is what the source obliges a file to say: the passages of a topic in their order, the labels that its layout
  may set beside them, what a record of the bibliography has.
- `aligned` lays the passages beside the flat text once: the heaviest chain of all their places.
- `promises/` has a module for each promise, by its id. It looks passages up by their places, never by their words.
- `verdicts`: kept; broken, with what was lost and the line of the source; not told, what no program can know.
- `inventory` and `parity` hold what was read of the exports of a topic against each other.

It shares no code with what makes the bytes: only the model of the source, and what a file itself says.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from atlas_print.atlas import Atlas, Topic
from atlas_print.prove.case import cases
from atlas_print.prove.identify import READERS, UnreadableError, identify
from atlas_print.prove.inventory import Inventory, Measure, inventories, measure
from atlas_print.prove.judge import File, judge, unreadable
from atlas_print.prove.promises.book.pages import Edition, edition
from atlas_print.prove.reading.limits import MOST_BYTES
from atlas_print.prove.source.labels import labels_of
from atlas_print.prove.verdicts import Finding, Outcome, Verdict

__all__ = [
    "MOST_BYTES",
    "Edition",
    "Finding",
    "Inventory",
    "Measure",
    "Outcome",
    "Proof",
    "UnreadableError",
    "Verdict",
    "edition_of",
    "identify",
    "prove",
]

_PAGED = "large-print"
"""The kind of export whose pages a book marks."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found in a file: a verdict on each promise, how much was read, and by topic what the file has of it.

    A large print is also an edition, whose pages a book may mark. A file that can't be read has none of all that.
    """

    verdicts: tuple[Verdict, ...]
    measure: Measure | None = None
    inventories: Mapping[str, Inventory] = field(default_factory=dict)
    edition: Edition | None = None


def prove(
    data: bytes,
    kind: str,
    atlas: Atlas,
    topic: Topic | None,
    made_on: date | None,
    settings: Mapping[str, str] = MappingProxyType({}),
    editions: Mapping[str, Edition] = MappingProxyType({}),
    labels: Sequence[str] = (),
    export: str = "",
) -> Proof:
    """A verdict on each promise, read back from a file's bytes alone, and what was read, to be held side by side.

    `kind` is "large-print" or "handout" (PDF) or "epub"; KeyError for any other. `topic` is None for the book of all
    topics, `made_on` None where the day of the build is unknown: any date in its field will do then. `settings` are
    those of the export in atlas.yaml, whose floors the file has to keep. `editions` are the PDFs at hand whose pages
    a book may mark, by their file names; `labels` the fixed words of the layout, with %(name)s where it fills one in.
    `export` is its name in atlas.yaml: a book of all topics leaves out those that are made without it. A file that
    can't be read breaks every promise and raises nothing.
    """
    read = READERS[kind]
    try:
        reading = read(data)
    except UnreadableError as error:
        return Proof(unreadable(str(error), error.help))
    topics = atlas.made_of(export) if topic is None else (topic,)
    allowed = labels_of(atlas, topics, labels)
    told = cases(reading, atlas, topics, allowed, kind, made_on, is_book=topic is None)
    verdicts = judge(File(reading, kind, settings, atlas, told, allowed, editions))
    paged = edition(reading) if kind == _PAGED else None
    return Proof(verdicts, measure(reading), inventories(told), paged)


def edition_of(data: bytes) -> Edition:
    """What a book has to know of a PDF whose pages it marks; UnreadableError for what can't be read."""
    return edition(READERS[_PAGED](data))
