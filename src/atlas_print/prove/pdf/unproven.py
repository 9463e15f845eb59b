"""What in a PDF a reader may get in ways that can't be told: actions, notes that viewers draw, switchable layers.

No export has any of it. What is merely drawn in an unusual way is for the readers of the pages.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from atlas_print.prove.pdf.lexer import operations
from atlas_print.prove.pdf.notes import is_hidden
from atlas_print.prove.pdf.objects import as_list, entry, follow, unpacked
from atlas_print.prove.reading.limits import Part, spend
from atlas_print.prove.reading.paper import Unproven

_WHOLE = "the whole file"
_LEADS = frozenset(("/URI", "/GoTo"))
"""What a link may do."""
_PLAIN_SPACES = frozenset(("/DeviceGray", "/DeviceRGB", "/DeviceCMYK", "/CalGray", "/CalRGB", "/Lab", "/Pattern"))
_OF_GRADIENTS = frozenset((b"gs", b"q", b"Q", b"cm", b"sh", b"re", b"W", b"W*", b"n"))
_DEEPEST_CELL = 4
_TILING = 1
"""The type of a pattern that has operators of its own."""


def unproven(
    catalog: Mapping[str, Any], pages: Sequence[Mapping[str, Any]], tagged: frozenset[int]
) -> Iterator[Unproven]:
    """All of it, in the order of the pages; `tagged` are the object numbers of the links that tags hold."""
    yield from (Unproven(_WHOLE, what) for what in _of_document(catalog))
    for number, page in enumerate(pages, start=1):
        where = f"page {number}"
        if entry(page, "/AA") is not None:
            yield Unproven(where, "an action when the page is opened (AA)")
        yield from (Unproven(where, what) for what in _of_resources(entry(page, "/Resources"), set()))
        for item in as_list(entry(page, "/Annots")):
            note, held = follow(item), getattr(item, "idnum", None)
            if isinstance(note, Mapping):
                yield from (Unproven(where, what) for what in _of_note(note, is_tagged=held in tagged))


def _of_document(catalog: Mapping[str, Any]) -> Iterator[str]:
    opening = entry(catalog, "/OpenAction")
    if isinstance(opening, Mapping) and (entry(opening, "/S") != "/GoTo" or "/Next" in opening):
        yield "an action when the file is opened (OpenAction)"
    names = entry(catalog, "/Names")
    if entry(catalog, "/AA") is not None or entry(names, "/JavaScript") is not None:
        yield "actions or scripts that the file starts by itself"
    if entry(catalog, "/Collection") is not None:
        yield "a portfolio of other files (Collection)"
    if as_list(entry(entry(catalog, "/AcroForm"), "/Fields")) or entry(entry(catalog, "/AcroForm"), "/XFA") is not None:
        yield "a form to be filled in (AcroForm)"
    yield from _of_layers(entry(catalog, "/OCProperties"))


def _of_layers(properties: Any) -> Iterator[str]:
    """Layers of which not all are on, always and for everybody."""
    default = entry(properties, "/D")
    groups = [follow(item) for item in as_list(entry(properties, "/OCGs"))]
    is_plain = (
        entry(default, "/BaseState") in (None, "/ON")
        and not as_list(entry(default, "/OFF"))
        and not as_list(entry(default, "/AS"))
        and not any(entry(group, key) is not None for group in groups for key in ("/Usage", "/Intent"))
    )
    if not is_plain:
        yield "a layer that may be switched off (OCProperties)"


def _of_resources(resources: Any, seen: set[int]) -> Iterator[str]:
    """What pages and the forms on them use."""
    if not isinstance(resources, Mapping) or id(resources) in seen:
        return
    seen.add(id(resources))
    for group in _values(resources, "/Properties"):
        if entry(group, "/Type") == "/OCMD":
            yield "a layer that depends on others (OCMD)"
    for state in _values(resources, "/ExtGState"):
        if entry(state, "/Font") is not None:
            yield "a typeface set by a graphics state (ExtGState)"
    for font in _values(resources, "/Font"):
        if entry(font, "/Subtype") == "/Type3":
            yield "a typeface of drawings (Type 3)"
        elif entry(font, "/Subtype") == "/Type0" and entry(font, "/Encoding") not in ("/Identity-H", None):
            yield "a typeface with an encoding of its own, or for vertical lines"
    for pattern in _values(resources, "/Pattern"):
        if entry(pattern, "/PatternType") == _TILING and not _is_gradient(pattern, 0):
            yield "a pattern that paints words or shapes of its own"
    held = entry(resources, "/ColorSpace")
    for name in held if isinstance(held, Mapping) else ():
        if not _is_plain(entry(held, name)) or str(name).startswith("/Default"):
            yield f"a space of colours that can't be told ({name})"
    for form in _values(resources, "/XObject"):
        yield from _of_resources(entry(form, "/Resources"), seen)


def _is_plain(space: Any) -> bool:
    """Whether numbers of a colour space mean what they say: grey, red, green and blue, or inks."""
    family = str(follow(next(iter(as_list(space)), None)))
    if family != "/ICCBased":
        return family in _PLAIN_SPACES
    profile = follow(as_list(space)[-1])
    alternate = entry(profile, "/Alternate")
    return entry(profile, "/Range") is None and (alternate is None or str(alternate) in _PLAIN_SPACES)


def _is_gradient(cell: Any, depth: int) -> bool:
    """Whether a pattern's cell, or a form in it, paints nothing but shadings, as gradients of drawings are written."""
    data = unpacked(cell)
    if data is None or depth > _DEEPEST_CELL:
        return False
    for operator, operands in operations(data):
        if operator == b"Do" and operands:
            form = entry(entry(entry(cell, "/Resources"), "/XObject"), str(operands[-1]))
            if entry(form, "/Subtype") != "/Form" or not _is_gradient(form, depth + 1):
                return False
        elif operator not in _OF_GRADIENTS:
            return False
    return True


def _values(resources: Mapping[str, Any], key: str) -> Iterator[Any]:
    held = entry(resources, key)
    for name in held if isinstance(held, Mapping) else ():
        spend(Part.STEPS)
        yield entry(held, name)


def _of_note(note: Mapping[str, Any], *, is_tagged: bool) -> Iterator[str]:
    kind = str(entry(note, "/Subtype"))
    if kind == "/Popup":
        return
    if kind != "/Link":
        # One that is hidden from the screen may still be printed.
        if not is_hidden(note) or int(entry(note, "/F") or 0) & 4:
            yield f"an annotation of the kind {kind.removeprefix('/')}"
        return
    if not is_tagged and not is_hidden(note):
        yield "a link that no tag holds"
    if entry(note, "/AP") is not None:
        yield "a link with a drawing of its own"
    action = entry(note, "/A")
    leads = [key for key in ("/Dest", "/A") if entry(note, key) is not None]
    if len(leads) > 1 or any(entry(note, key) is not None for key in ("/AA", "/PA")):
        yield "a link that leads to two places"
    if isinstance(action, Mapping) and (
        entry(action, "/S") not in _LEADS or "/Next" in action or ("/SD" in action and "/D" in action)
    ):
        yield "a link that does more than to lead to a place"
