"""Making one export of a topic to be looked at, in a worker: its file, read back and judged, and how its pages look."""

import hashlib
from dataclasses import dataclass, field, replace

import pypdfium2

from atlas_print.atlas import Atlas, Topic
from atlas_print.pipeline.make import Order, Workshop
from atlas_print.pipeline.result import Result

AT_ONCE = 2
"""Exports that are made at once: what is begun keeps what is newer waiting."""
_COMPARED = 1.0
"""px a pt, at which a change of any letter shows."""


@dataclass(frozen=True, slots=True)
class Errand:
    """An export to make, of a source with that sum."""

    workshop: Workshop
    order: Order
    source: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a PDF: width and height in pt, and a sum that is another one where it looks otherwise."""

    width: float
    height: float
    sum: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was made, with its pages; of a book, or of what could not be made, there are none."""

    result: Result
    sheets: tuple[Sheet, ...] = field(default=(), repr=False)


def draw(errand: Errand) -> Drawn:
    """Makes an export."""
    result = errand.workshop.make(errand.order)
    is_paged = bool(result.data) and errand.order.task.export.kind != "epub"
    return Drawn(result, _sheets(result.data) if is_paged else ())


def alone(atlas: Atlas, topic: Topic) -> Atlas:
    """The atlas with that topic to be made, a draft too, and of all others no more than how they are named."""
    found = atlas.of_drafts() if topic.is_draft else atlas
    return replace(
        found,
        topics=tuple(it if it == topic else _named(it) for it in found.topics),
        others=tuple(map(_named, found.others)),
    )


def _named(topic: Topic) -> Topic:
    return replace(topic, sections=(), references=(), notes=())


def _sheets(data: bytes) -> tuple[Sheet, ...]:
    pdf = pypdfium2.PdfDocument(data)
    try:
        return tuple(_sheet(page) for page in pdf)
    finally:
        pdf.close()


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    width, height = page.get_size()
    pixels = hashlib.sha256(page.render(scale=_COMPARED, grayscale=False).buffer)
    return Sheet(width, height, pixels.hexdigest()[:16])
