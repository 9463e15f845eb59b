"""What annotations add to a page: a note or a stamp says something to whoever looks at it (ISO 32000-1, 12.5)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pypdf.generic import create_string_object

from atlas_print.prove.pdf.objects import as_list, entry, follow
from atlas_print.prove.pdf.runs import IDENTITY, Matrix, moved

_HIDDEN = 2 | 32
"""Flags of what no reader sees: hidden, no view (ISO 32000-1, table 165)."""
_SILENT = frozenset(("/Link", "/Popup"))
"""Kinds whose contents describe them: a link's for a voice, a popup's is that of its note."""


@dataclass(frozen=True, slots=True)
class Note:
    """An annotation: the form that draws it and where to, or else the words of its note; `box` is in pt."""

    form: Any
    matrix: Matrix
    text: str
    box: tuple[float, float, float, float]


def notes(page: Mapping[str, Any]) -> Iterator[Note]:
    """The annotations of a page that can be seen."""
    for item in as_list(entry(page, "/Annots")):
        annotation = follow(item)
        if not isinstance(annotation, Mapping) or annotation.get("/Subtype") == "/Popup":
            continue
        if is_hidden(annotation):
            continue
        form = _appearance(annotation)
        box = box_of(entry(annotation, "/Rect"))
        yield Note(form, IDENTITY if form is None else _placed(form, box), _words(annotation), box)


def _words(annotation: Mapping[str, Any]) -> str:
    """What it says by itself: its note, or what was filled into a field."""
    kind = annotation.get("/Subtype")
    value = entry(annotation, "/V" if kind == "/Widget" else "/Contents")
    return _text(value) if isinstance(value, str | bytes) and kind not in _SILENT else ""


def is_hidden(annotation: Mapping[str, Any]) -> bool:
    """Whether no viewer shows an annotation, nor lets a hand find it."""
    flags = entry(annotation, "/F")
    return isinstance(flags, int) and bool(flags & _HIDDEN)


def _appearance(annotation: Mapping[str, Any]) -> Any:
    normal = entry(entry(annotation, "/AP"), "/N")
    if isinstance(normal, Mapping) and not hasattr(normal, "get_data"):
        normal = entry(normal, str(annotation.get("/AS", "")))
    return normal if hasattr(normal, "get_data") else None


def _placed(form: Any, box: tuple[float, float, float, float]) -> Matrix:
    """What moves a form's own space, behind its matrix, so that it fills the annotation (ISO 32000-1, 12.5.5)."""
    left, bottom, right, top = box_of(entry(form, "/BBox"))
    given = [float(follow(number)) for number in as_list(entry(form, "/Matrix"))]
    matrix: Matrix = (*given,) if len(given) == 6 else IDENTITY  # type: ignore[assignment]  # six of them
    corners = [moved(matrix, x, y) for x in (left, right) for y in (bottom, top)]
    across, up = [x for x, _ in corners], [y for _, y in corners]
    width, height = max(across) - min(across), max(up) - min(up)
    a = (box[2] - box[0]) / width if width else 1.0
    d = (box[3] - box[1]) / height if height else 1.0
    return a, 0, 0, d, box[0] - a * min(across), box[1] - d * min(up)


def box_of(value: Any) -> tuple[float, float, float, float]:
    """The left, bottom, right and top of a rectangle."""
    numbers = [float(number) for number in map(follow, as_list(value)) if isinstance(number, int | float)]
    if len(numbers) != 4:
        return 0.0, 0.0, 0.0, 0.0
    x, y, other_x, other_y = numbers
    return min(x, other_x), min(y, other_y), max(x, other_x), max(y, other_y)


def _text(value: Any) -> str:
    return str(create_string_object(value) if isinstance(value, bytes) else value)
